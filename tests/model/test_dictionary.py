"""The data dictionary in docs/ is the model's, word for word."""

import re
from pathlib import Path

from graph_api.model import MODEL
from graph_api.model.dictionary import CHOSEN_FIELDS, CHOSEN_INTERFACES, CHOSEN_LINK_FIELDS, data_dictionary

PAGE = Path(__file__).parents[2] / "docs" / "data-dictionary.md"


def test_the_committed_dictionary_is_the_generated_one() -> None:
    assert PAGE.read_text(encoding="utf-8") == data_dictionary(), "Run `make dictionary`."


def test_every_link_within_the_dictionary_leads_to_one_heading() -> None:
    text = data_dictionary()
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    headings = [re.sub(r"[^\w\- ]", "", title).lower().replace(" ", "-") for title in titles]
    assert len(set(headings)) == len(headings)
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= set(headings)


def test_every_field_and_every_member_is_in_the_dictionary() -> None:
    text = data_dictionary()
    for kind in MODEL.kinds.values():
        section = text.split(f"\n### {kind.name}\n")[1].split("\n## ")[0].split("\n### ")[0]
        assert kind.description in section
        assert all(f"| `{name}` |" in section for name in kind.links)
    for choice in MODEL.choices.values():
        assert all(f"| `{member.value}` | {member.description} |" in text for member in choice)


def test_scales_and_closed_sets_are_told_with_the_field() -> None:
    text = data_dictionary()
    assert (
        "| `severity` | `Float` | 0 to 10 | How much it matters to those it concerns, 0 to 10. | substance, ordered |"
        in text
    )
    assert "| `impact` | `Float` | 0.25, 0.5, 1, 2, 3 |" in text
    assert "| `emotion` | `Float` | -2 to 2 |" in text
    assert "| `participants` | `Int` | 0 or more |" in text
    assert "| `journeyLevel` | `Int` | 0 to 2 |" in text
    assert "| `buyingRoles` | list of [BuyingRole](#buyingrole) |" in text


def test_the_names_we_chose_are_names_that_exist() -> None:
    fields = {name for kind in MODEL.kinds.values() for name in kind.properties} | {
        name for link in MODEL.links.values() for name in link.properties
    }
    assert {name for _, names, _ in CHOSEN_FIELDS for name in names} <= fields
    assert {name for name, _ in CHOSEN_LINK_FIELDS} <= set(MODEL.links)
    assert set(CHOSEN_INTERFACES) <= set(MODEL.interfaces)
