// What was measured of each KPI. The statement goes on from scope/thread.cypher.
//
// In the column stand the day; the thread; and for each KPI [row, measurements, worth]: the row and the measurements as
// store/measured.py has them, each measurement with a day up to that asked for and a value or counts, and worth [number,
// kind, annual value in ten-thousandths, currency] of the segments and accounts for which it was measured by revenue.
//
// parameters:
//   on: the day, ISO 8601
//   others: whether measurements are wanted of parts and of competitors too, not only our own for everybody
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
      WHERE m.measuredOn <= date($on)
        AND (m.value IS NOT NULL OR size(m.counts) > 0)
        AND ($others OR ({{own}} AND {{for_all}}))
      RETURN {{measurement_row}}
    },
    COLLECT {
      MATCH (kpi)-[:HAS_MEASUREMENT]->(m)-[:MEASURED_FOR]->(whom:Segment|Account)
      WHERE m.countedBy = 'REVENUE' AND m.measuredOn <= date($on) AND {{own}}
      WITH DISTINCT whom
      RETURN [id(whom), head([label IN labels(whom) WHERE label <> 'Entity']), whom.annualValue, whom.currency]
    }
  ]) AS rows
}
RETURN [$on, thread, rows] AS facts
