// Along one journey, who runs each of its touchpoints: the places from which and to which responsibility passes.
//
// In the column stands {{journey_row}}, or null where there is no such journey; see store/mapped.py.
//
// parameters:
//   journey: its key
// columns:
//   facts: see above
// mode: read
OPTIONAL MATCH (journey:Journey {key: $journey})
RETURN CASE WHEN journey IS NOT NULL THEN {{journey_row}} END AS facts
