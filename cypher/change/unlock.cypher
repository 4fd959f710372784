// Give the number of this revision back: nothing that has one was changed.
//
// parameters:
// columns: revision
// mode: write
MATCH (g:Graph {key: 'graph'})
SET g.revision = g.revision - 1
RETURN g.revision AS revision
