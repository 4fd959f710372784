"""What docs/running.md hands out: the files of deploy/, docker-compose.yml and the Dockerfile are of this service."""

import re
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from ruamel.yaml import YAML

from graph_api.cli.settings import read
from graph_api.settings import CONFIG, Settings, declared, variable
from graph_api.web.metrics import Metrics
from graph_api.web.safety import doubtful, unsafe
from tests.cli.commands import Commands

ROOT = Path(__file__).parents[2]
NAMES = {variable(path) for path, _ in declared()}


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def services() -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe").load(text("docker-compose.yml"))["services"]
    return found


def metrics() -> set[str]:
    """Name the metrics as Prometheus has them."""
    families = text_string_to_metric_families(Metrics().render()[1].decode())
    return {f"{each.name}_total" if each.type == "counter" else each.name for each in families}


def test_the_file_of_settings_can_be_used_and_is_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CONFIG, "")
    settings = read(ROOT / "deploy" / "graph-api.toml", None)
    assert (unsafe(settings), doubtful(settings)) == ((), ())


def test_the_unit_runs_a_command_that_there_is(commands: Commands) -> None:
    command = re.search(r"^ExecStart=\S+/graph-api (\w+) (--\w+) ", text("deploy/graph-api.service"), re.MULTILINE)
    assert command
    shown = commands.call(command[1], "--help")
    assert shown.status == 0
    assert command[2] in shown.out


def test_the_rules_ask_for_metrics_that_there_are() -> None:
    asked = {name.removesuffix("_bucket") for name in re.findall(r"graph_api_\w+", text("deploy/alerts.yml"))}
    assert asked <= metrics() | {"graph_api"}


def test_every_metric_and_no_other_is_in_the_guide() -> None:
    told = set(re.findall(r"`(graph_api_\w+)`", text("docs/running.md")))
    assert told == {name for name in metrics() if name.startswith("graph_api_")}


def test_containers_are_published_to_this_machine_alone() -> None:
    published = [port for service in services().values() for port in service["ports"]]
    assert published
    assert [port for port in published if not port.startswith("127.0.0.1:")] == []


def test_the_service_in_a_container_is_safe_as_it_is_set() -> None:
    image = dict(re.findall(r"^ {4}([A-Z_]+)=([^ \n]+)", text("Dockerfile"), re.MULTILINE))
    given = {name: value for name, value in image.items() if name in NAMES}
    for name, value in services()["service"]["environment"].items():
        assert name in NAMES
        given[name] = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", str(value))
    assert given["HOST"] == "0.0.0.0"  # noqa: S104 what the image says
    settings = Settings(**{name.lower(): value for name, value in given.items() if value})
    assert unsafe(settings) == ()
    assert doubtful(settings) == doubtful(Settings(host=given["HOST"]))  # that its name has to be given


@pytest.mark.parametrize("service", services())
def test_a_container_gets_no_new_privileges_and_no_more_than_its_share(service: str) -> None:
    known = services()[service]
    assert known["security_opt"] == ["no-new-privileges:true"]
    assert {"mem_limit", "pids_limit", "restart", "stop_grace_period"} <= set(known)


def test_nothing_goes_into_an_image_that_is_not_named() -> None:
    lines = [line for line in text(".dockerignore").splitlines() if line and not line.startswith("#")]
    assert lines[0] == "*"
    copied = {
        word for line in re.findall(r"^COPY (?!--)(.*) \S+$", text("Dockerfile"), re.MULTILINE) for word in line.split()
    }
    assert {line.removeprefix("!") for line in lines if line.startswith("!")} == copied
