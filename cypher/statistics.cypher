// How many entities there are of each kind, and links of each type, as Neo4j's own statistics have it.
//
// parameters:
// columns:
//   kinds: [[label, count]]
//   links: [[type, count]]
// mode: read
CALL db.stats.retrieve('GRAPH COUNTS') YIELD data
RETURN
  [each IN data.nodes WHERE each.label IS NOT NULL | [each.label, each.count]] AS kinds,
  [
    each IN data.relationships
    WHERE each.relationshipType IS NOT NULL AND each.startLabel IS NULL AND each.endLabel IS NULL
    | [each.relationshipType, each.count]
  ] AS links
