"""Closed sets in GraphQL: those of the model and of the questions, and the two that list the model itself."""

from typing import TypeVar

import strawberry

from graph_api.change.effects import Action
from graph_api.model import MODEL
from graph_api.model.choices import (
    Basis,
    CountedBy,
    DriverGrounds,
    EvidenceStance,
    ExperienceGrounds,
    PersonaSide,
    RuleName,
    Severity,
    StakeholderStance,
)
from graph_api.model.values import Choice
from graph_api.questions.acting import ActingRole
from graph_api.questions.business_value import ChainOverlap
from graph_api.questions.collaboration import PairSort
from graph_api.questions.evidence.insight_health import RestsOn
from graph_api.questions.figures.claims import ClaimState
from graph_api.questions.figures.course import KPIStatus
from graph_api.questions.figures.driving import ChainStop
from graph_api.questions.figures.effect_verdict import EffectCourse, EffectMethod, EffectTerm, EffectVerdict
from graph_api.questions.figures.estimate import IntervalMethod, KPITerm
from graph_api.questions.figures.initiative import AlongsideReason, LiveBy
from graph_api.questions.figures.interruption import ErrorsAssumed
from graph_api.questions.figures.observation import EffectPhase
from graph_api.questions.figures.occasions import PromiseTerm
from graph_api.questions.figures.remaining import KPIGapFrom, KPIGapTerm
from graph_api.questions.figures.trend import TrendDirection
from graph_api.questions.figures.value_path import ValueTerm
from graph_api.questions.forecast_realism import ForecastState, ForecastTerm, StartFrom
from graph_api.questions.impact import ImpactChange
from graph_api.questions.importance_satisfaction import Quadrant
from graph_api.questions.journey_complexity import ComplexityTerm
from graph_api.questions.journeys.difference import JourneyChange
from graph_api.questions.journeys.experience import ExperienceBasis
from graph_api.questions.need_scores import NeedTerm, OpportunityBand
from graph_api.questions.parties.handoff import HandoffState
from graph_api.questions.parties.raci import RaciFinding
from graph_api.questions.portfolios.cost import PortfolioCostFrom, PortfolioCostTerm
from graph_api.questions.portfolios.item import PortfolioKind
from graph_api.questions.portfolios.method import ScoringMethodName, ScoringTerm
from graph_api.questions.portfolios.optimise import PlanStatus
from graph_api.questions.portfolios.pieces import PlanTerm
from graph_api.questions.portfolios.planned import NotChosenReason
from graph_api.questions.portfolios.reach import PainWeight
from graph_api.questions.portfolios.review import PortfolioOrderField
from graph_api.questions.portfolios.stages import FunnelStageName, ThreadStatus
from graph_api.questions.portfolios.varied import Stability
from graph_api.questions.promises import PromiseState
from graph_api.questions.thread.depth import Disposition
from graph_api.questions.thread.walk import TraceDirection
from graph_api.questions.unowned import UnownedReason

__all__ = [
    "ActingRole",
    "AlongsideReason",
    "Basis",
    "ChainOverlap",
    "ChainStop",
    "ChangeAction",
    "ClaimState",
    "ComplexityTerm",
    "CountedBy",
    "Disposition",
    "DriverGrounds",
    "EffectCourse",
    "EffectMethod",
    "EffectPhase",
    "EffectTerm",
    "EffectVerdict",
    "ErrorsAssumed",
    "EvidenceStance",
    "ExperienceBasis",
    "ExperienceGrounds",
    "ForecastState",
    "ForecastTerm",
    "FunnelStageName",
    "HandoffState",
    "ImpactChange",
    "IntervalMethod",
    "JourneyChange",
    "KPIGapFrom",
    "KPIGapTerm",
    "KPIStatus",
    "KPITerm",
    "Kind",
    "LinkType",
    "LiveBy",
    "NeedTerm",
    "NodeKind",
    "NotChosenReason",
    "OpportunityBand",
    "PainWeight",
    "PairSort",
    "PersonaSide",
    "PlanStatus",
    "PlanTerm",
    "PortfolioCostFrom",
    "PortfolioCostTerm",
    "PortfolioKind",
    "PortfolioOrderField",
    "PromiseState",
    "PromiseTerm",
    "Quadrant",
    "RaciFinding",
    "RestsOn",
    "RuleName",
    "ScoringMethodName",
    "ScoringTerm",
    "Severity",
    "Stability",
    "StakeholderStance",
    "StartFrom",
    "ThreadStatus",
    "TraceDirection",
    "TrendDirection",
    "UnownedReason",
    "ValueTerm",
]

C = TypeVar("C", bound=Choice)


def published(choice: type[C]) -> type[C]:
    """Make a closed set a GraphQL enum that describes its members."""
    made = strawberry.enum(choice, description=choice.__doc__)
    for value in made.__strawberry_definition__.values:  # type: ignore[attr-defined] # set by the decorator
        value.description = choice.__members__[value.name].description
    return made


@published
class Kind(Choice):
    """The kinds of entity that have a key."""

    # The names are those of the API, the values those in the model.
    _ignore_ = "kind"
    for kind in MODEL.kinds.values():
        if kind.keyed:
            vars()[kind.enum_name] = kind.name, kind.description


@published
class NodeKind(Choice):
    """All kinds, those without a key too."""

    # See Kind.
    _ignore_ = "kind"
    for kind in MODEL.kinds.values():
        vars()[kind.enum_name] = kind.name, kind.description


@published
class ChangeAction(Choice):
    """What was done to an entity or a link."""

    CREATE = Action.CREATE.value, "It was made."
    UPDATE = Action.UPDATE.value, "Fields of it were changed."
    DELETE = Action.DELETE.value, "It was removed; a link also with the entity at one of its ends."
    RESTORE = Action.RESTORE.value, "It was brought back as it had been."


@published
class LinkType(Choice):
    """The types of link."""

    _ignore_ = "link"
    for link in MODEL.links.values():
        vars()[link.name] = link.name, link.description


_SETS: tuple[type[Choice], ...] = (
    *MODEL.choices.values(),
    ActingRole,
    ComplexityTerm,
    Disposition,
    ExperienceBasis,
    JourneyChange,
    HandoffState,
    ImpactChange,
    PairSort,
    PromiseState,
    PromiseTerm,
    ClaimState,
    KPIGapFrom,
    KPIGapTerm,
    ChainStop,
    ChainOverlap,
    ValueTerm,
    NeedTerm,
    OpportunityBand,
    Quadrant,
    RaciFinding,
    RestsOn,
    Severity,
    TraceDirection,
    UnownedReason,
    IntervalMethod,
    KPIStatus,
    KPITerm,
    TrendDirection,
    AlongsideReason,
    EffectCourse,
    EffectMethod,
    EffectPhase,
    EffectTerm,
    EffectVerdict,
    ErrorsAssumed,
    ForecastState,
    ForecastTerm,
    LiveBy,
    StartFrom,
    FunnelStageName,
    ThreadStatus,
    PlanStatus,
    PlanTerm,
    NotChosenReason,
    Stability,
    PainWeight,
    PortfolioCostFrom,
    PortfolioCostTerm,
    PortfolioKind,
    PortfolioOrderField,
    ScoringMethodName,
    ScoringTerm,
)
for _choice in _SETS:
    published(_choice)
