// Which promises there are, who makes them where, who must keep them where, and what was measured of them. The statement
// goes on from scope/thread.cypher.
//
// In the column stand the day; the thread; the numbers of the entities named; and a row for each promise: its number, id
// and key, its level, share and day (ISO 8601), then
//   kpi        kpi_row, or null
//   owner      [id, kind], or null
//   makers     [proposition's id, key, status, numbers of its owner and of whatever that is a member of; null where nobody
//              owns it]
//   made       [touchpoint's id, key, number, id and kind of whoever runs it; null where nobody does]
//   kept       likewise
//   targets    [number, id, kind, key, side] of those that it is made to
//   measured   measurement_row: the KPI's measurements for everybody and for each target alone, none of a competitor, none
//              after the day, and none before the promise was due if by then it was. Which of them counts is decided in
//              Python: the latest that is usable
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
    CASE WHEN kpi IS NOT NULL THEN {{kpi_row}} END,
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
        AND {{own}}
        AND (
          {{for_all}}
          OR (
            EXISTS { (m)-[:MEASURED_FOR]->()<-[:MADE_TO]-(n) }
            AND count { (m)-[:MEASURED_FOR]->() } = 1
          )
        )
      RETURN {{measurement_row}}
    }
  ]) AS rows
}
RETURN [$on, thread, [n IN named | id(n)], rows] AS facts
