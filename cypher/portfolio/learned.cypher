// The pains behind a portfolio, who voices them, where they were observed and what they rest on. The statement goes on from
// portfolio/reached.cypher.
//
// A pain is an insight of type PAIN or UNMET_NEED that is not REFUTED and raises an opportunity; one without a type may be one,
// and is read as well.
//
// In the column stand, in this order, lists of
//   raised      [insight, opportunity]
//   pains       [number, id, key, type, status, severity, reach]
//   evidence    [insight, evidence, its id, its key, stance, support, of, sort, day, study], if `evidence`
//   hypotheses  [number, verdict, opportunity or proposition that it is about], if `evidence`
//   voiced      [insight, whoever voices it], if `voices`
//   walked      [insight or opportunity, persona on whose journey it was observed, or whose need underlies it], if `personas`
//   voices      [number, id, kind, key, segments]: personas, segments and accounts of these two lists, if one is wanted
//   segments    [number, id, key, size, annual value, currency, accounts], all of any of these and those themselves
//   accounts    [number, id, key, annual value, currency, status, renewal day], all of any of these segments and voices
//   moments     [insight, step or touchpoint where it was observed, persona who experiences that, whether it is a moment of
//               truth to it: true, or null where nobody says], if `moments`
//
// parameters:
//   wants: the names of what is wanted: evidence, voices, personas, moments
// columns:
//   thread: the thread, as it is
//   items: the items, as they are
//   around: what hangs together with them, as it is
//   reached: as it is
//   learned: see above
// mode: read
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
  UNWIND CASE WHEN 'evidence' IN $wants THEN insights ELSE [] END AS n
  MATCH (n)<-[backs:BACKS]-(evidence)
  OPTIONAL MATCH (evidence)-[:FROM_STUDY]->(study)
  RETURN collect([
    id(n), id(evidence), evidence.id, evidence.key, backs.evidenceStance, backs.support, backs.of, evidence.evidenceSort,
    toString(coalesce(evidence.collectedOn, study.fieldedFrom, study.fieldedTo)), id(study)
  ]) AS evidence
}
CALL (around) {
  UNWIND CASE WHEN 'evidence' IN $wants THEN around ELSE [] END AS n
  WITH n WHERE n:Opportunity OR n:Proposition
  MATCH (n)<-[:ABOUT]-(hypothesis)
  RETURN collect([id(hypothesis), hypothesis.hypothesisVerdict, id(n)]) AS hypotheses
}
CALL (insights) {
  UNWIND CASE WHEN 'voices' IN $wants THEN insights ELSE [] END AS n
  MATCH (n)<-[:VOICES]-(voice)
  RETURN collect([id(n), id(voice)]) AS voiced, collect(DISTINCT voice) AS speaking
}
CALL (insights) {
  UNWIND CASE WHEN 'personas' IN $wants THEN insights ELSE [] END AS n
  MATCH (n)<-[:REVEALS]-()<-[:HAS_TOUCHPOINT|HAS_STEP|HAS_STAGE*0..3]-(:Journey)<-[:TAKES]-(persona)
  WITH DISTINCT n, persona
  RETURN collect([id(n), id(persona)]) AS met, collect(DISTINCT persona) AS meeting
}
CALL (insights) {
  UNWIND CASE WHEN 'personas' IN $wants THEN insights ELSE [] END AS n
  MATCH (n)<-[:UNDERLIES]-()<-[:HAS_NEED]-(persona)
  WITH DISTINCT n, persona
  RETURN collect([id(n), id(persona)]) AS felt, collect(DISTINCT persona) AS feeling
}
CALL (around) {
  UNWIND CASE WHEN 'personas' IN $wants THEN around ELSE [] END AS n
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
  UNWIND CASE WHEN 'moments' IN $wants THEN insights ELSE [] END AS n
  MATCH (n)<-[:REVEALS]-(place)<-[experience:EXPERIENCES]-(persona)
  WHERE coalesce(experience.momentOfTruth, true) AND coalesce(experience.experienceGrounds, '') <> 'TARGET'
  RETURN collect([id(n), id(place), id(persona), experience.momentOfTruth]) AS moments
}
RETURN
  thread, items, around, reached,
  [
    raised, pains, evidence, hypotheses, voiced, met + felt + needed, voices, segments, accounts, moments
  ] AS learned
