// What becomes of a portfolio: who works on it and stands where, what it requires, claims, promises and brings about, and
// what was decided. The statement goes on from portfolio/learned.cypher.
//
// The work of an item is the item itself and what hangs below it: of an opportunity what addresses it, of a proposition, also
// of such a one, what delivers it, and the promises that it makes.
//
// In the column stand the day, and lists, each empty unless its name is wanted:
//   makes      [proposition, promise, its id, its key], if `parties`, `enablers` or `promises` is
//   parties    [number, parts]: who acts in the work, see store/acting.py
//   load       [id of an owner or party who does, [kind, effort] of each involvement of it or its members in what is not
//              over, in the whole graph]
//   stances    [number, stakeholder's id, key, stance, why]
//   enablers   [id, key, readiness, cost, currency, numbers of what requires it]
//   claims     claim_row of the work, see store/claimed.py
//   past       claim_row of all that parties claim who answer for claims of the work, if `realism` is
//   kpis       [kpi_row, measurements up to the day: our own, for everybody] of these claims, see store/measured.py
//   promises   promise_row, see store/promised.py
//   realised   [id, kind, key, journeys as [id, key], numbers of what brings it about], if `realises` is
//   decisions  [item, id of the latest decision about it], not after the day, if `decision` is
//
// parameters:
//   wants: the names of what is wanted
//   on: the day, ISO 8601
// columns:
//   thread: the thread, as it is
//   items: the items, as they are
//   around: what hangs together with them, as it is
//   reached: as it is
//   learned: as it is
//   work: see above
// mode: read
CALL (items) {
  UNWIND CASE
    WHEN any(name IN $wants WHERE name IN [
      'parties', 'load', 'stances', 'enablers', 'claims', 'realism', 'promises', 'realises'
    ]) THEN items
    ELSE []
  END AS item
  MATCH (item)-[:ADDRESSED_BY|DELIVERED_BY*0..2]->(n)
  WITH DISTINCT n
  RETURN collect(n) AS beneath
}
CALL (beneath) {
  UNWIND CASE WHEN any(name IN $wants WHERE name IN ['parties', 'enablers', 'promises']) THEN beneath ELSE [] END AS n
  MATCH (n)-[:MAKES]->(promise)
  RETURN collect([id(n), id(promise), promise.id, promise.key]) AS makes, collect(DISTINCT promise) AS promises
}
CALL (beneath, promises) {
  UNWIND CASE WHEN 'parties' IN $wants THEN beneath + promises ELSE [] END AS n
  WITH n, {{part_rows}} AS parts
  WHERE size(parts) > 0
  RETURN collect([id(n), parts]) AS parties
}
CALL (beneath, promises) {
  UNWIND CASE WHEN 'load' IN $wants THEN beneath + promises ELSE [] END AS acted
  MATCH (acted)-[:OWNED_BY|INVOLVES]->(party)
  WITH DISTINCT party
  CALL (party) {
    CALL (party) {
      RETURN party AS member
      UNION
      MATCH (party)<-[:MEMBER_OF]-(member)
      RETURN member
    }
    MATCH (member)<-[part:INVOLVES]-(n)
    WHERE NOT {{over}}
    RETURN collect([head([label IN labels(n) WHERE label <> 'Entity']), part.effort]) AS efforts
  }
  RETURN collect([party.id, efforts]) AS load
}
CALL (beneath) {
  UNWIND CASE WHEN 'stances' IN $wants THEN beneath ELSE [] END AS n
  MATCH (n)<-[stands:STANDS_ON]-(stakeholder)
  RETURN collect([id(n), stakeholder.id, stakeholder.key, stands.stakeholderStance, stands.why]) AS stances
}
CALL (beneath, promises) {
  UNWIND CASE WHEN 'enablers' IN $wants THEN beneath + promises ELSE [] END AS n
  MATCH (n)-[:REQUIRES]->(enabler)
  WITH enabler, collect(id(n)) AS through
  RETURN collect([
    enabler.id, enabler.key, enabler.readiness, enabler.cost, enabler.currency, through
  ]) AS enablers
}
CALL (beneath) {
  UNWIND CASE WHEN 'claims' IN $wants THEN beneath ELSE [] END AS n
  MATCH (n)-[claim:MOVES]->(kpi)
  RETURN collect({{claim_row}}) AS claims, collect(DISTINCT kpi) AS claimed, collect(DISTINCT n) AS claimants
}
CALL (claimants) {
  UNWIND CASE WHEN 'realism' IN $wants THEN claimants ELSE [] END AS claimant
  CALL (claimant) {
    MATCH (claimant)-[:OWNED_BY]->(party:Department|Partner)
    RETURN party
    UNION
    MATCH (claimant)-[:OWNED_BY]->(:Stakeholder)-[:MEMBER_OF]->(party)
    RETURN party
  }
  WITH DISTINCT party
  CALL (party) {
    RETURN party AS owner
    UNION
    MATCH (party)<-[:MEMBER_OF]-(owner)
    RETURN owner
  }
  MATCH (owner)<-[:OWNED_BY]-(n:Initiative|Proposition)
  WITH DISTINCT n
  MATCH (n)-[claim:MOVES]->(kpi)
  RETURN collect({{claim_row}}) AS past, collect(DISTINCT kpi) AS foreseen
}
CALL (claimed, foreseen) {
  UNWIND claimed + foreseen AS kpi
  WITH DISTINCT kpi
  RETURN collect([
    {{kpi_row}},
    COLLECT {
      MATCH (kpi)-[:HAS_MEASUREMENT]->(m)
      WHERE m.measuredOn <= date($on) AND {{own}} AND {{for_all}}
      RETURN {{measurement_row}}
    }
  ]) AS kpis
}
CALL (promises) {
  UNWIND CASE WHEN 'promises' IN $wants THEN promises ELSE [] END AS n
  OPTIONAL MATCH (n)-[:MEASURED_BY]->(kpi)
  OPTIONAL MATCH (n)-[:OWNED_BY]->(owner)
  RETURN collect({{promise_row}}) AS standings
}
CALL (beneath) {
  UNWIND CASE WHEN 'realises' IN $wants THEN beneath ELSE [] END AS n
  MATCH (n)-[:REALISES]->(place)
  WITH place, collect(id(n)) AS through
  RETURN collect([
    place.id,
    head([label IN labels(place) WHERE label <> 'Entity']),
    place.key,
    COLLECT {
      MATCH (place)<-[:HAS_STAGE|HAS_STEP|HAS_TOUCHPOINT*1..3]-(journey:Journey)
      RETURN DISTINCT [journey.id, journey.key]
    },
    through
  ]) AS realised
}
CALL (items) {
  UNWIND CASE WHEN 'decision' IN $wants THEN items ELSE [] END AS n
  MATCH (n)<-[:DECIDES]-(decision:Decision)
  WHERE decision.decidedOn IS NULL OR decision.decidedOn <= date($on)
  WITH n, decision
  ORDER BY coalesce(decision.decidedOn, date(decision.createdAt)) DESC, decision.createdAt DESC, decision.id
  WITH n, head(collect(decision.id)) AS latest
  RETURN collect([id(n), latest]) AS decisions
}
RETURN thread, items, around, reached, learned, [
  $on, makes, parties, load, stances, enablers, claims, past, kpis, standings, realised, decisions
] AS work
