// Who acts on the thread through one entity: so much of the facts of trace.cypher as the short forms of the trace take. Of
// the attached links that is those by which somebody acts, and IN_SEGMENT, by which an insight counts for a persona.
//
// The statement goes on from a variable `start` and from trace/walked.cypher.
//
// parameters:
// columns:
//   facts: see trace.cypher
// mode: read
CALL (reached) {
  UNWIND reached AS n
  MATCH (n)-[r:{{acts}}|IN_SEGMENT]-(m)
  RETURN collect([
    type(r), startNode(r).id, endNode(r).id, r.basis, r.confidence, r.rationale,
    coalesce(r.involvementRole, r.experienceGrounds),
    [m.id, head([label IN labels(m) WHERE label <> 'Entity']), m.key, m.type]
  ]) AS beside
}
RETURN [
  [start.id, head([label IN labels(start) WHERE label <> 'Entity']), start.key, start.type],
  [root IN roots | root.id],
  [n IN reached | [n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key, n.type]],
  onward,
  back,
  beside,
  voices,
  []
] AS facts
