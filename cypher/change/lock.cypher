// Take the one writer lock: whoever comes next waits here until this transaction has ended.
// Commit order is therefore revision order, and what is read afterwards cannot change before the commit.
//
// parameters:
// columns: revision, seq
// mode: write
MATCH (g:Graph {key: 'graph'})
SET g.revision = g.revision + 1
RETURN g.revision AS revision, g.seq AS seq
