"""The text of an API token: `gapi_<id>_<secret>`, made here and read here.

Stored is SHA-256 of the whole text and nothing slower: a slow hash makes guesses dear where people choose what is
hashed. Here 256 random bits are; whoever could try a billion times a billion of them a second would still be at it when
the sun has gone out, and every request would pay for the slowness.

The prefix and the fixed shape let scanners find a token that was published by mistake:
`gapi_[0-9a-f]{16}_[0-9A-Za-z]{43}`.
"""

import re
import secrets
import string
from dataclasses import dataclass
from hashlib import sha256

PREFIX = "gapi_"

_DIGITS = string.digits + string.ascii_letters
_LENGTH = 43  # characters of 62 kinds, log2(62) bits each: 256 bits
_TEXT = re.compile(rf"{PREFIX}([0-9a-f]{{16}})_[0-9A-Za-z]{{{_LENGTH}}}")


@dataclass(frozen=True, slots=True)
class Credential:
    """What is kept of a token's text once it is read: enough to find the token and to know it again."""

    id: str
    hash: str
    """SHA-256 of the text, in hexadecimal digits."""


def mint() -> tuple[str, Credential]:
    """Make up a token: its text, which is told once, and what is kept of it."""
    identity = secrets.token_hex(8)
    text = f"{PREFIX}{identity}_{''.join(secrets.choice(_DIGITS) for _ in range(_LENGTH))}"
    return text, Credential(identity, _hash(text))


def read(text: str) -> Credential | None:
    """Read a token's text; none where it cannot be one."""
    found = _TEXT.fullmatch(text)
    return Credential(found[1], _hash(text)) if found else None


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
