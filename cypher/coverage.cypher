// What coverage, gaps and impact are worked out from, for questions/thread/facts.py to read. The statement goes on from
// scope/thread.cypher.
//
// Judged is what the scope may hold (`candidates`) and what the thread leads on to from there as far as initiatives (if
// `beyond`): without that nobody can say whether a thread is deep.
//
// In the column stand, in this order: the day; the thread; rows of what is judged (see store/judged.py); links as [type,
// numbers of starts, numbers of finishes]: from insight to action, and if `threaded` owners, those who run and those who are
// responsible; and then lists of
//   own        [type, start, finish, role]: the links of the entities named in the scope, if `own`
//   parties    [number, id, kind, key]: who owns, runs or is involved, if `threaded` and `identified`
//   evidence   [insight, evidence, its day, its study, the study's day]
//   measured   [KPI, day of its latest measurement until `on`]
//   late       [KPI, journey that is older]
//   drives     [KPI, KPI]
//   moments    [step or touchpoint, persona, satisfaction, [[place, KPI] ...], [[place, party] ...]]
//   live       [enabler, live proposition, promise or null]
//   stances    [proposition, stakeholder, stance]
//   ended      [entity, what it rests on and has ended]
//   verdicts   [insight, verdict of the latest decision]
//   waivers    [entity, rule, last day, id]
//
// parameters:
//   beyond: whether the thread goes on beyond what is reached
//   identified: whether ids and keys are wanted
//   threaded: whether who owns, runs or is responsible is wanted
//   own: whether the links of the entities named in the scope are wanted, and what depends on these from further off
//   on: the day, ISO 8601
// columns:
//   facts: see above
// mode: read
CALL (named) {
  UNWIND CASE WHEN $own THEN named ELSE [] END AS n
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
  UNWIND CASE WHEN $beyond THEN candidates + behind ELSE [] END AS n
  MATCH (n)-[:RAISES|ADDRESSED_BY|DELIVERED_BY*0..3]->(m:Opportunity|Proposition|Initiative)
  WITH DISTINCT m
  RETURN collect(m) AS ahead
}
CALL (candidates, behind, ahead) {
  UNWIND CASE WHEN $beyond THEN candidates + behind + ahead ELSE [] END AS n
  WITH DISTINCT n
  RETURN collect(n) AS together
}
WITH named, thread, CASE WHEN $beyond THEN together ELSE candidates END AS judged
CALL (judged) {
  UNWIND judged AS n
  WITH n WHERE n:{{judged}}
  RETURN collect({{judged_row}}) AS rows
}
CALL (judged) {
  UNWIND judged AS n
  MATCH (n)-[r:RAISES|ADDRESSED_BY|DELIVERED_BY]->(m)
  WITH type(r) AS type, collect(id(n)) AS starts, collect(id(m)) AS finishes
  RETURN collect([type, starts, finishes]) AS onward
}
CALL (judged) {
  UNWIND CASE WHEN $threaded THEN judged ELSE [] END AS n
  MATCH (n)-[r:OWNED_BY|RUN_BY|INVOLVES]->(m)
  WHERE type(r) <> 'INVOLVES' OR r.involvementRole = 'RESPONSIBLE'
  WITH type(r) AS type, collect(id(n)) AS starts, collect(id(m)) AS finishes
  RETURN collect([type, starts, finishes]) AS parts
}
CALL (named) {
  UNWIND CASE WHEN $own THEN named ELSE [] END AS n
  MATCH (n)-[r]-(m:Entity)
  RETURN collect([type(r), id(startNode(r)), id(endNode(r)), r.involvementRole]) AS own
}
CALL (judged) {
  UNWIND CASE WHEN $threaded AND $identified THEN judged ELSE [] END AS n
  MATCH (n)-[:OWNED_BY|RUN_BY|INVOLVES]->(party)
  WITH DISTINCT party
  RETURN collect([id(party), party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key]) AS parties
}
CALL (judged) {
  UNWIND judged AS n
  WITH n WHERE n:Insight
  MATCH (n)<-[:BACKS]-(evidence)
  WITH n, evidence, evidence.collectedOn AS day,
    CASE WHEN evidence.collectedOn IS NULL OR $own
      THEN head([(evidence)-[:FROM_STUDY]->(study) | [id(study), toString(coalesce(study.fieldedFrom, study.fieldedTo))]])
    END AS study
  WHERE day IS NOT NULL OR study[1] IS NOT NULL
  RETURN collect([id(n), id(evidence), toString(day), study[0], study[1]]) AS evidence
}
CALL (judged) {
  UNWIND judged AS n
  WITH n WHERE n:KPI
  MATCH (n)-[:HAS_MEASUREMENT]->(measurement)
  WHERE measurement.measuredOn <= date($on)
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
  UNWIND CASE WHEN $beyond THEN judged ELSE [] END AS n
  MATCH (n)<-[:WAIVES]-(waiver:Waiver)
  RETURN collect([id(n), waiver.rule, toString(waiver.expires), waiver.id]) AS waivers
}
CALL () {
  WITH 1 AS once WHERE NOT $beyond
  MATCH (waiver:Waiver)-[:WAIVES]->(n)
  RETURN collect([id(n), waiver.rule, toString(waiver.expires), waiver.id]) AS all_waivers
}
RETURN [
  $on,
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
