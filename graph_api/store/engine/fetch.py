"""Downloading the engine's jars from the Maven repositories that `jgo` knows: many at once, each checked by hash."""

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests
from jgo.config import GlobalSettings
from jgo.maven import Artifact, MavenContext
from requests.adapters import HTTPAdapter
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn
from urllib3 import Retry

from graph_api.errors import EngineError
from graph_api.store.engine.lock import VERSION, Jar

DOWNLOADS_AT_ONCE = 16
ATTEMPTS = 3  # of one file, since one lost connection among hundreds is ordinary
CHUNK = 1 << 16
MEGABYTE = 1_000_000

Advance = Callable[[int], None]


def fetch(jars: Sequence[Jar], folder: Path, report: Callable[[str], None]) -> None:
    """Download the jars into the folder, where each takes its name only when it is whole and right.

    The caller sees to it that nobody else does the same in the same folder.
    """
    total = sum(jar.size for jar in jars)
    report(f"Fetching Neo4j {VERSION} into {folder}: {len(jars)} files, {total / MEGABYTE:.0f} MB, this once.")
    for abandoned in folder.parent.glob("fetching-*"):
        shutil.rmtree(abandoned, ignore_errors=True)
    staging = Path(tempfile.mkdtemp(prefix="fetching-", dir=folder.parent))
    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
    pool = ThreadPoolExecutor(DOWNLOADS_AT_ONCE, thread_name_prefix="fetch")
    try:
        with progress, _session() as session:
            task = progress.add_task("jars", total=total)
            source = _Source(session, staging, lambda size: progress.advance(task, size))
            for path, jar in zip(pool.map(source.download, jars), jars, strict=True):
                path.replace(folder / jar.file_name)
    finally:
        pool.shutdown(cancel_futures=True)
        shutil.rmtree(staging, ignore_errors=True)


class _Source:
    """The Maven repositories, and where downloads from them wait until they are known to be right."""

    def __init__(self, session: requests.Session, staging: Path, advance: Advance) -> None:
        self._session = session
        self._staging = staging
        self._advance = advance
        # The user's own repositories, where `jgo` is configured with some; otherwise those that `jgo` knows.
        self._context = MavenContext(repo_cache=staging, remote_repos=GlobalSettings.load().repositories or None)

    def download(self, jar: Jar) -> Path:
        """Return a verified copy."""
        artifact = self._context.create_dependency(jar.coordinate).artifact
        for attempt in range(1, ATTEMPTS + 1):
            draft = self._staging / f"{jar.file_name}.{attempt}"
            try:
                sha256 = self._stream(artifact, draft)
            except requests.RequestException as error:
                if attempt == ATTEMPTS:
                    raise EngineError(_unreachable(jar)) from error
                continue
            if sha256 == jar.sha256:
                return draft
        message = (
            f"{jar.coordinate}, a part of the embedded Neo4j, arrived damaged {ATTEMPTS} times: its SHA-256 is not the"
            " locked one. It was not kept. Try again; if it stays so, something on the way alters downloads."
        )
        raise EngineError(message)

    def _stream(self, artifact: Artifact, draft: Path) -> str:
        """Write the first repository's copy to the draft and return its SHA-256."""
        status = 0
        for repository in self._context.remote_repos.values():
            url = f"{repository}/{artifact.component.path_prefix.as_posix()}/{artifact.filename}"
            with self._session.get(url, stream=True, timeout=self._context.timeout) as response:
                status = response.status_code
                if status != requests.codes.ok:
                    continue
                digest = hashlib.sha256()
                with draft.open("wb") as file:
                    for chunk in response.iter_content(CHUNK):
                        file.write(chunk)
                        digest.update(chunk)
                        self._advance(len(chunk))
                return digest.hexdigest()
        message = (
            f"{artifact}, a part of the embedded Neo4j, is in none of the configured Maven repositories (the last one"
            f" answered HTTP {status}); correct jgo's configuration, or name a running Neo4j by NEO4J_URI."
        )
        raise EngineError(message)


def _session() -> requests.Session:
    """Keep connections open between files, which saves most of the time, and be patient with a busy repository."""
    busy = Retry(
        connect=0, read=0, status=3, backoff_factor=0.5, status_forcelist=(429, 502, 503, 504), raise_on_status=False
    )
    session = requests.Session()
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(pool_maxsize=DOWNLOADS_AT_ONCE, max_retries=busy))
    return session


def _unreachable(jar: Jar) -> str:
    return (
        f"{jar.coordinate}, a part of the embedded Neo4j, cannot be fetched: the Maven repository does not answer."
        " Connect to the network for the first start (or set HTTPS_PROXY), or name a running Neo4j by NEO4J_URI."
    )
