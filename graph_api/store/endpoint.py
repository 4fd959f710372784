"""Where the Neo4j in use is and how to log in to it: the one thing in which the three ways to have a Neo4j differ."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from pydantic import SecretStr

from graph_api.errors import EngineError, UserInputError
from graph_api.settings import Settings


class Embedded(Protocol):
    """The embedded engine behind an endpoint."""

    def failure(self) -> EngineError | None:
        """Say that the engine has ended for good; None as long as it runs or is being started again. Quick."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A Neo4j database and the credentials for it. Printing it shows no secret.

    `engine` is the embedded engine that answers there, None where the user brings a Neo4j.
    """

    uri: str
    user: str
    password: SecretStr
    database: str
    engine: Embedded | None = field(default=None, compare=False, repr=False)


@contextmanager
def open_endpoint(settings: Settings, report: Callable[[str], None]) -> Iterator[Endpoint]:
    """Yield the Neo4j that the settings choose: the one that `neo4j_uri` names, otherwise the embedded one.

    An embedded engine that is started here ends with this context; one that is running already is joined and left.
    `report` is called with short sentences for people.
    """
    if settings.neo4j_uri:
        yield Endpoint(settings.neo4j_uri, settings.neo4j_user, _password(settings), settings.neo4j_database)
        return
    # Imported late: whoever brings a Neo4j needs neither Java nor what fetches it.
    from graph_api.store.engine import running  # noqa: PLC0415

    with running(settings, report) as session:
        yield session.endpoint


def _password(settings: Settings) -> SecretStr:
    if settings.neo4j_password is not None:
        return settings.neo4j_password
    if settings.neo4j_password_file is None:
        message = "NEO4J_URI is set, but no password for it; set NEO4J_PASSWORD or NEO4J_PASSWORD_FILE."
        raise UserInputError(message)
    try:
        return SecretStr(settings.neo4j_password_file.read_text(encoding="utf-8").strip())
    except (OSError, UnicodeDecodeError) as error:
        message = f"The password file {settings.neo4j_password_file} (NEO4J_PASSWORD_FILE) cannot be read."
        raise UserInputError(message) from error
