// How far an import has come, said in the transaction of the batch that took it there; its record is made by the first.
//
// parameters:
//   id: of the import
//   started: what the record says from the beginning: at, actor, files, digest, items, batch, state
//   done: how many batches are done
//   changeSet: the change set of this batch
// columns:
// mode: write
MERGE (i:Import {id: $id})
ON CREATE SET i += $started, i.changeSets = []
SET i.done = $done, i.changeSets = i.changeSets + $changeSet
