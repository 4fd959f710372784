// Who acts in which work, and who runs the touchpoints of which journeys: what parties share. The statement goes on from
// scope/thread.cypher.
//
// In the column stand the thread, and lists of
//   work      [number, id, kind, key, parts]: propositions and initiatives that are not over on the day, in which
//             somebody acts
//   journeys  {{journey_row}}: whole, since what comes next to something in scope need not be in scope
// For parts see store/acting.py, for journeys store/mapped.py.
//
// parameters:
//   on: the day, ISO 8601
// columns:
//   facts: see above
// mode: read
CALL (candidates) {
  UNWIND candidates AS n
  WITH n WHERE (n:Proposition OR n:Initiative) AND NOT {{over}}
  WITH n, {{part_rows}} AS parts
  WHERE size(parts) > 0
  RETURN collect([id(n), n.id, CASE WHEN n:Proposition THEN 'Proposition' ELSE 'Initiative' END, n.key, parts]) AS work
}
CALL (candidates) {
  UNWIND candidates AS journey
  WITH journey WHERE journey:Journey
  RETURN collect({{journey_row}}) AS journeys
}
RETURN [thread, work, journeys] AS facts
