"""Files that are written whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from graph_api.errors import UserInputError


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Yield a file beside the one that is meant, and put it in its place when all is written.

    Raises `UserInputError` where nothing can be written there, before anything is.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("w+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except OSError as error:
        message = f"{path} cannot be written ({error.strerror}); name another file."
        raise UserInputError(message) from error
    finally:
        part.unlink(missing_ok=True)
