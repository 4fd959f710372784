"""Where questions are asked: at the root, and of entities of some kinds. Each field with its question."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph_api.compile.question import Question
from graph_api.questions.accountability import AccountabilityQuestion
from graph_api.questions.acting import DEPARTMENTS, OPPORTUNITIES, PAINS_OF_DEPARTMENT
from graph_api.questions.business_value import BusinessValueQuestion
from graph_api.questions.changes import CHANGES
from graph_api.questions.collaboration import CollaborationQuestion
from graph_api.questions.compare_journeys import CompareJourneysQuestion
from graph_api.questions.coverage import CoverageQuestion
from graph_api.questions.decision_outcomes import DecisionOutcomesQuestion
from graph_api.questions.evidence_health import EvidenceHealthQuestion
from graph_api.questions.forecast_realism import ForecastRealismQuestion
from graph_api.questions.fronts import FrontsQuestion
from graph_api.questions.funnel import FunnelQuestion
from graph_api.questions.gaps import GapsQuestion
from graph_api.questions.goal_states import GoalStatesQuestion
from graph_api.questions.handoffs import HandoffsQuestion
from graph_api.questions.impact import ImpactQuestion
from graph_api.questions.importance_satisfaction import ImportanceSatisfactionQuestion
from graph_api.questions.initiative_effects import InitiativeEffectsQuestion
from graph_api.questions.journey_complexity import JourneyComplexityQuestion
from graph_api.questions.journey_map import JourneyMapQuestion
from graph_api.questions.kpi_drivers import KPIDriversQuestion
from graph_api.questions.kpi_states import KPIStatesQuestion
from graph_api.questions.moments_of_truth import MomentsOfTruthQuestion
from graph_api.questions.need_scores import NeedScoresQuestion
from graph_api.questions.needs_review import NeedsReviewQuestion
from graph_api.questions.overlap import OverlapQuestion
from graph_api.questions.plan import PlanQuestion
from graph_api.questions.portfolio import PortfolioQuestion
from graph_api.questions.promises import PromisesQuestion
from graph_api.questions.search import SearchQuestion
from graph_api.questions.trace import TraceQuestion
from graph_api.questions.unowned import UnownedQuestion
from graph_api.schema.accountability import ACCOUNTABILITY_OF_ENTITY
from graph_api.schema.business_value import BUSINESS_VALUE_OF_ENTITY
from graph_api.schema.coverage import COVERAGE_OF_ENTITY
from graph_api.schema.forecast_realism import REALISM_OF_PARTY
from graph_api.schema.gaps import GAPS_OF_ENTITY
from graph_api.schema.goal_states import STATE_OF_GOAL
from graph_api.schema.initiative_effects import EFFECTS_OF_INITIATIVE
from graph_api.schema.journey_map import MAP_OF_JOURNEY
from graph_api.schema.kpi_drivers import DRIVERS_OF_KPI
from graph_api.schema.kpi_states import STATE_OF_KPI
from graph_api.schema.made import Described
from graph_api.schema.promises import PROMISES_TO_KEEP
from graph_api.schema.thread import ActingDepartments, ActingOpportunities, DepartmentPains


@dataclass(frozen=True)
class QuestionField:
    """A field of a kind by which a question is asked about it."""

    question: Question
    field: Described | Any
    """Its type and description, or where it has arguments the field itself."""


_GAPS = QuestionField(GapsQuestion(about_entity=True), GAPS_OF_ENTITY)
_PROMISES_TO_KEEP = QuestionField(PromisesQuestion(about_entity=True), PROMISES_TO_KEEP)
_ACCOUNTABILITY = QuestionField(AccountabilityQuestion(about_entity=True), ACCOUNTABILITY_OF_ENTITY)
_REALISM = QuestionField(ForecastRealismQuestion(about_entity=True), REALISM_OF_PARTY)
_BUSINESS_VALUE = QuestionField(BusinessValueQuestion(about_entity=True), BUSINESS_VALUE_OF_ENTITY)

QUESTION_FIELDS: Mapping[str, Mapping[str, QuestionField]] = {
    "Opportunity": {
        "departments": QuestionField(
            DEPARTMENTS,
            (
                ActingDepartments,
                (
                    "The departments that own, run or are involved in anything on its thread, with their roles and "
                    "paths: in itself and what addresses it, and also in what it comes from, such as a touchpoint that "
                    "a department runs or a journey that it owns. `through` tells which."
                ),
            ),
        ),
        "gaps": _GAPS,
    },
    "Proposition": {
        "valueChains": _BUSINESS_VALUE,
    },
    "Initiative": {
        "effects": QuestionField(InitiativeEffectsQuestion(about_entity=True), EFFECTS_OF_INITIATIVE),
        "valueChains": _BUSINESS_VALUE,
    },
    "Department": {
        "opportunities": QuestionField(
            OPPORTUNITIES,
            (
                ActingOpportunities,
                "The opportunities on the thread of what it owns, runs or is involved in.",
            ),
        ),
        "pains": QuestionField(
            PAINS_OF_DEPARTMENT,
            (DepartmentPains, "Its pains and unmet needs, owned and at its touchpoints."),
        ),
        "accountability": _ACCOUNTABILITY,
        "forecastRealism": _REALISM,
        "promisesToKeep": _PROMISES_TO_KEEP,
        "gaps": _GAPS,
    },
    "KPI": {
        "kpiState": QuestionField(KPIStatesQuestion(about_entity=True), STATE_OF_KPI),
        "drivers": QuestionField(KPIDriversQuestion(about_entity=True), DRIVERS_OF_KPI),
        "valueChains": _BUSINESS_VALUE,
    },
    "Goal": {
        "goalState": QuestionField(GoalStatesQuestion(about_entity=True), STATE_OF_GOAL),
    },
    "Partner": {
        "accountability": _ACCOUNTABILITY,
        "forecastRealism": _REALISM,
        "promisesToKeep": _PROMISES_TO_KEEP,
    },
    "Journey": {
        "coverage": QuestionField(CoverageQuestion(about_entity=True), COVERAGE_OF_ENTITY),
        "map": QuestionField(JourneyMapQuestion(about_entity=True), MAP_OF_JOURNEY),
    },
}

ROOT_QUESTIONS: Mapping[str, Question] = {
    "trace": TraceQuestion(),
    "changes": CHANGES,
    "accountability": AccountabilityQuestion(),
    "collaboration": CollaborationQuestion(),
    "handoffs": HandoffsQuestion(),
    "unowned": UnownedQuestion(),
    "coverage": CoverageQuestion(),
    "evidenceHealth": EvidenceHealthQuestion(),
    "funnel": FunnelQuestion(),
    "decisionOutcomes": DecisionOutcomesQuestion(),
    "gaps": GapsQuestion(),
    "impact": ImpactQuestion(),
    "needsReview": NeedsReviewQuestion(),
    "search": SearchQuestion(),
    "promiseStates": PromisesQuestion(),
    "momentsOfTruth": MomentsOfTruthQuestion(),
    "importanceSatisfaction": ImportanceSatisfactionQuestion(),
    "needScores": NeedScoresQuestion(),
    "journeyMap": JourneyMapQuestion(),
    "compareJourneys": CompareJourneysQuestion(),
    "journeyComplexity": JourneyComplexityQuestion(),
    "kpiStates": KPIStatesQuestion(),
    "kpiDrivers": KPIDriversQuestion(),
    "businessValue": BusinessValueQuestion(),
    "goalStates": GoalStatesQuestion(),
    "initiativeEffects": InitiativeEffectsQuestion(),
    "forecastRealism": ForecastRealismQuestion(),
    "plan": PlanQuestion(),
    "portfolio": PortfolioQuestion(),
    "fronts": FrontsQuestion(),
    "overlap": OverlapQuestion(),
}
