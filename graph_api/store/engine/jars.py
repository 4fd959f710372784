"""The engine's jars on this machine: fetched once, verified by hash, then used without any network."""

from collections.abc import Callable
from pathlib import Path

from graph_api.errors import EngineError
from graph_api.store.engine.lock import VERSION, Jar, locked_jars
from graph_api.store.engine.ownership import exclusively


def jar_folder(cache_dir: Path) -> Path:
    """Return where the jars of this version are kept, fetched or not."""
    return cache_dir / f"neo4j-{VERSION}"


def missing_jars(cache_dir: Path) -> list[Jar]:
    """List the jars that are not there in their full size: a look that takes milliseconds, so each start affords it."""
    folder = jar_folder(cache_dir)
    return [jar for jar in locked_jars() if not _has_size(folder / jar.file_name, jar.size)]


def damaged_jars(cache_dir: Path) -> list[Path]:
    """Hash every jar that is there and list those that are not what was locked; takes under a second."""
    folder = jar_folder(cache_dir)
    paths = [(jar, folder / jar.file_name) for jar in locked_jars()]
    return [path for jar, path in paths if path.is_file() and not jar.matches(path)]


def ensure_jars(cache_dir: Path, report: Callable[[str], None]) -> list[Path]:
    """Fetch what is missing and return the class path, in the lock file's order.

    Every file is verified before it takes its name, so what stands in the folder under its name was complete and right.
    """
    folder = jar_folder(cache_dir)
    try:
        if missing_jars(cache_dir):
            folder.mkdir(parents=True, exist_ok=True)
            with exclusively(cache_dir / "fetch.lock"):  # a second command waits here, then finds nothing missing
                if missing := missing_jars(cache_dir):
                    # Imported late: the network's libraries take a third of a second, and are needed this once.
                    from graph_api.store.engine.fetch import fetch  # noqa: PLC0415

                    fetch(missing, folder, report)
    except OSError as error:
        message = (
            f"The embedded Neo4j cannot be kept in {cache_dir} ({error.strerror or error}); make that folder writable,"
            " or name another one by GRAPH_API_CACHE_DIR."
        )
        raise EngineError(message) from error
    return [folder / jar.file_name for jar in locked_jars()]


def _has_size(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size
