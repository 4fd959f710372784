// Entities by themselves, for questions that walk another way than the thread. The statement goes on from `plural` and `n`,
// a row for each entity.
//
// parameters:
// columns:
//   starts: for each entity: the plural, its key, its id, its number, no roots
//   named: the entities
//   reached: the entities
// mode: read
RETURN collect([plural, n.key, n.id, id(n), []]) AS starts, collect(n) AS named, collect(n) AS reached
