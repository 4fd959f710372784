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
  RETURN collect([n6.id, [n6.key]]) AS list6
}
RETURN [list0, list1, list2, list3, list4, list5, list6] AS answer

CALL () {
  UNWIND $ids0 AS id0
  MATCH (n0:Entity {id: id0})
  RETURN collect([n0.id, [n0.key]]) AS list0
}
RETURN [list0] AS answer

CALL () {
CALL () {
MATCH (n:Promise)
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
  WITH n WHERE n:Promise
  OPTIONAL MATCH (n)-[:MEASURED_BY]->(kpi)
  OPTIONAL MATCH (n)-[:OWNED_BY]->(owner)
  RETURN collect([id(n), n.id, n.key, n.promiseLevel, n.share, toString(n.due), CASE WHEN kpi IS NOT NULL THEN [id(kpi), kpi.id, kpi.key, kpi.kpiMethod, kpi.variant, kpi.unit, kpi.direction, kpi.scaleMin, kpi.scaleMax, kpi.goodFrom, kpi.badTo, kpi.aggregate, kpi.baseline, toString(kpi.baselineOn), kpi.target, toString(kpi.targetBy), kpi.holdBand, kpi.weight] END, CASE WHEN owner IS NOT NULL THEN [owner.id, head([label IN labels(owner) WHERE label <> 'Entity'])] END, COLLECT { MATCH (n)<-[:MAKES]-(proposition) OPTIONAL MATCH (proposition)-[:OWNED_BY]->(answers) OPTIONAL MATCH (answers)-[:MEMBER_OF]->(party) WITH proposition, answers, collect(id(party)) AS parties RETURN [proposition.id, proposition.key, proposition.propositionStatus, CASE WHEN answers IS NOT NULL THEN [id(answers)] + parties END] }, COLLECT { MATCH (n)-[:MADE_AT]->(place) OPTIONAL MATCH (place)-[:RUN_BY]->(party) RETURN [place.id, place.key, id(party), party.id, head([label IN labels(party) WHERE label <> 'Entity'])] }, COLLECT { MATCH (n)-[:KEPT_AT]->(place) OPTIONAL MATCH (place)-[:RUN_BY]->(party) RETURN [place.id, place.key, id(party), party.id, head([label IN labels(party) WHERE label <> 'Entity'])] }, COLLECT { MATCH (n)-[:MADE_TO]->(to) RETURN [id(to), to.id, head([label IN labels(to) WHERE label <> 'Entity']), to.key, to.side] }, COLLECT { MATCH (kpi)-[:HAS_MEASUREMENT]->(m) WHERE m.measuredOn <= date($p2) AND (n.due IS NULL OR n.due > date($p2) OR m.measuredOn >= n.due) AND coalesce(m.measurementSubject, 'OWN') = 'OWN' AND m.competitor IS NULL AND (NOT EXISTS { (m)-[:MEASURED_FOR]->() } OR (EXISTS { (m)-[:MEASURED_FOR]->()<-[:MADE_TO]-(n) } AND count { (m)-[:MEASURED_FOR]->() } = 1)) RETURN [m.id, toString(m.measuredOn), m.value, m.sampleSize, m.counts, m.countedBy, m.measurementSubject, m.competitor, m.respondentSide, COLLECT { MATCH (m)-[:MEASURED_FOR]->(part) RETURN [id(part), part.id, head([label IN labels(part) WHERE label <> 'Entity']), part.key] }] }]) AS rows
}
RETURN [$p2, thread, [n IN named | id(n)], rows] AS facts

MATCH (n0:Department {key: $key})
CALL (n0) {
  CALL (n0) {
    WITH n0 AS start
    CALL (start) {
    CALL (start) {
    OPTIONAL MATCH (start)<-[:RUN_BY]-(:Touchpoint)<-[:KEPT_AT]-(promise:Promise)
    WITH start, collect(DISTINCT promise) AS reached
    RETURN [] AS starts, [start] AS named, reached
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
      WITH n WHERE n:Promise
      OPTIONAL MATCH (n)-[:MEASURED_BY]->(kpi)
      OPTIONAL MATCH (n)-[:OWNED_BY]->(owner)
      RETURN collect([id(n), n.id, n.key, n.promiseLevel, n.share, toString(n.due), CASE WHEN kpi IS NOT NULL THEN [id(kpi), kpi.id, kpi.key, kpi.kpiMethod, kpi.variant, kpi.unit, kpi.direction, kpi.scaleMin, kpi.scaleMax, kpi.goodFrom, kpi.badTo, kpi.aggregate, kpi.baseline, toString(kpi.baselineOn), kpi.target, toString(kpi.targetBy), kpi.holdBand, kpi.weight] END, CASE WHEN owner IS NOT NULL THEN [owner.id, head([label IN labels(owner) WHERE label <> 'Entity'])] END, COLLECT { MATCH (n)<-[:MAKES]-(proposition) OPTIONAL MATCH (proposition)-[:OWNED_BY]->(answers) OPTIONAL MATCH (answers)-[:MEMBER_OF]->(party) WITH proposition, answers, collect(id(party)) AS parties RETURN [proposition.id, proposition.key, proposition.propositionStatus, CASE WHEN answers IS NOT NULL THEN [id(answers)] + parties END] }, COLLECT { MATCH (n)-[:MADE_AT]->(place) OPTIONAL MATCH (place)-[:RUN_BY]->(party) RETURN [place.id, place.key, id(party), party.id, head([label IN labels(party) WHERE label <> 'Entity'])] }, COLLECT { MATCH (n)-[:KEPT_AT]->(place) OPTIONAL MATCH (place)-[:RUN_BY]->(party) RETURN [place.id, place.key, id(party), party.id, head([label IN labels(party) WHERE label <> 'Entity'])] }, COLLECT { MATCH (n)-[:MADE_TO]->(to) RETURN [id(to), to.id, head([label IN labels(to) WHERE label <> 'Entity']), to.key, to.side] }, COLLECT { MATCH (kpi)-[:HAS_MEASUREMENT]->(m) WHERE m.measuredOn <= date($p2) AND (n.due IS NULL OR n.due > date($p2) OR m.measuredOn >= n.due) AND coalesce(m.measurementSubject, 'OWN') = 'OWN' AND m.competitor IS NULL AND (NOT EXISTS { (m)-[:MEASURED_FOR]->() } OR (EXISTS { (m)-[:MEASURED_FOR]->()<-[:MADE_TO]-(n) } AND count { (m)-[:MEASURED_FOR]->() } = 1)) RETURN [m.id, toString(m.measuredOn), m.value, m.sampleSize, m.counts, m.countedBy, m.measurementSubject, m.competitor, m.respondentSide, COLLECT { MATCH (m)-[:MEASURED_FOR]->(part) RETURN [id(part), part.id, head([label IN labels(part) WHERE label <> 'Entity']), part.key] }] }]) AS rows
    }
    RETURN [$p2, thread, [n IN named | id(n)], rows] AS facts
  }
  RETURN facts AS c1
}
RETURN head(collect([c1])) AS answer
