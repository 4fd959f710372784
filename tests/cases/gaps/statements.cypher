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
UNWIND $p0.opportunities AS key
MATCH (n:Opportunity) USING INDEX SEEK n:Opportunity(key)
WHERE n.key = key
RETURN 'opportunities' AS plural, n
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
CALL (named) {
  UNWIND CASE WHEN $p6 THEN named ELSE [] END AS n
  CALL (n) {
    MATCH (n:Proposition)-[:MAKES]->(:Promise)-[:REQUIRES]->(m:Enabler)
    RETURN m
    UNION
    MATCH (n:Study)<-[:FROM_STUDY]-(:Evidence)-[:BACKS]->(m:Insight)
    RETURN m
    UNION
    MATCH (n:KPI)-[:DRIVES*1..]->(m:KPI)
    RETURN m
  }
  RETURN collect(m) AS behind
}
CALL (candidates, behind) {
  UNWIND CASE WHEN $p3 THEN candidates + behind ELSE [] END AS n
  MATCH (n)-[:RAISES|ADDRESSED_BY|DELIVERED_BY*0..3]->(m:Opportunity|Proposition|Initiative)
  WITH DISTINCT m
  RETURN collect(m) AS ahead
}
CALL (candidates, behind, ahead) {
  UNWIND CASE WHEN $p3 THEN candidates + behind + ahead ELSE [] END AS n
  WITH DISTINCT n
  RETURN collect(n) AS together
}
WITH named, thread, CASE WHEN $p3 THEN together ELSE candidates END AS judged
CALL (judged) {
  UNWIND judged AS n
  WITH n WHERE n:Goal|KPI|Persona|Journey|Stage|Step|Touchpoint|Insight|Hypothesis|Opportunity|Proposition|Promise|Initiative|Enabler|Department
  RETURN collect(CASE WHEN n:Proposition THEN [10, id(n), CASE WHEN $p4 THEN n.id END, CASE WHEN $p4 THEN n.key END, n.createdAt.epochSeconds / 86400, n.propositionStatus, count { (n)<-[:ADDRESSED_BY]-() }, count { (n)-[:DELIVERED_BY]->() }, count { (n)-[:OWNED_BY]->() }, count { (n)-[:INVOLVES {involvementRole: 'RESPONSIBLE'}]->() }, count { (n)-[:MOVES]->() }, count { (n)-[:MAKES]->() }, count { (n)-[:TARGETS]->() }, count { (n)-[:SUPPORTS]->() }] WHEN n:Journey THEN [3, id(n), CASE WHEN $p4 THEN n.id END, CASE WHEN $p4 THEN n.key END, n.createdAt.epochSeconds / 86400, n.journeyState, count { (n)<-[:TAKES]-() }, count { (n)<-[:STARTS]-() }, count { (n)-[:OWNED_BY]->() }, count { (n)-[:MEASURED_BY]->() }, count { (n)-[:EVOLVES_TO]->() }] WHEN n:Initiative THEN [12, id(n), CASE WHEN $p4 THEN n.id END, CASE WHEN $p4 THEN n.key END, n.createdAt.epochSeconds / 86400, n.initiativeStatus, toString(n.due), toString(n.finished), count { (n)<-[:ADDRESSED_BY]-() }, count { (n)<-[:DELIVERED_BY]-() }, count { (n)-[:OWNED_BY]->() }, count { (n)-[:MOVES]->() }] WHEN n:Touchpoint THEN [6, id(n), CASE WHEN $p4 THEN n.id END, CASE WHEN $p4 THEN n.key END, n.createdAt.epochSeconds / 86400, count { (n)-[:RUN_BY]->() }] WHEN n:Opportunity THEN [9, id(n), CASE WHEN $p4 THEN n.id END, CASE WHEN $p4 THEN n.key END, n.createdAt.epochSeconds / 86400, n.opportunityStatus, count { (n)<-[:RAISES]-() }, count { (n)-[:ADDRESSED_BY]->() }, count { (n)-[:AIMS_AT]->() }] WHEN n:Step THEN [5, id(n), CASE WHEN $p4 THEN n.id END, CASE WHEN $p4 THEN n.key END, n.createdAt.epochSeconds / 86400] WHEN n:Insight THEN [7, id(n), CASE WHEN $p4 THEN n.id END, CASE WHEN $p4 THEN n.key END, n.createdAt.epochSeconds / 86400, n.type, n.insightStatus, n.severity, count { (n)-[:RAISES]->() }, count { (n)<-[:BACKS]-() }] WHEN n:Persona THEN [2, id(n), CASE WHEN $p4 THEN n.id END, CASE WHEN $p4 THEN n.key END, n.createdAt.epochSeconds / 86400, count { (n)-[:HAS_NEED]->() }, count { (n)-[:TAKES]->() }] WHEN n:Stage THEN [4, id(n), CASE WHEN $p4 THEN n.id END, CASE WHEN $p4 THEN n.key END, n.createdAt.epochSeconds / 86400, count { (n)-[:HAS_STEP]->() }, count { (n)-[:HAS_TOUCHPOINT]->() }] WHEN n:KPI THEN [1, id(n), CASE WHEN $p4 THEN n.id END, CASE WHEN $p4 THEN n.key END, n.createdAt.epochSeconds / 86400, n.target, toString(n.baselineOn), count { (n)-[:OWNED_BY]->() }, count { (n)-[:HAS_MEASUREMENT]->() }] WHEN n:Promise THEN [11, id(n), CASE WHEN $p4 THEN n.id END, CASE WHEN $p4 THEN n.key END, n.createdAt.epochSeconds / 86400, n.share, count { (n)-[:KEPT_AT]->() }, count { (n)-[:MEASURED_BY]->() }] WHEN n:Goal THEN [0, id(n), CASE WHEN $p4 THEN n.id END, CASE WHEN $p4 THEN n.key END, n.createdAt.epochSeconds / 86400, count { (n)-[:MEASURED_BY]->() }, count { (n)<-[:SUPPORTS]-() }] WHEN n:Enabler THEN [13, id(n), CASE WHEN $p4 THEN n.id END, CASE WHEN $p4 THEN n.key END, n.createdAt.epochSeconds / 86400, n.readiness, count { (n)-[:OWNED_BY]->() }] WHEN n:Hypothesis THEN [8, id(n), CASE WHEN $p4 THEN n.id END, CASE WHEN $p4 THEN n.key END, n.createdAt.epochSeconds / 86400, n.hypothesisVerdict, count { (n)<-[:TESTS]-() }, count { (n)<-[:SETTLES]-() }] WHEN n:Department THEN [14, id(n), CASE WHEN $p4 THEN n.id END, CASE WHEN $p4 THEN n.key END, n.createdAt.epochSeconds / 86400, count { (n)<-[:OWNED_BY]-() }, count { (n)<-[:RUN_BY]-() }, count { (n)<-[:INVOLVES]-() }] END) AS rows
}
CALL (judged) {
  UNWIND judged AS n
  MATCH (n)-[r:RAISES|ADDRESSED_BY|DELIVERED_BY]->(m)
  WITH type(r) AS type, collect(id(n)) AS starts, collect(id(m)) AS finishes
  RETURN collect([type, starts, finishes]) AS onward
}
CALL (judged) {
  UNWIND CASE WHEN $p5 THEN judged ELSE [] END AS n
  MATCH (n)-[r:OWNED_BY|RUN_BY|INVOLVES]->(m)
  WHERE type(r) <> 'INVOLVES' OR r.involvementRole = 'RESPONSIBLE'
  WITH type(r) AS type, collect(id(n)) AS starts, collect(id(m)) AS finishes
  RETURN collect([type, starts, finishes]) AS parts
}
CALL (named) {
  UNWIND CASE WHEN $p6 THEN named ELSE [] END AS n
  MATCH (n)-[r]-(m:Entity)
  RETURN collect([type(r), id(startNode(r)), id(endNode(r)), r.involvementRole]) AS own
}
CALL (judged) {
  UNWIND CASE WHEN $p5 AND $p4 THEN judged ELSE [] END AS n
  MATCH (n)-[:OWNED_BY|RUN_BY|INVOLVES]->(party)
  WITH DISTINCT party
  RETURN collect([id(party), party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key]) AS parties
}
CALL (judged) {
  UNWIND judged AS n
  WITH n WHERE n:Insight
  MATCH (n)<-[:BACKS]-(evidence)
  WITH n, evidence, evidence.collectedOn AS day,
    CASE WHEN evidence.collectedOn IS NULL OR $p6
      THEN head([(evidence)-[:FROM_STUDY]->(study) | [id(study), toString(coalesce(study.fieldedFrom, study.fieldedTo))]])
    END AS study
  WHERE day IS NOT NULL OR study[1] IS NOT NULL
  RETURN collect([id(n), id(evidence), toString(day), study[0], study[1]]) AS evidence
}
CALL (judged) {
  UNWIND judged AS n
  WITH n WHERE n:KPI
  MATCH (n)-[:HAS_MEASUREMENT]->(measurement)
  WHERE measurement.measuredOn <= date($p7)
  WITH n, max(measurement.measuredOn) AS latest
  RETURN collect([id(n), toString(latest)]) AS measured
}
CALL (judged) {
  UNWIND judged AS n
  WITH n WHERE n:KPI
  MATCH (n)<-[:MEASURED_BY]-(journey:Journey)
  WHERE coalesce(n.baselineOn, date(n.createdAt)) > date(journey.createdAt)
  RETURN collect([id(n), id(journey)]) AS late
}
CALL (judged) {
  UNWIND judged AS n
  WITH n WHERE n:KPI
  MATCH (n)-[:DRIVES*0..]->(driver:KPI)
  WITH DISTINCT driver
  MATCH (driver)-[:DRIVES]->(driven)
  RETURN collect([id(driver), id(driven)]) AS drives
}
CALL (judged) {
  UNWIND judged AS n
  WITH n WHERE n:Step OR n:Touchpoint
  MATCH (n)<-[experience:EXPERIENCES]-(persona)
  WHERE experience.momentOfTruth AND coalesce(experience.experienceGrounds, '') <> 'TARGET'
  WITH n, persona, experience.satisfaction AS satisfaction,
    CASE WHEN n:Step
      THEN COLLECT { MATCH (n)<-[:HAS_STEP]-(stage) RETURN stage }
        + COLLECT { MATCH (n)-[:HAS_TOUCHPOINT]->(touchpoint) RETURN touchpoint }
      ELSE [n]
    END AS places
  RETURN collect([
    id(n), id(persona), satisfaction,
    COLLECT { UNWIND places AS place MATCH (place)-[:MEASURED_BY]->(kpi) RETURN [id(place), id(kpi)] },
    COLLECT { UNWIND places AS place MATCH (place)-[:RUN_BY]->(party) RETURN [id(place), id(party)] }
  ]) AS moments
}
CALL (judged) {
  UNWIND judged AS n
  WITH n WHERE n:Enabler
  CALL (n) {
    MATCH (n)<-[:REQUIRES]-(proposition:Proposition {propositionStatus: 'LIVE'})
    RETURN proposition, null AS promise
    UNION ALL
    MATCH (n)<-[:REQUIRES]-(promise:Promise)<-[:MAKES]-(proposition:Proposition {propositionStatus: 'LIVE'})
    RETURN proposition, promise
  }
  RETURN collect([id(n), id(proposition), id(promise)]) AS live
}
CALL (judged) {
  UNWIND judged AS n
  WITH n WHERE n:Proposition
  MATCH (n)<-[stands:STANDS_ON]-(stakeholder)
  WHERE stands.stakeholderStance IS NOT NULL
  RETURN collect([id(n), id(stakeholder), stands.stakeholderStance]) AS stances
}
CALL (judged) {
  UNWIND judged AS n
  MATCH (n)-[:ADDRESSED_BY|DELIVERED_BY|DEPENDS_ON]->(end)
  WHERE end.propositionStatus = 'RETIRED' OR end.initiativeStatus = 'STOPPED'
  RETURN collect([id(n), id(end)]) AS ended
}
CALL (judged) {
  UNWIND judged AS n
  WITH n WHERE n:Insight
  MATCH (n)<-[:DECIDES]-(decision:Decision)
  WITH n, decision
  ORDER BY coalesce(decision.decidedOn, date(decision.createdAt)) DESC, decision.createdAt DESC, decision.id
  WITH n, head(collect(decision.decisionVerdict)) AS verdict
  RETURN collect([id(n), verdict]) AS verdicts
}
CALL (judged) {
  // Of a part, those of what is in it; of the whole graph, all, of which there are few.
  UNWIND CASE WHEN $p3 THEN judged ELSE [] END AS n
  MATCH (n)<-[:WAIVES]-(waiver:Waiver)
  RETURN collect([id(n), waiver.rule, toString(waiver.expires), waiver.id]) AS waivers
}
CALL () {
  WITH 1 AS once WHERE NOT $p3
  MATCH (waiver:Waiver)-[:WAIVES]->(n)
  RETURN collect([id(n), waiver.rule, toString(waiver.expires), waiver.id]) AS all_waivers
}
RETURN [
  $p7,
  thread,
  rows,
  onward + parts,
  own,
  parties,
  evidence,
  measured,
  late,
  drives,
  moments,
  live,
  stances,
  ended,
  verdicts,
  waivers + all_waivers
] AS facts
