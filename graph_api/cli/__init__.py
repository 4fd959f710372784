"""The command `graph-api`. Each command is a module here; heavier imports wait until their command runs."""

import sys
from io import TextIOWrapper
from typing import Annotated

import typer

from graph_api.cli import (
    ask,
    check,
    data,
    demo,
    doctor,
    engine,
    export,
    funnel,
    plan,
    portfolio,
    query,
    schema,
    serve,
    settings,
    token,
    trace,
)
from graph_api.garbage import spare_the_start

app = typer.Typer(
    name="graph-api",
    help="Customer insight linked to action: a GraphQL service over a Neo4j knowledge graph.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,  # locals may hold secrets
)
app.command("demo")(demo.demo)
app.command("serve")(serve.serve)
app.command("trace")(trace.trace)
app.add_typer(ask.app, name="ask")
app.command("funnel")(funnel.funnel)
app.command("plan")(plan.plan)
app.command("portfolio")(portfolio.portfolio)
app.command("check")(check.check)
app.command("query")(query.query)
app.command("import")(data.import_)
app.command("export")(export.export)
app.command("schema")(schema.schema)
app.add_typer(engine.app, name="engine")
app.add_typer(token.app, name="token")
app.command("settings")(settings.settings_)
app.command("doctor")(doctor.doctor)


def _show_version(asked: bool) -> None:  # noqa: FBT001 typer's signature
    if asked:
        from importlib.metadata import version

        typer.echo(f"graph-api {version('graph-api')}")
        raise typer.Exit


@app.callback()
def graph_api(
    *,
    version: Annotated[  # noqa: ARG001 its callback answers
        bool, typer.Option("--version", help="Show the version and exit.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Prepare what all commands need."""
    spare_the_start()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # where there is no arrow, a question mark will do
