// The last change of each link that some deleted entities had, where it is that the link went with an end.
//
// parameters:
//   ids: of entities
// columns:
//   changes: each a map of the change's properties, its moment as text
// mode: read
UNWIND $ids AS id
CALL (id) {
  MATCH (c:Change) USING INDEX SEEK c:Change(start, seq) WHERE c.start = id AND c.seq > 0 AND c.cut
  RETURN c.entity AS link
  UNION
  MATCH (c:Change) USING INDEX SEEK c:Change(finish, seq) WHERE c.finish = id AND c.seq > 0 AND c.cut
  RETURN c.entity AS link
}
WITH DISTINCT link
CALL (link) {
  MATCH (c:Change) USING INDEX SEEK c:Change(entity, seq)
  WHERE c.entity = link AND c.seq > 0
  RETURN c ORDER BY c.entity DESC, c.seq DESC LIMIT 1
}
WITH c WHERE c.cut
RETURN collect(c {.*, at: toString(c.at)}) AS changes
