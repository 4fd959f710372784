"""`graph-api engine`: the embedded Neo4j, detached from any command."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_api.cli.terminal import Json, echo_json, report, settings, told

if TYPE_CHECKING:
    from graph_api.settings import Settings
    from graph_api.store.engine import Status

NOT_RUNNING = 3  # the exit status that `pg_ctl status` and `systemctl status` have for it

app = typer.Typer(help="The embedded Neo4j: start it to stay, stop it, look at it.", no_args_is_help=True)

DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", help="Where the graph is kept, instead of the usual place.", metavar="FOLDER"),
]


@app.command()
def start(data_dir: DataDir = None, *, as_json: Json = False) -> None:
    """Start Neo4j and let it run until `engine stop`; join it when it runs already."""
    from graph_api.store.engine import start_detached

    with told():
        session = start_detached(_settings(data_dir), report)
        uri = session.endpoint.uri
        sentence = f"{uri} stays until `graph-api engine stop`." if session.started else f"{uri} is left as it was."
        _answer(sentence, {"uri": uri, "started": session.started}, as_json=as_json)


@app.command()
def stop(data_dir: DataDir = None, *, as_json: Json = False) -> None:
    """End the Neo4j that `engine start` started, and wait until it is gone."""
    from graph_api.store import engine

    with told():
        stopped = engine.stop(_settings(data_dir))
        _answer("Neo4j has ended." if stopped else "No Neo4j was running.", {"stopped": stopped}, as_json=as_json)


@app.command()
def status(data_dir: DataDir = None, *, as_json: Json = False) -> None:
    """Tell whether Neo4j runs, where, and for whom; the exit status is 3 when it does not run."""
    from graph_api.store import engine

    with told():
        found = engine.status(_settings(data_dir))
        facts = {
            "phase": found.phase,
            "data_dir": str(found.data_dir),
            "uri": found.uri,
            "version": found.version,
            "owner": found.owner,
            "fetched": found.fetched,
        }
        _answer(_sentence(found), facts, as_json=as_json)
    if found.phase is not engine.Phase.RUNNING:
        raise typer.Exit(NOT_RUNNING)


@app.command()
def path(data_dir: DataDir = None, *, as_json: Json = False) -> None:
    """Print the folder in which the graph is kept."""
    with told():
        chosen = _settings(data_dir)
        facts = {"data_dir": str(chosen.data_dir.absolute()), "cache_dir": str(chosen.cache_dir.absolute())}
        _answer(facts["data_dir"], facts, as_json=as_json)


def _sentence(found: "Status") -> str:
    from graph_api.store.engine import Phase

    match found.phase:
        case Phase.RUNNING:
            until = f"until process {found.owner} ends" if found.owner else "until `graph-api engine stop`"
            return f"Neo4j {found.version} runs at {found.uri} on {found.data_dir}, {until}."
        case Phase.CHANGING:
            return f"Neo4j on {found.data_dir} is just starting or ending."
        case Phase.STOPPED:
            fetched = "" if found.fetched else " Its programs are not fetched yet: the first start needs the network."
            return f"No Neo4j runs on {found.data_dir}.{fetched}"


def _settings(data_dir: Path | None) -> "Settings":
    return settings() if data_dir is None else settings(data_dir=data_dir)


def _answer(sentence: str, facts: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        echo_json(facts)
    else:
        typer.echo(sentence)
