// The facts about the one entity that a question is asked of, or null where there is none such. The statement goes on
// from the facts about it.
//
// parameters:
// columns:
//   facts: those facts
// mode: read
RETURN head(collect(facts)) AS facts
