"""How much a document holds is known in time that grows with its text, whatever its fragments multiply it to."""

import sys
from typing import Any

import pytest
from graphql import get_introspection_query, parse
from graphql.validation.rules import overlapping_fields_can_be_merged
from hypothesis import given
from hypothesis import strategies as st

from graph_api.compile.extent import exceeding, exceeding_variables
from graph_api.compile.kept import Kept
from graph_api.schema.documents import (
    COMPARISONS,
    ENTANGLED,
    OVERLAPPING,
    Asked,
    DocumentRefusedError,
    Documents,
)
from graph_api.schema.service import build_schema
from graph_api.settings import Limits


def told(text: str, **limits: Any) -> list[str]:
    return [error.message for error in exceeding(parse(text), Limits(**limits))]


@pytest.mark.parametrize(
    ("text", "limits", "message"),
    [
        (
            "{ a b c }",
            {"root_fields": 2},
            "The operation has 3 root fields; at most 2 are answered at once (LIMIT_ROOT_FIELDS).",
        ),
        (
            "{ a { b { c } } }",
            {"depth": 2},
            "The operation has 3 levels of fields in fields; at most 2 are answered at once (LIMIT_DEPTH).",
        ),
        (
            "{ a ...f } fragment f on Query { x: b y: c }",
            {"aliases": 1},
            "The operation has 2 aliases; at most 1 are answered at once (LIMIT_ALIASES).",
        ),
        (
            "{ a { ...f } b { ...f } } fragment f on T { c d }",
            {"fields": 5},
            "The operation has 6 fields, its fragments spread; at most 5 are answered at once (LIMIT_FIELDS).",
        ),
        (
            "query @skip(if: true) { a @include(if: true) ... @skip(if: true) { b } }",
            {"directives": 2},
            "The operation has 3 directives; at most 2 are answered at once (LIMIT_DIRECTIVES).",
        ),
        (
            "{ a } fragment f on T { c } fragment g on T { c }",
            {"fragments": 1},
            "The document has 2 fragments; at most 1 are answered at once (LIMIT_FRAGMENTS).",
        ),
        (
            "{ a(b: [1, 2, {c: [1, 2, 3]}]) }",
            {"list_length": 2},
            "A list has 3 elements; at most 2 are answered at once (LIMIT_LIST_LENGTH).",
        ),
        (
            "query Q($a: [[Int]] = [[1]]) { a(b: {c: {d: 1}}) }",
            {"nesting": 2},
            "A value has 3 levels; at most 2 are answered at once (LIMIT_NESTING).",
        ),
    ],
)
def test_what_is_too_much_is_named_with_its_limit(text: str, limits: dict[str, int], message: str) -> None:
    sentences = told(text, **limits)
    assert f"{message} Ask for less at a time." in sentences
    assert told(text) == []


def doubling(levels: int, spread: str) -> str:
    fragments = "".join(f"fragment f{n} on T {{ {spread.format(n + 1)} }}" for n in range(levels))
    return f"{{ a {{ ...f0 }} }} {fragments} fragment f{levels} on T {{ key }}"


def test_fragments_that_spread_the_next_twice_are_counted_thirty_levels_deep() -> None:
    sentences = told(doubling(30, "a {{ ...f{0} }} b {{ ...f{0} }}"))
    assert sentences[0].startswith("The operation has 3,221,225,471 fields, its fragments spread; ")
    # Spread twice into one selection, a fragment's fields are there once, as when it is executed.
    assert told(doubling(30, "...f{0} ...f{0}")) == []
    assert told(doubling(30, "...f{0} ... {{ ...f{0} }}")) == []


def test_the_walk_is_linear_in_the_document() -> None:
    # Counted in calls, since a clock would tell more about the machine.
    def calls(levels: int) -> int:
        document, count = parse(doubling(levels, "a {{ ...f{0} }} b {{ ...f{0} }}")), 0

        def count_calls(_: object, event: str, __: object) -> None:
            nonlocal count
            count += event == "call"

        sys.setprofile(count_calls)
        try:
            list(exceeding(document, Limits()))
        finally:
            sys.setprofile(None)
        return count

    assert calls(40) < 2.2 * calls(20)


def test_a_fragment_that_spreads_itself_ends_the_walk_and_is_left_to_validation() -> None:
    assert told("{ ...f } fragment f on Query { a { ...f } ...g } fragment g on Query { ...f }") == []


def test_an_operation_that_nobody_asks_for_is_measured_too_since_it_is_validated_too() -> None:
    assert told("query A { a } query B { a b c }", root_fields=2)
    assert told("{ a } fragment unused on T { a { b { c } } }", depth=2)


def test_the_standard_introspection_query_passes() -> None:
    documents = Documents(build_schema()._schema, Limits())
    query = get_introspection_query(
        specified_by_url=True, directive_is_repeatable=True, schema_description=True, input_value_deprecation=True
    )
    assert documents.choose(Asked(query)).sort.value == "query"


def test_introspection_and_suggestions_can_be_switched_off() -> None:
    documents = Documents(build_schema()._schema, Limits(), introspection=False, suggestions=False)
    with pytest.raises(DocumentRefusedError) as refused:
        documents.choose(Asked("{ __schema { types { name } } }"))
    assert {error.extensions["code"] for error in refused.value.errors if error.extensions} == {
        "GRAPHQL_VALIDATION_FAILED"
    }
    with pytest.raises(DocumentRefusedError) as refused:
        documents.choose(Asked("{ oportunities { nodes { key } } }"))
    assert "Did you mean" not in refused.value.errors[0].message
    assert documents.choose(Asked("{ __typename }")).name is None


def test_a_document_of_too_many_tokens_is_not_even_parsed() -> None:
    documents = Documents(build_schema()._schema, Limits(tokens=50))
    for text in ("{ a " * 60, "{ a " + "# b\n" * 60 + "}"):
        with pytest.raises(DocumentRefusedError, match=r"more than 50 tokens \(LIMIT_TOKENS\)"):
            documents.choose(Asked(text))


def test_what_is_kept_is_bounded_in_number_and_by_the_texts_that_it_belongs_to() -> None:
    kept: Kept[int] = Kept(most=4, characters=1_000)
    for number in range(10):
        assert kept.get("x" * 300, number, lambda number=number: number) == number  # type: ignore[misc]
    assert (len(kept), kept.characters) == (3, 900)
    kept.get("x" * 300, 7, int)  # used last
    kept.get("y" * 500, None, int)
    assert list(kept) == ["x" * 300, "y" * 500]
    kept.get("z" * 1_001, None, int)
    assert (len(kept), kept.characters) == (2, 800)
    for number in range(10):
        kept.get("", number, int)
    assert len(kept) == 4


def refused(text: str) -> list[tuple[str, Any, Any]]:
    """Return why a document cannot be run: the sentence, the place and the code of each fault."""
    with pytest.raises(DocumentRefusedError) as told:
        Documents(build_schema()._schema, Limits()).choose(Asked(text))
    return [(error.message, error.locations, error.extensions) for error in told.value.errors]


@pytest.mark.parametrize(
    "text",
    [
        "{\n insights { %s } }" % ("nodes { key } " * 400),
        "{\n insights { nodes { %s } } }" % ("key " * 1_000),
        "{\n insights { nodes { "
        + "".join(f"...f{n} " for n in range(100))
        + "} } }"
        + "".join(f" fragment f{n} on Insight {{ id key name }}" for n in range(100)),
    ],
    ids=["lists", "fields", "fragments"],
)
def test_fields_of_one_name_are_compared_so_often_and_no_more(text: str) -> None:
    spent = 0
    spend = overlapping_fields_can_be_merged.spend_complexity_budget

    def count(context: Any, cost: int) -> None:
        nonlocal spent
        spent += cost
        spend(context, cost)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(overlapping_fields_can_be_merged, "spend_complexity_budget", count)
        ((message, (place,), extensions),) = refused(text)
    assert COMPARISONS < spent < COMPARISONS + 1_000
    assert (message, place.line, extensions) == (OVERLAPPING, 2, {"code": "TOO_COSTLY"})


def test_a_field_may_be_selected_a_hundred_times() -> None:
    text = "{ insights { nodes { %s } } }" % ("key " * 100)
    assert Documents(build_schema()._schema, Limits()).choose(Asked(text)).name is None


@pytest.mark.parametrize("depth", [5, 12])
def test_fragments_that_lie_too_deep_within_one_another_are_too_much(depth: int) -> None:
    inner = "".join(f"fragment f{n} on Query {{ {'... { ' * depth}...f{n + 1}{' }' * depth} }} " for n in range(99))
    told = refused(f"{{ ...f0 }} {inner} fragment f99 on Query {{ __typename }}")
    assert told == [(ENTANGLED, None, {"code": "TOO_COSTLY"})]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=30,
)


def count(value: object) -> int:
    match value:
        case dict():
            return 1 + sum(map(count, value.values()))
        case list():
            return 1 + sum(map(count, value))
        case _:
            return 1


@given(st.dictionaries(st.text(max_size=3), VALUES, max_size=4), st.integers(1, 40))
def test_variables_may_hold_as_many_values_as_the_limit_and_not_one_more(
    variables: dict[str, object], most: int
) -> None:
    there = sum(map(count, variables.values()))
    assert bool(exceeding_variables(variables, Limits(values=most))) is (there > most)


def test_variables_may_not_nest_too_deep_nor_have_long_lists() -> None:
    deep: object = 1
    for _ in range(5):
        deep = [deep]
    assert exceeding_variables({"a": deep}, Limits(nesting=6)) is None
    assert "(LIMIT_NESTING)" in (exceeding_variables({"a": deep}, Limits(nesting=5)) or "")
    assert "has 3 elements" in (exceeding_variables({"a": {"b": [1, 2, 3]}}, Limits(list_length=2)) or "")
