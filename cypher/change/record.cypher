// Record what a change set did: one Change for each entity or link that is another one now, numbered without holes.
//
// parameters:
//   changes: each with seq, entity (the id of the entity, or the identity of the link), before and after (JSON images)
//   changeSet: the id that the changes of one set share
//   revision: of the graph, after the set
//   at: when, UTC
//   actor: who
//   surface: through what
// columns: recorded
// mode: write
MATCH (g:Graph {key: 'graph'})
UNWIND $changes AS change
CREATE (c:Change {
  seq: change.seq, entity: change.entity, before: change.before, after: change.after,
  changeSet: $changeSet, revision: $revision, at: $at, actor: $actor, surface: $surface
})
WITH g, max(change.seq) AS last, count(c) AS recorded
SET g.seq = last
RETURN recorded
