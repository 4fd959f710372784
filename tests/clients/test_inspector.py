"""graphql-inspector: operations fit the schema, and the schema in the file is the code's."""

from pathlib import Path

import pytest

from graph_api.schema.service import schema_text
from tests.clients.tools import ROOT, finished, run


@pytest.mark.usefixtures("relay_operations")
def test_the_operations_fit_the_schema() -> None:
    assert run("node", "inspector.js", "validate") == "3 documents and 5 of Relay\n"


def test_nothing_differs_between_the_file_and_the_code(tmp_path: Path) -> None:
    (tmp_path / "schema.graphql").write_text(schema_text(), encoding="utf-8")
    assert run("node", "inspector.js", "diff", str(tmp_path / "schema.graphql")) == ""


def test_what_would_break_a_client_is_told(tmp_path: Path) -> None:
    changed = (
        (ROOT / "schema.graphql")
        .read_text(encoding="utf-8")
        .replace("\n  customerValue: Float\n", "\n  customerValue: Int\n")
    )
    (tmp_path / "schema.graphql").write_text(changed, encoding="utf-8")
    status, said = finished("node", "inspector.js", "diff", str(tmp_path / "schema.graphql"))
    assert (status, said.splitlines()) == (
        1,
        [
            "BREAKING Input field 'CreateOpportunityInput.customerValue' changed type from 'Float' to 'Int'",
            "BREAKING Field 'Opportunity.customerValue' changed type from 'Float' to 'Int'",
            "BREAKING Input field 'ScoringWeights.customerValue' changed type from 'Float' to 'Int'",
            "BREAKING Input field 'UpdateOpportunityInput.customerValue' changed type from 'Float' to 'Int'",
        ],
    )
