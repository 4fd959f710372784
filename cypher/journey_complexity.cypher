// What journeys are made of, and for whom their steps and touchpoints are. The statement goes on from scope/thread.cypher.
//
// In the column stand the thread; the journeys as {{journey_row}}; and limits: [number of the step or touchpoint, number of
// whom it is for, whether that says how they are treated].
//
// parameters:
// columns:
//   facts: see above
// mode: read
CALL (candidates) {
  UNWIND candidates AS journey
  WITH journey WHERE journey:Journey
  RETURN collect(journey) AS journeys, collect({{journey_row}}) AS rows
}
CALL (journeys) {
  UNWIND journeys AS journey
  MATCH (journey)-[:HAS_STAGE]->()-[:HAS_STEP|HAS_TOUCHPOINT*1..2]->(n)
  WITH DISTINCT n
  MATCH (n)-[limit:APPLIES_TO]->(to)
  RETURN collect([id(n), id(to), limit.treatment IS NOT NULL]) AS limits
}
RETURN [thread, rows, limits] AS facts
