// The department or partner that a question is asked of.
//
// parameters:
//   kind: its kind
//   key: its key
// columns:
//   start: whom it is about
// mode: read
CALL () {
  MATCH (n:Department) USING INDEX SEEK n:Department(key) WHERE n.key = $key AND $kind = 'Department'
  RETURN n
  UNION ALL
  MATCH (n:Partner) USING INDEX SEEK n:Partner(key) WHERE n.key = $key AND $kind = 'Partner'
  RETURN n
}
RETURN n AS start
