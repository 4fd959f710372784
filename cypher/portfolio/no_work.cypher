// Nothing of what becomes of a portfolio: in place of portfolio/work.cypher, where none of it is wanted.
//
// parameters:
//   on: the day, ISO 8601
// columns:
//   thread: the thread, as it is
//   items: the items, as they are
//   around: what hangs together with them, as it is
//   reached: as it is
//   learned: as it is
//   work: the day, and lists, all empty; see portfolio/work.cypher
// mode: read
RETURN thread, items, around, reached, learned, [$on, [], [], [], [], [], [], [], [], [], [], []] AS work
