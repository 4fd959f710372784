// What a request was answered that came with this key before.
//
// parameters: key
// columns: body, answer
// mode: read
MATCH (r:Request {key: $key})
RETURN r.body AS body, r.answer AS answer
