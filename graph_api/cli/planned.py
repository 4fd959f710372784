"""A plan as tables: what is chosen, what is paid beside, what is left, and what other budgets would bring."""

from typing import TYPE_CHECKING, Any

from graph_api.cli.entity import named, reference
from graph_api.cli.terminal import console

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

BAR = 24
"""The width of the widest bar."""


def show_plan(found: dict[str, Any]) -> None:
    """Print what was chosen and what was not, other budgets, what is firm and what is unknown."""
    from graph_api.cli.table import show

    out = console()
    if found["status"] == "INFEASIBLE":
        out.print("There is no such plan.")
        for why in found["why"]:
            out.print(why)
        return
    out.print(_summary(found))
    for one in found["efforts"]:
        out.print(_effort(one))
    tables = {
        "Chosen": _chosen,
        "Paid beside, since it is needed": _beside,
        "Not chosen": _rest,
        "Set aside, since something is unknown": _aside,
        "Not answered, and by whom it is voiced": _left,
        "Other budgets": _curve,
    }
    for title, made in tables.items():
        if (shown := made(found)) is not None:
            out.print(f"\n{title}:\n")
            show(out, shown)
    _tell_unknown(out, found)
    if "reverse" in found:
        _tell_reverse(out, found["reverse"])


def _summary(found: dict[str, Any]) -> str:
    from graph_api.cli.bar import percent

    costs = _money(found["cost"] or found["knownCost"], found)
    if found["cost"] is None:
        costs = f"{costs} and what nobody knows of {found['costUnknown']}"
    sure = {"OPTIMAL": "No plan answers more", "TIME_LIMIT": f"The best answers {percent(found['gap'])} more at most"}
    return (
        f"Answers {_amount(found['objective'])} of {_amount(found['total'])} ({percent(found['share'])}) for {costs}. "
        f"{sure[found['status']]}. {_amount(found['already'])} is answered already, and all options together would "
        f"answer {_amount(found['reachable'])}."
    )


def _effort(one: dict[str, Any]) -> str:
    from graph_api.cli.bar import percent

    return (
        f"{reference(one['party'])}: {_amount(one['effort'])} of {_amount(one['capacity'])} person-days "
        f"({percent(one['load'])})."
    )


def _chosen(found: dict[str, Any]) -> "Table | None":
    from graph_api.cli.table import table

    if not found["choices"]["nodes"]:
        return None
    shown = table("choice", "worth", "cost", "saves", "firm", "", numbers=("worth", "cost", "saves"))
    for one in found["choices"]["nodes"]:
        shown.add_row(
            named(one["item"]),
            _amount(one["marginalValue"]),
            _money(one["cost"], found),
            _money(one["saves"], found),
            *_firm(one),
        )
    return shown


def _beside(found: dict[str, Any]) -> "Table | None":
    from graph_api.cli.table import table

    if not found["works"]["nodes"]:
        return None
    shown = table("work", "cost", "needed by", numbers=("cost",))
    for one in found["works"]["nodes"]:
        needing = ", ".join(reference(two["item"]) for two in one["neededBy"]["nodes"])
        shown.add_row(named(one["item"]), _money(one["cost"], found), needing)
    return shown


def _rest(found: dict[str, Any]) -> "Table | None":
    from graph_api.cli.table import table

    if not found["notChosen"]["nodes"]:
        return None
    shown = table("option", "would add", "for", "why not", "firm", "", numbers=("would add", "for"))
    for one in found["notChosen"]["nodes"]:
        shown.add_row(
            named(one["item"]),
            _amount(one["adds"]),
            _money(one["wouldCost"], found),
            _in_words(one["reason"]),
            *_firm(one),
        )
    return shown


def _aside(found: dict[str, Any]) -> "Table | None":
    from graph_api.cli.table import table

    if not found["setAside"]["nodes"]:
        return None
    shown = table("option", "unknown")
    for one in found["setAside"]["nodes"]:
        missing = (
            f"{_in_words(why['term'])} of {reference(why['of'])}"
            + (f" for {reference(why['party'])}" if why["party"] else "")
            for why in one["missing"]
        )
        shown.add_row(named(one["item"]), "; ".join(missing))
    return shown


def _left(found: dict[str, Any]) -> "Table | None":
    from graph_api.cli.bar import percent
    from graph_api.cli.table import table

    if not found["uncovered"]["nodes"]:
        return None
    shown = table("pain", "counts", "could be answered", "voiced by", numbers=("counts", "could be answered"))
    for one in found["uncovered"]["nodes"]:
        voices = ", ".join(reference(two["who"]) for two in one["voicedBy"]["nodes"])
        shown.add_row(named(one["insight"]), _amount(one["weight"]), percent(one["bestFit"]), voices)
    return shown


def _curve(found: dict[str, Any]) -> "Table | None":
    from rich.text import Text

    from graph_api.cli.bar import Bar
    from graph_api.cli.table import UNKNOWN, table

    whole = max((one["objective"] or 0 for one in found["curve"]), default=0)
    if not found["curve"]:
        return None
    shown = table("budget", "answers", "", "costs", "choices", numbers=("budget", "answers", "costs", "choices"))
    for one in found["curve"]:
        value = one["objective"]
        bar = Bar((value, whole - value), BAR) if whole and value is not None else Text(UNKNOWN)
        choices = UNKNOWN if one["choices"] is None else str(one["choices"])
        shown.add_row(_money(one["budget"], found), _amount(value), bar, _money(one["cost"], found), choices)
    return shown


def _firm(one: dict[str, Any]) -> tuple[str, str]:
    from graph_api.cli.bar import percent
    from graph_api.cli.table import UNKNOWN

    if one["stability"] is None:
        return UNKNOWN, ""
    return _in_words(one["stability"]), percent(one["shareOfDraws"])


def _tell_unknown(out: "Console", found: dict[str, Any]) -> None:
    draws = found["draws"]
    out.print(
        f"\nFirm is what {draws['solved']} of {draws['wanted']} draws of the inputs left as it is, with the seed "
        f"{draws['seed']}; of {draws['confidenceUnknown']} inputs the confidence is unknown."
    )
    more = found["uncovered"]["totalCount"] - len(found["uncovered"]["nodes"])
    counts = {
        f"of {found['pains']} pains are not answered and not shown. Give --uncovered to see more": more,
        "pains count nothing, since nobody knows what they weigh": found["unknownPains"]["totalCount"],
        "insights without a type may be pains": found["typeUnknown"],
        "links without a fit answer nothing": found["fitsUnknown"],
    }
    for words, count in counts.items():
        if count:
            out.print(f"{count} {words}.")
    for one in found["assumptions"]:
        out.print(f"Assumed: {_in_words(one['term'])} of {one['values']}.")


def _tell_reverse(out: "Console", found: dict[str, Any]) -> None:
    way = "Without" if found["chosen"] else "With"
    if found["status"] == "INFEASIBLE":
        out.print(f"\n{way} it there is no plan. {' '.join(found['why'])}")
        return
    out.print(f"\n{way} it the best plan answers {_amount(found['objective'])}{_compared(found['difference'])}.")
    for words, page in (("Then chosen", found["enters"]), ("Then not", found["leaves"])):
        if page["nodes"]:
            out.print(f"{words}: {', '.join(reference(one['item']) for one in page['nodes'])}.")


def _compared(difference: float | None) -> str:
    if not difference:
        return ""
    return f", which is {_amount(abs(difference))} {'less' if difference < 0 else 'more'}"


def _amount(value: float | None) -> str:
    from graph_api.cli.table import UNKNOWN

    return UNKNOWN if value is None else f"{value:,.6g}"


def _money(value: str | None, found: dict[str, Any]) -> str:
    from graph_api.cli.table import UNKNOWN

    if value is None:
        return UNKNOWN
    number = f"{float(value):,.2f}".removesuffix(".00")
    return f"{number} {found['currency']}" if found["currency"] else number


def _in_words(name: str) -> str:
    return name.lower().replace("_", " ")
