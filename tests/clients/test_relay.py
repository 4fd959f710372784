"""The Relay compiler accepts the schema."""


def test_the_compiler_accepts_pages_refetching_and_fragments(relay_operations: dict[str, str]) -> None:
    assert set(relay_operations) == {
        "AnythingQuery",
        "OpportunityCardAgain",
        "OpportunityInsightsPage",
        "OpportunityListPage",
        "OpportunityListQuery",
    }
