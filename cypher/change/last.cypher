// The last change of each of some entities and links, whether they are there or not.
//
// parameters:
//   ids: of entities and of links
// columns:
//   changes: each a map of the change's properties, its moment as text
// mode: read
UNWIND $ids AS id
CALL (id) {
  MATCH (c:Change) USING INDEX SEEK c:Change(entity, seq)
  WHERE c.entity = id AND c.seq > 0
  RETURN c ORDER BY c.entity DESC, c.seq DESC LIMIT 1
}
RETURN collect(c {.*, at: toString(c.at)}) AS changes
