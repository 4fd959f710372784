// Everything that walks along the thread can reach: from the roots, spine links are followed forwards and, apart from that,
// backwards; neither ever turns. The statement goes on from a variable `start` and from trace/roots.cypher.
//
// parameters:
// columns:
//   roots
//   reached: the entities, with the start
//   onward: the links forwards, each [type, start's id, finish's id, basis, confidence, rationale, what tells it from its like]
//   back: the links backwards, likewise
//   voices: who voices the insights among them, each [insight's id, id of who voices it]
// mode: read
CALL (roots) {
  UNWIND roots AS root
  MATCH (root)-[:{{spine}}*0..]->(n)
  WITH DISTINCT n
  RETURN collect(n) AS forward
}
CALL (roots) {
  UNWIND roots AS root
  MATCH (root)<-[:{{spine}}*0..]-(n)
  WITH DISTINCT n
  RETURN collect(n) AS backward
}
CALL (start, forward, backward) {
  UNWIND [start] + forward + backward AS n
  WITH DISTINCT n
  RETURN collect(n) AS reached
}
CALL (forward) {
  UNWIND forward AS n
  MATCH (n)-[r:{{spine}}]->(m)
  RETURN collect([type(r), n.id, m.id, r.basis, r.confidence, r.rationale, r.relationship]) AS onward
}
CALL (backward) {
  UNWIND backward AS n
  MATCH (n)<-[r:{{spine}}]-(m)
  RETURN collect([type(r), m.id, n.id, r.basis, r.confidence, r.rationale, r.relationship]) AS back
}
CALL (reached) {
  UNWIND reached AS n
  WITH n WHERE n:Insight
  MATCH (n)<-[:VOICES]-(voice)
  RETURN collect([n.id, voice.id]) AS voices
}
RETURN roots, reached, onward, back, voices
