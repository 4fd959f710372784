"""Rules and severities: as people name them in options, and as they are shown."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from graph_api.errors import UserInputError

if TYPE_CHECKING:
    from rich.text import Text

    from graph_api.model.values import Choice

_STYLES = {"HIGH": "red", "MEDIUM": "yellow", "LOW": "cyan"}
_ACRONYMS = re.compile(r"\bkpi\b")


def read_rules(names: Sequence[str] | None) -> list[str] | None:
    """Return the rules named in options, as GraphQL takes them; raises UserInputError for one that there is not."""
    from graph_api.model.choices import RuleName

    known = "`ask coverage --all` lists them."
    return [read_choice(name, RuleName, "--rule: There is no rule", known) for name in names or ()] or None


def read_severities(names: Sequence[str] | None) -> list[str] | None:
    """Return the severities named in options, as GraphQL takes them; raises UserInputError for one there is not."""
    from graph_api.model.choices import Severity

    known = f"Write {', '.join(list(Severity)[:-1])} or {list(Severity)[-1]}."
    return [read_choice(name, Severity, "--severity: There is no severity", known) for name in names or ()] or None


def read_choice(name: str, choice: "type[Choice]", lead: str, known: str) -> str:
    """Return the member of a closed set that is named in an option; raises UserInputError where there is none."""
    from graph_api.change.faults import suggestion

    member = re.sub(r"[\s_-]+", "_", name.strip()).upper()
    if member not in choice.__members__:
        message = f"{lead} {name!r}{suggestion(name, choice.__members__)} {known}"
        raise UserInputError(message)
    return member


def in_words(rule: str) -> str:
    """Say what is missing by a rule: `KPI without owner`."""
    words = _ACRONYMS.sub("KPI", rule.replace("_", " ").lower())
    return words[0].upper() + words[1:]


def coloured(severity: str) -> "Text":
    """Show a severity."""
    from rich.text import Text

    return Text(severity, _STYLES[severity])
