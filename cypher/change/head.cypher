// The number of the last change, and whether all before it can be seen.
//
// Neo4j shows a commit piece by piece, for a moment: a change may be found before one with a lower number is.
//
// parameters:
//   span: how many changes, the last ones, are counted; more than one commit has
// columns: facts
// mode: read
MATCH (g:Graph {key: 'graph'})
CALL (g) {
  MATCH (c:Change) USING INDEX SEEK c:Change(seq)
  WHERE c.seq > g.seq - $span AND c.seq <= g.seq
  RETURN count(c) AS seen
}
RETURN [g.seq, seen = CASE WHEN g.seq < $span THEN g.seq ELSE $span END] AS facts
