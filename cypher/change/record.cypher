// Record what a change set did: one Change for each entity or link that is another one now, numbered without holes.
//
// parameters:
//   changes: each with seq, and what `record` of its effect gives
//   shared: what they have in common: changeSet, revision, at, actor, surface, reverts
// columns: recorded
// mode: write
MATCH (g:Graph {key: 'graph'})
UNWIND $changes AS change
CREATE (c:Change)
SET c = change, c += $shared
WITH g, max(change.seq) AS last, count(c) AS recorded
SET g.seq = last
RETURN recorded
