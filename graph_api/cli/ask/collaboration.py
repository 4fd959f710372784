"""`graph-api ask collaboration`: which parties must work together, and on what."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from graph_api.cli.answer import answer
from graph_api.cli.ask.page import MOST, After, Limit, tell_rest
from graph_api.cli.ask.roles import LEGEND, letters, whom
from graph_api.cli.ask.scope import On, Tag, Within, asked_of
from graph_api.cli.entity import reference
from graph_api.cli.terminal import Json, console, echo_json, plain, told

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_WORK = "totalCount nodes { entity { __typename key name } partyRoles { ...Role } otherRoles { ...Role } }"
QUERY = f"""
query Collaboration($scope: Scope, $on: Date, $first: Int, $after: String) {{
  collaboration(scope: $scope, on: $on, first: $first, after: $after) {{
    totalCount
    pageInfo {{ hasNextPage endCursor }}
    nodes {{
      party {{ __typename key name }}
      other {{ __typename key name }}
      sort
      shared
      handoffsWithinStep
      propositions {{ {_WORK} }}
      initiatives {{ {_WORK} }}
      handoffs {{
        totalCount
        nodes {{
          journey {{ __typename key name }}
          start {{ touchpoint {{ __typename key name }} party {{ __typename key name }} }}
          finish {{ touchpoint {{ __typename key name }} party {{ __typename key name }} }}
        }}
      }}
    }}
  }}
}}
fragment Role on PartyRole {{ role through {{ __typename key name }} contribution effort }}
"""
MATRIX = """
query Matrix($scope: Scope, $on: Date, $first: Int) {
  collaboration(scope: $scope, on: $on, first: $first) {
    totalCount
    nodes { party { __typename key name } other { __typename key name } shared }
  }
}
"""
WIDEST = 20
"""So many parties a matrix has at most: with more, nobody finds a column."""


def collaboration(
    *,
    within: Within = None,
    tag: Tag = None,
    on: On = None,
    limit: Limit = 25,
    after: After = None,
    as_json: Json = False,
) -> None:
    """Tell which departments and partners must work together, those that share most first."""
    with told():
        asked = asked_of(within, tag, on)
        found = answer(QUERY, {**asked, "first": limit, "after": after})["collaboration"]
        if as_json:
            echo_json(found)
            return
        out = console()
        if not found["nodes"]:
            out.print("No two parties share anything" + (" after this place." if found["totalCount"] else " here."))
            return
        if after is None and found["totalCount"] <= MOST:
            _show_matrix(out, answer(MATRIX, {**asked, "first": MOST})["collaboration"]["nodes"])
        _show(out, found)


def _show_matrix(out: "Console", pairs: Sequence[dict[str, Any]]) -> None:
    from rich.measure import Measurement

    from graph_api.cli.table import show

    matrix = _matrix(pairs)
    if matrix is not None and Measurement.get(out, out.options, matrix).minimum <= out.width:
        show(out, matrix)
        out.print()


def _matrix(pairs: Sequence[dict[str, Any]]) -> "Table | None":
    """Return how much each two share, none where there are too many parties."""
    from graph_api.cli.table import table

    named = {reference(pair[side]): _party(pair[side]) for pair in pairs for side in ("party", "other")}
    parties = sorted(named, key=lambda party: (named[party], party))
    if len(parties) > WIDEST:
        return None
    shared = {frozenset((reference(pair["party"]), reference(pair["other"]))): pair["shared"] for pair in pairs}
    numbers = [str(number) for number in range(1, len(parties) + 1)]
    shown = table("shared", *numbers, numbers=numbers)
    for number, party in zip(numbers, parties, strict=True):
        cells = ("." if other == party else str(shared.get(frozenset((party, other)), "")) for other in parties)
        shown.add_row(f"{number} {named[party]}", *cells)
    return shown


def _show(out: "Console", found: dict[str, Any]) -> None:
    from graph_api.cli.table import show, table

    numbers = ("shared", "hand-offs", "in steps")
    shown = table("shared", "party", "other", "propositions", "initiatives", *numbers[1:], numbers=numbers)
    for pair in found["nodes"]:
        shown.add_row(
            str(pair["shared"]),
            _party(pair["party"]),
            _party(pair["other"]),
            _work(pair["propositions"]),
            _work(pair["initiatives"]),
            str(pair["handoffs"]["totalCount"] - pair["handoffsWithinStep"]),
            str(pair["handoffsWithinStep"] or ""),
        )
    show(out, shown)
    out.print(f"\n{LEGEND}; first the party's, then the other's.", soft_wrap=True)
    if any(pair["handoffsWithinStep"] for pair in found["nodes"]):
        out.print(
            "Hand-offs in steps, whose touchpoints may be alternatives, are not counted as shared.", soft_wrap=True
        )
    tell_rest(out, found, "pairs")


def _party(party: dict[str, Any]) -> str:
    return whom(party) + (" (partner)" if party["__typename"] == "Partner" else "")


def _work(page: dict[str, Any]) -> str:
    told = [
        f"{plain(one['entity']['key'])} {letters(one['partyRoles'])}-{letters(one['otherRoles'])}"
        for one in page["nodes"]
    ]
    more = page["totalCount"] - len(told)
    return ", ".join(told) + (f" and {more} more" if more else "")
