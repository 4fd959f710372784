"""The wheel carries everything: what a checkout serves, an installation serves."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = {"graph_api": "graph_api", "cypher": "graph_api/_bundled/cypher", "seed": "graph_api/_bundled/seed"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 -- this interpreter
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    with ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def test_the_wheel_holds_the_code_the_cypher_the_seed_and_the_pages(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == {f"{there}/{name}" for here, there in FOLDERS.items() for name in _files(ROOT / here)}


def _files(folder: Path) -> Iterator[str]:
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "."]
    ran = subprocess.run(listed, cwd=folder, check=True, capture_output=True, text=True)  # noqa: S603 -- our own words
    return (name for name in ran.stdout.splitlines() if (folder / name).exists())


def test_an_installation_finds_its_files_from_any_folder(unpacked: Path, tmp_path: Path) -> None:
    code = """
import graph_api
from graph_api.schema.service import schema_text
from graph_api.store.migrations import migrations
from graph_api.store.statements import load
from graph_api.transfer import seed_paths
from graph_api.web.static import GRAPHIQL_PAGE
print(graph_api.__file__)
print(all(path.is_dir() for path in seed_paths()), bool(migrations()), load("trace").name, GRAPHIQL_PAGE.is_file())
print(schema_text(), end="")
"""
    # Before everything else on the path, so that it hides the checkout.
    environment = os.environ | {"PYTHONPATH": str(unpacked)}
    command = [sys.executable, "-c", code]
    ran = subprocess.run(  # noqa: S603 -- this interpreter
        command, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
    )
    where, found, schema = ran.stdout.split("\n", 2)
    assert Path(where).is_relative_to(unpacked)
    assert found == "True True trace True"
    assert schema == (ROOT / "schema.graphql").read_text(encoding="utf-8")
