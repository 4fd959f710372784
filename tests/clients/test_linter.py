"""graphql-eslint: the schema keeps the rules of eslint.config.js."""

from tests.clients.tools import FOLDER, ROOT, run

CONFIG = ("--config", str(FOLDER / "eslint.config.js"), "--max-warnings", "0")


def test_the_schema_keeps_the_rules() -> None:
    assert run("eslint", *CONFIG, "schema.graphql", cwd=ROOT) == ""
