"""The part of statements that reads a promise and what was measured of it, for all questions about promises alike.

`{{promise_row}}` reads the variables `n`, a promise; `kpi`, its KPI or null; and `owner`, its owner or null. It stands
for its number, id, key, level, share and day (ISO 8601), and then

    KPI        kpi_row, or null
    owner      [id, kind], or null
    makers     [proposition's id, key, status, numbers of its owner and of whatever that is a member of; null where
               nobody owns it]
    made       [touchpoint's id, key, number, id and kind of whoever runs it; null where nobody does]
    kept       likewise
    targets    [number, id, kind, key, side] of those that it is made to
    measured   measurement_row: the KPI's measurements for everybody and for each target alone, none of a competitor,
               none after the day `$on`, and none before the promise was due if by then it was. Which of them counts is
               decided in Python: the latest that is usable

See questions/promises.py for what becomes of it.
"""

from graph_api.store import measured

_KIND = "head([label IN labels({0}) WHERE label <> 'Entity'])"

_MAKERS = (
    "COLLECT { MATCH (n)<-[:MAKES]-(proposition) OPTIONAL MATCH (proposition)-[:OWNED_BY]->(answers) "
    "OPTIONAL MATCH (answers)-[:MEMBER_OF]->(party) WITH proposition, answers, collect(id(party)) AS parties "
    "RETURN [proposition.id, proposition.key, proposition.propositionStatus, "
    "CASE WHEN answers IS NOT NULL THEN [id(answers)] + parties END] }"
)
_TARGETS = f"COLLECT {{ MATCH (n)-[:MADE_TO]->(to) RETURN [id(to), to.id, {_KIND.format('to')}, to.key, to.side] }}"


def _places(link: str) -> str:
    return (
        f"COLLECT {{ MATCH (n)-[:{link}]->(place) OPTIONAL MATCH (place)-[:RUN_BY]->(party) "
        f"RETURN [place.id, place.key, id(party), party.id, {_KIND.format('party')}] }}"
    )


def _measured() -> str:
    parts = measured.placeholders()
    alone = "EXISTS { (m)-[:MEASURED_FOR]->()<-[:MADE_TO]-(n) } AND count { (m)-[:MEASURED_FOR]->() } = 1"
    return (
        "COLLECT { MATCH (kpi)-[:HAS_MEASUREMENT]->(m) WHERE m.measuredOn <= date($on) "
        "AND (n.due IS NULL OR n.due > date($on) OR m.measuredOn >= n.due) "
        f"AND {parts['own']} AND ({parts['for_all']} OR ({alone})) RETURN {parts['measurement_row']} }}"
    )


def placeholders() -> dict[str, str]:
    """Return what the placeholder of the statements about promises stands for."""
    kpi = f"CASE WHEN kpi IS NOT NULL THEN {measured.placeholders()['kpi_row']} END"
    owner = f"CASE WHEN owner IS NOT NULL THEN [owner.id, {_KIND.format('owner')}] END"
    return {
        "promise_row": (
            f"[id(n), n.id, n.key, n.promiseLevel, n.share, toString(n.due), {kpi}, {owner}, {_MAKERS}, "
            f"{_places('MADE_AT')}, {_places('KEPT_AT')}, {_TARGETS}, {_measured()}]"
        )
    }
