// What a department or partner claims to move: the initiatives and propositions that it owns, itself or by a member. The
// statement goes on from `start`.
//
// parameters:
// columns:
//   starts: none; see scope/walks.cypher
//   named: whom it is about
//   reached: the initiatives and propositions
// mode: read
CALL (start) {
  CALL (start) {
    RETURN start AS owner
    UNION
    MATCH (start)<-[:MEMBER_OF]-(owner:Stakeholder)
    RETURN owner
  }
  MATCH (owner)<-[:OWNED_BY]-(n)
  WHERE n:Initiative OR n:Proposition
  RETURN collect(DISTINCT n) AS reached
}
RETURN [] AS starts, [start] AS named, reached
