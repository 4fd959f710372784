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
  RETURN collect([n6.id, [head([label IN labels(n6) WHERE label <> 'Entity']), n6.key]]) AS list6
}
CALL () {
  UNWIND $ids7 AS id7
  MATCH (n7:Entity {id: id7})
  RETURN collect([n7.id, [n7.key]]) AS list7
}
CALL () {
  UNWIND $ids8 AS id8
  MATCH (n8:Entity {id: id8})
  RETURN collect([n8.id, [n8.key, n8.readiness]]) AS list8
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
  RETURN collect([n14.id, [n14.key]]) AS list14
}
CALL () {
  UNWIND $ids15 AS id15
  MATCH (n15:Entity {id: id15})
  RETURN collect([n15.id, [n15.key]]) AS list15
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
  RETURN collect([n20.id, [n20.key]]) AS list20
}
CALL () {
  UNWIND $ids21 AS id21
  MATCH (n21:Entity {id: id21})
  RETURN collect([n21.id, [n21.key]]) AS list21
}
CALL () {
  UNWIND $ids22 AS id22
  MATCH (n22:Entity {id: id22})
  RETURN collect([n22.id, [n22.key, n22.quote]]) AS list22
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
CALL () {
  UNWIND $ids25 AS id25
  MATCH (n25:Entity {id: id25})
  RETURN collect([n25.id, [n25.key]]) AS list25
}
CALL () {
  UNWIND $ids26 AS id26
  MATCH (n26:Entity {id: id26})
  RETURN collect([n26.id, [n26.key]]) AS list26
}
CALL () {
  UNWIND $ids27 AS id27
  MATCH (n27:Entity {id: id27})
  RETURN collect([n27.id, [n27.key]]) AS list27
}
CALL () {
  UNWIND $ids28 AS id28
  MATCH (n28:Entity {id: id28})
  RETURN collect([n28.id, [n28.key]]) AS list28
}
CALL () {
  UNWIND $ids29 AS id29
  MATCH (n29:Entity {id: id29})
  RETURN collect([n29.id, [n29.key]]) AS list29
}
CALL () {
  UNWIND $ids30 AS id30
  MATCH (n30:Entity {id: id30})
  RETURN collect([n30.id, [n30.key, n30.quote]]) AS list30
}
CALL () {
  UNWIND $ids31 AS id31
  MATCH (n31:Entity {id: id31})
  RETURN collect([n31.id, [n31.key]]) AS list31
}
CALL () {
  UNWIND $ids32 AS id32
  MATCH (n32:Entity {id: id32})
  RETURN collect([n32.id, [n32.key]]) AS list32
}
CALL () {
  UNWIND $ids33 AS id33
  MATCH (n33:Entity {id: id33})
  RETURN collect([n33.id, [n33.key]]) AS list33
}
CALL () {
  UNWIND $ids34 AS id34
  MATCH (n34:Entity {id: id34})
  RETURN collect([n34.id, [n34.key]]) AS list34
}
CALL () {
  UNWIND $ids35 AS id35
  MATCH (n35:Entity {id: id35})
  RETURN collect([n35.id, [n35.key]]) AS list35
}
CALL () {
  UNWIND $ids36 AS id36
  MATCH (n36:Entity {id: id36})
  RETURN collect([n36.id, [n36.key]]) AS list36
}
RETURN [list0, list1, list2, list3, list4, list5, list6, list7, list8, list9, list10, list11, list12, list13, list14, list15, list16, list17, list18, list19, list20, list21, list22, list23, list24, list25, list26, list27, list28, list29, list30, list31, list32, list33, list34, list35, list36] AS answer

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
  RETURN collect([n6.id, [head([label IN labels(n6) WHERE label <> 'Entity']), n6.key]]) AS list6
}
CALL () {
  UNWIND $ids7 AS id7
  MATCH (n7:Entity {id: id7})
  RETURN collect([n7.id, [n7.key]]) AS list7
}
CALL () {
  UNWIND $ids8 AS id8
  MATCH (n8:Entity {id: id8})
  RETURN collect([n8.id, [n8.key, n8.readiness]]) AS list8
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
  RETURN collect([n14.id, [n14.key]]) AS list14
}
CALL () {
  UNWIND $ids15 AS id15
  MATCH (n15:Entity {id: id15})
  RETURN collect([n15.id, [n15.key]]) AS list15
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
  RETURN collect([n20.id, [n20.key]]) AS list20
}
CALL () {
  UNWIND $ids21 AS id21
  MATCH (n21:Entity {id: id21})
  RETURN collect([n21.id, [n21.key]]) AS list21
}
CALL () {
  UNWIND $ids22 AS id22
  MATCH (n22:Entity {id: id22})
  RETURN collect([n22.id, [n22.key]]) AS list22
}
CALL () {
  UNWIND $ids23 AS id23
  MATCH (n23:Entity {id: id23})
  RETURN collect([n23.id, [n23.key, n23.quote]]) AS list23
}
CALL () {
  UNWIND $ids24 AS id24
  MATCH (n24:Entity {id: id24})
  RETURN collect([n24.id, [n24.key]]) AS list24
}
CALL () {
  UNWIND $ids25 AS id25
  MATCH (n25:Entity {id: id25})
  RETURN collect([n25.id, [n25.key]]) AS list25
}
CALL () {
  UNWIND $ids26 AS id26
  MATCH (n26:Entity {id: id26})
  RETURN collect([n26.id, [n26.key]]) AS list26
}
CALL () {
  UNWIND $ids27 AS id27
  MATCH (n27:Entity {id: id27})
  RETURN collect([n27.id, [n27.key]]) AS list27
}
CALL () {
  UNWIND $ids28 AS id28
  MATCH (n28:Entity {id: id28})
  RETURN collect([n28.id, [n28.key]]) AS list28
}
CALL () {
  UNWIND $ids29 AS id29
  MATCH (n29:Entity {id: id29})
  RETURN collect([n29.id, [n29.key]]) AS list29
}
CALL () {
  UNWIND $ids30 AS id30
  MATCH (n30:Entity {id: id30})
  RETURN collect([n30.id, [n30.key]]) AS list30
}
CALL () {
  UNWIND $ids31 AS id31
  MATCH (n31:Entity {id: id31})
  RETURN collect([n31.id, [n31.key]]) AS list31
}
CALL () {
  UNWIND $ids32 AS id32
  MATCH (n32:Entity {id: id32})
  RETURN collect([n32.id, [n32.key, n32.quote]]) AS list32
}
CALL () {
  UNWIND $ids33 AS id33
  MATCH (n33:Entity {id: id33})
  RETURN collect([n33.id, [n33.key]]) AS list33
}
CALL () {
  UNWIND $ids34 AS id34
  MATCH (n34:Entity {id: id34})
  RETURN collect([n34.id, [n34.key]]) AS list34
}
CALL () {
  UNWIND $ids35 AS id35
  MATCH (n35:Entity {id: id35})
  RETURN collect([n35.id, [n35.key]]) AS list35
}
CALL () {
  UNWIND $ids36 AS id36
  MATCH (n36:Entity {id: id36})
  RETURN collect([n36.id, [n36.key]]) AS list36
}
CALL () {
  UNWIND $ids37 AS id37
  MATCH (n37:Entity {id: id37})
  RETURN collect([n37.id, [n37.key]]) AS list37
}
CALL () {
  UNWIND $ids38 AS id38
  MATCH (n38:Entity {id: id38})
  RETURN collect([n38.id, [n38.key]]) AS list38
}
CALL () {
  UNWIND $ids39 AS id39
  MATCH (n39:Entity {id: id39})
  RETURN collect([n39.id, [n39.key]]) AS list39
}
RETURN [list0, list1, list2, list3, list4, list5, list6, list7, list8, list9, list10, list11, list12, list13, list14, list15, list16, list17, list18, list19, list20, list21, list22, list23, list24, list25, list26, list27, list28, list29, list30, list31, list32, list33, list34, list35, list36, list37, list38, list39] AS answer

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
  RETURN collect([n2.id, [n2.key]]) AS list2
}
RETURN [list0, list1, list2] AS answer

CALL () {
  UNWIND $ids0 AS id0
  MATCH (n0:Entity {id: id0})
  RETURN collect([n0.id, [n0.key]]) AS list0
}
RETURN [list0] AS answer

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
CALL () {
  UNWIND coalesce($p1, []) AS key
  MATCH (persona:Persona {key: key})
  RETURN collect(persona) AS asked
}
CALL () {
  UNWIND coalesce($p2, []) AS key
  MATCH (segment:Segment {key: key})
  RETURN collect(segment) AS parts
}
CALL (takers, asked) {
  UNWIND takers + asked AS persona
  WITH DISTINCT persona
  RETURN collect(persona) AS people
}
CALL (people) {
  UNWIND people AS persona
  RETURN collect([
    id(persona), persona.id, persona.key, persona.side,
    COLLECT {
      MATCH (persona)-[:IN_SEGMENT]->(segment)
      RETURN [id(segment), segment.id, segment.key] ORDER BY segment.key
    }
  ]) AS personas
}
CALL (people, parts) {
  CALL (people, parts) {
    UNWIND people + parts AS one
    RETURN one
    UNION
    UNWIND people AS persona
    MATCH (persona)-[:IN_SEGMENT]->(one)
    RETURN one
  }
  RETURN collect(one) AS audience
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)-[limit:APPLIES_TO]->(to)
  RETURN collect([
    id(n), id(to), to.id, CASE WHEN to:Persona THEN 'Persona' ELSE 'Segment' END, to.key, limit.treatment
  ]) AS limits
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)-[:REVEALS]->(insight)
  WITH insight, collect(id(n)) AS places
  RETURN collect([
    places, insight.id, insight.key,
    COLLECT {
      MATCH (insight)<-[:VOICES]-(voice)
      RETURN [id(voice), voice.id, head([label IN labels(voice) WHERE label <> 'Entity']), voice.key]
    },
    COLLECT {
      MATCH (insight)<-[backs:BACKS]-(evidence)
      RETURN [evidence.id, evidence.key, backs.evidenceStance, backs.support, backs.of] ORDER BY evidence.key
    },
    COLLECT {
      MATCH (insight)-[:RAISES]->(opportunity)
      RETURN [opportunity.id, opportunity.key] ORDER BY opportunity.key
    }
  ]) AS insights
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)-[:REQUIRES]->(enabler)
  RETURN collect([id(n), enabler.id, enabler.key]) AS enablers
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)<-[place:MADE_AT|KEPT_AT]-(promise)
  RETURN collect([id(n), promise.id, promise.key, type(place) = 'KEPT_AT']) AS promises
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)-[:FOLLOWS]->(principle)
  RETURN collect([id(n), principle.id, principle.key]) AS principles
}
CALL (elements, journeys, audience) {
  UNWIND elements AS n
  MATCH (n)-[:MEASURED_BY]->(kpi)
  WITH kpi, journeys, audience, collect(n) AS places
  RETURN collect([
    [place IN places | id(place)],
    [id(kpi), kpi.id, kpi.key, kpi.kpiMethod, kpi.variant, kpi.unit, kpi.direction, kpi.scaleMin, kpi.scaleMax, kpi.goodFrom, kpi.badTo, kpi.aggregate, kpi.baseline, toString(kpi.baselineOn), kpi.target, toString(kpi.targetBy), kpi.holdBand, kpi.weight],
    COLLECT {
      MATCH (kpi)-[:HAS_MEASUREMENT]->(m)
      WHERE m.measuredOn <= date($p3)
        AND coalesce(m.measurementSubject, 'OWN') = 'OWN'
        AND m.competitor IS NULL
        AND (m.value IS NOT NULL OR size(m.counts) > 0)
        AND all(one IN COLLECT { MATCH (m)-[:MEASURED_FOR]->(whom) RETURN whom }
          WHERE one IN audience OR one IN places OR one IN journeys)
      RETURN [m.id, toString(m.measuredOn), m.value, m.sampleSize, m.counts, m.countedBy, m.measurementSubject, m.competitor, m.respondentSide, COLLECT { MATCH (m)-[:MEASURED_FOR]->(part) RETURN [id(part), part.id, head([label IN labels(part) WHERE label <> 'Entity']), part.key] }]
    }
  ]) AS kpis
}
RETURN [
  $p3, rows, experiences, [persona IN takers | id(persona)], personas,
  [segment IN parts | [id(segment), segment.id, segment.key]],
  limits, insights, enablers, promises, principles, kpis
] AS facts

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
CALL () {
  UNWIND coalesce($p1, []) AS key
  MATCH (persona:Persona {key: key})
  RETURN collect(persona) AS asked
}
CALL () {
  UNWIND coalesce($p2, []) AS key
  MATCH (segment:Segment {key: key})
  RETURN collect(segment) AS parts
}
CALL (takers, asked) {
  UNWIND takers + asked AS persona
  WITH DISTINCT persona
  RETURN collect(persona) AS people
}
CALL (people) {
  UNWIND people AS persona
  RETURN collect([
    id(persona), persona.id, persona.key, persona.side,
    COLLECT {
      MATCH (persona)-[:IN_SEGMENT]->(segment)
      RETURN [id(segment), segment.id, segment.key] ORDER BY segment.key
    }
  ]) AS personas
}
CALL (people, parts) {
  CALL (people, parts) {
    UNWIND people + parts AS one
    RETURN one
    UNION
    UNWIND people AS persona
    MATCH (persona)-[:IN_SEGMENT]->(one)
    RETURN one
  }
  RETURN collect(one) AS audience
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)-[limit:APPLIES_TO]->(to)
  RETURN collect([
    id(n), id(to), to.id, CASE WHEN to:Persona THEN 'Persona' ELSE 'Segment' END, to.key, limit.treatment
  ]) AS limits
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)-[:REVEALS]->(insight)
  WITH insight, collect(id(n)) AS places
  RETURN collect([
    places, insight.id, insight.key,
    COLLECT {
      MATCH (insight)<-[:VOICES]-(voice)
      RETURN [id(voice), voice.id, head([label IN labels(voice) WHERE label <> 'Entity']), voice.key]
    },
    COLLECT {
      MATCH (insight)<-[backs:BACKS]-(evidence)
      RETURN [evidence.id, evidence.key, backs.evidenceStance, backs.support, backs.of] ORDER BY evidence.key
    },
    COLLECT {
      MATCH (insight)-[:RAISES]->(opportunity)
      RETURN [opportunity.id, opportunity.key] ORDER BY opportunity.key
    }
  ]) AS insights
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)-[:REQUIRES]->(enabler)
  RETURN collect([id(n), enabler.id, enabler.key]) AS enablers
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)<-[place:MADE_AT|KEPT_AT]-(promise)
  RETURN collect([id(n), promise.id, promise.key, type(place) = 'KEPT_AT']) AS promises
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)-[:FOLLOWS]->(principle)
  RETURN collect([id(n), principle.id, principle.key]) AS principles
}
CALL (elements, journeys, audience) {
  UNWIND elements AS n
  MATCH (n)-[:MEASURED_BY]->(kpi)
  WITH kpi, journeys, audience, collect(n) AS places
  RETURN collect([
    [place IN places | id(place)],
    [id(kpi), kpi.id, kpi.key, kpi.kpiMethod, kpi.variant, kpi.unit, kpi.direction, kpi.scaleMin, kpi.scaleMax, kpi.goodFrom, kpi.badTo, kpi.aggregate, kpi.baseline, toString(kpi.baselineOn), kpi.target, toString(kpi.targetBy), kpi.holdBand, kpi.weight],
    COLLECT {
      MATCH (kpi)-[:HAS_MEASUREMENT]->(m)
      WHERE m.measuredOn <= date($p3)
        AND coalesce(m.measurementSubject, 'OWN') = 'OWN'
        AND m.competitor IS NULL
        AND (m.value IS NOT NULL OR size(m.counts) > 0)
        AND all(one IN COLLECT { MATCH (m)-[:MEASURED_FOR]->(whom) RETURN whom }
          WHERE one IN audience OR one IN places OR one IN journeys)
      RETURN [m.id, toString(m.measuredOn), m.value, m.sampleSize, m.counts, m.countedBy, m.measurementSubject, m.competitor, m.respondentSide, COLLECT { MATCH (m)-[:MEASURED_FOR]->(part) RETURN [id(part), part.id, head([label IN labels(part) WHERE label <> 'Entity']), part.key] }]
    }
  ]) AS kpis
}
RETURN [
  $p3, rows, experiences, [persona IN takers | id(persona)], personas,
  [segment IN parts | [id(segment), segment.id, segment.key]],
  limits, insights, enablers, promises, principles, kpis
] AS facts

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
CALL () {
  UNWIND coalesce($p1, []) AS key
  MATCH (persona:Persona {key: key})
  RETURN collect(persona) AS asked
}
CALL () {
  UNWIND coalesce($p2, []) AS key
  MATCH (segment:Segment {key: key})
  RETURN collect(segment) AS parts
}
CALL (takers, asked) {
  UNWIND takers + asked AS persona
  WITH DISTINCT persona
  RETURN collect(persona) AS people
}
CALL (people) {
  UNWIND people AS persona
  RETURN collect([
    id(persona), persona.id, persona.key, persona.side,
    COLLECT {
      MATCH (persona)-[:IN_SEGMENT]->(segment)
      RETURN [id(segment), segment.id, segment.key] ORDER BY segment.key
    }
  ]) AS personas
}
CALL (people, parts) {
  CALL (people, parts) {
    UNWIND people + parts AS one
    RETURN one
    UNION
    UNWIND people AS persona
    MATCH (persona)-[:IN_SEGMENT]->(one)
    RETURN one
  }
  RETURN collect(one) AS audience
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)-[limit:APPLIES_TO]->(to)
  RETURN collect([
    id(n), id(to), to.id, CASE WHEN to:Persona THEN 'Persona' ELSE 'Segment' END, to.key, limit.treatment
  ]) AS limits
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)-[:REVEALS]->(insight)
  WITH insight, collect(id(n)) AS places
  RETURN collect([
    places, insight.id, insight.key,
    COLLECT {
      MATCH (insight)<-[:VOICES]-(voice)
      RETURN [id(voice), voice.id, head([label IN labels(voice) WHERE label <> 'Entity']), voice.key]
    },
    COLLECT {
      MATCH (insight)<-[backs:BACKS]-(evidence)
      RETURN [evidence.id, evidence.key, backs.evidenceStance, backs.support, backs.of] ORDER BY evidence.key
    },
    COLLECT {
      MATCH (insight)-[:RAISES]->(opportunity)
      RETURN [opportunity.id, opportunity.key] ORDER BY opportunity.key
    }
  ]) AS insights
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)-[:REQUIRES]->(enabler)
  RETURN collect([id(n), enabler.id, enabler.key]) AS enablers
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)<-[place:MADE_AT|KEPT_AT]-(promise)
  RETURN collect([id(n), promise.id, promise.key, type(place) = 'KEPT_AT']) AS promises
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)-[:FOLLOWS]->(principle)
  RETURN collect([id(n), principle.id, principle.key]) AS principles
}
CALL (elements, journeys, audience) {
  UNWIND elements AS n
  MATCH (n)-[:MEASURED_BY]->(kpi)
  WITH kpi, journeys, audience, collect(n) AS places
  RETURN collect([
    [place IN places | id(place)],
    [id(kpi), kpi.id, kpi.key, kpi.kpiMethod, kpi.variant, kpi.unit, kpi.direction, kpi.scaleMin, kpi.scaleMax, kpi.goodFrom, kpi.badTo, kpi.aggregate, kpi.baseline, toString(kpi.baselineOn), kpi.target, toString(kpi.targetBy), kpi.holdBand, kpi.weight],
    COLLECT {
      MATCH (kpi)-[:HAS_MEASUREMENT]->(m)
      WHERE m.measuredOn <= date($p3)
        AND coalesce(m.measurementSubject, 'OWN') = 'OWN'
        AND m.competitor IS NULL
        AND (m.value IS NOT NULL OR size(m.counts) > 0)
        AND all(one IN COLLECT { MATCH (m)-[:MEASURED_FOR]->(whom) RETURN whom }
          WHERE one IN audience OR one IN places OR one IN journeys)
      RETURN [m.id, toString(m.measuredOn), m.value, m.sampleSize, m.counts, m.countedBy, m.measurementSubject, m.competitor, m.respondentSide, COLLECT { MATCH (m)-[:MEASURED_FOR]->(part) RETURN [id(part), part.id, head([label IN labels(part) WHERE label <> 'Entity']), part.key] }]
    }
  ]) AS kpis
}
RETURN [
  $p3, rows, experiences, [persona IN takers | id(persona)], personas,
  [segment IN parts | [id(segment), segment.id, segment.key]],
  limits, insights, enablers, promises, principles, kpis
] AS facts

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
CALL () {
  UNWIND coalesce($p1, []) AS key
  MATCH (persona:Persona {key: key})
  RETURN collect(persona) AS asked
}
CALL () {
  UNWIND coalesce($p2, []) AS key
  MATCH (segment:Segment {key: key})
  RETURN collect(segment) AS parts
}
CALL (takers, asked) {
  UNWIND takers + asked AS persona
  WITH DISTINCT persona
  RETURN collect(persona) AS people
}
CALL (people) {
  UNWIND people AS persona
  RETURN collect([
    id(persona), persona.id, persona.key, persona.side,
    COLLECT {
      MATCH (persona)-[:IN_SEGMENT]->(segment)
      RETURN [id(segment), segment.id, segment.key] ORDER BY segment.key
    }
  ]) AS personas
}
CALL (people, parts) {
  CALL (people, parts) {
    UNWIND people + parts AS one
    RETURN one
    UNION
    UNWIND people AS persona
    MATCH (persona)-[:IN_SEGMENT]->(one)
    RETURN one
  }
  RETURN collect(one) AS audience
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)-[limit:APPLIES_TO]->(to)
  RETURN collect([
    id(n), id(to), to.id, CASE WHEN to:Persona THEN 'Persona' ELSE 'Segment' END, to.key, limit.treatment
  ]) AS limits
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)-[:REVEALS]->(insight)
  WITH insight, collect(id(n)) AS places
  RETURN collect([
    places, insight.id, insight.key,
    COLLECT {
      MATCH (insight)<-[:VOICES]-(voice)
      RETURN [id(voice), voice.id, head([label IN labels(voice) WHERE label <> 'Entity']), voice.key]
    },
    COLLECT {
      MATCH (insight)<-[backs:BACKS]-(evidence)
      RETURN [evidence.id, evidence.key, backs.evidenceStance, backs.support, backs.of] ORDER BY evidence.key
    },
    COLLECT {
      MATCH (insight)-[:RAISES]->(opportunity)
      RETURN [opportunity.id, opportunity.key] ORDER BY opportunity.key
    }
  ]) AS insights
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)-[:REQUIRES]->(enabler)
  RETURN collect([id(n), enabler.id, enabler.key]) AS enablers
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)<-[place:MADE_AT|KEPT_AT]-(promise)
  RETURN collect([id(n), promise.id, promise.key, type(place) = 'KEPT_AT']) AS promises
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)-[:FOLLOWS]->(principle)
  RETURN collect([id(n), principle.id, principle.key]) AS principles
}
CALL (elements, journeys, audience) {
  UNWIND elements AS n
  MATCH (n)-[:MEASURED_BY]->(kpi)
  WITH kpi, journeys, audience, collect(n) AS places
  RETURN collect([
    [place IN places | id(place)],
    [id(kpi), kpi.id, kpi.key, kpi.kpiMethod, kpi.variant, kpi.unit, kpi.direction, kpi.scaleMin, kpi.scaleMax, kpi.goodFrom, kpi.badTo, kpi.aggregate, kpi.baseline, toString(kpi.baselineOn), kpi.target, toString(kpi.targetBy), kpi.holdBand, kpi.weight],
    COLLECT {
      MATCH (kpi)-[:HAS_MEASUREMENT]->(m)
      WHERE m.measuredOn <= date($p3)
        AND coalesce(m.measurementSubject, 'OWN') = 'OWN'
        AND m.competitor IS NULL
        AND (m.value IS NOT NULL OR size(m.counts) > 0)
        AND all(one IN COLLECT { MATCH (m)-[:MEASURED_FOR]->(whom) RETURN whom }
          WHERE one IN audience OR one IN places OR one IN journeys)
      RETURN [m.id, toString(m.measuredOn), m.value, m.sampleSize, m.counts, m.countedBy, m.measurementSubject, m.competitor, m.respondentSide, COLLECT { MATCH (m)-[:MEASURED_FOR]->(part) RETURN [id(part), part.id, head([label IN labels(part) WHERE label <> 'Entity']), part.key] }]
    }
  ]) AS kpis
}
RETURN [
  $p3, rows, experiences, [persona IN takers | id(persona)], personas,
  [segment IN parts | [id(segment), segment.id, segment.key]],
  limits, insights, enablers, promises, principles, kpis
] AS facts

MATCH (n0:Journey {key: $key})
CALL (n0) {
  CALL (n0) {
    WITH n0 AS start
    CALL (start) {
    CALL (start) {
    RETURN [start] AS journeys
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
    CALL () {
      UNWIND coalesce($p0, []) AS key
      MATCH (persona:Persona {key: key})
      RETURN collect(persona) AS asked
    }
    CALL () {
      UNWIND coalesce($p1, []) AS key
      MATCH (segment:Segment {key: key})
      RETURN collect(segment) AS parts
    }
    CALL (takers, asked) {
      UNWIND takers + asked AS persona
      WITH DISTINCT persona
      RETURN collect(persona) AS people
    }
    CALL (people) {
      UNWIND people AS persona
      RETURN collect([
        id(persona), persona.id, persona.key, persona.side,
        COLLECT {
          MATCH (persona)-[:IN_SEGMENT]->(segment)
          RETURN [id(segment), segment.id, segment.key] ORDER BY segment.key
        }
      ]) AS personas
    }
    CALL (people, parts) {
      CALL (people, parts) {
        UNWIND people + parts AS one
        RETURN one
        UNION
        UNWIND people AS persona
        MATCH (persona)-[:IN_SEGMENT]->(one)
        RETURN one
      }
      RETURN collect(one) AS audience
    }
    CALL (elements) {
      UNWIND elements AS n
      MATCH (n)-[limit:APPLIES_TO]->(to)
      RETURN collect([
        id(n), id(to), to.id, CASE WHEN to:Persona THEN 'Persona' ELSE 'Segment' END, to.key, limit.treatment
      ]) AS limits
    }
    CALL (elements) {
      UNWIND elements AS n
      MATCH (n)-[:REVEALS]->(insight)
      WITH insight, collect(id(n)) AS places
      RETURN collect([
        places, insight.id, insight.key,
        COLLECT {
          MATCH (insight)<-[:VOICES]-(voice)
          RETURN [id(voice), voice.id, head([label IN labels(voice) WHERE label <> 'Entity']), voice.key]
        },
        COLLECT {
          MATCH (insight)<-[backs:BACKS]-(evidence)
          RETURN [evidence.id, evidence.key, backs.evidenceStance, backs.support, backs.of] ORDER BY evidence.key
        },
        COLLECT {
          MATCH (insight)-[:RAISES]->(opportunity)
          RETURN [opportunity.id, opportunity.key] ORDER BY opportunity.key
        }
      ]) AS insights
    }
    CALL (elements) {
      UNWIND elements AS n
      MATCH (n)-[:REQUIRES]->(enabler)
      RETURN collect([id(n), enabler.id, enabler.key]) AS enablers
    }
    CALL (elements) {
      UNWIND elements AS n
      MATCH (n)<-[place:MADE_AT|KEPT_AT]-(promise)
      RETURN collect([id(n), promise.id, promise.key, type(place) = 'KEPT_AT']) AS promises
    }
    CALL (elements) {
      UNWIND elements AS n
      MATCH (n)-[:FOLLOWS]->(principle)
      RETURN collect([id(n), principle.id, principle.key]) AS principles
    }
    CALL (elements, journeys, audience) {
      UNWIND elements AS n
      MATCH (n)-[:MEASURED_BY]->(kpi)
      WITH kpi, journeys, audience, collect(n) AS places
      RETURN collect([
        [place IN places | id(place)],
        [id(kpi), kpi.id, kpi.key, kpi.kpiMethod, kpi.variant, kpi.unit, kpi.direction, kpi.scaleMin, kpi.scaleMax, kpi.goodFrom, kpi.badTo, kpi.aggregate, kpi.baseline, toString(kpi.baselineOn), kpi.target, toString(kpi.targetBy), kpi.holdBand, kpi.weight],
        COLLECT {
          MATCH (kpi)-[:HAS_MEASUREMENT]->(m)
          WHERE m.measuredOn <= date($p2)
            AND coalesce(m.measurementSubject, 'OWN') = 'OWN'
            AND m.competitor IS NULL
            AND (m.value IS NOT NULL OR size(m.counts) > 0)
            AND all(one IN COLLECT { MATCH (m)-[:MEASURED_FOR]->(whom) RETURN whom }
              WHERE one IN audience OR one IN places OR one IN journeys)
          RETURN [m.id, toString(m.measuredOn), m.value, m.sampleSize, m.counts, m.countedBy, m.measurementSubject, m.competitor, m.respondentSide, COLLECT { MATCH (m)-[:MEASURED_FOR]->(part) RETURN [id(part), part.id, head([label IN labels(part) WHERE label <> 'Entity']), part.key] }]
        }
      ]) AS kpis
    }
    RETURN [
      $p2, rows, experiences, [persona IN takers | id(persona)], personas,
      [segment IN parts | [id(segment), segment.id, segment.key]],
      limits, insights, enablers, promises, principles, kpis
    ] AS facts
  }
  RETURN facts AS c1
}
RETURN head(collect([c1])) AS answer
