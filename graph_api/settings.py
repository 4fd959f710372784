"""Settings, read once: from flags, else the environment, else a file, else the defaults written here.

This module imports nothing of the project, so that every layer may read its settings. The table of docs/running.md is
made of it: the name, the default and the description of each.
"""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_cache_path, user_data_path
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, SecretStr, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

APPLICATION = "graph-api"
CONFIG = "GRAPH_API_CONFIG"
"""Names the file of settings, where no flag does."""


class Method(StrEnum):
    """A way in which somebody proves who asks."""

    TOKEN = "token"  # noqa: S105 - a name, not a secret
    OIDC = "oidc"


class LogFormat(StrEnum):
    """How the log is written."""

    AUTO = "auto"
    JSON = "json"
    TEXT = "text"


class Limits(BaseModel):
    """How much one request, one operation and one client may have; each is refused by its name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    body: Annotated[int, Field(gt=0, description="Bytes of a request's body, and of a message over WebSocket.")] = (
        1_048_576
    )
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
    page: Annotated[int, Field(gt=0, le=1_000, description="Elements of one page.")] = 200
    cost: Annotated[
        int, Field(gt=0, description="What an operation may cost: the entities that it is expected to read.")
    ] = 100_000
    seconds: Annotated[float, Field(gt=0, description="Seconds for one operation; Neo4j stops then, too.")] = 30
    heavy_cost: Annotated[int, Field(gt=0, description="From which cost an operation is heavy.")] = 2_000
    heavy: Annotated[int, Field(gt=0, description="How many heavy operations are answered at once.")] = 1
    waiting: Annotated[int, Field(ge=0, description="How many heavy operations may wait for their turn.")] = 32
    requests: Annotated[
        str, Field(description="Requests of one client, as `100/second` or `6000/minute`; `off`: as many as it likes.")
    ] = "6000/minute"
    connections: Annotated[int, Field(gt=0, description="WebSocket connections of one client.")] = 50
    subscriptions: Annotated[int, Field(gt=0, description="Operations at once over one WebSocket connection.")] = 100


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
        tuple[str, ...], Field(description="Algorithms that are believed; never a symmetric one, never `none`.")
    ] = ("RS256", "ES256")
    leeway: Annotated[float, Field(ge=0, le=300, description="Seconds by which clocks may differ.")] = 30
    role_claim: Annotated[str, Field(description="The claim that holds roles; a dot leads into an object.")] = "roles"
    roles: Annotated[
        dict[str, str],
        Field(description="Which value of the claim is which role; absent: VIEWER, EDITOR and ADMIN, in any case."),
    ] = Field(default_factory=dict)
    actor_claim: Annotated[str, Field(description="The claim that the history names people by.")] = "sub"


def _listed(text: object) -> object:
    """Read a list as people write it in the environment: with commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip()) if isinstance(text, str) else text


class Settings(BaseSettings):
    """Where Neo4j is, where files live, where the service listens, whom it believes and how much it gives.

    `neo4j_uri` decides which Neo4j is used: the one it names, or, when it is absent, the embedded engine.
    """

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", env_ignore_empty=True, env_nested_delimiter="_", env_nested_max_split=1
    )

    neo4j_uri: Annotated[str | None, Field(description="The Neo4j to use; absent: the embedded one.")] = None
    neo4j_user: Annotated[str, Field(description="User name for `NEO4J_URI`.")] = "neo4j"
    neo4j_password: Annotated[SecretStr | None, Field(description="Password for `NEO4J_URI`.")] = None
    neo4j_password_file: Annotated[Path | None, Field(description="A file that holds the password instead.")] = None
    neo4j_database: Annotated[str, Field(description="The database to use.")] = "neo4j"

    data_dir: Annotated[
        Path, Field(description="Where the embedded engine keeps the graph.", validation_alias=AliasChoices("data_dir"))
    ] = user_data_path(APPLICATION, appauthor=False)
    cache_dir: Annotated[
        Path,
        Field(
            description="Where the embedded engine's programs are kept once fetched.",
            validation_alias=AliasChoices("cache_dir", "graph_api_cache_dir"),
        ),
    ] = user_cache_path(APPLICATION, appauthor=False)
    engine_heap: Annotated[str, Field(description="Heap of the embedded engine, as `512m` or `2g`.")] = "512m"
    engine_page_cache: Annotated[str, Field(description="Page cache of the embedded engine.")] = "256m"
    engine_port: Annotated[
        int, Field(ge=0, le=65535, description="Bolt port of the embedded engine; 0: a free one.")
    ] = 0

    host: Annotated[str, Field(description="Address to listen on; without authentication only a loopback one.")] = (
        "127.0.0.1"
    )
    port: Annotated[int, Field(ge=0, le=65535, description="Port to listen on; 0: a free one.")] = 8000
    allowed_hosts: Annotated[
        tuple[str, ...], NoDecode, Field(description="Names, beside its address, by which the service is called.")
    ] = ()
    allowed_origins: Annotated[
        tuple[str, ...],
        NoDecode,
        Field(description="Origins, as `https://tool.example`, whose pages may ask; its own may always."),
    ] = ()
    trusted_proxies: Annotated[
        tuple[str, ...],
        NoDecode,
        Field(description="Addresses or networks of proxies, whose X-Forwarded-For and -Proto are believed."),
    ] = ()
    tls_certificate: Annotated[Path | None, Field(description="The file of the certificate chain, PEM.")] = None
    tls_key: Annotated[Path | None, Field(description="The file of its key, PEM.")] = None

    authentication: Annotated[
        frozenset[Method],
        NoDecode,
        Field(description="How callers prove who they are: `token`, `oidc` or both; absent: they need not."),
    ] = frozenset()
    oidc: Oidc = Oidc()

    introspection: Annotated[bool, Field(description="Whether the schema may be asked for.")] = True
    graphiql: Annotated[bool, Field(description="Whether browsers get a page to ask questions in.")] = True
    suggestions: Annotated[bool, Field(description="Whether errors suggest names that were meant.")] = True
    limit: Limits = Limits()

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

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the signature is pydantic's
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Say where settings come from, the strongest first."""
        file = TomlConfigSettingsSource(settings_cls, toml_file=os.environ.get(CONFIG))
        return init_settings, env_settings, file


def bundled(name: str) -> Path:
    """Return the folder `cypher` or `seed`: inside the package when installed, at the top level in a checkout."""
    package = Path(__file__).parent
    inside = package / "_bundled" / name
    return inside if inside.is_dir() else package.parent / name
