CALL () {
  UNWIND $ids0 AS id0
  MATCH (n0:Entity {id: id0})
  RETURN collect([n0.id, [head([label IN labels(n0) WHERE label <> 'Entity']), n0.key, n0.name]]) AS list0
}
RETURN [list0] AS answer

CALL () {
CALL () {
RETURN [] AS starts, [] AS named, [] AS reached
}
CALL (reached) {
  UNWIND CASE WHEN $p0 THEN reached ELSE [] END AS n
  MATCH (n)-[:PART_OF|IN_SEGMENT|EXPERIENCES|APPLIES_TO|ON_CHANNEL|RUN_BY|MATTERS_AT|EVOLVES_TO|REALISES|BACKS|FROM_STUDY|TESTS|SETTLES|ABOUT|TARGETS|MAKES|MADE_AT|MADE_TO|KEPT_AT|REQUIRES|DEPENDS_ON|OWNED_BY|INVOLVES|MEMBER_OF|STANDS_ON|MEASURED_BY|AIMS_AT|MOVES|DRIVES|SUPPORTS|FOLLOWS]-(m)
  RETURN collect(id(n)) AS near, collect(id(m)) AS far, collect(DISTINCT m) AS neighbours
}
CALL (reached, neighbours) {
  UNWIND CASE WHEN $p0 THEN reached + neighbours ELSE [] END AS n
  WITH DISTINCT n
  RETURN collect(n) AS together
}
WITH starts, named, near, far, CASE WHEN $p0 THEN together ELSE reached END AS candidates
CALL (candidates) {
  UNWIND CASE WHEN $p0 THEN candidates ELSE [] END AS n
  MATCH (n)-[r:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY|IN_SEGMENT]->(m)
  WITH type(r) AS type, collect(id(n)) AS starts, collect(id(m)) AS finishes
  RETURN collect([type, starts, finishes]) AS links
}
CALL (candidates) {
  UNWIND CASE WHEN $p0 THEN candidates ELSE [] END AS n
  WITH n WHERE n:Insight
  MATCH (n)<-[:VOICES]-(voice)
  RETURN ['VOICES', collect(id(voice)), collect(id(n))] AS voices
}
CALL (candidates) {
  UNWIND CASE WHEN $p1 IS NULL THEN [] ELSE candidates END AS n
  WITH n WHERE any(tag IN n.tags WHERE tag IN $p1)
  RETURN collect(id(n)) AS tagged
}
RETURN
  named,
  candidates,
  [starts, links + [voices], [near, far], CASE WHEN $p1 IS NULL THEN null ELSE tagged END] AS thread
}
CALL (candidates) {
  CALL db.index.fulltext.queryNodes('graph_api_words_Entity', $p2) YIELD node, score
  WITH candidates, collect([node, score]) AS found
  // What is found and is a candidate too comes twice.
  UNWIND found + [n IN CASE WHEN $p4 THEN candidates ELSE [] END | [n, null]] AS pair
  WITH pair[0] AS n, max(pair[1]) AS score, count(*) AS times
  WHERE score IS NOT NULL
    AND times = CASE WHEN $p4 THEN 2 ELSE 1 END
    AND ($p1 IS NULL OR any(tag IN n.tags WHERE tag IN $p1))
  WITH n, score, head([label IN labels(n) WHERE label <> 'Entity']) AS kind
  WHERE kind IN $p3
  WITH n, score, kind
  ORDER BY score DESC, kind, n.key
  LIMIT $p5
  RETURN collect([
    score,
    id(n),
    n.id,
    kind,
    n.key,
    [field IN ['key', 'name', 'description', 'tags', 'externalKey', 'behaviour', 'unit', 'frequency', 'role', 'goals', 'frustrations', 'quote', 'good', 'customerGoal', 'activity', 'statement', 'studyMethod', 'source', 'assumption', 'mission', 'title'] WHERE n[field] IS NOT NULL |
      [field, CASE WHEN n[field] IS :: STRING THEN left(n[field], $p6) ELSE n[field] END]]
  ]) AS rows
}
RETURN [thread, rows] AS facts
