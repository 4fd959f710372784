"""Make a graph of any size, as realistic as measurements need, in files that the importer reads.

    python -m bench.generate --entities 20000 --seed 1 OUT
    python -m bench.generate --entities 100000 --seed 1 --lines graph.jsonl

The same number of entities and the same seed give the same bytes. With `--lines` they are one file of JSON Lines.
Otherwise OUT gets a folder for each part; a part holds at most 20,000 entities and links, as much as one change set
takes, and rests only on itself and on the parts before it.

A base (who acts, who is served, what is measured) is followed by one bundle after another: a journey with everything
that was learned along it and what is done about it. Some departments, personas and studies are drawn far more often
than others; many fields are unknown; names and scores repeat.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from bench import words
from bench.files import Entity, write_lines, write_part

FEWEST = 100
PART = 20_000
SMALL = 1_000
"""Below so many entities the bundles are small, so that there are several of them, or at least one."""
TODAY = date(2026, 1, 31)
CURRENCY = "EUR"

T = TypeVar("T")


class Draw:
    """Draws by a seed. Rests on `Random.random` alone, whose numbers stay the same from one Python to the next."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed).random  # noqa: S311 - no secret depends on it

    def chance(self, share: float) -> bool:
        """Say yes in this share of cases."""
        return self._random() < share

    def whole(self, low: int, high: int) -> int:
        """Draw a whole number, both ends included."""
        return low + int(self._random() * (high - low + 1))

    def half(self, low: int, high: int) -> float:
        """Draw a number in steps of a half, so that ties are many."""
        return self.whole(2 * low, 2 * high) / 2

    def share(self) -> float:
        """Draw a number from 0 to 1 in steps of a twentieth."""
        return self.whole(0, 20) / 20

    def of(self, items: Sequence[T]) -> T:
        """Draw one, each as likely as any other."""
        return items[int(self._random() * len(items))]

    def favoured(self, items: Sequence[T]) -> T:
        """Draw one, the first by far the likeliest: of a hundred, the first is drawn in a fifth of all cases."""
        return items[int(self._random() ** 3 * len(items))]

    def some(self, items: Sequence[T], low: int, high: int) -> list[T]:
        """Draw so many, each at most once, fewer where there are fewer."""
        left = list(items)
        return [left.pop(int(self._random() * len(left))) for _ in range(min(self.whole(low, high), len(left)))]

    def day(self, before: int, after: int = 0) -> str:
        """Draw a day from so many days before today to so many after it."""
        return (TODAY + timedelta(days=self.whole(-before, after))).isoformat()


@dataclass
class Generator:
    """Makes the entities of one graph."""

    entities: int
    draw: Draw
    known: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """The keys that are in the graph, by kind."""
    _numbers: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def groups(self) -> Iterator[list[Entity]]:
        """Make the base, the bundles, and accounts to fill up; a group rests only on those before it."""
        left = self.entities
        yield (base := self._accepted(self._base()))
        left -= len(base) + self.entities // 16
        while len(bundle := self._bundle()) <= left:
            left -= len(bundle)
            yield self._accepted(bundle)
        left += self.entities // 16
        while left > 0:
            group = [self._account() for _ in range(min(left, 500))]
            left -= len(group)
            yield self._accepted(group)

    def _accepted(self, group: list[Entity]) -> list[Entity]:
        for entity in group:
            if entity.key:
                self.known[entity.kind].append(entity.key)
        return group

    def _scaled(self, one_in: int, low: int, high: int) -> int:
        return min(max(self.entities // one_in, low), high)

    def _entity(self, kind: str, prefix: str, name: str, **fields: Any) -> Entity:
        self._numbers[kind] += 1
        draw = self.draw
        description = " ".join(draw.some(words.SENTENCES, 1, 4)) if draw.chance(0.4) else None
        tags = draw.some(words.TAGS, 1, 3) if draw.chance(0.3) else None
        shared = {"name": name, "description": description, "tags": tags}
        return Entity(kind, f"{prefix}{self._numbers[kind]}", shared | fields)

    def _or_unknown(self, value: T, unknown: float = 0.3) -> T | None:
        return None if self.draw.chance(unknown) else value

    # The base: who acts, who is served, what counts.

    def _base(self) -> list[Entity]:
        draw = self.draw
        goals = [self._goal() for _ in range(self._scaled(800, 3, 60))]
        for index, goal in enumerate(goals[1:], start=1):
            goal.link("supports", goals[index // 3].key)
        departments = [self._department(number) for number in range(self._scaled(400, 4, 60))]
        for index, department in enumerate(departments[len(departments) // 2 :]):
            department.link("partOfDepartment", departments[index % 4].key)
        partners = [
            self._entity("Partner", "P", f"{draw.of(words.FIRMS)} {draw.of(words.FORMS_OF_FIRM)}")
            for _ in range(self._scaled(1_500, 2, 30))
        ]
        stakeholders = [self._stakeholder(departments) for _ in range(self._scaled(300, 3, 120))]
        segments = [
            self._entity(
                "Segment", "SEG", self._numbered(words.SEGMENTS, number), size=draw.whole(50, 90_000),
                annualValue=self._or_unknown(f"{draw.whole(1, 900)}000.50"), currency=CURRENCY,
            )
            for number in range(self._scaled(2_000, 2, 24))
        ]  # fmt: skip
        personas = [self._persona(segments) for _ in range(self._scaled(250, 3, 250))]
        channels = [
            self._entity("Channel", "C", name, channelSort=sort)
            for name, sort in words.CHANNELS[: self._scaled(200, 4, len(words.CHANNELS))]
        ]
        principles = [
            self._entity("Principle", "PR", name, behaviour=draw.of(words.SENTENCES))
            for name in words.PRINCIPLES[: self._scaled(300, 2, len(words.PRINCIPLES))]
        ]
        enablers = [self._enabler(departments) for _ in range(self._scaled(200, 3, 400))]
        kpis = [self._kpi() for _ in range(self._scaled(600, 3, 100))]
        for one, two in zip(kpis[1:], kpis, strict=False):
            one.link("drives", two.key, driverGrounds=draw.of(("ASSUMED", "CORRELATED", "PROVEN")), effect=draw.share())
        studies = [self._study() for _ in range(self._scaled(200, 2, 400))]
        return [
            *goals, *principles, *departments, *partners, *stakeholders, *segments, *personas, *channels, *enablers,
            *kpis, *studies,
        ]  # fmt: skip

    def _numbered(self, names: Sequence[str], number: int) -> str:
        """Name things by a few names and, once these are used up, by place."""
        place, name = divmod(number, len(names))
        return f"{names[name]} {words.PLACES[(place - 1) % len(words.PLACES)]}" if place else names[name]

    def _goal(self) -> Entity:
        level = self.draw.of(("VISION", "GOAL", "OBJECTIVE", "OBJECTIVE"))
        horizon = self._or_unknown(self.draw.day(0, 900))
        return self._entity("Goal", "G", self.draw.of(words.GOALS), goalLevel=level, goalHorizon=horizon)

    def _department(self, number: int) -> Entity:
        name = self._numbered(words.DEPARTMENTS, number)
        headcount = self._or_unknown(self.draw.whole(3, 400), 0.2)
        return self._entity("Department", "D", name, mission=self.draw.of(words.SENTENCES), headcount=headcount)

    def _stakeholder(self, departments: list[Entity]) -> Entity:
        title = f"Head of {self.draw.of(words.DEPARTMENTS).lower()}"
        one = self._entity("Stakeholder", "ST", title, title=title, lead=self._or_unknown(value=True))
        one.link("memberOf", self.draw.favoured(departments).ref)
        return one

    def _persona(self, segments: list[Entity]) -> Entity:
        draw = self.draw
        one = self._entity(
            "Persona", "PE", f"{draw.of(words.ROLES)} of a {draw.of(words.KINDS_OF_FIRM)}",
            side=draw.of(("CUSTOMER", "CUSTOMER", "CUSTOMER", "PARTNER", "EMPLOYEE")), role=draw.of(words.ROLES),
            buyingRoles=draw.some(("USER", "DECIDER", "BUYER", "INFLUENCER"), 0, 2) or None,
            goals=draw.some(words.NEEDS, 0, 3) or None, quote=self._or_unknown(draw.of(words.QUOTES)),
        )  # fmt: skip
        for segment in draw.some(segments, 0, 2):
            one.link("segments", segment.key)
        return one

    def _enabler(self, departments: list[Entity]) -> Entity:
        name, sort = self.draw.of(words.ENABLERS)
        place, ready = self.draw.of(words.PLACES), self._or_unknown(self.draw.share(), 0.4)
        one = self._entity("Enabler", "E", f"{name} {place}", enablerSort=sort, readiness=ready)
        if self.draw.chance(0.7):
            one.link("ownedBy", self.draw.favoured(departments).ref)
        return one

    def _kpi(self) -> Entity:
        draw = self.draw
        name, method, unit, direction = draw.of(words.KPIS)
        return self._entity(
            "KPI", "K", f"{name} {draw.of(words.QUALIFIERS)}", kpiMethod=method, unit=unit, direction=direction,
            baseline=self._or_unknown(float(draw.whole(10, 60))), target=self._or_unknown(float(draw.whole(40, 95))),
            targetBy=self._or_unknown(draw.day(100, 500)), weight=self._or_unknown(float(draw.whole(1, 5)), 0.6),
        )  # fmt: skip

    def _study(self) -> Entity:
        draw = self.draw
        method = draw.of(words.METHODS)
        return self._entity(
            "Study", "S", f"{method.capitalize()} {draw.of(words.QUALIFIERS)}", studyMethod=method,
            fieldedFrom=draw.day(900), participants=self._or_unknown(draw.whole(5, 600), 0.2),
        )  # fmt: skip

    def _account(self) -> Entity:
        draw = self.draw
        one = self._entity(
            "Account", "A", f"{draw.of(words.FIRMS)} {draw.of(words.FORMS_OF_FIRM)} {draw.of(words.PLACES)}",
            annualValue=self._or_unknown(f"{draw.whole(1, 400)}00.00"), currency=CURRENCY,
            renewalOn=self._or_unknown(draw.day(30, 700)),
            accountStatus=draw.of(("CUSTOMER", "CUSTOMER", "CUSTOMER", "PROSPECT", "LOST")),
        )  # fmt: skip
        one.link("segments", draw.favoured(self.known["Segment"]))
        for _ in range(draw.whole(0, 2)):
            one.link("insights", draw.of(self.known["Insight"]))
        return one

    # A bundle: a journey, what was learned along it, and what is done about it.

    def _bundle(self) -> list[Entity]:
        draw, small = self.draw, self.entities < SMALL
        kpi, journey = self._kpi(), self._journey()
        journey.link("measuredBy", kpi.key)
        personas = draw.some(self.known["Persona"], 1, 3)
        for persona in personas:
            relation = draw.of(("PROSPECT", "NEW", "EXISTING", "LAPSED"))
            journey.link("personas", persona, relationship=relation, share=self._or_unknown(draw.share()))
        stages, steps, touchpoints = self._walked(journey, personas, small=small)
        triggers = [self._trigger(journey, personas) for _ in range(1 if small else draw.whole(1, 2))]
        needs = [self._need(personas, stages) for _ in range(2 if small else draw.whole(2, 4))]
        count = 6 if small else draw.whole(14, 30)
        places = [journey, *stages, *steps, *steps, *touchpoints, *touchpoints]
        insights = [self._insight(draw.of(places), personas, needs) for _ in range(count)]
        evidence = [self._evidence(insight) for insight in insights for _ in range(1 if small else draw.whole(0, 2))]
        hypotheses = [self._hypothesis(insights, needs) for _ in range(1 if small else draw.whole(0, 2))]
        opportunities = [self._opportunity(insights, needs, kpi) for _ in range(3 if small else count // 3)]
        propositions = [
            self._proposition(opportunities, kpi) for _ in range(2 if small else max(len(opportunities) // 3, 1))
        ]
        promises = [self._promise(one, touchpoints, kpi) for one in propositions[: 1 if small else None]]
        initiatives = [self._initiative(propositions, opportunities, steps, kpi) for _ in propositions]
        decisions = [self._decision(one) for one in (opportunities[:2] if small else [*opportunities, *insights[::6]])]
        waivers = [self._waiver(draw.of(insights)) for _ in range(1 if small or draw.chance(0.5) else 0)]
        months = 6 if small else 12
        measurements = [self._measurement(kpi, personas, month) for month in range(months)]
        return [
            kpi, journey, *stages, *steps, *touchpoints, *triggers, *needs, *insights, *evidence, *hypotheses,
            *opportunities, *propositions, *promises, *initiatives, *decisions, *waivers, *measurements,
        ]  # fmt: skip

    def _owned(self, one: Entity, unowned: float = 0.2) -> None:
        """Give it an owner and others who have a part in it: a few departments are in nearly everything."""
        draw, departments = self.draw, self.known["Department"]
        if not draw.chance(unowned):
            kind = draw.of(("Department", "Department", "Department", "Department", "Partner", "Stakeholder"))
            one.link("ownedBy", Entity(kind, draw.favoured(self.known[kind])).ref)
        for role in draw.some(("RESPONSIBLE", "CONSULTED", "INFORMED"), 0, 2):
            one.link(
                "involves", Entity("Department", draw.favoured(departments)).ref, involvementRole=role,
                contribution=self._or_unknown(draw.of(words.SENTENCES)), effort=self._or_unknown(draw.half(1, 60), 0.5),
            )  # fmt: skip

    def _journey(self) -> Entity:
        draw = self.draw
        one = self._entity(
            "Journey", "J", f"{draw.of(words.JOURNEYS)} {draw.of(words.QUALIFIERS)}",
            journeyState=draw.of(("CURRENT", "CURRENT", "CURRENT", "ASPIRATIONAL")),
            journeyForm=draw.of(("EXPERIENCE", "TOUCHPOINT", "BLUEPRINT")), journeyLevel=draw.whole(0, 2),
            journeyEvidence=self._or_unknown(draw.of(("ASSUMED", "PARTLY", "VALIDATED"))),
            good=self._or_unknown(draw.of(words.SENTENCES)),
        )  # fmt: skip
        self._owned(one)
        if self.known["Journey"] and draw.chance(0.3):
            one.link("partOfJourney", draw.favoured(self.known["Journey"]))
        one.link("supports", draw.favoured(self.known["Goal"]))
        one.link("follows", draw.of(self.known["Principle"]))
        return one

    def _walked(
        self, journey: Entity, personas: list[str], *, small: bool
    ) -> tuple[list[Entity], list[Entity], list[Entity]]:
        """Make a journey's stages, their steps, and the touchpoints there, some of which were there before."""
        draw = self.draw
        stages, steps, touchpoints = [], [], []
        for _ in range(2 if small else draw.whole(4, 6)):
            stage = self._entity(
                "Stage", "STA", draw.of(words.STAGES), customerGoal=self._or_unknown(draw.of(words.NEEDS)),
                duration=self._or_unknown(f"P{draw.whole(1, 20)}D"),
                waiting=self._or_unknown(f"P{draw.whole(0, 5)}D", 0.6),
            )  # fmt: skip
            journey.link("stages", stage.key)
            stages.append(stage)
            for _ in range(2 if small else draw.whole(2, 4)):
                step = self._step(personas)
                stage.link("steps", step.key)
                steps.append(step)
                shared = self.known["Touchpoint"]
                if shared and draw.chance(0.3):
                    step.link("touchpoints", draw.favoured(shared))
                elif draw.chance(0.8):
                    touchpoint = self._touchpoint(personas)
                    step.link("touchpoints", touchpoint.key)
                    touchpoints.append(touchpoint)
        if not touchpoints:
            touchpoints.append(self._touchpoint(personas))
            stages[0].link("touchpoints", touchpoints[0].key)
        return stages, steps, touchpoints

    def _felt(self, one: Entity, personas: list[str]) -> None:
        draw = self.draw
        for persona in draw.some(personas, 0, 1):
            one.link(
                "experiencedBy", persona, experienceGrounds=draw.of(("ASSUMED", "RESEARCHED")),
                emotion=draw.half(-2, 2), feeling=self._or_unknown(draw.of(words.FEELINGS)),
                importance=self._or_unknown(draw.half(0, 10)), satisfaction=self._or_unknown(draw.half(0, 10)),
                momentOfTruth=self._or_unknown(draw.chance(0.2)),
            )  # fmt: skip

    def _step(self, personas: list[str]) -> Entity:
        draw = self.draw
        one = self._entity(
            "Step", "SP", draw.of(words.STEPS), activity=self._or_unknown(draw.of(words.SENTENCES)),
            emotion=self._or_unknown(draw.half(-2, 2), 0.5), duration=self._or_unknown(f"PT{draw.whole(1, 90)}M"),
        )  # fmt: skip
        self._felt(one, personas)
        return one

    def _touchpoint(self, personas: list[str]) -> Entity:
        draw = self.draw
        one = self._entity(
            "Touchpoint", "T", f"{draw.of(words.TOUCHPOINTS)} {draw.of(words.PLACES)}",
            control=draw.of(("OWN", "OWN", "OWN", "PARTNER", "EXTERNAL")),
            initiator=self._or_unknown(draw.of(("CUSTOMER", "COMPANY"))),
        )  # fmt: skip
        self._felt(one, personas)
        for channel in draw.some(self.known["Channel"], 0, 2):
            one.link("channels", channel, share=self._or_unknown(draw.share(), 0.5))
        if draw.chance(0.8):
            kind = draw.of(("Department", "Department", "Department", "Partner"))
            one.link("runBy", Entity(kind, draw.favoured(self.known[kind])).ref)
        if draw.chance(0.4):
            one.link("requires", draw.of(self.known["Enabler"]))
        return one

    def _trigger(self, journey: Entity, personas: list[str]) -> Entity:
        draw = self.draw
        origin = draw.of(("CUSTOMER", "COMPANY", "PARTNER", "EXTERNAL"))
        frequency = self._or_unknown(draw.of(("weekly", "once a year", "seldom")))
        one = self._entity("Trigger", "TR", draw.of(words.TRIGGERS), origin=origin, frequency=frequency)
        one.link("journeys", journey.key)
        one.link("personas", draw.of(personas))
        return one

    def _need(self, personas: list[str], stages: list[Entity]) -> Entity:
        draw = self.draw
        one = self._entity(
            "Need", "N", f"{draw.of(words.NEEDS)} {draw.of(words.QUALIFIERS)}",
            needSort=draw.of(("JOB", "NEED", "EXPECTATION")),
            nature=self._or_unknown(draw.of(("FUNCTIONAL", "EMOTIONAL", "SOCIAL"))),
        )  # fmt: skip
        for persona in personas:
            asked = draw.whole(20, 300)
            one.link(
                "personas", persona, respondents=asked, important=draw.whole(0, asked), satisfied=draw.whole(0, asked)
            )
        one.link("mattersAtStages", draw.of(stages).key)
        return one

    def _insight(self, place: Entity, personas: list[str], needs: list[Entity]) -> Entity:
        draw = self.draw
        one = self._entity(
            "Insight", "I", f"{draw.of(words.FINDINGS)} {draw.of(words.QUALIFIERS)}",
            type=draw.of(("PAIN", "PAIN", "PAIN", "UNMET_NEED", "GAIN", "OBSERVATION")),
            insightSubject=self._or_unknown(draw.of(("CUSTOMER", "CUSTOMER", "CUSTOMER", "MARKET", "COMPETITOR")), 0.1),
            statement=self._or_unknown(" ".join(draw.some(words.SENTENCES, 2, 5))),
            severity=self._or_unknown(draw.half(0, 10), 0.25),
            insightStatus=draw.of(("ASSUMED", "ASSUMED", "OBSERVED", "OBSERVED", "VALIDATED", "REFUTED", None)),
            reach=self._or_unknown(draw.share(), 0.6),
        )  # fmt: skip
        one.link("observedAt", place.ref, basis=draw.of(("STATED", "INFERRED")))
        for persona in draw.some(personas, 0, 2):
            confidence = self._or_unknown(draw.share(), 0.5)
            one.link("voicedBy", Entity("Persona", persona).ref, basis="STATED", confidence=confidence)
        for need in draw.some(needs, 0, 1):
            one.link("needs", need.key)
        return one

    def _evidence(self, insight: Entity) -> Entity:
        draw = self.draw
        sort = draw.of(("INTERVIEW", "SURVEY", "ANALYTICS", "TICKET", "OBSERVATION", "DOCUMENT"))
        one = self._entity(
            "Evidence", "EV", f"{sort.capitalize()} {draw.whole(1, 400)}", evidenceSort=sort,
            quote=self._or_unknown(draw.of(words.QUOTES), 0.5), collectedOn=self._or_unknown(draw.day(800), 0.2),
        )  # fmt: skip
        of = draw.whole(5, 300)
        stance = "CONTRADICTS" if draw.chance(0.1) else "SUPPORTS"
        one.link("backs", insight.key, evidenceStance=stance, support=draw.whole(0, of), of=of)
        if draw.chance(0.7):
            one.link("fromStudy", draw.favoured(self.known["Study"]))
        return one

    def _hypothesis(self, insights: list[Entity], needs: list[Entity]) -> Entity:
        draw = self.draw
        verdict = draw.of(("UNTESTED", "UNDECIDED", "LIKELY", "UNLIKELY", "CONFIRMED", "REFUTED"))
        name = f"{draw.of(words.CHANCES)} helps {draw.of(words.QUALIFIERS)}"
        one = self._entity("Hypothesis", "H", name, assumption=draw.of(words.SENTENCES), hypothesisVerdict=verdict)
        one.link("aboutNeeds", draw.of(needs).key)
        one.link("settledBy", draw.of(insights).key)
        one.link("testedBy", draw.favoured(self.known["Study"]))
        return one

    def _opportunity(self, insights: list[Entity], needs: list[Entity], kpi: Entity) -> Entity:
        draw = self.draw
        one = self._entity(
            "Opportunity", "O", f"{draw.of(words.CHANCES)} {draw.of(words.QUALIFIERS)}",
            customerValue=self._or_unknown(draw.half(0, 10)), businessValue=self._or_unknown(draw.half(0, 10)),
            urgency=self._or_unknown(draw.half(0, 10)), riskReduction=self._or_unknown(draw.half(0, 10), 0.6),
            impact=self._or_unknown(draw.of((0.25, 0.5, 1, 2, 3))),
            reach=self._or_unknown(float(draw.whole(10, 5_000))),
            effort=self._or_unknown(float(draw.whole(1, 300))), confidence=self._or_unknown(draw.share()),
            opportunityStatus=draw.of(("OPEN", "OPEN", "SHAPED", "CLOSED", "PARKED")),
        )  # fmt: skip
        for insight in draw.some(insights, 1, 4):
            confidence = self._or_unknown(draw.share(), 0.5)
            one.link("insights", insight.key, basis=draw.of(("STATED", "INFERRED")), confidence=confidence)
        for need in draw.some(needs, 0, 1):
            one.link("needs", need.key)
        self._owned(one)
        if draw.chance(0.5):
            one.link("aimsAt", kpi.key)
        if draw.chance(0.4):
            one.link("supports", draw.favoured(self.known["Goal"]))
        for stakeholder in draw.some(self.known["Stakeholder"], 0, 1):
            stance = draw.of(("AMBASSADOR", "NEUTRAL", "OPPONENT"))
            one.link("stakeholders", stakeholder, stakeholderStance=stance)
        if self.known["Opportunity"] and draw.chance(0.1):
            one.link("partOfOpportunity", draw.favoured(self.known["Opportunity"]))
        return one

    def _proposition(self, opportunities: list[Entity], kpi: Entity) -> Entity:
        draw = self.draw
        one = self._entity(
            "Proposition", "PP", f"{draw.of(words.OFFERS)} {draw.of(words.QUALIFIERS)}",
            propositionStatus=draw.of(("IDEA", "SHAPING", "APPROVED", "LIVE", "RETIRED")),
            effort=self._or_unknown(float(draw.whole(5, 400))), cost=self._or_unknown(f"{draw.whole(1, 200)}000.00"),
            currency=CURRENCY, confidence=self._or_unknown(draw.share()),
            propositionHorizon=self._or_unknown(draw.of(("NOW", "NEXT", "LATER"))),
        )  # fmt: skip
        for opportunity in draw.some(opportunities, 1, 4):
            one.link("opportunities", opportunity.key, fit=self._or_unknown(draw.share()))
        self._owned(one)
        one.link("targetPersonas", draw.favoured(self.known["Persona"]))
        if draw.chance(0.6):
            one.link("moves", kpi.key, expectedChange=float(draw.whole(1, 20)), by=self._or_unknown(draw.day(0, 500)))
        for enabler in draw.some(self.known["Enabler"], 0, 2):
            one.link("requires", enabler)
        return one

    def _promise(self, proposition: Entity, touchpoints: list[Entity], kpi: Entity) -> Entity:
        draw = self.draw
        one = self._entity(
            "Promise", "PM", f"{draw.of(words.OFFERS)} in writing", statement=draw.of(words.SENTENCES),
            promiseLevel=float(draw.whole(50, 95)), share=draw.share(), due=self._or_unknown(draw.day(200, 300)),
        )  # fmt: skip
        one.link("madeBy", proposition.key)
        one.link("madeAt", draw.of(touchpoints).key)
        one.link("keptAt", draw.of(touchpoints).key)
        one.link("measuredBy", kpi.key)
        self._owned(one, 0.4)
        return one

    def _initiative(
        self, propositions: list[Entity], opportunities: list[Entity], steps: list[Entity], kpi: Entity
    ) -> Entity:
        draw = self.draw
        one = self._entity(
            "Initiative", "IN", f"{draw.of(words.WORK)} {draw.of(words.PLACES)}",
            initiativeStatus=draw.of(("PLANNED", "RUNNING", "RUNNING", "DONE", "STOPPED")),
            start=self._or_unknown(draw.day(400, 100)), due=self._or_unknown(draw.day(100, 400)),
            effort=self._or_unknown(float(draw.whole(5, 300))), cost=self._or_unknown(f"{draw.whole(1, 90)}000.00"),
            currency=CURRENCY,
        )  # fmt: skip
        one.link("propositions", draw.of(propositions).key)
        if draw.chance(0.2):
            one.link("opportunities", draw.of(opportunities).key, fit=draw.share())
        self._owned(one)
        one.link("realisesSteps", draw.of(steps).key)
        if draw.chance(0.4):
            one.link("moves", kpi.key, expectedChange=float(draw.whole(1, 9)))
        if self.known["Initiative"] and draw.chance(0.3):
            one.link("dependsOn", draw.favoured(self.known["Initiative"]))
        return one

    def _decision(self, about: Entity) -> Entity:
        draw = self.draw
        one = Entity("Decision", None, {
            "decisionVerdict": draw.of(("DECIDED_NO", "REOPENED", "APPROVE", "HOLD", "STOP")),
            "decidedOn": draw.day(500), "byRole": draw.of(words.ROLES),
            "reason": self._or_unknown(draw.of(words.SENTENCES)),
        })  # fmt: skip
        one.link("decides", about.ref)
        return one

    def _waiver(self, insight: Entity) -> Entity:
        draw = self.draw
        one = Entity("Waiver", None, {
            "rule": draw.of(words.RULES), "waivedOn": draw.day(300), "reason": draw.of(words.SENTENCES),
            "expires": self._or_unknown(draw.day(0, 400)),
        })  # fmt: skip
        one.link("waives", insight.ref)
        return one

    def _measurement(self, kpi: Entity, personas: list[str], month: int) -> Entity:
        draw = self.draw
        one = Entity("Measurement", None, {
            "measuredOn": (TODAY - timedelta(days=30 * month)).isoformat(), "value": float(draw.whole(10, 95)),
            "sampleSize": self._or_unknown(draw.whole(20, 900)), "measurementSubject": "OWN",
        })  # fmt: skip
        one.link("kpi", kpi.key)
        if draw.chance(0.2):
            one.link("measuredForPersonas", draw.of(personas))
        return one


def parts(entities: int, seed: int) -> Iterator[list[Entity]]:
    """Make the graph, cut into parts that one import takes."""
    part: list[Entity] = []
    size = 0
    for group in Generator(entities, Draw(seed)).groups():
        items = sum(entity.items for entity in group)
        if part and size + items > PART:
            yield part
            part, size = [], 0
        part += group
        size += items
    yield part


def generate(entities: int, seed: int, out: Path) -> list[Path]:
    """Write the graph into a folder of its own for each part; return these."""
    folders = []
    for number, part in enumerate(parts(entities, seed), start=1):
        folder = out / f"part-{number:03}"
        write_part(part, folder)
        folders.append(folder)
    return folders


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="bench.generate", description="Make a realistic graph of any size.")
    parser.add_argument("--entities", type=int, default=20_000, help=f"how many, {FEWEST} or more (default: 20000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same files (default: 1)")
    parser.add_argument("--lines", action="store_true", help="write one file of JSON Lines instead of tables")
    parser.add_argument("out", type=Path, help="the folder to write to, new or empty; with --lines the file")
    given = parser.parse_args()
    if given.entities < FEWEST:
        parser.error(f"A graph in which every kind occurs has {FEWEST} entities or more.")
    if given.lines:
        links = write_lines(Generator(given.entities, Draw(given.seed)).groups(), given.out)
        sys.stderr.write(f"{given.entities} entities and {links} links.\n")
        return
    if given.out.exists() and any(given.out.iterdir()):
        parser.error(f"{given.out} is not empty: name a new folder.")
    folders = generate(given.entities, given.seed, given.out)
    sys.stderr.write(f"{given.entities} entities in {len(folders)} parts.\n")


if __name__ == "__main__":
    main()
