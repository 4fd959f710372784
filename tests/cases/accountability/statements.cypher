CALL () {
  UNWIND $ids0 AS id0
  MATCH (n0:Entity {id: id0})
  RETURN collect([n0.id, [n0.key]]) AS list0
}
CALL () {
  UNWIND $ids1 AS id1
  MATCH (n1:Entity {id: id1})
  RETURN collect([n1.id, [n1.key]]) AS list1
}
CALL () {
  UNWIND $ids2 AS id2
  MATCH (n2:Entity {id: id2})
  RETURN collect([n2.id, [n2.key]]) AS list2
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
RETURN [list0, list1, list2, list3, list4, list5, list6] AS answer

CALL () {
  UNWIND $ids0 AS id0
  MATCH (n0:Entity {id: id0})
  RETURN collect([n0.id, [n0.key]]) AS list0
}
CALL () {
  UNWIND $ids1 AS id1
  MATCH (n1:Entity {id: id1})
  RETURN collect([n1.id, [n1.key]]) AS list1
}
CALL () {
  UNWIND $ids2 AS id2
  MATCH (n2:Entity {id: id2})
  RETURN collect([n2.id, [n2.key]]) AS list2
}
CALL () {
  UNWIND $ids3 AS id3
  MATCH (n3:Entity {id: id3})
  RETURN collect([n3.id, [n3.key]]) AS list3
}
RETURN [list0, list1, list2, list3] AS answer

CALL () {
CALL () {
CALL () {
  MATCH (n:Department) USING INDEX SEEK n:Department(key) WHERE n.key = $p1 AND $p0 = 'Department'
  RETURN n
  UNION ALL
  MATCH (n:Partner) USING INDEX SEEK n:Partner(key) WHERE n.key = $p1 AND $p0 = 'Partner'
  RETURN n
}
RETURN n AS start
}
CALL (start) {
  CALL (start) {
    MATCH (start)<-[:OWNED_BY|INVOLVES|RUN_BY]-(n)
    RETURN n
    UNION
    MATCH (start)<-[:MEMBER_OF]-(:Stakeholder)<-[:OWNED_BY|INVOLVES]-(n)
    RETURN n
  }
  RETURN collect([
    n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key, coalesce(n.initiativeStatus IN ['STOPPED'] OR n.propositionStatus IN ['RETIRED'] OR n.opportunityStatus IN ['CLOSED', 'PARKED'] OR (n.initiativeStatus = 'DONE' AND coalesce(n.finished <= date($p2), true)) OR (n:Promise AND EXISTS { (n)<-[:MAKES]-() } AND NOT EXISTS { (n)<-[:MAKES]-(maker) WHERE coalesce(maker.propositionStatus, '') <> 'RETIRED' }), false), COLLECT { MATCH (n)-[r:OWNED_BY|INVOLVES|RUN_BY]->(party) RETURN [CASE type(r) WHEN 'OWNED_BY' THEN 'ACCOUNTABLE' WHEN 'RUN_BY' THEN 'RUNS' ELSE r.involvementRole END, r.contribution, r.effort, [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key], COLLECT { MATCH (party)-[:MEMBER_OF]->(of) RETURN [of.id, head([label IN labels(of) WHERE label <> 'Entity']), of.key] }] }
  ]) AS acted
}
CALL (start) {
  MATCH (start)<-[r:OWNED_BY|RUN_BY]-(root:Opportunity|Touchpoint)
  RETURN
    collect(root) AS roots,
    collect([
      type(r), root.id, start.id, r.basis, r.confidence, r.rationale, null,
      [root.id, head([label IN labels(root) WHERE label <> 'Entity']), root.key, null]
    ]) AS beside
}
CALL (roots) {
  UNWIND roots AS root
  MATCH (root:Touchpoint)-[r:REVEALS]->(insight)
  RETURN
    collect([type(r), root.id, insight.id, r.basis, r.confidence, r.rationale, null]) AS onward,
    collect(insight) AS revealed
}
CALL (roots) {
  UNWIND roots AS root
  MATCH (root:Opportunity)<-[r:RAISES]-(insight:Insight)
  RETURN
    collect([type(r), insight.id, root.id, r.basis, r.confidence, r.rationale, null]) AS back,
    collect(insight) AS raising
}
CALL (start, roots, revealed, raising) {
  UNWIND [start] + roots + revealed + raising AS n
  WITH DISTINCT n
  RETURN collect([n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key, n.type]) AS stations
}
CALL (start) {
  MATCH (start)<-[:RUN_BY]-(:Touchpoint)<-[:HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT*2..3]-(journey:Journey)
  WITH DISTINCT journey
  RETURN collect([id(journey), journey.id, journey.key, journey.journeyState, COLLECT { MATCH (journey)-[gone:HAS_STAGE]->(stage) RETURN [id(stage), stage.id, stage.key, stage.duration, stage.waiting, COLLECT { MATCH (stage)-[met:HAS_TOUCHPOINT]->(touchpoint) RETURN [id(touchpoint), touchpoint.id, touchpoint.key, touchpoint.control, head(COLLECT { MATCH (touchpoint)-[:RUN_BY]->(party) RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key] }), COLLECT { MATCH (touchpoint)-[open:ON_CHANNEL]->(channel) RETURN [channel.id, channel.key, open.share] ORDER BY coalesce(open.share, -1) DESC, channel.key }] ORDER BY met.position, touchpoint.key }, COLLECT { MATCH (stage)-[taken:HAS_STEP]->(step) RETURN [id(step), step.id, step.key, step.emotion, step.duration, step.waiting, COLLECT { MATCH (step)-[met:HAS_TOUCHPOINT]->(touchpoint) RETURN [id(touchpoint), touchpoint.id, touchpoint.key, touchpoint.control, head(COLLECT { MATCH (touchpoint)-[:RUN_BY]->(party) RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key] }), COLLECT { MATCH (touchpoint)-[open:ON_CHANNEL]->(channel) RETURN [channel.id, channel.key, open.share] ORDER BY coalesce(open.share, -1) DESC, channel.key }] ORDER BY met.position, touchpoint.key }] ORDER BY taken.position, step.key }] ORDER BY gone.position, stage.key }]) AS journeys
}
CALL (start) {
  MATCH (start)<-[:RUN_BY]-(:Touchpoint)<-[:KEPT_AT]-(promise)
  RETURN count(DISTINCT promise) AS promises
}
WITH start AS party, acted, journeys, promises, [
  [start.id, head([label IN labels(start) WHERE label <> 'Entity']), start.key, start.type],
  [root IN roots | root.id],
  stations, onward, back, beside, [], []
] AS traced
RETURN [$p2, traced, [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key], acted, journeys, promises] AS facts
}
RETURN head(collect(facts)) AS facts

CALL () {
CALL () {
CALL () {
  MATCH (n:Department) USING INDEX SEEK n:Department(key) WHERE n.key = $p1 AND $p0 = 'Department'
  RETURN n
  UNION ALL
  MATCH (n:Partner) USING INDEX SEEK n:Partner(key) WHERE n.key = $p1 AND $p0 = 'Partner'
  RETURN n
}
RETURN n AS start
}
CALL (start) {
  CALL (start) {
    MATCH (start)<-[:OWNED_BY|INVOLVES|RUN_BY]-(n)
    RETURN n
    UNION
    MATCH (start)<-[:MEMBER_OF]-(:Stakeholder)<-[:OWNED_BY|INVOLVES]-(n)
    RETURN n
  }
  RETURN collect([
    n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key, coalesce(n.initiativeStatus IN ['STOPPED'] OR n.propositionStatus IN ['RETIRED'] OR n.opportunityStatus IN ['CLOSED', 'PARKED'] OR (n.initiativeStatus = 'DONE' AND coalesce(n.finished <= date($p2), true)) OR (n:Promise AND EXISTS { (n)<-[:MAKES]-() } AND NOT EXISTS { (n)<-[:MAKES]-(maker) WHERE coalesce(maker.propositionStatus, '') <> 'RETIRED' }), false), COLLECT { MATCH (n)-[r:OWNED_BY|INVOLVES|RUN_BY]->(party) RETURN [CASE type(r) WHEN 'OWNED_BY' THEN 'ACCOUNTABLE' WHEN 'RUN_BY' THEN 'RUNS' ELSE r.involvementRole END, r.contribution, r.effort, [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key], COLLECT { MATCH (party)-[:MEMBER_OF]->(of) RETURN [of.id, head([label IN labels(of) WHERE label <> 'Entity']), of.key] }] }
  ]) AS acted
}
CALL (start) {
  MATCH (start)<-[r:OWNED_BY|RUN_BY]-(root:Opportunity|Touchpoint)
  RETURN
    collect(root) AS roots,
    collect([
      type(r), root.id, start.id, r.basis, r.confidence, r.rationale, null,
      [root.id, head([label IN labels(root) WHERE label <> 'Entity']), root.key, null]
    ]) AS beside
}
CALL (roots) {
  UNWIND roots AS root
  MATCH (root:Touchpoint)-[r:REVEALS]->(insight)
  RETURN
    collect([type(r), root.id, insight.id, r.basis, r.confidence, r.rationale, null]) AS onward,
    collect(insight) AS revealed
}
CALL (roots) {
  UNWIND roots AS root
  MATCH (root:Opportunity)<-[r:RAISES]-(insight:Insight)
  RETURN
    collect([type(r), insight.id, root.id, r.basis, r.confidence, r.rationale, null]) AS back,
    collect(insight) AS raising
}
CALL (start, roots, revealed, raising) {
  UNWIND [start] + roots + revealed + raising AS n
  WITH DISTINCT n
  RETURN collect([n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key, n.type]) AS stations
}
CALL (start) {
  MATCH (start)<-[:RUN_BY]-(:Touchpoint)<-[:HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT*2..3]-(journey:Journey)
  WITH DISTINCT journey
  RETURN collect([id(journey), journey.id, journey.key, journey.journeyState, COLLECT { MATCH (journey)-[gone:HAS_STAGE]->(stage) RETURN [id(stage), stage.id, stage.key, stage.duration, stage.waiting, COLLECT { MATCH (stage)-[met:HAS_TOUCHPOINT]->(touchpoint) RETURN [id(touchpoint), touchpoint.id, touchpoint.key, touchpoint.control, head(COLLECT { MATCH (touchpoint)-[:RUN_BY]->(party) RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key] }), COLLECT { MATCH (touchpoint)-[open:ON_CHANNEL]->(channel) RETURN [channel.id, channel.key, open.share] ORDER BY coalesce(open.share, -1) DESC, channel.key }] ORDER BY met.position, touchpoint.key }, COLLECT { MATCH (stage)-[taken:HAS_STEP]->(step) RETURN [id(step), step.id, step.key, step.emotion, step.duration, step.waiting, COLLECT { MATCH (step)-[met:HAS_TOUCHPOINT]->(touchpoint) RETURN [id(touchpoint), touchpoint.id, touchpoint.key, touchpoint.control, head(COLLECT { MATCH (touchpoint)-[:RUN_BY]->(party) RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key] }), COLLECT { MATCH (touchpoint)-[open:ON_CHANNEL]->(channel) RETURN [channel.id, channel.key, open.share] ORDER BY coalesce(open.share, -1) DESC, channel.key }] ORDER BY met.position, touchpoint.key }] ORDER BY taken.position, step.key }] ORDER BY gone.position, stage.key }]) AS journeys
}
CALL (start) {
  MATCH (start)<-[:RUN_BY]-(:Touchpoint)<-[:KEPT_AT]-(promise)
  RETURN count(DISTINCT promise) AS promises
}
WITH start AS party, acted, journeys, promises, [
  [start.id, head([label IN labels(start) WHERE label <> 'Entity']), start.key, start.type],
  [root IN roots | root.id],
  stations, onward, back, beside, [], []
] AS traced
RETURN [$p2, traced, [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key], acted, journeys, promises] AS facts
}
RETURN head(collect(facts)) AS facts

CALL () {
CALL () {
CALL () {
  MATCH (n:Department) USING INDEX SEEK n:Department(key) WHERE n.key = $p1 AND $p0 = 'Department'
  RETURN n
  UNION ALL
  MATCH (n:Partner) USING INDEX SEEK n:Partner(key) WHERE n.key = $p1 AND $p0 = 'Partner'
  RETURN n
}
RETURN n AS start
}
CALL (start) {
  CALL (start) {
    MATCH (start)<-[:OWNED_BY|INVOLVES|RUN_BY]-(n)
    RETURN n
    UNION
    MATCH (start)<-[:MEMBER_OF]-(:Stakeholder)<-[:OWNED_BY|INVOLVES]-(n)
    RETURN n
  }
  RETURN collect([
    n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key, coalesce(n.initiativeStatus IN ['STOPPED'] OR n.propositionStatus IN ['RETIRED'] OR n.opportunityStatus IN ['CLOSED', 'PARKED'] OR (n.initiativeStatus = 'DONE' AND coalesce(n.finished <= date($p2), true)) OR (n:Promise AND EXISTS { (n)<-[:MAKES]-() } AND NOT EXISTS { (n)<-[:MAKES]-(maker) WHERE coalesce(maker.propositionStatus, '') <> 'RETIRED' }), false), COLLECT { MATCH (n)-[r:OWNED_BY|INVOLVES|RUN_BY]->(party) RETURN [CASE type(r) WHEN 'OWNED_BY' THEN 'ACCOUNTABLE' WHEN 'RUN_BY' THEN 'RUNS' ELSE r.involvementRole END, r.contribution, r.effort, [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key], COLLECT { MATCH (party)-[:MEMBER_OF]->(of) RETURN [of.id, head([label IN labels(of) WHERE label <> 'Entity']), of.key] }] }
  ]) AS acted
}
CALL (start) {
  MATCH (start)<-[r:OWNED_BY|RUN_BY]-(root:Opportunity|Touchpoint)
  RETURN
    collect(root) AS roots,
    collect([
      type(r), root.id, start.id, r.basis, r.confidence, r.rationale, null,
      [root.id, head([label IN labels(root) WHERE label <> 'Entity']), root.key, null]
    ]) AS beside
}
CALL (roots) {
  UNWIND roots AS root
  MATCH (root:Touchpoint)-[r:REVEALS]->(insight)
  RETURN
    collect([type(r), root.id, insight.id, r.basis, r.confidence, r.rationale, null]) AS onward,
    collect(insight) AS revealed
}
CALL (roots) {
  UNWIND roots AS root
  MATCH (root:Opportunity)<-[r:RAISES]-(insight:Insight)
  RETURN
    collect([type(r), insight.id, root.id, r.basis, r.confidence, r.rationale, null]) AS back,
    collect(insight) AS raising
}
CALL (start, roots, revealed, raising) {
  UNWIND [start] + roots + revealed + raising AS n
  WITH DISTINCT n
  RETURN collect([n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key, n.type]) AS stations
}
CALL (start) {
  MATCH (start)<-[:RUN_BY]-(:Touchpoint)<-[:HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT*2..3]-(journey:Journey)
  WITH DISTINCT journey
  RETURN collect([id(journey), journey.id, journey.key, journey.journeyState, COLLECT { MATCH (journey)-[gone:HAS_STAGE]->(stage) RETURN [id(stage), stage.id, stage.key, stage.duration, stage.waiting, COLLECT { MATCH (stage)-[met:HAS_TOUCHPOINT]->(touchpoint) RETURN [id(touchpoint), touchpoint.id, touchpoint.key, touchpoint.control, head(COLLECT { MATCH (touchpoint)-[:RUN_BY]->(party) RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key] }), COLLECT { MATCH (touchpoint)-[open:ON_CHANNEL]->(channel) RETURN [channel.id, channel.key, open.share] ORDER BY coalesce(open.share, -1) DESC, channel.key }] ORDER BY met.position, touchpoint.key }, COLLECT { MATCH (stage)-[taken:HAS_STEP]->(step) RETURN [id(step), step.id, step.key, step.emotion, step.duration, step.waiting, COLLECT { MATCH (step)-[met:HAS_TOUCHPOINT]->(touchpoint) RETURN [id(touchpoint), touchpoint.id, touchpoint.key, touchpoint.control, head(COLLECT { MATCH (touchpoint)-[:RUN_BY]->(party) RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key] }), COLLECT { MATCH (touchpoint)-[open:ON_CHANNEL]->(channel) RETURN [channel.id, channel.key, open.share] ORDER BY coalesce(open.share, -1) DESC, channel.key }] ORDER BY met.position, touchpoint.key }] ORDER BY taken.position, step.key }] ORDER BY gone.position, stage.key }]) AS journeys
}
CALL (start) {
  MATCH (start)<-[:RUN_BY]-(:Touchpoint)<-[:KEPT_AT]-(promise)
  RETURN count(DISTINCT promise) AS promises
}
WITH start AS party, acted, journeys, promises, [
  [start.id, head([label IN labels(start) WHERE label <> 'Entity']), start.key, start.type],
  [root IN roots | root.id],
  stations, onward, back, beside, [], []
] AS traced
RETURN [$p2, traced, [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key], acted, journeys, promises] AS facts
}
RETURN head(collect(facts)) AS facts

MATCH (n0:Department {key: $key})
CALL (n0) {
  CALL (n0) {
    WITH n0 AS start
    CALL (start) {
      CALL (start) {
        MATCH (start)<-[:OWNED_BY|INVOLVES|RUN_BY]-(n)
        RETURN n
        UNION
        MATCH (start)<-[:MEMBER_OF]-(:Stakeholder)<-[:OWNED_BY|INVOLVES]-(n)
        RETURN n
      }
      RETURN collect([
        n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key, coalesce(n.initiativeStatus IN ['STOPPED'] OR n.propositionStatus IN ['RETIRED'] OR n.opportunityStatus IN ['CLOSED', 'PARKED'] OR (n.initiativeStatus = 'DONE' AND coalesce(n.finished <= date($p0), true)) OR (n:Promise AND EXISTS { (n)<-[:MAKES]-() } AND NOT EXISTS { (n)<-[:MAKES]-(maker) WHERE coalesce(maker.propositionStatus, '') <> 'RETIRED' }), false), COLLECT { MATCH (n)-[r:OWNED_BY|INVOLVES|RUN_BY]->(party) RETURN [CASE type(r) WHEN 'OWNED_BY' THEN 'ACCOUNTABLE' WHEN 'RUN_BY' THEN 'RUNS' ELSE r.involvementRole END, r.contribution, r.effort, [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key], COLLECT { MATCH (party)-[:MEMBER_OF]->(of) RETURN [of.id, head([label IN labels(of) WHERE label <> 'Entity']), of.key] }] }
      ]) AS acted
    }
    CALL (start) {
      MATCH (start)<-[r:OWNED_BY|RUN_BY]-(root:Opportunity|Touchpoint)
      RETURN
        collect(root) AS roots,
        collect([
          type(r), root.id, start.id, r.basis, r.confidence, r.rationale, null,
          [root.id, head([label IN labels(root) WHERE label <> 'Entity']), root.key, null]
        ]) AS beside
    }
    CALL (roots) {
      UNWIND roots AS root
      MATCH (root:Touchpoint)-[r:REVEALS]->(insight)
      RETURN
        collect([type(r), root.id, insight.id, r.basis, r.confidence, r.rationale, null]) AS onward,
        collect(insight) AS revealed
    }
    CALL (roots) {
      UNWIND roots AS root
      MATCH (root:Opportunity)<-[r:RAISES]-(insight:Insight)
      RETURN
        collect([type(r), insight.id, root.id, r.basis, r.confidence, r.rationale, null]) AS back,
        collect(insight) AS raising
    }
    CALL (start, roots, revealed, raising) {
      UNWIND [start] + roots + revealed + raising AS n
      WITH DISTINCT n
      RETURN collect([n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key, n.type]) AS stations
    }
    CALL (start) {
      MATCH (start)<-[:RUN_BY]-(:Touchpoint)<-[:HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT*2..3]-(journey:Journey)
      WITH DISTINCT journey
      RETURN collect([id(journey), journey.id, journey.key, journey.journeyState, COLLECT { MATCH (journey)-[gone:HAS_STAGE]->(stage) RETURN [id(stage), stage.id, stage.key, stage.duration, stage.waiting, COLLECT { MATCH (stage)-[met:HAS_TOUCHPOINT]->(touchpoint) RETURN [id(touchpoint), touchpoint.id, touchpoint.key, touchpoint.control, head(COLLECT { MATCH (touchpoint)-[:RUN_BY]->(party) RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key] }), COLLECT { MATCH (touchpoint)-[open:ON_CHANNEL]->(channel) RETURN [channel.id, channel.key, open.share] ORDER BY coalesce(open.share, -1) DESC, channel.key }] ORDER BY met.position, touchpoint.key }, COLLECT { MATCH (stage)-[taken:HAS_STEP]->(step) RETURN [id(step), step.id, step.key, step.emotion, step.duration, step.waiting, COLLECT { MATCH (step)-[met:HAS_TOUCHPOINT]->(touchpoint) RETURN [id(touchpoint), touchpoint.id, touchpoint.key, touchpoint.control, head(COLLECT { MATCH (touchpoint)-[:RUN_BY]->(party) RETURN [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key] }), COLLECT { MATCH (touchpoint)-[open:ON_CHANNEL]->(channel) RETURN [channel.id, channel.key, open.share] ORDER BY coalesce(open.share, -1) DESC, channel.key }] ORDER BY met.position, touchpoint.key }] ORDER BY taken.position, step.key }] ORDER BY gone.position, stage.key }]) AS journeys
    }
    CALL (start) {
      MATCH (start)<-[:RUN_BY]-(:Touchpoint)<-[:KEPT_AT]-(promise)
      RETURN count(DISTINCT promise) AS promises
    }
    WITH start AS party, acted, journeys, promises, [
      [start.id, head([label IN labels(start) WHERE label <> 'Entity']), start.key, start.type],
      [root IN roots | root.id],
      stations, onward, back, beside, [], []
    ] AS traced
    RETURN [$p0, traced, [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key], acted, journeys, promises] AS facts
  }
  RETURN facts AS c1
}
RETURN head(collect([c1])) AS answer
