"""`graph-api ask handoffs`: where along a journey the responsibility passes, and where it breaks off."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_api.cli.answer import answer
from graph_api.cli.ask.page import After, Limit, tell_rest
from graph_api.cli.ask.roles import whom
from graph_api.cli.entity import lost, named, read_entity, reference
from graph_api.cli.terminal import Json, console, echo_json, plain, told
from graph_api.errors import UserInputError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

QUERY = """
query Handoffs($journey: String!, $first: Int, $after: String) {
  handoffs(journey: $journey, first: $first, after: $after) {
    journey { __typename key name }
    touchpoints
    passed
    passedWithinStep
    broken
    outside
    parties { __typename key name }
    skipped { __typename key name }
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      start { ...End }
      finish { ...End }
      state
      withinStep
      skipped { __typename key name }
      times
      timesBack
    }
  }
}
fragment End on HandoffEnd {
  stage { __typename key name }
  step { __typename key name }
  touchpoint { __typename key name }
  party { __typename key name }
}
"""
KIND = "Journey"
_SIGNS = {"PASSED": "->", "BROKEN": "broken", "OUTSIDE": "outside"}
COLOURS = {"PASSED": "green", "BROKEN": "red", "OUTSIDE": "dim"}

OfJourney = Annotated[str, typer.Argument(help="The journey's key, as `breakdown`.", metavar="JOURNEY")]


def handoffs(journey: OfJourney, *, limit: Limit = 100, after: After = None, as_json: Json = False) -> None:
    """List where along a journey the responsibility passes from one party to another, and where it breaks off."""
    with told():
        key = _key(journey)
        found = answer(QUERY, {"journey": key, "first": limit, "after": after})["handoffs"]
        if found is None:
            raise lost(KIND, key)
        if as_json:
            echo_json(found)
        else:
            _show(found)


def _key(text: str) -> str:
    """Read the journey's key, which may have its kind before it as it has elsewhere."""
    if "/" not in text:
        return text
    kind, key = read_entity(text)
    if kind != KIND:
        message = f"{text!r} is no journey. Name one by its key, as breakdown."
        raise UserInputError(message)
    return key


def _show(found: dict[str, Any]) -> None:
    from rich.text import Text

    from graph_api.cli.table import show

    out = console()
    within = f", {found['passedWithinStep']} of these within a step," if found["passedWithinStep"] else ""
    outside = f", {found['outside']} outside" if found["outside"] else ""
    out.print(
        Text.assemble(
            named(found["journey"]),
            f": {found['touchpoints']} touchpoints of {len(found['parties'])} parties; responsibility passes "
            f"{found['passed']} times{within} and breaks off {found['broken']} times{outside}.",
        ),
        soft_wrap=True,
    )
    if found["nodes"]:
        out.print()
        show(out, _table(found["nodes"], out))
        if any(node["withinStep"] for node in found["nodes"]):
            out.print("\n? within a step, whose touchpoints may be alternatives: perhaps nobody is handed on")
        tell_rest(out, found, "hand-offs")
    if found["skipped"]:
        keys = ", ".join(reference(one) for one in found["skipped"])
        out.print(f"\nWithout a touchpoint, and passed over: {keys}", soft_wrap=True)


def _table(nodes: list[dict[str, Any]], out: "Console") -> "Table":
    from rich.text import Text

    from graph_api.cli.table import table

    shown = table(
        "from", "at", "", "to", "at", "times", "back", numbers=("times", "back"), leading=int(out.is_terminal)
    )
    for node in nodes:
        shown.add_row(
            whom(node["start"]["party"]),
            _place(node["start"]),
            Text(_SIGNS[node["state"]] + "?" * node["withinStep"], COLOURS[node["state"]]),
            whom(node["finish"]["party"]),
            _place(node["finish"]),
            str(node["times"]),
            str(node["timesBack"]),
        )
    return shown


def _place(end: dict[str, Any]) -> "Text":
    from rich.text import Text

    where = end["step"] or end["stage"]
    return Text.assemble((plain(where["key"]), "bold"), f" {plain(end['touchpoint']['name'])}")
