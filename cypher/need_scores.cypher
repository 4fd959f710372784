// What is known of how important needs are to personas, and how well they are served. The statement goes on from
// scope/thread.cypher.
//
// In the column stand the thread; of the segments asked for, the keys that exist; and rows: [need, persona, respondents, how
// many of them find it important, how many are satisfied, importance typed in, satisfaction typed in, segments of the
// persona], a need and a persona being [number, id, key] and a segment [id, key].
//
// parameters:
//   segments: keys of the segments asked for; null for any
// columns:
//   facts: see above
// mode: read
CALL () {
  UNWIND coalesce($segments, []) AS key
  MATCH (segment:Segment {key: key})
  RETURN collect(segment.key) AS segments
}
CALL (candidates) {
  UNWIND candidates AS n
  WITH n WHERE n:Need
  MATCH (n)<-[need:HAS_NEED]-(persona)
  RETURN collect([
    [id(n), n.id, n.key],
    [id(persona), persona.id, persona.key],
    need.respondents, need.important, need.satisfied, need.importance, need.satisfaction,
    COLLECT { MATCH (persona)-[:IN_SEGMENT]->(segment) RETURN [segment.id, segment.key] ORDER BY segment.key }
  ]) AS needs
}
RETURN [thread, segments, needs] AS facts
