"""Every value survives the way in and out, and what is outside its scale is refused in words."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import neo4j.time
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from graph_api.model import MODEL, Kind, LinkType
from graph_api.model.choices import BuyingRole, InsightType
from graph_api.model.values import (
    MAX_MONEY,
    AnswerCount,
    Choice,
    Count,
    Currency,
    Day,
    Duration,
    Emotion,
    ExternalLink,
    Impact,
    JourneyLevel,
    Key,
    Moment,
    Money,
    Name,
    Position,
    Real,
    Score,
    Share,
    Text,
    Url,
    Word,
    value_type,
)

INT64 = 2**63 - 1
MONEY = value_type(Money | None)


def refusal(annotation: object, value: object) -> str:
    """Return the sentence with which a value is refused."""
    with pytest.raises(ValidationError) as caught:
        value_type(annotation).parse(value)
    return str(caught.value.errors()[0]["msg"])


amounts = st.decimals(min_value=-MAX_MONEY, max_value=MAX_MONEY, places=4)


@given(amounts)
def test_money_survives_to_the_last_ten_thousandth(amount: Decimal) -> None:
    stored = MONEY.to_store(MONEY.parse(str(amount)))
    assert isinstance(stored, int)
    assert abs(stored) <= INT64
    assert Decimal(MONEY.to_json(stored)) == amount
    assert MONEY.to_store(MONEY.parse(MONEY.to_json(stored))) == stored


@given(amounts, amounts)
def test_stored_money_sorts_and_sums_as_money_does(one: Decimal, other: Decimal) -> None:
    stored = [MONEY.to_store(amount) for amount in (one, other)]
    assert (stored[0] < stored[1]) == (one < other)
    assert Decimal(sum(stored)).scaleb(-4) == one + other


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("1200", "1200.00"),
        ("0", "0.00"),
        (12.5, "12.50"),
        ("0.125", "0.125"),
        ("-3.0001", "-3.0001"),
        ("1e3", "1000.00"),
    ],
)
def test_money_is_shown_as_people_write_it(written: object, shown: str) -> None:
    assert MONEY.to_json(MONEY.to_store(MONEY.parse(written))) == shown


@given(
    st.integers(0, 9),
    st.integers(0, 99),
    st.integers(0, 99),
    st.integers(0, 99),
    st.integers(0, 99),
    st.integers(0, 99),
)
def test_durations_stay_as_they_were_written(  # noqa: PLR0913, PLR0917 - one for each part of a duration
    years: int, months: int, days: int, hours: int, minutes: int, seconds: int
) -> None:
    kind = value_type(Duration | None)
    text = f"P{years}Y{months}M{days}DT{hours}H{minutes}M{seconds}S"
    assert kind.to_json(kind.to_store(kind.parse(text))) == text


@pytest.mark.parametrize("text", ["P14D", "P3M", "PT30M", "P1W", "P1Y2M3DT4H5M6S", "PT0.5H", "P0D"])
def test_a_duration_may_leave_parts_out(text: str) -> None:
    assert value_type(Duration).parse(text) == text


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1DT", "14 days", "P1D ", "-P1D", "P1H", "PT1D", "P1D1M", "P१D", "P1D\n"]
)
def test_anything_else_is_no_duration(text: str) -> None:
    assert refusal(Duration | None, text) == "Value error, must be an ISO 8601 duration such as P14D, P3M or PT30M"


@given(st.dates())
def test_a_day_survives_whether_just_written_or_read_back(day: date) -> None:
    kind = value_type(Day | None)
    assert kind.parse(day.isoformat()) == kind.parse(day) == day
    assert kind.to_json(kind.to_store(day)) == day.isoformat()
    assert kind.to_json(neo4j.time.Date.from_native(day)) == day.isoformat()


@pytest.mark.parametrize(
    "value",
    [20240101, 1704067200, "20240101", "1704067200", "2024-01-01T00:00:00", datetime(2024, 1, 1, tzinfo=UTC), True],
)
def test_a_day_is_never_guessed_from_a_number_or_a_moment(value: object) -> None:
    assert refusal(Day, value) == "Value error, must be a day as year, month and day, such as 2026-03-31"


def test_a_day_that_no_calendar_has_is_refused() -> None:
    assert "day value is outside expected range" in refusal(Day, "2026-02-30")


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_survives_to_the_microsecond(moment: datetime) -> None:
    kind = value_type(Moment | None)
    text = kind.to_json(neo4j.time.DateTime.from_native(moment))
    assert text.endswith("Z")
    assert kind.parse(text) == moment
    assert kind.to_json(kind.to_store(moment)) == text


def test_nanoseconds_are_cut_and_other_offsets_kept() -> None:
    kind = value_type(Moment)
    assert (
        kind.to_json(neo4j.time.DateTime(2026, 3, 31, 12, 0, 0, 123456789, tzinfo=UTC)) == "2026-03-31T12:00:00.123456Z"
    )
    east = timezone(timedelta(hours=2))
    assert kind.to_json(datetime(2026, 3, 31, 12, tzinfo=east)) == "2026-03-31T12:00:00+02:00"


@pytest.mark.parametrize("value", ["2026-03-31T12:00:00", "2026-03-31", 1704067200, datetime(2026, 3, 31)])  # noqa: DTZ001 - it is refused for that
def test_a_moment_without_its_distance_from_utc_is_refused(value: object) -> None:
    sentence = "Value error, must be a moment with its distance from UTC, such as 2026-03-31T12:00:00Z"
    assert refusal(Moment, value) == sentence


@pytest.mark.parametrize("choice", MODEL.choices.values(), ids=MODEL.choices)
def test_every_choice_survives_and_nothing_else_passes(choice: type[Choice]) -> None:
    kind = value_type(choice | None)
    for member in choice:
        stored = kind.to_store(kind.parse(member.value))
        assert type(stored) is str
        assert kind.to_json(stored) == member.value == kind.parse(stored)
    told = refusal(choice, "NONSENSE")
    assert all(f"'{member.value}'" in told for member in choice)


def test_a_refused_choice_is_told_what_it_could_be() -> None:
    assert refusal(InsightType, "pain") == "Input should be 'PAIN', 'GAIN', 'UNMET_NEED' or 'OBSERVATION'"


@given(st.lists(st.sampled_from(list(BuyingRole))))
def test_lists_of_choices_keep_their_order(roles: list[BuyingRole]) -> None:
    kind = value_type(list[BuyingRole])
    assert kind.many
    stored = kind.to_store(kind.parse([role.value for role in roles]))
    assert kind.to_json(stored) == [role.value for role in roles]


def test_an_absent_list_is_empty_and_an_absent_value_null() -> None:
    assert value_type(list[Word]).to_json(None) == []
    assert value_type(Score | None).to_json(None) is None
    assert MONEY.parse(None) is MONEY.to_store(None) is None


counted = st.lists(
    st.fixed_dictionaries({"answer": st.floats(-1e9, 1e9), "count": st.integers(0, 2**31 - 1)}), max_size=12
)


@given(counted)
def test_values_with_parts_survive(answers: list[dict[str, float]]) -> None:
    kind = value_type(list[AnswerCount])
    stored = kind.to_store(kind.parse(answers))
    assert all(type(item) is str for item in stored)
    assert kind.to_json(stored) == answers


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=50).filter(lambda label: label.strip()))
def test_external_links_survive_in_any_script(label: str) -> None:
    kind = value_type(list[ExternalLink])
    parsed = kind.parse([{"label": label, "url": "https://example.com/a?b=c#d"}])
    assert kind.to_json(kind.to_store(parsed)) == [{"label": parsed[0].label, "url": "https://example.com/a?b=c#d"}]


def test_an_unknown_part_is_refused_by_name() -> None:
    with pytest.raises(ValidationError) as caught:
        value_type(list[ExternalLink]).parse([{"label": "Ours", "url": "https://example.com", "colour": "red"}])
    assert caught.value.errors()[0]["loc"] == (0, "colour")


@pytest.mark.parametrize("url", ["https://example.com", "http://example.com/ä?q=1", "mailto:help@example.com"])
def test_web_and_mail_addresses_pass_as_they_are(url: str) -> None:
    assert value_type(Url).parse(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        " https://example.com",
        "https://a\n.b",
        "data:text/html,x",
        "/page",
        "",
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    assert refusal(Url | None, url) == "Value error, must be a whole address that begins with https:, http: or mailto:"


@pytest.mark.parametrize(
    ("annotation", "inside", "outside", "sentence"),
    [
        (Score, [0, 10, 7.5, "7.5"], [10.1, "10.1"], "Input should be less than or equal to 10"),
        (Score, [0], [-0.1], "Input should be greater than or equal to 0"),
        (Share, [0, 0.5, 1], [1.01], "Input should be less than or equal to 1"),
        (Emotion, [-2, 0, 2], [-2.1], "Input should be greater than or equal to -2"),
        (Impact, [0.25, 0.5, 1, 2, 3], [0.3, 0, 4], "Value error, must be one of 0.25, 0.5, 1, 2 and 3"),
        (JourneyLevel, [0, 1, 2], [3], "Input should be less than or equal to 2"),
        (Position, [1], [0], "Input should be greater than or equal to 1"),
        (Count, [0, 2**31 - 1], [2**31], "Input should be less than or equal to 2147483647"),
        (Count, [2.0], [2.5], "Input should be a valid integer, got a number with a fractional part"),
        (Real, [-1e300], [float("nan"), float("inf")], "Input should be a finite number"),
        (Score, [], ["high"], "Input should be a valid number, unable to parse string as a number"),
        (Score, [], [True, False], "Value error, must be a number, not true or false"),
        (Count, [], [True], "Value error, must be a number, not true or false"),
        (Impact, [], [True], "Value error, must be a number, not true or false"),
        (Money, ["99.9999"], ["1.00001"], "Decimal input should have no more than 4 decimal places"),
        (Money, [], ["NaN", "Infinity"], "Input should be a finite number"),
        (Money, [10**14], [10**14 + 1], "Input should be less than or equal to 100000000000000"),
        (
            Currency,
            ["EUR", "USD"],
            ["eur", "EURO", "€", "EUR\n"],
            "Value error, must be an ISO 4217 currency code of three capital letters such as EUR",
        ),
        (
            Key,
            ["R2", "a.b-c_d", "7"],
            ["", "a b", "-a", "ä", "a/b", "a\n"],
            "Value error, must be letters a to z, digits, dots, dashes and _, and begin with a letter or digit",
        ),
        (Key, ["a" * 120], ["a" * 121], "String should have at most 120 characters"),
        (Name, ["x" * 1000], ["", "   "], "String should have at least 1 character"),
        (Name, [], ["x" * 1001], "String should have at most 1000 characters"),
        (Text, [""], [7], "Input should be a valid string"),
        (Text, [], ["\ud800"], "Input should be a valid string, unable to parse raw data as a unicode string"),
        (list[Word], [["a", "b"]], ["a"], "Input should be a valid list"),
    ],
)
def test_closed_scales_refuse_what_is_outside(
    annotation: object, inside: list[object], outside: list[object], sentence: str
) -> None:
    for value in inside:
        value_type(annotation).parse(value)
    for value in outside:
        assert refusal(annotation, value) == sentence


def test_names_and_words_lose_the_blanks_around_them() -> None:
    assert value_type(Name | None).parse("  Onboarding \n") == "Onboarding"
    assert value_type(list[Word]).parse([" fast "]) == ["fast"]


def test_graphql_names_follow_from_the_annotation() -> None:
    for annotation, graphql in (
        (int | None, "Int"),
        (Score | None, "Float"),
        (Money | None, "Decimal"),
        (Duration | None, "Duration"),
        (Day | None, "Date"),
        (Moment | None, "DateTime"),
        (list[InsightType], "InsightType"),
        (list[ExternalLink], "ExternalLink"),
        (bool | None, "Boolean"),
    ):
        assert value_type(annotation).graphql == graphql


@pytest.mark.parametrize("owner", [*MODEL.kinds.values(), *MODEL.links.values()], ids=lambda owner: owner.name)
def test_no_field_but_a_required_one_or_a_list_refuses_the_unknown(owner: Kind | LinkType) -> None:
    for prop in owner.properties.values():
        if prop.required or prop.type.many or prop.name == "revision":
            with pytest.raises(ValidationError):
                prop.type.parse(None)
        else:
            assert prop.type.parse(None) is None
