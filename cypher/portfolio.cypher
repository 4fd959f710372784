// What a portfolio is told from. The statement goes on from portfolio/learned.cypher.
//
// parameters:
//   on: the day, ISO 8601
// columns:
//   facts: the day, the thread, what is reached, what was learned and what becomes of it: see the files in portfolio/
// mode: read
RETURN [$on, thread, reached, learned, work] AS facts
