CALL () {
  MATCH (n0:Insight)
  WHERE n0.key IS NOT NULL AND toLower(n0.key) STARTS WITH toLower($p0) AND n0.type IN $p1
  RETURN n0 ORDER BY n0.key LIMIT $p2
}
WITH n0 LIMIT $p2
WITH collect([[n0.key, n0.name, n0.type, n0.severity]]) AS c0
RETURN [c0, COUNT { MATCH (n0:Insight) WHERE toLower(n0.key) STARTS WITH toLower($p0) AND n0.type IN $p1 }] AS answer

CALL () {
  MATCH (n0:Opportunity)
  WHERE n0.key IS NOT NULL AND n0.key = $p0
  RETURN n0 ORDER BY n0.key LIMIT $p1
}
WITH n0 LIMIT $p1
WITH collect([[n0.name, n0.tags, n0.urgency]]) AS c0
RETURN c0 AS answer

UNWIND $ids AS id
MATCH (n0:Entity {id: id})
RETURN collect([n0.id, [n0.id]]) AS answer
