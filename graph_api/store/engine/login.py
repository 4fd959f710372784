"""The first conversation with an engine: it is awake, its password is set, and a query gets its answer."""

import time

import neo4j
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graph_api.errors import EngineError
from graph_api.store.engine.directory import DataDirectory

USER = "neo4j"
DATABASE = "neo4j"
INITIAL_PASSWORD = "neo4j"  # noqa: S105 -- Neo4j's own, valid until the first login only
PAUSE = 0.1  # seconds


def log_in(uri: str, directory: DataDirectory) -> str:
    """Return the engine's version once a query was answered; set the password when this is the engine's first start.

    The password is in its file before it is set, so that an interruption in between leaves nothing locked. It travels
    over the loopback connection only: an administration command would show it in the process list.
    """
    first = not directory.password_file.exists()
    password = directory.password()
    if not first:
        try:
            return answer(uri, password)
        except AuthError:
            pass  # interrupted before it was set, or not this engine's password: the next lines tell
    try:
        with _driver(uri, INITIAL_PASSWORD) as driver:
            driver.execute_query(
                "ALTER CURRENT USER SET PASSWORD FROM $initial TO $chosen",
                {"initial": INITIAL_PASSWORD, "chosen": password},
                database_="system",
            )
        return answer(uri, password)
    except AuthError as error:
        raise refused(directory) from error


def refused(directory: DataDirectory) -> EngineError:
    """Say that the kept password is not the engine's."""
    message = (
        f"The embedded Neo4j in {directory.path} does not accept the password in {directory.password_file};"
        " restore that file as it was, or name another data directory by DATA_DIR."
    )
    return EngineError(message)


def answer(uri: str, password: str, patience: float = 30.0) -> str:
    """Return the version of the engine that answers a query; wait while its database comes up."""
    deadline = time.monotonic() + patience
    with _driver(uri, password) as driver:
        while True:
            try:
                driver.execute_query("RETURN 1", database_=DATABASE)
                return driver.get_server_info().agent.partition("/")[2]
            except (Neo4jError, DriverError) as error:
                if not error.is_retryable() or time.monotonic() > deadline:
                    raise
                time.sleep(PAUSE)


def _driver(uri: str, password: str) -> neo4j.Driver:
    return neo4j.GraphDatabase.driver(
        uri,
        auth=(USER, password),
        connection_timeout=2,
        connection_acquisition_timeout=5,
        max_transaction_retry_time=5,
        telemetry_disabled=True,
    )
