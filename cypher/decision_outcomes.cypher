// What was decided, and what it takes to say what became of it. The statement goes on from scope/thread.cypher.
//
// In the column stand the day; the thread; and lists of
//   decisions  [entity, id, verdict, reason, role, day (ISO 8601, else that of its record), what was expected, microseconds
//              from 1970 to its record]: those up to the day, about insights, opportunities, propositions and initiatives
//   rows       of these entities and of what they lead on to: [row (see store/judged.py), first day, day it was finished
//              (ISO 8601; of an initiative)]
//   links      RAISES, ADDRESSED_BY and DELIVERED_BY that arrive at these: [type, start, finish, status of the start]
//   claims     claim_row (see store/claimed.py) of propositions and initiatives among them
//   kpis       [KPI, measurements up to the day] of these claims; see store/measured.py
//
// parameters:
//   on: the day, ISO 8601
//   identified: true: ids and keys are wanted
// columns:
//   facts: see above
// mode: read
CALL (candidates) {
  UNWIND candidates AS n
  WITH n WHERE n:Insight OR n:Opportunity OR n:Proposition OR n:Initiative
  MATCH (n)<-[:DECIDES]-(decision:Decision)
  WITH n, decision, coalesce(decision.decidedOn, date(decision.createdAt)) AS day
  WHERE day <= date($on)
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
  RETURN collect([{{judged_row}}, toString(n.start), toString(n.finished)]) AS rows
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
  RETURN collect({{claim_row}}) AS claims, collect(DISTINCT kpi) AS moved
}
CALL (moved) {
  UNWIND moved AS kpi
  RETURN collect([
    {{kpi_row}},
    COLLECT { MATCH (kpi)-[:HAS_MEASUREMENT]->(m) WHERE m.measuredOn <= date($on) RETURN {{measurement_row}} }
  ]) AS kpis
}
RETURN [$on, thread, decisions, rows, links, claims, kpis] AS facts
