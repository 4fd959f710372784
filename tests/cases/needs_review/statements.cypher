CALL () {
CALL () {
CALL () {
CALL () {
  UNWIND coalesce($p0.goals, []) AS key MATCH (n:Goal) USING INDEX SEEK n:Goal(key) WHERE n.key = key RETURN 'goals' AS plural, n
  UNION ALL
  UNWIND coalesce($p0.principles, []) AS key MATCH (n:Principle) USING INDEX SEEK n:Principle(key) WHERE n.key = key RETURN 'principles' AS plural, n
  UNION ALL
  UNWIND coalesce($p0.kpis, []) AS key MATCH (n:KPI) USING INDEX SEEK n:KPI(key) WHERE n.key = key RETURN 'kpis' AS plural, n
  UNION ALL
  UNWIND coalesce($p0.segments, []) AS key MATCH (n:Segment) USING INDEX SEEK n:Segment(key) WHERE n.key = key RETURN 'segments' AS plural, n
  UNION ALL
  UNWIND coalesce($p0.accounts, []) AS key MATCH (n:Account) USING INDEX SEEK n:Account(key) WHERE n.key = key RETURN 'accounts' AS plural, n
  UNION ALL
  UNWIND coalesce($p0.triggers, []) AS key MATCH (n:Trigger) USING INDEX SEEK n:Trigger(key) WHERE n.key = key RETURN 'triggers' AS plural, n
  UNION ALL
  UNWIND coalesce($p0.personas, []) AS key MATCH (n:Persona) USING INDEX SEEK n:Persona(key) WHERE n.key = key RETURN 'personas' AS plural, n
  UNION ALL
  UNWIND coalesce($p0.needs, []) AS key MATCH (n:Need) USING INDEX SEEK n:Need(key) WHERE n.key = key RETURN 'needs' AS plural, n
  UNION ALL
  UNWIND coalesce($p0.journeys, []) AS key MATCH (n:Journey) USING INDEX SEEK n:Journey(key) WHERE n.key = key RETURN 'journeys' AS plural, n
  UNION ALL
  UNWIND coalesce($p0.stages, []) AS key MATCH (n:Stage) USING INDEX SEEK n:Stage(key) WHERE n.key = key RETURN 'stages' AS plural, n
  UNION ALL
  UNWIND coalesce($p0.steps, []) AS key MATCH (n:Step) USING INDEX SEEK n:Step(key) WHERE n.key = key RETURN 'steps' AS plural, n
  UNION ALL
  UNWIND coalesce($p0.touchpoints, []) AS key MATCH (n:Touchpoint) USING INDEX SEEK n:Touchpoint(key) WHERE n.key = key RETURN 'touchpoints' AS plural, n
  UNION ALL
  UNWIND coalesce($p0.channels, []) AS key MATCH (n:Channel) USING INDEX SEEK n:Channel(key) WHERE n.key = key RETURN 'channels' AS plural, n
  UNION ALL
  UNWIND coalesce($p0.insights, []) AS key MATCH (n:Insight) USING INDEX SEEK n:Insight(key) WHERE n.key = key RETURN 'insights' AS plural, n
  UNION ALL
  UNWIND coalesce($p0.evidence, []) AS key MATCH (n:Evidence) USING INDEX SEEK n:Evidence(key) WHERE n.key = key RETURN 'evidence' AS plural, n
  UNION ALL
  UNWIND coalesce($p0.studies, []) AS key MATCH (n:Study) USING INDEX SEEK n:Study(key) WHERE n.key = key RETURN 'studies' AS plural, n
  UNION ALL
  UNWIND coalesce($p0.hypotheses, []) AS key MATCH (n:Hypothesis) USING INDEX SEEK n:Hypothesis(key) WHERE n.key = key RETURN 'hypotheses' AS plural, n
  UNION ALL
  UNWIND coalesce($p0.opportunities, []) AS key MATCH (n:Opportunity) USING INDEX SEEK n:Opportunity(key) WHERE n.key = key RETURN 'opportunities' AS plural, n
  UNION ALL
  UNWIND coalesce($p0.propositions, []) AS key MATCH (n:Proposition) USING INDEX SEEK n:Proposition(key) WHERE n.key = key RETURN 'propositions' AS plural, n
  UNION ALL
  UNWIND coalesce($p0.promises, []) AS key MATCH (n:Promise) USING INDEX SEEK n:Promise(key) WHERE n.key = key RETURN 'promises' AS plural, n
  UNION ALL
  UNWIND coalesce($p0.initiatives, []) AS key MATCH (n:Initiative) USING INDEX SEEK n:Initiative(key) WHERE n.key = key RETURN 'initiatives' AS plural, n
  UNION ALL
  UNWIND coalesce($p0.enablers, []) AS key MATCH (n:Enabler) USING INDEX SEEK n:Enabler(key) WHERE n.key = key RETURN 'enablers' AS plural, n
  UNION ALL
  UNWIND coalesce($p0.departments, []) AS key MATCH (n:Department) USING INDEX SEEK n:Department(key) WHERE n.key = key RETURN 'departments' AS plural, n
  UNION ALL
  UNWIND coalesce($p0.partners, []) AS key MATCH (n:Partner) USING INDEX SEEK n:Partner(key) WHERE n.key = key RETURN 'partners' AS plural, n
  UNION ALL
  UNWIND coalesce($p0.stakeholders, []) AS key MATCH (n:Stakeholder) USING INDEX SEEK n:Stakeholder(key) WHERE n.key = key RETURN 'stakeholders' AS plural, n
}
RETURN plural, n
}
WITH plural, n, n:Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Insight|Opportunity|Proposition|Initiative AS on_spine
// Asked once: Neo4j takes the denial of many labels apart, in an order that costs more or less by chance.
CALL (n, on_spine) {
  WITH n, on_spine WHERE on_spine
  RETURN n AS root
  UNION
  MATCH (n)-[:PART_OF|IN_SEGMENT|EXPERIENCES|APPLIES_TO|ON_CHANNEL|RUN_BY|MATTERS_AT|EVOLVES_TO|REALISES|BACKS|FROM_STUDY|TESTS|SETTLES|ABOUT|TARGETS|MAKES|MADE_AT|MADE_TO|KEPT_AT|REQUIRES|DEPENDS_ON|OWNED_BY|INVOLVES|MEMBER_OF|STANDS_ON|MEASURED_BY|AIMS_AT|MOVES|DRIVES|SUPPORTS|FOLLOWS]-(root:Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Insight|Opportunity|Proposition|Initiative)
  WHERE NOT on_spine
  RETURN root
  UNION
  // Whoever has no roots is named all the same.
  WITH n, on_spine WHERE NOT on_spine AND NOT EXISTS { (n)-[:PART_OF|IN_SEGMENT|EXPERIENCES|APPLIES_TO|ON_CHANNEL|RUN_BY|MATTERS_AT|EVOLVES_TO|REALISES|BACKS|FROM_STUDY|TESTS|SETTLES|ABOUT|TARGETS|MAKES|MADE_AT|MADE_TO|KEPT_AT|REQUIRES|DEPENDS_ON|OWNED_BY|INVOLVES|MEMBER_OF|STANDS_ON|MEASURED_BY|AIMS_AT|MOVES|DRIVES|SUPPORTS|FOLLOWS]-(:Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Insight|Opportunity|Proposition|Initiative) }
  RETURN null AS root
}
WITH plural, n, collect(root) AS roots
WITH collect([plural, n.key, n.id, id(n), [root IN roots | id(root)]]) AS starts, collect(n) AS named, collect(roots) AS lists
CALL (lists) {
  UNWIND lists AS roots
  UNWIND roots AS root
  MATCH (root)-[:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|VOICES|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY*0..]->(n)
  WITH DISTINCT n
  RETURN collect(n) AS forward
}
CALL (lists) {
  UNWIND lists AS roots
  UNWIND roots AS root
  MATCH (root)<-[:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|VOICES|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY*0..]-(n)
  WITH DISTINCT n
  RETURN collect(n) AS backward
}
CALL (named, forward, backward) {
  UNWIND named + forward + backward AS n
  WITH DISTINCT n
  RETURN collect(n) AS reached
}
RETURN starts, named, reached
}
CALL (reached) {
  UNWIND CASE WHEN $p1 THEN reached ELSE [] END AS n
  MATCH (n)-[:PART_OF|IN_SEGMENT|EXPERIENCES|APPLIES_TO|ON_CHANNEL|RUN_BY|MATTERS_AT|EVOLVES_TO|REALISES|BACKS|FROM_STUDY|TESTS|SETTLES|ABOUT|TARGETS|MAKES|MADE_AT|MADE_TO|KEPT_AT|REQUIRES|DEPENDS_ON|OWNED_BY|INVOLVES|MEMBER_OF|STANDS_ON|MEASURED_BY|AIMS_AT|MOVES|DRIVES|SUPPORTS|FOLLOWS]-(m)
  RETURN collect(id(n)) AS near, collect(id(m)) AS far, collect(DISTINCT m) AS neighbours
}
CALL (reached, neighbours) {
  UNWIND CASE WHEN $p1 THEN reached + neighbours ELSE [] END AS n
  WITH DISTINCT n
  RETURN collect(n) AS together
}
WITH starts, named, near, far, CASE WHEN $p1 THEN together ELSE reached END AS candidates
CALL (candidates) {
  UNWIND CASE WHEN $p1 THEN candidates ELSE [] END AS n
  MATCH (n)-[r:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY|IN_SEGMENT]->(m)
  WITH type(r) AS type, collect(id(n)) AS starts, collect(id(m)) AS finishes
  RETURN collect([type, starts, finishes]) AS links
}
CALL (candidates) {
  UNWIND CASE WHEN $p1 THEN candidates ELSE [] END AS n
  WITH n WHERE n:Insight
  MATCH (n)<-[:VOICES]-(voice)
  RETURN ['VOICES', collect(id(voice)), collect(id(n))] AS voices
}
CALL (candidates) {
  UNWIND CASE WHEN $p2 IS NULL THEN [] ELSE candidates END AS n
  WITH n WHERE any(tag IN n.tags WHERE tag IN $p2)
  RETURN collect(id(n)) AS tagged
}
RETURN
  named,
  candidates,
  [starts, links + [voices], [near, far], CASE WHEN $p2 IS NULL THEN null ELSE tagged END] AS thread
}
CALL (candidates) {
  UNWIND candidates AS n
  WITH n WHERE n.substanceAt IS NOT NULL
  MATCH (n)-[r:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|VOICES|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY|PART_OF|IN_SEGMENT|EXPERIENCES|APPLIES_TO|ON_CHANNEL|RUN_BY|MATTERS_AT|EVOLVES_TO|REALISES|BACKS|FROM_STUDY|TESTS|SETTLES|ABOUT|TARGETS|MAKES|MADE_AT|MADE_TO|KEPT_AT|REQUIRES|DEPENDS_ON|OWNED_BY|INVOLVES|MEMBER_OF|STANDS_ON|MEASURED_BY|AIMS_AT|MOVES|DRIVES|SUPPORTS|FOLLOWS]-()
  WHERE n.substanceAt > coalesce(r.reviewedAt, r.createdAt)
  RETURN collect([r.id, type(r), [id(startNode(r)), startNode(r).id, head([label IN labels(startNode(r)) WHERE label <> 'Entity']), startNode(r).key], [id(endNode(r)), endNode(r).id, head([label IN labels(endNode(r)) WHERE label <> 'Entity']), endNode(r).key], id(n), toString(n.substanceAt), toString(r.reviewedAt)]) AS suspects
}
RETURN [thread, suspects] AS facts
