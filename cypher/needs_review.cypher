// Which links are suspect: the substance of one of their ends changed after they were reviewed, or made.
//
// A row is [link's id, type, start, finish, number of the end that changed, when it changed, when the link was reviewed], an
// end [number, id, kind, key]. A link of which both ends changed has two.
//
// parameters:
// columns:
//   facts: the rows
// mode: read
MATCH (n:Entity)
USING INDEX n:Entity(substanceAt)
WHERE n.substanceAt IS NOT NULL
MATCH (n)-[r:{{spine}}|{{attached}}]-()
WHERE n.substanceAt > coalesce(r.reviewedAt, r.createdAt)
RETURN collect({{suspect_row}}) AS facts
