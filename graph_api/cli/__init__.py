"""The command `graph-api`. Each command is a module here; heavier imports wait until their command runs."""

import typer

from graph_api.cli import data, demo, engine, schema, serve, trace

app = typer.Typer(
    name="graph-api",
    help="Customer insight linked to action: a GraphQL service over a Neo4j knowledge graph.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,  # locals may hold secrets
)
app.command("demo")(demo.demo)
app.command("serve")(serve.serve)
app.command("trace")(trace.trace)
app.command("import")(data.import_)
app.command("schema")(schema.schema)
app.add_typer(engine.app, name="engine")
