"""The rules of coverage, held against the model that they speak of."""

import pytest

from graph_api.model import MODEL, Direction
from graph_api.model.choices import RuleName, Severity
from graph_api.model.rules import DEEP, RULES, RULES_OF, WEIGHTS, ExpectedLink, Rule
from graph_api.questions.thread.expectations import HYGIENE


def _exists(kind: str, expected: ExpectedLink) -> bool:
    return any(
        field.link.name == expected.type and field.direction is expected.direction
        for field in MODEL.kinds[kind].links.values()
    )


def test_every_name_has_one_rule() -> None:
    assert set(RULES) == set(RuleName)
    assert set(WEIGHTS) == set(Severity)
    assert {rule.name for rules in RULES_OF.values() for rule in rules} == set(RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name.value)
def test_a_rule_speaks_of_kinds_fields_and_links_that_are_there(rule: Rule) -> None:
    assert rule.kinds
    assert rule.mending.endswith(".")
    assert rule.name.description.endswith(".")
    for kind in rule.kinds:
        properties = MODEL.kinds[kind].properties
        assert any(name in properties for name in rule.fields) or not rule.fields
        assert all(_exists(kind, link) for link in rule.expects)
    every = {name: prop for kind in rule.kinds for name, prop in MODEL.kinds[kind].properties.items()}
    for name, values in (*rule.only.items(), *rule.unless.items()):
        choice = every[name].type.choice
        assert choice
        assert set(values) <= set(choice)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.name.value)
def test_a_rule_is_scored_by_a_link_or_hygiene_by_a_function(rule: Rule) -> None:
    assert rule.scored == (rule.name not in HYGIENE)


def test_what_makes_a_thread_deep_is_there() -> None:
    assert all(_exists(kind, link) for kind, links in DEEP.items() for link in links)
    assert all(link.direction is Direction.OUT for links in DEEP.values() for link in links)
