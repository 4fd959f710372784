"""The server audits of graphql-http, the reference implementation of GraphQL over HTTP: every one of them passes."""

import json

from tests.clients.tools import run

AUDITS = 61
"""How many there are; a new version may have more, which must be looked at."""


def test_every_audit_passes_musts_and_shoulds_and_mays(address: str) -> None:
    audits = json.loads(run("node", "audits.js", address))
    assert [audit for audit in audits if audit["status"] != "ok"] == []
    assert len(audits) == AUDITS
