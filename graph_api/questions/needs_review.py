"""Needs review: links that somebody should look at again, because what they rest on has changed.

Facts: `cypher/needs_review.cypher` after `cypher/scope/`. A link is suspect
where the substance of one of its ends (the fields that `model` marks so) changed after the link was reviewed, or made
where it never was. One step only: what lies beyond its other end is not suspect for that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.model.values import value_type
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.thread.scope import parameters, read_thread_facts, statement
from graph_api.store.statements import Statement, load

_MOMENT = value_type(datetime)


@dataclass(frozen=True)
class SuspectLink:
    """A link of which an end has changed since it was reviewed."""

    id: str
    type: str
    start: Found
    finish: Found
    changed: tuple[Found, ...]
    """The ends that changed."""
    since_text: str
    """When the first of them changed, ISO 8601."""
    reviewed_text: str | None
    keys: tuple[str, str]
    """Those of its start and its finish."""

    @property
    def since(self) -> Any:
        """When that was."""
        return _moment(self.since_text)

    @property
    def reviewed_at(self) -> Any:
        """When it was last reviewed; null where it never was."""
        return None if self.reviewed_text is None else _moment(self.reviewed_text)


def _moment(text: str) -> Any:
    return _MOMENT.to_json(datetime.fromisoformat(text))


REVIEW_ORDER: Sorting[SuspectLink] = Sorting(
    tuple(term(name, str) for name in ("since", "type", "start", "finish", "id")),
    lambda link: [link.since_text, link.type, *link.keys, link.id],
)


def read_suspects(rows: Sequence[Sequence[Any]], scope: frozenset[int] | None) -> list[SuspectLink]:
    """Turn the rows of needs_review.cypher into links, of those with both ends in scope."""
    links: dict[str, SuspectLink] = {}
    for identity, link_type, start, finish, changed, since, reviewed in rows:
        if scope is not None and not scope.issuperset((start[0], finish[0])):
            continue
        ends = {number: Found(end, kind) for number, end, kind, _ in (start, finish)}
        keys = start[3], finish[3]
        known = links.get(identity)
        links[identity] = SuspectLink(
            identity,
            link_type,
            ends[start[0]],
            ends[finish[0]],
            (*(known.changed if known else ()), ends[changed]),
            min(since, known.since_text) if known else since,
            reviewed,
            keys,
        )
    return list(links.values())


@dataclass(frozen=True)
class NeedsReviewQuestion:
    """The question, for the planner."""

    name: str = "needs_review"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts, of a scope or of all that has ever changed."""
        return statement(arguments, "needs_review", load("scope/changed"))

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give those of the scope."""
        return parameters(arguments)

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> Connection[SuspectLink]:
        """List the suspect links, those that have waited longest first."""
        thread, rows = facts
        suspects = read_suspects(rows, read_thread_facts(thread).scope(arguments))
        return Connection(REVIEW_ORDER.sort(suspects), REVIEW_ORDER, arguments)
