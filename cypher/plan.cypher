// What a plan can be made of: the work behind a portfolio, what it depends on and requires, whose time it takes, and how
// sure it is. The statement goes on from portfolio/learned.cypher.
//
// In the column stand the day, the thread, the columns `reached` and `learned` as they are, and lists of
//   initiatives  [number, id, kind, key, status, cost, currency, confidence, whether it is there on the day]: those asked
//                for, those that deliver what is asked for, and all that these depend on
//   enablers     the same: what these, the propositions asked for and their promises require
//   depends      [initiative, initiative that it depends on]
//   requires     [proposition or initiative, enabler]
//   parties      [number, id, kind, key] of those in `$parties`
//   involved     [proposition, initiative or enabler, one of these parties, effort]: a stakeholder's for the parties that
//                it is a member of
//   fits         [opportunity, what addresses it, confidence]
//   raises       [insight, opportunity, confidence]
//
// parameters:
//   parties: keys, by the plural of the kind: departments, partners and stakeholders
//   on: the day, ISO 8601
//   wants: the names of what is wanted: confidence
// columns:
//   facts: see above
// mode: read
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
      coalesce(work.initiativeStatus = 'DONE' AND coalesce(work.finished <= date($on), true), false)
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
    UNWIND $parties.departments AS key
    MATCH (party:Department) WHERE party.key = key
    RETURN party
    UNION ALL
    UNWIND $parties.partners AS key
    MATCH (party:Partner) WHERE party.key = key
    RETURN party
    UNION ALL
    UNWIND $parties.stakeholders AS key
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
  UNWIND CASE WHEN 'confidence' IN $wants THEN around ELSE [] END AS n
  MATCH (n)-[r:ADDRESSED_BY]->(m)
  RETURN collect([id(n), id(m), r.confidence]) AS fits
}
CALL (around) {
  UNWIND CASE WHEN 'confidence' IN $wants THEN around ELSE [] END AS n
  MATCH (n)<-[r:RAISES]-(insight:Insight)
  RETURN collect([id(insight), id(n), r.confidence]) AS raises
}
RETURN [
  $on, thread, reached, learned, initiatives, enablers, depends, requiring + promising, parties, involved, fits, raises
] AS facts
