// Which promises there are, who makes them where, who must keep them where, and what was measured of them. The statement
// goes on from scope/thread.cypher.
//
// In the column stand the day; the thread; the numbers of the entities named; and a promise_row for each promise, see
// store/promised.py.
//
// parameters:
//   on: the day, ISO 8601
// columns:
//   facts: see above
// mode: read
CALL (candidates) {
  UNWIND candidates AS n
  WITH n WHERE n:Promise
  OPTIONAL MATCH (n)-[:MEASURED_BY]->(kpi)
  OPTIONAL MATCH (n)-[:OWNED_BY]->(owner)
  RETURN collect({{promise_row}}) AS rows
}
RETURN [$on, thread, [n IN named | id(n)], rows] AS facts
