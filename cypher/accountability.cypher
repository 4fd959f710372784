// In what a department or partner acts, itself or by its members; who else acts there; and the journeys along which it
// runs a touchpoint. The statement goes on from `start` and from the facts of trace.cypher about it.
//
// In the column stand the day; the facts of trace.cypher; the party as {{party}}; and
//   acted     [id, kind, key, whether it is over, day (ISO 8601) on which it was done, parts]
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
    n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key, {{over}},
    CASE n.initiativeStatus WHEN 'DONE' THEN toString(n.finished) END, {{part_rows}}
  ]) AS acted
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
WITH start AS party, facts AS traced, acted, journeys, promises
RETURN [$on, traced, {{party}}, acted, journeys, promises] AS facts
