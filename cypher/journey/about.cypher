// The one journey that a question is asked about. The statement goes on from `start`.
//
// parameters:
// columns:
//   journeys: the journey, in a list
// mode: read
RETURN [start] AS journeys
