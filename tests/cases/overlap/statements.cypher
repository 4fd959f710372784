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
RETURN [list0, list1, list2] AS answer

CALL () {
CALL () {
CALL () {
CALL () {
CALL () {
MATCH (n:Opportunity|Proposition|Initiative)
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
  WITH n WHERE any(label IN labels(n) WHERE label IN $p2)
  RETURN collect(n) AS items
}
CALL (items) {
  UNWIND items AS item
  MATCH (item)<-[:ADDRESSED_BY|DELIVERED_BY*1..2]-(n)
  RETURN collect(DISTINCT n) AS before
}
CALL (items) {
  UNWIND items AS item
  MATCH (item)-[:ADDRESSED_BY|DELIVERED_BY*1..2]->(n)
  RETURN collect(DISTINCT n) AS after
}
CALL (items, before, after) {
  UNWIND items + before + after AS n
  WITH DISTINCT n
  RETURN collect(n) AS around
}
CALL (around) {
  UNWIND around AS n
  RETURN collect([
    id(n), n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key,
    coalesce(n.opportunityStatus, n.propositionStatus, n.initiativeStatus),
    n.customerValue, n.businessValue, n.urgency, n.riskReduction, n.impact, n.reach, n.effort, n.confidence, n.cost,
    n.currency
  ]) AS rows
}
CALL (around) {
  UNWIND around AS n
  MATCH (n)-[r:ADDRESSED_BY]->(m)
  RETURN collect([id(n), id(m), r.fit]) AS addressed
}
CALL (around) {
  UNWIND around AS n
  MATCH (n)-[:DELIVERED_BY]->(m)
  RETURN collect([id(n), id(m)]) AS delivered
}
RETURN thread, items, around, [[n IN items | id(n)], rows, addressed, delivered] AS reached
}
CALL (around) {
  UNWIND around AS n
  WITH n WHERE n:Opportunity
  MATCH (n)<-[:RAISES]-(insight:Insight)
  WHERE coalesce(insight.insightStatus, '') <> 'REFUTED'
    AND (insight.type IS NULL OR insight.type IN ['PAIN', 'UNMET_NEED'])
  RETURN collect([id(insight), id(n)]) AS raised, collect(DISTINCT insight) AS insights
}
CALL (insights) {
  UNWIND insights AS n
  RETURN collect([id(n), n.id, n.key, n.type, n.insightStatus, n.severity, n.reach]) AS pains
}
CALL (insights) {
  UNWIND CASE WHEN 'evidence' IN $p3 THEN insights ELSE [] END AS n
  MATCH (n)<-[backs:BACKS]-(evidence)
  OPTIONAL MATCH (evidence)-[:FROM_STUDY]->(study)
  RETURN collect([
    id(n), id(evidence), evidence.id, evidence.key, backs.evidenceStance, backs.support, backs.of, evidence.evidenceSort,
    toString(coalesce(evidence.collectedOn, study.fieldedFrom, study.fieldedTo)), id(study)
  ]) AS evidence
}
CALL (around) {
  UNWIND CASE WHEN 'evidence' IN $p3 THEN around ELSE [] END AS n
  WITH n WHERE n:Opportunity OR n:Proposition
  MATCH (n)<-[:ABOUT]-(hypothesis)
  RETURN collect([id(hypothesis), hypothesis.hypothesisVerdict, id(n)]) AS hypotheses
}
CALL (insights) {
  UNWIND CASE WHEN 'voices' IN $p3 THEN insights ELSE [] END AS n
  MATCH (n)<-[:VOICES]-(voice)
  RETURN collect([id(n), id(voice)]) AS voiced, collect(DISTINCT voice) AS speaking
}
CALL (insights) {
  UNWIND CASE WHEN 'personas' IN $p3 THEN insights ELSE [] END AS n
  MATCH (n)<-[:REVEALS]-()<-[:HAS_TOUCHPOINT|HAS_STEP|HAS_STAGE*0..3]-(:Journey)<-[:TAKES]-(persona)
  WITH DISTINCT n, persona
  RETURN collect([id(n), id(persona)]) AS met, collect(DISTINCT persona) AS meeting
}
CALL (insights) {
  UNWIND CASE WHEN 'personas' IN $p3 THEN insights ELSE [] END AS n
  MATCH (n)<-[:UNDERLIES]-()<-[:HAS_NEED]-(persona)
  WITH DISTINCT n, persona
  RETURN collect([id(n), id(persona)]) AS felt, collect(DISTINCT persona) AS feeling
}
CALL (around) {
  UNWIND CASE WHEN 'personas' IN $p3 THEN around ELSE [] END AS n
  WITH n WHERE n:Opportunity
  MATCH (n)<-[:RAISES]-(:Need)<-[:HAS_NEED]-(persona)
  WITH DISTINCT n, persona
  RETURN collect([id(n), id(persona)]) AS needed, collect(DISTINCT persona) AS needing
}
CALL (speaking, meeting, feeling, needing) {
  UNWIND speaking + meeting + feeling + needing AS n
  WITH DISTINCT n
  RETURN
    collect(n) AS heard,
    collect([
      id(n), n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key,
      CASE WHEN n:Segment THEN [id(n)] ELSE COLLECT { MATCH (n)-[:IN_SEGMENT]->(segment) RETURN id(segment) } END
    ]) AS voices
}
CALL (heard) {
  CALL (heard) {
    UNWIND heard AS n
    WITH n WHERE n:Segment
    RETURN n
    UNION
    UNWIND heard AS voice
    MATCH (voice)-[:IN_SEGMENT]->(n)
    RETURN n
  }
  WITH n, COLLECT { MATCH (n)<-[:IN_SEGMENT]-(account:Account) RETURN account } AS within
  RETURN
    collect([id(n), n.id, n.key, n.size, n.annualValue, n.currency, [one IN within | id(one)]]) AS segments,
    collect(within) AS lists
}
CALL (heard, lists) {
  CALL (heard, lists) {
    UNWIND heard AS n
    WITH n WHERE n:Account
    RETURN n
    UNION
    UNWIND lists AS within
    UNWIND within AS n
    RETURN n
  }
  RETURN collect([id(n), n.id, n.key, n.annualValue, n.currency, n.accountStatus, toString(n.renewalOn)]) AS accounts
}
CALL (insights) {
  UNWIND CASE WHEN 'moments' IN $p3 THEN insights ELSE [] END AS n
  MATCH (n)<-[:REVEALS]-(place)<-[experience:EXPERIENCES]-(persona)
  WHERE coalesce(experience.momentOfTruth, true) AND coalesce(experience.experienceGrounds, '') <> 'TARGET'
  RETURN collect([id(n), id(place), id(persona), experience.momentOfTruth]) AS moments
}
RETURN
  thread, items, around, reached,
  [
    raised, pains, evidence, hypotheses, voiced, met + felt + needed, voices, segments, accounts, moments
  ] AS learned
}
RETURN thread, items, around, reached, learned, [$p4, [], [], [], [], [], [], [], [], [], [], []] AS work
}
RETURN [$p4, thread, reached, learned, work] AS facts
