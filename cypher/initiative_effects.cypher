// What initiatives should move, when they went live, what was measured, and what else was going on. The statement goes on
// from scope/thread.cypher.
//
// In the column stand the day; the thread; the numbers of the initiatives that are asked about; and
//   initiatives  these, and all others that are to move the same KPIs, or what drives these, or bring about something at
//                the same touchpoints or in the same journeys: number, id, key, status, first day, day it was finished (ISO
//                8601), and lists of
//                  claims        [KPI, change expected, by when]: its own
//                  propositions  that it delivers: [id, key, claims, targets as [number, kind]]
//                  aims          [opportunity's id, key, KPI]: of those that it answers, itself or by a proposition
//                  touchpoints   that it or its propositions bring about, themselves or in a step or stage
//                  journeys      in which it or they bring about anything
//   kpis         what the initiatives asked about should move: [KPI, measurements up to the day]; see store/measured.py
//   drivers      [KPI, KPI that drives it, directly or over one or two others]
//   members      [account, segment] of the accounts that are targets or were measured
//
// parameters:
//   on: the day, ISO 8601
// columns:
//   facts: see above
// mode: read
CALL (candidates) {
  UNWIND candidates AS n
  WITH n WHERE n:Initiative
  RETURN collect(n) AS asked
}
CALL (asked) {
  UNWIND asked AS n
  CALL (n) {
    MATCH (n)-[:MOVES]->(kpi)
    RETURN kpi
    UNION
    MATCH (n)<-[:DELIVERED_BY]-(:Proposition)-[:MOVES]->(kpi)
    RETURN kpi
    UNION
    MATCH (n)<-[:ADDRESSED_BY]-(:Opportunity)-[:AIMS_AT]->(kpi)
    RETURN kpi
    UNION
    MATCH (n)<-[:DELIVERED_BY]-(:Proposition)<-[:ADDRESSED_BY]-(:Opportunity)-[:AIMS_AT]->(kpi)
    RETURN kpi
  }
  WITH DISTINCT kpi
  RETURN collect(kpi) AS kpis
}
CALL (kpis) {
  UNWIND kpis AS kpi
  MATCH (kpi)<-[:DRIVES*1..3]-(driver:KPI)
  WHERE driver <> kpi
  WITH DISTINCT kpi, driver
  RETURN collect([id(kpi), id(driver)]) AS drivers, collect(DISTINCT driver) AS driving
}
CALL (asked) {
  UNWIND asked AS n
  CALL (n) {
    MATCH (n)-[:REALISES]->(place)
    RETURN place
    UNION
    MATCH (n)<-[:DELIVERED_BY]-(:Proposition)-[:REALISES]->(place)
    RETURN place
  }
  WITH DISTINCT place
  CALL (place) {
    RETURN place AS near
    UNION
    MATCH (place)<-[:HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT*1..3]-(:Journey)-[:HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT*1..3]->(near)
    RETURN near
    UNION
    // A touchpoint may stand in several journeys.
    MATCH (place)-[:HAS_STEP|HAS_TOUCHPOINT*0..2]->(:Touchpoint)<-[:HAS_STEP|HAS_TOUCHPOINT*0..2]-(near)
    RETURN near
  }
  WITH DISTINCT near
  RETURN collect(near) AS places
}
CALL (asked, kpis, driving, places) {
  CALL (asked, kpis, driving, places) {
    UNWIND asked AS n
    RETURN n
    UNION
    UNWIND kpis + driving AS kpi
    WITH DISTINCT kpi
    CALL (kpi) {
      MATCH (kpi)<-[:MOVES]-(n:Initiative)
      RETURN n
      UNION
      MATCH (kpi)<-[:MOVES]-(:Proposition)-[:DELIVERED_BY]->(n)
      RETURN n
      UNION
      MATCH (kpi)<-[:AIMS_AT]-(:Opportunity)-[:ADDRESSED_BY]->(n:Initiative)
      RETURN n
      UNION
      MATCH (kpi)<-[:AIMS_AT]-(:Opportunity)-[:ADDRESSED_BY]->(:Proposition)-[:DELIVERED_BY]->(n)
      RETURN n
    }
    RETURN n
    UNION
    UNWIND places AS place
    CALL (place) {
      MATCH (place)<-[:REALISES]-(n:Initiative)
      RETURN n
      UNION
      MATCH (place)<-[:REALISES]-(:Proposition)-[:DELIVERED_BY]->(n)
      RETURN n
    }
    RETURN n
  }
  RETURN collect(n) AS all_initiatives
}
CALL (all_initiatives) {
  UNWIND all_initiatives AS n
  WITH n, COLLECT {
    MATCH (n)-[:REALISES]->(place)
    RETURN place
    UNION
    MATCH (n)<-[:DELIVERED_BY]-(:Proposition)-[:REALISES]->(place)
    RETURN place
  } AS places
  RETURN collect([
    id(n),
    n.id,
    n.key,
    n.initiativeStatus,
    toString(n.start),
    toString(n.finished),
    COLLECT { MATCH (n)-[claim:MOVES]->(kpi) RETURN [id(kpi), claim.expectedChange, toString(claim.by)] },
    COLLECT {
      MATCH (n)<-[:DELIVERED_BY]-(proposition:Proposition)
      RETURN [
        proposition.id,
        proposition.key,
        COLLECT { MATCH (proposition)-[claim:MOVES]->(kpi) RETURN [id(kpi), claim.expectedChange, toString(claim.by)] },
        COLLECT {
          MATCH (proposition)-[:TARGETS]->(target)
          RETURN [id(target), head([label IN labels(target) WHERE label <> 'Entity'])]
        }
      ]
    },
    COLLECT {
      MATCH (n)<-[:ADDRESSED_BY]-(opportunity:Opportunity)-[:AIMS_AT]->(kpi)
      RETURN [opportunity.id, opportunity.key, id(kpi)]
      UNION
      MATCH (n)<-[:DELIVERED_BY]-(:Proposition)<-[:ADDRESSED_BY]-(opportunity:Opportunity)-[:AIMS_AT]->(kpi)
      RETURN [opportunity.id, opportunity.key, id(kpi)]
    },
    COLLECT { UNWIND places AS place MATCH (place)-[:HAS_STEP|HAS_TOUCHPOINT*0..2]->(t:Touchpoint) RETURN DISTINCT id(t) },
    COLLECT {
      UNWIND places AS place
      MATCH (place)<-[:HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT*1..3]-(journey:Journey)
      RETURN DISTINCT id(journey)
    }
  ]) AS initiatives
}
CALL (kpis) {
  UNWIND kpis AS kpi
  RETURN collect([
    {{kpi_row}},
    COLLECT { MATCH (kpi)-[:HAS_MEASUREMENT]->(m) WHERE m.measuredOn <= date($on) RETURN {{measurement_row}} }
  ]) AS measured
}
CALL (kpis, all_initiatives) {
  CALL (kpis, all_initiatives) {
    UNWIND kpis AS kpi
    MATCH (kpi)-[:HAS_MEASUREMENT]->()-[:MEASURED_FOR]->(account:Account)-[:IN_SEGMENT]->(segment)
    RETURN account, segment
    UNION
    UNWIND all_initiatives AS n
    MATCH (n)<-[:DELIVERED_BY]-(:Proposition)-[:TARGETS]->(account:Account)-[:IN_SEGMENT]->(segment)
    RETURN account, segment
  }
  RETURN collect([id(account), id(segment)]) AS members
}
RETURN [$on, thread, [n IN asked | id(n)], initiatives, measured, drivers, members] AS facts
