// What becomes of a journey, level by level, and who brings it about. The statement goes on from
// journey/experienced.cypher, with two journeys: as it is, and as it should be.
//
// In the column stand the journeys as {{journey_row}}; the experiences; and lists of
//   personas  [number, id, key, side, segments as [number, id, key]]: those who take one of them
//   fields    [number, values of the own fields that are substance, in the order of the parameter]
//   evolves   [number, number, id, kind and key of what it becomes]: of all the journeys hold, wherever it leads
//   works     [number of what is brought about, id, kind, key, status]: propositions and initiatives
//   limits    [step's or touchpoint's number, number, id, kind and key of whom it is for, treatment]
//
// parameters:
//   substance: for each kind of the elements, the names of its own fields that are substance
// columns:
//   facts: see above
// mode: read
CALL (elements) {
  UNWIND elements AS n
  WITH n, head([label IN labels(n) WHERE label <> 'Entity']) AS kind
  RETURN collect([id(n), [name IN $substance[kind] | n[name]]]) AS fields
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)-[:EVOLVES_TO]->(m)
  RETURN collect([id(n), id(m), m.id, head([label IN labels(m) WHERE label <> 'Entity']), m.key]) AS evolves
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)<-[:REALISES]-(work)
  RETURN collect([
    id(n), work.id, CASE WHEN work:Proposition THEN 'Proposition' ELSE 'Initiative' END, work.key,
    coalesce(work.propositionStatus, work.initiativeStatus)
  ]) AS works
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)-[limit:APPLIES_TO]->(to)
  RETURN collect([
    id(n), id(to), to.id, CASE WHEN to:Persona THEN 'Persona' ELSE 'Segment' END, to.key, limit.treatment
  ]) AS limits
}
CALL (takers) {
  UNWIND takers AS persona
  RETURN collect([
    id(persona), persona.id, persona.key, persona.side,
    COLLECT {
      MATCH (persona)-[:IN_SEGMENT]->(segment)
      RETURN [id(segment), segment.id, segment.key] ORDER BY segment.key
    }
  ]) AS personas
}
RETURN [rows, experiences, personas, fields, evolves, works, limits] AS facts
