CALL () {
  UNWIND $ids0 AS id0
  MATCH (n0:Entity {id: id0})
  RETURN collect([n0.id, [n0.key]]) AS list0
}
CALL () {
  UNWIND $ids1 AS id1
  MATCH (n1:Entity {id: id1})
  RETURN collect([n1.id, [n1.key]]) AS list1
}
CALL () {
  UNWIND $ids2 AS id2
  MATCH (n2:Entity {id: id2})
  RETURN collect([n2.id, [head([label IN labels(n2) WHERE label <> 'Entity']), n2.key]]) AS list2
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
CALL () {
  UNWIND $ids11 AS id11
  MATCH (n11:Entity {id: id11})
  RETURN collect([n11.id, [n11.key]]) AS list11
}
RETURN [list0, list1, list2, list3, list4, list5, list6, list7, list8, list9, list10, list11] AS answer

OPTIONAL MATCH (journey:Journey {key: $p0})
RETURN CASE WHEN journey IS NOT NULL THEN [id(journey), journey.id, journey.key, journey.journeyState, COLLECT { MATCH (journey)-[gone:HAS_STAGE]->(stage) RETURN [id(stage), stage.id, stage.key, stage.duration, stage.waiting, COLLECT { MATCH (stage)-[met:HAS_TOUCHPOINT]->(touchpoint) RETURN [id(touchpoint), touchpoint.id, touchpoint.key, touchpoint.control, head(COLLECT { MATCH (touchpoint)-[:RUN_BY]->(party) RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key] }), COLLECT { MATCH (touchpoint)-[open:ON_CHANNEL]->(channel) RETURN [channel.id, channel.key, open.share] ORDER BY coalesce(open.share, -1) DESC, channel.key }] ORDER BY met.position, touchpoint.key }, COLLECT { MATCH (stage)-[taken:HAS_STEP]->(step) RETURN [id(step), step.id, step.key, step.emotion, step.duration, step.waiting, COLLECT { MATCH (step)-[met:HAS_TOUCHPOINT]->(touchpoint) RETURN [id(touchpoint), touchpoint.id, touchpoint.key, touchpoint.control, head(COLLECT { MATCH (touchpoint)-[:RUN_BY]->(party) RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key] }), COLLECT { MATCH (touchpoint)-[open:ON_CHANNEL]->(channel) RETURN [channel.id, channel.key, open.share] ORDER BY coalesce(open.share, -1) DESC, channel.key }] ORDER BY met.position, touchpoint.key }] ORDER BY taken.position, step.key }] ORDER BY gone.position, stage.key }] END AS facts

OPTIONAL MATCH (journey:Journey {key: $p0})
RETURN CASE WHEN journey IS NOT NULL THEN [id(journey), journey.id, journey.key, journey.journeyState, COLLECT { MATCH (journey)-[gone:HAS_STAGE]->(stage) RETURN [id(stage), stage.id, stage.key, stage.duration, stage.waiting, COLLECT { MATCH (stage)-[met:HAS_TOUCHPOINT]->(touchpoint) RETURN [id(touchpoint), touchpoint.id, touchpoint.key, touchpoint.control, head(COLLECT { MATCH (touchpoint)-[:RUN_BY]->(party) RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key] }), COLLECT { MATCH (touchpoint)-[open:ON_CHANNEL]->(channel) RETURN [channel.id, channel.key, open.share] ORDER BY coalesce(open.share, -1) DESC, channel.key }] ORDER BY met.position, touchpoint.key }, COLLECT { MATCH (stage)-[taken:HAS_STEP]->(step) RETURN [id(step), step.id, step.key, step.emotion, step.duration, step.waiting, COLLECT { MATCH (step)-[met:HAS_TOUCHPOINT]->(touchpoint) RETURN [id(touchpoint), touchpoint.id, touchpoint.key, touchpoint.control, head(COLLECT { MATCH (touchpoint)-[:RUN_BY]->(party) RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key] }), COLLECT { MATCH (touchpoint)-[open:ON_CHANNEL]->(channel) RETURN [channel.id, channel.key, open.share] ORDER BY coalesce(open.share, -1) DESC, channel.key }] ORDER BY met.position, touchpoint.key }] ORDER BY taken.position, step.key }] ORDER BY gone.position, stage.key }] END AS facts
