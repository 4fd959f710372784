CALL () {
  UNWIND $ids0 AS id0
  MATCH (n0:Entity {id: id0})
  RETURN collect([n0.id, CASE WHEN n0:Department THEN [0, [n0.key]] WHEN n0:Partner|Stakeholder THEN [1, []] END]) AS list0
}
CALL () {
  UNWIND $ids1 AS id1
  MATCH (n1:Entity {id: id1})
  RETURN collect([n1.id, CASE WHEN n1:Goal|Principle|KPI|Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Channel|Insight|Evidence|Study|Hypothesis|Opportunity|Promise|Initiative|Enabler|Department|Partner|Stakeholder THEN [0, []] WHEN n1:Proposition THEN [1, [n1.key]] END]) AS list1
}
CALL () {
  UNWIND $ids2 AS id2
  MATCH (n2:Entity {id: id2})
  RETURN collect([n2.id, CASE WHEN n2:Goal|Principle|KPI|Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Channel|Insight|Evidence|Study|Hypothesis|Opportunity|Proposition|Promise|Department|Partner|Stakeholder THEN [0, []] WHEN n2:Initiative|Enabler THEN [1, [n2.key]] END]) AS list2
}
CALL () {
  UNWIND $ids3 AS id3
  MATCH (n3:Entity {id: id3})
  RETURN collect([n3.id, CASE WHEN n3:Goal|Principle|KPI|Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Channel|Insight|Evidence|Study|Hypothesis|Opportunity|Proposition|Promise|Department|Partner|Stakeholder THEN [0, []] WHEN n3:Initiative|Enabler THEN [1, [n3.key]] END]) AS list3
}
CALL () {
  UNWIND $ids4 AS id4
  MATCH (n4:Entity {id: id4})
  RETURN collect([n4.id, CASE WHEN n4:Goal|Principle|KPI|Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Channel|Insight|Evidence|Study|Hypothesis|Opportunity|Promise|Initiative|Enabler|Department|Partner|Stakeholder THEN [0, []] WHEN n4:Proposition THEN [1, [n4.key]] END]) AS list4
}
CALL () {
  UNWIND $ids5 AS id5
  MATCH (n5:Entity {id: id5})
  RETURN collect([n5.id, CASE WHEN n5:Goal|Principle|KPI|Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Channel|Insight|Evidence|Study|Hypothesis|Opportunity|Proposition|Promise|Department|Partner|Stakeholder THEN [0, []] WHEN n5:Initiative|Enabler THEN [1, [n5.key]] END]) AS list5
}
CALL () {
  UNWIND $ids6 AS id6
  MATCH (n6:Entity {id: id6})
  RETURN collect([n6.id, CASE WHEN n6:Goal|Principle|KPI|Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Channel|Insight|Evidence|Study|Hypothesis|Opportunity|Proposition|Promise|Enabler|Department|Partner|Stakeholder THEN [0, []] WHEN n6:Initiative THEN [1, [n6.key]] END]) AS list6
}
CALL () {
  UNWIND $ids7 AS id7
  MATCH (n7:Entity {id: id7})
  RETURN collect([n7.id, CASE WHEN n7:Goal|Principle|KPI|Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Channel|Insight|Evidence|Study|Hypothesis|Opportunity|Promise|Initiative|Enabler|Department|Partner|Stakeholder THEN [0, []] WHEN n7:Proposition THEN [1, [n7.key]] END]) AS list7
}
CALL () {
  UNWIND $ids8 AS id8
  MATCH (n8:Entity {id: id8})
  RETURN collect([n8.id, CASE WHEN n8:Goal|Principle|KPI|Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Channel|Insight|Evidence|Study|Hypothesis|Opportunity|Promise|Initiative|Enabler|Department|Partner|Stakeholder THEN [0, []] WHEN n8:Proposition THEN [1, [n8.key]] END]) AS list8
}
CALL () {
  UNWIND $ids9 AS id9
  MATCH (n9:Entity {id: id9})
  RETURN collect([n9.id, [n9.key]]) AS list9
}
CALL () {
  UNWIND $ids10 AS id10
  MATCH (n10:Entity {id: id10})
  RETURN collect([n10.id, CASE WHEN n10:Goal|Principle|KPI|Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Channel|Insight|Evidence|Study|Hypothesis|Opportunity|Proposition|Promise|Enabler|Department|Partner|Stakeholder THEN [0, []] WHEN n10:Initiative THEN [1, [n10.key]] END]) AS list10
}
CALL () {
  UNWIND $ids11 AS id11
  MATCH (n11:Entity {id: id11})
  RETURN collect([n11.id, CASE WHEN n11:Goal|Principle|KPI|Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Channel|Insight|Evidence|Study|Hypothesis|Opportunity|Promise|Initiative|Enabler|Department|Partner|Stakeholder THEN [0, []] WHEN n11:Proposition THEN [1, [n11.key]] END]) AS list11
}
RETURN [list0, list1, list2, list3, list4, list5, list6, list7, list8, list9, list10, list11] AS answer

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
  UNWIND items AS item
  MATCH (item)-[:DELIVERED_BY]->(n)
  RETURN collect(DISTINCT n) AS delivering
}
CALL (items, delivering) {
  UNWIND [n IN items WHERE n:Initiative] + delivering AS n
  MATCH (n)-[:DEPENDS_ON*0..]->(work)
  WITH DISTINCT work
  RETURN
    collect(work) AS works,
    collect([
      id(work), work.id, 'Initiative', work.key, work.initiativeStatus, work.cost, work.currency, null,
      coalesce(work.initiativeStatus = 'DONE' AND coalesce(work.finished <= date($p5), true), false)
    ]) AS initiatives
}
CALL (works) {
  UNWIND works AS n
  MATCH (n)-[:DEPENDS_ON]->(m)
  RETURN collect([id(n), id(m)]) AS depends
}
CALL (items, works) {
  UNWIND [n IN items WHERE n:Proposition] + works AS n
  MATCH (n)-[:REQUIRES]->(enabler)
  RETURN collect([id(n), id(enabler)]) AS requiring, collect(DISTINCT enabler) AS required_by_work
}
CALL (items) {
  UNWIND items AS n
  MATCH (n)-[:MAKES]->(:Promise)-[:REQUIRES]->(enabler)
  RETURN collect([id(n), id(enabler)]) AS promising, collect(DISTINCT enabler) AS required_by_promise
}
CALL (required_by_work, required_by_promise) {
  UNWIND required_by_work + required_by_promise AS enabler
  WITH DISTINCT enabler
  RETURN collect(enabler) AS required
}
CALL (required) {
  UNWIND required AS n
  RETURN collect([
    id(n), n.id, 'Enabler', n.key, null, n.cost, n.currency, null, coalesce(n.readiness >= 1, false)
  ]) AS enablers
}
CALL () {
  CALL () {
    UNWIND $p4.departments AS key
    MATCH (party:Department) WHERE party.key = key
    RETURN party
    UNION ALL
    UNWIND $p4.partners AS key
    MATCH (party:Partner) WHERE party.key = key
    RETURN party
    UNION ALL
    UNWIND $p4.stakeholders AS key
    MATCH (party:Stakeholder) WHERE party.key = key
    RETURN party
  }
  RETURN
    collect(party) AS limited,
    collect([id(party), party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key]) AS parties
}
CALL (items, works, required, limited) {
  UNWIND CASE WHEN size(limited) = 0 THEN [] ELSE [n IN items WHERE n:Proposition] + works + required END AS n
  MATCH (n)-[r:INVOLVES]->(who)
  UNWIND [party IN limited WHERE party = who OR EXISTS { (who)-[:MEMBER_OF]->(party) }] AS party
  RETURN collect([id(n), id(party), r.effort]) AS involved
}
CALL (around) {
  UNWIND CASE WHEN 'confidence' IN $p3 THEN around ELSE [] END AS n
  MATCH (n)-[r:ADDRESSED_BY]->(m)
  RETURN collect([id(n), id(m), r.confidence]) AS fits
}
CALL (around) {
  UNWIND CASE WHEN 'confidence' IN $p3 THEN around ELSE [] END AS n
  MATCH (n)<-[r:RAISES]-(insight:Insight)
  RETURN collect([id(insight), id(n), r.confidence]) AS raises
}
RETURN [
  $p5, thread, reached, learned, initiatives, enablers, depends, requiring + promising, parties, involved, fits, raises
] AS facts

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
  UNWIND items AS item
  MATCH (item)-[:DELIVERED_BY]->(n)
  RETURN collect(DISTINCT n) AS delivering
}
CALL (items, delivering) {
  UNWIND [n IN items WHERE n:Initiative] + delivering AS n
  MATCH (n)-[:DEPENDS_ON*0..]->(work)
  WITH DISTINCT work
  RETURN
    collect(work) AS works,
    collect([
      id(work), work.id, 'Initiative', work.key, work.initiativeStatus, work.cost, work.currency, null,
      coalesce(work.initiativeStatus = 'DONE' AND coalesce(work.finished <= date($p5), true), false)
    ]) AS initiatives
}
CALL (works) {
  UNWIND works AS n
  MATCH (n)-[:DEPENDS_ON]->(m)
  RETURN collect([id(n), id(m)]) AS depends
}
CALL (items, works) {
  UNWIND [n IN items WHERE n:Proposition] + works AS n
  MATCH (n)-[:REQUIRES]->(enabler)
  RETURN collect([id(n), id(enabler)]) AS requiring, collect(DISTINCT enabler) AS required_by_work
}
CALL (items) {
  UNWIND items AS n
  MATCH (n)-[:MAKES]->(:Promise)-[:REQUIRES]->(enabler)
  RETURN collect([id(n), id(enabler)]) AS promising, collect(DISTINCT enabler) AS required_by_promise
}
CALL (required_by_work, required_by_promise) {
  UNWIND required_by_work + required_by_promise AS enabler
  WITH DISTINCT enabler
  RETURN collect(enabler) AS required
}
CALL (required) {
  UNWIND required AS n
  RETURN collect([
    id(n), n.id, 'Enabler', n.key, null, n.cost, n.currency, null, coalesce(n.readiness >= 1, false)
  ]) AS enablers
}
CALL () {
  CALL () {
    UNWIND $p4.departments AS key
    MATCH (party:Department) WHERE party.key = key
    RETURN party
    UNION ALL
    UNWIND $p4.partners AS key
    MATCH (party:Partner) WHERE party.key = key
    RETURN party
    UNION ALL
    UNWIND $p4.stakeholders AS key
    MATCH (party:Stakeholder) WHERE party.key = key
    RETURN party
  }
  RETURN
    collect(party) AS limited,
    collect([id(party), party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key]) AS parties
}
CALL (items, works, required, limited) {
  UNWIND CASE WHEN size(limited) = 0 THEN [] ELSE [n IN items WHERE n:Proposition] + works + required END AS n
  MATCH (n)-[r:INVOLVES]->(who)
  UNWIND [party IN limited WHERE party = who OR EXISTS { (who)-[:MEMBER_OF]->(party) }] AS party
  RETURN collect([id(n), id(party), r.effort]) AS involved
}
CALL (around) {
  UNWIND CASE WHEN 'confidence' IN $p3 THEN around ELSE [] END AS n
  MATCH (n)-[r:ADDRESSED_BY]->(m)
  RETURN collect([id(n), id(m), r.confidence]) AS fits
}
CALL (around) {
  UNWIND CASE WHEN 'confidence' IN $p3 THEN around ELSE [] END AS n
  MATCH (n)<-[r:RAISES]-(insight:Insight)
  RETURN collect([id(insight), id(n), r.confidence]) AS raises
}
RETURN [
  $p5, thread, reached, learned, initiatives, enablers, depends, requiring + promising, parties, involved, fits, raises
] AS facts
