"""The questions about where the thread breaks, asked without a selection; and changes that are taken back again."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from graph_api.change.apply import apply
from graph_api.change.changeset import ChangeSet, Delete, EntityChange, LinkChange, Mode, Ref, Unlink
from graph_api.compile.question import Question
from graph_api.questions.coverage import Coverage, CoverageQuestion
from graph_api.questions.gaps import Gap, GapsQuestion
from graph_api.questions.impact import Impact, ImpactQuestion
from graph_api.questions.thread.facts import KEY
from graph_api.schema.changer import Caller
from graph_api.schema.service import Service, build_service
from graph_api.store.connection import Store

TODAY = date(2026, 11, 1)
"""The day on which the story of the demo stands."""


class Asking:
    """Asks questions, changes the graph and takes the changes back."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.service: Service = build_service(store, lambda: store)

    async def ask(
        self,
        question: Question,
        arguments: Mapping[str, Any],
        selected: frozenset[str] = frozenset({"personas", "list"}),
    ) -> Any:
        """Return a question's answer on the day of the story, as if so much of it were selected."""
        given = {"on": TODAY, **arguments}
        parameters = dict(question.parameters(given, selected))
        (facts,) = await self.store.read(question.facts(given, selected).text, parameters)
        return question.answer(facts, given)

    async def coverage(self, **arguments: Any) -> Coverage:
        answer: Coverage = await self.ask(CoverageQuestion(), arguments)
        return answer

    async def gaps(self, **arguments: Any) -> list[Gap]:
        return list((await self.ask(GapsQuestion(), arguments)).items)

    async def impact(self, kind: str, key: str, change: str = "REMOVE") -> Impact:
        answer: Impact = await self.ask(ImpactQuestion(), {"of": {"kind": kind, "key": key}, "change": change})
        return answer

    async def change(
        self, *entities: EntityChange, links: tuple[LinkChange, ...] = (), **others: tuple[Unlink | Delete, ...]
    ) -> str:
        """Make a change and return the change set, to be taken back by."""
        outcome = await apply(self.store, ChangeSet(entities, links, "test", "test", **others))  # type: ignore[arg-type] # either
        assert outcome.change_set
        return outcome.change_set

    async def revert(self, change_set: str) -> None:
        mutation = "mutation($it: RevertInput!) { revert(input: $it) { userErrors { message } } }"
        service = self.service.called_by(Caller("test", "test", None))
        result = await service.ask(mutation, {"it": {"changeSet": change_set}})
        assert result.errors is None
        assert result.data == {"revert": {"userErrors": []}}


def places(gaps: list[Gap]) -> set[tuple[str, str, str]]:
    """Say where gaps are: rule, kind and key."""
    return {(gap.rule.value, gap.kind, gap.row[KEY]) for gap in gaps}


def update(kind: str, key: str, **fields: Any) -> EntityChange:
    return EntityChange(Mode.UPDATE, kind, key, fields)


def create(kind: str, key: str, **fields: Any) -> EntityChange:
    return EntityChange(Mode.CREATE, kind, key, {"name": key, **fields})


def delete(kind: str, key: str) -> Delete:
    return Delete(Ref(kind, key))
