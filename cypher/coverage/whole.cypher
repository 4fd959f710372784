// Where coverage of the whole graph begins: everything that a rule can apply to, and what the thread leads through.
//
// parameters:
// columns:
//   starts: none; see coverage/scope.cypher
//   named: none
//   reached: the entities
// mode: read
MATCH (n:{{judged_or_spine}})
RETURN [] AS starts, [] AS named, collect(n) AS reached
