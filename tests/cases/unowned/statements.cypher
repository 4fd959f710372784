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
MATCH (n:Journey|Touchpoint|Opportunity|Proposition|Promise|Initiative|Enabler|KPI|Goal)
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
  WITH n WHERE n:Goal|Journey|Touchpoint|Opportunity|Proposition|Promise|Initiative|Enabler|KPI
  WITH n, COLLECT { MATCH (n)-[:OWNED_BY]->(party) RETURN party } AS owners
  WHERE CASE
    WHEN n:Touchpoint THEN coalesce(n.control, 'OWN') = 'OWN' AND NOT EXISTS { (n)-[:RUN_BY]->() }
    ELSE all(party IN owners WHERE party:Stakeholder AND NOT EXISTS { (party)-[:MEMBER_OF]->() }) AND NOT coalesce(n.initiativeStatus IN ['STOPPED'] OR n.propositionStatus IN ['RETIRED'] OR n.opportunityStatus IN ['CLOSED', 'PARKED'] OR (n.initiativeStatus = 'DONE' AND coalesce(n.finished <= date($p2), true)) OR (n:Promise AND EXISTS { (n)<-[:MAKES]-() } AND NOT EXISTS { (n)<-[:MAKES]-(maker) WHERE coalesce(maker.propositionStatus, '') <> 'RETIRED' }), false)
  END
  RETURN collect(n) AS unowned
}
CALL (unowned) {
  UNWIND unowned AS n
  CALL (n) {
    CALL (n) {
      MATCH (n:Journey)-[:HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT*2..3]->(touchpoint:Touchpoint)
      RETURN touchpoint
      UNION
      MATCH (n:Opportunity)<-[:RAISES]-(:Insight)<-[:REVEALS]-(touchpoint:Touchpoint)
      RETURN touchpoint
      UNION
      MATCH (n)-[:KEPT_AT|REALISES]->(touchpoint:Touchpoint)
      RETURN touchpoint
      UNION
      MATCH (n)<-[:REQUIRES|MEASURED_BY]-(touchpoint:Touchpoint)
      RETURN touchpoint
    }
    MATCH (touchpoint)-[:RUN_BY]->(party)
    RETURN collect([[party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key], touchpoint.id, touchpoint.key]) AS runners
  }
  CALL (n) {
    WITH n, n:Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Insight|Opportunity|Proposition|Initiative AS on_spine
    CALL (n, on_spine) {
      WITH n, on_spine WHERE on_spine
      RETURN n AS near
      UNION
      MATCH (n)-[:PART_OF|IN_SEGMENT|EXPERIENCES|APPLIES_TO|ON_CHANNEL|RUN_BY|MATTERS_AT|EVOLVES_TO|REALISES|BACKS|FROM_STUDY|TESTS|SETTLES|ABOUT|TARGETS|MAKES|MADE_AT|MADE_TO|KEPT_AT|REQUIRES|DEPENDS_ON|OWNED_BY|INVOLVES|MEMBER_OF|STANDS_ON|MEASURED_BY|AIMS_AT|MOVES|DRIVES|SUPPORTS|FOLLOWS]-(near:Segment|Account|Trigger|Persona|Need|Journey|Stage|Step|Touchpoint|Insight|Opportunity|Proposition|Initiative)
      WHERE NOT on_spine AND NOT near:Persona
      RETURN near
    }
    CALL (near) {
      MATCH (near)-[:HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT|REVEALS*1..4]->(insight:Insight)
      RETURN insight
      UNION
      MATCH (near)<-[:DELIVERED_BY|ADDRESSED_BY|RAISES*1..3]-(insight:Insight)
      RETURN insight
    }
    WITH DISTINCT insight
    WHERE coalesce(insight.type IN $p3, true) AND coalesce(insight.insightStatus, '') <> 'REFUTED'
    WITH insight, insight.type IS NOT NULL AS typed
    RETURN
      count(CASE WHEN typed THEN 1 END) AS pains,
      collect(CASE WHEN typed THEN insight.severity END) AS severities,
      count(CASE WHEN typed AND insight.severity IS NOT NULL THEN null ELSE 1 END) AS unknown
  }
  RETURN collect([
    id(n), n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key, COLLECT { MATCH (n)-[r:OWNED_BY|INVOLVES|RUN_BY]->(party) RETURN [CASE type(r) WHEN 'OWNED_BY' THEN 'ACCOUNTABLE' WHEN 'RUN_BY' THEN 'RUNS' ELSE r.involvementRole END, r.contribution, r.effort, [party.id, head([label IN labels(party) WHERE label <> 'Entity']), party.key], COLLECT { MATCH (party)-[:MEMBER_OF]->(of) RETURN [of.id, head([label IN labels(of) WHERE label <> 'Entity']), of.key] }] }, runners, pains, severities,
    unknown
  ]) AS rows
}
RETURN [thread, rows] AS facts
