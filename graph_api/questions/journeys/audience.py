"""For whom a journey is looked at: personas and segments, what applies to them and what counts for them. Pure.

A step or touchpoint with no APPLIES_TO link is for all, else for those linked and for the people of segments linked.
An insight counts for a persona only if that persona, its segment, or nobody voices it (DESIGN, Trace).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from graph_api.compile.question import Found
from graph_api.errors import UserInputError
from graph_api.model.choices import PersonaSide
from graph_api.questions.figures.kpi import Part
from graph_api.questions.thread.scope import Number

T = TypeVar("T")

_SIDES: tuple[str | None, ...] = (*PersonaSide, None)


@dataclass(frozen=True)
class Person:
    """A persona who is looked at."""

    number: Number
    id: str
    key: str
    side: str | None
    takes: bool
    """Whether it takes the journey; else somebody asked for it all the same."""
    parts: Sequence[Part]
    """The segments that it is in, by key: of those looked at."""

    @property
    def persona(self) -> Found:
        """The persona."""
        return Found(self.id, "Persona")

    @property
    def segments(self) -> list[Found]:
        """Those of the segments looked at that it is in."""
        return [Found(part.id, part.kind) for part in self.parts]

    @cached_property
    def numbers(self) -> frozenset[Number]:
        """Itself and its segments."""
        return frozenset({self.number, *(part.number for part in self.parts)})


@dataclass(frozen=True, slots=True)
class Limit:
    """For whom a step or touchpoint is."""

    part: Part
    """A persona or a segment."""
    treatment: str | None
    """How they are treated differently."""

    @property
    def whom(self) -> Found:
        """The persona or segment."""
        return Found(self.part.id, self.part.kind)


@dataclass(frozen=True)
class Audience:
    """The personas and segments who are looked at."""

    people: Sequence[Person]
    parts: Sequence[Part]
    """The segments."""
    asked: bool
    """Whether somebody chose them; else they are all who take the journey, and nothing is left out."""
    limits: Mapping[Number, Sequence[Limit]]
    """By step or touchpoint."""

    @cached_property
    def numbers(self) -> frozenset[Number]:
        """All personas and segments looked at."""
        return frozenset({part.number for part in self.parts}.union(person.number for person in self.people))

    def _limited(self, place: Number) -> set[Number]:
        return {limit.part.number for limit in self.limits.get(place, ())}

    def applies_to(self, place: Number, person: Person) -> bool:
        """Tell whether a step or touchpoint is for a persona."""
        limited = self._limited(place)
        return not limited or not limited.isdisjoint(person.numbers)

    def applies(self, place: Number) -> bool:
        """Tell whether a step or touchpoint is for any of those looked at; where nobody chose them, it is."""
        limited = self._limited(place)
        return not self.asked or not limited or not limited.isdisjoint(self.numbers)

    def treatments(self, place: Number) -> list[Limit]:
        """List for whom a step or touchpoint is, of those looked at; where nobody chose them, all."""
        return [one for one in self.limits.get(place, ()) if not self.asked or one.part.number in self.numbers]

    def hears(self, voices: Collection[Number]) -> bool:
        """Tell whether what some voice counts for those looked at; where nobody chose them, everything does."""
        return not self.asked or not voices or not self.numbers.isdisjoint(voices)

    def hearing(self, voices: Collection[Number]) -> list[Person]:
        """List the personas for whom what some voice counts."""
        return [person for person in self.people if not voices or not person.numbers.isdisjoint(voices)]


def read_limits(rows: Iterable[Sequence[Any]]) -> dict[Number, list[Limit]]:
    """Turn the rows `limits` of cypher/journey_map.cypher into names, segments before personas and each by key."""
    limits: dict[Number, list[Limit]] = {}
    for place, number, identity, kind, key, treatment in rows:
        limits.setdefault(place, []).append(Limit(Part(number, identity, kind, key), treatment))
    return {
        place: sorted(several, key=lambda one: (one.part.kind == "Persona", one.part.key))
        for place, several in limits.items()
    }


def read_audience(
    takers: Collection[Number],
    personas: Sequence[Sequence[Any]],
    segments: Sequence[Sequence[Any]],
    limits: Mapping[Number, Sequence[Limit]],
    arguments: Mapping[str, Any],
) -> Audience:
    """Choose who is looked at.

    Personas are those asked for, in that order; else those who take the journey: customers, partners, employees, by
    key; of these, where segments are asked for, those in one of them or of whom no segment is known. Segments are those
    asked for, else the personas'. Raises UserInputError where somebody is asked for who is not there.
    """
    wanted, parts = _keys(arguments, "personas"), None
    asked_parts = _keys(arguments, "segments")
    if asked_parts is not None:
        parts = _chosen(
            {key: Part(number, identity, "Segment", key) for number, identity, key in segments},
            asked_parts,
            "segments",
            "segment",
        )
    people = {
        key: Person(
            number,
            identity,
            key,
            side,
            number in takers,
            [
                Part(one, one_id, "Segment", one_key)
                for one, one_id, one_key in of
                if parts is None or any(part.number == one for part in parts)
            ],
        )
        for number, identity, key, side, of in personas
        if wanted is not None or number in takers
    }
    if wanted is not None:
        chosen = _chosen(people, wanted, "personas", "persona")
    else:
        known = {row[0] for row in personas if row[4]}
        chosen = sorted(
            (one for one in people.values() if parts is None or one.parts or one.number not in known),
            key=lambda one: (_SIDES.index(one.side), one.key),
        )
    if parts is None:
        theirs = {part.key: part for person in chosen for part in person.parts}
        parts = [theirs[key] for key in sorted(theirs)]
    return Audience(chosen, parts, wanted is not None or asked_parts is not None, limits)


def check_audience(arguments: Mapping[str, Any]) -> None:
    """Raise UserInputError where nobody is asked for."""
    for name in ("personas", "segments"):
        if arguments.get(name) is not None and not arguments[name]:
            message = f"{name}: is empty, so that nobody could be looked at. Name somebody, or leave it out."
            raise UserInputError(message)


def _keys(arguments: Mapping[str, Any], name: str) -> list[str] | None:
    given = arguments.get(name)
    return None if given is None else list(dict.fromkeys(given))


def _chosen(there: Mapping[str, T], keys: Sequence[str], argument: str, kind: str) -> list[T]:
    for key in keys:
        if key not in there:
            message = f"{argument}: there is no {kind} with the key {key!r}."
            raise UserInputError(message)
    return [there[key] for key in keys]
