CALL () {
  UNWIND $ids0 AS id0
  MATCH (n0:Entity {id: id0})
  RETURN collect([n0.id, [n0.key]]) AS list0
}
CALL () {
  UNWIND $ids1 AS id1
  MATCH (n1:Entity {id: id1})
  RETURN collect([n1.id, [n1.key]]) AS list1
}
CALL () {
  UNWIND $ids2 AS id2
  MATCH (n2:Entity {id: id2})
  RETURN collect([n2.id, [n2.key]]) AS list2
}
CALL () {
  UNWIND $ids3 AS id3
  MATCH (n3:Entity {id: id3})
  RETURN collect([n3.id, [n3.key]]) AS list3
}
RETURN [list0, list1, list2, list3] AS answer

CALL () {
  UNWIND $ids0 AS id0
  MATCH (n0:Entity {id: id0})
  RETURN collect([n0.id, [n0.key]]) AS list0
}
CALL () {
  UNWIND $ids1 AS id1
  MATCH (n1:Entity {id: id1})
  RETURN collect([n1.id, [n1.key]]) AS list1
}
RETURN [list0, list1] AS answer

CALL () {
CALL () {
CALL () {
CALL () {
UNWIND $p0.journeys AS key
MATCH (n:Journey) USING INDEX SEEK n:Journey(key)
WHERE n.key = key
RETURN 'journeys' AS plural, n
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
  WITH n WHERE n:Hypothesis
  WITH n,
    COLLECT {
      MATCH (n)<-[:SETTLES]-(insight:Insight)
      RETURN insight
      UNION
      MATCH (n)-[:ABOUT]->(:Need|Stage|Step|Touchpoint)-[:UNDERLIES|REVEALS]->(insight:Insight)
      RETURN insight
    } AS near,
    COLLECT {
      MATCH (n)-[:ABOUT]->(:Opportunity)<-[:RAISES]-(insight:Insight)
      RETURN insight
      UNION
      MATCH (n)-[:ABOUT]->(:Proposition)<-[:ADDRESSED_BY]-(:Opportunity)<-[:RAISES]-(insight:Insight)
      RETURN insight
    } AS behind,
    COLLECT {
      MATCH (n)-[:ABOUT]->(about:Opportunity|Proposition)
      RETURN about
    } AS abouts
  RETURN
    collect([
      id(n), n.id, n.key, n.hypothesisVerdict, count { (n)<-[:TESTS]-() },
      [one IN near + behind | id(one)], [one IN near + abouts | id(one)]
    ]) AS hypotheses,
    collect(near + behind) AS borne,
    collect(abouts) AS supposed
}
CALL (candidates) {
  UNWIND candidates AS n
  WITH n WHERE n:Opportunity
  WITH n, COLLECT { MATCH (n)<-[:RAISES]-(insight:Insight) RETURN insight } AS raising
  RETURN collect([id(n), n.id, n.key, [one IN raising | id(one)]]) AS opportunities, collect(raising) AS raised
}
CALL (candidates, borne, raised) {
  CALL (candidates, borne, raised) {
    UNWIND candidates AS n
    WITH n WHERE n:Insight
    RETURN n
    UNION
    UNWIND borne + raised AS several
    UNWIND several AS n
    RETURN n
  }
  RETURN collect(n) AS learned
}
CALL (learned) {
  UNWIND learned AS n
  RETURN collect([id(n), n.id, n.key, n.insightStatus, n.severity]) AS insights
}
CALL (learned) {
  UNWIND learned AS n
  MATCH (n)<-[backs:BACKS]-(evidence)
  OPTIONAL MATCH (evidence)-[:FROM_STUDY]->(study)
  RETURN
    collect([
      id(n), id(evidence), evidence.id, evidence.key, backs.evidenceStance, backs.support, backs.of, evidence.evidenceSort,
      toString(coalesce(evidence.collectedOn, study.fieldedFrom, study.fieldedTo)), id(study)
    ]) AS evidence,
    collect(DISTINCT [id(study), study.participants]) AS studies
}
CALL (learned, supposed) {
  CALL (learned, supposed) {
    UNWIND supposed + [learned] AS several
    UNWIND several AS n
    RETURN DISTINCT n
  }
  MATCH (n)-[:RAISES|ADDRESSED_BY|DELIVERED_BY*0..3]->(m)
  WITH DISTINCT m
  RETURN collect(m) AS ahead
}
CALL (ahead) {
  UNWIND ahead AS n
  MATCH (n)-[:RAISES|ADDRESSED_BY|DELIVERED_BY]->(m)
  RETURN [collect(id(n)), collect(id(m))] AS onward
}
CALL (ahead) {
  UNWIND ahead AS n
  WITH n WHERE n:Proposition OR n:Initiative
  RETURN collect([
    id(n), n:Initiative, coalesce(n.propositionStatus, '') = 'RETIRED' OR coalesce(n.initiativeStatus, '') = 'STOPPED'
  ]) AS work
}
RETURN [thread, $p3, insights, hypotheses, opportunities, evidence, studies, onward, work] AS facts

CALL () {
CALL () {
MATCH (n:Insight|Hypothesis|Opportunity)
WITH collect(n) AS reached
RETURN [] AS starts, [] AS named, reached
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
  UNWIND candidates AS n
  WITH n WHERE n:Hypothesis
  WITH n,
    COLLECT {
      MATCH (n)<-[:SETTLES]-(insight:Insight)
      RETURN insight
      UNION
      MATCH (n)-[:ABOUT]->(:Need|Stage|Step|Touchpoint)-[:UNDERLIES|REVEALS]->(insight:Insight)
      RETURN insight
    } AS near,
    COLLECT {
      MATCH (n)-[:ABOUT]->(:Opportunity)<-[:RAISES]-(insight:Insight)
      RETURN insight
      UNION
      MATCH (n)-[:ABOUT]->(:Proposition)<-[:ADDRESSED_BY]-(:Opportunity)<-[:RAISES]-(insight:Insight)
      RETURN insight
    } AS behind,
    COLLECT {
      MATCH (n)-[:ABOUT]->(about:Opportunity|Proposition)
      RETURN about
    } AS abouts
  RETURN
    collect([
      id(n), n.id, n.key, n.hypothesisVerdict, count { (n)<-[:TESTS]-() },
      [one IN near + behind | id(one)], [one IN near + abouts | id(one)]
    ]) AS hypotheses,
    collect(near + behind) AS borne,
    collect(abouts) AS supposed
}
CALL (candidates) {
  UNWIND candidates AS n
  WITH n WHERE n:Opportunity
  WITH n, COLLECT { MATCH (n)<-[:RAISES]-(insight:Insight) RETURN insight } AS raising
  RETURN collect([id(n), n.id, n.key, [one IN raising | id(one)]]) AS opportunities, collect(raising) AS raised
}
CALL (candidates, borne, raised) {
  CALL (candidates, borne, raised) {
    UNWIND candidates AS n
    WITH n WHERE n:Insight
    RETURN n
    UNION
    UNWIND borne + raised AS several
    UNWIND several AS n
    RETURN n
  }
  RETURN collect(n) AS learned
}
CALL (learned) {
  UNWIND learned AS n
  RETURN collect([id(n), n.id, n.key, n.insightStatus, n.severity]) AS insights
}
CALL (learned) {
  UNWIND learned AS n
  MATCH (n)<-[backs:BACKS]-(evidence)
  OPTIONAL MATCH (evidence)-[:FROM_STUDY]->(study)
  RETURN
    collect([
      id(n), id(evidence), evidence.id, evidence.key, backs.evidenceStance, backs.support, backs.of, evidence.evidenceSort,
      toString(coalesce(evidence.collectedOn, study.fieldedFrom, study.fieldedTo)), id(study)
    ]) AS evidence,
    collect(DISTINCT [id(study), study.participants]) AS studies
}
CALL (learned, supposed) {
  CALL (learned, supposed) {
    UNWIND supposed + [learned] AS several
    UNWIND several AS n
    RETURN DISTINCT n
  }
  MATCH (n)-[:RAISES|ADDRESSED_BY|DELIVERED_BY*0..3]->(m)
  WITH DISTINCT m
  RETURN collect(m) AS ahead
}
CALL (ahead) {
  UNWIND ahead AS n
  MATCH (n)-[:RAISES|ADDRESSED_BY|DELIVERED_BY]->(m)
  RETURN [collect(id(n)), collect(id(m))] AS onward
}
CALL (ahead) {
  UNWIND ahead AS n
  WITH n WHERE n:Proposition OR n:Initiative
  RETURN collect([
    id(n), n:Initiative, coalesce(n.propositionStatus, '') = 'RETIRED' OR coalesce(n.initiativeStatus, '') = 'STOPPED'
  ]) AS work
}
RETURN [thread, $p2, insights, hypotheses, opportunities, evidence, studies, onward, work] AS facts
