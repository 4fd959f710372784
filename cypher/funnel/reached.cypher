// The insights, opportunities, propositions and initiatives of a scope, and what these lead on to. The statement goes on from
// scope/thread.cypher.
//
// parameters:
//   beyond: whether what the scope may hold leads on beyond it
//   identified: whether ids are wanted
//   effects: whether the effects of initiatives are wanted
// columns:
//   candidates: the initiatives whose effects are wanted
//   thread: the thread, as it is
//   stages: [entities as number, id, kind, key, status, type of an insight; links RAISES, ADDRESSED_BY and DELIVERED_BY of
//     these as numbers of starts and of finishes; insights, each with the verdict of the latest decision about it]
// mode: read
CALL (candidates) {
  UNWIND candidates AS n
  WITH n WHERE n:Insight OR n:Opportunity OR n:Proposition OR n:Initiative
  RETURN collect(n) AS held
}
CALL (held) {
  UNWIND CASE WHEN $beyond THEN held ELSE [] END AS n
  MATCH (n)-[:RAISES|ADDRESSED_BY|DELIVERED_BY*0..3]->(m)
  WITH DISTINCT m
  RETURN collect(m) AS ahead
}
WITH thread, CASE WHEN $beyond THEN ahead ELSE held END AS reached
CALL (reached) {
  UNWIND reached AS n
  RETURN collect([
    id(n),
    CASE WHEN $identified THEN n.id END,
    head([label IN labels(n) WHERE label <> 'Entity']),
    CASE WHEN $identified THEN n.key END,
    coalesce(n.insightStatus, n.opportunityStatus, n.propositionStatus, n.initiativeStatus),
    n.type
  ]) AS rows
}
CALL (reached) {
  UNWIND reached AS n
  MATCH (n)-[:RAISES|ADDRESSED_BY|DELIVERED_BY]->(m)
  RETURN [collect(id(n)), collect(id(m))] AS links
}
CALL (reached) {
  UNWIND reached AS n
  WITH n WHERE n:Insight
  MATCH (n)<-[:DECIDES]-(decision)
  WITH n, decision
  ORDER BY coalesce(decision.decidedOn, date(decision.createdAt)) DESC, decision.createdAt DESC, decision.id
  WITH n, head(collect(decision.decisionVerdict)) AS verdict
  RETURN collect([id(n), verdict]) AS verdicts
}
RETURN
  CASE WHEN $effects THEN [n IN reached WHERE n:Initiative] ELSE [] END AS candidates,
  thread,
  [rows, links, verdicts] AS stages
