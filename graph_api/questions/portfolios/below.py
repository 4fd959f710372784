"""The work of an item: the item itself and what hangs below it. Pure.

Below an opportunity hangs what addresses it, below a proposition what delivers it, and so on down. What has ended, a
RETIRED proposition or a STOPPED initiative, is no work any more: neither it nor what hangs only below it is told. The
item itself is told as if it went on, whatever its status.
"""

from collections.abc import Iterable, Sequence

from graph_api.questions.figures.claims import ENDED
from graph_api.questions.portfolios.item import Item, Items, PortfolioKind
from graph_api.questions.thread.scope import Number

_PLACES = {kind.value: place for place, kind in enumerate(PortfolioKind)}


def _going_on(items: Items, numbers: Iterable[Number]) -> list[Item]:
    found = {number: items.by_number[number] for number in numbers if number in items.by_number}
    live = (item for item in found.values() if item.status not in ENDED)
    return sorted(live, key=lambda item: (_PLACES[item.kind], item.key))


def addressing(items: Items, opportunity: Item) -> list[Item]:
    """Return what addresses an opportunity and goes on: propositions, then initiatives, each by key."""
    return _going_on(items, items.addressed_by.get(opportunity.number, ()))


def delivering(items: Items, proposition: Item) -> list[Item]:
    """Return the initiatives that deliver a proposition and go on, by key."""
    return _going_on(items, items.delivered_by.get(proposition.number, ()))


def work_of(items: Items, item: Item) -> Sequence[Item]:
    """Return an item and what hangs below it, each once: the item, propositions, then initiatives, each by key."""
    if item.kind == PortfolioKind.INITIATIVE:
        return [item]
    if item.kind == PortfolioKind.PROPOSITION:
        return [item, *delivering(items, item)]
    first = addressing(items, item)
    then = {one.number for proposition in first for one in delivering(items, proposition)}
    return [item, *_going_on(items, {one.number for one in first} | then)]
