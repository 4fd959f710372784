"""Writing the lock file: `python -m graph_api.store.engine.resolution`, after `VERSION` changed.

It resolves the jars anew through `jgo`, downloads each once, and writes `neo4j.lock.toml`. Read the difference before
you commit it, and run the tests of this layer: they start what was locked.
"""

import hashlib
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from jgo.maven import MavenContext

from graph_api.store.engine.lock import LOCK_FILE, VERSION, Jar

ROOTS = (f"org.neo4j:neo4j:{VERSION}", f"org.neo4j.app:neo4j-server:{VERSION}")


def resolve() -> tuple[Jar, ...]:
    """Ask `jgo` which jars the roots need, download each, and note size and hash. Takes a minute or two."""
    with tempfile.TemporaryDirectory() as folder:
        context = MavenContext(repo_cache=Path(folder))
        roots, others = context.resolver.resolve([context.create_dependency(root) for root in ROOTS])
        artifacts = [dependency.artifact for dependency in roots + others]
        with ThreadPoolExecutor(16) as pool:
            files = pool.map(lambda artifact: artifact.resolve(), artifacts)
            jars = [
                Jar(str(artifact), file.stat().st_size, hashlib.sha256(file.read_bytes()).hexdigest())
                for artifact, file in zip(artifacts, files, strict=True)
            ]
    return tuple(sorted(jars, key=lambda jar: jar.coordinate))


def lock_text(jars: Iterable[Jar]) -> str:
    """Write the lock file's text: one line a jar, so that a difference reads well."""
    lines = [f'  {{ coordinate = "{jar.coordinate}", size = {jar.size}, sha256 = "{jar.sha256}" }},' for jar in jars]
    head = (
        f"# Neo4j Community {VERSION}. Written by `python -m graph_api.store.engine.resolution`; not meant for editing."
    )
    return "\n".join([head, "jars = [", *lines, "]", ""])


if __name__ == "__main__":
    LOCK_FILE.write_text(lock_text(resolve()), encoding="utf-8")
