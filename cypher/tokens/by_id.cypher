// The API token with an id, be it of use still or not.
//
// parameters: id
// columns:
//   token: its properties
// mode: read
MATCH (t:ApiToken {id: $id})
RETURN properties(t) AS token
