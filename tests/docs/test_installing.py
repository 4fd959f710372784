"""The wheel, as README.md has people install it."""

import subprocess
import sys
from pathlib import Path

from tests.cli.commands import Commands

ROOT = Path(__file__).parents[2]


def run(*arguments: str | Path, environment: dict[str, str] | None = None, folder: Path = ROOT) -> str:
    ran = subprocess.run(  # noqa: S603 this interpreter
        [sys.executable, *arguments],
        env=environment,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=180,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout
    return ran.stdout


def test_the_wheel_can_be_installed_and_its_command_runs(commands: Commands, tmp_path: Path) -> None:
    run("-m", "hatchling", "build", "--target", "wheel", "--directory", tmp_path / "dist")
    wheel = tmp_path / "dist" / "graph_api-0.1.0-py3-none-any.whl"
    installed = tmp_path / "installed"
    # What it depends on is installed here already, in the locked versions.
    run("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", installed, wheel)
    elsewhere = commands.environment | {"PYTHONPATH": str(installed)}
    command = installed / "bin" / "graph-api"
    assert run(command, "--version", environment=elsewhere, folder=tmp_path) == "graph-api 0.1.0\n"
    dry = run(
        command, "import", "--dry-run", installed / "graph_api/_bundled/seed/learn-to-drive", environment=elsewhere
    )
    assert dry.splitlines()[-1].startswith(("This was a dry run", "Nothing would change"))
