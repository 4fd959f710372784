import os
import signal
from pathlib import Path

import httpx
import pytest

from graph_api.web.server import listen
from tests.cli.commands import Commands


def test_the_password_may_be_in_a_file(commands: Commands, tmp_path: Path) -> None:
    (tmp_path / "neo4j-password").write_text(commands.environment["NEO4J_PASSWORD"] + "\n", encoding="utf-8")
    # Set and empty is not set at all.
    file = str(tmp_path / "neo4j-password")
    with commands.serving("serve", "--port", "0", NEO4J_PASSWORD="", NEO4J_PASSWORD_FILE=file) as service:
        address = service.wait_for("Serving at ").removesuffix("/graphql")
        service.wait_for("Ready.")
        assert httpx.get(f"{address}/schema.graphql").text.startswith('"""')
        service.end(signal.SIGTERM)
        assert (service.process.returncode, service.said) == (
            0,
            f"Serving at {address}/graphql\nReady. Ask questions at {address}/graphql; end with Ctrl-C.\n",
        )


@pytest.mark.parametrize("host", ["localhost", "127.0.0.5", "127.1"])
def test_it_answers_at_the_loopback_address_it_was_given_and_to_no_other_name(commands: Commands, host: str) -> None:
    with commands.serving("serve", HOST=host, PORT="0") as service:
        address = service.wait_for("Serving at ").removesuffix("/graphql")
        assert address.startswith(f"http://{host}:")
        assert httpx.get(f"{address}/healthz").json() == {"ok": True}
        assert httpx.get(f"{address}/healthz", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("flag", [("--port", "0"), ("--set", "PORT=0")], ids=" ".join)
def test_a_flag_counts_before_the_environment(commands: Commands, flag: tuple[str, str]) -> None:
    with listen("127.0.0.1", 0) as taken, commands.serving("serve", *flag, PORT=str(taken.getsockname()[1])) as service:
        service.wait_for("Serving at ")


def test_what_is_served_can_be_changed(commands: Commands) -> None:
    create = 'mutation { createGoal(input: {name: "Grow", dryRun: true}) { goal { key } userErrors { code } } }'
    with commands.serving("serve", PORT="0") as service:
        address = service.wait_for("Serving at ")
        service.wait_for("Ready.")
        answer = httpx.post(address, json={"query": create}).json()
        assert answer == {"data": {"createGoal": {"goal": {"key": "grow"}, "userErrors": []}}}


def test_a_neo4j_that_does_not_answer_ends_it_with_a_sentence(commands: Commands) -> None:
    ran = commands.run("serve", PORT="0", NEO4J_URI="bolt://127.0.0.1:1")
    assert (ran.status, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert "127.0.0.1:1" in ran.err


@pytest.mark.parametrize(
    ("command", "number", "status"),
    [
        (["demo"], signal.SIGTERM, 0),
        (["serve"], signal.SIGINT, 0),
        (["trace", "opportunity/R2"], signal.SIGTERM, 128 + signal.SIGTERM),
        (["trace", "opportunity/R2"], signal.SIGINT, 128 + signal.SIGINT),
    ],
    ids=lambda value: getattr(value, "name", None) or (" ".join(value) if isinstance(value, list) else str(value)),
)
def test_a_signal_while_the_embedded_neo4j_starts_ends_both(
    commands: Commands, tmp_path: Path, command: list[str], number: signal.Signals, status: int
) -> None:
    with commands.serving(*command, NEO4J_URI="", DATA_DIR=str(tmp_path), PORT="0") as service:
        service.wait_for("Starting the embedded Neo4j on ")
        assert service.end(number) < 15
    assert (service.process.returncode, "Traceback" in service.said) == (status, False)
    assert processes_on(tmp_path) == []


def processes_on(folder: Path) -> list[str]:
    """List the processes that name the folder."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0") if entry.name.isdigit() else []
        except OSError:
            continue
        if any(os.fsencode(folder) in word for word in words):
            found.append(os.fsdecode(words[0]))
    return found
