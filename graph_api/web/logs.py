"""The log: one line an event, JSON for programs or text for people, and nothing in it that its readers may not know.

A line of an operation says who asked what sort of thing and how that went. Never in it: variables, documents, tokens,
headers but X-Request-Id and, where nobody proves who asks, X-Actor. What others log goes through the same formatter,
from warnings on: their lower levels tell of frames, headers and parameters. Of an exception that was not raised on
purpose only the type and the place are told, since its words may quote what was sent; LOG_LEVEL=debug tells them too.
"""

import json
import logging
import sys
import time
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import TextIO, TypeVar

from graph_api.errors import OWN, WORDS, Code, trace
from graph_api.settings import LogFormat, Settings
from graph_api.web.finished import Finished
from graph_api.web.request_id import request_id

TRACEBACK = "traceback"
"""The field of an exception's places, which `trace` bounds, whichever process tells of them."""
NAME_LENGTH = 100
"""Characters of an operation's name that are kept: a client chooses it."""

logger = logging.getLogger("graph_api.operations")

_LOUD: Mapping[str, int] = {
    Code.INTERNAL: logging.ERROR,
    Code.SERVICE_UNAVAILABLE: logging.WARNING,
    Code.TIMEOUT: logging.WARNING,
}
_SECOND = 1_000
T = TypeVar("T")


def configure(settings: Settings, stream: TextIO | None = None) -> None:
    """Send all that this process logs to standard error, or to the stream, as the settings say; may be called again.

    Must come before uvicorn is made, whose own configuration of the log must be none.
    """
    stream = stream or sys.stderr
    as_json = writes_json(settings, stream)
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    handler = _Handler(stream)
    handler.setFormatter((JsonFormatter if as_json else TextFormatter)(words=level <= logging.DEBUG))
    root = logging.getLogger()
    for other in [each for each in root.handlers if isinstance(each, _Handler)]:
        root.removeHandler(other)
    root.addHandler(handler)
    root.setLevel(max(level, logging.WARNING))
    logging.getLogger(OWN).setLevel(level)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        theirs = logging.getLogger(name)
        theirs.handlers.clear()
        theirs.propagate = True
        theirs.setLevel(logging.NOTSET)
    logging.captureWarnings(True)  # noqa: FBT003 the signature is the library's


def writes_json(settings: Settings, stream: TextIO | None = None) -> bool:
    """Tell whether lines are JSON: whoever else says something there should then say it through the log."""
    terminal = (stream or sys.stderr).isatty()
    return settings.log_format is LogFormat.JSON or (settings.log_format is LogFormat.AUTO and not terminal)


def log_operation(finished: Finished) -> None:
    """Log that an operation has ended.

    Of its document only a hash is told, the first 16 hexadecimal digits of its SHA-256: those of equal text are equal.
    """
    level = max((_LOUD.get(code, logging.INFO) for code in finished.codes), default=logging.INFO)
    if not logger.isEnabledFor(level):
        return
    document = finished.document
    fields = {
        "operationName": finished.name[:NAME_LENGTH] if finished.name else None,
        "operationType": finished.sort,
        "hash": sha256(document.encode("utf-8", "surrogatepass")).hexdigest()[:16] if document else None,
        "actor": finished.actor,
        "role": finished.role,
        "surface": finished.surface,
        "status": finished.status,
        "errorCodes": list(dict.fromkeys(map(str, finished.codes))),
        "durationMs": round(finished.seconds * _SECOND, 1),
        "cost": None if finished.cost is None else round(finished.cost),
    }
    logger.log(level, "operation", extra={"fields": fields})


class JsonFormatter(logging.Formatter):
    """Writes a record as one line of JSON in ASCII: whatever stands in it, no character can end or disguise a line."""

    def __init__(self, *, words: bool = False) -> None:
        super().__init__()
        self._words = words

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return json.dumps(dict(_entry(record, words=self._words)), default=str, separators=(",", ":"))


class TextFormatter(logging.Formatter):
    """Writes a record for people: time, level, event, then its fields; lines of a traceback are set in."""

    def __init__(self, *, words: bool = False) -> None:
        super().__init__()
        self._words = words

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and those of its traceback."""
        entry = dict(_entry(record, words=self._words))
        at, level, event = str(entry.pop("time")), str(entry.pop("level")), entry.pop("event")
        places = entry.pop(TRACEBACK, None)
        fields = "".join(f" {name}={_word(value)}" for name, value in entry.items())
        line = f"{at} {level:<7} {visible(str(event))}{fields}"
        return "\n".join([line, *(f"    | {visible(each)}" for each in str(places or "").splitlines())])


def visible(text: str) -> str:
    """Return a text as one line in which every character is seen: none that steers a terminal or turns text around."""
    return "".join(each if unicodedata.category(each)[0] not in "CZ" or each == " " else "\ufffd" for each in text)


class _Handler(logging.StreamHandler[TextIO]):
    """Writes lines; where nobody takes them any more, the service goes on without."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 the name is the library's
        """Say nothing: there is nowhere to say it."""


def _entry(record: logging.LogRecord, *, words: bool) -> Iterator[tuple[str, object]]:
    yield "time", f"{_second(int(record.created))}.{int(record.created % 1 * _SECOND):03}Z"
    yield "level", record.levelname.lower()
    yield "event", _event(record)
    if name := request_id():
        yield "requestId", name
    if fields := getattr(record, "fields", None):
        for name, value in fields.items():
            if value is not None and value != []:
                yield name, value if name == TRACEBACK else _short(value)
    else:
        yield "logger", record.name
    if record.exc_info and record.exc_info[1]:
        yield TRACEBACK, "\n".join(trace(record.exc_info[1], words=words))


@lru_cache(maxsize=2)
def _second(since: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(since))


def _event(record: logging.LogRecord) -> str:
    try:
        text = record.getMessage()
    except (TypeError, ValueError):  # arguments that do not fit the message, from whoever logged it
        text = str(record.msg)
    ours = record.name.partition(".")[0] == OWN
    if record.exc_info and not ours:
        text = text.partition("\n")[0]  # asyncio adds the task, and with it the exception's words
    return _short(text.strip())


def _short(value: T) -> T | str:
    """Return a text no longer than it may be, and anything else as it is."""
    return f"{value[:WORDS]}…" if isinstance(value, str) and len(value) > WORDS else value


def _word(value: object) -> str:
    """Write a value so that it cannot be taken for another field."""
    text = ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    shown = visible(text)
    return json.dumps(shown, ensure_ascii=False) if any(each in ' "=' for each in shown) or not shown else shown
