// Keep a new API token; one of the same name that has expired gives its name up to it.
// The database refuses it where the name belongs to a token that still serves.
//
// parameters:
//   token: all its properties; `activeName` is its name, for as long as it is neither revoked nor replaced
// columns: id
// mode: write
CALL () {
  MATCH (old:ApiToken {activeName: $token.activeName})
  WHERE old.expiresAt <= $token.createdAt
  REMOVE old.activeName
  RETURN count(old) AS replaced
}
CREATE (t:ApiToken)
SET t = $token
RETURN t.id AS id
