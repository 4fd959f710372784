"""Links that somebody has looked at again and confirms: each gets the moment and the name of who did."""

from collections.abc import Collection, Mapping

from graph_api.change import present
from graph_api.change.changeset import Fault
from graph_api.change.effects import Action, Relinked
from graph_api.change.faults import FaultCode
from graph_api.change.past import last_changes
from graph_api.change.present import Relation
from graph_api.change.relate import Links
from graph_api.change.resolve import Stamp
from graph_api.store.connection import Transaction


async def review(
    tx: Transaction, reviews: Mapping[str, int], links: Links, going: Collection[str], stamp: Stamp
) -> None:
    """Mark the links as reviewed, beside what the set does with them otherwise.

    `reviews` has the ids with their places in the set, `going` the ids of links that it removes.
    """
    if not reviews:
        return
    there = await _links(tx, reviews)
    mark = {"reviewedAt": stamp.at, "reviewedBy": stamp.by}
    changed = {effect.id: effect.changed for effect in links.effects if isinstance(effect, Relinked)}
    for identity, index in sorted(reviews.items(), key=lambda item: item[1]):
        if identity not in there or identity in going:
            message = f"Link {index + 1} to review ({identity}): there is no such link; leave it out."
            links.faults.append(Fault(("reviews", index), FaultCode.NOT_FOUND, message))
        elif identity in changed:
            changed[identity] |= mark
        else:
            links.effects.append(Relinked(there[identity], dict(mark)))


async def _links(tx: Transaction, ids: Collection[str]) -> dict[str, Relation]:
    """Find links by their ids alone; the history says of which type each is, without which no index has it."""
    types: dict[str, list[str]] = {}
    for identity, change in (await last_changes(tx, ids)).items():
        if "start" in change and change["action"] != Action.DELETE:
            types.setdefault(change["type"], []).append(identity)
    relations = present.Relations()
    for link_type, found in types.items():
        await present.load_links(tx, relations, link_type, found)
    return relations.by_id
