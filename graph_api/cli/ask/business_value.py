"""`graph-api ask business-value`: what something is worth at the KPIs that its KPIs drive in the end."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_api.cli.answer import answer
from graph_api.cli.ask.kpi_drivers import signed
from graph_api.cli.ask.scope import On, day
from graph_api.cli.entity import lost, named, read_entity, reference
from graph_api.cli.terminal import Json, console, echo_json, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text
    from rich.tree import Tree

QUERY = """
query BusinessValue($of: EntityKeyInput!, $on: Date) {
  businessValue(of: $of, on: $on) {
    entity { __typename key name }
    on
    starts { kpi { __typename key name } unit expectedChange unknown claimedBy { __typename key name } }
    ends {
      kpi { __typename key name }
      unit
      money
      overlaps
      worth
      gap
      reached
      share
      paths { start { __typename key name } length worth missing }
    }
    paths {
      start { __typename key name }
      end { __typename key name }
      unit
      stop
      length
      steps {
        kpi { __typename key name }
        unit
        effect
        grounds
        lag
        source
        confidence
        effectSoFar
        worthSoFar
      }
      effect
      expectedChange
      worth
      lag
      weakestGrounds
      unknownGrounds
      missing
    }
    circles { kpis { __typename key name } }
    more
    longer
  }
}
"""
_OVERLAPS = {
    "PARALLEL": "several chains begin at one KPI",
    "SAME_CHANGE": "a chain begins at a KPI that the first of another drives",
}

Of = Annotated[
    str,
    typer.Argument(help="An opportunity, proposition, initiative or KPI, as `proposition/PR1`.", metavar="KIND/KEY"),
]


def business_value(of: Of, *, on: On = None, as_json: Json = False) -> None:
    """Show as a tree which KPIs something drives in the end, along which chains, and what it is worth there."""
    from graph_api.model import MODEL

    with told():
        kind, key = read_entity(of)
        variables = {"of": {"kind": MODEL.kinds[kind].enum_name, "key": key}, "on": day(on)}
        found = answer(QUERY, variables)["businessValue"]
        if found is None:
            raise lost(kind, key)
        if as_json:
            echo_json(found)
        else:
            _show(found)


def _show(found: dict[str, Any]) -> None:
    from graph_api.cli.table import show

    out = console()
    if not found["starts"]:
        out.print("It moves no KPI, and aims at none.")
        return
    show(out, _tree(found))
    for sentence in _sentences(found):
        out.print(sentence)


def _tree(found: dict[str, Any]) -> "Tree":
    from rich.tree import Tree

    root = Tree(named(found["entity"]), guide_style="dim")
    branches: dict[tuple[str, ...], Tree] = {}
    for start in found["starts"]:
        # A KPI asked about is the root, and where its chains begin.
        branches[start["kpi"]["key"],] = root if start["kpi"] == found["entity"] else root.add(_start(start))
    for path in found["paths"]:
        way: tuple[str, ...] = (path["start"]["key"],)
        for step in path["steps"]:
            longer = (*way, step["kpi"]["key"])
            if longer not in branches:
                branches[longer] = branches[way].add(_step(step))
            way = longer
        branches[way].label = _stopped(branches[way].label, path)
    return root


def _start(start: dict[str, Any]) -> "Text":
    from rich.text import Text

    if start["unknown"]:
        claimed = f"{start['unknown']} without a number"
    else:
        claimed = "" if start["expectedChange"] is None else signed(start["expectedChange"], start["unit"])
    return Text.assemble(named(start["kpi"]), f"  {claimed}" if claimed else "")


def _step(step: dict[str, Any]) -> "Text":
    from rich.text import Text

    from graph_api.cli.table import UNKNOWN

    effect = "effect unknown" if step["effect"] is None else f"{signed(step['effect'])} for one"
    grounds = (step["grounds"] or "grounds unknown").lower()
    worth = "" if step["worthSoFar"] is None else f"  {signed(step['worthSoFar'], step['unit'])}"
    return Text.assemble(
        ("→ ", "cyan"), named(step["kpi"]), (f"  {effect}, {grounds}, {step['lag'] or UNKNOWN}", "dim"), worth
    )


def _stopped(label: Any, path: dict[str, Any]) -> "Text":
    """Mark where a chain stops, and what it is all in all."""
    from rich.text import Text

    if path["stop"] == "END":
        mark = Text("  end", "green")
        if path["length"] > 1:
            weakest = (path["weakestGrounds"] or "unknown grounds").lower()
            mark.append(f", its weakest link {weakest}, {path['lag'] or 'lag unknown'} in all")
    else:
        mark = Text({"CIRCLE": "  in a circle", "LIMIT": "  and so on"}[path["stop"]], "yellow")
    return Text.assemble(label, mark)


def _sentences(found: dict[str, Any]) -> "Iterator[Text]":
    from rich.text import Text

    for end in found["ends"]:
        if end["overlaps"]:
            words = "; ".join(_OVERLAPS[overlap] for overlap in end["overlaps"])
            yield Text.assemble((reference(end["kpi"]), "bold"), f": do not add these up, since {words}.")
        elif end["worth"] is not None:
            of_gap = "" if end["gap"] is None or end["reached"] else f" of a gap of {signed(end['gap'], end['unit'])}"
            yield Text.assemble((reference(end["kpi"]), "bold"), f": {signed(end['worth'], end['unit'])}{of_gap}.")
        else:
            terms = {term: term.lower().replace("_", " ") for path in end["paths"] for term in path["missing"]}
            missing = f", for want of: {', '.join(terms.values())}" if terms else ""
            yield Text.assemble((reference(end["kpi"]), "bold"), f": nobody can tell what it is worth{missing}.")
    for circle in found["circles"]:
        yield Text(f"In a circle: {', '.join(map(reference, circle['kpis']))}.")
    if found["more"]:
        yield Text(f"There are more chains than these {len(found['paths'])}.")
    if found["longer"]:
        yield Text("Chains go on beyond eight links.")
