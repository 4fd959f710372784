"""The parts of statements that read who acts in an entity, and whether it is over.

`{{acts}}` stands for the link types by which somebody acts. `{{party}}` reads a variable `party`: [id, kind, key].
`{{part_rows}}` reads of a variable `n` a list of those who own it, run it or are involved in it: [role, contribution,
effort, owner or party, the parties that this is a member of].
`{{over}}` tells of `n` whether it is no work any more on the day `$on`: an initiative STOPPED, or DONE and not known to
have been finished only after that day; a proposition RETIRED, or a promise that only such make; an opportunity CLOSED
or PARKED. Only what was done has a day; everything else counts as it stands, and what is to start after that day is
work: somebody has to be there for it. See questions/parties/raci.py for what becomes of them.
"""

from collections.abc import Iterable

from graph_api.model.choices import InitiativeStatus, OpportunityStatus, PropositionStatus

ACTS = ("OWNED_BY", "INVOLVES", "RUN_BY")
"""The link types by which somebody acts in an entity."""

_ENDED = {
    "initiativeStatus": (InitiativeStatus.STOPPED,),
    "propositionStatus": (PropositionStatus.RETIRED,),
    "opportunityStatus": (OpportunityStatus.CLOSED, OpportunityStatus.PARKED),
}
"""The own fields and their values by which an entity is no work any more, on whatever day."""

_PARTY = "[{0}.id, head([label IN labels({0}) WHERE label <> 'Entity']), {0}.key]"


def _listed(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


def _over() -> str:
    statuses = " OR ".join(f"n.{name} IN [{_listed(values)}]" for name, values in _ENDED.items())
    done = f"(n.initiativeStatus = '{InitiativeStatus.DONE}' AND coalesce(n.finished <= date($on), true))"
    withdrawn = (
        "(n:Promise AND EXISTS { (n)<-[:MAKES]-() } AND NOT EXISTS { (n)<-[:MAKES]-(maker) "
        f"WHERE coalesce(maker.propositionStatus, '') <> '{PropositionStatus.RETIRED}' }})"
    )
    return f"coalesce({statuses} OR {done} OR {withdrawn}, false)"


def _part_rows() -> str:
    role = "CASE type(r) WHEN 'OWNED_BY' THEN 'ACCOUNTABLE' WHEN 'RUN_BY' THEN 'RUNS' ELSE r.involvementRole END"
    parties = f"COLLECT {{ MATCH (party)-[:MEMBER_OF]->(of) RETURN {_PARTY.format('of')} }}"
    return (
        f"COLLECT {{ MATCH (n)-[r:{'|'.join(ACTS)}]->(party) "
        f"RETURN [{role}, r.contribution, r.effort, {_PARTY.format('party')}, {parties}] }}"
    )


def placeholders() -> dict[str, str]:
    """Return what the placeholders of the statements about who acts stand for."""
    return {
        "party": _PARTY.format("party"),
        "acts": "|".join(ACTS),
        "part_rows": _part_rows(),
        "over": _over(),
    }
