import re

from hypothesis import given
from hypothesis import strategies as st

from graph_api.change.keys import MAX_KEY, Series, number_of, numbered, provisional, slug
from graph_api.model import MODEL

OPPORTUNITY = MODEL.kinds["Opportunity"]
NAMES = st.text(min_size=1, max_size=200)


def test_a_key_is_made_of_the_name() -> None:
    assert slug(OPPORTUNITY, "Tell me what happens next") == "tell-me-what-happens-next"


def test_a_name_in_another_script_gives_a_key_that_can_be_read() -> None:
    assert slug(OPPORTUNITY, "Größere Transparenz") == "grossere-transparenz"
    assert slug(OPPORTUNITY, "Скорость ответа") == "skorost-otveta"
    assert slug(OPPORTUNITY, "客户旅程") == "ke-hu-lu-cheng"


def test_a_name_of_which_nothing_is_left_gives_the_kind_s_name() -> None:
    assert slug(OPPORTUNITY, "🚀 !!") == "opportunity"
    assert slug(MODEL.kinds["KPI"], "🚀") == "kpi"


@given(NAMES)
def test_every_name_gives_a_valid_key_even_with_a_number(name: str) -> None:
    key = numbered(slug(OPPORTUNITY, name), 9_999_999)
    assert OPPORTUNITY.properties["key"].type.parse(key) == key
    assert len(key) <= MAX_KEY == 120
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)


@given(NAMES, st.integers(1, 10_000))
def test_the_number_of_a_key_is_read_back(name: str, number: int) -> None:
    base = slug(OPPORTUNITY, name)
    assert number_of(base, numbered(base, number)) == number


def test_other_keys_have_no_number() -> None:
    assert [number_of("fast", key) for key in ("fast-x", "faster", "fast-02", "fast-", "other")] == [None] * 5


def test_equal_names_of_one_set_are_numbered_beside_the_keys_it_gives() -> None:
    entities = [(0, OPPORTUNITY, None, "Fast"), (1, OPPORTUNITY, "fast-2", "Other"), (2, OPPORTUNITY, None, "fast!")]
    assert provisional(entities) == {0: "fast", 2: "fast-3"}


def test_a_key_that_another_name_has_is_left_to_it() -> None:
    assert Series("fast", {"fast": "Fast!"}, ()).take("Fast", existing=True) == "fast-2"


def test_a_key_of_the_same_name_is_that_entity_s_unless_it_must_be_new() -> None:
    assert Series("fast", {"fast": "Fast"}, ()).take("Fast", existing=True) == "fast"
    assert Series("fast", {"fast": "Fast"}, ()).take("Fast", existing=False) == "fast-2"


@given(
    st.lists(st.sampled_from(["Fast", "Fast!", "fast"]), max_size=8),
    st.dictionaries(st.sampled_from(["fast", "fast-2", "fast-3", "fast-5"]), st.sampled_from(["Fast", "Fast!", "x"])),
    st.sets(st.sampled_from(["fast", "fast-2", "fast-4"])),
)
def test_the_same_set_gets_the_same_keys_again(names: list[str], present: dict[str, str], given_keys: set[str]) -> None:
    first = Series("fast", present, given_keys)
    keys = [first.take(name, existing=True) for name in names]
    assert len(set(keys)) == len(keys)
    assert not given_keys.intersection(keys)
    again = Series("fast", {**present, **dict(zip(keys, names, strict=True))}, given_keys)
    assert [again.take(name, existing=True) for name in names] == keys
