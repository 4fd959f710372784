// Revoke the API token of a name: it serves no more, and the name is free again.
//
// parameters: name, at
// columns:
//   token: its properties
// mode: write
MATCH (t:ApiToken {activeName: $name})
SET t.revokedAt = $at
REMOVE t.activeName
RETURN properties(t) AS token
