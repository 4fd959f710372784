"""`graph-api doctor`: what is not as it should be, and what to do about it. It changes nothing."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from graph_api.cli.doctor.finding import Finding, Status, failure, fine, warning
from graph_api.cli.settings import Config, Set
from graph_api.cli.terminal import Json, echo_json, plain, told
from graph_api.errors import UserInputError

if TYPE_CHECKING:
    from graph_api.settings import Settings

Start = Annotated[bool, typer.Option("--start", help="Start the embedded Neo4j for it where none runs; it ends again.")]

__all__ = ["Finding", "Status", "doctor"]


def doctor(config: Config = None, chosen: Set = None, *, start: Start = False, as_json: Json = False) -> None:
    """Check settings, machine, Neo4j and graph, and say what to do; status 1 where something does not work."""
    from graph_api.cli.settings import read

    found: list[Finding] = []
    with told():
        try:
            settings = read(config, chosen)
        except UserInputError as error:
            findings = _without_settings(error)
        else:
            findings = _all(settings, start=start)
        for each in findings:
            found.append(each)
            if not as_json:
                _say(each)
        works = all(each.status is not Status.FAIL for each in found)
        if as_json:
            echo_json({"ok": works, "checks": [asdict(each) for each in found]})
    if not works:
        raise typer.Exit(1)


def _all(settings: "Settings", *, start: bool) -> Iterator[Finding]:
    from graph_api.cli.doctor import graph, issuer, machine

    yield from _settings(settings)
    yield from machine.password_file(settings)
    yield from machine.python(settings)
    if not settings.neo4j_uri:
        yield from machine.data_folder(settings)
    yield from graph.graph(settings, start=start)
    yield from machine.port(settings)
    yield from issuer.issuer(settings)


def _without_settings(error: UserInputError) -> Iterator[Finding]:
    from graph_api.cli.doctor import machine

    yield failure("settings", error.message, "Nothing else that depends on them is looked at until then.")
    yield from machine.python()


def _settings(settings: "Settings") -> Iterator[Finding]:
    from graph_api.web.safety import doubtful, unsafe

    faults, doubts = unsafe(settings), doubtful(settings)
    yield from (failure("settings", fault) for fault in faults)
    yield from (warning("settings", doubt) for doubt in doubts)
    if not faults and not doubts:
        proof = " or ".join(sorted(settings.authentication)) or "nobody needs to prove who they are"
        yield fine("settings", f"They fit together; listening on {settings.host}, {proof}.")


def _say(finding: Finding) -> None:
    colour = {Status.OK: typer.colors.GREEN, Status.WARN: typer.colors.YELLOW, Status.FAIL: typer.colors.RED}
    word = typer.style(f"{finding.status:<4}", fg=colour[finding.status])
    mending = f" {plain(finding.mending)}" if finding.mending else ""
    typer.echo(f"{word}  {finding.check:<11}  {plain(finding.detail)}{mending}")
