"""What holds for every declaration: one type a name, sentences for people, nothing that GraphQL would refuse."""

from graphlib import TopologicalSorter

import pytest

from graph_api.model import MODEL, Kind, LinkType
from graph_api.model.catalogue import KIND_CLASSES, Model
from graph_api.model.declare import Ends, Entity, Link, own
from graph_api.model.kinds.customer import Persona
from graph_api.model.kinds.journey import Stage, Step

STAMPS = {"createdAt", "createdBy", "updatedAt", "updatedBy", "revision"}
LATE = {"substanceAt"}
OWNERS: list[Kind | LinkType] = [*MODEL.kinds.values(), *MODEL.links.values()]


def test_several_links_between_two_are_told_apart_by_one_of_their_own_fields() -> None:
    assert {name: link.distinguished_by for name, link in MODEL.links.items() if link.distinguished_by} == {
        "TAKES": "relationship",
        "EXPERIENCES": "experienceGrounds",
        "INVOLVES": "involvementRole",
    }
    assert all(link.distinguished_by in (None, *link.own) for link in MODEL.links.values())


def test_a_link_between_the_same_kind_joins_no_two_kinds() -> None:
    assert MODEL.links["PART_OF"].joins("Journey", "Journey")
    assert not MODEL.links["PART_OF"].joins("Journey", "Department")
    assert not MODEL.links["PART_OF"].joins("Persona", "Persona")


def test_the_spine_is_acyclic_by_kind() -> None:
    before: dict[str, set[str]] = {}
    for name in MODEL.spine:
        link = MODEL.links[name]
        for finish in link.finish:
            before.setdefault(finish, set()).update(link.start)
    order = list(TopologicalSorter(before).static_order())
    assert order.index("Trigger") < order.index("Insight") < order.index("Initiative")
    assert set(order) == MODEL.spine_kinds


def test_a_trace_shows_entities_beside_the_thread_and_no_records() -> None:
    assert set(MODEL.attached) - set(MODEL.beside) == {"HAS_MEASUREMENT", "MEASURED_FOR", "DECIDES", "WAIVES"}


def test_a_field_name_has_one_type_across_all_kinds() -> None:
    _each_name_has_one_type(list(MODEL.kinds.values()))


def test_a_field_name_has_one_type_across_all_link_types() -> None:
    _each_name_has_one_type(list(MODEL.links.values()))


def _each_name_has_one_type(owners: list[Kind] | list[LinkType]) -> None:
    types: dict[str, set[tuple[str, bool, bool]]] = {}
    for owner in owners:
        for prop in owner.properties.values():
            types.setdefault(prop.name, set()).add((prop.type.graphql, prop.type.many, prop.required))
    assert {name: found for name, found in types.items() if len(found) > 1} == {}


def test_a_link_field_has_one_shape_across_all_kinds() -> None:
    own_names = {name for kind in MODEL.kinds.values() for name in kind.properties}
    shapes: dict[str, set[bool]] = {}
    for kind in MODEL.kinds.values():
        for seen in kind.links.values():
            shapes.setdefault(seen.name, set()).add(seen.single)
    assert {name: found for name, found in shapes.items() if len(found) > 1} == {}
    assert own_names & set(shapes) == set()


def test_no_field_takes_a_name_that_graphql_connections_need() -> None:
    taken = {"id", "node", "nodes", "cursor", "edges", "pageInfo", "totalCount", "link"}
    names = {name for owner in OWNERS for name in owner.properties} | {
        name for kind in MODEL.kinds.values() for name in kind.links
    }
    assert names & taken == set()


def test_everything_has_a_description_that_is_a_sentence() -> None:
    for owner in OWNERS:
        assert owner.description.endswith("."), owner.name
        for prop in owner.properties.values():
            assert prop.description.endswith("."), f"{owner.name}.{prop.name}"


def test_names_are_unique_however_they_are_written() -> None:
    written = [*MODEL.kinds, *MODEL.links, *MODEL.choices, *MODEL.structs, *MODEL.interfaces]
    assert len({name.lower() for name in written}) == len(written)
    for kind in MODEL.kinds.values():
        for text in (kind.name, kind.plural, kind.field_name, kind.enum_name):
            assert MODEL.kind(text) is kind
    assert MODEL.kind("widget") is None


def test_substance_is_what_a_thing_says_and_never_where_it_is_kept() -> None:
    for kind in MODEL.kinds.values():
        substance = {name for name, prop in kind.properties.items() if prop.substance}
        assert substance.isdisjoint({"key", "tags", "externalLinks", "externalKey", *STAMPS})
        assert kind.keyed == ("name" in substance)
    assert {"statement", "type", "severity", "insightStatus"} <= {
        name for name, prop in MODEL.kinds["Insight"].properties.items() if prop.substance
    }


def test_stamps_are_what_the_service_writes() -> None:
    for kind in MODEL.kinds.values():
        late = LATE if kind.keyed else set()
        assert {name for name, prop in kind.properties.items() if prop.stamp} == STAMPS | late
        assert {name for name, prop in kind.properties.items() if prop.stamp and not prop.always} == late
    for link in MODEL.links.values():
        stamps = {name for name, prop in link.properties.items() if prop.stamp}
        assert stamps == {"createdAt", "createdBy", "reviewedAt", "reviewedBy"}


def test_lists_are_never_ordered_by_a_list() -> None:
    for kind in MODEL.kinds.values():
        assert not [prop.name for prop in kind.properties.values() if prop.ordered and prop.type.many]


def test_what_tells_keyless_records_apart_are_fields_of_theirs() -> None:
    for kind in MODEL.kinds.values():
        assert bool(kind.natural_key) is not kind.keyed
        for name in kind.natural_key:
            assert name in kind.properties or any(link.startswith(name) for link in kind.links), name


def test_a_type_name_stands_for_its_kinds() -> None:
    assert MODEL.members("Persona") == ("Persona",)
    assert MODEL.members("Party") == ("Department", "Partner")
    assert set(MODEL.members("Node")) == set(MODEL.kinds)


class SitsOn(Link):
    """A link whose field takes a name that is already there."""

    ends = Ends((Persona,), (Stage,), "quote", "personas")


class SitsIn(Link):
    """A link to several kinds through one field without an interface."""

    ends = Ends((Persona,), (Stage, Step), "seats", "personas")


def test_two_fields_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="Persona has two fields named quote; one of them comes from SITS_ON"):
        Model(KIND_CLASSES, (SitsOn,))


def test_one_field_to_several_kinds_needs_an_interface() -> None:
    with pytest.raises(ValueError, match=r"SITS_IN\.seats leads to several kinds: it needs braces or an interface"):
        Model(KIND_CLASSES, (SitsIn,))


def test_adding_a_kind_is_one_class() -> None:
    class Ritual(Entity):
        """Something a team does again and again."""

        pace: str | None = own("How often.", ordered=True)

    kind = Model((*KIND_CLASSES, Ritual), ()).kinds["Ritual"]
    assert (kind.plural, kind.field_name, kind.enum_name) == ("rituals", "ritual", "RITUAL")
    assert set(kind.properties) == {*MODEL.kinds["Principle"].properties, "pace"} - {"behaviour"}
