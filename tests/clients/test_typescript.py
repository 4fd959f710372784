"""Strict TypeScript accepts what GraphQL Code Generator and Relay make of the schema, and programs using it."""

import pytest

from tests.clients.tools import finished, run


@pytest.mark.usefixtures("relay_operations")
def test_strict_typescript_accepts_what_is_generated_and_its_use(generated: list[str]) -> None:
    assert generated == [
        "codegen/client/fragment-masking.ts",
        "codegen/client/gql.ts",
        "codegen/client/graphql.ts",
        "codegen/client/index.ts",
        "codegen/schema.ts",
    ]
    run("tsc", "--strict", "--noEmit", "--project", ".")


@pytest.mark.usefixtures("relay_operations", "generated")
def test_all_of_it_was_looked_at() -> None:
    status, said = finished("tsc", "--project", ".", "--listFilesOnly")
    assert status == 0
    for name in ("relay/OpportunityList.ts", "relay/Anything.ts", "typescript/usage.ts", "build/codegen/schema.ts"):
        assert f"/tests/clients/{name}\n" in said
