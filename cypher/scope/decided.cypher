// Everything about which anything was ever decided, of the whole graph.
//
// parameters:
// columns:
//   starts: none; see scope/walks.cypher
//   named: none
//   reached: the entities
// mode: read
MATCH (:Decision)-[:DECIDES]->(n)
WITH DISTINCT n
WITH collect(n) AS reached
RETURN [] AS starts, [] AS named, reached
