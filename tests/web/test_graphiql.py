"""GraphiQL in a real browser: it must work from this server alone, under the Content-Security-Policy that it sends."""

import contextlib
import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

import pytest
from playwright.async_api import Browser, Locator, Page, expect
from sample import running

from tests.browser import chromium


@dataclass
class Watched:
    """A page with all that it complained of and asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    @property
    def editor(self) -> Locator:
        return self.page.locator(".graphiql-query-editor .view-lines")

    @property
    def answer(self) -> Locator:
        return self.page.locator(".result-window .view-lines")

    async def write(self, query: str) -> None:
        await self.editor.click()
        await self.page.keyboard.press("Control+A")
        await self.page.keyboard.press("Delete")  # A bracket typed over a selection would surround it.
        await self.page.keyboard.type(query)


@contextlib.asynccontextmanager
async def graphiql(browser: Browser, address: str, *expected: str) -> AsyncIterator[Watched]:
    """Yield GraphiQL, ready for use; nothing else may go wrong than what is `expected`, nothing be asked elsewhere."""
    context = await browser.new_context(viewport={"width": 1280, "height": 800})
    watched = Watched(await context.new_page())
    page = watched.page
    page.on("console", lambda said: watched.complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    page.on("requestfailed", lambda request: watched.complaints.append(f"{request.url} failed: {request.failure}"))
    context.on("request", lambda request: watched.requests.append(request.url))
    await page.add_init_script(
        "addEventListener('securitypolicyviolation',"
        " violation => console.error('CSP', violation.violatedDirective, violation.blockedURI))"
    )
    await page.goto(address)
    await expect(watched.editor).to_be_visible(timeout=20_000)
    yield watched
    assert [each for each in watched.complaints if each not in expected] == []
    origin = address.partition("graphql")[0]
    assert [url for url in watched.requests if not url.startswith(origin)] == []
    await context.close()


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running() as server:
        yield server.wait_for("listening ") + "/graphql"


async def test_the_query_that_is_there_runs_as_it_is(browser: Browser, address: str) -> None:
    async with graphiql(browser, address) as shown:
        await expect(shown.editor).to_contain_text("Who acts on this opportunity")
        await shown.page.get_by_role("button", name="Execute query").click()
        await expect(shown.answer).to_contain_text("Customer Service")
        await expect(shown.answer).to_contain_text("ACCOUNTABLE")
        if path := os.environ.get("GRAPHIQL_SCREENSHOT"):
            await shown.page.screenshot(path=path)


async def test_a_query_that_is_typed_runs(browser: Browser, address: str) -> None:
    async with graphiql(browser, address) as shown:
        await shown.write("{ context }")
        await shown.page.keyboard.press("Control+Enter")
        await expect(shown.answer).to_contain_text("hello")


async def test_the_schema_completes_what_is_typed_and_marks_what_is_wrong(browser: Browser, address: str) -> None:
    async with graphiql(browser, address) as shown:
        await shown.write("{ oppo")
        await shown.page.keyboard.press("Control+Space")
        await expect(shown.page.locator(".suggest-widget")).to_contain_text("opportunity")
        await shown.page.keyboard.press("Escape")
        await shown.write("{ nonsense }")
        await expect(shown.page.locator(".squiggly-error").first).to_be_visible()


async def test_the_schema_can_be_read(browser: Browser, address: str) -> None:
    async with graphiql(browser, address) as shown:
        await shown.page.get_by_role("button", name="Show Documentation Explorer").click()
        await shown.page.locator(".graphiql-doc-explorer").get_by_role("link", name="Query").click()
        await expect(shown.page.locator(".graphiql-doc-explorer")).to_contain_text("opportunity(")


async def test_a_link_brings_its_query_and_variables(browser: Browser, address: str) -> None:
    link = {"query": "query ($text: String!) { echo(text: $text) }", "variables": '{"text": "by link"}'}
    async with graphiql(browser, f"{address}?{urlencode(link)}") as shown:
        await shown.page.get_by_role("button", name="Execute query").click()
        await expect(shown.answer).to_contain_text('"echo": "by link"')


async def test_where_tokens_are_needed_the_page_says_so_and_takes_one(browser: Browser) -> None:
    refused = "Failed to load resource: the server responded with a status of 401 (Unauthorized)"
    with running(TOKEN="good") as server:  # noqa: S106 - one that opens nothing else
        address = server.wait_for("listening ") + "/graphql"
        async with graphiql(browser, address, refused) as shown:
            await expect(shown.answer).to_contain_text("Send a token: `Authorization: Bearer …`.")
            if path := os.environ.get("GRAPHIQL_SCREENSHOT"):
                await shown.page.screenshot(path=path.replace(".png", "-refused.png"))
            await shown.page.get_by_role("button", name="Headers").click()
            await shown.page.locator(".graphiql-editor-tool .view-lines:visible").click()
            await shown.page.keyboard.insert_text('{"Authorization": "Bearer good"}')
            await shown.write("{ context }")
            await shown.page.keyboard.press("Control+Enter")
            await expect(shown.answer).to_contain_text("hello token:ann")
            await shown.page.get_by_role("button", name="Re-fetch GraphQL schema").click()
            await shown.page.get_by_role("button", name="Show Documentation Explorer").click()
            await expect(shown.page.locator(".graphiql-doc-explorer")).to_contain_text("Query")
            if path:
                await shown.page.screenshot(path=path.replace(".png", "-token.png"))


async def test_the_watch_sees_what_a_page_may_not_do(browser: Browser, address: str) -> None:
    async with graphiql(browser, address) as shown:
        async with shown.page.expect_console_message(lambda said: "CSP connect-src" in said.text):
            await shown.page.evaluate(
                "document.head.append(Object.assign(document.createElement('script'), {text: '1'}));"
                "fetch('http://elsewhere.example').catch(() => null)"
            )
        seen = [complaint for complaint in shown.complaints if complaint.startswith("CSP ")]
        shown.complaints.clear()
    assert seen == ["CSP script-src-elem inline", "CSP connect-src http://elsewhere.example/"]


async def test_a_machine_without_chromium_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(pytest.fail.Exception, match=r"No Chromium found as chromium, .* Install one, for"):
        async with chromium():
            pass
