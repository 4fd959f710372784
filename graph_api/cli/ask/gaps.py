"""`graph-api ask gaps`: where the thread breaks, with how to mend it and who could."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_api.cli.answer import answer
from graph_api.cli.ask.page import After, Limit, tell_rest
from graph_api.cli.ask.rules import coloured, in_words, read_rules, read_severities
from graph_api.cli.ask.scope import On, Tag, Within, asked_of
from graph_api.cli.entity import lost, named, read_entity, reference
from graph_api.cli.terminal import Json, console, echo_json, plain, told
from graph_api.errors import UserInputError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

QUERY = """
query Gaps(
  $scope: Scope
  $on: Date
  $rules: [RuleName!]
  $severity: [Severity!]
  $owner: EntityKeyInput
  $first: Int
  $after: String
  %s
) {
  %s
  gaps(
    scope: $scope, on: $on, rules: $rules, severity: $severity, owner: $owner, first: $first, after: $after
  ) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      severity
      entity { __typename key name }
      rule
      scored
      expectation
      mending
      pains
      value
      age
      couldMend { role party { __typename key name } through { __typename key name } }
    }
  }
}
"""
MENDERS = 3
"""So many who could mend a gap are named in a table."""
KEY_WIDTH = 30

Rules = Annotated[
    list[str] | None,
    typer.Option("--rule", help="Only by this rule, as KPI_WITHOUT_OWNER; may be given again.", metavar="RULE"),
]
Severities = Annotated[
    list[str] | None,
    typer.Option("--severity", help="Only of this severity: HIGH, MEDIUM or LOW; may be given again.", metavar="NAME"),
]
Owner = Annotated[
    str | None,
    typer.Option("--owner", help="Only what this owner could mend, as `department/sales`.", metavar="KIND/KEY"),
]


def gaps(
    *,
    rule: Rules = None,
    severity: Severities = None,
    owner: Owner = None,
    within: Within = None,
    tag: Tag = None,
    on: On = None,
    limit: Limit = 25,
    after: After = None,
    as_json: Json = False,
) -> None:
    """List where the thread breaks: the most severe first, then by the pains at stake and by age."""
    with told():
        conditions = {
            **asked_of(within, tag, on),
            "rules": read_rules(rule),
            "severity": read_severities(severity),
        }
        variables, declared, asked = _mended_by(owner)
        data = answer(QUERY % (declared, asked), {**conditions, **variables, "first": limit, "after": after})
        if owner and data["owner"] is None:
            raise lost(*read_entity(owner), "--owner")
        found = data["gaps"]
        if as_json:
            echo_json(found)
        else:
            _show(found, chosen=bool(owner or any(conditions[name] for name in ("scope", "rules", "severity"))))


def _mended_by(owner: str | None) -> tuple[dict[str, Any], str, str]:
    """Return variables, with what is declared and asked besides: an owner may be there and have nothing to mend."""
    from graph_api.model import MODEL

    if owner is None:
        return {}, "", ""
    kind, key = read_entity(owner, "--owner")
    of, owners = MODEL.kinds[kind], MODEL.links["OWNED_BY"].finish
    if kind not in owners:
        *names, last = (MODEL.kinds[name].plural for name in owners)
        message = f"--owner: Only {', '.join(names)} and {last} own something. Name one, as department/sales."
        raise UserInputError(message)
    asked = f"owner: {of.field_name}(key: $key) {{ key }}"
    return {"owner": {"kind": of.enum_name, "key": key}, "key": key}, "$key: String!", asked


def _show(found: dict[str, Any], *, chosen: bool) -> None:
    from rich.text import Text

    from graph_api.cli.table import show

    out = console()
    if not found["nodes"]:
        after = " after this place" if found["totalCount"] else ""
        out.print(f"There are no such gaps{after}." if chosen or after else "There are no gaps: every rule holds.")
        return
    show(out, _table(found["nodes"], out))
    out.print()
    for rule, mending in {gap["rule"]: gap["mending"] for gap in found["nodes"]}.items():
        out.print(Text.assemble((rule, "bold"), f": {mending}"))
    tell_rest(out, found, "gaps")


def _table(found: list[dict[str, Any]], out: "Console") -> "Table":
    from graph_api.cli.table import cell, table

    shown = table(
        "severity",
        "entity",
        "missing",
        "value",
        "age",
        "could mend",
        numbers=("value", "age"),
        leading=int(out.is_terminal),
    )
    # A key that is broken over two lines cannot be copied.
    shown.columns[1].min_width = min(KEY_WIDTH, max(len(reference(gap["entity"])) for gap in found))
    for gap in found:
        missing, value = in_words(gap["rule"]), cell(None if gap["value"] is None else round(gap["value"], 1))
        shown.add_row(coloured(gap["severity"]), named(gap["entity"]), missing, value, f"{gap['age']} d", _menders(gap))
    return shown


def _menders(gap: dict[str, Any]) -> str:
    from graph_api.cli.table import UNKNOWN

    names = list(dict.fromkeys(plain(mender["party"]["name"]) for mender in gap["couldMend"]))
    more = [f"{len(names) - MENDERS} more"] if len(names) > MENDERS else []
    return ", ".join([*names[:MENDERS], *more]) or UNKNOWN
