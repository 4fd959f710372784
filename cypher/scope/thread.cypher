// How entities hang together: what it takes to walk through a scope. The statement goes on from `starts`, `named` and
// `reached` (scope/walks.cypher), and a question's own file goes on from it.
//
// Numbers stand for entities, and mean nothing outside the one answer: Neo4j's own ids, which cost nothing to read, while
// an entity's id is a text that has to be looked up.
//
// parameters:
//   walked: whether walks will be taken: else nothing but what is reached is read
//   tags: tags of which an entity must have one; null for any
// columns:
//   named: the entities that the scope names
//   candidates: what is reached, and what is attached to it
//   thread: the starts as they are; links as [type, numbers of starts, numbers of finishes]: spine and segments; attached
//     neighbours of what is reached as [numbers, numbers]; the numbers of what has a tag, null for any
// mode: read
CALL (reached) {
  UNWIND CASE WHEN $walked THEN reached ELSE [] END AS n
  MATCH (n)-[:{{attached}}]-(m)
  RETURN collect(id(n)) AS near, collect(id(m)) AS far, collect(DISTINCT m) AS neighbours
}
CALL (reached, neighbours) {
  UNWIND CASE WHEN $walked THEN reached + neighbours ELSE [] END AS n
  WITH DISTINCT n
  RETURN collect(n) AS together
}
WITH starts, named, near, far, CASE WHEN $walked THEN together ELSE reached END AS candidates
CALL (candidates) {
  UNWIND CASE WHEN $walked THEN candidates ELSE [] END AS n
  MATCH (n)-[r:{{walked_links}}]->(m)
  WITH type(r) AS type, collect(id(n)) AS starts, collect(id(m)) AS finishes
  RETURN collect([type, starts, finishes]) AS links
}
CALL (candidates) {
  UNWIND CASE WHEN $walked THEN candidates ELSE [] END AS n
  WITH n WHERE n:Insight
  MATCH (n)<-[:VOICES]-(voice)
  RETURN ['VOICES', collect(id(voice)), collect(id(n))] AS voices
}
CALL (candidates) {
  UNWIND CASE WHEN $tags IS NULL THEN [] ELSE candidates END AS n
  WITH n WHERE any(tag IN n.tags WHERE tag IN $tags)
  RETURN collect(id(n)) AS tagged
}
RETURN
  named,
  candidates,
  [starts, links + [voices], [near, far], CASE WHEN $tags IS NULL THEN null ELSE tagged END] AS thread
