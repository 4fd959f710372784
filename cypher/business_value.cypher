// What the KPIs of one entity drive: those that it moves or aims at, or itself. The statement goes on from
// scope/thread.cypher.
//
// KPIs are read as far as eight links reach, each once however many ways lead there; and all that they drive.
//
// In the column stand the day, the thread, the kind of the entity and lists of
//   aims       numbers of the KPIs that it aims at, or its own
//   claims     [KPI's number, number, id, kind, key and status of what claims it, change, day, confidence]: the entity's own
//              and those of the initiatives that deliver it
//   kpis       rows of the KPIs, see store/measured.py
//   drives     [KPI, KPI, effect, grounds, lag, source, confidence]
//   measured   [number of a KPI in money or that drives no other, its measurements until the day: our own, for everybody]
//
// parameters:
//   on: the day, ISO 8601
// columns:
//   facts: see above
// mode: read
CALL (named) {
  UNWIND named AS n
  CALL (n) {
    WITH n WHERE n:KPI
    RETURN n AS kpi
    UNION
    MATCH (n)-[:AIMS_AT]->(kpi:KPI)
    RETURN kpi
  }
  RETURN collect(kpi) AS aimed
}
CALL (named) {
  UNWIND named AS n
  CALL (n) {
    RETURN n AS claims
    UNION
    MATCH (n)-[:DELIVERED_BY]->(claims)
    WHERE n:Proposition
    RETURN claims
  }
  MATCH (claims)-[claim:MOVES]->(kpi)
  RETURN collect(kpi) AS moved, collect([
    id(kpi),
    id(claims),
    claims.id,
    head([label IN labels(claims) WHERE label <> 'Entity']),
    claims.key,
    coalesce(claims.propositionStatus, claims.initiativeStatus),
    claim.expectedChange,
    toString(claim.by),
    claim.confidence
  ]) AS claims
}
CALL (aimed, moved) {
  UNWIND aimed + moved AS first
  WITH DISTINCT first
  MATCH (first)-[:DRIVES*0..8]->(kpi)
  WITH DISTINCT kpi
  RETURN collect(kpi) AS kpis
}
CALL (kpis) {
  UNWIND kpis AS kpi
  RETURN collect({{kpi_row}}) AS rows
}
CALL (kpis) {
  UNWIND kpis AS kpi
  MATCH (kpi)-[driver:DRIVES]->(driven)
  RETURN collect([
    id(kpi),
    id(driven),
    driver.effect,
    driver.driverGrounds,
    driver.lag,
    driver.source,
    driver.confidence
  ]) AS drives
}
CALL (kpis) {
  UNWIND kpis AS kpi
  WITH kpi WHERE kpi.kpiMethod = 'CURRENCY' OR NOT EXISTS { (kpi)-[:DRIVES]->() }
  RETURN collect([
    id(kpi),
    COLLECT {
      MATCH (kpi)-[:HAS_MEASUREMENT]->(m)
      WHERE m.measuredOn <= date($on) AND {{own}} AND {{for_all}}
      RETURN {{measurement_row}}
    }
  ]) AS measured
}
RETURN [
  $on,
  thread,
  head([n IN named | head([label IN labels(n) WHERE label <> 'Entity'])]),
  [kpi IN aimed | id(kpi)],
  claims,
  rows,
  drives,
  measured
] AS facts
