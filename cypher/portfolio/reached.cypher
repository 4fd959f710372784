// The opportunities, propositions and initiatives of a portfolio, and what hangs together with them. The statement goes on
// from scope/thread.cypher.
//
// The scope chooses items, never what is said of them: an item is told with all that leads to it and all it leads to.
//
// parameters:
//   of: the kinds of the items, as labels
// columns:
//   thread: the thread, as it is
//   items: the items that the scope may hold
//   around: the items, what leads to them and what they lead on to: opportunities, propositions and initiatives
//   reached: [numbers of the items; rows of `around`: number, id, kind, key, status, customer value, business value, urgency,
//     risk reduction, impact, reach, effort, confidence, cost, currency; ADDRESSED_BY of these as [opportunity, number,
//     fit]; DELIVERED_BY as [proposition, initiative]]
// mode: read
CALL (candidates) {
  UNWIND candidates AS n
  WITH n WHERE any(label IN labels(n) WHERE label IN $of)
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
