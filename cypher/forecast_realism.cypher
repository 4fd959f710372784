// What initiatives and propositions claim to move, who answers for them, and what was measured. The statement goes on from
// scope/thread.cypher.
//
// In the column stand the day; the thread; and
//   named    the entities that the question names: [id, kind, key]
//   claims   claim_row, see store/claimed.py
//   kpis     [KPI, measurements up to the day]; see store/measured.py
//
// parameters:
//   on: the day, ISO 8601
// columns:
//   facts: see above
// mode: read
CALL (candidates) {
  UNWIND candidates AS n
  WITH n WHERE n:Initiative OR n:Proposition
  MATCH (n)-[claim:MOVES]->(kpi)
  RETURN collect({{claim_row}}) AS claims, collect(DISTINCT kpi) AS kpis
}
CALL (kpis) {
  UNWIND kpis AS kpi
  RETURN collect([
    {{kpi_row}},
    COLLECT { MATCH (kpi)-[:HAS_MEASUREMENT]->(m) WHERE m.measuredOn <= date($on) RETURN {{measurement_row}} }
  ]) AS measured
}
RETURN [
  $on,
  thread,
  [n IN named | [n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key]],
  claims,
  measured
] AS facts
