"""Settings, read once: from flags, else the environment, else a file, else the defaults written here.

This module imports nothing of the project, so that every layer may read its settings. The table docs/settings.md is
made of it: the name, the default and the description of each. What is refused here is wrong whatever else is set; how
settings must fit together for others to be let in is `web.safety`'s to say.
"""

import json
import os
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit

from platformdirs import user_cache_path, user_data_path
from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

APPLICATION = "graph-api"
CONFIG = "GRAPH_API_CONFIG"
"""Names the file of settings, where no flag does."""

Algorithm = Literal["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Asymmetric all: with a symmetric one, whoever can check a token can make one."""


class SettingsFileError(ValueError):
    """The file of settings cannot be used; the message is a whole sentence with the mending."""


class Method(StrEnum):
    """A way in which somebody proves who asks."""

    TOKEN = "token"  # noqa: S105 - a name, not a secret
    OIDC = "oidc"


class LogFormat(StrEnum):
    """How the log is written."""

    AUTO = "auto"
    JSON = "json"
    TEXT = "text"


def _listed(text: object) -> object:
    """Read a list as people write it in the environment: with commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip()) if isinstance(text, str) else text


def _paired(text: object) -> object:
    """Read pairs as people write them in the environment: `editors=EDITOR,board=VIEWER`, or as a JSON object."""
    if not isinstance(text, str):
        return text
    if text.lstrip().startswith("{"):
        try:
            return json.loads(text)
        except ValueError:
            message = "Write it as `editors=EDITOR,board=VIEWER`, or as a JSON object"
            raise ValueError(message) from None  # the reader's own words would quote the value
    pairs = [part.rpartition("=") for part in text.split(",") if part.strip()]
    if not all(value.strip() for value, _, _ in pairs):
        message = "Write it as `editors=EDITOR,board=VIEWER`"
        raise ValueError(message)
    return {value.strip(): role.strip() for value, _, role in pairs}


def _lowered(text: object) -> object:
    return text.strip().lower() if isinstance(text, str) else text


class Limits(BaseModel):
    """How much one request, one operation and one client may have; each is refused by its name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    body: Annotated[
        int, Field(gt=0, description="Bytes of a request's body or address, and of a WebSocket message.")
    ] = 1_048_576
    nesting: Annotated[int, Field(gt=0, description="How deep the JSON of a request, or a value, may nest.")] = 64
    tokens: Annotated[int, Field(gt=0, description="Tokens of a document.")] = 5_000
    depth: Annotated[int, Field(gt=0, description="How deep selections may nest.")] = 50
    fields: Annotated[int, Field(gt=0, description="Fields of an operation, its fragments spread.")] = 5_000
    root_fields: Annotated[int, Field(gt=0, description="Root fields of an operation.")] = 20
    aliases: Annotated[int, Field(gt=0, description="Aliases of an operation, its fragments spread.")] = 200
    directives: Annotated[int, Field(gt=0, description="Directives of an operation, its fragments spread.")] = 200
    fragments: Annotated[int, Field(gt=0, description="Fragments that a document defines.")] = 100
    links: Annotated[int, Field(gt=0, description="Links that an operation selects.")] = 40
    link_depth: Annotated[int, Field(gt=0, description="How many links may follow one another.")] = 10
    list_length: Annotated[int, Field(gt=0, description="Elements of one list, written or in a variable.")] = 5_000
    values: Annotated[int, Field(gt=0, description="Values in all variables together.")] = 50_000
    page: Annotated[int, Field(gt=0, le=200, description="Elements of one page.")] = 200
    cost: Annotated[
        int, Field(gt=0, description="What an operation may cost: the entities that it is expected to read.")
    ] = 100_000
    seconds: Annotated[
        float, Field(gt=0, le=3_600, description="Seconds for one operation; Neo4j stops then, too.")
    ] = 30
    heavy_cost: Annotated[int, Field(gt=0, description="From which cost an operation is heavy.")] = 1_000
    heavy: Annotated[int, Field(gt=0, description="How many heavy operations are answered at once.")] = 1
    waiting: Annotated[int, Field(ge=0, description="How many heavy operations may wait for their turn.")] = 32
    requests: Annotated[
        str, Field(description="Requests of one client, as `100/second` or `6000/minute`; `off`: as many as it likes.")
    ] = "6000/minute"
    connections: Annotated[int, Field(gt=0, description="WebSocket connections of one client.")] = 50
    subscriptions: Annotated[int, Field(gt=0, description="Operations at once over one WebSocket connection.")] = 100

    @field_validator("requests")
    @classmethod
    def _rate(cls, text: str) -> str:
        if not re.fullmatch(r"off|[1-9][0-9]{0,8}/(second|minute|hour|day)", text):
            message = "Write it as `100/second`, `6000/minute`, or `off`"
            raise ValueError(message)
        return text


class Oidc(BaseModel):
    """Which tokens of an OpenID Connect provider are believed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    issuer: Annotated[str | None, Field(description="The issuer, as its tokens say it in `iss`: an https address.")] = (
        None
    )
    audience: Annotated[str | None, Field(description="What tokens for this service say in `aud`.")] = None
    jwks_url: Annotated[
        str | None, Field(description="Where the issuer's keys are; absent: where its discovery document says.")
    ] = None
    algorithms: Annotated[
        tuple[Algorithm, ...],
        NoDecode,
        Field(min_length=1, description="Algorithms that are believed; never a symmetric one, never `none`."),
    ] = ("RS256", "ES256")
    leeway: Annotated[int, Field(ge=0, le=300, description="Seconds by which clocks may differ.")] = 30
    role_claim: Annotated[str, Field(description="The claim that holds roles; a dot leads into an object.")] = "roles"
    roles: Annotated[
        dict[str, str],
        NoDecode,
        Field(
            description="Which value of the claim is which role, as `editors=EDITOR,board=VIEWER`; "
            "absent: VIEWER, EDITOR and ADMIN, in any case."
        ),
    ] = Field(default_factory=dict)
    actor_claim: Annotated[str, Field(description="The claim that the history names people by.")] = "sub"

    _lists = field_validator("algorithms", mode="before")(_listed)
    _pairs = field_validator("roles", mode="before")(_paired)


class Settings(BaseSettings):
    """Where Neo4j is, where files live, where the service listens, whom it believes and how much it gives.

    `neo4j_uri` decides which Neo4j is used: the one it names, or, when it is absent, the embedded engine.
    """

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        validate_by_name=True,
        validate_by_alias=True,
        env_ignore_empty=True,
        env_nested_delimiter="_",
        env_nested_max_split=1,
    )

    neo4j_uri: Annotated[str | None, Field(description="The Neo4j to use; absent: the embedded one.")] = None
    neo4j_user: Annotated[str, Field(description="User name for `NEO4J_URI`.")] = "neo4j"
    neo4j_password: Annotated[SecretStr | None, Field(description="Password for `NEO4J_URI`.")] = None
    neo4j_password_file: Annotated[Path | None, Field(description="A file that holds the password instead.")] = None
    neo4j_database: Annotated[str, Field(description="The database to use.")] = "neo4j"

    data_dir: Annotated[
        Path,
        Field(
            description="Where the embedded engine keeps the graph.",
            json_schema_extra={"default": "a folder of the user's data"},
        ),
    ] = user_data_path(APPLICATION, appauthor=False)
    cache_dir: Annotated[
        Path,
        Field(
            description="Where the embedded engine's programs are kept once fetched.",
            validation_alias="graph_api_cache_dir",
            json_schema_extra={"default": "a folder of the user's caches"},
        ),
    ] = user_cache_path(APPLICATION, appauthor=False)
    engine_heap: Annotated[str, Field(description="Heap of the embedded engine, as `512m` or `2g`.")] = "1g"
    engine_page_cache: Annotated[str, Field(description="Page cache of the embedded engine, as `256m` or `1g`.")] = (
        "256m"
    )
    engine_port: Annotated[
        int, Field(ge=0, le=65535, description="Bolt port of the embedded engine; 0: a free one.")
    ] = 0

    host: Annotated[str, Field(description="Address to listen on; without authentication only a loopback one.")] = (
        "127.0.0.1"
    )
    port: Annotated[int, Field(ge=0, le=65535, description="Port to listen on; 0: a free one.")] = 8000
    allowed_hosts: Annotated[
        tuple[str, ...],
        NoDecode,
        Field(description="Names, beside its address, by which it is called; only with authentication."),
    ] = ()
    allowed_origins: Annotated[
        tuple[str, ...],
        NoDecode,
        Field(description="Origins, as `https://tool.example`, whose pages may ask; its own may always."),
    ] = ()
    trusted_proxies: Annotated[
        tuple[str, ...],
        NoDecode,
        Field(
            description="Addresses or networks of proxies, whose X-Forwarded-For and -Proto are believed; only with "
            "authentication."
        ),
    ] = ()
    tls_certificate: Annotated[Path | None, Field(description="The file of the certificate chain, PEM.")] = None
    tls_key: Annotated[Path | None, Field(description="The file of its key, PEM.")] = None

    authentication: Annotated[
        frozenset[Method],
        NoDecode,
        Field(description="How callers prove who they are: `token`, `oidc` or both; absent: they need not."),
    ] = frozenset()
    oidc: Annotated[Oidc, NoDecode] = Oidc()

    introspection: Annotated[bool, Field(description="Whether the schema may be asked for.")] = True
    graphiql: Annotated[bool, Field(description="Whether browsers get a page to ask questions in.")] = True
    suggestions: Annotated[bool, Field(description="Whether errors suggest names that were meant.")] = True
    limit: Annotated[Limits, NoDecode] = Limits()

    log_level: Annotated[
        Literal["debug", "info", "warning", "error"], Field(description="From which level on the log is written.")
    ] = "info"
    log_format: Annotated[LogFormat, Field(description="`json`, `text`, or `auto`: text on a terminal, else JSON.")] = (
        LogFormat.AUTO
    )
    metrics: Annotated[bool, Field(description="Whether `/metrics` is served.")] = True

    _lists = field_validator("allowed_hosts", "allowed_origins", "trusted_proxies", "authentication", mode="before")(
        _listed
    )
    _words = field_validator("log_level", "log_format", mode="before")(_lowered)

    @field_validator("neo4j_uri")
    @classmethod
    def _without_credentials(cls, uri: str | None) -> str | None:
        """Refuse what would be shown wherever the address is shown."""
        if uri and "@" in urlsplit(uri).netloc:
            message = "Leave user and password out of it, and give them as NEO4J_USER and NEO4J_PASSWORD_FILE"
            raise ValueError(message)
        return uri

    @field_validator("engine_heap", "engine_page_cache")
    @classmethod
    def _size(cls, text: str) -> str:
        if not re.fullmatch(r"[1-9][0-9]*[kmgKMG]", text):
            message = "Write it as `512m` or `2g`"
            raise ValueError(message)
        return text

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is pydantic's
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Say where settings come from, the strongest first. Raises SettingsFileError."""
        return init_settings, env_settings, InitSettingsSource(settings_cls, from_file())


def declared() -> Iterator[tuple[tuple[str, ...], FieldInfo]]:
    """Yield every single setting: the path to it in the file, such as `("limit", "tokens")`, and its declaration."""
    for name, field in Settings.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from (((name, inner), declaration) for inner, declaration in field.annotation.model_fields.items())
        else:
            yield (name,), field


def variable(path: tuple[str, ...]) -> str:
    """Name a setting as people write it in the environment, in `--set` and in conversation: `LIMIT_TOKENS`."""
    field = Settings.model_fields[path[0]]
    return (field.validation_alias if isinstance(field.validation_alias, str) else "_".join(path)).upper()


def from_file() -> dict[str, Any]:
    """Read the file that GRAPH_API_CONFIG names, where it does; raises SettingsFileError where it cannot be used."""
    name = os.environ.get(CONFIG)
    if not name:
        return {}
    path = Path(name)
    try:
        with path.open("rb") as file:
            content = tomllib.load(file)
            mode = os.fstat(file.fileno()).st_mode
    except OSError as error:
        message = (
            f"The file of settings {path} ({CONFIG}) cannot be read: {error.strerror}. Correct its name or rights."
        )
        raise SettingsFileError(message) from error
    except ValueError as error:  # no TOML, or no UTF-8
        where = f" {error}." if isinstance(error, tomllib.TOMLDecodeError) else ""
        message = f"The file of settings {path} ({CONFIG}) is not TOML.{where} docs/settings.md shows how to write it."
        raise SettingsFileError(message) from None  # what is quoted of it may be a secret
    for name, hint in _unknown(content):
        message = f"The file of settings {path} has no use for `{name}`.{hint}"
        raise SettingsFileError(message)
    if sys.platform != "win32" and mode & 0o007 and any(name in content for name in SECRETS):
        message = (
            f"The file of settings {path} holds a password, and others on this machine may read it; "
            f"take that from them: chmod o= {path}"
        )
        raise SettingsFileError(message)
    return content


def _unknown(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what a file has that is no setting, each with the sentence that says what may be meant."""
    known = {each for each, _ in declared()}
    tables = {each[0]: f"[{each[0]}]" for each in known if len(each) > 1}
    for name, value in content.items():
        if name in tables:
            inside = value if isinstance(value, Mapping) else ()
            yield from (
                (place((name, each)), suggestion(f"{name}_{each}")) for each in inside if (name, each) not in known
            )
        elif (name,) not in known and isinstance(value, Mapping):
            yield f"[{name}]", _meant(name, tables) or suggestion(name)
        elif (name,) not in known:
            yield name, suggestion(name)


def place(path: tuple[str, ...]) -> str:
    """Name a setting as the file has it: `[limit] tokens`."""
    return f"[{path[0]}] {path[1]}" if len(path) > 1 else path[0]


def suggestion(name: str, written: Callable[[tuple[str, ...]], str] = place) -> str:
    """Return a sentence, after a space, that says which setting a wrong name means, or nothing where none is near."""
    return _meant(name, {variable(path).lower(): written(path) for path, _ in declared()})


def _meant(name: str, known: Mapping[str, str]) -> str:
    close = get_close_matches(name.lower(), known, n=1)
    return f" Did you mean `{known[close[0]]}`?" if close else ""


SECRETS = frozenset(path[0] for path, field in declared() if SecretStr in get_args(field.annotation))
"""The settings that are shown to nobody; all stand at the top level."""


def bundled(name: str) -> Path:
    """Return the folder `cypher` or `seed`: inside the package when installed, at the top level in a checkout."""
    package = Path(__file__).parent
    inside = package / "_bundled" / name
    return inside if inside.is_dir() else package.parent / name
