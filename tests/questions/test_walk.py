"""The walk against its definition: every path enumerated, judged, sorted, the first three kept."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.model import MODEL
from graph_api.questions.thread.walk import (
    Path,
    Station,
    Thread,
    ThreadLink,
    TraceDirection,
    merged,
    taken,
    walk,
    walks,
)

KINDS = ("Trigger", "Persona", "Journey", "Stage", "Touchpoint", "Insight", "Opportunity", "Initiative")
SPINE = [MODEL.links[name] for name in MODEL.spine]


@st.composite
def threads(draw: st.DrawFn) -> Thread:
    """Draw a small thread with many ways through it, personas who voice, and personas in segments."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=2, max_size=9))
    keys = st.sampled_from(["a", "b", "c"])
    stations = [Station(f"{n}", kind, draw(keys)) for n, kind in enumerate(kinds)]
    possible = [
        ThreadLink(link.name, one.id, two.id)
        for link in SPINE
        for one in stations
        for two in stations
        if link.joins(one.kind, two.kind)
    ]
    links = tuple(draw(st.lists(st.sampled_from(possible), unique=True))) if possible else ()
    segment = Station("s", "Segment", "s")
    members = draw(st.lists(st.sampled_from(stations), unique=True)) if draw(st.booleans()) else []
    voices: dict[str, set[str]] = defaultdict(set)
    for link in links:
        if link.type == "VOICES":
            voices[link.finish].add(link.start)
    for station in stations:
        if station.kind == "Insight" and draw(st.booleans()):
            voices[station.id].add(segment.id)
    start = draw(st.sampled_from(stations))
    return Thread(
        start=start,
        roots=(start.id,),
        stations={station.id: station for station in stations},
        forward=links,
        backward=links,
        attached={
            member.id: ((ThreadLink("IN_SEGMENT", member.id, segment.id), segment),)
            for member in members
            if member.kind == "Persona"
        },
        voices={insight: frozenset(who) for insight, who in voices.items()},
    )


def every_path(thread: Thread, path: Path, *, forwards: bool) -> Iterator[Path]:
    """Enumerate all paths, with no thought for persona or insight."""
    yield path
    here = path.stations[-1].id if path.stations else thread.start.id
    for link in thread.forward:
        near, far = (link.start, link.finish) if forwards else (link.finish, link.start)
        if near == here:
            yield from every_path(thread, path.then(link, thread.stations[far]), forwards=forwards)


def counts(thread: Thread, path: Path, *, forwards: bool) -> bool:
    """Judge a whole path: where it takes a journey for a persona and reveals an insight there, the two must agree."""
    links = path.links if forwards else tuple(reversed(path.links))
    takes = [link for link in links if link.type == "TAKES"]
    reveals = [link for link in links if link.type == "REVEALS"]
    if not takes or not reveals:
        return True
    persona, insight = takes[0].start, reveals[0].finish
    voices = thread.voices.get(insight, frozenset())
    segments = {station.id for _, station in thread.attached.get(persona, ())}
    return not voices or persona in voices or bool(segments & voices)


@given(threads(), st.booleans())
def test_the_walk_finds_the_three_shortest_of_all_paths_that_count(thread: Thread, forwards: bool) -> None:  # noqa: FBT001 - drawn
    expected: dict[str, list[Path]] = defaultdict(list)
    for path in every_path(thread, Path(), forwards=forwards):
        if counts(thread, path, forwards=forwards):
            expected[path.stations[-1].id if path.stations else thread.start.id].append(path)
    best = {
        here: [path.order for path in sorted(paths, key=lambda path: (len(path), path.order))[:3]]
        for here, paths in expected.items()
    }
    found = walk(thread, thread.first_steps(), forwards=forwards)
    assert {here: [path.order for path in paths] for here, paths in found.items()} == best


@given(threads(), st.booleans())
def test_the_links_taken_are_those_of_all_paths_that_count(thread: Thread, forwards: bool) -> None:  # noqa: FBT001 - drawn
    expected = {
        link
        for path in every_path(thread, Path(), forwards=forwards)
        if counts(thread, path, forwards=forwards)
        for link in path.links
    }
    assert taken(thread, TraceDirection.TOWARDS_ACTION if forwards else TraceDirection.TOWARDS_INSIGHT) == expected


@given(threads())
def test_both_is_the_union_of_the_two_walks_and_never_turns(thread: Thread) -> None:
    both = merged(walks(thread, TraceDirection.BOTH))
    onward, back = (
        merged(walks(thread, way)) for way in (TraceDirection.TOWARDS_ACTION, TraceDirection.TOWARDS_INSIGHT)
    )
    assert set(both) == set(onward) | set(back)
    assert taken(thread, TraceDirection.BOTH) == taken(thread, TraceDirection.TOWARDS_ACTION) | taken(
        thread, TraceDirection.TOWARDS_INSIGHT
    )
    for paths in both.values():
        for path in paths:
            here = thread.start.id
            ways = set()
            for link, station in zip(path.links, path.stations, strict=True):
                ways.add((link.start, link.finish) == (here, station.id))
                here = station.id
            assert len(ways) <= 1


@pytest.mark.parametrize("kind", sorted(MODEL.spine_kinds))
def test_no_kind_of_the_spine_leads_back_to_itself(kind: str) -> None:
    reached, frontier = set(), {kind}
    while frontier:
        frontier = {
            end
            for name in MODEL.spine
            for end in MODEL.links[name].finish
            if frontier & set(MODEL.links[name].start) and end not in reached
        }
        reached |= frontier
    assert kind not in reached
