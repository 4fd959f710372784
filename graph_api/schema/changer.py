"""What the mutations do: an input becomes a change set, applied in one transaction, and a payload read in it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from types import SimpleNamespace
from typing import Any

from pydantic.alias_generators import to_snake

from graph_api.change import present
from graph_api.change.apply import Source, Writer, writing
from graph_api.change.changeset import Mode, Ref
from graph_api.change.effects import Created, Outcome
from graph_api.change.faults import ChangeRefused, FaultCode
from graph_api.change.requests import MAX_KEY, Request, recall, remember
from graph_api.change.revert import take_back
from graph_api.change.validate import check
from graph_api.compile.question import Found
from graph_api.compile.run import Fill
from graph_api.errors import GraphApiError
from graph_api.model import MODEL, Kind, LinkType
from graph_api.model.roles import MAY, Permission, Role
from graph_api.questions.changes import Change
from graph_api.schema.draft import INPUT, Draft, Given, Path, UserError, ids_in
from graph_api.store.connection import Store

ANYBODY = "anonymous"
DECIDE, RECORD_DECISION = "decide", "recordDecision"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, by which way, what they may do, and under which key the request can be repeated."""

    actor: str = ANYBODY
    surface: str = "graphql"
    idempotency_key: str | None = None
    role: Role = Role.ADMIN


class InputRefusedError(GraphApiError):
    """An input that cannot be done as it stands; nothing was done."""

    def __init__(self, errors: Iterable[UserError]) -> None:
        super().__init__("The input cannot be done as it stands.")
        self.errors = list(errors)


@dataclass(frozen=True)
class Done:
    """What one input did: the change set's outcome, and the draft that it came from."""

    outcome: Outcome
    draft: Draft
    ids: Mapping[Ref, str]

    @cached_property
    def changes(self) -> list[Change]:
        """What the history has of it."""
        entry, effects = self.outcome.entry, self.outcome.effects
        if entry is None:
            return []
        records = enumerate((effect.record() for effect in effects), start=self.outcome.seq + 1)
        return [
            Change(
                seq=seq,
                change_set=entry.change_set,
                revision=entry.revision,
                moment=entry.at.isoformat(),
                actor=entry.actor,
                surface=entry.surface,
                action=record["action"],
                type=record["type"],
                entity_id=record["entity"],
                start_id=record.get("start"),
                finish_id=record.get("finish"),
                reverts=entry.reverts,
                image_before=record["before"],
                image_after=record["after"],
            )
            for seq, record in records
        ]

    def found(self, ref: Ref) -> Found:
        """Name an entity for the payload."""
        return Found(self.ids[ref], ref.kind, lasting=False)

    def subjects(self) -> list[Found]:
        """Name what the input created and updated, in its order."""
        refs = (
            self.draft.ref_of(subject, self.outcome.keys) if isinstance(subject, int) else subject
            for _, subject in self.draft.subjects
        )
        return [self.found(ref) for ref in refs]


@dataclass(frozen=True)
class Operation:
    """A mutation: how its input is drafted, and what its payload has beside what all payloads have."""

    draft: Callable[[Draft, Given], list[Ref]]
    payload: Callable[[Done, list[Ref]], dict[str, Any]]
    nothing: Mapping[str, Any]
    """What the payload has in these places where nothing was done."""
    kind: Kind | None = None
    """The kind of the one entity that it is about."""


@dataclass(frozen=True)
class Changes:
    """Changes the graph for one request: the `Changer` of the compiler."""

    store: Store
    caller: Caller
    asked: tuple[Any, ...]
    """The whole request: a repeated one is the same in all of it."""
    committed: Callable[[], None] = lambda: None
    """Called after each commit."""

    async def change(self, field: str, key: str, arguments: Mapping[str, Any], fill: Fill) -> Any:
        """Do one root field in one transaction; what is wrong with its input is told in the payload."""
        given = arguments["input"]
        operation = OPERATIONS[field]
        dry_run = bool(given.get("dryRun"))
        draft = Draft({})
        try:
            request = self._request(key, given)
            async with writing(self.store, dry_run=dry_run) as writer:
                if request and not dry_run and (answer := await recall(writer.tx, request)) is not None:
                    return answer
                draft.known = await _known(writer, given)
                draft.decided = await _decided(writer, draft, field, given)
                told = await self._do(writer, field, operation, draft, given)
                answer = await fill(told, writer.tx)
                if request and not dry_run:
                    await writer.keep()
                    await remember(writer.tx, request, answer)
            self.committed()
        except InputRefusedError as refused:
            errors = refused.errors
        except ChangeRefused as refused:
            errors = list(dict.fromkeys(draft.located(fault) for fault in refused.faults))
        else:
            return answer
        return await fill(await self._refused(operation, draft, errors), self.store)

    async def _do(
        self, writer: Writer, field: str, operation: Operation, draft: Draft, given: Given
    ) -> SimpleNamespace:
        if field == "revert":
            by = {"actor": self.caller.actor, "surface": self.caller.surface}
            any_ones = Permission.REVERT in MAY[self.caller.role]
            outcome, refs = await take_back(writer, given["changeSet"], **by, of_others=any_ones), []
        else:
            refs = operation.draft(draft, given)
            draft.link_created()
            changes = draft.change_set(self.caller.actor, self.caller.surface)
            checked = check(changes)
            if draft.errors:
                # What could not be named would be missed once more.
                faults = [draft.located(fault) for fault in checked.faults if fault.path[-1] != "key"]
                raise InputRefusedError([*draft.errors, *faults])
            outcome = await writer.apply(checked, Source(changes.actor, changes.surface))
        ids = dict(outcome.ids)
        if unnamed := [ref for ref in refs if ref not in ids]:
            ids |= {ref: node.id for ref, node in (await present.nodes(writer.tx, unnamed, whole=False)).items()}
        if absent := [ref for ref in unnamed if ref not in ids]:
            # Nothing was to be done with it, so that nobody has missed it.
            raise InputRefusedError(UserError(INPUT, FaultCode.NOT_FOUND, f"There is no {ref}.") for ref in absent)
        done = Done(outcome, draft, ids)
        return _told(operation.payload(done, refs), outcome.change_set, lambda: done.changes, [])

    def _request(self, key: str, given: Given) -> Request | None:
        own = given.get("idempotencyKey")
        chosen = own if own is not None else self.caller.idempotency_key
        if chosen is None:
            return None
        if not chosen or len(chosen) > MAX_KEY:
            message = f"An idempotency key has 1 to {MAX_KEY} characters."
            raise InputRefusedError([UserError((*INPUT, "idempotencyKey"), FaultCode.INVALID_VALUE, message)])
        # One header serves all root fields of a request; each is a request of its own.
        return Request.of(chosen if own is not None else f"{chosen}\n{key}", self.caller.actor, *self.asked, key)

    async def _refused(self, operation: Operation, draft: Draft, errors: list[UserError]) -> SimpleNamespace:
        """Tell what is wrong; with a conflict, what the entity is like now."""
        payload = dict(operation.nothing)
        stale = any(error.code == FaultCode.CONFLICT for error in errors)
        if stale and operation.kind and draft.subjects:
            (_, subject), *_ = draft.subjects
            if isinstance(subject, Ref):
                for node in (await present.nodes(self.store, [subject], whole=False)).values():
                    payload[next(iter(payload))] = Found(node.id, subject.kind, lasting=False)
        return _told(payload, None, list, errors)


def _told(
    payload: Mapping[str, Any], change_set: str | None, changes: Callable[[], list[Change]], errors: list[UserError]
) -> SimpleNamespace:
    return SimpleNamespace(**payload, change_set=change_set, changes=changes, user_errors=errors)


async def _known(writer: Writer, given: Given) -> dict[str, Ref]:
    return {identity: node.ref for identity, node in (await present.by_ids(writer.tx, set(ids_in(given)))).items()}


async def _decided(writer: Writer, draft: Draft, field: str, given: Given) -> dict[Ref, list[present.Node]]:
    deciding = {DECIDE, RECORD_DECISION}
    several = [change[name] for change in given.get("changes") or () for name in deciding & change.keys()]
    named = (draft.named(one["entity"]) for one in ([given] if field in deciding else several))
    return await present.decided(writer.tx, {ref for ref in named if ref})


def _create(kind: Kind) -> Operation:
    def draft(draft: Draft, given: Given) -> list[Ref]:
        draft.create(kind, given, INPUT)
        return []

    return _about(kind, draft)


def _update(kind: Kind) -> Operation:
    def draft(draft: Draft, given: Given) -> list[Ref]:
        draft.update(kind, given, INPUT)
        return []

    return _about(kind, draft)


def _about(kind: Kind, draft: Callable[[Draft, Given], list[Ref]]) -> Operation:
    name = _attribute(kind)
    return Operation(draft, lambda done, _: {name: done.subjects()[0]}, {name: None}, kind)


def _attribute(kind: Kind) -> str:
    return to_snake(kind.field_name)


def _linking(link: LinkType, draft: Callable[[Draft, LinkType, Given, Path], list[Ref]]) -> Operation:
    return Operation(
        lambda drafted, given: draft(drafted, link, given, INPUT),
        lambda done, refs: {"from": done.found(refs[0]), "to": [done.found(ref) for ref in refs[1:]]},
        {"from": None, "to": []},
    )


def _reorder(draft: Draft, given: Given, path: Path = INPUT) -> list[Ref]:
    link = MODEL.links[given["linkType"]]
    if not link.positioned:
        positioned = ", ".join(name for name, one in MODEL.links.items() if one.positioned)
        draft.error((*path, "linkType"), FaultCode.INVALID_VALUE, f"{link.name} has no order; {positioned} have.")
        return []
    return draft.reorder(link, given, path)


def _record(draft: Draft, given: Given, path: Path = INPUT) -> list[Ref]:
    kind = MODEL.kinds["Measurement"]
    for index, item in enumerate(given["measurements"]):
        draft.create(kind, {**item, "kpi": given["kpi"]}, (*path, "measurements", str(index)), Mode.PUT)
    return []


def _apply(draft: Draft, given: Given) -> list[Ref]:
    """Draft a batch: first what is created, so that everything else can mean it."""
    later: list[Callable[[], object]] = []
    for index, change in enumerate(given["changes"]):
        ((name, inner),) = change.items()
        path = (*INPUT, "changes", str(index), name)
        for control in ("dryRun", "idempotencyKey"):
            if inner.get(control) is not None:
                message = f"{control} belongs to the whole input: write it beside `changes`."
                draft.error((*path, control), FaultCode.NOT_WRITABLE, message)
        if act := _draft_one(draft, name, inner, path):
            later.append(act)
    draft.link_created()
    for act in later:
        act()
    return []


def _draft_one(draft: Draft, name: str, given: Given, path: Path) -> Callable[[], object] | None:
    """Draft one change of a batch, or return what is to be done once all that is created is known."""
    if name in _CREATES:
        draft.create(_CREATES[name], given, path)
        return None
    if name == "recordMeasurements":
        _record(draft, given, path)
        return None
    return partial(_LATER[name], draft, given, path)


def _delete(draft: Draft, given: Given, path: Path = INPUT) -> list[Ref]:
    for index, item in enumerate(given["entities"]):
        draft.delete(item, (*path, "entities", str(index)))
    return []


def _restore(draft: Draft, given: Given, path: Path = INPUT) -> list[Ref]:
    for index, identity in enumerate(given["ids"]):
        draft.restore(identity, (*path, "ids", str(index)))
    return []


def _with(
    act: Callable[[Draft, Any, Given, Path], object], declared: Kind | LinkType
) -> Callable[[Draft, Given, Path], object]:
    return lambda draft, given, path: act(draft, declared, given, path)


def _review(draft: Draft, given: Given) -> list[Ref]:
    draft.review(given, INPUT)
    return []


def _told_of_decision(done: Done, refs: list[Ref]) -> dict[str, Any]:
    records = done.subjects()
    decisions = [found for found in records if found.kind == "Decision"]
    waivers = [found for found in records if found.kind == "Waiver"]
    return {"entity": done.found(refs[0]), "decision": decisions[0] if decisions else None, "waivers": waivers}


def _entities(done: Done, _: list[Ref]) -> dict[str, Any]:
    restored = [
        Found(effect.id, effect.ref.kind, lasting=False)
        for effect in done.outcome.effects
        if isinstance(effect, Created) and effect.restored
    ]
    return {"entities": [*done.subjects(), *restored], "left_out": list(done.outcome.left_out)}


def _several(draft: Callable[[Draft, Given], list[Ref]]) -> Operation:
    return Operation(draft, _entities, {"entities": [], "left_out": []})


_CREATES = {f"create{kind.name}": kind for kind in MODEL.kinds.values()}
_UPDATES = {f"update{kind.name}": kind for kind in MODEL.kinds.values()}
_LINKS = {f"link{link.class_name}": link for link in MODEL.links.values()}
_UNLINKS = {f"unlink{link.class_name}": link for link in MODEL.links.values()}

_LATER: Mapping[str, Callable[[Draft, Given, Path], object]] = (
    {name: _with(Draft.update, kind) for name, kind in _UPDATES.items()}
    | {name: _with(Draft.link, link) for name, link in _LINKS.items()}
    | {name: _with(Draft.unlink, link) for name, link in _UNLINKS.items()}
    | {"reorder": _reorder, "deleteEntities": _delete, "restoreEntities": _restore}
    | {"reviewLinks": Draft.review, DECIDE: Draft.decide, RECORD_DECISION: Draft.record_decision}
)
"""What a batch can do once all that it creates is known."""

OPERATIONS: Mapping[str, Operation] = (
    {name: _create(kind) for name, kind in _CREATES.items()}
    | {name: _update(kind) for name, kind in _UPDATES.items()}
    | {name: _linking(link, Draft.link) for name, link in _LINKS.items()}
    | {name: _linking(link, Draft.unlink) for name, link in _UNLINKS.items()}
    | {
        "deleteEntities": _several(_delete),
        "restoreEntities": _several(_restore),
        "reorder": _several(_reorder),
        "recordMeasurements": _several(_record),
        "applyChanges": _several(_apply),
        "revert": _several(lambda _, __: []),
        "reviewLinks": Operation(_review, lambda done, _: {"reviewed": len(set(done.draft.reviews))}, {"reviewed": 0}),
        DECIDE: Operation(
            lambda draft, given: draft.decide(given, INPUT),
            _told_of_decision,
            {"entity": None, "decision": None, "waivers": []},
        ),
        RECORD_DECISION: Operation(
            lambda draft, given: draft.record_decision(given, INPUT),
            lambda done, refs: {"entity": done.found(refs[0]), "decision": done.subjects()[0]},
            {"entity": None, "decision": None},
        ),
    }
)
"""Every mutation, by the name of its root field."""
