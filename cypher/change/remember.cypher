// Keep what a request was answered, and forget some of those that are too old to be repeated.
//
// parameters:
//   key: of the request
//   body: a digest of all that it asked
//   answer: JSON text
//   at: when, UTC
//   until: older ones are forgotten
// columns: kept
// mode: write
CREATE (r:Request {key: $key, body: $body, answer: $answer, at: $at})
WITH r
CALL () {
  MATCH (old:Request) WHERE old.at < $until
  WITH old LIMIT 100
  DETACH DELETE old
  RETURN count(*) AS forgotten
}
RETURN r.key AS kept
