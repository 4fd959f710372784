"""A golden case: a folder with what is asked and what must come of it at each stage."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.glob("*/query.graphql"))


@dataclass(frozen=True)
class Case:
    """A folder: what is asked, and what must come of it at each stage."""

    folder: Path
    update: bool
    statements: list[tuple[str, int]] = field(default_factory=list)
    """The statements sent, each with the number of its records."""

    @property
    def query(self) -> str:
        return (self.folder / "query.graphql").read_text(encoding="utf-8")

    @property
    def variables(self) -> dict[str, Any]:
        path = self.folder / "variables.json"
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return found

    @property
    def by_hand(self) -> bool:
        """Whether somebody worked the answer out; the file by_hand says how."""
        return (self.folder / "by_hand.md").exists()

    def hold(self, name: str, text: str, *, may_update: bool = True) -> None:
        """Compare with the golden file, or write it."""
        path = self.folder / name
        if self.update and may_update:
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"{path.name} is missing; `make snapshots` writes it."
        assert text == path.read_text(encoding="utf-8")
