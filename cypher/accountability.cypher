// In what a department or partner acts, itself or by its members; who else acts there; its pains; and the journeys along
// which it runs a touchpoint. The statement goes on from `start`.
//
// In the column stand the day; so much of the facts of trace.cypher about the party as its pains take: the opportunities
// it owns and the touchpoints it runs, and the insights one spine link from these; the party as {{party}}; and
//   acted     [id, kind, key, whether it is over on the day, parts]
//   journeys  {{journey_row}}
//   promises  how many promises are kept at touchpoints that it runs
// For parts see store/acting.py, for journeys store/mapped.py.
//
// parameters:
//   on: the day, ISO 8601
// columns:
//   facts: see above
// mode: read
CALL (start) {
  CALL (start) {
    MATCH (start)<-[:OWNED_BY|INVOLVES|RUN_BY]-(n)
    RETURN n
    UNION
    MATCH (start)<-[:MEMBER_OF]-(:Stakeholder)<-[:OWNED_BY|INVOLVES]-(n)
    RETURN n
  }
  RETURN collect([
    n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key, {{over}}, {{part_rows}}
  ]) AS acted
}
CALL (start) {
  MATCH (start)<-[r:OWNED_BY|RUN_BY]-(root:Opportunity|Touchpoint)
  RETURN
    collect(root) AS roots,
    collect([
      type(r), root.id, start.id, r.basis, r.confidence, r.rationale, null,
      [root.id, head([label IN labels(root) WHERE label <> 'Entity']), root.key, null]
    ]) AS beside
}
CALL (roots) {
  UNWIND roots AS root
  MATCH (root:Touchpoint)-[r:REVEALS]->(insight)
  RETURN
    collect([type(r), root.id, insight.id, r.basis, r.confidence, r.rationale, null]) AS onward,
    collect(insight) AS revealed
}
CALL (roots) {
  UNWIND roots AS root
  MATCH (root:Opportunity)<-[r:RAISES]-(insight:Insight)
  RETURN
    collect([type(r), insight.id, root.id, r.basis, r.confidence, r.rationale, null]) AS back,
    collect(insight) AS raising
}
CALL (start, roots, revealed, raising) {
  UNWIND [start] + roots + revealed + raising AS n
  WITH DISTINCT n
  RETURN collect([n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key, n.type]) AS stations
}
CALL (start) {
  MATCH (start)<-[:RUN_BY]-(:Touchpoint)<-[:HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT*2..3]-(journey:Journey)
  WITH DISTINCT journey
  RETURN collect({{journey_row}}) AS journeys
}
CALL (start) {
  MATCH (start)<-[:RUN_BY]-(:Touchpoint)<-[:KEPT_AT]-(promise)
  RETURN count(DISTINCT promise) AS promises
}
WITH start AS party, acted, journeys, promises, [
  [start.id, head([label IN labels(start) WHERE label <> 'Entity']), start.key, start.type],
  [root IN roots | root.id],
  stations, onward, back, beside, [], []
] AS traced
RETURN [$on, traced, {{party}}, acted, journeys, promises] AS facts
