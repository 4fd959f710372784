"""Cycles that new links would close. Pure, and linear in the number of links looked at."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cycle:
    """A closed walk: the ids of its entities in order, the first not repeated, and the new links on it."""

    walk: tuple[str, ...]
    new: tuple[tuple[str, str], ...]


def cycles(present: Mapping[str, Sequence[str]], new: Iterable[tuple[str, str]]) -> Iterator[Cycle]:
    """Yield a cycle for each link that closes one in a walk through all links, present and new; none if there is none.

    `present` has the far ends by start. Cycles made of present links alone are not the change's fault and are left out.
    """
    added = dict.fromkeys(new)
    far: dict[str, list[str]] = {start: list(finishes) for start, finishes in present.items()}
    for start, finish in added:
        if finish not in far.setdefault(start, []):
            far[start].append(finish)
    done: set[str] = set()
    for first, _ in added:
        if first not in done:
            yield from _from(first, far, done, added)


def _from(
    first: str, far: Mapping[str, Sequence[str]], done: set[str], added: Mapping[tuple[str, str], None]
) -> Iterator[Cycle]:
    # Depth first, without recursion: a chain of initiatives may be longer than Python's stack.
    walk, depth = [first], {first: 0}
    pending = [iter(far.get(first, ()))]
    while pending:
        following = next(pending[-1], None)
        if following is None:
            pending.pop()
            left = walk.pop()
            del depth[left]
            done.add(left)
        elif following in depth:
            closed = tuple(walk[depth[following] :])
            links = zip(closed, (*closed[1:], following), strict=True)
            if on_it := tuple(link for link in links if link in added):
                yield Cycle(closed, on_it)
        elif following not in done:
            depth[following] = len(walk)
            walk.append(following)
            pending.append(iter(far.get(following, ())))
