CALL () {
  UNWIND $ids0 AS id0
  MATCH (n0:Entity {id: id0})
  RETURN collect([n0.id, [head([label IN labels(n0) WHERE label <> 'Entity']), n0.key]]) AS list0
}
RETURN [list0] AS answer

CALL () {
CALL () {
CALL () {
MATCH (n:Insight|Opportunity|Proposition|Initiative)
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
  WITH n WHERE n:Insight OR n:Opportunity OR n:Proposition OR n:Initiative
  RETURN collect(n) AS held
}
CALL (held) {
  UNWIND CASE WHEN $p2 THEN held ELSE [] END AS n
  MATCH (n)-[:RAISES|ADDRESSED_BY|DELIVERED_BY*0..3]->(m)
  WITH DISTINCT m
  RETURN collect(m) AS ahead
}
WITH thread, CASE WHEN $p2 THEN ahead ELSE held END AS reached
CALL (reached) {
  UNWIND reached AS n
  RETURN collect([
    id(n),
    CASE WHEN $p3 THEN n.id END,
    head([label IN labels(n) WHERE label <> 'Entity']),
    CASE WHEN $p3 THEN n.key END,
    coalesce(n.insightStatus, n.opportunityStatus, n.propositionStatus, n.initiativeStatus),
    n.type
  ]) AS rows
}
CALL (reached) {
  UNWIND reached AS n
  MATCH (n)-[:RAISES|ADDRESSED_BY|DELIVERED_BY]->(m)
  RETURN [collect(id(n)), collect(id(m))] AS links
}
CALL (reached) {
  UNWIND reached AS n
  WITH n WHERE n:Insight
  MATCH (n)<-[:DECIDES]-(decision)
  WITH n, decision
  ORDER BY coalesce(decision.decidedOn, date(decision.createdAt)) DESC, decision.createdAt DESC, decision.id
  WITH n, head(collect(decision.decisionVerdict)) AS verdict
  RETURN collect([id(n), verdict]) AS verdicts
}
RETURN
  CASE WHEN $p4 THEN [n IN reached WHERE n:Initiative] ELSE [] END AS candidates,
  thread,
  [rows, links, verdicts] AS stages
}
CALL (candidates, thread) {
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
    [id(kpi), kpi.id, kpi.key, kpi.kpiMethod, kpi.variant, kpi.unit, kpi.direction, kpi.scaleMin, kpi.scaleMax, kpi.goodFrom, kpi.badTo, kpi.aggregate, kpi.baseline, toString(kpi.baselineOn), kpi.target, toString(kpi.targetBy), kpi.holdBand, kpi.weight],
    COLLECT { MATCH (kpi)-[:HAS_MEASUREMENT]->(m) WHERE m.measuredOn <= date($p5) RETURN [m.id, toString(m.measuredOn), m.value, m.sampleSize, m.counts, m.countedBy, m.measurementSubject, m.competitor, m.respondentSide, COLLECT { MATCH (m)-[:MEASURED_FOR]->(part) RETURN [id(part), part.id, head([label IN labels(part) WHERE label <> 'Entity']), part.key] }] }
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
RETURN [$p5, thread, [n IN asked | id(n)], initiatives, measured, drivers, members] AS facts
}
RETURN [thread, stages, CASE WHEN $p4 THEN facts END] AS facts
