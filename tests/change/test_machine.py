"""Random change sets, one after the other: after each the graph is what a plain model says, and so is its history.

MACHINE_EXAMPLES, MACHINE_STEPS and MACHINE_SEED make the walks more, longer and others: see `make machine`.
"""

import asyncio
import json
import os
from collections import Counter
from collections.abc import Callable, Coroutine
from copy import deepcopy
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from bench.history import Told, changes, there
from graph_api.change.apply import ChangeRefused, apply
from graph_api.change.changeset import ChangeSet, Delete, EntityChange, LinkChange, Mode, Ref
from graph_api.change.effects import Outcome
from graph_api.change.revert import revert
from graph_api.model import MODEL
from graph_api.store.connection import Store
from graph_api.store.endpoint import Endpoint
from graph_api.transfer import Format, export
from tests.change.draws import FIELDS, change_sets
from tests.change.undoing import Done, expected_undoing, has_leftovers
from tests.change.world import KINDS, LINKS, Expected, LinkKey, World, expected, known

EXAMPLES = int(os.environ.get("MACHINE_EXAMPLES", "12"))
STEPS = int(os.environ.get("MACHINE_STEPS", "20"))
SEED = os.environ.get("MACHINE_SEED")
# Looking for the smallest walk takes minutes: it is for those who mend something, when they ask for it.
PHASES = (Phase.generate, *((Phase.shrink,) if "MACHINE_SHRINK" in os.environ else ()))

OWN = frozenset({"name", "tags", *(name for name, _ in FIELDS.values())})
NOT_OWN = ("createdAt", "createdBy", "updatedAt", "updatedBy", "revision", "substanceAt", "id", "key", "only", "parent")
# Walks in which none of these happened would prove little.
ALWAYS_MET = frozenset(
    {"applied", "left out", "taken back", "dry run", "nothing to do"}
    | {f"{action} {what}" for action in ("CREATE", "UPDATE", "DELETE", "RESTORE") for what in ("entity", "link")}
    | {f"refused {code}" for code in ("CONFLICT", "CYCLE", "NOT_FOUND", "ONLY_ONE", "WRONG_ENDS")}
)


@dataclass(frozen=True)
class Present:
    """What the graph holds."""

    head: list[int]
    """Revision, number of the last change, and how many nodes there are of whatever sort."""
    images: dict[str, Any]
    """Of entities and links, as the history has them."""

    def ids(self) -> dict[Ref, str]:
        """Return the id of each entity."""
        return {_ref(image): identity for identity, image in self.images.items() if "kind" in image}

    def links(self) -> dict[LinkKey, dict[str, Any]]:
        """Return the links with their properties."""
        return {_link(image): image["properties"] for image in self.images.values() if "type" in image}

    def picture(self) -> tuple[dict[str, Any], dict[LinkKey, Any]]:
        """Return it as the model does."""
        things = {
            identity: (_ref(image), _own(image["properties"]), image["properties"]["revision"])
            for identity, image in self.images.items()
            if "kind" in image
        }
        return things, {link: _own(properties) for link, properties in self.links().items()}


def _ref(image: dict[str, Any]) -> Ref:
    return Ref(image["kind"], image["properties"]["key"])


def _link(image: dict[str, Any]) -> LinkKey:
    told = LINKS[image["type"]].told
    return LinkKey(image["type"], image["start"], image["finish"], image["properties"].get(told) if told else None)


def _own(properties: dict[str, Any]) -> dict[str, Any]:
    return known({name: value for name, value in properties.items() if name not in NOT_OWN})


def _exported(line: dict[str, Any]) -> tuple[Ref, dict[str, Any]]:
    kind = next(kind for kind in KINDS if line["kind"] == MODEL.kinds[kind].field_name)
    return Ref(kind, line["key"]), {name: value for name, value in line.items() if name in OWN}


async def present(store: Store) -> Present:
    return Present(await store.read("MATCH (g:Graph) RETURN g.revision, g.seq, count { () }"), await there(store))


class Machine(RuleBasedStateMachine):
    """Draws change sets, sends them, and compares."""

    store: Store
    run: Callable[[Coroutine[Any, Any, Any]], Any]
    met: Counter[str]
    """What has happened so far, over all walks."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.told = Told()
        self.done: list[Done] = []
        self.run(_empty(self.store))
        self.present = self.run(present(self.store))

    @initialize()
    def begin(self) -> None:
        """Begin with a graph that has one of each."""
        pairs = [(kind, key) for kind in KINDS for key in ("a", "b")] + [("Stage", "c")]
        one_of_each = ChangeSet(
            tuple(EntityChange(Mode.PUT, kind, key, _named(kind, key)) for kind, key in pairs),
            (
                *(LinkChange("HAS_STAGE", Ref("Journey", "a"), Ref("Stage", key)) for key in "abc"),
                *(
                    LinkChange(name, Ref(rule.ends[0][0], "a"), Ref(rule.ends[0][1], "b"))
                    for name, rule in LINKS.items()
                    if name != "HAS_STAGE"
                ),
            ),
            "tester",
            "test",
        )
        self._send(expected(self.world, one_of_each), apply(self.store, one_of_each), dry_run=False)

    @rule(data=st.data(), dry_run=st.sampled_from([False] * 7 + [True]))
    def change(self, data: st.DataObject, dry_run: bool) -> None:  # noqa: FBT001 - drawn by name
        """Send a change set, or take one back, or contend for a place."""
        what = data.draw(st.sampled_from(["change"] * 8 + ["take back"] * 2 + ["contend"]), label="what")
        if what == "take back" and self.done:
            self.take_back(data, dry_run=dry_run)
            return
        if what == "contend":
            self.contend(data)
            return
        drawn = data.draw(change_sets(self.world), label="changes")
        self._send(expected(self.world, drawn), apply(self.store, drawn, dry_run=dry_run), dry_run=dry_run)

    def contend(self, data: st.DataObject) -> None:
        """Delete an owner, name another one, and restore the first: its link no longer fits."""
        refs = {identity: thing.ref for identity, thing in self.world.things.items()}
        departments = [ref for ref in sorted(refs.values()) if ref.kind == "Department"]
        owned = sorted((refs[link.start], refs[link.finish]) for link in self.world.links if link.type == "OWNED_BY")
        if not owned or len(departments) == 1:
            return
        start, owner = data.draw(st.sampled_from(owned), label="owned")
        heir = data.draw(st.sampled_from([ref for ref in departments if ref != owner]), label="heir")
        former = self.world.id_of(owner) or ""
        nothing = ChangeSet((), (), "tester", "test")
        for step in (
            replace(nothing, deletes=(Delete(owner),)),
            replace(nothing, links=(LinkChange("OWNED_BY", start, heir),)),
            replace(nothing, restores=(former,)),
        ):
            self._send(expected(self.world, step), apply(self.store, step), dry_run=False)

    def take_back(self, data: st.DataObject, *, dry_run: bool) -> None:
        """Take a change set back; the last one always can be, and then all is as it was."""
        done = self.done[-data.draw(st.integers(1, min(len(self.done), 6)), label="from the end")]
        undoing = expected_undoing(self.world, done)
        last = done is self.done[-1] and not has_leftovers(self.world, done)
        if last:
            assert not undoing.refused
        self._send(
            undoing,
            revert(self.store, done.change_set, actor="tester", surface="test", dry_run=dry_run),
            dry_run=dry_run,
        )
        if last and not dry_run:
            assert _without_revisions(self.world) == _without_revisions(done.before)

    def _send(self, foreseen: Expected, sending: Coroutine[Any, Any, Outcome], *, dry_run: bool) -> None:
        before, was = self.world, self.present
        outcome = self.run(_result(sending))
        if isinstance(outcome, ChangeRefused):
            codes = {fault.code for fault in outcome.faults}
            assert foreseen.refused & codes, (foreseen.refused, outcome.message)
            assert self.run(present(self.store)) == was
            self.met.update({"refused", *(f"refused {code}" for code in codes)})
            return
        assert not foreseen.refused
        self.present = self.run(present(self.store))
        if outcome.change_set is None:
            assert self.present == was
            self.met["dry run" if dry_run else "nothing to do"] += 1
            if dry_run:
                return
        ids = self.present.ids()
        not_needed = foreseen.settle(ids, self.present.links())
        self.world = foreseen.world
        assert self.world.picture() == self.present.picture()
        assert not_needed == []
        for told, right in (
            (outcome.created, foreseen.created),
            (outcome.updated, foreseen.updated),
            (outcome.deleted, foreseen.deleted),
            (outcome.restored, foreseen.restored),
        ):
            assert len(told) == len(right)
            assert set(told) == right
        assert {index: outcome.keys[index] for index in foreseen.keys} == foreseen.keys
        for link, properties in self.present.links().items():
            assert self.world.link_ids.setdefault(link, properties["id"]) == properties["id"]
        for change in self.run(changes(self.store, self.told.seq)):
            self.told.read(change)
            self.met[f"{change['action']} {'entity' if 'start' not in change else 'link'}"] += 1
        assert self.told.images == self.present.images
        assert self.present.head[:2] == [self.told.revision, self.told.seq]
        if outcome.change_set is not None:
            assert self.told.change_set == outcome.change_set
            self.met["applied"] += 1
            self.met.update({"left out": len(outcome.left_out)} if outcome.left_out else {})
            self.met["taken back"] += bool(change.get("reverts"))
            self.done.append(Done(outcome.change_set, before, deepcopy(self.world)))

    def teardown(self) -> None:
        """Read the whole history again, from nothing, and export what is there."""
        told = Told()
        for change in self.run(changes(self.store)):
            told.read(change)
        now = self.run(present(self.store))
        assert told.images == now.images
        assert now.head[:2] == [told.revision, told.seq]
        output = BytesIO()
        exported = self.run(export(self.store, output, tuple(MODEL.kinds.values()), Format.JSONL))
        things, links = now.picture()
        assert (exported.entities, exported.links) == (len(things), len(links))
        lines = [json.loads(line) for line in output.getvalue().splitlines()]
        assert {line["id"]: _exported(line) for line in lines} == {
            identity: (ref, fields) for identity, (ref, fields, _) in things.items()
        }


async def _result(sending: Coroutine[Any, Any, Outcome]) -> Outcome | ChangeRefused:
    try:
        return await sending
    except ChangeRefused as refused:
        return refused


def _without_revisions(world: World) -> Any:
    things, links = world.picture()
    return {identity: thing[:2] for identity, thing in things.items()}, links


def _named(kind: str, name: str) -> dict[str, Any]:
    return {} if kind == "Measurement" else {"name": name}


async def _empty(store: Store) -> None:
    async with store.transaction() as tx:
        await tx.run("MATCH (n) WHERE NOT n:TestGraph AND NOT n:Graph AND NOT n:Migration DETACH DELETE n")
        await tx.run("MATCH (g:Graph) SET g.revision = 0, g.seq = 0")


@pytest.mark.usefixtures("ready")
def test_whatever_is_sent_the_graph_and_its_history_are_what_the_rules_say(endpoint: Endpoint) -> None:
    with asyncio.Runner() as runner:
        store = runner.run(Store.open(endpoint))

        class Connected(Machine):
            """A machine with a connection of its own: what runs here is not in the loop of the other tests."""

        Connected.store, Connected.run, Connected.met = store, staticmethod(runner.run), Counter()
        if SEED:
            seed(int(SEED))(Connected)
        try:
            run_state_machine_as_test(
                Connected,
                settings=settings(
                    max_examples=EXAMPLES,
                    stateful_step_count=STEPS,
                    derandomize=not SEED,
                    database=None,
                    deadline=None,
                    phases=PHASES,
                    suppress_health_check=list(HealthCheck),
                    print_blob=False,
                ),
            )
        finally:
            runner.run(store.close())
    print(", ".join(f"{name} {count}" for name, count in sorted(Connected.met.items())))  # noqa: T201 - pytest -s
    assert not ALWAYS_MET - Connected.met.keys()
