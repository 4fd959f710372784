"""The files of GraphiQL, and how long a browser may keep them."""

import re
from os import PathLike, stat_result
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

ASSETS = Path(__file__).parent / "assets"
GRAPHIQL_PAGE = ASSETS / "graphiql" / "index.html"

# What a bundler names by a hash of its content can never change under that name.
_NAMED_BY_CONTENT = re.compile(r"-[\w-]{8}\.\w+$")
_FOR_EVER = "public, max-age=31536000, immutable"

# Stated here because Python asks the machine, and machines differ: some call scripts text/plain, few know WOFF2.
_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}


class Assets(StaticFiles):
    """Serves the bundled files: for ever where the name tells the content, else to be asked for anew."""

    def __init__(self) -> None:
        super().__init__(directory=ASSETS)

    def file_response(
        self, full_path: str | PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Return a file with its media type and the time it may be kept."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        path = Path(full_path)
        response.headers["cache-control"] = _FOR_EVER if _NAMED_BY_CONTENT.search(path.name) else "no-cache"
        if "content-type" in response.headers and path.suffix in _MEDIA_TYPES:
            response.headers["content-type"] = _MEDIA_TYPES[path.suffix]
        return response
