// Everything on the thread through one entity, for questions/trace.py to walk.
//
// A spine kind is where the walk begins; another kind (a department, a KPI, a goal) first takes one attached hop. From
// the roots so found, spine links are followed forwards and, apart from that, backwards; neither ever turns. Whatever is
// reached adds its attached neighbours. Which paths count, and which are shortest, is decided in Python.
//
// The statement goes on from a variable `start`. In its column stand, in this order: the start, the roots' ids, the
// stations, the forward links, the backward links, the attached links, the voices and the verdicts. A station is [id,
// kind, key, insight's type]; a link [type, start's id, finish's id, basis, confidence, rationale, what tells it from its
// like]; an attached link has the station at its far end after that; a voice is [insight's id, id of who voices it]; a
// verdict [insight's id, that of its latest decision]. A decision without a day counts from the day it was recorded.
//
// parameters:
// columns:
//   facts: see above
// mode: read
CALL (start) {
  // Asked once: Neo4j takes the denial of many labels apart, in an order that costs more or less by chance.
  WITH start, start:{{spine_kinds}} AS on_spine
  CALL (start, on_spine) {
    WITH start, on_spine WHERE on_spine
    RETURN start AS root
    UNION
    MATCH (start)-[:{{attached}}]-(root:{{spine_kinds}})
    WHERE NOT on_spine
    RETURN root
  }
  RETURN collect(root) AS roots
}
CALL (roots) {
  UNWIND roots AS root
  MATCH (root)-[:{{spine}}*0..]->(n)
  WITH DISTINCT n
  RETURN collect(n) AS forward
}
CALL (roots) {
  UNWIND roots AS root
  MATCH (root)<-[:{{spine}}*0..]-(n)
  WITH DISTINCT n
  RETURN collect(n) AS backward
}
CALL (start, forward, backward) {
  UNWIND [start] + forward + backward AS n
  WITH DISTINCT n
  RETURN collect(n) AS reached
}
CALL (forward) {
  UNWIND forward AS n
  MATCH (n)-[r:{{spine}}]->(m)
  RETURN collect([type(r), n.id, m.id, r.basis, r.confidence, r.rationale, r.relationship]) AS onward
}
CALL (backward) {
  UNWIND backward AS n
  MATCH (n)<-[r:{{spine}}]-(m)
  RETURN collect([type(r), m.id, n.id, r.basis, r.confidence, r.rationale, r.relationship]) AS back
}
CALL (reached) {
  UNWIND reached AS n
  MATCH (n)-[r:{{attached}}]-(m)
  RETURN collect([
    type(r), startNode(r).id, endNode(r).id, r.basis, r.confidence, r.rationale,
    coalesce(r.involvementRole, r.experienceGrounds),
    [m.id, head([label IN labels(m) WHERE label <> 'Entity']), m.key, m.type]
  ]) AS beside
}
CALL (reached) {
  UNWIND reached AS n
  WITH n WHERE n:Insight
  MATCH (n)<-[:VOICES]-(voice)
  RETURN collect([n.id, voice.id]) AS voices
}
CALL (reached) {
  UNWIND reached AS n
  WITH n WHERE n:Insight
  MATCH (n)<-[:DECIDES]-(decision:Decision)
  WITH n, decision
  ORDER BY coalesce(decision.decidedOn, date(decision.createdAt)) DESC, decision.createdAt DESC, decision.id
  WITH n, head(collect([n.id, decision.decisionVerdict])) AS verdict
  RETURN collect(verdict) AS verdicts
}
RETURN [
  [start.id, head([label IN labels(start) WHERE label <> 'Entity']), start.key, start.type],
  [root IN roots | root.id],
  [n IN reached | [n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key, n.type]],
  onward,
  back,
  beside,
  voices,
  verdicts
] AS facts
