CALL () {
  UNWIND $ids0 AS id0
  MATCH (n0:Entity {id: id0})
  RETURN collect([n0.id, [n0.key]]) AS list0
}
CALL () {
  UNWIND $ids1 AS id1
  MATCH (n1:Entity {id: id1})
  RETURN collect([n1.id, [head([label IN labels(n1) WHERE label <> 'Entity']), n1.key]]) AS list1
}
CALL () {
  UNWIND $ids2 AS id2
  MATCH (n2:Entity {id: id2})
  RETURN collect([n2.id, [n2.key]]) AS list2
}
CALL () {
  UNWIND $ids3 AS id3
  MATCH (n3:Entity {id: id3})
  RETURN collect([n3.id, [n3.key]]) AS list3
}
CALL () {
  UNWIND $ids4 AS id4
  MATCH (n4:Entity {id: id4})
  RETURN collect([n4.id, [n4.key]]) AS list4
}
CALL () {
  UNWIND $ids5 AS id5
  MATCH (n5:Entity {id: id5})
  RETURN collect([n5.id, [n5.key]]) AS list5
}
CALL () {
  UNWIND $ids6 AS id6
  MATCH (n6:Entity {id: id6})
  RETURN collect([n6.id, [n6.key]]) AS list6
}
RETURN [list0, list1, list2, list3, list4, list5, list6] AS answer

CALL () {
  UNWIND $ids0 AS id0
  MATCH (n0:Entity {id: id0})
  RETURN collect([n0.id, [n0.key]]) AS list0
}
CALL () {
  UNWIND $ids1 AS id1
  MATCH (n1:Entity {id: id1})
  RETURN collect([n1.id, [head([label IN labels(n1) WHERE label <> 'Entity']), n1.key]]) AS list1
}
CALL () {
  UNWIND $ids2 AS id2
  MATCH (n2:Entity {id: id2})
  RETURN collect([n2.id, [n2.key]]) AS list2
}
CALL () {
  UNWIND $ids3 AS id3
  MATCH (n3:Entity {id: id3})
  RETURN collect([n3.id, [n3.key]]) AS list3
}
CALL () {
  UNWIND $ids4 AS id4
  MATCH (n4:Entity {id: id4})
  RETURN collect([n4.id, [n4.key]]) AS list4
}
CALL () {
  UNWIND $ids5 AS id5
  MATCH (n5:Entity {id: id5})
  RETURN collect([n5.id, [n5.key]]) AS list5
}
CALL () {
  UNWIND $ids6 AS id6
  MATCH (n6:Entity {id: id6})
  RETURN collect([n6.id, [n6.key]]) AS list6
}
RETURN [list0, list1, list2, list3, list4, list5, list6] AS answer

CALL () {
CALL () {
MATCH (n:Persona|Step|Touchpoint)
WITH collect(n) AS reached
RETURN [] AS starts, [] AS named, reached
}
CALL (reached) {
  UNWIND CASE WHEN $p0 THEN reached ELSE [] END AS n
  MATCH (n)-[:PART_OF|IN_SEGMENT|EXPERIENCES|APPLIES_TO|ON_CHANNEL|RUN_BY|MATTERS_AT|EVOLVES_TO|REALISES|BACKS|FROM_STUDY|TESTS|SETTLES|ABOUT|TARGETS|MAKES|MADE_AT|MADE_TO|KEPT_AT|REQUIRES|DEPENDS_ON|OWNED_BY|INVOLVES|MEMBER_OF|STANDS_ON|MEASURED_BY|AIMS_AT|MOVES|DRIVES|SUPPORTS|FOLLOWS]-(m)
  RETURN collect(id(n)) AS near, collect(id(m)) AS far, collect(DISTINCT m) AS neighbours
}
CALL (reached, neighbours) {
  UNWIND CASE WHEN $p0 THEN reached + neighbours ELSE [] END AS n
  WITH DISTINCT n
  RETURN collect(n) AS together
}
WITH starts, named, near, far, CASE WHEN $p0 THEN together ELSE reached END AS candidates
CALL (candidates) {
  UNWIND CASE WHEN $p0 THEN candidates ELSE [] END AS n
  MATCH (n)-[r:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY|IN_SEGMENT]->(m)
  WITH type(r) AS type, collect(id(n)) AS starts, collect(id(m)) AS finishes
  RETURN collect([type, starts, finishes]) AS links
}
CALL (candidates) {
  UNWIND CASE WHEN $p0 THEN candidates ELSE [] END AS n
  WITH n WHERE n:Insight
  MATCH (n)<-[:VOICES]-(voice)
  RETURN ['VOICES', collect(id(voice)), collect(id(n))] AS voices
}
CALL (candidates) {
  UNWIND CASE WHEN $p1 IS NULL THEN [] ELSE candidates END AS n
  WITH n WHERE any(tag IN n.tags WHERE tag IN $p1)
  RETURN collect(id(n)) AS tagged
}
RETURN
  named,
  candidates,
  [starts, links + [voices], [near, far], CASE WHEN $p1 IS NULL THEN null ELSE tagged END] AS thread
}
CALL (candidates) {
  CALL (candidates) {
    UNWIND candidates AS n
    WITH n WHERE n:Step OR n:Touchpoint
    RETURN n
    UNION
    // What the people of a segment experience lies further off than what is attached to it.
    UNWIND candidates AS persona
    WITH persona WHERE persona:Persona
    MATCH (persona)-[:EXPERIENCES]->(n)
    RETURN n
  }
  RETURN collect(n) AS elements
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)<-[experience:EXPERIENCES]-(persona)
  WHERE experience.momentOfTruth
  WITH n, collect([
    id(persona), persona.id, persona.key,
    experience.emotion, experience.feeling, experience.thought, experience.importance, experience.satisfaction,
    experience.why, experience.experienceGrounds, experience.respondents
  ]) AS experiences
  WITH n, experiences,
    CASE WHEN n:Step THEN COLLECT { MATCH (n)-[:HAS_TOUCHPOINT]->(touchpoint) RETURN touchpoint } ELSE [n] END AS touchpoints,
    CASE WHEN n:Step THEN COLLECT { MATCH (n)<-[:HAS_STEP]-(stage) RETURN stage } ELSE [] END AS stages
  RETURN collect([
    id(n), n.id, CASE WHEN n:Step THEN 'Step' ELSE 'Touchpoint' END, n.key,
    COLLECT {
      MATCH (n)<-[:HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT*2..3]-(journey:Journey)
      WITH DISTINCT journey
      RETURN journey.id ORDER BY journey.key
    },
    COLLECT {
      UNWIND touchpoints AS touchpoint
      MATCH (touchpoint)-[:RUN_BY]->(party)
      RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), touchpoint.id]
      ORDER BY party.key, touchpoint.key
    },
    COLLECT {
      UNWIND stages + touchpoints AS place
      MATCH (place)-[:MEASURED_BY]->(kpi)
      RETURN [kpi.id, place.id, CASE WHEN place:Stage THEN 'Stage' ELSE 'Touchpoint' END]
      ORDER BY kpi.key, place.key
    },
    experiences
  ]) AS moments
}
RETURN [thread, moments] AS facts

CALL () {
CALL () {
MATCH (n:Persona|Step|Touchpoint)
WITH collect(n) AS reached
RETURN [] AS starts, [] AS named, reached
}
CALL (reached) {
  UNWIND CASE WHEN $p0 THEN reached ELSE [] END AS n
  MATCH (n)-[:PART_OF|IN_SEGMENT|EXPERIENCES|APPLIES_TO|ON_CHANNEL|RUN_BY|MATTERS_AT|EVOLVES_TO|REALISES|BACKS|FROM_STUDY|TESTS|SETTLES|ABOUT|TARGETS|MAKES|MADE_AT|MADE_TO|KEPT_AT|REQUIRES|DEPENDS_ON|OWNED_BY|INVOLVES|MEMBER_OF|STANDS_ON|MEASURED_BY|AIMS_AT|MOVES|DRIVES|SUPPORTS|FOLLOWS]-(m)
  RETURN collect(id(n)) AS near, collect(id(m)) AS far, collect(DISTINCT m) AS neighbours
}
CALL (reached, neighbours) {
  UNWIND CASE WHEN $p0 THEN reached + neighbours ELSE [] END AS n
  WITH DISTINCT n
  RETURN collect(n) AS together
}
WITH starts, named, near, far, CASE WHEN $p0 THEN together ELSE reached END AS candidates
CALL (candidates) {
  UNWIND CASE WHEN $p0 THEN candidates ELSE [] END AS n
  MATCH (n)-[r:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY|IN_SEGMENT]->(m)
  WITH type(r) AS type, collect(id(n)) AS starts, collect(id(m)) AS finishes
  RETURN collect([type, starts, finishes]) AS links
}
CALL (candidates) {
  UNWIND CASE WHEN $p0 THEN candidates ELSE [] END AS n
  WITH n WHERE n:Insight
  MATCH (n)<-[:VOICES]-(voice)
  RETURN ['VOICES', collect(id(voice)), collect(id(n))] AS voices
}
CALL (candidates) {
  UNWIND CASE WHEN $p1 IS NULL THEN [] ELSE candidates END AS n
  WITH n WHERE any(tag IN n.tags WHERE tag IN $p1)
  RETURN collect(id(n)) AS tagged
}
RETURN
  named,
  candidates,
  [starts, links + [voices], [near, far], CASE WHEN $p1 IS NULL THEN null ELSE tagged END] AS thread
}
CALL (candidates) {
  CALL (candidates) {
    UNWIND candidates AS n
    WITH n WHERE n:Step OR n:Touchpoint
    RETURN n
    UNION
    // What the people of a segment experience lies further off than what is attached to it.
    UNWIND candidates AS persona
    WITH persona WHERE persona:Persona
    MATCH (persona)-[:EXPERIENCES]->(n)
    RETURN n
  }
  RETURN collect(n) AS elements
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)<-[experience:EXPERIENCES]-(persona)
  WHERE experience.momentOfTruth
  WITH n, collect([
    id(persona), persona.id, persona.key,
    experience.emotion, experience.feeling, experience.thought, experience.importance, experience.satisfaction,
    experience.why, experience.experienceGrounds, experience.respondents
  ]) AS experiences
  WITH n, experiences,
    CASE WHEN n:Step THEN COLLECT { MATCH (n)-[:HAS_TOUCHPOINT]->(touchpoint) RETURN touchpoint } ELSE [n] END AS touchpoints,
    CASE WHEN n:Step THEN COLLECT { MATCH (n)<-[:HAS_STEP]-(stage) RETURN stage } ELSE [] END AS stages
  RETURN collect([
    id(n), n.id, CASE WHEN n:Step THEN 'Step' ELSE 'Touchpoint' END, n.key,
    COLLECT {
      MATCH (n)<-[:HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT*2..3]-(journey:Journey)
      WITH DISTINCT journey
      RETURN journey.id ORDER BY journey.key
    },
    COLLECT {
      UNWIND touchpoints AS touchpoint
      MATCH (touchpoint)-[:RUN_BY]->(party)
      RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), touchpoint.id]
      ORDER BY party.key, touchpoint.key
    },
    COLLECT {
      UNWIND stages + touchpoints AS place
      MATCH (place)-[:MEASURED_BY]->(kpi)
      RETURN [kpi.id, place.id, CASE WHEN place:Stage THEN 'Stage' ELSE 'Touchpoint' END]
      ORDER BY kpi.key, place.key
    },
    experiences
  ]) AS moments
}
RETURN [thread, moments] AS facts

CALL () {
CALL () {
MATCH (n:Persona|Step|Touchpoint)
WITH collect(n) AS reached
RETURN [] AS starts, [] AS named, reached
}
CALL (reached) {
  UNWIND CASE WHEN $p0 THEN reached ELSE [] END AS n
  MATCH (n)-[:PART_OF|IN_SEGMENT|EXPERIENCES|APPLIES_TO|ON_CHANNEL|RUN_BY|MATTERS_AT|EVOLVES_TO|REALISES|BACKS|FROM_STUDY|TESTS|SETTLES|ABOUT|TARGETS|MAKES|MADE_AT|MADE_TO|KEPT_AT|REQUIRES|DEPENDS_ON|OWNED_BY|INVOLVES|MEMBER_OF|STANDS_ON|MEASURED_BY|AIMS_AT|MOVES|DRIVES|SUPPORTS|FOLLOWS]-(m)
  RETURN collect(id(n)) AS near, collect(id(m)) AS far, collect(DISTINCT m) AS neighbours
}
CALL (reached, neighbours) {
  UNWIND CASE WHEN $p0 THEN reached + neighbours ELSE [] END AS n
  WITH DISTINCT n
  RETURN collect(n) AS together
}
WITH starts, named, near, far, CASE WHEN $p0 THEN together ELSE reached END AS candidates
CALL (candidates) {
  UNWIND CASE WHEN $p0 THEN candidates ELSE [] END AS n
  MATCH (n)-[r:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY|IN_SEGMENT]->(m)
  WITH type(r) AS type, collect(id(n)) AS starts, collect(id(m)) AS finishes
  RETURN collect([type, starts, finishes]) AS links
}
CALL (candidates) {
  UNWIND CASE WHEN $p0 THEN candidates ELSE [] END AS n
  WITH n WHERE n:Insight
  MATCH (n)<-[:VOICES]-(voice)
  RETURN ['VOICES', collect(id(voice)), collect(id(n))] AS voices
}
CALL (candidates) {
  UNWIND CASE WHEN $p1 IS NULL THEN [] ELSE candidates END AS n
  WITH n WHERE any(tag IN n.tags WHERE tag IN $p1)
  RETURN collect(id(n)) AS tagged
}
RETURN
  named,
  candidates,
  [starts, links + [voices], [near, far], CASE WHEN $p1 IS NULL THEN null ELSE tagged END] AS thread
}
CALL (candidates) {
  CALL (candidates) {
    UNWIND candidates AS n
    WITH n WHERE n:Step OR n:Touchpoint
    RETURN n
    UNION
    // What the people of a segment experience lies further off than what is attached to it.
    UNWIND candidates AS persona
    WITH persona WHERE persona:Persona
    MATCH (persona)-[:EXPERIENCES]->(n)
    RETURN n
  }
  RETURN collect(n) AS elements
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)<-[experience:EXPERIENCES]-(persona)
  WHERE experience.momentOfTruth
  WITH n, collect([
    id(persona), persona.id, persona.key,
    experience.emotion, experience.feeling, experience.thought, experience.importance, experience.satisfaction,
    experience.why, experience.experienceGrounds, experience.respondents
  ]) AS experiences
  WITH n, experiences,
    CASE WHEN n:Step THEN COLLECT { MATCH (n)-[:HAS_TOUCHPOINT]->(touchpoint) RETURN touchpoint } ELSE [n] END AS touchpoints,
    CASE WHEN n:Step THEN COLLECT { MATCH (n)<-[:HAS_STEP]-(stage) RETURN stage } ELSE [] END AS stages
  RETURN collect([
    id(n), n.id, CASE WHEN n:Step THEN 'Step' ELSE 'Touchpoint' END, n.key,
    COLLECT {
      MATCH (n)<-[:HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT*2..3]-(journey:Journey)
      WITH DISTINCT journey
      RETURN journey.id ORDER BY journey.key
    },
    COLLECT {
      UNWIND touchpoints AS touchpoint
      MATCH (touchpoint)-[:RUN_BY]->(party)
      RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), touchpoint.id]
      ORDER BY party.key, touchpoint.key
    },
    COLLECT {
      UNWIND stages + touchpoints AS place
      MATCH (place)-[:MEASURED_BY]->(kpi)
      RETURN [kpi.id, place.id, CASE WHEN place:Stage THEN 'Stage' ELSE 'Touchpoint' END]
      ORDER BY kpi.key, place.key
    },
    experiences
  ]) AS moments
}
RETURN [thread, moments] AS facts
