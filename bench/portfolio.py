"""Review and plan a large portfolio: 1,000 propositions over 20,000 pains, a budget, the time of ten departments.

    python -m bench.portfolio
    python -m bench.portfolio --pains 2000 --propositions 100

Makes a portfolio up by a seed, loads it into an embedded Neo4j of its own, and asks for a page of the review and for
the best plan as any client does: questions are read, worked out and answered in this process, whose memory is told. The
first time Neo4j and the service have never seen a question; then comes the time of every further one, of the review
the median of five.
"""

import argparse
import asyncio
import resource
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from rich.table import Table

from bench.files import Entity, write_lines
from bench.generate import CURRENCY, Draw
from bench.measuring import arguments_of, own_engine, tell
from graph_api.cli.terminal import console, report, told
from graph_api.errors import GraphApiError
from graph_api.schema.service import Service, build_service
from graph_api.store.connection import Store
from graph_api.store.endpoint import Endpoint
from graph_api.store.migrations import prepare
from graph_api.transfer import import_paths

PROPOSITIONS, PAINS = 1_000, 20_000
DEPARTMENTS = 10
QUERY = """query Plan($budget: Decimal!, $capacities: [CapacityInput!]!) {
  plan(budget: $budget, capacities: $capacities) {
    status
    objective
    bound
    gap
    share
    cost
    pains
    choices { totalCount nodes { item { key name } marginalValue cost } }
    works { totalCount }
    notChosen { totalCount nodes { item { key name } reason adds } }
    setAside { totalCount }
    uncovered { totalCount nodes { insight { key name } weight } }
  }
}"""
REVIEW = """{
  portfolio(of: PROPOSITION, method: PAIN_COVERAGE, first: 25) {
    totalCount
    nodes {
      rank
      rankRange { best worst }
      item { key name }
      status
      score { value low high missing }
      pains { total list(first: 3) { nodes { insight { key name } fit severity reach } } }
      cost { cost currency effort missing }
      decision { decisionVerdict }
    }
  }
}"""
BUDGET = 0.2
"""The budget, as a share of what all propositions cost together."""
CAPACITY = 0.25
"""A department's time, as a share of what all propositions take of it."""


class Portfolio:
    """A portfolio that is made up; the same sizes and seed give the same."""

    def __init__(self, propositions: int, pains: int, seed: int) -> None:
        self._draw = Draw(seed)
        self._propositions, self._pains = propositions, pains
        self._opportunities, self._initiatives = max(1, pains // 5), max(1, propositions * 3 // 2)
        self._enablers = max(1, propositions // 5)
        self.cost = 0
        self.efforts = [0] * DEPARTMENTS

    def entities(self) -> Iterator[Entity]:
        """Give all entities, those first that others lead to."""
        yield from (Entity("Department", f"D{n}", {"name": f"Department {n}"}) for n in range(DEPARTMENTS))
        yield from map(self._enabler, range(self._enablers))
        yield from map(self._initiative, range(self._initiatives))
        yield from map(self._proposition, range(self._propositions))
        yield from map(self._opportunity, range(self._opportunities))
        yield from map(self._pain, range(self._pains))

    def _enabler(self, number: int) -> Entity:
        readiness = 1 if self._draw.chance(0.4) else self._draw.share() * 0.9
        fields = {"name": f"Enabler {number}", "readiness": readiness, **self._money(20, 200)}
        return Entity("Enabler", f"E{number}", fields)

    def _initiative(self, number: int) -> Entity:
        status = "DONE" if self._draw.chance(0.1) else "PLANNED"
        made = Entity("Initiative", f"I{number}", {"name": f"Initiative {number}", "initiativeStatus": status})
        made.fields |= self._money(5, 150)
        if number and self._draw.chance(0.3):
            made.link("dependsOn", f"I{self._draw.whole(0, number - 1)}")
        if self._draw.chance(0.2):
            made.link("requires", f"E{self._draw.whole(0, self._enablers - 1)}")
        return made

    def _proposition(self, number: int) -> Entity:
        # Of one in twenty nobody knows the cost.
        money = {} if self._draw.chance(0.05) else self._money(30, 500)
        fields = {"name": f"Proposition {number}", "propositionStatus": "IDEA", "confidence": self._draw.share()}
        made = Entity("Proposition", f"P{number}", fields | money)
        self.cost += money.get("cost", 0)
        for _ in range(self._draw.whole(0, 3)):
            made.link("initiatives", f"I{self._draw.whole(0, self._initiatives - 1)}")
        if self._draw.chance(0.3):
            made.link("requires", f"E{self._draw.whole(0, self._enablers - 1)}")
        for _ in range(self._draw.whole(1, 3)):
            department, effort = self._draw.whole(0, DEPARTMENTS - 1), self._draw.whole(5, 120)
            if not any(link.far == f"department/D{department}" for link in made.links):
                made.link("involves", f"department/D{department}", involvementRole="RESPONSIBLE", effort=effort)
                self.efforts[department] += effort
        return made

    def _opportunity(self, number: int) -> Entity:
        made = Entity("Opportunity", f"O{number}", {"name": f"Opportunity {number}"})
        for _ in range(self._draw.whole(0, 3)):
            proposition, fit = self._draw.whole(0, self._propositions - 1), self._draw.share()
            made.link("propositions", f"P{proposition}", fit=fit, confidence=self._draw.share())
        if self._draw.chance(0.1):
            made.link("initiatives", f"I{self._draw.whole(0, self._initiatives - 1)}", fit=self._draw.share())
        return made

    def _pain(self, number: int) -> Entity:
        fields = {
            "name": f"Pain {number}",
            "type": "PAIN",
            "severity": self._draw.half(0, 10),
            "reach": self._draw.share(),
        }
        made = Entity("Insight", f"N{number}", fields)
        for _ in range(1 + self._draw.chance(0.2)):
            made.link("opportunities", f"O{self._draw.whole(0, self._opportunities - 1)}")
        return made

    def _money(self, low: int, high: int) -> dict[str, Any]:
        return {"cost": self._draw.whole(low, high) * 1000, "currency": CURRENCY}

    def variables(self) -> dict[str, Any]:
        """Return the budget and the capacities, once all entities were given."""
        parties = ({"kind": "DEPARTMENT", "key": f"D{n}"} for n in range(DEPARTMENTS))
        capacities = [
            {"party": party, "effort": round(effort * CAPACITY)}
            for party, effort in zip(parties, self.efforts, strict=True)
        ]
        return {"budget": str(round(self.cost * BUDGET)), "capacities": capacities}


async def measured(endpoint: Endpoint, file: Path, variables: dict[str, Any]) -> dict[str, Any]:
    """Load the portfolio and ask twice; return the report for programs."""
    store = await Store.open(endpoint)
    try:
        await prepare(store)
        report("Loading the portfolio …")
        await import_paths(store, [file], actor="bench")
        service = build_service(store)
        before = _memory()
        first_page, _ = await _asked(service, REVIEW, {})
        pages = [(await _asked(service, REVIEW, {}))[0] for _ in range(5)]
        review_memory = _memory()
        first, _ = await _asked(service, QUERY, variables)
        again, answer = await _asked(service, QUERY, variables)
        plan = answer["plan"]
        return {
            "firstPageSeconds": round(first_page, 2),
            "pageSeconds": round(median(pages), 2),
            "pageMemoryMb": review_memory,
            "firstSeconds": round(first, 2),
            "seconds": round(again, 2),
            "memoryMb": _memory(),
            "memoryBeforeMb": before,
            "status": plan["status"],
            "gap": plan["gap"],
            "objective": plan["objective"],
            "share": plan["share"],
            "pains": plan["pains"],
            "chosen": plan["choices"]["totalCount"],
            "notChosen": plan["notChosen"]["totalCount"],
            "setAside": plan["setAside"]["totalCount"],
        }
    finally:
        await store.close()


async def _asked(service: Service, query: str, variables: dict[str, Any]) -> tuple[float, dict[str, Any]]:
    begun = perf_counter()
    result = await service.ask(query, variables)
    if result.errors or result.data is None:
        message = f"The answer cannot be had: {result.errors}"
        raise GraphApiError(message)
    return perf_counter() - begun, result.data


def _memory() -> int:
    """Return the most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def show(facts: dict[str, Any]) -> None:
    """Show the figures to people."""
    table = Table(title=f"A page of the review, and the plan, of a portfolio over {facts['pains']:,} pains")
    names = (
        "firstPageSeconds",
        "pageSeconds",
        "pageMemoryMb",
        "firstSeconds",
        "seconds",
        "status",
        "gap",
        "chosen",
        "notChosen",
        "setAside",
        "memoryMb",
        "memoryBeforeMb",
    )
    for name in names:
        table.add_column(name, justify="right")
    table.add_row(*(f"{facts[name]:.3g}" if name == "gap" else str(facts[name]) for name in names))
    console().print(table)


def main() -> None:
    """Run the measurement."""
    parser = argparse.ArgumentParser(prog="bench.portfolio", description="Review and plan a large portfolio.")
    parser.add_argument("--propositions", type=int, default=PROPOSITIONS)
    parser.add_argument("--pains", type=int, default=PAINS)
    parser.add_argument("--seed", type=int, default=1)
    given = arguments_of(parser)
    with told(), own_engine() as endpoint, TemporaryDirectory(prefix="graph-api-bench-") as folder:
        portfolio = Portfolio(given.propositions, given.pains, given.seed)
        file = Path(folder, "portfolio.jsonl")
        write_lines([portfolio.entities()], file)
        tell(asyncio.run(measured(endpoint, file, portfolio.variables())), given, show)


if __name__ == "__main__":
    main()
