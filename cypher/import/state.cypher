// Say what became of an import.
//
// parameters:
//   id: of the import
//   state: RUNNING, DONE or REVERTED
// columns:
// mode: write
MATCH (i:Import {id: $id})
SET i.state = $state
