// Make the one node that counts revisions and changes; taking it is the writer lock.
//
// parameters:
// columns:
// mode: write
MERGE (g:Graph {key: 'graph'})
ON CREATE SET g.revision = 0, g.seq = 0
