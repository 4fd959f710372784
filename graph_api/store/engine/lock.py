"""The lock file: which jars the embedded engine consists of, each with its size and SHA-256, and no address.

To move to another Neo4j, change `VERSION` and run `python -m graph_api.store.engine.resolution`.
"""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

VERSION = "2026.09.0"
LOCK_FILE = Path(__file__).with_name("neo4j.lock.toml")


@dataclass(frozen=True, slots=True)
class Jar:
    """One locked file: its Maven coordinate, its size in bytes and its SHA-256 in hexadecimal."""

    coordinate: str
    size: int
    sha256: str

    @property
    def file_name(self) -> str:
        """The name under which the jar is cached; unique, because the group is part of it."""
        group, artifact, _packaging, *classifier, version = self.coordinate.split(":")
        return "-".join([group, artifact, version, *classifier]) + ".jar"

    def matches(self, path: Path) -> bool:
        """Tell whether the file holds exactly what was locked."""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == self.sha256


@cache
def locked_jars() -> tuple[Jar, ...]:
    """Read the lock file that is part of the package."""
    entries = tomllib.loads(LOCK_FILE.read_text(encoding="utf-8"))["jars"]
    return tuple(Jar(**entry) for entry in entries)
