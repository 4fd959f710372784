CALL () {
  UNWIND $ids0 AS id0
  MATCH (n0:Entity {id: id0})
  RETURN collect([n0.id, [head([label IN labels(n0) WHERE label <> 'Entity']), n0.key]]) AS list0
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
CALL () {
  UNWIND $ids7 AS id7
  MATCH (n7:Entity {id: id7})
  RETURN collect([n7.id, [n7.key]]) AS list7
}
CALL () {
  UNWIND $ids8 AS id8
  MATCH (n8:Entity {id: id8})
  RETURN collect([n8.id, [n8.key]]) AS list8
}
CALL () {
  UNWIND $ids9 AS id9
  MATCH (n9:Entity {id: id9})
  RETURN collect([n9.id, [n9.key]]) AS list9
}
CALL () {
  UNWIND $ids10 AS id10
  MATCH (n10:Entity {id: id10})
  RETURN collect([n10.id, [n10.key]]) AS list10
}
RETURN [list0, list1, list2, list3, list4, list5, list6, list7, list8, list9, list10] AS answer

CALL () {
CALL () {
MATCH (n:Journey|Touchpoint|Proposition|Initiative)
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
  UNWIND candidates AS n
  WITH n WHERE (n:Proposition OR n:Initiative) AND NOT coalesce(n.initiativeStatus IN ['STOPPED'] OR n.propositionStatus IN ['RETIRED'] OR n.opportunityStatus IN ['CLOSED', 'PARKED'] OR (n.initiativeStatus = 'DONE' AND coalesce(n.finished <= date($p2), true)) OR (n:Promise AND EXISTS { (n)<-[:MAKES]-() } AND NOT EXISTS { (n)<-[:MAKES]-(maker) WHERE coalesce(maker.propositionStatus, '') <> 'RETIRED' }), false)
  WITH n, COLLECT { MATCH (n)-[r:OWNED_BY|INVOLVES|RUN_BY]->(party) RETURN [CASE type(r) WHEN 'OWNED_BY' THEN 'ACCOUNTABLE' WHEN 'RUN_BY' THEN 'RUNS' ELSE r.involvementRole END, r.contribution, r.effort, [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key], COLLECT { MATCH (party)-[:MEMBER_OF]->(of) RETURN [of.id, head([label IN labels(of) WHERE label <> 'Entity']), of.key] }] } AS parts
  WHERE size(parts) > 0
  RETURN collect([id(n), n.id, CASE WHEN n:Proposition THEN 'Proposition' ELSE 'Initiative' END, n.key, parts]) AS work
}
CALL (candidates) {
  UNWIND candidates AS journey
  WITH journey WHERE journey:Journey
  RETURN collect([id(journey), journey.id, journey.key, journey.journeyState, COLLECT { MATCH (journey)-[gone:HAS_STAGE]->(stage) RETURN [id(stage), stage.id, stage.key, stage.duration, stage.waiting, COLLECT { MATCH (stage)-[met:HAS_TOUCHPOINT]->(touchpoint) RETURN [id(touchpoint), touchpoint.id, touchpoint.key, touchpoint.control, head(COLLECT { MATCH (touchpoint)-[:RUN_BY]->(party) RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key] }), COLLECT { MATCH (touchpoint)-[open:ON_CHANNEL]->(channel) RETURN [channel.id, channel.key, open.share] ORDER BY coalesce(open.share, -1) DESC, channel.key }] ORDER BY met.position, touchpoint.key }, COLLECT { MATCH (stage)-[taken:HAS_STEP]->(step) RETURN [id(step), step.id, step.key, step.emotion, step.duration, step.waiting, COLLECT { MATCH (step)-[met:HAS_TOUCHPOINT]->(touchpoint) RETURN [id(touchpoint), touchpoint.id, touchpoint.key, touchpoint.control, head(COLLECT { MATCH (touchpoint)-[:RUN_BY]->(party) RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key] }), COLLECT { MATCH (touchpoint)-[open:ON_CHANNEL]->(channel) RETURN [channel.id, channel.key, open.share] ORDER BY coalesce(open.share, -1) DESC, channel.key }] ORDER BY met.position, touchpoint.key }] ORDER BY taken.position, step.key }] ORDER BY gone.position, stage.key }]) AS journeys
}
RETURN [thread, work, journeys] AS facts
