"""What is decided, as changes: a decision, a waiver, or the end of waivers. Pure.

About a gap somebody decides that it stays, or no longer does (`decide`); about work, whether it goes ahead (`record`).
A decision is told apart by its day and its verdict, a waiver by its day and its rule: the same again on the same day
says anew what was said. Which decision is the latest goes by its day, then by when it was recorded.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from graph_api.change.changeset import Delete, EntityChange, LinkChange, Mode, Ref
from graph_api.change.faults import FaultCode
from graph_api.change.natural import natural_key
from graph_api.change.present import Node
from graph_api.change.validate import named
from graph_api.model import MODEL
from graph_api.model.choices import DecisionVerdict, RuleName
from graph_api.model.rules import RULES
from graph_api.model.values import Choice

DECISION, WAIVER = "Decision", "Waiver"
INSIGHT = "Insight"
WORK = ("Opportunity", "Proposition", "Initiative")
"""What can go ahead, wait or end."""
ANSWERED = RuleName.PAIN_WITHOUT_OPPORTUNITY
"""The rule that a decision about an insight answers."""


class DecideAction(Choice):
    """What is decided about a gap."""

    DECIDED_NO = "DECIDED_NO", "Nothing will be done about this insight; others must be waived."
    REOPEN = "REOPEN", "An earlier no, or the waivers of a rule, no longer hold."
    WAIVE = "WAIVE", "A rule need not hold for this entity."


class WorkVerdict(Choice):
    """What is decided about work."""

    APPROVE = DecisionVerdict.APPROVE.value, DecisionVerdict.APPROVE.description
    HOLD = DecisionVerdict.HOLD.value, DecisionVerdict.HOLD.description
    STOP = DecisionVerdict.STOP.value, DecisionVerdict.STOP.description


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What somebody decides about an entity, and why."""

    about: Ref
    reason: str
    on: date
    by_role: str | None = None
    expected: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling(Decided):
    """What is decided about an opportunity, proposition or initiative."""

    verdict: DecisionVerdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Decided):
    """What is decided about a gap."""

    action: DecideAction
    rule: RuleName | None = None
    expires: date | None = None

    @property
    def verdict(self) -> DecisionVerdict | None:
        """The verdict of the decision that is made; none where only waivers are."""
        if self.action is DecideAction.WAIVE or self.about.kind != INSIGHT or self.rule not in {None, ANSWERED}:
            return None
        return DecisionVerdict.REOPENED if self.action is DecideAction.REOPEN else DecisionVerdict.DECIDED_NO


@dataclass(slots=True)
class Deciding:
    """The parts of a change set that record it."""

    entities: list[EntityChange] = field(default_factory=list)
    links: list[LinkChange] = field(default_factory=list)
    deletes: list[Delete] = field(default_factory=list)
    faults: list[tuple[str, FaultCode, str]] = field(default_factory=list)
    """Each with what of that which was said is wrong: `rule`."""

    def fault(self, name: str, code: FaultCode, message: str) -> None:
        """Say what is wrong."""
        self.faults.append((name, code, message))

    def record(self, kind: str, link_type: str, said: Decided, values: dict[str, Any]) -> Ref:
        """Make a record about the entity, or say anew what it says; return it."""
        declared = MODEL.kinds[kind]
        end = next(end for end in declared.links.values() if end.link.name == link_type)
        ref = Ref(kind, natural_key(declared, values, [(end, said.about)]) or "")
        self.entities.append(EntityChange(Mode.PUT, kind, ref.key, values))
        self.links.append(LinkChange(link_type, ref, said.about))
        return ref


def decide(said: Said, earlier: Sequence[Node] | None) -> Deciding:
    """Turn what is decided into changes.

    `earlier` has the decisions about the entity and its waivers, as far as it is there.
    """
    deciding = Deciding()
    _check(deciding, said)
    if deciding.faults:
        return deciding
    if said.action is DecideAction.WAIVE:
        values = {"rule": said.rule, "reason": said.reason, "byRole": said.by_role, "waivedOn": said.on}
        deciding.record(WAIVER, "WAIVES", said, values | {"expires": said.expires})
    if said.verdict:
        _record_decision(deciding, said, said.verdict, earlier or ())
    if said.action is DecideAction.REOPEN and said.rule:
        _end_waivers(deciding, said, earlier)
    return deciding


def record(ruling: Ruling, earlier: Sequence[Node] | None) -> Deciding:
    """Turn what is decided about work into changes; `earlier` as in `decide`."""
    deciding = Deciding()
    _check_reason(deciding, ruling)
    if not deciding.faults:
        _record_decision(deciding, ruling, ruling.verdict, earlier or ())
    return deciding


def _check_reason(deciding: Deciding, said: Decided) -> None:
    if not said.reason.strip():
        deciding.fault("reason", FaultCode.REQUIRED, "The reason is blank; say why.")


def _check(deciding: Deciding, said: Said) -> None:
    _check_reason(deciding, said)
    match said.action:
        case DecideAction.DECIDED_NO:
            _check_no(deciding, said)
        case DecideAction.REOPEN if said.about.kind != INSIGHT and said.rule is None:
            message = f"Only an insight can be open again as a whole, not {_a(said)}; name the rule whose waivers end."
            deciding.fault("rule", FaultCode.REQUIRED, message)
        case DecideAction.WAIVE:
            _check_waiver(deciding, said)
        case _:
            pass
    if said.action is not DecideAction.WAIVE and said.expires is not None:
        message = f"Only a waiver expires, and {said.action} makes none; leave it out."
        deciding.fault("expires", FaultCode.CONFLICTING, message)
    if said.verdict is None and said.expected is not None and not deciding.faults:
        message = "Only a decision about an insight says what is expected, and this makes none; leave it out."
        deciding.fault("expected", FaultCode.CONFLICTING, message)


def _check_no(deciding: Deciding, said: Said) -> None:
    if said.about.kind != INSIGHT:
        message = f"DECIDED_NO is said of insights only, not of {_a(said)}; WAIVE the rule that need not hold for it."
        deciding.fault("action", FaultCode.INVALID_VALUE, message)
    elif said.rule not in {None, ANSWERED}:
        message = f"DECIDED_NO answers {ANSWERED}, not {said.rule}; WAIVE that rule, or leave it out."
        deciding.fault("rule", FaultCode.CONFLICTING, message)


def _check_waiver(deciding: Deciding, said: Said) -> None:
    if said.rule is None:
        deciding.fault("rule", FaultCode.REQUIRED, "Say which rule need not hold.")
    elif said.about.kind not in RULES[said.rule].kinds:
        known = [name for name, rule in RULES.items() if said.about.kind in rule.kinds]
        mend = f"name one that is: {', '.join(known)}" if known else "there is none, so that nothing need be waived"
        message = f"{said.rule} is no rule for {_a(said)}; {mend}."
        deciding.fault("rule", FaultCode.INVALID_VALUE, message)
    if said.expires is not None and said.expires < said.on:
        message = f"It would expire on {said.expires}, before {said.on}, when it begins; give a later day."
        deciding.fault("expires", FaultCode.INVALID_VALUE, message)


def _record_decision(deciding: Deciding, said: Decided, verdict: DecisionVerdict, earlier: Sequence[Node]) -> None:
    values = {"decisionVerdict": verdict, "reason": said.reason, "byRole": said.by_role, "decidedOn": said.on}
    ref = deciding.record(DECISION, "DECIDES", said, values | {"expected": said.expected})
    same_day = [node for node in earlier if node.ref.kind == DECISION and _day(node) == said.on]
    same = next((node for node in same_day if node.ref == ref), None)
    if same and any(_recorded(node) >= _recorded(same) for node in same_day if node is not same):
        # Another verdict came between: the word of this moment takes the place of the one before it, to be the latest.
        deciding.deletes.append(Delete(ref))


def _end_waivers(deciding: Deciding, said: Said, earlier: Sequence[Node] | None) -> None:
    running = [node for node in earlier or () if node.ref.kind == WAIVER and _runs(node, said)]
    if not running and said.verdict is None:
        if earlier is None:
            deciding.fault("entity", FaultCode.NOT_FOUND, f"There is no {said.about}; look at its key again.")
            return
        message = f"No waiver of {said.rule} for {said.about} holds on {said.on}; look at its `waivers`."
        deciding.fault("rule", FaultCode.NOT_FOUND, message)
    elif running and said.on == date.min:
        deciding.fault("on", FaultCode.INVALID_VALUE, "No day comes before this one; give a later day.")
    else:
        by = f" by {said.by_role}" if said.by_role else ""
        words = f"Reopened on {said.on}{by}: {said.reason}"
        for node in running:
            reason = "\n\n".join(text for text in (node.properties.get("reason"), words) if text)
            ended = {"expires": said.on - timedelta(days=1), "reason": reason}
            deciding.entities.append(EntityChange(Mode.UPDATE, WAIVER, node.ref.key, ended))


def _runs(waiver: Node, said: Said) -> bool:
    begins, expires = waiver.properties.get("waivedOn"), waiver.properties.get("expires")
    begun = begins is None or begins <= said.on
    return waiver.properties.get("rule") == said.rule and begun and (expires is None or expires >= said.on)


def _day(decision: Node) -> date:
    day: date | None = decision.properties.get("decidedOn")
    return day or _recorded(decision).date()


def _recorded(decision: Node) -> datetime:
    return datetime.fromisoformat(decision.properties["createdAt"])


def _a(said: Said) -> str:
    return named(MODEL.kinds[said.about.kind])
