CALL () {
  MATCH (n0:Opportunity)
  WHERE n0.key IS NOT NULL AND toLower(n0.key) STARTS WITH toLower($p0) AND EXISTS { MATCH (n0)<-[r1:RAISES]-(n1:Insight) WHERE ((n1.type = $p1 AND n1.severity = $p2)) }
  RETURN n0 ORDER BY n0.key LIMIT $p3
}
WITH n0 LIMIT $p3
WITH collect([[n0.key]]) AS c0
RETURN c0 AS answer

CALL () {
  MATCH (n0:Opportunity)
  WHERE n0.key IS NOT NULL AND toLower(n0.key) STARTS WITH toLower($p0) AND EXISTS { MATCH (n0)<-[r1:RAISES]-(n1:Insight) WHERE ((n1.type = $p1)) }
  RETURN n0 ORDER BY n0.key LIMIT $p2
}
WITH n0 LIMIT $p2
WITH collect([[n0.key]]) AS c0
RETURN c0 AS answer

CALL () {
  MATCH (n0:Opportunity)
  WHERE n0.key IS NOT NULL AND toLower(n0.key) STARTS WITH toLower($p0) AND EXISTS { MATCH (n0)<-[r1:RAISES]-(n1:Insight) WHERE true } AND NOT EXISTS { MATCH (n0)<-[r2:RAISES]-(n2:Insight) WHERE NOT coalesce(((n2.type = $p1)), false) }
  RETURN n0 ORDER BY n0.key LIMIT $p2
}
WITH n0 LIMIT $p2
WITH collect([[n0.key]]) AS c0
RETURN c0 AS answer

CALL () {
  MATCH (n0:Opportunity)
  WHERE n0.key IS NOT NULL AND toLower(n0.key) STARTS WITH toLower($p0) AND NOT EXISTS { MATCH (n0)<-[r1:RAISES]-(n1:Insight) WHERE ((n1.severity >= $p1)) }
  RETURN n0 ORDER BY n0.key LIMIT $p2
}
WITH n0 LIMIT $p2
WITH collect([[n0.key]]) AS c0
RETURN c0 AS answer

CALL () {
  MATCH (n0:Opportunity)
  WHERE n0.key IS NOT NULL AND toLower(n0.key) STARTS WITH toLower($p0) AND NOT EXISTS { MATCH (n0)<-[r1:RAISES]-(n1:Insight) WHERE NOT coalesce(((n1.type = $p1)), false) }
  RETURN n0 ORDER BY n0.key LIMIT $p2
}
WITH n0 LIMIT $p2
WITH collect([[n0.key]]) AS c0
RETURN c0 AS answer

MATCH (n0:Opportunity {key: $key})
CALL (n0) {
  MATCH (n0)<-[r1:RAISES]-(n1:Insight)
  WHERE NOT coalesce((((n1.severity IS NULL) = $p0)), false)
  WITH n1, r1 ORDER BY n1.key, r1.id LIMIT $p1
  RETURN collect([[n1.key, n1.severity]]) AS c1
}
CALL (n0) {
  MATCH (n0)<-[r2:RAISES]-(n2:Insight)
  WITH n2, r2 ORDER BY n2.key, r2.id LIMIT $p2
  CALL (n2) {
    MATCH (n2)-[r3:RAISES]->(n3)
    WHERE (n3.urgency IS NULL) = $p3
    WITH n3, r3 ORDER BY n3.key, r3.id LIMIT $p4
    RETURN collect([[n3.key]]) AS c3
  }
  RETURN collect([[n2.key, [c3, COUNT { MATCH (n2)-[r3:RAISES]->(n3) WHERE (n3.urgency IS NULL) = $p3 }]]]) AS c2
}
RETURN head(collect([[c1, COUNT { MATCH (n0)<-[r1:RAISES]-(n1:Insight) WHERE NOT coalesce((((n1.severity IS NULL) = $p0)), false) }], c2])) AS answer
