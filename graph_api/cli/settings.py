"""`graph-api settings`: every setting with its value and where that comes from.

Commands that serve take the options `--config` and `--set` from here, and hand what they were given to `read`.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_api.cli.terminal import Json, console, echo_json, plain, settings, told
from graph_api.errors import UserInputError

if TYPE_CHECKING:
    from graph_api.settings import Settings

HIDDEN = "***"

Config = Annotated[
    Path | None,
    typer.Option("--config", help="A file of settings, TOML; see docs/settings.md.", metavar="FILE"),
]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", help="A setting by its name, before all others; may be repeated.", metavar="NAME=VALUE"),
]
Markdown = Annotated[bool, typer.Option("--markdown", help="Write docs/settings.md, with the defaults alone.")]

PAGE = """\
# Settings

Made by `make settings` from `graph_api/settings.py`; change the settings there.

A setting comes from the first of these that has it:

1. **a flag** of `graph-api serve` or `graph-api demo`: `--host`, `--port`, or any setting by `--set NAME=VALUE`. Not a
   password: flags stand in the list of processes, where everybody on the machine reads them, and `--set` refuses it;
2. **the environment**, by the name in the first column; set and empty is not set at all. Lists have commas;
3. **a file**, TOML, that `--config FILE` or `GRAPH_API_CONFIG` names, by the name in the second column: `[limit] body`
   stands in the table `[limit]`. A name that it has no use for is refused. Where the file holds a password, others on
   the machine must not be able to read it;
4. **the default**.

`graph-api settings` shows each with its value and where that comes from, `graph-api settings --json` tells programs,
and `graph-api doctor` says what is wrong with them. What cannot be used is refused at the start, by its name.

| in the environment | in the file | default | what it is |
|---|---|---|---|
"""


class Source(StrEnum):
    """Where the value of a setting comes from."""

    FLAG = "flag"
    ENVIRONMENT = "environment"
    FILE = "file"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as people see it; a secret's value is hidden."""

    name: str
    place: str
    value: str
    source: Source
    description: str


def settings_(config: Config = None, chosen: Set = None, *, markdown: Markdown = False, as_json: Json = False) -> None:
    """Show every setting, its value and where that comes from; passwords are hidden."""
    with told():
        if markdown:
            typer.echo(page(), nl=False)
            return
        flags = given(chosen or ())
        found = list(explained(read(config, chosen), flags))
        if as_json:
            echo_json([{"name": each.name, **_facts(each)} for each in found])
        else:
            _show(found)


def read(config: Path | None, chosen: Sequence[str] | None, **flags: Any) -> "Settings":
    """Read the settings of a command: its own flags, by their names, before `--set`, the environment and the file.

    Flags that are None were not given. The file is remembered for this process, so that whatever reads settings later
    reads the same. Raises UserInputError.
    """
    from graph_api.settings import CONFIG

    if config is not None:
        os.environ[CONFIG] = str(config)
    return settings(**given(chosen or ()) | {name: value for name, value in flags.items() if value is not None})


def given(chosen: Sequence[str]) -> dict[str, Any]:
    """Read what `--set` was given, in the shape of the file; raises UserInputError, without the value."""
    from graph_api.settings import SECRETS, declared, suggestion, variable

    known = {variable(path): path for path, _ in declared()}
    values: dict[str, Any] = {}
    for each in chosen:
        name, equals, value = each.partition("=")
        name = name.strip().upper()
        if not equals:
            message = "`--set` takes NAME=VALUE, for example --set LIMIT_TOKENS=8000."
            raise UserInputError(message)
        if name not in known:
            message = f"There is no setting {name}.{suggestion(name, variable)} `graph-api settings` lists them."
            raise UserInputError(message)
        path = known[name]
        if path[0] in SECRETS:
            message = (
                f"{name} is a secret, and everybody on the machine can read the flags of a command; "
                f"put it into a file and name that by {name}_FILE, or into the environment."
            )
            raise UserInputError(message)
        if len(path) > 1:
            values.setdefault(path[0], {})[path[1]] = value
        else:
            values[path[0]] = value
    return values


def explained(read: "Settings", flags: Mapping[str, Any]) -> Iterator[Setting]:
    """Yield each setting with its value and where that comes from."""
    from graph_api.settings import declared, from_file, place, variable

    environment = {name.upper() for name, value in os.environ.items() if value}
    file = from_file()
    for path, field in declared():
        name = variable(path)
        if _within(flags, path):
            source = Source.FLAG
        elif environment & {name, "_".join(path).upper()}:
            source = Source.ENVIRONMENT
        else:
            source = Source.FILE if _within(file, path) else Source.DEFAULT
        value: Any = read
        for part in path:
            value = getattr(value, part)
        yield Setting(name, place(path), _shown(value), source, field.description or "")


def page() -> str:
    """Return docs/settings.md."""
    from graph_api.settings import declared, place, variable

    lines = []
    for path, field in declared():
        extra = field.json_schema_extra
        default = field.get_default(call_default_factory=True)
        shown = str(extra["default"]) if isinstance(extra, dict) else f"`{text}`" if (text := _shown(default)) else ""
        lines.append(f"| `{variable(path)}` | `{place(path)}` | {shown} | {field.description} |\n")
    return PAGE + "".join(lines)


def _within(values: Mapping[str, Any], path: Sequence[str]) -> bool:
    found: Any = values
    for part in path:
        if not isinstance(found, Mapping) or part not in found:
            return False
        found = found[part]
    return True


def _shown(value: Any) -> str:
    """Write a value as it would be written in the environment; nothing where it is not set."""
    from pydantic import SecretStr

    if value is None:
        return ""
    if isinstance(value, SecretStr):
        return HIDDEN
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return ",".join(f"{name}={each}" for name, each in value.items())
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return ",".join(sorted(value)) if isinstance(value, frozenset) else str(value)


def _facts(setting: Setting) -> dict[str, str | None]:
    return {
        "value": setting.value or None,
        "source": setting.source,
        "file": setting.place,
        "description": setting.description,
    }


def _show(found: Sequence[Setting]) -> None:
    from graph_api.cli.table import UNKNOWN, show, table

    made = table("setting", "value", "from", "what it is", fixed=("setting",))
    for each in found:
        made.add_row(each.name, plain(each.value) or UNKNOWN, each.source, each.description)
    show(console(), made)
