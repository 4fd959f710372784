// What the insights, hypotheses and opportunities of a scope rest on, and what rests on them. The statement goes on from
// scope/thread.cypher.
//
// Looked at are the insights that the scope may hold (`candidates`), and beyond it those that its opportunities or
// hypotheses lead back to: an opportunity is judged by all its insights. A hypothesis bears on the insights that settle it,
// on those of the needs, stages, steps and touchpoints that it is about, and on those that raise the opportunities that
// it is about, or that the propositions address that it is about.
//
// In the column stand, in this order: the thread; the day; and then lists of
//   insights       [number, id, key, status, severity]
//   hypotheses     [number, id, key, verdict, how many studies test it, insights that it bears on, where what rests on it
//                  begins], the last two as numbers: the opportunities and propositions that it is about, and the insights
//                  unless these raise such an opportunity
//   opportunities  [number, id, key, numbers of its insights]: those that the scope may hold
//   evidence       [insight, evidence, its id, its key, stance, support, of, sort, its day or else its study's, study]
//   studies        [study, participants]: those behind the evidence
//   onward         [starts, finishes], numbers: RAISES, ADDRESSED_BY and DELIVERED_BY, as far as they lead
//   work           [number, whether it is an initiative, whether it has ended]: the propositions and initiatives there
//
// parameters:
//   on: the day, ISO 8601
// columns:
//   facts: see above
// mode: read
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
RETURN [thread, $on, insights, hypotheses, opportunities, evidence, studies, onward, work] AS facts
