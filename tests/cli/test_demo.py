import signal
import time

import httpx
import pytest

from tests.cli.commands import Commands

QUESTION = """\

Which departments act on opportunity R2, and by which path?

Opportunity R2 Make saving results visible and offer e-mail
└── addressed by → Initiative A2 Improve the save button and add e-mail
    └── owned by → Department discover-your-benefits-team Discover Your Benefits team (inferred)

Ready. Ask your own questions at {address}/graphql; end with Ctrl-C.
"""
CREATED = """\
Serving at {address}/graphql
demo: 8 goals, 5 principles, 14 kpis, 383 measurements, 3 segments, 12 accounts, 8 triggers, 6 personas, 18 needs, \
6 journeys, 27 stages, 58 steps, 60 touchpoints, 9 channels, 45 insights, 56 evidence, 6 studies, 8 hypotheses, \
25 opportunities, 8 propositions, 10 promises, 16 initiatives, 10 enablers, 9 departments, 3 partners, \
15 stakeholders, 15 decisions, 2 waivers created. 1960 links made.
learn-to-drive: 1 journey, 7 stages, 22 touchpoints, 2 departments created. 36 links made.
veteran-transition: 3 kpis, 3 personas, 1 journey, 5 stages, 16 insights, 16 evidence, 1 study, 4 hypotheses, \
9 opportunities, 9 initiatives, 3 departments created. 113 links made.
"""
IN_USE = "Port {port} on 127.0.0.1 is in use. Choose another, for example PORT={another}, or PORT=0 for a free one.\n"
REACHABLE = (
    "The host '0.0.0.0' can be reached from other machines, and callers need not prove who they are: whoever reaches "
    "it could read and change everything. Use HOST=127.0.0.1, or set AUTHENTICATION=token and make tokens with "
    "`graph-api token create`. The host '0.0.0.0' can be reached from other machines, and tokens would travel there in "
    "clear text. Name a certificate by TLS_CERTIFICATE and TLS_KEY, or the proxy that has one by TRUSTED_PROXIES.\n"
)
UNCHANGED = """\
Serving at {address}/graphql
demo: Nothing changed: 845 items and 1960 links were already there.
learn-to-drive: Nothing changed: 32 items and 36 links were already there.
veteran-transition: Nothing changed: 70 items and 113 links were already there.
"""


@pytest.mark.usefixtures("graph")
def test_the_demo_fills_the_graph_and_answers_its_question(commands: Commands) -> None:
    with commands.serving("demo", PORT="0", LOG_LEVEL="warning") as service:
        address = service.wait_for("Serving at ").removesuffix("/graphql")
        not_yet = httpx.get(f"{address}/readyz")
        assert (not_yet.status_code, not_yet.json()["ok"]) == (503, False)
        service.wait_for("Ready.")
        assert seconds_until_ready(address) < 5
        query = '{ opportunity(key: "R2") { departments { nodes { name } } } }'
        answer = httpx.post(f"{address}/graphql", json={"query": query}).json()
        assert answer == {
            "data": {"opportunity": {"departments": {"nodes": [{"name": "Discover Your Benefits team"}]}}}
        }
        took = service.end(signal.SIGTERM)
        assert (service.process.returncode, service.said) == (0, (CREATED + QUESTION).format(address=address))
        # The Neo4j of the tests is not its own, so there is none to wait for.
        assert took < 5

    # What `--set` says counts for the demo's own question too.
    chosen = ["--port", "0", "--set", "LIMIT_TOKENS=5000"]
    with commands.serving("demo", *chosen, LOG_LEVEL="warning", LIMIT_TOKENS="1") as service:
        address = service.wait_for("Serving at ").removesuffix("/graphql")
        service.wait_for("Ready.")
        service.end(signal.SIGINT)
        assert (service.process.returncode, service.said) == (0, (UNCHANGED + QUESTION).format(address=address))


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_a_port_that_is_taken_is_told_before_anything_is_opened(commands: Commands, command: str) -> None:
    with commands.serving("serve", PORT="0") as service:
        port = service.wait_for("Serving at http://127.0.0.1:").removesuffix("/graphql")
        assert commands.run(command, PORT=port, NEO4J_URI="bolt://127.0.0.1:1") == (
            1,
            "",
            IN_USE.format(port=port, another=int(port) + 1),
        )


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_an_address_that_others_can_reach_is_refused(commands: Commands, command: str) -> None:
    assert commands.run(command, HOST="0.0.0.0", NEO4J_URI="bolt://127.0.0.1:1") == (  # noqa: S104 refused is what it is
        1,
        "",
        REACHABLE,
    )


def test_a_port_that_is_none_is_refused(commands: Commands) -> None:
    ran = commands.run("demo", PORT="70000")
    assert ran == (1, "", "PORT cannot be used. Input should be less than or equal to 65535.\n")


def seconds_until_ready(address: str) -> float:
    started = time.monotonic()
    while httpx.get(f"{address}/readyz").status_code != httpx.codes.OK:
        assert time.monotonic() - started < 60
        time.sleep(0.02)
    return time.monotonic() - started
