"""`graph-api ask journey-map`: a journey as a table, a column for each step, a row for each lane."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import floor
from string import ascii_lowercase
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_api.cli.answer import answer
from graph_api.cli.ask.scope import On, day
from graph_api.cli.entity import lost, named
from graph_api.cli.terminal import Json, console, echo_json, plain, told

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

QUERY = """
query JourneyMap($key: String!, $personas: [String!], $segments: [String!], $on: Date) {
  journeyMap(key: $key, personas: $personas, segments: $segments, on: $on) {
    journey { __typename key name }
    on
    personas { persona { __typename key name } unknown line { number emotion basis applies } }
    segments { __typename key name }
    stages {
      number
      stage { __typename key name }
      insights { ...insight }
      touchpoints { ...touchpoint }
      steps {
        number
        applies
        step { __typename key name }
        enablers { key name readiness }
        insights { ...insight }
        touchpoints { ...touchpoint }
      }
    }
    insights { ...insight }
    insightsLeftOut
    kpis { kpi { __typename key name unit } values { measuredFor { key } value measuredOn } }
  }
}

fragment touchpoint on MappedTouchpoint {
  applies
  touchpoint { __typename key name }
  channels { channel { key name } share }
  runBy { key name }
  enablers { key name readiness }
  insights { ...insight }
}

fragment insight on MappedInsight { insight { key name type } }
"""
WIDTH, LANE, COLUMNS = 100, 9, 5
"""How wide a band is; its first column; and how many steps it has beside each other."""
LEVELS = (2, 1, 0, -1, -2)
KIND = "Journey"
_PAINS = frozenset({"PAIN", "UNMET_NEED"})

Key = Annotated[str, typer.Argument(help="The journey's key.", metavar="JOURNEY")]
Personas = Annotated[
    list[str] | None,
    typer.Option(
        "--persona", help="Only for this persona; may be given again. All who take it when absent.", metavar="KEY"
    ),
]
Segments = Annotated[
    list[str] | None,
    typer.Option(
        "--segment", help="Only for this segment; may be given again. Those of the personas when absent.", metavar="KEY"
    ),
]


def journey_map(
    journey: Key, *, persona: Personas = None, segment: Segments = None, on: On = None, as_json: Json = False
) -> None:
    """Draw a journey: what is done and felt at each step, over which channels, who runs it, what stands behind it."""
    with told():
        variables = {"key": journey, "personas": persona or None, "segments": segment or None, "on": day(on)}
        found = answer(QUERY, variables)["journeyMap"]
        if found is None:
            raise lost(KIND, journey)
        if as_json:
            echo_json(found)
        else:
            _show(found)


@dataclass(frozen=True)
class Column:
    """A step of the picture; or what a stage has beside its steps."""

    stage: dict[str, Any]
    step: dict[str, Any] | None

    @property
    def place(self) -> dict[str, Any]:
        """What it shows."""
        return self.step or self.stage

    @property
    def touchpoints(self) -> list[dict[str, Any]]:
        """The touchpoints met there."""
        met: list[dict[str, Any]] = self.place["touchpoints"]
        return met

    def of_all(self, name: str) -> Iterator[dict[str, Any]]:
        """Give what a list holds of the place itself and of its touchpoints, each once."""
        seen: set[str] = set()
        for one in (self.place, *self.touchpoints):
            for each in one.get(name, ()):
                each_of = each.get("insight", each)
                if each_of["key"] not in seen:
                    seen.add(each_of["key"])
                    yield each_of


def columns_of(found: dict[str, Any]) -> list[Column]:
    """Lay the steps of a map out; a stage without steps, or with touchpoints of its own, has a column too."""
    columns = []
    for stage in found["stages"]:
        if stage["touchpoints"] or stage["insights"] or not stage["steps"]:
            columns.append(Column(stage, None))
        columns += [Column(stage, step) for step in stage["steps"]]
    return columns


def level(emotion: float) -> int:
    """Say in which row of the plot an emotion stands: the nearest, halves upwards."""
    return floor(emotion + 0.5)


def letter(index: int) -> str:
    """Name a persona in the plot."""
    return ascii_lowercase[index] if index < len(ascii_lowercase) else "*"


def _show(found: dict[str, Any]) -> None:
    from graph_api.cli.table import show

    out = console()
    show(out, named(found["journey"]))
    _tell_personas(out, found)
    columns = columns_of(found)
    if not columns:
        out.print("It has no stages.")
    mentioned: set[str] = set()
    for start in range(0, len(columns), COLUMNS):
        out.print()
        show(out, _band(columns[start : start + COLUMNS], found, mentioned))
    _tell_rest(out, found)


def _tell_personas(out: "Console", found: dict[str, Any]) -> None:
    for index, one in enumerate(found["personas"]):
        unknown = f", unknown at {one['unknown']}" if one["unknown"] else ""
        out.print(f"  {letter(index).upper()} {plain(one['persona']['name'])}{unknown}")
    if found["personas"]:
        out.print("  A capital is what the persona says, a small letter the step's own emotion.")
    else:
        out.print("  Nobody is known to take it.")


def _tell_rest(out: "Console", found: dict[str, Any]) -> None:
    from graph_api.cli.table import UNKNOWN, cell

    if found["insights"]:
        out.print("\nOf the journey as a whole:")
    for one in found["insights"]:
        out.print(f"  {one['insight']['key']} {plain(one['insight']['name'])}")
    if found["kpis"]:
        out.print("\nMeasured by:")
    for one in found["kpis"]:
        values = [
            f"{cell(round(value['value'], 1))} {plain(one['kpi']['unit'] or '')}".strip()
            + (f" for {value['measuredFor']['key']}" if value["measuredFor"] else "")
            for value in one["values"]
        ]
        out.print(f"  {plain(one['kpi']['name'])}:")
        for value in values or (UNKNOWN,):
            out.print(f"    {value}")
    if found["insightsLeftOut"]:
        out.print(f"\n{found['insightsLeftOut']} insights are left out: only others voice them.")


def _band(columns: Sequence[Column], found: dict[str, Any], mentioned: set[str]) -> "Table":
    from rich import box
    from rich.table import Table

    wide = (WIDTH - LANE) // COLUMNS - 2
    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), show_header=False)
    made.add_column(width=LANE, style="dim")
    for _ in columns:
        made.add_column(width=wide, overflow="fold")
    lanes: dict[str, Callable[[Column], str]] = {
        "stage": lambda column: plain(column.stage["stage"]["name"]),
        "step": _step,
        "contact": lambda column: _lines(one["touchpoint"]["name"] for one in column.touchpoints),
        "channels": lambda column: _lines(_channel(one) for each in column.touchpoints for one in each["channels"]),
        "run by": lambda column: _lines((one["runBy"] or {"name": "nobody"})["name"] for one in column.touchpoints),
    }
    for name, lane in lanes.items():
        made.add_row(name, *_once(map(lane, columns), name == "stage"), end_section=name in {"step", "run by"})
    for height in LEVELS:
        marks = [_marks(column, found, height) for column in columns]
        made.add_row(f"{height:+d}" if height else " 0", *marks, end_section=height == LEVELS[-1])
    made.add_row("pains", *[_pains(column, mentioned) for column in columns])
    made.add_row("enablers", *[_lines(map(_enabler, column.of_all("enablers"))) for column in columns])
    return made


def _once(cells: Iterator[str], once: bool) -> Iterator[str]:  # noqa: FBT001 - private
    """Give cells; of neighbours that are alike only the first, if `once`."""
    before = None
    for one in cells:
        yield "" if once and one == before else one
        before = one


def _step(column: Column) -> str:
    if column.step is None:
        return ""
    note = "" if column.step["applies"] else " (not for them)"
    return f"{column.step['number']} {plain(column.step['step']['name'])}{note}"


def _lines(texts: Iterator[str]) -> str:
    return "\n".join(dict.fromkeys(plain(text) for text in texts))


def _channel(one: dict[str, Any]) -> str:
    share = "" if one["share"] is None else f" {one['share']:.0%}"
    return f"{one['channel']['name']}{share}"


def _enabler(one: dict[str, Any]) -> str:
    ready = "" if one["readiness"] is None else f" {one['readiness']:.0%}"
    return f"{one['name']}{ready or ' ?'}"


def _marks(column: Column, found: dict[str, Any], height: int) -> "Text":
    from rich.text import Text

    marks = ""
    for index, one in enumerate(found["personas"]):
        for point in one["line"] if column.step else ():
            if point["number"] == column.place["number"] and point["emotion"] is not None:
                mark = letter(index) if point["basis"] == "STEP" else letter(index).upper()
                marks += mark if level(point["emotion"]) == height else " "
                break
        else:
            marks += " "
    return Text(marks.rstrip(), "green" if height > 0 else "red" if height < 0 else "")


def _pains(column: Column, mentioned: set[str]) -> str:
    """Name pains and unmet needs: in full where they come first."""
    shown = []
    for one in column.of_all("insights"):
        if one["type"] in _PAINS:
            shown.append(one["key"] if one["key"] in mentioned else f"{one['key']} {one['name']}")
            mentioned.add(one["key"])
    return _lines(iter(shown))
