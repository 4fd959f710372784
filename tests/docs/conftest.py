import pytest

from graph_api.store.endpoint import Endpoint
from tests.cli.commands import Commands


@pytest.fixture(scope="session")
def commands(endpoint: Endpoint) -> Commands:
    return Commands(endpoint)
