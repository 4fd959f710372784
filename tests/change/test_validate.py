import json
from collections.abc import Iterable

from graph_api.change.changeset import ChangeSet, EntityChange, Fault, LinkChange, Mode, Ref
from graph_api.change.faults import ChangeRefused
from graph_api.change.validate import check, validate


def change_set(entities: Iterable[EntityChange] = (), links: Iterable[LinkChange] = ()) -> ChangeSet:
    return ChangeSet(tuple(entities), tuple(links), "tester", "test")


def put(kind: str, key: str | None, **fields: object) -> EntityChange:
    return EntityChange(Mode.PUT, kind, key, fields)


def faults_of(*changes: EntityChange | LinkChange) -> list[tuple[str, str, str]]:
    entities = [change for change in changes if isinstance(change, EntityChange)]
    links = [change for change in changes if isinstance(change, LinkChange)]
    return [
        ("/".join(map(str, fault.path)), fault.code, fault.message) for fault in validate(change_set(entities, links))
    ]


def test_a_sound_set_has_no_faults_and_its_values_in_stored_form() -> None:
    change = put("Proposition", "P1", name=" One portal ", cost="1250.50", tags=[], effort=30, propositionStatus="LIVE")
    (item,) = check(change_set([change])).entities
    assert item.values == {
        "name": "One portal",
        "cost": 12505000,
        "tags": None,
        "effort": 30.0,
        "propositionStatus": "LIVE",
    }
    assert faults_of(change) == []


def test_an_unknown_kind_is_named_with_the_nearest() -> None:
    assert faults_of(put("Oportunity", "R1", name="x")) == [
        ("entities/0/kind", "UNKNOWN_KIND", "Entity 1: there is no kind 'Oportunity'; did you mean Opportunity?")
    ]


def test_an_unknown_field_is_named_with_the_nearest_whatever_its_spelling() -> None:
    place = "Entity 1 (insight/I1)"
    assert faults_of(put("Insight", "I1", name="x", severty=3, insight_status="OBSERVED", zzz=1)) == [
        (
            "entities/0/fields/severty",
            "UNKNOWN_FIELD",
            f"{place}: Insight has no field 'severty'; did you mean severity?",
        ),
        (
            "entities/0/fields/insight_status",
            "UNKNOWN_FIELD",
            f"{place}: Insight has no field 'insight_status'; did you mean insightStatus?",
        ),
        ("entities/0/fields/zzz", "UNKNOWN_FIELD", f"{place}: Insight has no field 'zzz'."),
    ]


def test_a_wrong_value_is_explained_in_plain_words() -> None:
    place = "Entity 1 (insight/I1)"
    found = faults_of(
        put(
            "Insight",
            "I1",
            name="x",
            type="PANE",
            severity=11,
            reach="much",
            tags=["ok", ""],
            externalLinks=[{"label": "x", "url": "ftp://a"}, {"label": "y"}],
        )
    )
    assert found == [
        (
            "entities/0/fields/type",
            "INVALID_VALUE",
            f'{place}: type must be one of PAIN, GAIN, UNMET_NEED, OBSERVATION, not "PANE"; did you mean PAIN?',
        ),
        ("entities/0/fields/severity", "INVALID_VALUE", f"{place}: severity must be 10 or less, not 11."),
        ("entities/0/fields/reach", "INVALID_VALUE", f'{place}: reach must be a number, not "much".'),
        ("entities/0/fields/tags/1", "INVALID_VALUE", f'{place}: tags[1] must not be empty, not "".'),
        (
            "entities/0/fields/externalLinks/0/url",
            "INVALID_VALUE",
            (
                f"{place}: externalLinks[0].url must be a whole address that begins with https:, http: or mailto:,"
                ' not "ftp://a".'
            ),
        ),
        ("entities/0/fields/externalLinks/1/url", "INVALID_VALUE", f"{place}: externalLinks[1].url is missing."),
    ]


def test_days_amounts_and_whole_numbers_are_explained_too() -> None:
    (due, start), (size,), (cost,) = (
        [message.partition(": ")[2] for *_, message in faults_of(change)]
        for change in (
            put("Initiative", "I", name="x", due="31.3.2026", start=20260331),
            put("Segment", "S", name="x", size=1.5),
            put("Proposition", "P", name="x", cost="1.00001"),
        )
    )
    assert due == 'due must be a day as year, month and day, such as 2026-03-31, not "31.3.2026".'
    assert start == "start must be a day as year, month and day, such as 2026-03-31, not 20260331."
    assert size == "size must be a whole number, not 1.5."
    assert cost == 'cost must be an amount such as 1250.50, with at most 4 decimal places, not "1.00001".'


def test_what_the_service_sets_cannot_be_written() -> None:
    found = faults_of(
        EntityChange(Mode.PUT, "Goal", "G", {"name": "x", "createdAt": None, "revision": 7, "id": "1", "key": "G2"})
    )
    assert [(path, code) for path, code, _ in found] == [
        ("entities/0/fields/createdAt", "NOT_WRITABLE"),
        ("entities/0/fields/revision", "NOT_WRITABLE"),
        ("entities/0/fields/id", "NOT_WRITABLE"),
        ("entities/0/fields/key", "NOT_WRITABLE"),
    ]


def test_what_is_required_is_asked_for() -> None:
    assert faults_of(
        EntityChange(Mode.CREATE, "Goal", "G", {}),
        put("Goal", None),
        put("Goal", "H", name=None),
        EntityChange(Mode.UPDATE, "Goal", None, {"name": "x"}),
        put("Measurement", None, value=3),
    ) == [
        ("entities/0/fields/name", "REQUIRED", "Entity 1 (goal/G): a Goal needs a name; give one."),
        ("entities/1/fields/name", "REQUIRED", "Entity 2 (goal): a Goal needs a name; give one."),
        ("entities/2/fields/name", "REQUIRED", "Entity 3 (goal/H): name cannot be unknown; give one."),
        ("entities/3/key", "REQUIRED", "Entity 4 (goal 'x'): say by its key what is to be updated."),
        (
            "entities/4/key",
            "REQUIRED",
            "Entity 5 (measurement): a Measurement has no name to make a key from; give its natural key.",
        ),
    ]


def test_a_key_must_be_one() -> None:
    ((path, code, message),) = faults_of(put("Goal", "a b", name="x"))
    assert (path, code) == ("entities/0/key", "INVALID_KEY")
    assert message.startswith("Entity 1 (goal/a b): the key must be letters a to z, digits, dots, dashes")
    assert faults_of(put("Measurement", "kpi/nps|2026-01-01|", value=3)) == []
    ((path, code, message),) = faults_of(LinkChange("SUPPORTS", Ref("Goal", "a b"), Ref("Goal", "c")))
    assert (path, code) == ("links/0/start", "INVALID_KEY")
    assert message.startswith("Link 1 (goal/a b SUPPORTS goal/c): the key of goal/a b must be letters")


def test_what_no_encoding_can_carry_is_refused_and_shown_without_it() -> None:
    half = "\ud800"
    ((_, code, message),) = faults_of(put("Goal", "G", name="x", description=half))
    assert (code, message.encode()) == ("INVALID_VALUE", b'Entity 1 (goal/G): description must be text, not "?".')
    assert [code for _, code, _ in faults_of(put("Measurement", half, value=3))] == ["INVALID_KEY"]


def test_the_ends_of_a_link_must_fit_its_type() -> None:
    goal, department, opportunity = Ref("Goal", "G"), Ref("Department", "D"), Ref("Opportunity", "O")
    owner = "OWNED_BY leads from Goal, Journey, Opportunity, Proposition, Promise, Initiative, Enabler or KPI to"
    assert faults_of(
        LinkChange("OWNED_BY", department, goal),
        LinkChange("PART_OF", opportunity, department),
        LinkChange("OWNS", department, goal),
        LinkChange("OWNED_BY", Ref("Goat", "G"), department),
    ) == [
        (
            "links/0/start",
            "WRONG_ENDS",
            f"Link 1 (department/D OWNED_BY goal/G): {owner} Department, Partner or Stakeholder. Turn it round.",
        ),
        (
            "links/1/finish",
            "WRONG_ENDS",
            (
                "Link 2 (opportunity/O PART_OF department/D): PART_OF leads from Journey, Opportunity or Department"
                " to the same kind."
            ),
        ),
        ("links/2/type", "UNKNOWN_LINK", "Link 3: there is no link type 'OWNS'."),
        (
            "links/3/start",
            "UNKNOWN_KIND",
            "Link 4 (goat/G OWNED_BY department/D): there is no kind 'Goat'; did you mean Goal?",
        ),
    ]


def test_a_link_of_an_acyclic_type_to_itself_is_refused() -> None:
    end = Ref("Initiative", "I")
    assert faults_of(LinkChange("DEPENDS_ON", end, end)) == [
        (
            "links/0/finish",
            "CYCLE",
            (
                "Link 1 (initiative/I DEPENDS_ON initiative/I): nothing can be linked to itself by DEPENDS_ON;"
                " name another end."
            ),
        )
    ]


def test_the_same_entity_may_be_said_twice_but_not_differently() -> None:
    assert faults_of(put("Goal", "G", name="x", tags=["a"]), put("Goal", "G", name="x", description="more")) == []
    assert faults_of(put("Goal", "G", name="x"), put("Goal", "G", name="y")) == [
        (
            "entities/1/fields/name",
            "CONFLICTING",
            "Entity 2 (goal/G): name is 'y' here and 'x' at entity 1; keep one of them.",
        )
    ]
    ((path, code, _),) = faults_of(put("Goal", "G", name="x"), EntityChange(Mode.CREATE, "Goal", "G", {"name": "x"}))
    assert (path, code) == ("entities/1/key", "CONFLICTING")


def test_the_same_link_may_be_said_twice_but_not_differently() -> None:
    ends = Ref("Opportunity", "O"), Ref("Proposition", "P")
    assert faults_of(LinkChange("ADDRESSED_BY", *ends), LinkChange("ADDRESSED_BY", *ends, {"fit": 0.5})) == []
    ((path, code, _),) = faults_of(
        LinkChange("ADDRESSED_BY", *ends, {"fit": 1}), LinkChange("ADDRESSED_BY", *ends, {"fit": 0.5})
    )
    assert (path, code) == ("links/1/fields/fit", "CONFLICTING")


def test_a_distinguishing_value_makes_another_link() -> None:
    ends = Ref("Journey", "J"), Ref("Department", "D")
    assert (
        faults_of(
            LinkChange("INVOLVES", *ends, {"involvementRole": "RESPONSIBLE", "effort": 3}),
            LinkChange("INVOLVES", *ends, {"involvementRole": "INFORMED", "effort": 1}),
        )
        == []
    )


def test_a_refusal_shows_the_first_faults_and_carries_all() -> None:
    faults = [Fault(("entities", index), "X", f"Fault {index}.") for index in range(12)]
    refused = ChangeRefused(faults)
    assert len(refused.faults) == 12
    assert refused.message.splitlines()[0] == "Nothing was changed; 12 faults:"
    assert refused.message.splitlines()[-2:] == ["Fault 9.", "and 2 more."]
    assert json.dumps(refused.message)
