// All changes of one change set, in order.
//
// parameters:
//   changeSet: its id
// columns:
//   changes: each a map of the change's properties, its moment as text
// mode: read
MATCH (c:Change) USING INDEX SEEK c:Change(changeSet, seq)
WHERE c.changeSet = $changeSet AND c.seq > 0
WITH c ORDER BY c.changeSet, c.seq
RETURN collect(c {.*, at: toString(c.at)}) AS changes
