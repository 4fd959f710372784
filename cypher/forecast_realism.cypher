// What initiatives and propositions claim to move, who answers for them, and what was measured. The statement goes on from
// scope/thread.cypher.
//
// In the column stand the day; the thread; and
//   named    the entities that the question names: [id, kind, key]
//   claims   [claimant as number, id, kind, key, status; numbers of the initiatives that deliver a proposition; first days of
//            the initiative, or of these (ISO 8601, empty where unknown); KPI, change expected, by when; parties as [id, kind,
//            key]: its owner, or whatever that is a member of]
//   kpis     [KPI, measurements up to the day]; see store/measured.py
//
// parameters:
//   on: the day, ISO 8601
// columns:
//   facts: see above
// mode: read
CALL (candidates) {
  UNWIND candidates AS n
  WITH n WHERE n:Initiative OR n:Proposition
  MATCH (n)-[claim:MOVES]->(kpi)
  RETURN collect([
    id(n),
    n.id,
    CASE WHEN n:Initiative THEN 'Initiative' ELSE 'Proposition' END,
    n.key,
    coalesce(n.propositionStatus, n.initiativeStatus),
    COLLECT { MATCH (n)-[:DELIVERED_BY]->(initiative) RETURN id(initiative) },
    CASE WHEN n:Initiative
      THEN [coalesce(toString(n.start), '')]
      ELSE COLLECT { MATCH (n)-[:DELIVERED_BY]->(initiative) RETURN coalesce(toString(initiative.start), '') }
    END,
    id(kpi),
    claim.expectedChange,
    toString(claim.by),
    COLLECT {
      MATCH (n)-[:OWNED_BY]->(party:Department|Partner)
      RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key]
      UNION
      MATCH (n)-[:OWNED_BY]->(:Stakeholder)-[:MEMBER_OF]->(party)
      RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key]
    }
  ]) AS claims, collect(DISTINCT kpi) AS kpis
}
CALL (kpis) {
  UNWIND kpis AS kpi
  RETURN collect([
    {{kpi_row}},
    COLLECT { MATCH (kpi)-[:HAS_MEASUREMENT]->(m) WHERE m.measuredOn <= date($on) RETURN {{measurement_row}} }
  ]) AS measured
}
RETURN [
  $on,
  thread,
  [n IN named | [n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key]],
  claims,
  measured
] AS facts
