CALL () {
  MATCH (n0:Opportunity)
  WHERE n0.key IS NOT NULL AND any(one IN $p0 WHERE one IN coalesce(n0.tags, []))
  RETURN n0 ORDER BY n0.key LIMIT $p1
}
WITH n0 LIMIT $p1
WITH collect([[n0.key]]) AS c0
RETURN c0 AS answer

CALL () {
  MATCH (n0:Opportunity)
  WHERE n0.name IS NOT NULL AND n0.key IS NOT NULL AND any(one IN $p0 WHERE one IN coalesce(n0.tags, []))
  RETURN n0 ORDER BY n0.name, n0.key LIMIT $p1
}
WITH n0 LIMIT $p1
WITH collect([[n0.name]]) AS c0
RETURN c0 AS answer

CALL () {
  MATCH (n0:Opportunity)
  WHERE n0.urgency IS NOT NULL AND n0.key IS NOT NULL AND any(one IN $p0 WHERE one IN coalesce(n0.tags, []))
  RETURN n0 ORDER BY n0.urgency, n0.key LIMIT $p1
  UNION ALL
  MATCH (n0:Opportunity)
  WHERE n0.urgency IS NULL AND n0.key IS NOT NULL AND any(one IN $p0 WHERE one IN coalesce(n0.tags, []))
  RETURN n0 ORDER BY n0.key LIMIT $p1
}
WITH n0 LIMIT $p1
WITH collect([[n0.urgency, n0.key], [[n0.urgency, n0.key], [n0.key, n0.urgency]]]) AS c0
RETURN [c0, COUNT { MATCH (n0:Opportunity) WHERE any(one IN $p0 WHERE one IN coalesce(n0.tags, [])) }] AS answer

CALL () {
  MATCH (n0:Opportunity)
  WHERE n0.urgency IS NULL AND n0.key < $p2[1] AND any(one IN $p0 WHERE one IN coalesce(n0.tags, []))
  RETURN n0 ORDER BY n0.key DESC LIMIT $p1
  UNION ALL
  MATCH (n0:Opportunity)
  WHERE n0.urgency IS NOT NULL AND n0.key IS NOT NULL AND any(one IN $p0 WHERE one IN coalesce(n0.tags, []))
  RETURN n0 ORDER BY n0.urgency DESC, n0.key DESC LIMIT $p1
}
WITH n0 LIMIT $p1
WITH collect([[n0.key, n0.urgency]]) AS c0
RETURN [c0, EXISTS { MATCH (n0:Opportunity) WHERE any(one IN $p0 WHERE one IN coalesce(n0.tags, [])) AND NOT coalesce((((n0.urgency < $p3[0] OR ($p3[0] IS NULL AND n0.urgency IS NOT NULL))) OR ((n0.urgency = $p3[0] OR (n0.urgency IS NULL AND $p3[0] IS NULL)) AND n0.key < $p3[1])), false) }] AS answer

CALL () {
  MATCH (n0:Opportunity)
  WHERE n0.urgency IS NULL AND n0.key > $p2[1] AND any(one IN $p0 WHERE one IN coalesce(n0.tags, []))
  RETURN n0 ORDER BY n0.key LIMIT $p1
}
WITH n0 LIMIT $p1
WITH collect([[n0.key, n0.urgency]]) AS c0
RETURN [c0, EXISTS { MATCH (n0:Opportunity) WHERE any(one IN $p0 WHERE one IN coalesce(n0.tags, [])) AND NOT coalesce((((n0.urgency > $p3[0] OR ($p3[0] IS NOT NULL AND n0.urgency IS NULL))) OR ((n0.urgency = $p3[0] OR (n0.urgency IS NULL AND $p3[0] IS NULL)) AND n0.key > $p3[1])), false) }] AS answer

MATCH (n0:Insight {key: $key})
CALL (n0) {
  MATCH (n0)-[r1:RAISES]->(n1)
  WITH n1, r1 ORDER BY (n1.name + '') DESC, n1.key DESC, r1.id DESC LIMIT $p0
  RETURN collect([[n1.name]]) AS c1
}
RETURN head(collect([c1])) AS answer

MATCH (n0:Opportunity)
WHERE any(one IN $p0 WHERE one IN coalesce(n0.tags, []))
WITH n0 ORDER BY n0.urgency IS NULL, n0.urgency DESC, n0.confidence IS NULL, n0.confidence, n0.key LIMIT $p1
WITH collect([[n0.key, n0.urgency, n0.confidence]]) AS c0
RETURN c0 AS answer
