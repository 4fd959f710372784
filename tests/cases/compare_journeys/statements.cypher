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
  RETURN collect([n4.id, CASE WHEN n4:Goal|Principle|KPI|Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Channel|Insight|Evidence|Study|Hypothesis|Opportunity|Proposition|Promise|Enabler|Department|Partner|Stakeholder THEN [0, [head([label IN labels(n4) WHERE label <> 'Entity']), n4.key]] WHEN n4:Initiative THEN [1, [n4.key, n4.initiativeStatus]] END]) AS list4
}
CALL () {
  UNWIND $ids5 AS id5
  MATCH (n5:Entity {id: id5})
  RETURN collect([n5.id, [n5.key]]) AS list5
}
CALL () {
  UNWIND $ids6 AS id6
  MATCH (n6:Entity {id: id6})
  RETURN collect([n6.id, [head([label IN labels(n6) WHERE label <> 'Entity']), n6.key]]) AS list6
}
CALL () {
  UNWIND $ids7 AS id7
  MATCH (n7:Entity {id: id7})
  RETURN collect([n7.id, [head([label IN labels(n7) WHERE label <> 'Entity']), n7.key]]) AS list7
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
  RETURN collect([n11.id, CASE WHEN n11:Goal|Principle|KPI|Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Channel|Insight|Evidence|Study|Hypothesis|Opportunity|Proposition|Promise|Enabler|Department|Partner|Stakeholder THEN [0, [head([label IN labels(n11) WHERE label <> 'Entity']), n11.key]] WHEN n11:Initiative THEN [1, [n11.key, n11.initiativeStatus]] END]) AS list11
}
CALL () {
  UNWIND $ids12 AS id12
  MATCH (n12:Entity {id: id12})
  RETURN collect([n12.id, [n12.key]]) AS list12
}
CALL () {
  UNWIND $ids13 AS id13
  MATCH (n13:Entity {id: id13})
  RETURN collect([n13.id, [n13.key]]) AS list13
}
CALL () {
  UNWIND $ids14 AS id14
  MATCH (n14:Entity {id: id14})
  RETURN collect([n14.id, [head([label IN labels(n14) WHERE label <> 'Entity']), n14.key]]) AS list14
}
CALL () {
  UNWIND $ids15 AS id15
  MATCH (n15:Entity {id: id15})
  RETURN collect([n15.id, [head([label IN labels(n15) WHERE label <> 'Entity']), n15.key]]) AS list15
}
CALL () {
  UNWIND $ids16 AS id16
  MATCH (n16:Entity {id: id16})
  RETURN collect([n16.id, [n16.key]]) AS list16
}
CALL () {
  UNWIND $ids17 AS id17
  MATCH (n17:Entity {id: id17})
  RETURN collect([n17.id, [n17.key]]) AS list17
}
CALL () {
  UNWIND $ids18 AS id18
  MATCH (n18:Entity {id: id18})
  RETURN collect([n18.id, [n18.key]]) AS list18
}
CALL () {
  UNWIND $ids19 AS id19
  MATCH (n19:Entity {id: id19})
  RETURN collect([n19.id, [n19.key]]) AS list19
}
CALL () {
  UNWIND $ids20 AS id20
  MATCH (n20:Entity {id: id20})
  RETURN collect([n20.id, [head([label IN labels(n20) WHERE label <> 'Entity']), n20.key]]) AS list20
}
CALL () {
  UNWIND $ids21 AS id21
  MATCH (n21:Entity {id: id21})
  RETURN collect([n21.id, [head([label IN labels(n21) WHERE label <> 'Entity']), n21.key]]) AS list21
}
CALL () {
  UNWIND $ids22 AS id22
  MATCH (n22:Entity {id: id22})
  RETURN collect([n22.id, CASE WHEN n22:Goal|Principle|KPI|Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Channel|Insight|Evidence|Study|Hypothesis|Opportunity|Proposition|Promise|Enabler|Department|Partner|Stakeholder THEN [0, [head([label IN labels(n22) WHERE label <> 'Entity']), n22.key]] WHEN n22:Initiative THEN [1, [n22.key, n22.initiativeStatus]] END]) AS list22
}
CALL () {
  UNWIND $ids23 AS id23
  MATCH (n23:Entity {id: id23})
  RETURN collect([n23.id, [n23.key]]) AS list23
}
CALL () {
  UNWIND $ids24 AS id24
  MATCH (n24:Entity {id: id24})
  RETURN collect([n24.id, [n24.key]]) AS list24
}
RETURN [list0, list1, list2, list3, list4, list5, list6, list7, list8, list9, list10, list11, list12, list13, list14, list15, list16, list17, list18, list19, list20, list21, list22, list23, list24] AS answer

CALL () {
CALL () {
UNWIND $p0 AS key
MATCH (journey:Journey {key: key})
RETURN collect(journey) AS journeys
}
CALL (journeys) {
  UNWIND journeys AS journey
  RETURN collect([id(journey), journey.id, journey.key, journey.journeyState, COLLECT { MATCH (journey)-[gone:HAS_STAGE]->(stage) RETURN [id(stage), stage.id, stage.key, stage.duration, stage.waiting, COLLECT { MATCH (stage)-[met:HAS_TOUCHPOINT]->(touchpoint) RETURN [id(touchpoint), touchpoint.id, touchpoint.key, touchpoint.control, head(COLLECT { MATCH (touchpoint)-[:RUN_BY]->(party) RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key] }), COLLECT { MATCH (touchpoint)-[open:ON_CHANNEL]->(channel) RETURN [channel.id, channel.key, open.share] ORDER BY coalesce(open.share, -1) DESC, channel.key }] ORDER BY met.position, touchpoint.key }, COLLECT { MATCH (stage)-[taken:HAS_STEP]->(step) RETURN [id(step), step.id, step.key, step.emotion, step.duration, step.waiting, COLLECT { MATCH (step)-[met:HAS_TOUCHPOINT]->(touchpoint) RETURN [id(touchpoint), touchpoint.id, touchpoint.key, touchpoint.control, head(COLLECT { MATCH (touchpoint)-[:RUN_BY]->(party) RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key] }), COLLECT { MATCH (touchpoint)-[open:ON_CHANNEL]->(channel) RETURN [channel.id, channel.key, open.share] ORDER BY coalesce(open.share, -1) DESC, channel.key }] ORDER BY met.position, touchpoint.key }] ORDER BY taken.position, step.key }] ORDER BY gone.position, stage.key }]) AS rows
}
CALL (journeys) {
  UNWIND journeys AS journey
  MATCH (journey)-[:HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT*0..3]->(n)
  WITH DISTINCT n
  RETURN collect(n) AS elements
}
CALL (journeys) {
  UNWIND journeys AS journey
  MATCH (journey)<-[:TAKES]-(persona)
  WITH DISTINCT persona
  RETURN collect(persona) AS takers
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)<-[experience:EXPERIENCES]-(persona)
  RETURN collect([
    id(n), id(persona),
    experience.emotion, experience.feeling, experience.thought, experience.importance, experience.satisfaction,
    experience.momentOfTruth, experience.why, experience.experienceGrounds, experience.respondents
  ]) AS experiences
}
RETURN journeys, elements, takers, rows, experiences
}
CALL (elements) {
  UNWIND elements AS n
  WITH n, head([label IN labels(n) WHERE label <> 'Entity']) AS kind
  RETURN collect([id(n), [name IN $p1[kind] | n[name]]]) AS fields
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)-[:EVOLVES_TO]->(m)
  RETURN collect([id(n), id(m), m.id, head([label IN labels(m) WHERE label <> 'Entity']), m.key]) AS evolves
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)<-[:REALISES]-(work)
  RETURN collect([
    id(n), work.id, CASE WHEN work:Proposition THEN 'Proposition' ELSE 'Initiative' END, work.key,
    coalesce(work.propositionStatus, work.initiativeStatus)
  ]) AS works
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)-[limit:APPLIES_TO]->(to)
  RETURN collect([
    id(n), id(to), to.id, CASE WHEN to:Persona THEN 'Persona' ELSE 'Segment' END, to.key, limit.treatment
  ]) AS limits
}
CALL (takers) {
  UNWIND takers AS persona
  RETURN collect([
    id(persona), persona.id, persona.key, persona.side,
    COLLECT {
      MATCH (persona)-[:IN_SEGMENT]->(segment)
      RETURN [id(segment), segment.id, segment.key] ORDER BY segment.key
    }
  ]) AS personas
}
RETURN [rows, experiences, personas, fields, evolves, works, limits] AS facts

CALL () {
CALL () {
UNWIND $p0 AS key
MATCH (journey:Journey {key: key})
RETURN collect(journey) AS journeys
}
CALL (journeys) {
  UNWIND journeys AS journey
  RETURN collect([id(journey), journey.id, journey.key, journey.journeyState, COLLECT { MATCH (journey)-[gone:HAS_STAGE]->(stage) RETURN [id(stage), stage.id, stage.key, stage.duration, stage.waiting, COLLECT { MATCH (stage)-[met:HAS_TOUCHPOINT]->(touchpoint) RETURN [id(touchpoint), touchpoint.id, touchpoint.key, touchpoint.control, head(COLLECT { MATCH (touchpoint)-[:RUN_BY]->(party) RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key] }), COLLECT { MATCH (touchpoint)-[open:ON_CHANNEL]->(channel) RETURN [channel.id, channel.key, open.share] ORDER BY coalesce(open.share, -1) DESC, channel.key }] ORDER BY met.position, touchpoint.key }, COLLECT { MATCH (stage)-[taken:HAS_STEP]->(step) RETURN [id(step), step.id, step.key, step.emotion, step.duration, step.waiting, COLLECT { MATCH (step)-[met:HAS_TOUCHPOINT]->(touchpoint) RETURN [id(touchpoint), touchpoint.id, touchpoint.key, touchpoint.control, head(COLLECT { MATCH (touchpoint)-[:RUN_BY]->(party) RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key] }), COLLECT { MATCH (touchpoint)-[open:ON_CHANNEL]->(channel) RETURN [channel.id, channel.key, open.share] ORDER BY coalesce(open.share, -1) DESC, channel.key }] ORDER BY met.position, touchpoint.key }] ORDER BY taken.position, step.key }] ORDER BY gone.position, stage.key }]) AS rows
}
CALL (journeys) {
  UNWIND journeys AS journey
  MATCH (journey)-[:HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT*0..3]->(n)
  WITH DISTINCT n
  RETURN collect(n) AS elements
}
CALL (journeys) {
  UNWIND journeys AS journey
  MATCH (journey)<-[:TAKES]-(persona)
  WITH DISTINCT persona
  RETURN collect(persona) AS takers
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)<-[experience:EXPERIENCES]-(persona)
  RETURN collect([
    id(n), id(persona),
    experience.emotion, experience.feeling, experience.thought, experience.importance, experience.satisfaction,
    experience.momentOfTruth, experience.why, experience.experienceGrounds, experience.respondents
  ]) AS experiences
}
RETURN journeys, elements, takers, rows, experiences
}
CALL (elements) {
  UNWIND elements AS n
  WITH n, head([label IN labels(n) WHERE label <> 'Entity']) AS kind
  RETURN collect([id(n), [name IN $p1[kind] | n[name]]]) AS fields
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)-[:EVOLVES_TO]->(m)
  RETURN collect([id(n), id(m), m.id, head([label IN labels(m) WHERE label <> 'Entity']), m.key]) AS evolves
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)<-[:REALISES]-(work)
  RETURN collect([
    id(n), work.id, CASE WHEN work:Proposition THEN 'Proposition' ELSE 'Initiative' END, work.key,
    coalesce(work.propositionStatus, work.initiativeStatus)
  ]) AS works
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)-[limit:APPLIES_TO]->(to)
  RETURN collect([
    id(n), id(to), to.id, CASE WHEN to:Persona THEN 'Persona' ELSE 'Segment' END, to.key, limit.treatment
  ]) AS limits
}
CALL (takers) {
  UNWIND takers AS persona
  RETURN collect([
    id(persona), persona.id, persona.key, persona.side,
    COLLECT {
      MATCH (persona)-[:IN_SEGMENT]->(segment)
      RETURN [id(segment), segment.id, segment.key] ORDER BY segment.key
    }
  ]) AS personas
}
RETURN [rows, experiences, personas, fields, evolves, works, limits] AS facts
