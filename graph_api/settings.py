"""Settings, read once from the environment; flags of a command override them.

This module imports nothing of the project, so that every layer may read its settings.
"""

from pathlib import Path
from typing import Annotated

from platformdirs import user_cache_path, user_data_path
from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

APPLICATION = "graph-api"


class Settings(BaseSettings):
    """Where Neo4j is, where files live, and where the service listens.

    `neo4j_uri` decides which Neo4j is used: the one it names, or, when it is absent, the embedded engine.
    """

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    neo4j_uri: Annotated[str | None, Field(description="The Neo4j to use; absent: the embedded one.")] = None
    neo4j_user: Annotated[str, Field(description="User name for `neo4j_uri`.")] = "neo4j"
    neo4j_password: Annotated[SecretStr | None, Field(description="Password for `neo4j_uri`.")] = None
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
    body_limit: Annotated[int, Field(gt=0, description="How many bytes the body of a request may have.")] = 1_048_576


def bundled(name: str) -> Path:
    """Return the folder `cypher` or `seed`: inside the package when installed, at the top level in a checkout."""
    package = Path(__file__).parent
    inside = package / "_bundled" / name
    return inside if inside.is_dir() else package.parent / name
