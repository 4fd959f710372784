"""CSV rows into entities, by a mapping that a YAML file holds under `csv`.

Each row becomes a node as if it had been written in YAML; from there on both are read alike. A cell's place is the
first line of its row and the number of its column.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO

from graph_api.change.faults import suggestion
from graph_api.model import MODEL, Kind
from graph_api.transfer.document import KEY, Defaults, Document, no_field, read_entity, writable
from graph_api.transfer.nodes import Mapping, Node, Scalar, Sequence, is_null, items
from graph_api.transfer.places import Faults, Place

_SETTINGS = ("kind", "columns", "constants", "ignore", "delimiter")
_COLUMN_SETTINGS = ("field", "values", "split")


@dataclass(slots=True)
class Column:
    """Where the cells of one column go."""

    heading: str
    place: Place
    field: str
    part: str | None = None
    """Of a link: the own field of it that the cell gives."""
    split: str | None = None
    values: dict[str, Scalar] | None = None
    index: int = -1


@dataclass(slots=True)
class Table:
    """How the rows of one CSV file become entities of one kind."""

    kind: Kind
    place: Place
    columns: list[Column] = field(default_factory=list)
    ignored: list[Scalar] = field(default_factory=list)
    constants: list[tuple[Scalar, Node]] = field(default_factory=list)
    delimiter: str = ","


def read_table(node: Node, faults: Faults) -> Table | None:
    """Read one mapping."""
    kind_node = node.get("kind") if isinstance(node, Mapping) else None
    if not isinstance(node, Mapping) or not isinstance(kind_node, Scalar):
        faults.add(node.place, "A mapping says with `kind` what each row is, such as `kind: insights`.")
        return None
    kind = MODEL.kind(kind_node.text)
    if kind is None:
        plurals = [kind.plural for kind in MODEL.kinds.values()]
        faults.add(kind_node.place, f"There is no kind `{kind_node.text}`{suggestion(kind_node.text, plurals)}")
        return None
    table = Table(kind, node.place)
    for name, _ in node:
        if name.text not in _SETTINGS:
            faults.add(name.place, f"A mapping has no setting `{name.text}`{suggestion(name.text, _SETTINGS)}")
    for name, value in _entries(node.get("columns"), "columns", faults):
        for target in items(value):
            column = _column(name, target, kind, faults)
            table.columns += [column] if column else []
    for name, value in _entries(node.get("constants"), "constants", faults):
        _check_target(kind, name.text, name.place, faults)
        table.constants.append((name, value))
    table.ignored = [item for item in items(node.get("ignore") or Sequence((), node.place)) if isinstance(item, Scalar)]
    delimiter = node.get("delimiter")
    if isinstance(delimiter, Scalar) and len(delimiter.text) == 1:
        table.delimiter = delimiter.text
    elif delimiter is not None:
        faults.add(delimiter.place, 'The delimiter is one sign in quotes, such as ";" or "\\t".')
    return table


def read_rows(text: str, file: str, table: Table, defaults: Defaults, document: Document) -> None:
    """Read a CSV text by its mapping into the document."""
    faults = document.faults
    rows = _rows(text, file, table.delimiter, document)
    line, headings = next(rows, (0, []))
    if not any(headings):
        faults.add(Place(file), "The file is empty: its first line names the columns.")
        document.complete = False
    elif not _headings_fit(headings, Place(file, line, 1), table, faults):
        document.complete = False
    else:
        for line, cells in rows:
            if len(cells) == len(headings):
                node = _row(cells, Place(file, line, 1), table, faults)
                document.entities.append(read_entity(table.kind, node, defaults, faults))
            elif any(cell.strip() for cell in cells):
                place = Place(file, line, min(len(cells), len(headings)) + 1)
                counts = f"{len(cells)} cells and the first line {len(headings)}"
                faults.add(
                    place, f"This row has {counts}: mend it, or quote the cell that contains `{table.delimiter}`."
                )
                document.complete = False


def _rows(text: str, file: str, delimiter: str, document: Document) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            message = f"This row is not CSV ({error}): look for a quote that is not closed."
            document.faults.add(Place(file, line, 1), message)
            document.complete = False
            return
        yield line, cells


def _headings_fit(headings: list[str], place: Place, table: Table, faults: Faults) -> bool:
    known = {heading: index for index, heading in reversed(list(enumerate(headings)))}
    before = len(faults.found)
    for column in table.columns:
        column.index = known.get(column.heading, -1)
        if column.index < 0:
            faults.add(
                column.place, f"{place.file} has no column `{column.heading}`{suggestion(column.heading, headings)}"
            )
    for ignored in table.ignored:
        if ignored.text not in known:
            faults.add(
                ignored.place, f"{place.file} has no column `{ignored.text}`{suggestion(ignored.text, headings)}"
            )
    used = {column.heading for column in table.columns} | {ignored.text for ignored in table.ignored}
    for index, heading in enumerate(headings):
        if known[heading] != index:
            at = Place(place.file, place.line, index + 1)
            faults.add(at, f"The column `{heading}` is here twice: give each column its own heading.")
        elif heading not in used:
            at = Place(place.file, place.line, index + 1)
            faults.add(at, f"The mapping does not say what `{heading}` is: map it, or list it under `ignore`.")
    return len(faults.found) == before


def _row(cells: list[str], start: Place, table: Table, faults: Faults) -> Mapping:
    """Build the node that the row would be in YAML."""
    plain: dict[str, tuple[Scalar, Node]] = {}
    parts: dict[str, list[tuple[Scalar, Node]]] = {}
    for column in table.columns:
        place = Place(start.file, start.line, column.index + 1, column.heading)
        value = _cell(cells[column.index].strip(), place, column, faults)
        if value is None:
            continue
        name = column.part or column.field
        entry = (Scalar(name, place), value)
        if column.part:
            parts.setdefault(column.field, []).append(entry)
        elif column.field in plain:
            both = (*items(plain[column.field][1]), *items(value))
            plain[column.field] = (entry[0], Sequence(both, place))
        else:
            plain[column.field] = entry
    for label, constant in table.constants:
        target, part = _parts(label.text)
        if part:
            parts.setdefault(target, []).append((Scalar(part, label.place), constant))
        else:
            plain.setdefault(target, (label, constant))
    for target, own in parts.items():
        if target in plain:
            label, keys = plain[target]
            ends = tuple(Mapping(((Scalar(KEY, end.place), end), *own), end.place) for end in items(keys))
            plain[target] = (label, Sequence(ends, keys.place))
        elif given := next((value for _, value in own if value.place.file == start.file), None):
            faults.add(
                given.place, f"There is a value for the link `{target}` but no key: fill in both cells or neither."
            )
    return Mapping(tuple(plain.values()), start)


def _cell(text: str, place: Place, column: Column, faults: Faults) -> Node | None:
    words = [word.strip() for word in text.split(column.split)] if column.split else [text]
    found: list[Scalar] = []
    for word in filter(None, words):
        if column.values is None:
            found.append(Scalar(word, place, quoted=True))
        elif word not in column.values:
            known = ", ".join(column.values)
            faults.add(place, f"“{word}” has no translation: the mapping knows {known}. Mend the cell or the mapping.")
        elif not column.values[word].null:
            found.append(Scalar(column.values[word].text, place, quoted=True))
    if not found:
        return None
    return Sequence(tuple(found), place) if column.split else found[0]


def _column(heading: Scalar, target: Node, kind: Kind, faults: Faults) -> Column | None:
    name: Node | None = target.get("field") if isinstance(target, Mapping) else target
    if not isinstance(name, Scalar) or is_null(name):
        faults.add(target.place, f"The column `{heading.text}` is mapped to a field, or to {{field: …, values: …}}.")
        return None
    if not _check_target(kind, name.text, name.place, faults):
        return None
    column = Column(heading.text, heading.place, *_parts(name.text))
    for setting, value in target if isinstance(target, Mapping) else ():
        if setting.text not in _COLUMN_SETTINGS:
            message = f"A column has no setting `{setting.text}`{suggestion(setting.text, _COLUMN_SETTINGS)}"
            faults.add(setting.place, message)
        elif setting.text == "values":
            pairs = _entries(value, "values", faults)
            column.values = {word.text: meaning for word, meaning in pairs if isinstance(meaning, Scalar)}
        elif setting.text == "split" and isinstance(value, Scalar) and value.text:
            column.split = value.text
        elif setting.text == "split":
            faults.add(value.place, 'What separates several values in a cell is written in quotes, such as ";".')
    return column


def _parts(target: str) -> tuple[str, str | None]:
    name, _, part = target.partition(".")
    return name, part or None


def _check_target(kind: Kind, target: str, place: Place, faults: Faults) -> bool:
    """Check here, once, what each row would otherwise be told again."""
    name, part = _parts(target)
    if name not in writable(kind):
        faults.add(place, no_field(kind, name), "UNKNOWN_FIELD")
        return False
    link = kind.links.get(name)
    own = [prop.name for prop in link.link.properties.values() if not prop.stamp] if link else []
    if part and part not in own:
        what = f"The link `{name}`" if link else f"`{name}` is no link: it"
        faults.add(place, f"{what} has no field `{part}`{suggestion(part, own)}", "UNKNOWN_FIELD")
        return False
    return True


def _entries(node: Node | None, name: str, faults: Faults) -> tuple[tuple[Scalar, Node], ...]:
    if node is None or is_null(node):
        return ()
    if not isinstance(node, Mapping):
        faults.add(node.place, f"Under `{name}` stand lines of the form `name: value`.")
        return ()
    return node.entries
