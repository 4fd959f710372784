"""The keys of an issuer: fetched when they are needed, kept while it is away, and seldom asked for in vain."""

import asyncio

import pytest

from graph_api.errors import ServiceUnavailableError
from graph_api.model.roles import Role
from graph_api.settings import Oidc
from graph_api.web.access.identity import Identity
from graph_api.web.access.keys import FRESH, PAUSE, IssuerKeys
from tests.believing import AUDIENCE, NOW, believing, claims, refused
from tests.issuer import DISCOVERY, KEYS, Clock, Issuer, rsa


async def test_a_new_key_is_fetched_when_a_token_names_it(issuer: Issuer, clock: Clock) -> None:
    tokens = believing(issuer, clock)
    old = issuer.token(claims(issuer))
    await tokens.identify(old)
    issuer.keys.append(rsa("second"))
    clock.advance(PAUSE)
    new = issuer.token(claims(issuer), key=issuer.keys[1])
    assert (await tokens.identify(new)).actor == "ada"
    await tokens.identify(old)
    assert issuer.asked == [DISCOVERY, KEYS] * 2


async def test_ids_that_nobody_knows_let_the_issuer_be_asked_once_in_half_a_minute(
    issuer: Issuer, clock: Clock
) -> None:
    tokens = believing(issuer, clock)
    for _ in range(3):
        texts = [issuer.token(claims(issuer), kid=f"{number}") for number in range(20)]
        await asyncio.gather(*(refused(tokens, text) for text in texts))
        clock.advance(PAUSE)
    assert issuer.asked == [DISCOVERY, KEYS] * 3


async def test_many_at_once_share_one_fetch_and_who_goes_away_takes_it_from_nobody(
    issuer: Issuer, clock: Clock
) -> None:
    tokens, text = believing(issuer, clock), issuer.token(claims(issuer))
    waiting = [asyncio.create_task(tokens.identify(text)) for _ in range(50)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    answers = await asyncio.gather(*waiting, return_exceptions=True)
    assert isinstance(answers[0], asyncio.CancelledError)
    assert set(answers[1:]) == {Identity("ada", Role.EDITOR, NOW + 330)}
    assert issuer.asked == [DISCOVERY, KEYS]


async def test_keys_that_are_known_stay_while_the_issuer_is_away(
    issuer: Issuer, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    tokens = believing(issuer, clock)
    await tokens.identify(issuer.token(claims(issuer)))
    issuer.break_off()
    for _ in range(3):
        clock.advance(FRESH)
        await tokens.identify(issuer.token(claims(issuer, exp=clock.time + 300)))
        await _settled(tokens.keys)
    assert [record.levelname for record in caplog.records] == ["WARNING"] * 3
    assert "status 503; the ones known stay" in caplog.text
    issuer.answers, issuer.keys = {}, [rsa("second")]
    clock.advance(PAUSE)
    await tokens.identify(issuer.token(claims(issuer, exp=clock.time + 300)))


async def test_a_withdrawn_key_serves_no_more_once_the_keys_are_fetched_anew(issuer: Issuer, clock: Clock) -> None:
    tokens, old = believing(issuer, clock), issuer.keys[0]
    await tokens.identify(issuer.token(claims(issuer)))
    issuer.keys = [rsa("second")]
    clock.advance(2 * FRESH)
    await refused(tokens, issuer.token(claims(issuer, exp=clock.time + 300), key=old))


async def test_where_no_key_was_ever_had_the_service_says_that_it_cannot_tell(issuer: Issuer, clock: Clock) -> None:
    issuer.break_off()
    tokens, text = believing(issuer, clock), issuer.token(claims(issuer))
    for _ in range(3):
        with pytest.raises(ServiceUnavailableError, match="cannot be asked at the moment"):
            await tokens.identify(text)
    assert issuer.asked == [DISCOVERY]
    issuer.answers = {}
    clock.advance(PAUSE)
    await tokens.identify(text)


@pytest.mark.parametrize(
    ("path", "answer", "why"),
    [
        (KEYS, (302, {"location": "/elsewhere"}, b""), "status 302"),
        (KEYS, (200, {}, b" " * 600_000), "more than 524288 bytes"),
        (KEYS, (200, {"content-encoding": "gzip"}, b"x"), "is encoded"),
        (KEYS, (200, {}, b"<html>"), "is not JSON"),
        (KEYS, (200, {}, b"[" * 100_000), "is not JSON"),
        (KEYS, (200, {}, b"[]"), "is not a JSON object"),
        (KEYS, (200, {}, b'{"keys": 7}'), "no set of keys"),
        (KEYS, (200, {}, b'{"keys": []}'), "no key that could be used"),
        (DISCOVERY, (200, {}, b'{"issuer": "https://evil.example"}'), "names another issuer than OIDC_ISSUER"),
    ],
)
async def test_what_an_issuer_answers_wrongly_is_in_the_log(  # noqa: PLR0913, PLR0917 - the cases and their fixtures
    issuer: Issuer,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
    path: str,
    answer: tuple[int, dict[str, str], bytes],
    why: str,
) -> None:
    issuer.answers[path] = answer
    with pytest.raises(ServiceUnavailableError):
        await believing(issuer, clock).identify(issuer.token(claims(issuer)))
    assert why in caplog.text
    assert "/elsewhere" not in issuer.asked


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/keys", "http://keys.example/", "file:///etc/passwd", "//x", 7, None])
async def test_an_address_of_keys_that_cannot_be_trusted_is_not_asked(
    issuer: Issuer, clock: Clock, caplog: pytest.LogCaptureFixture, url: object
) -> None:
    issuer.document["jwks_uri"] = url
    with pytest.raises(ServiceUnavailableError):
        await believing(issuer, clock).identify(issuer.token(claims(issuer)))
    assert "no address of its keys" in caplog.text


async def test_an_address_of_keys_in_the_settings_needs_no_discovery(issuer: Issuer, clock: Clock) -> None:
    await believing(issuer, clock, jwks_url=issuer.url + KEYS).identify(issuer.token(claims(issuer)))
    assert issuer.asked == [KEYS]


async def test_an_issuer_that_never_ends_its_answer_is_given_up(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph_api.web.access.fetch.SECONDS", 0.3)

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        try:
            while True:
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(0.01)
        except ConnectionError:
            writer.close()

    server = await asyncio.start_server(drip, "127.0.0.1", 0)
    async with server:
        oidc = Oidc(issuer=f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", audience=AUDIENCE)
        with pytest.raises(ServiceUnavailableError):
            await IssuerKeys(oidc, monotonic=clock.now).find("first", "RS256")
        server.close()


async def _settled(keys: IssuerKeys) -> None:
    if keys._refreshing:
        await keys._refreshing
