// The promises that a department or partner must keep: those kept at a touchpoint that it runs. The statement goes on from
// `start`.
//
// parameters:
// columns:
//   starts: none; see scope/walks.cypher
//   named: whom it is about
//   reached: the promises
// mode: read
OPTIONAL MATCH (start)<-[:RUN_BY]-(:Touchpoint)<-[:KEPT_AT]-(promise:Promise)
WITH start, collect(DISTINCT promise) AS reached
RETURN [] AS starts, [start] AS named, reached
