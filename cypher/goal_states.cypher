// Which KPIs measure each goal, and which goals support which. The statement goes on from scope/thread.cypher, and
// kpi_states.cypher goes on from it.
//
// parameters:
// columns:
//   candidates: the KPIs of the goals among the candidates, and of the goals that support these, at any distance
//   thread: [the thread, the numbers of the goals among the candidates, and a row for each of all these goals: number, id,
//     key, level, horizon (ISO 8601), the numbers of its KPIs, the numbers of the goals that support it directly]
// mode: read
CALL (candidates) {
  UNWIND candidates AS n
  WITH n WHERE n:Goal
  RETURN collect(n) AS asked
}
CALL (asked) {
  UNWIND asked AS n
  MATCH (goal:Goal)-[:SUPPORTS*0..]->(n)
  WITH DISTINCT goal
  RETURN
    collect(goal) AS goals,
    collect([
      id(goal),
      goal.id,
      goal.key,
      goal.goalLevel,
      toString(goal.goalHorizon),
      COLLECT { MATCH (goal)-[:MEASURED_BY]->(kpi) RETURN id(kpi) },
      COLLECT { MATCH (goal)<-[:SUPPORTS]-(supporting:Goal) RETURN id(supporting) }
    ]) AS rows
}
CALL (goals) {
  UNWIND goals AS goal
  MATCH (goal)-[:MEASURED_BY]->(kpi)
  WITH DISTINCT kpi
  RETURN collect(kpi) AS kpis
}
RETURN kpis AS candidates, [thread, [n IN asked | id(n)], rows] AS thread
