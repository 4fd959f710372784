// In which entities words stand. The statement goes on from scope/thread.cypher.
//
// In the column stand the thread and rows, the best first: [score, number, id, kind, key, texts], the texts as [field, text].
// Of a long text only the beginning is read, and of many finds only the best.
//
// parameters:
//   words: what to look for, in the index's own language
//   kinds: of which kinds
//   part: whether only candidates are wanted
//   tags: tags of which an entity must have one; null for any
//   most: how many finds at most
//   length: how much of a text is read, in characters
// columns:
//   facts: see above
// mode: read
CALL (candidates) {
  CALL db.index.fulltext.queryNodes('{{words_index}}', $words) YIELD node, score
  WITH candidates, collect([node, score]) AS found
  // What is found and is a candidate too comes twice.
  UNWIND found + [n IN CASE WHEN $part THEN candidates ELSE [] END | [n, null]] AS pair
  WITH pair[0] AS n, max(pair[1]) AS score, count(*) AS times
  WHERE score IS NOT NULL
    AND times = CASE WHEN $part THEN 2 ELSE 1 END
    AND ($tags IS NULL OR any(tag IN n.tags WHERE tag IN $tags))
  WITH n, score, head([label IN labels(n) WHERE label <> 'Entity']) AS kind
  WHERE kind IN $kinds
  WITH n, score, kind
  ORDER BY score DESC, kind, n.key
  LIMIT $most
  RETURN collect([
    score,
    id(n),
    n.id,
    kind,
    n.key,
    [field IN {{words_fields}} WHERE n[field] IS NOT NULL |
      [field, CASE WHEN n[field] IS :: STRING THEN left(n[field], $length) ELSE n[field] END]]
  ]) AS rows
}
RETURN [thread, rows] AS facts
