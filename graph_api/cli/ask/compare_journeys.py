"""`graph-api ask compare-journeys`: what becomes of a journey, and who brings it about."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_api.cli.answer import answer
from graph_api.cli.ask.journey_complexity import FIELDS, SHOWN, tell_incredible, waiting
from graph_api.cli.entity import named
from graph_api.cli.terminal import Json, console, echo_json, plain, told

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

QUERY = f"""
query CompareJourneys($asIs: String!, $toBe: String!) {{
  compareJourneys(asIs: $asIs, toBe: $toBe) {{
    asIs {{ __typename key name }}
    toBe {{ __typename key name }}
    linked
    stages {{ ...level }}
    steps {{ ...level }}
    touchpoints {{ ...level }}
    unrealised {{ change before {{ __typename key name }} after {{ __typename key name }} }}
    complexity {{ asIs {{ {FIELDS} }} toBe {{ {FIELDS} }} }}
  }}
}}

fragment level on LevelComparison {{
  before
  after
  kept
  changed
  dropped
  added
  splits
  merges
  differences {{
    change
    before {{ __typename key name }}
    after {{ __typename key name }}
    pairs {{
      fields {{ field before after }}
      unknownFields {{ field before after }}
      channelsUnknown
      channelsAdded {{ key }}
      channelsDropped {{ key }}
      partyAdded {{ key name }}
      partyDropped {{ key name }}
      emotions {{ persona {{ key name }} before beforeBasis after afterBasis }}
    }}
    realised
    realisedBy {{ work {{ __typename key name }} ended through {{ __typename key name }} }}
  }}
}}
"""
LEVELS = ("stages", "steps", "touchpoints")
_STYLES = {"KEPT": "dim", "CHANGED": "yellow", "ADDED": "green", "DROPPED": "red"}
_LINKS = {"channelsAdded": "channels", "channelsDropped": "channels", "partyAdded": "run by", "partyDropped": "run by"}

AsIs = Annotated[str, typer.Argument(help="The key of the journey as it is.", metavar="AS_IS")]
ToBe = Annotated[str, typer.Argument(help="The key of the journey as it should be.", metavar="TO_BE")]


def compare_journeys(as_is: AsIs, to_be: ToBe, *, as_json: Json = False) -> None:
    """Hold a journey as it is against one as it should be: what is kept, changed, added, dropped, and by whom."""
    with told():
        found = answer(QUERY, {"asIs": as_is, "toBe": to_be})["compareJourneys"]
        if as_json:
            echo_json(found)
        else:
            _show(found)


def _show(found: dict[str, Any]) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from graph_api.cli.table import show

    out = console()
    show(out, Text.assemble(named(found["asIs"]), " becomes ", named(found["toBe"])))
    if not found["linked"]:
        out.print("Nobody said that the one evolves to the other.")
    for name in LEVELS:
        _level(out, name, found[name])
    if found["unrealised"]:
        out.print("\nNobody brings about:")
    for one in found["unrealised"]:
        elements = Text(", ").join(named(each) for each in one["after"])
        show(out, Padding(Text.assemble(_change(one["change"]), " ", elements), (0, 0, 0, 2)))
    out.print("\nHow complex they are:")
    show(out, _complexity(found["complexity"]))
    tell_incredible(out, [(found[side], found["complexity"][side]) for side in ("asIs", "toBe")])


def _level(out: "Console", name: str, level: dict[str, Any]) -> None:
    from graph_api.cli.table import show, table

    counts = ", ".join(f"{level[count]} {count}" for count in ("kept", "changed", "dropped", "added"))
    several = "".join(f", {level[count]} {count}" for count in ("splits", "merges") if level[count])
    out.print(f"\n{name.capitalize()}: {level['before']} before, {level['after']} after: {counts}{several}")
    shown = table("", "as it is", "as it should be", "differs in", "feels", "brought about by")
    for one in level["differences"]:
        shown.add_row(
            _change(one["change"]), _all(one["before"]), _all(one["after"]), _differing(one), _feels(one), _by(one)
        )
    show(out, shown)
    if any(_unknown(pair) for one in level["differences"] for pair in one["pairs"]):
        out.print("? known on one side only, so that nobody can tell whether it differs")


def _change(change: str) -> "Text":
    from rich.text import Text

    return Text(change, _STYLES[change])


def _all(elements: list[dict[str, Any]]) -> "Text":
    """Show them by key and name: the kind stands above the table."""
    from graph_api.cli.folding import Folding

    shown = Folding()
    for one in elements:
        shown.append("\n" if shown else "").append(plain(one["key"]), "bold").append(f" {plain(one['name'])}")
    return shown


def _differing(difference: dict[str, Any]) -> str:
    names: dict[str, None] = {}
    for pair in difference["pairs"]:
        names |= dict.fromkeys(one["field"] for one in pair["fields"])
        names |= dict.fromkeys(name for link, name in _LINKS.items() if pair[link])
        names |= dict.fromkeys(f"{name}?" for name in _unknown(pair))
    return ", ".join(names)


def _unknown(pair: dict[str, Any]) -> list[str]:
    """Name what is known on one side only."""
    return [one["field"] for one in pair["unknownFields"]] + ["channels"] * pair["channelsUnknown"]


def _feels(difference: dict[str, Any]) -> "Text":
    from graph_api.cli.folding import Folding

    lines = []
    for pair in difference["pairs"]:
        for one in pair["emotions"]:
            if one["before"] != one["after"]:
                who = plain(one["persona"]["key"]) if one["persona"] else "step"
                lines.append(f"{who} {_signed(one['before'])} to {_signed(one['after'])}")
    return Folding("\n".join(lines))


def _signed(emotion: float) -> str:
    """Write an emotion with its sign; zero has none."""
    return f"{emotion:+g}" if emotion else "0"


def _by(difference: dict[str, Any]) -> str:
    if difference["realised"] is None:
        return ""
    works = dict.fromkeys(
        plain(one["work"]["key"]) + (" (ended)" if one["ended"] else "") for one in difference["realisedBy"]
    )
    return ", ".join(works) or "nobody"


def _complexity(both: dict[str, Any]) -> "Table":
    from graph_api.cli.table import cell, table

    shown = table("", "as it is", "as it should be", numbers=("as it is", "as it should be"))
    for field, name in SHOWN.items():
        shown.add_row(name, *(cell(both[side][field]) for side in ("asIs", "toBe")))
    shown.add_row("waiting", *(waiting(both[side]) for side in ("asIs", "toBe")))
    return shown
