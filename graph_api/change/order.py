"""Orders without holes: where the finishes of one start stand once a change set has had its say. Pure."""

from collections.abc import Iterable, Mapping, Sequence


def arrange(present: Sequence[str], mentioned: Iterable[tuple[str, int | None]]) -> list[str]:
    """Return the new order of link ids; the n-th has position n, from 1.

    `present` is the order so far. `mentioned` are the links of the set, each with the position it asks for. Those
    without keep their place or are appended in their order; those with one are then put there, the lowest first, as far
    as the list reaches. Two that ask for the same place follow each other. The same request again changes nothing.
    """
    asked = dict(mentioned)
    placed = sorted(
        (position, order, item) for order, (item, position) in enumerate(asked.items()) if position is not None
    )
    moving = {item for _, _, item in placed}
    arranged = [item for item in present if item not in moving]
    there = set(arranged)
    arranged += [item for item, position in asked.items() if position is None and item not in there]
    return _merged(arranged, [(position, item) for position, _, item in placed])


def _merged(staying: list[str], placed: list[tuple[int, str]]) -> list[str]:
    merged: list[str] = []
    rest = iter(staying)
    for position, item in placed:
        while len(merged) < position - 1 and (following := next(rest, None)) is not None:
            merged.append(following)
        merged.append(item)
    return [*merged, *rest]


def moved(before: Mapping[str, int | None], after: Sequence[str]) -> dict[str, int]:
    """Return the position of each link whose position is another one now."""
    return {item: place for place, item in enumerate(after, start=1) if before.get(item) != place}
