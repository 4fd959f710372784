"""Ask the service and the reference the same, compare byte by byte, and keep count of what was asked."""

import json
import os
from asyncio import sleep
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graphql import parse, validate

from graph_api.model import MODEL
from graph_api.schema.service import Service
from tests.reference.operations import Generator, Operation, smallest
from tests.reference.reference import Answer, Reference

SEED = int(os.environ.get("SEED", "1"))
"""What the graph and the operations are drawn from; printed, so that a run can be had again."""
OPERATIONS = int(os.environ.get("OPERATIONS", "150"))

PAUSES = (1, 5, 20, 60)
"""Seconds before an operation is asked again that the machine was too busy to answer; after the last it is a fault."""
BUSY = frozenset({"TIMEOUT", "SERVICE_UNAVAILABLE"})
LINK_FIELDS = frozenset(f"link {kind.name}.{name}" for kind in MODEL.kinds.values() for name in kind.links)


@dataclass
class Proof:
    """The two that must agree, and what they have agreed on."""

    service: Service
    reference: Reference
    generator: Generator
    asked: int = 0
    asked_again: int = 0
    """How often the service had no time to answer, and was asked again."""
    deepest: Counter[int] = field(default_factory=Counter)
    used: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)

    async def ask(self, operation: Operation) -> Any:
        """Ask both and return the data; fails where they differ, with the smallest operation that still shows it."""
        answers = await self._answers(operation)
        assert answers, f"The generator made an invalid operation.\n{operation.text}"
        if answers[0].text() != answers[1].text():
            small = await smallest(operation, self._differ)
            told = [_difference(small, *(await self._answers(small) or answers)), _difference(operation, *answers)]
            raise AssertionError("\n\n".join(["The service and the reference differ.", *told]))
        self.asked += 1
        self.deepest[operation.depth] += 1
        self.used.update(operation.used)
        self.errors.update(code for code, _ in answers[1].errors)
        return answers[1].data

    async def _answers(self, operation: Operation) -> tuple[Answer, Answer] | None:
        """Give the reference's answer and the service's, or none where the operation is not valid."""
        document = parse(operation.text)
        if validate(self.service.schema._schema, document):
            return None
        # As a request would bring them: plain JSON.
        variables = json.loads(json.dumps(operation.variables))
        expected = self.reference.answer(document, variables)
        result, errors = await self._asked(operation.text, variables)
        for pause in PAUSES:
            if not any(code in BUSY for code, _ in errors):
                break
            # A machine that is busy with other things is no difference; but it is told, and the answer is still due.
            self.asked_again += 1
            await sleep(pause)
            result, errors = await self._asked(operation.text, variables)
        answered = Answer(result.data, errors)
        return Answer(self.reference.cursors.settle(expected.data, answered.data), expected.errors), answered

    async def _asked(self, text: str, variables: dict[str, Any]) -> tuple[Any, list[Any]]:
        result = await self.service.ask(text, variables)
        return result, [((error.extensions or {}).get("code", ""), error.path) for error in result.errors or ()]

    async def _differ(self, operation: Operation) -> bool:
        answers = await self._answers(operation)
        return answers is not None and answers[0].text() != answers[1].text()

    @property
    def unused_links(self) -> list[str]:
        """Name the link fields that no operation has selected."""
        return sorted(LINK_FIELDS - set(self.used))

    @property
    def unused_operators(self) -> list[str]:
        """Name the operators of value filters that no operation has used."""
        return sorted(operators(self.service) - set(self.used))

    @property
    def deep(self) -> float:
        """Say which share of the operations follows five links or more."""
        return sum(count for depth, count in self.deepest.items() if depth >= 5) / max(self.asked, 1)

    @property
    def filled(self) -> float:
        """Say which share of the lists in the answers was not empty."""
        return self.reference.figures["not empty"] / max(self.reference.figures["lists"], 1)

    def figures(self) -> str:
        """Write the figures down for people."""
        every = operators(self.service)
        lists = self.reference.figures
        names = ["fragment", "merged", "directive", "variable", "default", "list coercion"]
        names += ["argument after", "argument before", "null argument", "null filter"]
        links, deepest = len(LINK_FIELDS) - len(self.unused_links), max(self.deepest, default=0)
        return "\n".join(
            (
                f"{self.asked} operations, asked again {self.asked_again} times, errors {dict(self.errors)}",
                f"{len(self.reference.cursors.known)} cursors",
                f"{lists['lists']} lists, {self.filled:.0%} not empty",
                f"{lists['with unknown values']} lists with unknown values, {lists['with ties']} with ties",
                f"link fields {links} of {len(LINK_FIELDS)}",
                f"operators by type {len(every) - len(self.unused_operators)} of {len(every)}",
                f"{self.deep:.0%} at least 5 links deep, the deepest {deepest}",
                ", ".join(f"{name} {self.used[name]}" for name in names),
            )
        )


def operators(service: Service) -> frozenset[str]:
    """Name the operators of all filters of values: `DateFilter.gte`."""
    types = service.schema._schema.type_map.values()
    return frozenset(
        f"{one.name}.{operator}"
        for one in types
        if one.name.endswith("Filter") and ({"eq", "isEmpty"} & set(getattr(one, "fields", ())))
        for operator in one.fields  # type: ignore[attr-defined] # an input type has them
    )


def _difference(operation: Operation, expected: Answer, answered: Answer) -> str:
    where = next(_differing((), expected.data, answered.data), "only in the errors")
    return "\n".join(
        [
            operation.text,
            json.dumps(operation.variables, ensure_ascii=False),
            f"at {where}",
            f"errors expected {expected.errors}, answered {answered.errors}",
        ]
    )


def _differing(path: tuple[str | int, ...], expected: Any, answered: Any) -> Iterator[str]:
    if isinstance(expected, dict) and isinstance(answered, dict) and list(expected) == list(answered):
        for name, inner in expected.items():
            yield from _differing((*path, name), inner, answered[name])
    elif isinstance(expected, list) and isinstance(answered, list) and len(expected) == len(answered):
        for index, (one, two) in enumerate(zip(expected, answered, strict=True)):
            yield from _differing((*path, index), one, two)
    elif json.dumps(expected) != json.dumps(answered):
        yield f"{'.'.join(map(str, path))}: expected {_short(expected)}, answered {_short(answered)}"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) < 400 else f"{text[:400]} …"
