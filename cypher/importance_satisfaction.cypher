// How important steps and touchpoints are to personas, and how satisfied these are. The statement goes on from
// scope/thread.cypher.
//
// In the column stand the thread and rows: [step or touchpoint, persona, importance, satisfaction, whether it is a moment of
// truth, grounds, respondents], the first two as [number, id, kind, key].
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
  RETURN collect([
    [id(n), n.id, CASE WHEN n:Step THEN 'Step' ELSE 'Touchpoint' END, n.key],
    [id(persona), persona.id, 'Persona', persona.key],
    experience.importance, experience.satisfaction,
    experience.momentOfTruth, experience.experienceGrounds, experience.respondents
  ]) AS experiences
}
RETURN [thread, experiences] AS facts
