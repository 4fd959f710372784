CALL () {
  UNWIND $ids0 AS id0
  MATCH (n0:Entity {id: id0})
  RETURN collect([n0.id, [head([label IN labels(n0) WHERE label <> 'Entity']), n0.key]]) AS list0
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
  RETURN collect([n4.id, [n4.decisionVerdict]]) AS list4
}
RETURN [list0, list1, list2, list3, list4] AS answer

CALL () {
CALL () {
MATCH (:Decision)-[:DECIDES]->(n)
WITH DISTINCT n
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
  WITH n WHERE n:Insight OR n:Opportunity OR n:Proposition OR n:Initiative
  MATCH (n)<-[:DECIDES]-(decision:Decision)
  WITH n, decision, coalesce(decision.decidedOn, date(decision.createdAt)) AS day
  WHERE day <= date($p2)
  RETURN collect(DISTINCT n) AS decided, collect([
    id(n),
    decision.id,
    decision.decisionVerdict,
    decision.reason,
    decision.byRole,
    toString(day),
    decision.expected,
    decision.createdAt.epochSeconds * 1000000 + decision.createdAt.microsecond
  ]) AS decisions
}
CALL (decided) {
  UNWIND decided AS n
  MATCH (n)-[:RAISES|ADDRESSED_BY|DELIVERED_BY*0..3]->(m)
  WITH DISTINCT m
  RETURN collect(m) AS ahead
}
CALL (ahead) {
  UNWIND ahead AS n
  RETURN collect([CASE WHEN n:Proposition THEN [10, id(n), CASE WHEN $p3 THEN n.id END, CASE WHEN $p3 THEN n.key END, n.createdAt.epochSeconds / 86400, n.propositionStatus, count { (n)<-[:ADDRESSED_BY]-() }, count { (n)-[:DELIVERED_BY]->() }, count { (n)-[:OWNED_BY]->() }, count { (n)-[:INVOLVES {involvementRole: 'RESPONSIBLE'}]->() }, count { (n)-[:MOVES]->() }, count { (n)-[:MAKES]->() }, count { (n)-[:TARGETS]->() }, count { (n)-[:SUPPORTS]->() }] WHEN n:Journey THEN [3, id(n), CASE WHEN $p3 THEN n.id END, CASE WHEN $p3 THEN n.key END, n.createdAt.epochSeconds / 86400, n.journeyState, count { (n)<-[:TAKES]-() }, count { (n)<-[:STARTS]-() }, count { (n)-[:OWNED_BY]->() }, count { (n)-[:MEASURED_BY]->() }, count { (n)-[:EVOLVES_TO]->() }] WHEN n:Initiative THEN [12, id(n), CASE WHEN $p3 THEN n.id END, CASE WHEN $p3 THEN n.key END, n.createdAt.epochSeconds / 86400, n.initiativeStatus, toString(n.due), toString(n.finished), count { (n)<-[:ADDRESSED_BY]-() }, count { (n)<-[:DELIVERED_BY]-() }, count { (n)-[:OWNED_BY]->() }, count { (n)-[:MOVES]->() }] WHEN n:Touchpoint THEN [6, id(n), CASE WHEN $p3 THEN n.id END, CASE WHEN $p3 THEN n.key END, n.createdAt.epochSeconds / 86400, count { (n)-[:RUN_BY]->() }] WHEN n:Opportunity THEN [9, id(n), CASE WHEN $p3 THEN n.id END, CASE WHEN $p3 THEN n.key END, n.createdAt.epochSeconds / 86400, n.opportunityStatus, count { (n)<-[:RAISES]-() }, count { (n)-[:ADDRESSED_BY]->() }, count { (n)-[:AIMS_AT]->() }] WHEN n:Step THEN [5, id(n), CASE WHEN $p3 THEN n.id END, CASE WHEN $p3 THEN n.key END, n.createdAt.epochSeconds / 86400] WHEN n:Insight THEN [7, id(n), CASE WHEN $p3 THEN n.id END, CASE WHEN $p3 THEN n.key END, n.createdAt.epochSeconds / 86400, n.type, n.insightStatus, n.severity, count { (n)-[:RAISES]->() }, count { (n)<-[:BACKS]-() }] WHEN n:Persona THEN [2, id(n), CASE WHEN $p3 THEN n.id END, CASE WHEN $p3 THEN n.key END, n.createdAt.epochSeconds / 86400, count { (n)-[:HAS_NEED]->() }, count { (n)-[:TAKES]->() }] WHEN n:Stage THEN [4, id(n), CASE WHEN $p3 THEN n.id END, CASE WHEN $p3 THEN n.key END, n.createdAt.epochSeconds / 86400, count { (n)-[:HAS_STEP]->() }, count { (n)-[:HAS_TOUCHPOINT]->() }] WHEN n:KPI THEN [1, id(n), CASE WHEN $p3 THEN n.id END, CASE WHEN $p3 THEN n.key END, n.createdAt.epochSeconds / 86400, n.target, toString(n.baselineOn), count { (n)-[:OWNED_BY]->() }, count { (n)-[:HAS_MEASUREMENT]->() }] WHEN n:Promise THEN [11, id(n), CASE WHEN $p3 THEN n.id END, CASE WHEN $p3 THEN n.key END, n.createdAt.epochSeconds / 86400, n.share, count { (n)-[:KEPT_AT]->() }, count { (n)-[:MEASURED_BY]->() }] WHEN n:Goal THEN [0, id(n), CASE WHEN $p3 THEN n.id END, CASE WHEN $p3 THEN n.key END, n.createdAt.epochSeconds / 86400, count { (n)-[:MEASURED_BY]->() }, count { (n)<-[:SUPPORTS]-() }] WHEN n:Enabler THEN [13, id(n), CASE WHEN $p3 THEN n.id END, CASE WHEN $p3 THEN n.key END, n.createdAt.epochSeconds / 86400, n.readiness, count { (n)-[:OWNED_BY]->() }] WHEN n:Hypothesis THEN [8, id(n), CASE WHEN $p3 THEN n.id END, CASE WHEN $p3 THEN n.key END, n.createdAt.epochSeconds / 86400, n.hypothesisVerdict, count { (n)<-[:TESTS]-() }, count { (n)<-[:SETTLES]-() }] WHEN n:Department THEN [14, id(n), CASE WHEN $p3 THEN n.id END, CASE WHEN $p3 THEN n.key END, n.createdAt.epochSeconds / 86400, count { (n)<-[:OWNED_BY]-() }, count { (n)<-[:RUN_BY]-() }, count { (n)<-[:INVOLVES]-() }] END, toString(n.start), toString(n.finished)]) AS rows
}
CALL (ahead) {
  UNWIND ahead AS n
  MATCH (n)<-[r:RAISES|ADDRESSED_BY|DELIVERED_BY]-(m)
  RETURN collect([
    type(r), id(m), id(n), coalesce(m.insightStatus, m.opportunityStatus, m.propositionStatus)
  ]) AS links
}
CALL (ahead) {
  UNWIND ahead AS n
  WITH n WHERE n:Proposition OR n:Initiative
  MATCH (n)-[claim:MOVES]->(kpi)
  RETURN collect([id(n), n.id, CASE WHEN n:Initiative THEN 'Initiative' ELSE 'Proposition' END, n.key, coalesce(n.propositionStatus, n.initiativeStatus), claim.expectedChange, toString(claim.by), claim.confidence, id(kpi), COLLECT { MATCH (n)-[:DELIVERED_BY]->(initiative) RETURN id(initiative) }, CASE WHEN n:Initiative THEN [coalesce(toString(n.start), '')] ELSE COLLECT { MATCH (n)-[:DELIVERED_BY]->(initiative) RETURN coalesce(toString(initiative.start), '') } END, COLLECT { MATCH (n)-[:OWNED_BY]->(party:Department|Partner) RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key] AS row UNION MATCH (n)-[:OWNED_BY]->(:Stakeholder)-[:MEMBER_OF]->(party) RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key] AS row }]) AS claims, collect(DISTINCT kpi) AS moved
}
CALL (moved) {
  UNWIND moved AS kpi
  RETURN collect([
    [id(kpi), kpi.id, kpi.key, kpi.kpiMethod, kpi.variant, kpi.unit, kpi.direction, kpi.scaleMin, kpi.scaleMax, kpi.goodFrom, kpi.badTo, kpi.aggregate, kpi.baseline, toString(kpi.baselineOn), kpi.target, toString(kpi.targetBy), kpi.holdBand, kpi.weight],
    COLLECT { MATCH (kpi)-[:HAS_MEASUREMENT]->(m) WHERE m.measuredOn <= date($p2) RETURN [m.id, toString(m.measuredOn), m.value, m.sampleSize, m.counts, m.countedBy, m.measurementSubject, m.competitor, m.respondentSide, COLLECT { MATCH (m)-[:MEASURED_FOR]->(part) RETURN [id(part), part.id, head([label IN labels(part) WHERE label <> 'Entity']), part.key] }] }
  ]) AS kpis
}
RETURN [$p2, thread, decisions, rows, links, claims, kpis] AS facts
