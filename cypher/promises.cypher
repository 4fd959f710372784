// Which promises there are, who makes them where, who must keep them where, and what was measured of them. The statement
// goes on from scope/thread.cypher.
//
// In the column stand the day; the thread; the numbers of the entities named; and a row for each promise: its number, id
// and key, its level, share and day (ISO 8601), then
//   kpi        [id, method, unit, direction, lowest answer, highest answer], or null
//   owner      [id, kind], or null
//   makers     [proposition's id, key, status, numbers of its owner and of whatever that is a member of; null where nobody
//              owns it]
//   made       [touchpoint's id, key, number, id and kind of whoever runs it; null where nobody does]
//   kept       likewise
//   targets    [number, id, kind, key, side] of those that it is made to
//   measured   [number of the target or null for all, side of the respondents, day, value, sample size, what was counted,
//              counts]: the KPI's latest measurement that has a value or counts, for each target alone and side, none
//              of a competitor, none after the day, and none before the promise was due if by then it was
//
// parameters:
//   on: the day, ISO 8601
// columns:
//   facts: see above
// mode: read
CALL (candidates) {
  UNWIND candidates AS n
  WITH n WHERE n:Promise
  OPTIONAL MATCH (n)-[:MEASURED_BY]->(kpi)
  OPTIONAL MATCH (n)-[:OWNED_BY]->(owner)
  RETURN collect([
    id(n),
    n.id,
    n.key,
    n.promiseLevel,
    n.share,
    toString(n.due),
    CASE WHEN kpi IS NOT NULL
      THEN [kpi.id, kpi.kpiMethod, kpi.unit, kpi.direction, kpi.scaleMin, kpi.scaleMax]
    END,
    CASE WHEN owner IS NOT NULL THEN [owner.id, head([label IN labels(owner) WHERE label <> 'Entity'])] END,
    COLLECT {
      MATCH (n)<-[:MAKES]-(proposition)
      OPTIONAL MATCH (proposition)-[:OWNED_BY]->(answers)
      OPTIONAL MATCH (answers)-[:MEMBER_OF]->(party)
      WITH proposition, answers, collect(id(party)) AS parties
      RETURN [
        proposition.id,
        proposition.key,
        proposition.propositionStatus,
        CASE WHEN answers IS NOT NULL THEN [id(answers)] + parties END
      ]
    },
    COLLECT {
      MATCH (n)-[:MADE_AT]->(place)
      OPTIONAL MATCH (place)-[:RUN_BY]->(party)
      RETURN [place.id, place.key, id(party), party.id, head([label IN labels(party) WHERE label <> 'Entity'])]
    },
    COLLECT {
      MATCH (n)-[:KEPT_AT]->(place)
      OPTIONAL MATCH (place)-[:RUN_BY]->(party)
      RETURN [place.id, place.key, id(party), party.id, head([label IN labels(party) WHERE label <> 'Entity'])]
    },
    COLLECT {
      MATCH (n)-[:MADE_TO]->(to)
      RETURN [id(to), to.id, head([label IN labels(to) WHERE label <> 'Entity']), to.key, to.side]
    },
    COLLECT {
      MATCH (kpi)-[:HAS_MEASUREMENT]->(m)
      WHERE m.measuredOn <= date($on)
        AND (n.due IS NULL OR n.due > date($on) OR m.measuredOn >= n.due)
        AND coalesce(m.measurementSubject, 'OWN') = 'OWN'
        AND m.competitor IS NULL
        AND (m.value IS NOT NULL OR size(m.counts) > 0)
      WITH n, m, COLLECT { MATCH (m)-[:MEASURED_FOR]->(part) RETURN part } AS parts
      WITH n, m, head(parts) AS part, size(parts) AS many
      WHERE many = 0 OR (many = 1 AND EXISTS { (n)-[:MADE_TO]->(part) })
      WITH m, part, m.respondentSide AS side
      ORDER BY m.measuredOn DESC, m.id
      WITH part, side, head(collect(m)) AS m
      RETURN [id(part), side, toString(m.measuredOn), m.value, m.sampleSize, m.countedBy, m.counts]
    }
  ]) AS rows
}
RETURN [$on, thread, [n IN named | id(n)], rows] AS facts
