// All API tokens that there ever were, by name, the newest of a name first.
//
// parameters:
// columns:
//   token: its properties
// mode: read
MATCH (t:ApiToken)
RETURN properties(t) AS token
ORDER BY t.name, t.createdAt DESC, t.id
