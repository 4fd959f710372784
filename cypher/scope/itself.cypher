// The one entity that a question is asked about, and nothing around it. The statement goes on from `start`.
//
// parameters:
// columns:
//   starts: none; see scope/walks.cypher
//   named: the entity
//   reached: the entity
// mode: read
RETURN [] AS starts, [start] AS named, [start] AS reached
