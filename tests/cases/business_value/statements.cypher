CALL () {
  UNWIND $ids0 AS id0
  MATCH (n0:Entity {id: id0})
  RETURN collect([n0.id, CASE WHEN n0:Goal|Principle|KPI|Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Channel|Insight|Evidence|Study|Hypothesis|Opportunity|Promise|Initiative|Enabler|Department|Partner|Stakeholder THEN [0, [head([label IN labels(n0) WHERE label <> 'Entity'])]] WHEN n0:Proposition THEN [1, [n0.key]] END]) AS list0
}
CALL () {
  UNWIND $ids1 AS id1
  MATCH (n1:Entity {id: id1})
  RETURN collect([n1.id, [n1.key]]) AS list1
}
CALL () {
  UNWIND $ids2 AS id2
  MATCH (n2:Entity {id: id2})
  RETURN collect([n2.id, CASE WHEN n2:Goal|Principle|KPI|Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Channel|Insight|Evidence|Study|Hypothesis|Opportunity|Promise|Enabler|Department|Partner|Stakeholder THEN [0, []] WHEN n2:Proposition|Initiative THEN [1, [n2.key]] END]) AS list2
}
CALL () {
  UNWIND $ids3 AS id3
  MATCH (n3:Entity {id: id3})
  RETURN collect([n3.id, [n3.key]]) AS list3
}
CALL () {
  UNWIND $ids4 AS id4
  MATCH (n4:Entity {id: id4})
  RETURN collect([n4.id, [n4.key]]) AS list4
}
CALL () {
  UNWIND $ids5 AS id5
  MATCH (n5:Entity {id: id5})
  RETURN collect([n5.id, [n5.key]]) AS list5
}
CALL () {
  UNWIND $ids6 AS id6
  MATCH (n6:Entity {id: id6})
  RETURN collect([n6.id, [n6.key]]) AS list6
}
CALL () {
  UNWIND $ids7 AS id7
  MATCH (n7:Entity {id: id7})
  RETURN collect([n7.id, [n7.key]]) AS list7
}
RETURN [list0, list1, list2, list3, list4, list5, list6, list7] AS answer

CALL () {
  UNWIND $ids0 AS id0
  MATCH (n0:Entity {id: id0})
  RETURN collect([n0.id, [n0.key]]) AS list0
}
RETURN [list0] AS answer

CALL () {
  UNWIND $ids0 AS id0
  MATCH (n0:Entity {id: id0})
  RETURN collect([n0.id, [n0.key]]) AS list0
}
RETURN [list0] AS answer

CALL () {
CALL () {
CALL () {
CALL () {
UNWIND $p0.opportunities AS key
MATCH (n:Opportunity) USING INDEX SEEK n:Opportunity(key)
WHERE n.key = key
RETURN 'opportunities' AS plural, n
UNION ALL
UNWIND $p0.propositions AS key
MATCH (n:Proposition) USING INDEX SEEK n:Proposition(key)
WHERE n.key = key
RETURN 'propositions' AS plural, n
UNION ALL
UNWIND $p0.initiatives AS key
MATCH (n:Initiative) USING INDEX SEEK n:Initiative(key)
WHERE n.key = key
RETURN 'initiatives' AS plural, n
UNION ALL
UNWIND $p0.kpis AS key
MATCH (n:KPI) USING INDEX SEEK n:KPI(key)
WHERE n.key = key
RETURN 'kpis' AS plural, n
}
RETURN plural, n
}
RETURN collect([plural, n.key, n.id, id(n), []]) AS starts, collect(n) AS named, collect(n) AS reached
}
CALL (reached) {
  UNWIND CASE WHEN $p1 THEN reached ELSE [] END AS n
  MATCH (n)-[:PART_OF|IN_SEGMENT|EXPERIENCES|APPLIES_TO|ON_CHANNEL|RUN_BY|MATTERS_AT|EVOLVES_TO|REALISES|BACKS|FROM_STUDY|TESTS|SETTLES|ABOUT|TARGETS|MAKES|MADE_AT|MADE_TO|KEPT_AT|REQUIRES|DEPENDS_ON|OWNED_BY|INVOLVES|MEMBER_OF|STANDS_ON|MEASURED_BY|AIMS_AT|MOVES|DRIVES|SUPPORTS|FOLLOWS]-(m)
  RETURN collect(id(n)) AS near, collect(id(m)) AS far, collect(DISTINCT m) AS neighbours
}
CALL (reached, neighbours) {
  UNWIND CASE WHEN $p1 THEN reached + neighbours ELSE [] END AS n
  WITH DISTINCT n
  RETURN collect(n) AS together
}
WITH starts, named, near, far, CASE WHEN $p1 THEN together ELSE reached END AS candidates
CALL (candidates) {
  UNWIND CASE WHEN $p1 THEN candidates ELSE [] END AS n
  MATCH (n)-[r:PROMPTS|STARTS|TAKES|HAS_NEED|HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS|UNDERLIES|RAISES|ADDRESSED_BY|DELIVERED_BY|IN_SEGMENT]->(m)
  WITH type(r) AS type, collect(id(n)) AS starts, collect(id(m)) AS finishes
  RETURN collect([type, starts, finishes]) AS links
}
CALL (candidates) {
  UNWIND CASE WHEN $p1 THEN candidates ELSE [] END AS n
  WITH n WHERE n:Insight
  MATCH (n)<-[:VOICES]-(voice)
  RETURN ['VOICES', collect(id(voice)), collect(id(n))] AS voices
}
CALL (candidates) {
  UNWIND CASE WHEN $p2 IS NULL THEN [] ELSE candidates END AS n
  WITH n WHERE any(tag IN n.tags WHERE tag IN $p2)
  RETURN collect(id(n)) AS tagged
}
RETURN
  named,
  candidates,
  [starts, links + [voices], [near, far], CASE WHEN $p2 IS NULL THEN null ELSE tagged END] AS thread
}
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
  RETURN collect([id(kpi), kpi.id, kpi.key, kpi.kpiMethod, kpi.variant, kpi.unit, kpi.direction, kpi.scaleMin, kpi.scaleMax, kpi.goodFrom, kpi.badTo, kpi.aggregate, kpi.baseline, toString(kpi.baselineOn), kpi.target, toString(kpi.targetBy), kpi.holdBand, kpi.weight]) AS rows
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
      WHERE m.measuredOn <= date($p3) AND coalesce(m.measurementSubject, 'OWN') = 'OWN' AND m.competitor IS NULL AND NOT EXISTS { (m)-[:MEASURED_FOR]->() }
      RETURN [m.id, toString(m.measuredOn), m.value, m.sampleSize, m.counts, m.countedBy, m.measurementSubject, m.competitor, m.respondentSide, COLLECT { MATCH (m)-[:MEASURED_FOR]->(part) RETURN [id(part), part.id, head([label IN labels(part) WHERE label <> 'Entity']), part.key] }]
    }
  ]) AS measured
}
RETURN [
  $p3,
  thread,
  head([n IN named | head([label IN labels(n) WHERE label <> 'Entity'])]),
  [kpi IN aimed | id(kpi)],
  claims,
  rows,
  drives,
  measured
] AS facts

MATCH (n0:Initiative {key: $key})
CALL (n0) {
  CALL (n0) {
    WITH n0 AS start
    CALL (start) {
    CALL (start) {
    CALL (start) {
    RETURN null AS plural, start AS n
    }
    RETURN collect([plural, n.key, n.id, id(n), []]) AS starts, collect(n) AS named, collect(n) AS reached
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
      RETURN collect([id(kpi), kpi.id, kpi.key, kpi.kpiMethod, kpi.variant, kpi.unit, kpi.direction, kpi.scaleMin, kpi.scaleMax, kpi.goodFrom, kpi.badTo, kpi.aggregate, kpi.baseline, toString(kpi.baselineOn), kpi.target, toString(kpi.targetBy), kpi.holdBand, kpi.weight]) AS rows
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
          WHERE m.measuredOn <= date($p2) AND coalesce(m.measurementSubject, 'OWN') = 'OWN' AND m.competitor IS NULL AND NOT EXISTS { (m)-[:MEASURED_FOR]->() }
          RETURN [m.id, toString(m.measuredOn), m.value, m.sampleSize, m.counts, m.countedBy, m.measurementSubject, m.competitor, m.respondentSide, COLLECT { MATCH (m)-[:MEASURED_FOR]->(part) RETURN [id(part), part.id, head([label IN labels(part) WHERE label <> 'Entity']), part.key] }]
        }
      ]) AS measured
    }
    RETURN [
      $p2,
      thread,
      head([n IN named | head([label IN labels(n) WHERE label <> 'Entity'])]),
      [kpi IN aimed | id(kpi)],
      claims,
      rows,
      drives,
      measured
    ] AS facts
  }
  RETURN facts AS c1
}
RETURN head(collect([c1])) AS answer

MATCH (n0:KPI {key: $key})
CALL (n0) {
  CALL (n0) {
    WITH n0 AS start
    CALL (start) {
    CALL (start) {
    CALL (start) {
    RETURN null AS plural, start AS n
    }
    RETURN collect([plural, n.key, n.id, id(n), []]) AS starts, collect(n) AS named, collect(n) AS reached
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
      RETURN collect([id(kpi), kpi.id, kpi.key, kpi.kpiMethod, kpi.variant, kpi.unit, kpi.direction, kpi.scaleMin, kpi.scaleMax, kpi.goodFrom, kpi.badTo, kpi.aggregate, kpi.baseline, toString(kpi.baselineOn), kpi.target, toString(kpi.targetBy), kpi.holdBand, kpi.weight]) AS rows
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
          WHERE m.measuredOn <= date($p2) AND coalesce(m.measurementSubject, 'OWN') = 'OWN' AND m.competitor IS NULL AND NOT EXISTS { (m)-[:MEASURED_FOR]->() }
          RETURN [m.id, toString(m.measuredOn), m.value, m.sampleSize, m.counts, m.countedBy, m.measurementSubject, m.competitor, m.respondentSide, COLLECT { MATCH (m)-[:MEASURED_FOR]->(part) RETURN [id(part), part.id, head([label IN labels(part) WHERE label <> 'Entity']), part.key] }]
        }
      ]) AS measured
    }
    RETURN [
      $p2,
      thread,
      head([n IN named | head([label IN labels(n) WHERE label <> 'Entity'])]),
      [kpi IN aimed | id(kpi)],
      claims,
      rows,
      drives,
      measured
    ] AS facts
  }
  RETURN facts AS c1
}
RETURN head(collect([c1])) AS answer
