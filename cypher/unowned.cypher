// Work and service that nobody answers for, who has a part in it nevertheless, and the pains on its thread. The statement
// goes on from scope/thread.cypher.
//
// In the column stand the thread and, for each entity that is not over and has no owner, or one who is a stakeholder and a
// member of nothing, and for each touchpoint of ours, or of unknown control, that nobody runs:
//   its number, id, kind and key
//   parts       who owns it or is involved in it: {{part_rows}}, see store/acting.py
//   runners     [{{party}}, touchpoint's id, its key]: who runs its touchpoints
//   pains       how many pains and unmet needs are on its thread
//   severities  those of them that are known
//   unknown     how many severities are not, and how many insights there have no known type
// The pains are those of questions/gaps.py: those that lead to it, or that it leads to; of what is not on the spine, those
// of what it is attached to, personas apart.
//
// parameters:
//   on: the day, ISO 8601
//   pains: the types of insight that are pains or unmet needs
// columns:
//   facts: see above
// mode: read
CALL (candidates) {
  UNWIND candidates AS n
  WITH n WHERE n:Goal|Journey|Touchpoint|Opportunity|Proposition|Promise|Initiative|Enabler|KPI
  WITH n, COLLECT { MATCH (n)-[:OWNED_BY]->(party) RETURN party } AS owners
  WHERE CASE
    WHEN n:Touchpoint THEN coalesce(n.control, 'OWN') = 'OWN' AND NOT EXISTS { (n)-[:RUN_BY]->() }
    ELSE all(party IN owners WHERE party:Stakeholder AND NOT EXISTS { (party)-[:MEMBER_OF]->() }) AND NOT {{over}}
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
    RETURN collect([{{party}}, touchpoint.id, touchpoint.key]) AS runners
  }
  CALL (n) {
    WITH n, n:{{spine_kinds}} AS on_spine
    CALL (n, on_spine) {
      WITH n, on_spine WHERE on_spine
      RETURN n AS near
      UNION
      MATCH (n)-[:{{attached}}]-(near:{{spine_kinds}})
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
    WHERE coalesce(insight.type IN $pains, true) AND coalesce(insight.insightStatus, '') <> 'REFUTED'
    WITH insight, insight.type IS NOT NULL AS typed
    RETURN
      count(CASE WHEN typed THEN 1 END) AS pains,
      collect(CASE WHEN typed THEN insight.severity END) AS severities,
      count(CASE WHEN typed AND insight.severity IS NOT NULL THEN null ELSE 1 END) AS unknown
  }
  RETURN collect([
    id(n), n.id, head([label IN labels(n) WHERE label <> 'Entity']), n.key, {{part_rows}}, runners, pains, severities,
    unknown
  ]) AS rows
}
RETURN [thread, rows] AS facts
