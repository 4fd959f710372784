"""The mutations by which somebody answers a gap or decides about work, with their inputs and payloads."""

from datetime import date
from typing import Any

import strawberry

from graph_api.change.decide import DecideAction, WorkVerdict
from graph_api.model.choices import RuleName
from graph_api.schema import made
from graph_api.schema.draft import REVIEWED_AT_ONCE
from graph_api.schema.enums import published
from graph_api.schema.made import Described, input_type, maybe, object_type
from graph_api.schema.payloads import CONTROL, REVISION, mutation_field, payload_fields

_REASON: Described = (str, "Why; not blank.")
_BY_ROLE: Described = (maybe(str), "The role that decided; no person's name.")
_ON: Described = (maybe(date), "The day of the decision; today (UTC) where none is given.")
_ENTITY: Described = ("Optional[Entity]", "What it is about.")


def deciding_fields() -> dict[str, Any]:
    """Make the inputs, payloads and fields of the root."""
    return _of_gaps() | _of_work()


def _of_gaps() -> dict[str, Any]:
    """Make what answers a gap: links that were looked at again, and decisions."""
    input_type(
        "ReviewLinksInput",
        "Links that somebody has looked at again and confirms.",
        {
            "links": (
                list[strawberry.ID],
                f"The ids of the links, {REVIEWED_AT_ONCE} at most, as `needsReview` or the link's changes give them.",
            )
        }
        | CONTROL,
    )
    object_type(
        "ReviewLinksPayload",
        "What was done with links that are confirmed.",
        {"reviewed": (int, "How many links were marked as reviewed; 0 where something is wrong with the input.")}
        | payload_fields(),
    )
    made.publish("DecideAction", published(DecideAction))
    input_type(
        "DecideInput",
        "What is decided about a gap.",
        {
            "entity": ("EntityRefInput", "What it is about: anything with a key; for DECIDED_NO an insight."),
            "action": ("DecideAction", "What is decided."),
            "rule": (
                maybe(RuleName),
                "With WAIVE: which need not hold. With REOPEN: whose waivers end; without it an insight is open again.",
            ),
            "reason": _REASON,
            "byRole": _BY_ROLE,
            "on": _ON,
            "expires": (maybe(date), "With WAIVE: the last day it holds; for good where none is given."),
            "expected": (maybe(str), "With a decision about an insight: what is expected to come of it."),
        }
        | CONTROL,
    )
    object_type(
        "DecidePayload",
        "What was decided.",
        {
            "entity": _ENTITY,
            "decision": ("Optional[Decision]", "The decision, where one about an insight was recorded."),
            "waivers": ("list[Waiver]", "The waiver that was recorded, or the waivers that were ended."),
        }
        | payload_fields(),
    )
    return {
        "reviewLinks": mutation_field(
            "reviewLinks",
            "ReviewLinksPayload",
            "Confirm links after another look, so that what was changed at their ends before no longer makes them "
            "suspect.",
        ),
        "decide": mutation_field(
            "decide",
            "DecidePayload",
            "Record what was decided about a gap: that nothing will be done, that it is open again, or that a rule "
            "need not hold. The same again on the same day corrects what was said.",
        ),
    }


def _of_work() -> dict[str, Any]:
    """Make what decides about work."""
    made.publish("WorkVerdict", published(WorkVerdict))
    input_type(
        "RecordDecisionInput",
        "What is decided about an opportunity, a proposition or an initiative.",
        {
            "entity": ("EntityRefInput", "What it is about: an opportunity, a proposition or an initiative."),
            "verdict": ("WorkVerdict", "What is decided."),
            "reason": _REASON,
            "byRole": _BY_ROLE,
            "on": _ON,
            "expected": (maybe(str), "What is expected to come of it."),
            "expectedRevision": (maybe(int), f"Of the entity: {REVISION[1][0].lower()}{REVISION[1][1:]}"),
        }
        | CONTROL,
    )
    object_type(
        "RecordDecisionPayload",
        "What was decided.",
        {"entity": _ENTITY, "decision": ("Optional[Decision]", "The decision that was recorded.")} | payload_fields(),
    )
    return {
        "recordDecision": mutation_field(
            "recordDecision",
            "RecordDecisionPayload",
            "Record that an opportunity, a proposition or an initiative goes ahead, waits or ends: by which role, why, "
            "and what is expected of it. It changes no status. The same verdict again on the same day corrects what "
            "was said.",
        )
    }
