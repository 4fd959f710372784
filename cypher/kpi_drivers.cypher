// What is claimed of KPIs, who aims at them, and what drives them. The statement goes on from scope/thread.cypher.
//
// In the column stand the day, the thread, and for each KPI its row (see store/measured.py) and lists of
//   measured   its measurements until the day: our own, for everybody
//   claims     [number, id, kind, key and status of the proposition or initiative, change, day, confidence, numbers of the
//              initiatives that deliver it and claim something of the KPI too]
//   aims       [opportunity's id, key, numbers of what addresses it, or delivers that, and claims something of the KPI]
//   drivers    [KPI's id, key, effect, grounds, lag, source, confidence]
//
// parameters:
//   on: the day, ISO 8601
// columns:
//   facts: see above
// mode: read
CALL (candidates) {
  UNWIND candidates AS kpi
  WITH kpi WHERE kpi:KPI
  RETURN collect([
    {{kpi_row}},
    COLLECT {
      MATCH (kpi)-[:HAS_MEASUREMENT]->(m)
      WHERE m.measuredOn <= date($on) AND {{own}} AND {{for_all}}
      RETURN {{measurement_row}}
    },
    COLLECT {
      MATCH (kpi)<-[claim:MOVES]-(n)
      RETURN [
        id(n),
        n.id,
        head([label IN labels(n) WHERE label <> 'Entity']),
        n.key,
        coalesce(n.propositionStatus, n.initiativeStatus),
        claim.expectedChange,
        toString(claim.by),
        claim.confidence,
        COLLECT { MATCH (n)-[:DELIVERED_BY]->(delivers) WHERE EXISTS { (delivers)-[:MOVES]->(kpi) } RETURN id(delivers) }
      ]
    },
    COLLECT {
      MATCH (kpi)<-[:AIMS_AT]-(n)
      RETURN [
        n.id,
        n.key,
        COLLECT {
          MATCH (n)-[:ADDRESSED_BY|DELIVERED_BY*1..2]->(claims)
          WHERE EXISTS { (claims)-[:MOVES]->(kpi) }
          RETURN DISTINCT id(claims)
        }
      ]
    },
    COLLECT {
      MATCH (kpi)<-[driver:DRIVES]-(n)
      RETURN [n.id, n.key, driver.effect, driver.driverGrounds, driver.lag, driver.source, driver.confidence]
    }
  ]) AS rows
}
RETURN [$on, thread, rows] AS facts
