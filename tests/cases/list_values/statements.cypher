CALL () {
  MATCH (n0:KPI)
  WHERE n0.key IS NOT NULL AND toLower(n0.key) STARTS WITH toLower($p0)
  RETURN n0 ORDER BY n0.key LIMIT $p1
}
WITH n0 LIMIT $p1
WITH collect([[n0.key, n0.target]]) AS c0
RETURN c0 AS answer

CALL () {
  MATCH (n0:KPI)
  WHERE n0.key IS NOT NULL AND toLower(n0.key) STARTS WITH toLower($p0) AND n0.target = $p1
  RETURN n0 ORDER BY n0.key LIMIT $p2
}
WITH n0 LIMIT $p2
WITH collect([[n0.key, n0.target]]) AS c0
RETURN c0 AS answer

CALL () {
  MATCH (n0:KPI)
  WHERE n0.key IS NOT NULL AND toLower(n0.key) STARTS WITH toLower($p0) AND n0.target IN $p1
  RETURN n0 ORDER BY n0.key LIMIT $p2
}
WITH n0 LIMIT $p2
WITH collect([[n0.key, n0.target]]) AS c0
RETURN c0 AS answer

CALL () {
  MATCH (n0:Opportunity)
  WHERE n0.key IS NOT NULL AND NOT coalesce((n0.urgency = $p0), false) AND toLower(n0.key) STARTS WITH toLower($p1)
  RETURN n0 ORDER BY n0.key LIMIT $p2
}
WITH n0 LIMIT $p2
WITH collect([[n0.key]]) AS c0
RETURN c0 AS answer

CALL () {
  MATCH (n0:Opportunity)
  WHERE n0.key IS NOT NULL AND false AND toLower(n0.key) STARTS WITH toLower($p0)
  RETURN n0 ORDER BY n0.key LIMIT $p1
}
WITH n0 LIMIT $p1
WITH collect([]) AS c0
RETURN [c0, COUNT { MATCH (n0:Opportunity) WHERE false AND toLower(n0.key) STARTS WITH toLower($p0) }] AS answer

CALL () {
  MATCH (n0:Opportunity)
  WHERE n0.key IS NOT NULL AND toLower(n0.key) STARTS WITH toLower($p0)
  RETURN n0 ORDER BY n0.key LIMIT $p1
}
WITH n0 LIMIT $p1
WITH collect([]) AS c0
RETURN [c0, COUNT { MATCH (n0:Opportunity) WHERE toLower(n0.key) STARTS WITH toLower($p0) }] AS answer

CALL () {
  MATCH (n0:Opportunity)
  WHERE n0.key IS NOT NULL AND toLower(n0.key) STARTS WITH toLower($p0) AND (n0.urgency IS NOT NULL AND NOT n0.urgency IN $p1)
  RETURN n0 ORDER BY n0.key LIMIT $p2
}
WITH n0 LIMIT $p2
WITH collect([[n0.key]]) AS c0
RETURN c0 AS answer

CALL () {
  MATCH (n0:Opportunity)
  WHERE n0.key IS NOT NULL AND toLower(n0.key) STARTS WITH toLower($p0) AND (n0.urgency IS NULL) = $p1
  RETURN n0 ORDER BY n0.key LIMIT $p2
}
WITH n0 LIMIT $p2
WITH collect([[n0.key]]) AS c0
RETURN c0 AS answer

CALL () {
  MATCH (n0:Opportunity)
  WHERE n0.key IS NOT NULL AND toLower(n0.key) STARTS WITH toLower($p0) AND n0.name = $p1
  RETURN n0 ORDER BY n0.name, n0.key LIMIT $p2
}
WITH n0 LIMIT $p2
WITH collect([[n0.key, n0.name]]) AS c0
RETURN c0 AS answer

CALL () {
  MATCH (n0:Opportunity)
  WHERE n0.key IS NOT NULL AND toLower(n0.key) STARTS WITH toLower($p0) AND n0.name = $p1
  RETURN n0 ORDER BY n0.name, n0.key LIMIT $p2
}
WITH n0 LIMIT $p2
WITH collect([[n0.key, n0.name]]) AS c0
RETURN c0 AS answer

CALL () {
  MATCH (n0:Opportunity)
  WHERE n0.key IS NOT NULL AND toLower(n0.key) STARTS WITH toLower($p0) AND n0.urgency <> $p1
  RETURN n0 ORDER BY n0.key LIMIT $p2
}
WITH n0 LIMIT $p2
WITH collect([[n0.key]]) AS c0
RETURN c0 AS answer

CALL () {
  MATCH (n0:Opportunity)
  WHERE n0.key IS NOT NULL AND toLower(n0.key) STARTS WITH toLower($p0) AND n0.urgency IN $p1
  RETURN n0 ORDER BY n0.key LIMIT $p2
}
WITH n0 LIMIT $p2
WITH collect([[n0.key]]) AS c0
RETURN c0 AS answer

CALL () {
  MATCH (n0:Opportunity)
  WHERE n0.key IS NOT NULL AND toLower(n0.key) STARTS WITH toLower($p0) AND toLower(n0.name) CONTAINS toLower($p1)
  RETURN n0 ORDER BY n0.key LIMIT $p2
}
WITH n0 LIMIT $p2
WITH collect([[n0.key, n0.name]]) AS c0
RETURN c0 AS answer
