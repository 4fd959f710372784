// The journeys that a question names.
//
// parameters:
//   journeys: their keys
// columns:
//   journeys: those of them that are there
// mode: read
UNWIND $journeys AS key
MATCH (journey:Journey {key: key})
RETURN collect(journey) AS journeys
