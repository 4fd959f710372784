// Everything whose substance has ever changed, of the whole graph.
//
// parameters:
// columns:
//   starts: none; see scope/walks.cypher
//   named: none
//   reached: the entities
// mode: read
MATCH (n:Entity)
USING INDEX n:Entity(substanceAt)
WHERE n.substanceAt IS NOT NULL
WITH collect(n) AS reached
RETURN [] AS starts, [] AS named, reached
