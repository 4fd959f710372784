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
  UNWIND $ids0 AS id0
  MATCH (n0:Entity {id: id0})
  RETURN collect([n0.id, [n0.key]]) AS list0
}
RETURN [list0] AS answer

CALL () {
CALL () {
CALL () {
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
  WITH n WHERE any(label IN labels(n) WHERE label IN $p3)
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
  UNWIND CASE WHEN 'evidence' IN $p4 THEN insights ELSE [] END AS n
  MATCH (n)<-[backs:BACKS]-(evidence)
  OPTIONAL MATCH (evidence)-[:FROM_STUDY]->(study)
  RETURN collect([
    id(n), id(evidence), evidence.id, evidence.key, backs.evidenceStance, backs.support, backs.of, evidence.evidenceSort,
    toString(coalesce(evidence.collectedOn, study.fieldedFrom, study.fieldedTo)), id(study)
  ]) AS evidence
}
CALL (around) {
  UNWIND CASE WHEN 'evidence' IN $p4 THEN around ELSE [] END AS n
  WITH n WHERE n:Opportunity OR n:Proposition
  MATCH (n)<-[:ABOUT]-(hypothesis)
  RETURN collect([id(hypothesis), hypothesis.hypothesisVerdict, id(n)]) AS hypotheses
}
CALL (insights) {
  UNWIND CASE WHEN 'voices' IN $p4 THEN insights ELSE [] END AS n
  MATCH (n)<-[:VOICES]-(voice)
  RETURN collect([id(n), id(voice)]) AS voiced, collect(DISTINCT voice) AS speaking
}
CALL (insights) {
  UNWIND CASE WHEN 'personas' IN $p4 THEN insights ELSE [] END AS n
  MATCH (n)<-[:REVEALS]-()<-[:HAS_TOUCHPOINT|HAS_STEP|HAS_STAGE*0..3]-(:Journey)<-[:TAKES]-(persona)
  WITH DISTINCT n, persona
  RETURN collect([id(n), id(persona)]) AS met, collect(DISTINCT persona) AS meeting
}
CALL (insights) {
  UNWIND CASE WHEN 'personas' IN $p4 THEN insights ELSE [] END AS n
  MATCH (n)<-[:UNDERLIES]-()<-[:HAS_NEED]-(persona)
  WITH DISTINCT n, persona
  RETURN collect([id(n), id(persona)]) AS felt, collect(DISTINCT persona) AS feeling
}
CALL (around) {
  UNWIND CASE WHEN 'personas' IN $p4 THEN around ELSE [] END AS n
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
  UNWIND CASE WHEN 'moments' IN $p4 THEN insights ELSE [] END AS n
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
RETURN thread, items, around, reached, learned, [$p5, [], [], [], [], [], [], [], [], [], [], []] AS work
}
RETURN [$p5, thread, reached, learned, work] AS facts

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
CALL (items) {
  UNWIND CASE
    WHEN any(name IN $p3 WHERE name IN [
      'parties', 'load', 'stances', 'enablers', 'claims', 'realism', 'promises', 'realises'
    ]) THEN items
    ELSE []
  END AS item
  MATCH (item)-[:ADDRESSED_BY|DELIVERED_BY*0..2]->(n)
  WITH DISTINCT n
  RETURN collect(n) AS beneath
}
CALL (beneath) {
  UNWIND CASE WHEN any(name IN $p3 WHERE name IN ['parties', 'enablers', 'promises']) THEN beneath ELSE [] END AS n
  MATCH (n)-[:MAKES]->(promise)
  RETURN collect([id(n), id(promise), promise.id, promise.key]) AS makes, collect(DISTINCT promise) AS promises
}
CALL (beneath, promises) {
  UNWIND CASE WHEN 'parties' IN $p3 THEN beneath + promises ELSE [] END AS n
  WITH n, COLLECT { MATCH (n)-[r:OWNED_BY|INVOLVES|RUN_BY]->(party) RETURN [CASE type(r) WHEN 'OWNED_BY' THEN 'ACCOUNTABLE' WHEN 'RUN_BY' THEN 'RUNS' ELSE r.involvementRole END, r.contribution, r.effort, [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key], COLLECT { MATCH (party)-[:MEMBER_OF]->(of) RETURN [of.id, head([label IN labels(of) WHERE label <> 'Entity']), of.key] }] } AS parts
  WHERE size(parts) > 0
  RETURN collect([id(n), parts]) AS parties
}
CALL (beneath, promises) {
  UNWIND CASE WHEN 'load' IN $p3 THEN beneath + promises ELSE [] END AS acted
  MATCH (acted)-[:OWNED_BY|INVOLVES]->(party)
  WITH DISTINCT party
  CALL (party) {
    CALL (party) {
      RETURN party AS member
      UNION
      MATCH (party)<-[:MEMBER_OF]-(member)
      RETURN member
    }
    MATCH (member)<-[part:INVOLVES]-(n)
    WHERE NOT coalesce(n.initiativeStatus IN ['STOPPED'] OR n.propositionStatus IN ['RETIRED'] OR n.opportunityStatus IN ['CLOSED', 'PARKED'] OR (n.initiativeStatus = 'DONE' AND coalesce(n.finished <= date($p4), true)) OR (n:Promise AND EXISTS { (n)<-[:MAKES]-() } AND NOT EXISTS { (n)<-[:MAKES]-(maker) WHERE coalesce(maker.propositionStatus, '') <> 'RETIRED' }), false)
    RETURN collect([head([label IN labels(n) WHERE label <> 'Entity']), part.effort]) AS efforts
  }
  RETURN collect([party.id, efforts]) AS load
}
CALL (beneath) {
  UNWIND CASE WHEN 'stances' IN $p3 THEN beneath ELSE [] END AS n
  MATCH (n)<-[stands:STANDS_ON]-(stakeholder)
  RETURN collect([id(n), stakeholder.id, stakeholder.key, stands.stakeholderStance, stands.why]) AS stances
}
CALL (beneath, promises) {
  UNWIND CASE WHEN 'enablers' IN $p3 THEN beneath + promises ELSE [] END AS n
  MATCH (n)-[:REQUIRES]->(enabler)
  WITH enabler, collect(id(n)) AS through
  RETURN collect([
    enabler.id, enabler.key, enabler.readiness, enabler.cost, enabler.currency, through
  ]) AS enablers
}
CALL (beneath) {
  UNWIND CASE WHEN 'claims' IN $p3 THEN beneath ELSE [] END AS n
  MATCH (n)-[claim:MOVES]->(kpi)
  RETURN collect([id(n), n.id, CASE WHEN n:Initiative THEN 'Initiative' ELSE 'Proposition' END, n.key, coalesce(n.propositionStatus, n.initiativeStatus), claim.expectedChange, toString(claim.by), claim.confidence, id(kpi), COLLECT { MATCH (n)-[:DELIVERED_BY]->(initiative) RETURN id(initiative) }, CASE WHEN n:Initiative THEN [coalesce(toString(n.start), '')] ELSE COLLECT { MATCH (n)-[:DELIVERED_BY]->(initiative) RETURN coalesce(toString(initiative.start), '') } END, COLLECT { MATCH (n)-[:OWNED_BY]->(party:Department|Partner) RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key] AS row UNION MATCH (n)-[:OWNED_BY]->(:Stakeholder)-[:MEMBER_OF]->(party) RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key] AS row }]) AS claims, collect(DISTINCT kpi) AS claimed, collect(DISTINCT n) AS claimants
}
CALL (claimants) {
  UNWIND CASE WHEN 'realism' IN $p3 THEN claimants ELSE [] END AS claimant
  CALL (claimant) {
    MATCH (claimant)-[:OWNED_BY]->(party:Department|Partner)
    RETURN party
    UNION
    MATCH (claimant)-[:OWNED_BY]->(:Stakeholder)-[:MEMBER_OF]->(party)
    RETURN party
  }
  WITH DISTINCT party
  CALL (party) {
    RETURN party AS owner
    UNION
    MATCH (party)<-[:MEMBER_OF]-(owner)
    RETURN owner
  }
  MATCH (owner)<-[:OWNED_BY]-(n:Initiative|Proposition)
  WITH DISTINCT n
  MATCH (n)-[claim:MOVES]->(kpi)
  RETURN collect([id(n), n.id, CASE WHEN n:Initiative THEN 'Initiative' ELSE 'Proposition' END, n.key, coalesce(n.propositionStatus, n.initiativeStatus), claim.expectedChange, toString(claim.by), claim.confidence, id(kpi), COLLECT { MATCH (n)-[:DELIVERED_BY]->(initiative) RETURN id(initiative) }, CASE WHEN n:Initiative THEN [coalesce(toString(n.start), '')] ELSE COLLECT { MATCH (n)-[:DELIVERED_BY]->(initiative) RETURN coalesce(toString(initiative.start), '') } END, COLLECT { MATCH (n)-[:OWNED_BY]->(party:Department|Partner) RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key] AS row UNION MATCH (n)-[:OWNED_BY]->(:Stakeholder)-[:MEMBER_OF]->(party) RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key] AS row }]) AS past, collect(DISTINCT kpi) AS foreseen
}
CALL (claimed, foreseen) {
  UNWIND claimed + foreseen AS kpi
  WITH DISTINCT kpi
  RETURN collect([
    [id(kpi), kpi.id, kpi.key, kpi.kpiMethod, kpi.variant, kpi.unit, kpi.direction, kpi.scaleMin, kpi.scaleMax, kpi.goodFrom, kpi.badTo, kpi.aggregate, kpi.baseline, toString(kpi.baselineOn), kpi.target, toString(kpi.targetBy), kpi.holdBand, kpi.weight],
    COLLECT {
      MATCH (kpi)-[:HAS_MEASUREMENT]->(m)
      WHERE m.measuredOn <= date($p4) AND coalesce(m.measurementSubject, 'OWN') = 'OWN' AND m.competitor IS NULL AND NOT EXISTS { (m)-[:MEASURED_FOR]->() }
      RETURN [m.id, toString(m.measuredOn), m.value, m.sampleSize, m.counts, m.countedBy, m.measurementSubject, m.competitor, m.respondentSide, COLLECT { MATCH (m)-[:MEASURED_FOR]->(part) RETURN [id(part), part.id, head([label IN labels(part) WHERE label <> 'Entity']), part.key] }]
    }
  ]) AS kpis
}
CALL (promises) {
  UNWIND CASE WHEN 'promises' IN $p3 THEN promises ELSE [] END AS n
  OPTIONAL MATCH (n)-[:MEASURED_BY]->(kpi)
  OPTIONAL MATCH (n)-[:OWNED_BY]->(owner)
  RETURN collect([id(n), n.id, n.key, n.promiseLevel, n.share, toString(n.due), CASE WHEN kpi IS NOT NULL THEN [id(kpi), kpi.id, kpi.key, kpi.kpiMethod, kpi.variant, kpi.unit, kpi.direction, kpi.scaleMin, kpi.scaleMax, kpi.goodFrom, kpi.badTo, kpi.aggregate, kpi.baseline, toString(kpi.baselineOn), kpi.target, toString(kpi.targetBy), kpi.holdBand, kpi.weight] END, CASE WHEN owner IS NOT NULL THEN [owner.id, head([label IN labels(owner) WHERE label <> 'Entity'])] END, COLLECT { MATCH (n)<-[:MAKES]-(proposition) OPTIONAL MATCH (proposition)-[:OWNED_BY]->(answers) OPTIONAL MATCH (answers)-[:MEMBER_OF]->(party) WITH proposition, answers, collect(id(party)) AS parties RETURN [proposition.id, proposition.key, proposition.propositionStatus, CASE WHEN answers IS NOT NULL THEN [id(answers)] + parties END] }, COLLECT { MATCH (n)-[:MADE_AT]->(place) OPTIONAL MATCH (place)-[:RUN_BY]->(party) RETURN [place.id, place.key, id(party), party.id, head([label IN labels(party) WHERE label <> 'Entity'])] }, COLLECT { MATCH (n)-[:KEPT_AT]->(place) OPTIONAL MATCH (place)-[:RUN_BY]->(party) RETURN [place.id, place.key, id(party), party.id, head([label IN labels(party) WHERE label <> 'Entity'])] }, COLLECT { MATCH (n)-[:MADE_TO]->(to) RETURN [id(to), to.id, head([label IN labels(to) WHERE label <> 'Entity']), to.key, to.side] }, COLLECT { MATCH (kpi)-[:HAS_MEASUREMENT]->(m) WHERE m.measuredOn <= date($p4) AND (n.due IS NULL OR n.due > date($p4) OR m.measuredOn >= n.due) AND coalesce(m.measurementSubject, 'OWN') = 'OWN' AND m.competitor IS NULL AND (NOT EXISTS { (m)-[:MEASURED_FOR]->() } OR (EXISTS { (m)-[:MEASURED_FOR]->()<-[:MADE_TO]-(n) } AND count { (m)-[:MEASURED_FOR]->() } = 1)) RETURN [m.id, toString(m.measuredOn), m.value, m.sampleSize, m.counts, m.countedBy, m.measurementSubject, m.competitor, m.respondentSide, COLLECT { MATCH (m)-[:MEASURED_FOR]->(part) RETURN [id(part), part.id, head([label IN labels(part) WHERE label <> 'Entity']), part.key] }] }]) AS standings
}
CALL (beneath) {
  UNWIND CASE WHEN 'realises' IN $p3 THEN beneath ELSE [] END AS n
  MATCH (n)-[:REALISES]->(place)
  WITH place, collect(id(n)) AS through
  RETURN collect([
    place.id,
    head([label IN labels(place) WHERE label <> 'Entity']),
    place.key,
    COLLECT {
      MATCH (place)<-[:HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT*1..3]-(journey:Journey)
      RETURN DISTINCT [journey.id, journey.key]
    },
    through
  ]) AS realised
}
CALL (items) {
  UNWIND CASE WHEN 'decision' IN $p3 THEN items ELSE [] END AS n
  MATCH (n)<-[:DECIDES]-(decision:Decision)
  WHERE decision.decidedOn IS NULL OR decision.decidedOn <= date($p4)
  WITH n, decision
  ORDER BY coalesce(decision.decidedOn, date(decision.createdAt)) DESC, decision.createdAt DESC, decision.id
  WITH n, head(collect(decision.id)) AS latest
  RETURN collect([id(n), latest]) AS decisions
}
RETURN thread, items, around, reached, learned, [
  $p4, makes, parties, load, stances, enablers, claims, past, kpis, standings, realised, decisions
] AS work
}
RETURN [$p4, thread, reached, learned, work] AS facts
