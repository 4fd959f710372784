// Everything on the thread through one entity, for questions/trace.py to walk.
//
// A spine kind is where the walk begins; another kind (a department, a KPI, a goal) first takes one attached hop. From
// the roots so found, spine links are followed forwards and, apart from that, backwards; neither ever turns. Whatever is
// reached adds its attached neighbours. Which paths count, and which are shortest, is decided in Python.
//
// The statement goes on from a variable `start`. In its column stand, in this order: the start, the roots' ids, the
// stations, the forward links, the backward links, the attached links and the voices. A station is [id, kind, key,
// insight's type]; a link [type, start's id, finish's id, basis, confidence, rationale, what tells it from its like]; an
// attached link has the station at its far end after that; a voice is [insight's id, id of who voices it].
//
// parameters:
// columns:
//   facts: see above
// mode: read
WITH start,
  CASE
    WHEN start:{{spine_kinds}} THEN [start]
    ELSE COLLECT {
      MATCH (start)-[:{{attached}}]-(root:{{spine_kinds}})
      RETURN DISTINCT root
    }
  END AS roots
WITH start, roots,
  COLLECT {
    UNWIND roots AS root
    MATCH (root)-[:{{spine}}*0..]->(n)
    RETURN DISTINCT n
  } AS forward,
  COLLECT {
    UNWIND roots AS root
    MATCH (root)<-[:{{spine}}*0..]-(n)
    RETURN DISTINCT n
  } AS backward
WITH start, roots, forward, backward,
  COLLECT {
    UNWIND [start] + forward + backward AS n
    RETURN DISTINCT n
  } AS reached
RETURN [
  [start.id, head([label IN labels(start) WHERE label <> 'Entity']), start.key, start.type],
  [root IN roots | root.id],
  [n IN reached | [n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key, n.type]],
  COLLECT {
    UNWIND forward AS n
    MATCH (n)-[r:{{spine}}]->(m)
    RETURN [type(r), n.id, m.id, r.basis, r.confidence, r.rationale, r.relationship]
  },
  COLLECT {
    UNWIND backward AS n
    MATCH (n)<-[r:{{spine}}]-(m)
    RETURN [type(r), m.id, n.id, r.basis, r.confidence, r.rationale, r.relationship]
  },
  COLLECT {
    UNWIND reached AS n
    MATCH (n)-[r:{{attached}}]-(m)
    RETURN [
      type(r), startNode(r).id, endNode(r).id, r.basis, r.confidence, r.rationale,
      coalesce(r.involvementRole, r.experienceGrounds),
      [m.id, head([label IN labels(m) WHERE label <> 'Entity']), m.key, m.type]
    ]
  },
  COLLECT {
    UNWIND reached AS n
    WITH n WHERE n:Insight
    MATCH (n)<-[:VOICES]-(voice)
    RETURN [n.id, voice.id]
  }
] AS facts
