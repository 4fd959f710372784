// Which links are suspect: the substance of one of their ends changed after they were reviewed, or made.
//
// The statement goes on from scope/thread.cypher. In the column stand the thread and rows: [link's id, type, start, finish,
// number of the end that changed, when it changed, when the link was reviewed], an end [number, id, kind, key]. A link of
// which both ends changed has two.
//
// parameters:
// columns:
//   facts: see above
// mode: read
CALL (candidates) {
  UNWIND candidates AS n
  WITH n WHERE n.substanceAt IS NOT NULL
  MATCH (n)-[r:{{spine}}|{{attached}}]-()
  WHERE n.substanceAt > coalesce(r.reviewedAt, r.createdAt)
  RETURN collect({{suspect_row}}) AS suspects
}
RETURN [thread, suspects] AS facts
