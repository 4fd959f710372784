"""`graph-api demo`: the service on the graphs that come with it, and a first question answered in the terminal."""

from functools import partial
from typing import TYPE_CHECKING

from graph_api.cli.ending import left
from graph_api.cli.serve import Host, Port, run
from graph_api.cli.settings import Config, Set, read
from graph_api.cli.terminal import report, told

if TYPE_CHECKING:
    from graph_api.settings import Settings
    from graph_api.store.connection import Store

# Which departments act on this opportunity, and by which path?
KIND, KEY, TO = "Opportunity", "R2", "Department"


def demo(*, host: Host = None, port: Port = None, config: Config = None, chosen: Set = None) -> None:
    """Fill the graph with the data that comes along, answer a question, and serve until interrupted."""
    with left(), told():
        settings = read(config, chosen, host=host, port=port)
        run(settings, partial(_fill, settings))


async def _fill(settings: "Settings", store: "Store", address: str) -> None:
    from graph_api.cli.trace import ask, show
    from graph_api.schema.service import build_service
    from graph_api.transfer import import_paths, seed_paths

    for path in seed_paths():
        imported = await import_paths(store, [path], actor="demo", surface="seed")
        report(f"{path.name}: {' '.join(imported.sentences())}")
    report(f"\nWhich departments act on opportunity {KEY}, and by which path?\n")
    service = build_service(store, limits=settings.limit)
    show(await ask(service, KIND, KEY, to=[TO]), every_path=True)
    report(f"\nReady. Ask your own questions at {address}/graphql; end with Ctrl-C.")
