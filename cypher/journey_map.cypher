// Everything that a picture of a journey shows. The statement goes on from journey/experienced.cypher.
//
// In the column stand the day; the journeys as {{journey_row}} (one, or none where there is no such journey); the
// experiences; the numbers of the personas who take it; and lists of
//   personas    [number, id, key, side, segments as [number, id, key]]: those who take it and those asked for
//   segments    [number, id, key]: those asked for
//   limits      [step's or touchpoint's number, number, id, kind and key of whom it is for, treatment]
//   insights    [where as numbers, id, key, voices as [number, id, kind, key], evidence as [id, key, stance, support,
//               of], opportunities as [id, key]]
//   enablers    [step's or touchpoint's number, enabler's id, key]
//   promises    [touchpoint's number, promise's id, key, whether it is kept there or only made there]
//   principles  [journey's or touchpoint's number, principle's id, key]
//   kpis        [where as numbers, kpi_row, measurements as measurement_row]: those up to the day that are our own, have a
//               value or counts, and are for nobody and nothing else than the people and places of the map and the
//               journey. Which of them counts, the latest that is usable, is decided in Python
//
// parameters:
//   personas: keys of the personas asked for; null for those who take it
//   segments: keys of the segments asked for; null for those of the personas
//   on: the day, ISO 8601
// columns:
//   facts: see above
// mode: read
CALL () {
  UNWIND coalesce($personas, []) AS key
  MATCH (persona:Persona {key: key})
  RETURN collect(persona) AS asked
}
CALL () {
  UNWIND coalesce($segments, []) AS key
  MATCH (segment:Segment {key: key})
  RETURN collect(segment) AS parts
}
CALL (takers, asked) {
  UNWIND takers + asked AS persona
  WITH DISTINCT persona
  RETURN collect(persona) AS people
}
CALL (people) {
  UNWIND people AS persona
  RETURN collect([
    id(persona), persona.id, persona.key, persona.side,
    COLLECT {
      MATCH (persona)-[:IN_SEGMENT]->(segment)
      RETURN [id(segment), segment.id, segment.key] ORDER BY segment.key
    }
  ]) AS personas
}
CALL (people, parts) {
  CALL (people, parts) {
    UNWIND people + parts AS one
    RETURN one
    UNION
    UNWIND people AS persona
    MATCH (persona)-[:IN_SEGMENT]->(one)
    RETURN one
  }
  RETURN collect(one) AS audience
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)-[limit:APPLIES_TO]->(to)
  RETURN collect([
    id(n), id(to), to.id, CASE WHEN to:Persona THEN 'Persona' ELSE 'Segment' END, to.key, limit.treatment
  ]) AS limits
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)-[:REVEALS]->(insight)
  WITH insight, collect(id(n)) AS places
  RETURN collect([
    places, insight.id, insight.key,
    COLLECT {
      MATCH (insight)<-[:VOICES]-(voice)
      RETURN [id(voice), voice.id, head([label IN labels(voice) WHERE label <> 'Entity']), voice.key]
    },
    COLLECT {
      MATCH (insight)<-[backs:BACKS]-(evidence)
      RETURN [evidence.id, evidence.key, backs.evidenceStance, backs.support, backs.of] ORDER BY evidence.key
    },
    COLLECT {
      MATCH (insight)-[:RAISES]->(opportunity)
      RETURN [opportunity.id, opportunity.key] ORDER BY opportunity.key
    }
  ]) AS insights
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)-[:REQUIRES]->(enabler)
  RETURN collect([id(n), enabler.id, enabler.key]) AS enablers
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)<-[place:MADE_AT|KEPT_AT]-(promise)
  RETURN collect([id(n), promise.id, promise.key, type(place) = 'KEPT_AT']) AS promises
}
CALL (elements) {
  UNWIND elements AS n
  MATCH (n)-[:FOLLOWS]->(principle)
  RETURN collect([id(n), principle.id, principle.key]) AS principles
}
CALL (elements, journeys, audience) {
  UNWIND elements AS n
  MATCH (n)-[:MEASURED_BY]->(kpi)
  WITH kpi, journeys, audience, collect(n) AS places
  RETURN collect([
    [place IN places | id(place)],
    {{kpi_row}},
    COLLECT {
      MATCH (kpi)-[:HAS_MEASUREMENT]->(m)
      WHERE m.measuredOn <= date($on)
        AND coalesce(m.measurementSubject, 'OWN') = 'OWN'
        AND m.competitor IS NULL
        AND (m.value IS NOT NULL OR size(m.counts) > 0)
        AND all(one IN COLLECT { MATCH (m)-[:MEASURED_FOR]->(whom) RETURN whom }
          WHERE one IN audience OR one IN places OR one IN journeys)
      RETURN {{measurement_row}}
    }
  ]) AS kpis
}
RETURN [
  $on, rows, experiences, [persona IN takers | id(persona)], personas,
  [segment IN parts | [id(segment), segment.id, segment.key]],
  limits, insights, enablers, promises, principles, kpis
] AS facts
