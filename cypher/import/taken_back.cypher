// Say, in the transaction that takes it back, that an import has one change set less.
//
// parameters:
//   id: of the import
//   left: the change sets that are not taken back
// columns:
// mode: write
MATCH (i:Import {id: $id})
SET i.changeSets = $left, i.done = 0
