"""What all commands share: how they read settings, end, and tell errors, progress and answers."""

import getpass
import json
import signal
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from graph_api.errors import GraphApiError, UserInputError

if TYPE_CHECKING:
    from rich.console import Console

    from graph_api.settings import Settings

Json = Annotated[bool, typer.Option("--json", help="Answer as JSON, for tools.")]

UNWRAPPED = 100_000  # columns: more than any line has


class Terminated(SystemExit):
    """SIGTERM: whatever is open is closed on the way out, an embedded Neo4j above all."""


@contextmanager
def told(status: int = 1) -> Iterator[None]:
    """Tell an error raised on purpose in its one sentence and end with `status`; end in an orderly way on SIGTERM."""
    previous = signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    except GraphApiError as error:
        report(error.message)
        sys.exit(status)
    finally:
        signal.signal(signal.SIGTERM, previous)


def settings(**given: Any) -> "Settings":
    """Read the settings, `given` before all others; raise UserInputError for those that cannot be used."""
    from pydantic import ValidationError

    from graph_api.settings import Settings, SettingsFileError

    try:
        return Settings(**given)
    except SettingsFileError as error:
        raise UserInputError(str(error)) from error
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False, include_context=False)  # they may hold secrets
        message = " ".join(dict.fromkeys(_setting_fault(fault["loc"], fault["type"], fault["msg"]) for fault in faults))
        raise UserInputError(message) from None


def _setting_fault(location: tuple[int | str, ...], kind: str, message: str) -> str:
    """Say what is wrong with a setting, by the name that people write in the environment."""
    from graph_api.settings import declared, suggestion, variable

    names = {variable(path): path for path, _ in declared()}
    parts = [str(part) for part in location]
    # What is wrong may be an element of the value, or the name itself.
    name = next((name for end in (2, 1) if (name := "_".join(parts[:end]).upper()) in names), None)
    if name is None and kind == "extra_forbidden":
        return f"There is no setting {'_'.join(parts).upper()}.{suggestion('_'.join(parts), variable)}"
    if name is None:
        table = parts[0].upper()
        return f"{table} cannot be used. Write each of its settings by itself, as {table}_…, or as a table of the file."
    return f"{name} cannot be used. {message.removeprefix('Value error, ')}."


def report(sentence: str) -> None:
    """Say it beside the answer, which standard output has to itself."""
    typer.echo(sentence, err=True)


def echo_json(facts: Any) -> None:
    """Answer as JSON."""
    typer.echo(json.dumps(facts, ensure_ascii=False, indent=2))


def console(*, stderr: bool = False) -> "Console":
    """Return a console that wraps at words on a terminal, and never in a pipe, whose lines belong to programs."""
    from rich.console import Console

    terminal = (sys.stderr if stderr else sys.stdout).isatty()
    return Console(stderr=stderr, width=None if terminal else UNWRAPPED, markup=False, highlight=False, emoji=False)


def user() -> str:
    """Name who gives commands here, for the history."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # in a container the user may have a number and no name
        return "command"


def plain(text: str) -> str:
    """Return the text as one line without control characters: a name may hold anything, orders to a terminal too."""
    return " ".join("".join(" " if unicodedata.category(each) == "Cc" else each for each in text).split())


def _terminate(number: int, _frame: object) -> NoReturn:
    raise Terminated(128 + number)  # as a shell would report it
