// Whole journeys, who takes them, and how personas experience their steps and touchpoints. The statement goes on from
// `journeys`, and a question's own file goes on from it. Numbers stand for entities, as in scope/thread.cypher.
//
// parameters:
// columns:
//   journeys: the journeys
//   elements: the journeys, their stages, steps and touchpoints
//   takers: the personas who take one of the journeys
//   rows: the journeys as {{journey_row}}
//   experiences: [step's or touchpoint's number, persona's number, emotion, feeling, thought, importance, satisfaction,
//     momentOfTruth, why, grounds, respondents]
// mode: read
CALL (journeys) {
  UNWIND journeys AS journey
  RETURN collect({{journey_row}}) AS rows
}
CALL (journeys) {
  UNWIND journeys AS journey
  MATCH (journey)-[:HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT*0..3]->(n)
  WITH DISTINCT n
  RETURN collect(n) AS elements
}
CALL (journeys) {
  UNWIND journeys AS journey
  MATCH (journey)<-[:TAKES]-(persona)
  WITH DISTINCT persona
  RETURN collect(persona) AS takers
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)<-[experience:EXPERIENCES]-(persona)
  RETURN collect([
    id(n), id(persona),
    experience.emotion, experience.feeling, experience.thought, experience.importance, experience.satisfaction,
    experience.momentOfTruth, experience.why, experience.experienceGrounds, experience.respondents
  ]) AS experiences
}
RETURN journeys, elements, takers, rows, experiences
