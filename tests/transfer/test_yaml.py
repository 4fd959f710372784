"""YAML as it is read and written: values stay as they are written, and what is written can be read back."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.model import MODEL
from graph_api.transfer.nodes import Mapping, Node, Scalar, Sequence, value_of
from graph_api.transfer.places import Faults
from graph_api.transfer.yaml_file import read_yaml
from graph_api.transfer.yaml_text import to_yaml


def read(text: str) -> Mapping:
    faults = Faults()
    node = read_yaml(text, "test.yaml", faults)
    assert not faults, faults.found
    assert isinstance(node, Mapping)
    return node


def value(kind: str, field: str, text: str) -> Any:
    faults = Faults()
    node = read(f"x: {text}\n").get("x")
    assert node is not None
    found = value_of(node, MODEL.kinds[kind].properties[field].type, field, faults)
    assert not faults, faults.found
    return found


@pytest.mark.parametrize(
    ("kind", "field", "text", "expected"),
    [
        ("Insight", "name", "1984", "1984"),
        ("Insight", "name", "No", "No"),
        ("Insight", "name", "true", "true"),
        ("Insight", "name", "007", "007"),
        ("Insight", "name", '"null"', "null"),
        ("Insight", "name", "null", None),
        ("Insight", "statement", "|\n  one\n  two\n", "one\ntwo"),
        ("Insight", "severity", "7", 7),
        ("Insight", "severity", "7.50", 7.5),
        ("Insight", "severity", "~", None),
        ("Insight", "severity", "1_0", "1_0"),
        ("Insight", "type", "unmet need", "UNMET_NEED"),
        ("Insight", "type", "Unmet-Need", "UNMET_NEED"),
        ("Insight", "type", "nonsense", "nonsense"),
        ("Insight", "tags", "one", ["one"]),
        ("Insight", "tags", "[one, 2]", ["one", "2"]),
        ("Insight", "tags", "", []),
        ("Initiative", "cost", "12.10", "12.10"),
        ("Initiative", "start", "2026-03-31", "2026-03-31"),
        ("Step", "emotion", "-1.5", -1.5),
        ("Step", "duration", "P14D", "P14D"),
        ("Stakeholder", "lead", "yes", "yes"),
        ("Stakeholder", "lead", "true", True),
        ("Segment", "size", "9" * 5_000, "9" * 5_000),
        ("Insight", "externalLinks", "{label: Here, url: 1}", [{"label": "Here", "url": "1"}]),
        ("Measurement", "counts", "[{answer: 5, count: 3}]", [{"answer": 5, "count": 3}]),
    ],
)
def test_a_value_is_read_for_the_field_that_it_is_for(kind: str, field: str, text: str, expected: object) -> None:
    assert value(kind, field, text) == expected


def test_a_place_is_where_the_value_begins() -> None:
    node = read("insights:\n  - key: F1\n    tags: [one,\n           two]\n    name:\n")
    (item,) = _sequence(node.get("insights")).items
    assert isinstance(item, Mapping)
    assert str(item.place) == "test.yaml:2:5"
    assert [str(tag.place) for tag in _sequence(item.get("tags")).items] == ["test.yaml:3:12", "test.yaml:4:12"]
    nothing = item.get("name")
    assert nothing
    assert str(nothing.place) == "test.yaml:5:5"  # its field's, since it has none


def test_json_is_yaml() -> None:
    assert plain(read('{\n\t"insights": [{"key": "F1", "name": "a\\u00e9\\/\\n"}]\n}')) == {
        "insights": [{"key": "F1", "name": "aé/\n"}]
    }


def test_entities_are_written_as_people_write_them() -> None:
    content = {
        "defaults": {"tags": ["demo"]},
        "insights": [
            {"key": "F1", "name": "It hurts: a lot", "description": "One.\n\nTwo.", "severity": 7.5},
            {"key": "F2", "name": "No", "opportunities": ["R1", {"key": "R2", "confidence": 0.5}]},
        ],
    }
    assert (
        to_yaml(content, "Findings")
        == """\
# Findings

defaults: {tags: [demo]}

insights:
  - key: F1
    name: "It hurts: a lot"
    description: |
      One.

      Two.
    severity: 7.5

  - key: F2
    name: No
    opportunities: [R1, {key: R2, confidence: 0.5}]
"""
    )


texts = st.text(st.characters(codec="utf-8"), min_size=1)
fields = st.dictionaries(
    st.sampled_from(["key", "name", "description", "tags", "voicedBy"]),
    texts | st.integers() | st.lists(texts, max_size=4) | st.dictionaries(texts, texts, min_size=1, max_size=3),
    min_size=1,
)


@given(st.lists(fields, min_size=1, max_size=4))
def test_what_is_written_can_be_read_back(entities: list[dict[str, Any]]) -> None:
    expected = [{name: _as_text(part) for name, part in entity.items()} for entity in entities]
    assert plain(read(to_yaml({"insights": entities})))["insights"] == expected


def plain(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key.text: plain(part) for key, part in node}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return None if node.null else node.text


def _as_text(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _as_text(inner) for key, inner in part.items()}
    return [_as_text(item) for item in part] if isinstance(part, list) else str(part)


def _sequence(node: Node | None) -> Sequence:
    assert isinstance(node, Sequence)
    assert all(isinstance(item, (Mapping, Scalar)) for item in node.items)
    return node
