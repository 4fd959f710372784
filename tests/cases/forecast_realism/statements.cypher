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
RETURN [list0, list1, list2] AS answer

CALL () {
CALL () {
MATCH (n:Initiative|Proposition|KPI)
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
  WITH n WHERE n:Initiative OR n:Proposition
  MATCH (n)-[claim:MOVES]->(kpi)
  RETURN collect([id(n), n.id, CASE WHEN n:Initiative THEN 'Initiative' ELSE 'Proposition' END, n.key, coalesce(n.propositionStatus, n.initiativeStatus), claim.expectedChange, toString(claim.by), claim.confidence, id(kpi), COLLECT { MATCH (n)-[:DELIVERED_BY]->(initiative) RETURN id(initiative) }, CASE WHEN n:Initiative THEN [coalesce(toString(n.start), '')] ELSE COLLECT { MATCH (n)-[:DELIVERED_BY]->(initiative) RETURN coalesce(toString(initiative.start), '') } END, COLLECT { MATCH (n)-[:OWNED_BY]->(party:Department|Partner) RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key] AS row UNION MATCH (n)-[:OWNED_BY]->(:Stakeholder)-[:MEMBER_OF]->(party) RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key] AS row }]) AS claims, collect(DISTINCT kpi) AS kpis
}
CALL (kpis) {
  UNWIND kpis AS kpi
  RETURN collect([
    [id(kpi), kpi.id, kpi.key, kpi.kpiMethod, kpi.variant, kpi.unit, kpi.direction, kpi.scaleMin, kpi.scaleMax, kpi.goodFrom, kpi.badTo, kpi.aggregate, kpi.baseline, toString(kpi.baselineOn), kpi.target, toString(kpi.targetBy), kpi.holdBand, kpi.weight],
    COLLECT { MATCH (kpi)-[:HAS_MEASUREMENT]->(m) WHERE m.measuredOn <= date($p2) RETURN [m.id, toString(m.measuredOn), m.value, m.sampleSize, m.counts, m.countedBy, m.measurementSubject, m.competitor, m.respondentSide, COLLECT { MATCH (m)-[:MEASURED_FOR]->(part) RETURN [id(part), part.id, head([label IN labels(part) WHERE label <> 'Entity']), part.key] }] }
  ]) AS measured
}
RETURN [
  $p2,
  thread,
  [n IN named | [n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key]],
  claims,
  measured
] AS facts
