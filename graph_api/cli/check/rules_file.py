"""The file that says which rules count, how much, and to which bounds coverage is held. YAML 1.2, and so JSON."""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any

from graph_api.change.faults import suggestion
from graph_api.cli.check.gate import Bounds
from graph_api.errors import UserInputError
from graph_api.model.choices import RuleName, Severity
from graph_api.model.rules import RULES
from graph_api.model.values import value_type
from graph_api.transfer.nodes import Mapping, Node, Scalar, is_null, value_of
from graph_api.transfer.places import Faults, Place
from graph_api.transfer.yaml_file import decode, read_yaml

MOST_DAYS = 2**31 - 1
"""GraphQL's largest Int."""
SETTINGS = ("assumptionDays", "staleDays", "satisfaction")
KEYS = (*SETTINGS, "minScore", "maxHigh", "rules")
_OFF = frozenset({"off", "false"})


@dataclass(frozen=True)
class RulesFile:
    """What such a file says."""

    bounds: Bounds = field(default_factory=Bounds)
    settings: dict[str, Any] = field(default_factory=dict)
    """The argument `settings` of the questions."""

    @property
    def off(self) -> list[str]:
        """The rules that are switched off."""
        return [rule["rule"] for rule in self.settings.get("rules", ()) if rule.get("off")]


def read_rules_file(path: Path) -> RulesFile:
    """Read a file; raises UserInputError with all that is wrong in it, each with its place."""
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"--rules: {path} cannot be read: {error.strerror}."
        raise UserInputError(message) from error
    faults = Faults()
    text = decode(data, str(path), faults)
    node = None if text is None else read_yaml(text, str(path), faults)
    read = _Reader(faults).file(node, Place(str(path)))
    if faults:
        raise UserInputError("\n".join(map(str, faults.in_order())))
    return read


@dataclass
class _Reader:
    faults: Faults

    def file(self, node: Node | None, place: Place) -> RulesFile:
        if node is None or is_null(node):
            if not self.faults:
                self.faults.add(place, "The file says nothing: write what is to be otherwise, as `maxHigh: 3`.")
            return RulesFile()
        if not isinstance(node, Mapping):
            self.faults.add(node.place, "A file is a map: begin with the name of a setting, as `maxHigh: 3`.")
            return RulesFile()
        for key, _ in node:
            if key.text not in KEYS:
                message = f"There is no setting `{key.text}`{suggestion(key.text, KEYS)}"
                self.faults.add(key.place, f"{message} The settings are {', '.join(KEYS)}.")
        days = {name: self._count(node, name) for name in ("assumptionDays", "staleDays")}
        given = {
            **days,
            "satisfaction": self._number(node, "satisfaction", 10),
            "rules": self._rules(node.get("rules")),
        }
        bounds = Bounds(self._count(node, "maxHigh"), self._number(node, "minScore", 100))
        return RulesFile(bounds, {name: value for name, value in given.items() if value is not None})

    def _rules(self, node: Node | None) -> list[dict[str, Any]] | None:
        if node is None or is_null(node):
            return None
        if not isinstance(node, Mapping):
            self.faults.add(
                node.place, "`rules` is a map: write a rule's name, a colon, and `off` or what is otherwise."
            )
            return None
        rules = []
        for key, value in node:
            if key.text in RuleName.__members__:
                rules.append({"rule": key.text, **self._rule(RuleName[key.text], value, key.place)})
            else:
                message = f"There is no rule `{key.text}`{suggestion(key.text, RuleName.__members__)}"
                self.faults.add(key.place, f"{message} `graph-api ask coverage --all` lists them.")
        return rules

    def _rule(self, name: RuleName, node: Node, place: Place) -> dict[str, Any]:
        if isinstance(node, Scalar) and node.text.lower() in _OFF:
            return {"off": True}
        if not isinstance(node, Mapping) or not node.entries:
            self.faults.add(
                place if is_null(node) else node.place,
                f"`{name}` is `off`, or a map: write `{name}: off`, or `{name}: {{severity: LOW}}`.",
            )
            return {}
        known = ("severity", "weight")
        for key, _ in node:
            if key.text not in known:
                message = f"`{name}` has no `{key.text}`{suggestion(key.text, known)}"
                self.faults.add(key.place, f"{message} It has severity and weight.")
        found = {"severity": self._severity(node), "weight": self._number(node, "weight")}
        if found["weight"] is not None and not RULES[name].scored:
            self._fault(node, "weight", f"`{name}` never counts in the score, so that it has no weight: leave it out.")
        return {name: value for name, value in found.items() if value is not None}

    def _severity(self, node: Mapping) -> str | None:
        value = self._value(node, "severity", Severity)
        if value is None or value in Severity.__members__:
            return value  # type: ignore[no-any-return] # one of the names
        known = f"Write {', '.join(list(Severity)[:-1])} or {list(Severity)[-1]}."
        self._fault(
            node, "severity", f"There is no severity `{value}`{suggestion(value, Severity.__members__)} {known}"
        )
        return None

    def _count(self, node: Mapping, name: str) -> int | None:
        def fits(value: Any) -> bool:
            return isinstance(value, int) and 0 <= value <= MOST_DAYS

        return self._checked(node, name, int, fits, "a whole number, 0 or more")  # type: ignore[no-any-return] # see fits

    def _number(self, node: Mapping, name: str, most: float | None = None) -> float | None:
        def fits(value: Any) -> bool:
            return (
                isinstance(value, int | float) and isfinite(value) and 0 <= value <= (value if most is None else most)
            )

        words = "a number, 0 or more" if most is None else f"a number from 0 to {most:g}"
        return self._checked(node, name, float, fits, words)  # type: ignore[no-any-return] # see fits

    def _checked(self, node: Mapping, name: str, kind: type, fits: Callable[[Any], bool], words: str) -> Any:
        value = self._value(node, name, kind)
        if value is None or (fits(value) and not isinstance(value, bool)):
            return value
        shown = str(value).lower() if isinstance(value, bool) else value
        self._fault(node, name, f"`{name}` is {words}, and not {shown}.")
        return None

    def _value(self, node: Mapping, name: str, kind: type) -> Any:
        value = node.get(name)
        return None if value is None else value_of(value, value_type(kind), name, self.faults)

    def _fault(self, node: Mapping, name: str, message: str) -> None:
        value = node.get(name)
        self.faults.add(node.place if value is None else value.place, message)
