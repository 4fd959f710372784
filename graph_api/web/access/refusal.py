"""The one sentence for every token that is not believed: it tells nobody which ids exist, nor what was wrong with it.

The log tells that, in words of ours: never with anything that was sent.
"""

import logging
from typing import NoReturn

from graph_api.errors import UnauthenticatedError

REFUSED = "This token is not valid here, or no longer; ask for a new one, or sign in again."

log = logging.getLogger(__name__)


def refuse(reason: str) -> NoReturn:
    """Raise the UnauthenticatedError for a token that is not believed; `reason` goes into the log alone."""
    log.info("A token was refused: %s.", reason)
    raise UnauthenticatedError(REFUSED)
