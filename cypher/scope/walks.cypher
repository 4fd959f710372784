// What walks from each of some entities can reach. The statement goes on from `plural` and `n`, a row for each entity.
//
// A spine kind is where a walk begins; another kind first takes one attached hop, to its roots. Which of what is reached
// counts for whom is decided in Python, as it is for the trace.
//
// parameters:
// columns:
//   starts: for each entity: the plural, its key, its id, its number, the numbers of its roots
//   named: the entities
//   reached: all that walks from them can reach, and themselves
// mode: read
WITH plural, n, n:{{spine_kinds}} AS on_spine
// Asked once: Neo4j takes the denial of many labels apart, in an order that costs more or less by chance.
CALL (n, on_spine) {
  WITH n, on_spine WHERE on_spine
  RETURN n AS root
  UNION
  MATCH (n)-[:{{attached}}]-(root:{{spine_kinds}})
  WHERE NOT on_spine
  RETURN root
  UNION
  // Whoever has no roots is named all the same.
  WITH n, on_spine WHERE NOT on_spine AND NOT EXISTS { (n)-[:{{attached}}]-(:{{spine_kinds}}) }
  RETURN null AS root
}
WITH plural, n, collect(root) AS roots
WITH collect([plural, n.key, n.id, id(n), [root IN roots | id(root)]]) AS starts, collect(n) AS named, collect(roots) AS lists
CALL (lists) {
  UNWIND lists AS roots
  UNWIND roots AS root
  MATCH (root)-[:{{spine}}*0..]->(n)
  WITH DISTINCT n
  RETURN collect(n) AS forward
}
CALL (lists) {
  UNWIND lists AS roots
  UNWIND roots AS root
  MATCH (root)<-[:{{spine}}*0..]-(n)
  WITH DISTINCT n
  RETURN collect(n) AS backward
}
CALL (named, forward, backward) {
  UNWIND named + forward + backward AS n
  WITH DISTINCT n
  RETURN collect(n) AS reached
}
RETURN starts, named, reached
