"""What README.md and docs/ show is run: each fenced block here, or by the test that a table here names.

A `graphql` block is a query, the `json` block after it is its whole answer, errors included; of a subscription it is
the first event. A `console` block holds
commands, each after `$ `, with what they print where that is shown; a line `…` stands for any lines. A block with a
title is a file that a command reads, be it a query.
"""

import json
import re
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from graph_api.store.connection import Store
from tests.cli.commands import Commands

ROOT = Path(__file__).parents[2]
DOCUMENTS = (*sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md")), "README.md")
"""README.md comes last: what it imports is in nobody else's way."""
ADDRESS = "http://127.0.0.1:8000"
"""Where the demo of the documents is; here it has another port."""

GUIDES = {
    "docs/importing.md": "tests/transfer/test_guide.py::test_the_examples_can_be_imported_one_section_after_the_other"
}
"""Documents whose blocks another test runs, all of them."""

ELSEWHERE = {
    "make test": "Makefile: it runs this test.",
    ". .venv/bin/activate": "Makefile: it makes the folder from which this test takes its commands.",
    "export NEO4J_URI=neo4j://localhost:7687 NEO4J_USER=neo4j NEO4J_PASSWORD_FILE=neo4j-password": (
        "tests/cli/test_serve.py::test_the_password_may_be_in_a_file"
    ),
    "graph-api serve": "tests/cli/test_serve.py::test_the_password_may_be_in_a_file",
    "graph-api demo": "tests/cli/test_demo.py::test_the_demo_fills_the_graph_and_answers_its_question",
    "graph-api engine start": "tests/store/test_engine.py::test_a_detached_engine_stays_until_it_is_told_to_stop",
    "graph-api engine status": "tests/store/test_engine.py::test_a_detached_engine_stays_until_it_is_told_to_stop",
    "graph-api engine stop": "tests/store/test_engine.py::test_a_detached_engine_stays_until_it_is_told_to_stop",
    "graph-api doctor": "tests/cli/test_doctor.py::test_a_prepared_graph_is_fine_and_each_check_is_one_line",
    "python3 -m venv /opt/graph-api": "Dockerfile: it does the same.",
    "/opt/graph-api/bin/pip install --require-hashes --requirement requirements.lock": "Dockerfile: it does the same.",
    "/opt/graph-api/bin/pip install --no-deps dist/graph_api-0.1.0-py3-none-any.whl": "Dockerfile: it does the same.",
    "install -d -m 755 /etc/graph-api": "deploy/graph-api.service: it says where files belong; only root may do it.",
    "install -m 644 deploy/graph-api.toml /etc/graph-api/graph-api.toml": "deploy/graph-api.service: as above.",
    "install -m 600 neo4j-password /etc/graph-api/neo4j-password": "deploy/graph-api.service: as above.",
    "install -m 644 deploy/graph-api.service /etc/systemd/system/graph-api.service": (
        "deploy/graph-api.service: as above."
    ),
    "export GRAPH_API_CONFIG=/etc/graph-api/graph-api.toml NEO4J_PASSWORD_FILE=/etc/graph-api/neo4j-password": (
        "deploy/graph-api.service: as above."
    ),
    "/opt/graph-api/bin/graph-api doctor": (
        "tests/cli/test_doctor.py::test_a_prepared_graph_is_fine_and_each_check_is_one_line"
    ),
    "/opt/graph-api/bin/graph-api token create first --role admin": "docs/authentication.md: it makes one and uses it.",
    "systemctl enable --now graph-api": "deploy/graph-api.service: there is no systemd here.",
    "mkdir -p data && chmod 700 data": "docker-compose.yml: there is no engine for containers here.",
    "openssl rand -hex 16 > data/neo4j-password": "docker-compose.yml: as above.",
    """printf 'neo4j/%s' "$(cat data/neo4j-password)" > data/neo4j-auth""": "docker-compose.yml: as above.",
    "chmod 444 data/neo4j-password data/neo4j-auth": "docker-compose.yml: as above.",
    "ALLOWED_HOSTS=graph.example docker compose up --wait": "docker-compose.yml: as above.",
    "docker compose exec service graph-api doctor": "docker-compose.yml: as above.",
    "docker compose exec service graph-api token create first --role admin": "docker-compose.yml: as above.",
    "make wheel": "tests/docs/test_installing.py::test_the_wheel_can_be_installed_and_its_command_runs",
    "pip install dist/graph_api-0.1.0-py3-none-any.whl": (
        "tests/docs/test_installing.py::test_the_wheel_can_be_installed_and_its_command_runs"
    ),
}
"""Commands that are not run here, with the test that runs them or the file that shows why none is needed."""


class Block(NamedTuple):
    document: str
    line: int
    language: str
    title: str
    text: str


class Query(NamedTuple):
    place: str
    query: str
    answer: str


class Command(NamedTuple):
    place: str
    document: str
    command: str
    printed: str


_FENCE = re.compile(
    r'^```(?P<language>\w*)(?: title="(?P<title>[^"]+)")?\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL
)


def _text(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def _blocks(document: str) -> list[Block]:
    text = _text(document)
    return [
        Block(document, text.count("\n", 0, each.start()) + 1, each["language"], each["title"] or "", each["text"])
        for each in _FENCE.finditer(text)
    ]


def _queries(blocks: list[Block]) -> Iterator[Query]:
    for block, following in pairwise(blocks):
        if (block.language, following.language) == ("graphql", "json") and not block.title:
            yield Query(f"{block.document}:{block.line}", block.text, following.text)


def _commands(blocks: list[Block]) -> Iterator[Command]:
    for block in blocks:
        if block.language != "console":
            continue
        line = block.line + 1
        for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
            lines = part.splitlines(keepends=True)
            last = next(number for number, each in enumerate(lines) if not each.endswith("\\\n"))
            command, printed = "".join(lines[: last + 1]).rstrip("\n"), "".join(lines[last + 1 :])
            yield Command(f"{block.document}:{line}", block.document, command, printed)
            line += len(lines)


_ALONE = re.compile(r"graph-api (?!demo|serve|engine|import)(?:[^|&;<>$`*?~\\]|\\\n)+")
"""A command of ours that needs no shell."""

BLOCKS = {document: _blocks(document) for document in DOCUMENTS if document not in GUIDES}
QUERIES = [query for blocks in BLOCKS.values() for query in _queries(blocks)]
COMMANDS = [command for blocks in BLOCKS.values() for command in _commands(blocks)]
FILES = [block for blocks in BLOCKS.values() for block in blocks if block.title]


class Demo(NamedTuple):
    """A running `graph-api demo`: where, and all that it has said until it was ready."""

    address: str
    said: str


@pytest.fixture(scope="module")
def demo(commands: Commands, graph: Store) -> Iterator[Demo]:  # noqa: ARG001 the graph is emptied for it
    with commands.serving("demo", PORT="0") as service:
        address = service.wait_for("Serving at ").removesuffix("/graphql")
        service.wait_for("Ready.")
        yield Demo(address, service.said)
        service.end(signal.SIGTERM)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the files that the documents show, each in its document's own folder."""
    made = tmp_path_factory.mktemp("reader")
    for document in BLOCKS:
        (made / document).mkdir(parents=True)
    for block in FILES:
        (made / block.document / block.title).write_text(block.text, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def told() -> dict[str, str]:
    """Return what answers had where the documents show `…`, by the name of the field, the last one of each."""
    return {}


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.place)
def test_a_query_has_the_answer_that_stands_after_it(query: Query, demo: Demo, told: dict[str, str]) -> None:
    text = re.sub(r'(\w+?)(s?: \[?)"…"', lambda match: f'{match[1]}{match[2]}"{told[match[1]]}"', query.query)
    answer = _first_event(demo, text) if text.startswith("subscription") else _answer(demo, text)
    assert _as_shown(_in_order(answer), _in_order(query.answer), told) == _in_order(query.answer)


@pytest.mark.parametrize(
    "command", [each for each in COMMANDS if each.command not in ELSEWHERE], ids=lambda command: command.place
)
def test_a_command_prints_what_stands_after_it(command: Command, demo: Demo, commands: Commands, folder: Path) -> None:
    if command.command == "make demo":
        printed = demo.said
    elif command.command.startswith("curl ") and not shutil.which("curl"):
        pytest.fail("There is no curl here; `make test` installs it on Debian.")
    elif _ALONE.fullmatch(command.command):
        # Without a shell and in this process: most of a command's time goes by before it begins.
        _, *arguments = shlex.split(command.command.replace("\\\n", " ").replace(ADDRESS, demo.address))
        status, out, err = commands.call(*arguments, cwd=folder / command.document)
        assert status == 0, out + err
        printed = out + err
    else:
        ran = subprocess.run(  # noqa: S603 the documents' own commands
            ["/bin/sh", "-c", command.command.replace(ADDRESS, demo.address)],
            cwd=folder / command.document,
            env=commands.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout
        printed = ran.stdout
    if not command.printed:
        return
    printed = printed.replace(demo.address, ADDRESS)
    assert re.fullmatch(_pattern(command.printed), printed.rstrip("\n") + "\n"), printed


def test_make_demo_is_the_demo_that_is_run_here() -> None:
    assert re.search(r"^demo: .*\n\t\$\(BIN\)/graph-api demo\n\n", _text("Makefile"), re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_block_is_a_query_an_answer_commands_or_a_file(document: str) -> None:
    blocks = _blocks(document)
    assert len(re.findall(r"^\s*(?:```|~~~)", _text(document), re.MULTILINE)) == 2 * len(blocks), "a fence is lost"
    if document in GUIDES:
        return
    shown = [block for block in blocks if not block.title]
    pairs = [(block.language, following.language) for block, following in pairwise(blocks) if not block.title]
    languages = [block.language for block in shown]
    assert pairs.count(("graphql", "json")) == languages.count("graphql") == languages.count("json")
    for block in blocks:
        assert block.title or block.language in {"graphql", "json", "console"}, f"line {block.line} is run by nobody"
        assert block.language != "console" or block.text.startswith("$ "), f"line {block.line} begins with no command"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_command_hides_in_an_indented_block(document: str) -> None:
    assert not re.search(r"\n\n(?: {4}|\t)\S", _FENCE.sub("", _text(document)))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_command_named_in_the_text_exists(document: str, commands: Commands) -> None:
    spans = set(re.findall(r"`(graph-api|make) ([a-z]+(?: [a-z]+)?)", _FENCE.sub("", _text(document))))
    targets = set(re.findall(r"^([a-z]+):", _text("Makefile"), re.MULTILINE))
    for program, rest in sorted(spans):
        first, *more = rest.split()
        if program == "make":
            assert {first, *more} <= targets
            continue
        words = rest.split() if first == "engine" else [first]
        assert commands.call(*words, "--help").status == 0, f"graph-api {rest}"


@pytest.mark.parametrize("block", FILES, ids=lambda block: f"{block.document}:{block.line}")
def test_a_file_that_is_shown_is_read_by_a_command_after_it(block: Block) -> None:
    places = [int(each.place.rpartition(":")[2]) for each in COMMANDS if block.title in each.command.split()]
    assert any(line > block.line for line in places)


@pytest.mark.parametrize("proof", sorted({*ELSEWHERE.values(), *GUIDES.values()}))
def test_what_is_run_elsewhere_is_run_there(proof: str) -> None:
    path, _, name = proof.partition(": ")[0].partition("::")
    assert re.search(rf"^(?:async )?def {name}\(", _text(path), re.MULTILINE) if name else (ROOT / path).is_file()


def test_the_tables_hold_nothing_that_the_documents_do_not_show() -> None:
    assert set(ELSEWHERE) <= {each.command for each in COMMANDS}
    assert set(GUIDES) <= set(DOCUMENTS)


def _answer(demo: Demo, query: str) -> str:
    return httpx.post(f"{demo.address}/graphql", json={"query": query}, timeout=30).text


def _first_event(demo: Demo, subscription: str) -> str:
    """Follow until there is an event, and return it as it came."""
    address = f"{demo.address.replace('http', 'ws', 1)}/graphql"
    with connect(address, subprotocols=[Subprotocol("graphql-transport-ws")], proxy=None) as connection:
        connection.send(json.dumps({"type": "connection_init"}))
        connection.recv(timeout=30)
        connection.send(json.dumps({"type": "subscribe", "id": "1", "payload": {"query": subscription}}))
        message = connection.recv(timeout=30)
    return json.dumps(json.loads(message)["payload"])


def _as_shown(answered: Any, shown: Any, told: dict[str, str], name: str = "") -> Any:
    """Put `…` where the document has it, and remember what stands there; maps are lists of pairs here."""
    if shown == "…" and isinstance(answered, str):
        told[name] = answered
        return shown
    if isinstance(answered, list) and isinstance(shown, list) and len(answered) == len(shown):
        return [_as_shown(one, other, told, name) for one, other in zip(answered, shown, strict=True)]
    if isinstance(answered, tuple) and isinstance(shown, tuple):
        return (answered[0], _as_shown(answered[1], shown[1], told, answered[0]))
    return answered


def _in_order(text: str) -> Any:
    """Read JSON so that a comparison sees the order of the keys too."""
    return json.loads(text, object_pairs_hook=list)


def _pattern(printed: str) -> str:
    return "".join(r"(?:.*\n)*?" if line == "…" else re.escape(line) + "\n" for line in printed.splitlines())
