"""The tools of other people's clients, installed from npm into the folder of this file."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
BUILT = FOLDER / "build"
ROOT = FOLDER.parents[1]
PATIENCE = 120.0  # seconds
LOCK = FOLDER / "package-lock.json"
STAMP = FOLDER / "node_modules" / ".stamp"


def run(tool: str, *arguments: str, cwd: Path = FOLDER) -> str:
    """Run a tool to its end and return what it said; fail with that where it found something."""
    status, said = finished(tool, *arguments, cwd=cwd)
    if status:
        pytest.fail(f"{tool} {' '.join(arguments)} ended with {status}:\n{said}", pytrace=False)
    return said


def finished(tool: str, *arguments: str, cwd: Path = FOLDER) -> tuple[int, str]:
    """Run a tool to its end and return its status and what it said."""
    require()
    path = f"{FOLDER / 'node_modules' / '.bin'}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(  # noqa: S603 -- a tool of our lock file
        [shutil.which(tool, path=path) or tool, *arguments],
        cwd=cwd,
        env=os.environ | {"PATH": path, "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    return ran.returncode, ran.stdout


def require() -> None:
    """Fail with a sentence where the tools cannot run."""
    missing = [program for program in ("node", "npm") if not shutil.which(program)]
    if missing:
        pytest.fail(
            f"There is no {' and no '.join(missing)}: the clients' tools run on Node 18.18 or newer. "
            "`make node` installs it on Debian, as root; elsewhere, install it yourself.",
            pytrace=False,
        )
    if not STAMP.exists() or STAMP.stat().st_mtime < LOCK.stat().st_mtime:
        pytest.fail("The clients' tools are not installed as tests/clients/package-lock.json says: run `make node`.")
