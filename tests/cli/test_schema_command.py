from pathlib import Path

import pytest

from tests.cli.commands import Commands


@pytest.fixture(scope="module")
def text(commands: Commands) -> str:
    ran = commands.run("schema")
    assert (ran.status, ran.err) == (0, "")
    return ran.out


def test_the_schema_is_printed_as_the_service_serves_it(text: str) -> None:
    from graph_api.schema.service import schema_text  # noqa: PLC0415 half a second, for this test alone

    assert text == schema_text()


def test_a_snapshot_that_is_the_schema_is_said_to_be(commands: Commands, text: str, tmp_path: Path) -> None:
    (tmp_path / "schema.graphql").write_text(text, encoding="utf-8")
    assert commands.run("schema", "--check", cwd=tmp_path) == (0, "schema.graphql is the schema.\n", "")


def test_a_snapshot_that_differs_is_refused_with_the_difference_and_the_mending(
    commands: Commands, text: str, tmp_path: Path
) -> None:
    differing = text.replace("type Opportunity ", "type Chance ", 1)
    assert differing != text
    (tmp_path / "schema.graphql").write_text(differing, encoding="utf-8")
    ran = commands.call("schema", "--check", cwd=tmp_path)
    assert (ran.status, ran.out) == (1, "")
    lines = ran.err.splitlines()
    assert [line for line in lines if line.startswith(("-", "+"))] == [
        "--- schema.graphql",
        "+++ the schema",
        f"-{_line(differing, 'type Chance ')}",
        f"+{_line(text, 'type Opportunity ')}",
    ]
    assert lines[-1] == (
        "schema.graphql is not the schema any more. Read the difference; if it is wanted, run `make schema`."
    )


def test_a_long_difference_is_cut_and_says_so(commands: Commands, text: str, tmp_path: Path) -> None:
    (tmp_path / "schema.graphql").write_text(text[: len(text) // 2], encoding="utf-8")
    *difference, more, _ = commands.call("schema", "--check", cwd=tmp_path).err.splitlines()
    assert len(difference) == 40
    assert more.startswith("… and ")
    assert more.endswith(" more lines")


def test_a_folder_without_a_snapshot_is_told_how_to_get_one(commands: Commands, tmp_path: Path) -> None:
    assert commands.call("schema", "--check", cwd=tmp_path) == (
        1,
        "",
        "There is no schema.graphql in this folder to compare with; `make schema` writes it.\n",
    )


def _line(text: str, beginning: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(beginning))
