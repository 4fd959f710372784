// How personas experience the moments of truth, who runs these and what measures them. The statement goes on from
// scope/thread.cypher.
//
// In the column stand the thread and, for each step or touchpoint that is a moment of truth for somebody, its number, id,
// kind and key, and lists of
//   journeys     [id]: those it belongs to
//   parties      [party's id, its kind, id of the touchpoint it runs]: a step's are those of its touchpoints
//   kpis         [KPI's id, id of what it measures, kind of that]: a step's are those of its stage and its touchpoints
//   experiences  [persona's number, id and key, emotion, feeling, thought, importance, satisfaction, why, grounds,
//                respondents]
// the first three by key.
//
// parameters:
// columns:
//   facts: see above
// mode: read
CALL (candidates) {
  CALL (candidates) {
    UNWIND candidates AS n
    WITH n WHERE n:Step OR n:Touchpoint
    RETURN n
    UNION
    // What the people of a segment experience lies further off than what is attached to it.
    UNWIND candidates AS persona
    WITH persona WHERE persona:Persona
    MATCH (persona)-[:EXPERIENCES]->(n)
    RETURN n
  }
  RETURN collect(n) AS elements
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)<-[experience:EXPERIENCES]-(persona)
  WHERE experience.momentOfTruth
  WITH n, collect([
    id(persona), persona.id, persona.key,
    experience.emotion, experience.feeling, experience.thought, experience.importance, experience.satisfaction,
    experience.why, experience.experienceGrounds, experience.respondents
  ]) AS experiences
  WITH n, experiences,
    CASE WHEN n:Step THEN COLLECT { MATCH (n)-[:HAS_TOUCHPOINT]->(touchpoint) RETURN touchpoint } ELSE [n] END AS touchpoints,
    CASE WHEN n:Step THEN COLLECT { MATCH (n)<-[:HAS_STEP]-(stage) RETURN stage } ELSE [] END AS stages
  RETURN collect([
    id(n), n.id, CASE WHEN n:Step THEN 'Step' ELSE 'Touchpoint' END, n.key,
    COLLECT {
      MATCH (n)<-[:HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT*2..3]-(journey:Journey)
      WITH DISTINCT journey
      RETURN journey.id ORDER BY journey.key
    },
    COLLECT {
      UNWIND touchpoints AS touchpoint
      MATCH (touchpoint)-[:RUN_BY]->(party)
      RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), touchpoint.id]
      ORDER BY party.key, touchpoint.key
    },
    COLLECT {
      UNWIND stages + touchpoints AS place
      MATCH (place)-[:MEASURED_BY]->(kpi)
      RETURN [kpi.id, place.id, CASE WHEN place:Stage THEN 'Stage' ELSE 'Touchpoint' END]
      ORDER BY kpi.key, place.key
    },
    experiences
  ]) AS moments
}
RETURN [thread, moments] AS facts
