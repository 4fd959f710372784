CALL () {
  UNWIND $ids0 AS id0
  MATCH (n0:Entity {id: id0})
  RETURN collect([n0.id, [n0.key]]) AS list0
}
CALL () {
  UNWIND $ids1 AS id1
  MATCH (n1:Entity {id: id1})
  RETURN collect([n1.id, CASE WHEN n1:Goal|Principle|KPI|Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Channel|Insight|Evidence|Study|Hypothesis|Opportunity|Promise|Enabler|Department|Partner|Stakeholder THEN [0, []] WHEN n1:Proposition|Initiative THEN [1, [n1.key]] END]) AS list1
}
CALL () {
  UNWIND $ids2 AS id2
  MATCH (n2:Entity {id: id2})
  RETURN collect([n2.id, CASE WHEN n2:Goal|Principle|KPI|Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Channel|Insight|Evidence|Study|Hypothesis|Opportunity|Promise|Initiative|Enabler|Department|Partner|Stakeholder THEN [0, []] WHEN n2:Proposition THEN [1, [n2.key]] END]) AS list2
}
CALL () {
  UNWIND $ids3 AS id3
  MATCH (n3:Entity {id: id3})
  RETURN collect([n3.id, [n3.key]]) AS list3
}
CALL () {
  UNWIND $ids4 AS id4
  MATCH (n4:Entity {id: id4})
  RETURN collect([n4.id, CASE WHEN n4:Goal|Principle|KPI|Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Channel|Insight|Evidence|Study|Hypothesis|Opportunity|Promise|Enabler|Department|Partner|Stakeholder THEN [0, []] WHEN n4:Proposition|Initiative THEN [1, [n4.key]] END]) AS list4
}
CALL () {
  UNWIND $ids5 AS id5
  MATCH (n5:Entity {id: id5})
  RETURN collect([n5.id, [n5.key]]) AS list5
}
RETURN [list0, list1, list2, list3, list4, list5] AS answer

CALL () {
CALL () {
MATCH (n:KPI)
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
  UNWIND candidates AS kpi
  WITH kpi WHERE kpi:KPI
  RETURN collect([
    [id(kpi), kpi.id, kpi.key, kpi.kpiMethod, kpi.variant, kpi.unit, kpi.direction, kpi.scaleMin, kpi.scaleMax, kpi.goodFrom, kpi.badTo, kpi.aggregate, kpi.baseline, toString(kpi.baselineOn), kpi.target, toString(kpi.targetBy), kpi.holdBand, kpi.weight],
    COLLECT {
      MATCH (kpi)-[:HAS_MEASUREMENT]->(m)
      WHERE m.measuredOn <= date($p2) AND coalesce(m.measurementSubject, 'OWN') = 'OWN' AND m.competitor IS NULL AND NOT EXISTS { (m)-[:MEASURED_FOR]->() }
      RETURN [m.id, toString(m.measuredOn), m.value, m.sampleSize, m.counts, m.countedBy, m.measurementSubject, m.competitor, m.respondentSide, COLLECT { MATCH (m)-[:MEASURED_FOR]->(part) RETURN [id(part), part.id, head([label IN labels(part) WHERE label <> 'Entity']), part.key] }]
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
RETURN [$p2, thread, rows] AS facts

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
    CALL (candidates) {
      UNWIND candidates AS kpi
      WITH kpi WHERE kpi:KPI
      RETURN collect([
        [id(kpi), kpi.id, kpi.key, kpi.kpiMethod, kpi.variant, kpi.unit, kpi.direction, kpi.scaleMin, kpi.scaleMax, kpi.goodFrom, kpi.badTo, kpi.aggregate, kpi.baseline, toString(kpi.baselineOn), kpi.target, toString(kpi.targetBy), kpi.holdBand, kpi.weight],
        COLLECT {
          MATCH (kpi)-[:HAS_MEASUREMENT]->(m)
          WHERE m.measuredOn <= date($p2) AND coalesce(m.measurementSubject, 'OWN') = 'OWN' AND m.competitor IS NULL AND NOT EXISTS { (m)-[:MEASURED_FOR]->() }
          RETURN [m.id, toString(m.measuredOn), m.value, m.sampleSize, m.counts, m.countedBy, m.measurementSubject, m.competitor, m.respondentSide, COLLECT { MATCH (m)-[:MEASURED_FOR]->(part) RETURN [id(part), part.id, head([label IN labels(part) WHERE label <> 'Entity']), part.key] }]
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
    RETURN [$p2, thread, rows] AS facts
  }
  RETURN facts AS c1
}
RETURN head(collect([c1])) AS answer
