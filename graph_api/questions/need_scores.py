"""Need scores: which needs are important and badly served, per persona and within segments.

Facts: `cypher/need_scores.cypher` after `cypher/scope/`. A. W. Ulwick's opportunity score ("Turn Customer Input into
Innovation", Harvard Business Review 80(1), 2002, pp. 91-97; "What Customers Want", McGraw-Hill 2005): importance +
max(importance - satisfaction, 0), 0 to 20, where importance and satisfaction, 0 to 10, are ten times the share of the
respondents who rate it 4 or 5 of 5. What was typed in and not counted is an estimate: it is marked, and never added to
counts.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.errors import UserInputError
from graph_api.model.values import Choice
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.importance_satisfaction import exactly
from graph_api.questions.thread.scope import Number, parameters, read_thread_facts, statement
from graph_api.store.statements import Statement


class NeedTerm(Choice):
    """A term of a need's score."""

    IMPORTANCE = "IMPORTANCE", "How important it is: respondents and how many of them find it so, or an estimate."
    SATISFACTION = (
        "SATISFACTION",
        "How well it is served: respondents and how many of them are content, or an estimate.",
    )


class OpportunityBand(Choice):
    """How much there is to win by serving a need better, after Ulwick."""

    EXTREME = "EXTREME", "Over 15: not to be passed over."
    HIGH = "HIGH", "12 to 15: ripe for improvement."
    WORTHY = "WORTHY", "10 to under 12: worth a look, above all in a broad market."
    LOW = "LOW", "Under 10: little to win."


_EXTREME, _HIGH, _WORTHY = 15, 12, 10


def opportunity(importance: Fraction, satisfaction: Fraction) -> Fraction:
    """Work the score out, 0 to 20, of importance and satisfaction, 0 to 10; see the module."""
    return importance + max(importance - satisfaction, Fraction(0))


def band(score: Fraction) -> OpportunityBand:
    """Tell the band of a score."""
    if score > _EXTREME:
        return OpportunityBand.EXTREME
    if score >= _HIGH:
        return OpportunityBand.HIGH
    return OpportunityBand.WORTHY if score >= _WORTHY else OpportunityBand.LOW


@dataclass(frozen=True)
class Figures:
    """What is known of how important a need is and how well it is served."""

    respondents: int | None = None
    important: int | None = None
    satisfied: int | None = None
    typed_importance: float | None = None
    typed_satisfaction: float | None = None

    def _term(self, part: int | None, typed: float | None) -> Fraction | None:
        if part is not None and self.respondents:
            return Fraction(10 * part, self.respondents)
        return None if typed is None else exactly(typed)

    @property
    def importance(self) -> Fraction | None:
        """Importance, 0 to 10: counted, else typed in, else unknown."""
        return self._term(self.important, self.typed_importance)

    @property
    def satisfaction(self) -> Fraction | None:
        """Satisfaction, likewise."""
        return self._term(self.satisfied, self.typed_satisfaction)

    @property
    def counted(self) -> bool:
        """Whether both were counted."""
        return bool(self.respondents) and self.important is not None and self.satisfied is not None

    @property
    def estimate(self) -> bool:
        """Whether a term was typed in, and not counted."""
        terms = (self.important, self.typed_importance), (self.satisfied, self.typed_satisfaction)
        return any(typed is not None and not (self.respondents and part is not None) for part, typed in terms)

    @property
    def score(self) -> Fraction | None:
        """The score; null where a term is unknown."""
        importance, satisfaction = self.importance, self.satisfaction
        return None if importance is None or satisfaction is None else opportunity(importance, satisfaction)


def together(figures: Collection[Figures]) -> Figures:
    """Add counts up: figures that were counted, and nothing else. Of none, all is unknown."""
    if not figures:
        return Figures()
    return Figures(*(sum(getattr(one, name) for one in figures) for name in ("respondents", "important", "satisfied")))


@dataclass(frozen=True)
class NeedScore:
    """The score of a need."""

    need: Found
    need_key: str
    figures: Figures

    @property
    def respondents(self) -> int | None:
        """How many were asked."""
        return self.figures.respondents

    @property
    def important(self) -> int | None:
        """How many of them find it important."""
        return self.figures.important

    @property
    def satisfied(self) -> int | None:
        """How many of them are satisfied."""
        return self.figures.satisfied

    @property
    def importance(self) -> float | None:
        """Importance, 0 to 10."""
        return _as_float(self.figures.importance)

    @property
    def satisfaction(self) -> float | None:
        """Satisfaction, 0 to 10."""
        return _as_float(self.figures.satisfaction)

    @property
    def estimate(self) -> bool:
        """Whether a term was typed in and not counted."""
        return self.figures.estimate

    @property
    def missing(self) -> list[NeedTerm]:
        """The terms that are unknown."""
        terms = {NeedTerm.IMPORTANCE: self.figures.importance, NeedTerm.SATISFACTION: self.figures.satisfaction}
        return [name for name, value in terms.items() if value is None]

    @property
    def score(self) -> float | None:
        """The score, 0 to 20."""
        return _as_float(self.figures.score)

    @property
    def band(self) -> OpportunityBand | None:
        """Its band; null where it is unknown."""
        return None if self.figures.score is None else band(self.figures.score)

    @property
    def overserved(self) -> bool | None:
        """Whether satisfaction exceeds importance; null where one is unknown."""
        importance, satisfaction = self.figures.importance, self.figures.satisfaction
        return None if importance is None or satisfaction is None else satisfaction > importance


def _as_float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


@dataclass(frozen=True)
class PersonaNeedScore(NeedScore):
    """The score of a need to a persona."""

    persona: Found
    persona_key: str


@dataclass(frozen=True)
class SegmentNeedScore(NeedScore):
    """The score of a need within a segment: of the counts of its personas in scope that have it, added up."""

    segment: Found
    segment_key: str
    scores: Sequence[PersonaNeedScore]
    """Those of its personas, by key."""

    @property
    def personas(self) -> list[Found]:
        """The personas whose counts were added up."""
        return [score.persona for score in self.scores if score.figures.counted]

    @property
    def left_out(self) -> list[PersonaNeedScore]:
        """Those of which a term was not counted."""
        return [score for score in self.scores if not score.figures.counted]


_SCORE_TERM = term("score", float, descending=True, nullable=True)
PERSONA_ORDER: Sorting[PersonaNeedScore] = Sorting(
    (_SCORE_TERM, term("need", str), term("persona", str)),
    lambda score: [score.score, score.need_key, score.persona_key],
)
SEGMENT_ORDER: Sorting[SegmentNeedScore] = Sorting(
    (_SCORE_TERM, term("need", str), term("segment", str)),
    lambda score: [score.score, score.need_key, score.segment_key],
)


@dataclass(frozen=True)
class NeedScores:
    """The answer."""

    personas: Sequence[PersonaNeedScore]
    segments: Sequence[SegmentNeedScore]

    def by_persona(self, **arguments: Any) -> Connection[PersonaNeedScore]:
        """Each need of each persona, the highest score first."""
        return Connection(self.personas, PERSONA_ORDER, arguments)

    def by_segment(self, **arguments: Any) -> Connection[SegmentNeedScore]:
        """Each need within each segment, the highest score first."""
        return Connection(self.segments, SEGMENT_ORDER, arguments)


def read_needs(
    rows: Sequence[Sequence[Any]], scope: frozenset[Number] | None, wanted: Collection[str] | None
) -> NeedScores:
    """Turn the rows of need_scores.cypher into scores, of those with both ends in scope.

    `wanted` are the keys of the only segments that are asked for, if any.
    """
    personas: list[PersonaNeedScore] = []
    within: dict[tuple[str, str], list[PersonaNeedScore]] = defaultdict(list)
    ids: dict[str, str] = {}
    for need, persona, *figures, segments in rows:
        kept = [segment for segment in segments if wanted is None or segment[1] in wanted]
        if (scope is not None and not scope.issuperset((need[0], persona[0]))) or (wanted is not None and not kept):
            continue
        score = PersonaNeedScore(
            Found(need[1], "Need"), need[2], Figures(*figures), Found(persona[1], "Persona"), persona[2]
        )
        personas.append(score)
        for identity, key in kept:
            ids[key] = identity
            within[key, score.need_key].append(score)
    pooled = [
        SegmentNeedScore(
            scores[0].need,
            need_key,
            together([score.figures for score in scores if score.figures.counted]),
            Found(ids[key], "Segment"),
            key,
            sorted(scores, key=lambda score: score.persona_key),
        )
        for (key, need_key), scores in within.items()
    ]
    return NeedScores(PERSONA_ORDER.sort(personas), SEGMENT_ORDER.sort(pooled))


@dataclass(frozen=True)
class NeedScoresQuestion:
    """The question, for the planner."""

    name: str = "need_scores"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts, of a scope or of the whole graph."""
        return statement(arguments, "need_scores", ("Need", "Persona"))

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give those of the scope, and the segments; raises UserInputError where they cannot be used."""
        wanted = arguments.get("segments")
        if wanted is not None and not wanted:
            message = "segments: is empty, so that nothing could be in one. Name a segment, or leave it out."
            raise UserInputError(message)
        return {**parameters(arguments), "segments": None if wanted is None else sorted(set(wanted))}

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> NeedScores:
        """Score the needs; raises UserInputError where a segment asked for is not there."""
        thread, known, rows = facts
        wanted = arguments.get("segments")
        for key in wanted or ():
            if key not in known:
                message = f"segments: there is no segment with the key {key!r}."
                raise UserInputError(message)
        return read_needs(rows, read_thread_facts(thread).scope(arguments), wanted)
