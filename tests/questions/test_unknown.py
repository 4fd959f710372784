"""What is unknown is never zero: take any value away, and no figure becomes smaller without the answer saying why."""

import os
import random
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from graph_api.model import MODEL, Property
from graph_api.schema.service import Service, build_service
from graph_api.store.connection import Store, Transaction
from tests.questions.asking import Asking
from tests.questions.everything import Path, flat, query

REMOVALS = int(os.environ.get("REMOVALS", "2"))
SEED = int(os.environ.get("SEED", "7"))
EVERYTHING = 'scope: {tags: ["demo"]}'
DATED = f'{EVERYTHING}, on: "2026-11-01"'
ASKED = {
    "coverage": DATED,
    "gaps": f"{DATED}, first: 200",
    "evidenceHealth": DATED,
    "promiseStates": f"{DATED}, first: 200",
    "momentsOfTruth": f"{EVERYTHING}, first: 200",
    "importanceSatisfaction": EVERYTHING,
    "needScores": EVERYTHING,
    "collaboration": f"{EVERYTHING}, first: 200",
    "unowned": f"{EVERYTHING}, first: 200",
    "accountability": 'of: {kind: DEPARTMENT, key: "field-service"}, on: "2026-11-01"',
    "handoffs": 'journey: "breakdown", first: 200',
    "journeyMap": 'key: "breakdown", on: "2026-11-01"',
    "compareJourneys": 'asIs: "breakdown", toBe: "breakdown-to-be"',
    "journeyComplexity": f"{EVERYTHING}, first: 200",
    "kpiStates": f"{DATED}, first: 200",
    "kpiDrivers": f"{DATED}, first: 200",
    "businessValue": 'of: {kind: PROPOSITION, key: "PR1"}, on: "2026-11-01"',
    "goalStates": f"{DATED}, first: 200",
    "initiativeEffects": f"{DATED}, first: 200",
    "forecastRealism": f"{DATED}, first: 200",
    "portfolio": f"of: PROPOSITION, method: COST_OF_DELAY, {DATED}, first: 200",
    "fronts": f"of: OPPORTUNITY, criteria: [{{by: PAINS}}, {{by: ANNUAL_VALUE}}], {DATED}",
    "overlap": f"of: OPPORTUNITY, {EVERYTHING}, first: 200",
    "funnel": DATED,
    "decisionOutcomes": f"{DATED}, first: 200",
    "impact": 'of: {kind: DEPARTMENT, key: "field-service"}, on: "2026-11-01"',
}
"""Each question about the demo, asked for everything that it can tell."""


class Within:
    """Reads within a transaction that is never committed."""

    transaction: Transaction

    async def read(self, cypher: str, parameters: Any = None) -> list[Any]:
        return await self.transaction.read(cypher, parameters)


class Removal:
    """A value that is there, and will not be."""

    def __init__(self, label: str, field: str, place: int, *, link: bool) -> None:
        self.label, self.field, self.place, self.link = label, field, place, link

    @property
    def _match(self) -> str:
        pattern = f"()-[n:{self.label}]->()" if self.link else f"(n:{self.label})"
        return f"MATCH {pattern} WHERE n.`{self.field}` IS NOT NULL WITH n ORDER BY n.id SKIP $place LIMIT 1"

    async def made(self, transaction: Transaction) -> str:
        """Take the value away, and say where it was."""
        text = f"{self._match} WITH n, n.key AS key SET n.`{self.field}` = null RETURN coalesce(key, n.id)"
        (where,) = await transaction.read(text, {"place": self.place})
        return f"{self.label} {where} {self.field}"


SAYING = {
    "tags": "they are a place in the scope",
    "position": "places of one start are always dense",
    "rule": "it tells which waiver it is",
    "expires": "a waiver without it never does",
    "treatment": "nobody is treated otherwise without it",
}
"""Fields whose absence says something, so that it is not unknown."""


def _may_go(prop: Property) -> bool:
    return not (prop.stamp or prop.required or prop.name in SAYING)


def _fields() -> Iterator[tuple[str, Property, bool]]:
    for kind in MODEL.kinds.values():
        yield from ((kind.name, prop, False) for prop in kind.properties.values() if _may_go(prop))
    for link in MODEL.links.values():
        yield from ((link.name, prop, True) for prop in link.properties.values() if _may_go(prop))


async def _removals(store: Store, many: int) -> list[Removal]:
    chance = random.Random(SEED)
    counted = []
    for label, prop, link in _fields():
        pattern = f"()-[n:{label}]->()" if link else f"(n:{label})"
        (count,) = await store.read(f"MATCH {pattern} RETURN count(n.`{prop.name}`)")
        if count:
            counted.append((label, prop.name, count, link))
    chosen = (chance.choice(counted) for _ in range(many))
    return [Removal(label, field, chance.randrange(count), link=link) for label, field, count, link in chosen]


async def _answers(service: Service) -> dict[str, dict[Path, Any]]:
    schema = service.schema._schema
    found = {}
    for name, arguments in ASKED.items():
        result = await service.ask(query(schema, name, arguments))
        assert result.errors is None, (name, result.errors)
        found[name] = dict(flat(result.data[name]))
    return found


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


NAMING = ("missing", "unknown", "low", "high", "leftout", "atmost", "without", "unplaced", "[#")
"""What the fields are called that say so; the last is what has no value in counts by value."""


def _says_why(before: dict[Path, Any], after: dict[Path, Any], part: Path) -> bool:
    """Tell whether the answer, in the part of it where a figure changed, says of something else that it is unknown."""
    for path in before.keys() | after.keys():
        inside = path[: len(part)] == part and any(name in step.lower() for step in path for name in NAMING)
        if inside and before.get(path) != after.get(path):
            return True
    return False


def _smaller(before: dict[Path, Any], after: dict[Path, Any]) -> Iterator[tuple[Path, Any, Any]]:
    for path, was in before.items():
        is_now = after.get(path)
        if _number(was) and is_now is not None and _number(is_now) and abs(is_now) < abs(was):
            element = path.index("nodes") + 2 if "nodes" in path else 0
            if not _says_why(before, after, path[:element]):
                yield path, was, is_now


async def silent(store: Store, removals: list[Removal]) -> list[str]:
    """Take each value away and put it back, and say which figures became smaller in silence."""
    within = Within()
    service = build_service(within)
    before: dict[str, dict[Path, Any]] = {}
    faults: list[str] = []
    for removal in (None, *removals):
        with suppress(_TakenBackError):
            async with store.transaction(within=120) as transaction:
                within.transaction = transaction
                where = await removal.made(transaction) if removal else "nothing"
                answers = await _answers(service)
                before = before or answers
                for name, answer in answers.items():
                    for path, was, now in _smaller(before[name], answer):
                        faults.append(f"without {where}: {name} {' '.join(path)} was {was} and is {now}")
                raise _TakenBackError
    return faults


class _TakenBackError(Exception):
    """Ends a transaction without a trace."""


async def test_no_figure_becomes_smaller_in_silence(asking: Asking) -> None:
    assert await silent(asking.store, await _removals(asking.store, REMOVALS)) == []
