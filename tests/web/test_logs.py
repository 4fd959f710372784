"""The log: what a line tells, what it never tells, and that nothing in it can be forged."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.errors import CHAIN, FRAMES, OWN, WORDS, EngineError, trace
from graph_api.settings import LogFormat, Settings
from graph_api.web import logs
from graph_api.web.finished import Finished
from graph_api.web.request_id import _current

DOCUMENT = 'query Q { goal(key: "geheim") { name } }'


@contextmanager
def written(format_: LogFormat = LogFormat.JSON, level: Any = "info") -> Iterator[io.StringIO]:
    """Configure the log onto a text, and leave it as it was."""
    names = ("", OWN, "uvicorn", "uvicorn.error", "uvicorn.access")
    before = {name: (logging.getLogger(name).level, list(logging.getLogger(name).handlers)) for name in names}
    stream = io.StringIO()
    logs.configure(Settings(log_format=format_, log_level=level), stream)
    try:
        yield stream
    finally:
        for name, (was, handlers) in before.items():
            logging.getLogger(name).setLevel(was)
            logging.getLogger(name).handlers[:] = handlers
        logging.captureWarnings(False)  # noqa: FBT003 the signature is the library's


def entries(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def finished(**other: Any) -> Finished:
    known: dict[str, Any] = {
        "surface": "http",
        "seconds": 0.01234,
        "status": 200,
        "sort": "query",
        "name": "Q",
        "document": DOCUMENT,
        "actor": "token:planner",
        "role": "EDITOR",
        "cost": 7.2,
    }
    return Finished(**known | other)


def test_an_operation_is_one_line_that_tells_who_asked_what_sort_of_thing_and_how_that_went() -> None:
    token = _current.set("0123456789abcdef")
    try:
        with written() as stream:
            logs.log_operation(finished())
    finally:
        _current.reset(token)
    (entry,) = entries(stream)
    assert entry.pop("time").endswith("Z")
    assert entry == {
        "level": "info",
        "event": "operation",
        "requestId": "0123456789abcdef",
        "operationName": "Q",
        "operationType": "query",
        "hash": sha256(DOCUMENT.encode()).hexdigest()[:16],
        "actor": "token:planner",
        "role": "EDITOR",
        "surface": "http",
        "status": 200,
        "durationMs": 12.3,
        "cost": 7,
    }
    assert "geheim" not in stream.getvalue()


@pytest.mark.parametrize(
    ("codes", "level"),
    [
        ((), "info"),
        (("BAD_USER_INPUT",), "info"),
        (("TIMEOUT", "BAD_USER_INPUT"), "warning"),
        (("BAD_USER_INPUT", "INTERNAL", "TIMEOUT"), "error"),
    ],
)
def test_the_level_of_an_operation_says_whether_who_runs_the_service_should_look(
    codes: tuple[str, ...], level: str
) -> None:
    with written() as stream:
        logs.log_operation(finished(codes=codes))
    (entry,) = entries(stream)
    assert (entry["level"], entry.get("errorCodes", [])) == (level, list(codes))


def test_nothing_is_worked_out_where_the_level_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "sha256", None)
    with written(level="warning") as stream:
        logs.log_operation(finished())
    assert stream.getvalue() == ""


@pytest.mark.parametrize("format_", [LogFormat.JSON, LogFormat.TEXT])
@given(text=st.text(max_size=200))
def test_what_a_client_chooses_never_ends_a_line_nor_steers_a_terminal(format_: LogFormat, text: str) -> None:
    with written(format_) as stream:
        logs.log_operation(finished(name=text, actor=text))
        logging.getLogger("graph_api.test").warning("%s", text)
    lines = stream.getvalue().split("\n")
    assert len(lines) == 3
    assert all(each == "\n" or each.isprintable() for each in stream.getvalue())
    if format_ is LogFormat.JSON:
        first, _ = entries(stream)
        assert (first.get("operationName"), first.get("actor")) == (text[: logs.NAME_LENGTH] or None, text)


def test_text_shows_a_value_with_blanks_so_that_it_is_no_other_field() -> None:
    with written(LogFormat.TEXT) as stream:
        logs.log_operation(finished(name='Q status=500 "x"', codes=("INTERNAL",)))
    assert ' operationName="Q status=500 \\"x\\"" ' in stream.getvalue()
    assert stream.getvalue().count(" status=") == 2


def test_a_name_is_kept_as_long_as_a_name_may_be() -> None:
    with written() as stream:
        logs.log_operation(finished(name="x" * 10_000))
    assert entries(stream)[0]["operationName"] == "x" * logs.NAME_LENGTH


@pytest.mark.parametrize("format_", [LogFormat.JSON, LogFormat.TEXT])
def test_an_event_and_each_of_its_fields_are_cut_where_they_are_too_long(format_: LogFormat) -> None:
    with written(format_) as stream:
        logging.getLogger("graph_api.test").warning("x" * 10_000, extra={"fields": {"field": "y" * 10_000}})
    assert (stream.getvalue().count("x"), stream.getvalue().count("y")) == (WORDS, WORDS)


def test_a_trace_is_as_long_as_its_bounds_whatever_led_to_what() -> None:
    def fail(depth: int) -> None:
        if depth:
            fail(depth - 1)
        raise ValueError("x" * 10_000)

    error: BaseException | None = None
    for _ in range(CHAIN + 5):
        try:
            fail(FRAMES + 5)
        except ValueError as last:
            last.__cause__ = error
            error = last
    assert error
    lines = list(trace(error, words=True))
    assert len(lines) == CHAIN * (1 + 1 + FRAMES + 1)
    assert max(map(len, lines)) < WORDS + 100


@pytest.mark.parametrize(("level", "told"), [("info", False), ("debug", True)])
def test_the_words_of_a_fault_may_quote_what_was_sent_and_are_told_at_debug_alone(level: str, *, told: bool) -> None:
    with written(level=level) as stream:
        try:
            try:
                int("geheim")
            except ValueError as error:
                message = "also geheim"
                raise KeyError(message) from error
        except KeyError:
            logging.getLogger("graph_api.test").exception("An operation met a fault of the service.")
    (entry,) = entries(stream)
    assert entry["event"] == "An operation met a fault of the service."
    lines = entry["traceback"].splitlines()
    assert [line.partition(":")[0] for line in lines if not line.startswith(" ")] == [
        "builtins.KeyError",
        "after",
        "builtins.ValueError",
    ]
    assert all(__file__ in line for line in lines if line.startswith(" "))
    assert ("geheim" in stream.getvalue()) is told


def test_an_error_raised_on_purpose_keeps_its_sentence() -> None:
    with written() as stream:
        logging.getLogger("graph_api.test").error("It ended.", exc_info=EngineError("Mend it."))
    assert entries(stream)[0]["traceback"] == "graph_api.errors.EngineError: Mend it."


def test_what_others_log_goes_through_the_same_formatter_from_warnings_on() -> None:
    with written(level="debug") as stream:
        for name in ("neo4j", "websockets.server", "uvicorn.error", "httpx"):
            logging.getLogger(name).debug("C: RUN {'key': 'geheim'}")
            logging.getLogger(name).info("authorization: geheim")
            logging.getLogger(name).warning("Something is odd.")
    assert [(each["logger"], each["event"]) for each in entries(stream)] == [
        ("neo4j", "Something is odd."),
        ("websockets.server", "Something is odd."),
        ("uvicorn.error", "Something is odd."),
        ("httpx", "Something is odd."),
    ]


def test_a_task_that_nobody_waited_for_is_told_without_the_words_of_its_exception() -> None:
    with written() as stream:
        fault = ValueError("geheim")
        logging.getLogger("asyncio").error("Task exception was never retrieved\nfuture: %r", fault, exc_info=fault)
    (entry,) = entries(stream)
    assert entry["event"] == "Task exception was never retrieved"
    assert "geheim" not in stream.getvalue()


def test_configured_twice_it_writes_each_line_once() -> None:
    with written() as first, written() as second:
        logs.log_operation(finished())
    assert (first.getvalue(), len(entries(second))) == ("", 1)


def test_a_reader_that_has_gone_stops_nobody() -> None:
    with written() as stream:
        stream.close()
        logs.log_operation(finished())
