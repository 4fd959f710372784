// The entities that a scope names, for scope/walks.cypher to go on from.
//
// parameters:
//   scope: for each kind by its plural, the keys of the entities named
// columns:
//   plural: the plural of its kind
//   n: the entity
// mode: read
CALL () {
  {{named_in_scope}}
}
RETURN plural, n
