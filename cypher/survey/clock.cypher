// What time it is for Neo4j.
//
// parameters:
// columns:
//   milliseconds: since 1970
// mode: read
RETURN datetime.realtime().epochMillis AS milliseconds
