"""From paths to one document: which files are meant, and what each of them says."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from graph_api.change.faults import suggestion
from graph_api.model import MODEL
from graph_api.transfer.csv_file import read_rows, read_table
from graph_api.transfer.document import BASIS, TAGS, Defaults, Document, read_entities
from graph_api.transfer.nodes import Mapping, Node, Scalar, Sequence, is_null, items
from graph_api.transfer.places import Place
from graph_api.transfer.yaml_file import decode, read_yaml

YAML_ENDINGS = frozenset({".yaml", ".yml", ".json"})
CSV_ENDING = ".csv"
LINES_ENDING = ".jsonl"
MAX_BYTES = 100 * 2**20

_DEFAULTS, _CSV = "defaults", "csv"
_NOTE = "x-"
"""With it begins what is for people and other tools, as in compose files and in OpenAPI."""


def load(paths: Iterable[Path]) -> Document:
    """Read files, and those directly in folders, into one document. What is wrong with them is in its faults."""
    document = Document()
    tables: set[Path] = set()
    files, loose = _files(paths, document)
    for path in files:
        node = _read_yaml(path, document)
        if node is not None:
            tables |= _read_top(path, node, document)
    for path, asked in loose.items():
        if path.resolve() in tables:
            continue
        if asked:
            _unreadable(path, "A CSV file needs a mapping: import the YAML file that names it under `csv`.", document)
        else:
            document.left_out.append(str(path))
    if document.lines and document.files:
        message = "JSON Lines are imported by themselves: name the other files in another command, before or after."
        document.faults.add(Place(document.lines[0]), message)
    return document


def _files(paths: Iterable[Path], document: Document) -> tuple[list[Path], dict[Path, bool]]:
    """Return the YAML files to read, and the CSV files seen with whether they were asked for by name."""
    found: dict[Path, Path] = {}
    loose: dict[Path, bool] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(item for item in path.iterdir() if item.is_file() and not item.name.startswith("."))
            readable = [item for item in inside if item.suffix.lower() in YAML_ENDINGS]
            lines = [item for item in inside if item.suffix.lower() == LINES_ENDING]
            document.lines += map(str, lines)
            if not (readable or lines):
                _unreadable(
                    path, "There is no YAML file in this folder: name the file or folder that has them.", document
                )
            loose |= {item: loose.get(item, False) for item in inside if item.suffix.lower() == CSV_ENDING}
        elif path.suffix.lower() == CSV_ENDING:
            loose[path] = True
            continue
        elif path.suffix.lower() in YAML_ENDINGS:
            readable = [path]
        elif path.suffix.lower() == LINES_ENDING and path.is_file():
            document.lines.append(str(path))
            continue
        elif path.exists():
            _unreadable(
                path, "Files end in .yaml, .yml, .json or .jsonl; a CSV file is named by a YAML file.", document
            )
            continue
        else:
            _unreadable(path, "There is no such file or folder: check the path.", document)
            continue
        for item in readable:
            found.setdefault(item.resolve(), item)
    return list(found.values()), loose


def _read_text(path: Path, document: Document) -> str | None:
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except FileNotFoundError:
        _unreadable(path, "There is no such file or folder: check the path.", document)
        return None
    except OSError as error:
        _unreadable(path, f"The file cannot be read ({error.strerror}): check that it is yours to read.", document)
        return None
    if size > MAX_BYTES:
        _unreadable(path, f"The file has more than {MAX_BYTES // 2**20} MB: split it.", document)
        return None
    document.files.append(str(path))
    text = decode(data, str(path), document.faults)
    document.complete &= text is not None
    return text


def _read_yaml(path: Path, document: Document) -> Mapping | None:
    text = _read_text(path, document)
    if text is None:
        return None
    before = len(document.faults.found)
    node = read_yaml(text, str(path), document.faults)
    if isinstance(node, Mapping):
        return node
    document.complete = False
    if len(document.faults.found) > before:
        return None
    if node is None or is_null(node):
        _unreadable(path, "The file says nothing: write a kind such as `insights:` and a list of them.", document)
    else:
        document.faults.add(
            node.place, "A file begins with the name of a kind, such as `insights:`, not with its items."
        )
    return None


def _read_top(path: Path, node: Mapping, document: Document) -> set[Path]:
    """Read one file; return the CSV files that it names."""
    defaults = _defaults(node.get(_DEFAULTS), document)
    tables: set[Path] = set()
    for name, value in node:
        if name.text == _DEFAULTS or name.text.startswith(_NOTE):
            continue
        if name.text == _CSV:
            tables |= set(_read_tables(path, value, defaults, document))
        elif kind := MODEL.kind(name.text):
            read_entities(kind, value, defaults, document)
        else:
            known = [*(kind.plural for kind in MODEL.kinds.values()), _DEFAULTS, _CSV]
            document.faults.add(
                name.place, f"There is no kind `{name.text}`{suggestion(name.text, known)}", "UNKNOWN_KIND"
            )
            document.complete = False
    return tables


def _defaults(node: Node | None, document: Document) -> Defaults:
    if node is None or is_null(node):
        return Defaults()
    if not isinstance(node, Mapping):
        document.faults.add(node.place, "Under `defaults` stand tags or a basis: write `tags: [one, another]`.")
        return Defaults()
    for name, _ in node:
        if name.text not in {TAGS, BASIS}:
            message = f"Only `tags` and `basis` can be given to everything in a file, not `{name.text}`."
            document.faults.add(name.place, message)
    tags, basis = node.get(TAGS), node.get(BASIS)
    return Defaults(
        Sequence(items(tags), tags.place) if tags else None,
        basis if isinstance(basis, Scalar) and not basis.null else None,
    )


def _read_tables(path: Path, node: Node, defaults: Defaults, document: Document) -> Iterator[Path]:
    if not isinstance(node, Mapping):
        document.faults.add(
            node.place, "Under `csv` stands the name of each CSV file, and under it what its columns are."
        )
        return
    for name, mappings in node:
        target = path.parent / name.text
        if Path(name.text).is_absolute() or ".." in Path(name.text).parts:
            document.faults.add(name.place, "A CSV file lies beside the file that maps it, or in a folder beside it.")
            continue
        yield target.resolve()
        text = _named(target, name, document)
        for item in items(mappings):
            table = read_table(item, document.faults)
            document.complete &= table is not None
            if table and text is not None:
                read_rows(text, str(target), table, defaults, document)


def _named(target: Path, name: Scalar, document: Document) -> str | None:
    if target.is_file():
        return _read_text(target, document)
    document.faults.add(name.place, f"There is no file {target}: check the name.")
    document.complete = False
    return None


def _unreadable(path: Path, message: str, document: Document) -> None:
    document.faults.add(Place(str(path)), message)
    document.complete = False
