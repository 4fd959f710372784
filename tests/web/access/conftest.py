"""A provider of tokens and the time, as the tests of OpenID Connect want them."""

from collections.abc import Iterator

import pytest

from tests.believing import NOW
from tests.issuer import Clock, Issuer, issuing


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with issuing() as issuer:
        yield issuer


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)
