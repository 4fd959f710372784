"""Statements from files: one file, one question. `load("coverage")` reads `cypher/coverage.cypher`.

A file begins with a comment that says what it asks, what goes in, what comes out, and whether it writes:

    // Which departments act on an opportunity.
    //
    // parameters: opportunity, limit
    // columns:
    //   department: its key
    //   paths: how many ways lead there
    // mode: read
    MATCH ...

`{{spine}}` and `{{attached}}` in the text stand for the relationship types of the model (the attached ones between
entities with keys), `{{spine_kinds}}` for the kinds that the spine joins, each joined by `|`; nothing else is ever
filled in, values come from `$parameters`. What the header says and what the text does must agree.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, NoReturn

from graph_api.errors import GraphApiError
from graph_api.model import MODEL
from graph_api.settings import bundled
from graph_api.store import acting, claimed, judged, mapped, measured, promised
from graph_api.store.constraints import words

Mode = Literal["read", "write"]

# What all statements about the history have in common; see questions/changes.py.
_WANTED_CHANGE = " AND ".join(
    f"($wanted.{name} IS NULL OR {condition.format(f'$wanted.{name}')})"
    for name, condition in {
        "since": "c.at >= {}",
        "until": "c.at < {}",
        "by": "c.actor = {}",
        "surface": "c.surface = {}",
        "action": "c.action = {}",
        "types": "c.type IN {}",
        "changeSet": "c.changeSet = {}",
        "entity": "{} IN [c.entity, c.start, c.finish]",
    }.items()
)
_CHANGE_ROW = (
    "[c.seq, c.changeSet, c.revision, toString(c.at), c.actor, c.surface, c.action, c.type, c.entity, c.start, "
    "c.finish, c.reverts, CASE WHEN $wanted.images THEN c.before END, CASE WHEN $wanted.images THEN c.after END]"
)


def _end(way: str) -> str:
    end = f"{way}Node(r)"
    return f"[id({end}), {end}.id, head([label IN labels({end}) WHERE label <> 'Entity']), {end}.key]"


# A link of which an end has changed; see cypher/needs_review.cypher.
_SUSPECT_ROW = (
    f"[r.id, type(r), {_end('start')}, {_end('end')}, id(n), toString(n.substanceAt), toString(r.reviewedAt)]"
)


PLACEHOLDERS = {
    "spine": "|".join(MODEL.spine),
    "attached": "|".join(MODEL.beside),
    "spine_kinds": "|".join(kind for kind in MODEL.kinds if kind in MODEL.spine_kinds),
    "wanted_change": _WANTED_CHANGE,
    "change_row": _CHANGE_ROW,
    "walked_links": "|".join((*(link for link in MODEL.spine if link != "VOICES"), "IN_SEGMENT")),
    "suspect_row": _SUSPECT_ROW,
    "words_index": words().name,
    "words_fields": str(list(words().properties)),
    **judged.placeholders(),
    **measured.placeholders(),
    **acting.placeholders(),
    **claimed.placeholders(),
    **promised.placeholders(),
    **mapped.placeholders(),
}

ENTRIES = ("parameters", "columns", "mode")

_ENTRY = re.compile(rf"({'|'.join(ENTRIES)}):\s*(.*)")
_ITEM = re.compile(r"\s+(\w+)(?::.*)?")
# Comments, strings and quoted names may hold anything; what stands in them is not the statement's.
_OPAQUE = re.compile(r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`[^`]*`", re.DOTALL)
_PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}")
_WRITES = re.compile(r"\b(CREATE|MERGE|SET|DELETE|REMOVE|FOREACH)\b")
_AFTER_COLUMNS = re.compile(r"\b(ORDER\s+BY|SKIP|OFFSET|LIMIT)\b|;")
_ALIAS = re.compile(r"(?:.*\bAS\s+)?`?(\w+)`?\s*", re.DOTALL)


class StatementError(GraphApiError):
    """A statement file is not what it says; the message begins with its name and line."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that is ready to run: its text without the header, and what the header says."""

    name: str
    text: str
    parameters: tuple[str, ...]
    columns: tuple[str, ...]
    mode: Mode


@cache
def load(name: str) -> Statement:
    """Return the statement of the file `cypher/<name>.cypher`; raises `StatementError` where the file is not sound."""
    return read(bundled("cypher") / f"{name}.cypher", name)


@cache
def chained(*statements: Statement, given: str = "") -> Statement:
    """Return one statement of several: each goes on from the columns of the one before it, the first from `given`."""
    head, *bodies = statements
    text = head.text
    for body in bodies:
        text = f"CALL ({given}) {{\n{text}\n}}\n{body.text}"
    name = "+".join(statement.name for statement in statements)
    parameters = tuple(dict.fromkeys(name for statement in statements for name in statement.parameters))
    return Statement(name, text, parameters, statements[-1].columns, statements[-1].mode)


@cache
def all_of(*kinds: str) -> Statement:
    """Return the statement that reaches everything of some kinds; see cypher/scope/walks.cypher for its columns."""
    text = f"MATCH (n:{'|'.join(kinds)})\nWITH collect(n) AS reached\nRETURN [] AS starts, [] AS named, reached"
    return Statement(f"all of {', '.join(kinds)}", text, (), ("starts", "named", "reached"), "read")


@cache
def named(*kinds: str) -> Statement:
    """Return the statement that finds the entities that a scope names, of some kinds: see cypher/scope/walks.cypher.

    Of each kind by its plural, `$scope` has the keys. A branch for every kind there is takes Neo4j long to plan.
    """
    branches = (
        f"UNWIND $scope.{kind.plural} AS key\nMATCH (n:{kind.name}) USING INDEX SEEK n:{kind.name}(key)\n"
        f"WHERE n.key = key\nRETURN '{kind.plural}' AS plural, n"
        for kind in map(MODEL.kinds.__getitem__, kinds)
    )
    text = "CALL () {\n" + "\nUNION ALL\n".join(branches) + "\n}\nRETURN plural, n"
    return Statement(f"{', '.join(kinds)} named", text, ("scope",), ("plural", "n"), "read")


def read(path: Path, name: str) -> Statement:
    """Read a statement from any file."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        message = f"There is no statement {name!r}: {path.name} is missing from the folder cypher."
        raise StatementError(message) from error
    return parse(name, text)


def parse(name: str, text: str) -> Statement:
    """Take a file's text apart and hold its header against its statement."""
    return _Parser(name, text.splitlines()).statement()


class _Parser:
    def __init__(self, name: str, lines: list[str]) -> None:
        self._name = name
        ends = (number for number, line in enumerate(lines) if line.strip() and not line.startswith("//"))
        first = next(ends, len(lines))
        self._header, self._body_starts = lines[:first], first
        self._body = "\n".join(lines[first:]).rstrip()
        # Of the same length as the body, so that places in it are places in the file.
        self._bare = _OPAQUE.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), self._body)

    def statement(self) -> Statement:
        entries = self._entries()
        if not self._body:
            self._fail(len(self._header), "there is no statement below the header.")
        mode_line, modes = entries["mode"]
        mode = modes[0] if modes else ""
        if len(modes) != 1 or mode not in {"read", "write"}:
            self._fail(mode_line, "mode must be read or write.")
        text = self._filled()
        self._check_parameters(*entries["parameters"])
        self._check_columns(*entries["columns"])
        if mode == "read" and (write := _WRITES.search(self._bare)):
            self._fail_at(write.start(), f"{write.group()} writes, but the header says mode: read.")
        return Statement(self._name, text, entries["parameters"][1], entries["columns"][1], mode)  # type: ignore[arg-type]

    def _entries(self) -> dict[str, tuple[int, tuple[str, ...]]]:
        """Read the header: for each entry its line and its items, listed on that line or below it, indented."""
        entries: dict[str, tuple[int, list[str]]] = {}
        purpose, listed = False, None
        for number, line in enumerate(self._header, start=1):
            comment = line.removeprefix("//").removeprefix(" ").rstrip()
            if found := _ENTRY.fullmatch(comment):
                if found[1] in entries:
                    self._fail(number, f"{found[1]} is given twice.")
                listed = [self._name_of(number, item) for item in re.split(r"\s*,\s*", found[2]) if item]
                entries[found[1]] = (number, listed)
            elif listed is not None and (item := _ITEM.fullmatch(comment)):
                listed.append(self._name_of(number, item[1]))
            elif comment:
                purpose, listed = True, None
        if not purpose:
            self._fail(1, "the header must begin with a sentence that says what is asked.")
        for entry in ENTRIES:
            if entry not in entries:
                self._fail(max(1, len(self._header)), f"the header needs a line '// {entry}:'.")
        return {entry: (number, tuple(items)) for entry, (number, items) in entries.items()}

    def _name_of(self, number: int, item: str) -> str:
        if not item.isidentifier():
            self._fail(number, f"{item!r} is not a name.")
        return item

    def _filled(self) -> str:
        def fill(found: re.Match[str]) -> str:
            name = found[1].strip()
            if name not in PLACEHOLDERS:
                known = ", ".join(f"{{{{{known}}}}}" for known in PLACEHOLDERS)
                self._fail_at(found.start(), f"there is no placeholder {found.group()}; known are {known}.")
            return PLACEHOLDERS[name]

        return _PLACEHOLDER.sub(fill, self._body)

    def _check_parameters(self, line: int, declared: tuple[str, ...]) -> None:
        used: dict[str, int] = {}
        for found in re.finditer(r"\$(\w+)", self._bare):
            used.setdefault(found[1], found.start())
        for placeholder in _PLACEHOLDER.finditer(self._body):
            for found in re.finditer(r"\$(\w+)", PLACEHOLDERS.get(placeholder[1].strip(), "")):
                used.setdefault(found[1], placeholder.start())
        for name, place in used.items():
            if name not in declared:
                self._fail_at(place, f"${name} is used but not declared in the header's parameters.")
        self._check_unused(line, declared, used, "parameter ${} is declared but not used.")

    def _check_columns(self, line: int, declared: tuple[str, ...]) -> None:
        returns = [found.end() for found in re.finditer(r"\bRETURN\b(?:\s+DISTINCT\b)?", self._bare)]
        outermost = [place for place in returns if _depth(self._bare[:place]) == 0]
        if not outermost:
            self._check_unused(line, declared, (), "column {} is declared but the statement returns nothing.")
            return
        place = outermost[-1]
        returned = [
            found[1] if (found := _ALIAS.fullmatch(item.strip())) else item.strip()
            for item in _columns(self._bare[place:])
        ]
        for name in returned:
            if name not in declared:
                self._fail_at(place, f"{name!r} is returned but not declared in the header's columns.")
        self._check_unused(line, declared, returned, "column {} is declared but not returned.")
        if list(declared) != returned:
            self._fail(line, f"the columns come in another order: {', '.join(returned)}.")

    def _check_unused(self, line: int, declared: Iterable[str], used: Iterable[str], words: str) -> None:
        for name in declared:
            if name not in used:
                self._fail(line, words.format(name))

    def _fail_at(self, place: int, words: str) -> NoReturn:
        self._fail(self._body_starts + self._body.count("\n", 0, place) + 1, words)

    def _fail(self, line: int, words: str) -> NoReturn:
        message = f"{self._name}.cypher, line {line}: {words}"
        raise StatementError(message)


def _depth(text: str) -> int:
    return sum(map(text.count, "({[")) - sum(map(text.count, ")}]"))


def _columns(text: str) -> list[str]:
    """Split what follows the last RETURN at the commas outside all brackets, up to ORDER BY and the like."""
    items, start, depth = [], 0, 0
    for place, sign in enumerate(text):
        if sign in "({[":
            depth += 1
        elif sign in ")}]":
            depth -= 1
        elif depth == 0 and sign == ",":
            items.append(text[start:place])
            start = place + 1
        elif depth == 0 and (_AFTER_COLUMNS.match(text, place)):
            return [*items, text[start:place]]
    return [*items, text[start:]]
