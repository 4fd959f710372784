// The one entity that a question is asked about, for scope/walks.cypher to go on from. The statement goes on from `start`.
//
// parameters:
// columns:
//   plural: null, since nobody named it
//   n: the entity
// mode: read
RETURN null AS plural, start AS n
