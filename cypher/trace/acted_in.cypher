// Where a walk from somebody who acts begins: at what they own, run or are involved in; any other begins at the entity
// itself. The statement goes on from a variable `start`.
//
// parameters:
// columns:
//   roots: entities of spine kinds
// mode: read
// Asked once: Neo4j takes the denial of many labels apart, in an order that costs more or less by chance.
WITH start, start:{{spine_kinds}} AS on_spine
CALL (start, on_spine) {
  WITH start, on_spine WHERE on_spine
  RETURN start AS root
  UNION
  MATCH (start)-[:{{acts}}]-(root:{{spine_kinds}})
  WHERE NOT on_spine
  RETURN root
}
RETURN collect(root) AS roots
