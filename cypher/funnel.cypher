// What becomes of pains on the way to a known effect. The statement goes on from the columns of funnel/reached.cypher, and from
// the facts of initiative_effects.cypher about its candidates.
//
// In the column stand the thread; the stages; and those facts, or null if effects are not wanted.
//
// parameters:
//   effects: whether the effects of initiatives are wanted
// columns:
//   facts: see above
// mode: read
RETURN [thread, stages, CASE WHEN $effects THEN facts END] AS facts
