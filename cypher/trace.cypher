// Everything on the thread through one entity, for questions/trace.py to walk: what can be reached, with its attached
// neighbours and what was decided. Which paths count, and which are shortest, is decided in Python.
//
// The statement goes on from a variable `start` and from trace/walked.cypher. In its column stand, in this order: the start,
// the roots' ids, the stations, the forward links, the backward links, the attached links, the voices and the verdicts. A
// station is [id, kind, key, insight's type]; links and voices are as there, but an attached link has the station at its far
// end after all else; a verdict is [insight's id, that of its latest decision]. A decision without a day counts from the day
// it was recorded.
//
// parameters:
// columns:
//   facts: see above
// mode: read
CALL (reached) {
  UNWIND reached AS n
  MATCH (n)-[r:{{attached}}]-(m)
  RETURN collect([
    type(r), startNode(r).id, endNode(r).id, r.basis, r.confidence, r.rationale,
    coalesce(r.involvementRole, r.experienceGrounds),
    [m.id, head([label IN labels(m) WHERE label <> 'Entity']), m.key, m.type]
  ]) AS beside
}
CALL (reached) {
  UNWIND reached AS n
  WITH n WHERE n:Insight
  MATCH (n)<-[:DECIDES]-(decision:Decision)
  WITH n, decision
  ORDER BY coalesce(decision.decidedOn, date(decision.createdAt)) DESC, decision.createdAt DESC, decision.id
  WITH n, head(collect([n.id, decision.decisionVerdict])) AS verdict
  RETURN collect(verdict) AS verdicts
}
RETURN [
  [start.id, head([label IN labels(start) WHERE label <> 'Entity']), start.key, start.type],
  [root IN roots | root.id],
  [n IN reached | [n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key, n.type]],
  onward,
  back,
  beside,
  voices,
  verdicts
] AS facts
