"""Search: what is found, in which order and where; and nothing that anybody types does harm."""

import sys
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from graph_api.change.changeset import LinkChange, Ref
from graph_api.errors import UserInputError
from graph_api.questions.search import SearchQuestion, chunks_of
from graph_api.questions.wording.highlight import LENGTH, highlight
from graph_api.questions.wording.words import cut, plain
from tests.questions.asking import Asking, create, delete, update

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
LUCENE = st.lists(
    st.sampled_from([*'+-&|!(){}[]^"~*?:\\/ ', "AND", "OR", "NOT", "name:", "pump", "TO", "a", "服"]), max_size=20
).map("".join)


async def search(asking: Asking, text: str, **arguments: Any) -> list[str]:
    return [f"{hit.kind}/{hit.key}" for hit in (await _hits(asking, text, **arguments))]


async def _hits(asking: Asking, text: str, **arguments: Any) -> Any:
    answer = await asking.ask(SearchQuestion(), {"text": text, **arguments}, selected=frozenset({"highlights"}))
    return answer.items


def marked(hit: Any, field: str) -> str:
    """Write a highlight with brackets around what was found."""
    (found,) = (one for one in hit.highlights if one.field == field)
    return "".join(f"[{part.text}]" if part.matched else part.text for part in found.parts)


async def test_words_are_found_whole_as_beginnings_and_with_typing_errors(asking: Asking) -> None:
    assert (await search(asking, "Pump Watch"))[0] == "Proposition/PR5"
    assert "Proposition/PR5" in await search(asking, "pum wat")
    assert "Touchpoint/technician-chat" in await search(asking, "techncian")
    assert "Touchpoint/technician-chat" in await search(asking, "tecnhician")
    assert await search(asking, "xylophone") == []


async def test_all_words_must_be_found_in_any_of_the_texts(asking: Asking) -> None:
    both = set(await search(asking, "repair pump"))
    assert both == set(await search(asking, "repair")) & set(await search(asking, "pump"))
    assert both


async def test_keys_come_before_other_texts(asking: Asking) -> None:
    assert await search(asking, "R2") == ["Opportunity/R2"]
    assert (await search(asking, "first-time-fix"))[0] == "KPI/first-time-fix"


async def test_kinds_scopes_and_tags_narrow_it(asking: Asking) -> None:
    everywhere = await search(asking, "invoice")
    steps = await search(asking, "invoice", kinds=["Step", "Need"])
    assert steps == [found for found in everywhere if found.startswith(("Step/", "Need/"))]
    finance = await search(asking, "invoice", scope={"departments": ["finance"]})
    assert set(finance) < set(everywhere)
    assert "Touchpoint/repair-invoice" in finance
    assert await search(asking, "invoice", scope={"tags": ["demo"]}) == everywhere
    assert await search(asking, "invoice", scope={"tags": ["no such tag"]}) == []
    with pytest.raises(UserInputError, match=r"scope\.departments: there is no department with the key 'nobody'"):
        await search(asking, "invoice", scope={"departments": ["nobody"]})


async def test_other_scripts_and_accents_are_found(asking: Asking) -> None:
    texts = {
        "de": "Die Straße nach Ærø, Müller & Söhne",
        "zh": "客户等待技术人员 没有人告诉他们什么时候到",
        "ja": "修理の待ち時間が長い",
        "th": "ลูกค้ารอช่างซ่อมนานเกินไป",
        "ru": "Клиенты ждут техника слишком долго, ёлки",
        "el": "Ένας πελάτης περιμένει τον τεχνικό",
        "ar": "العملاء ينتظرون الفني",
        "hi": "ग्राहक तकनीशियन की प्रतीक्षा करते हैं",
        "ko": "고객은 기술자를 기다립니다",
        "tr": "İstanbul burada",
        "sums": "Of 1,500 pumps 1,5 % failed; col·lecció a:b foo@bar.com after-sales",
        "nfd": "cafe\u0301 cre\u0300me",
    }
    made = await asking.change(*(create("Need", f"N-{key}", description=text) for key, text in texts.items()))
    wanted = {
        "de": ("strasse", "STRASSE", "Straße", "muller", "sohne", "aero", "ærø", "Müler"),
        "zh": ("技术人员", "什么时候"),
        "ja": ("待ち時間", "修理"),
        "th": ("ช่างซ่อม",),
        "ru": ("техника", "клиент", "елки"),
        "el": ("τεχνικό", "τεχνικο"),
        "ar": ("الفني",),
        "hi": ("तकनीशियन", "प्रतीक्षा"),
        "ko": ("기술자를", "고객"),
        "tr": ("istanbul",),
        "sums": ("1,500", "1,5", "col·lecció", "a:b", "foo@bar.com", "after-sales", "sales"),
        "nfd": ("café", "cafe", "creme"),
    }
    for key, words in wanted.items():
        for word in words:
            (hit,) = [hit for hit in await _hits(asking, word) if hit.key == f"N-{key}"]
            assert "[" in marked(hit, "description")
    assert "Need/N-zh" not in await search(asking, "人技术")
    await asking.revert(made)


async def test_of_more_than_can_be_listed_the_best_are_and_those_in_scope(asking: Asking) -> None:
    many = [create("Need", f"N-{number}", name=f"Zebra {number}") for number in range(600)]
    made = await asking.change(*many, create("Touchpoint", "T-zebra", name="Something else about a zebra"))
    link = LinkChange("RUN_BY", Ref("Touchpoint", "T-zebra"), Ref("Department", "finance"))
    linked = await asking.change(links=(link,))
    everywhere = await asking.ask(SearchQuestion(), {"text": "zebra"})
    assert (everywhere.total_count, everywhere.more) == (500, True)
    finance = await asking.ask(SearchQuestion(), {"text": "zebra", "scope": {"departments": ["finance"]}})
    assert ([hit.key for hit in finance.items], finance.more) == (["T-zebra"], False)
    for change in (linked, made):
        await asking.revert(change)


async def test_the_index_follows_every_change(asking: Asking) -> None:
    await asking.change(create("Need", "N-quokka", description="Feed the quokka"))
    assert await search(asking, "quokka") == ["Need/N-quokka"]
    await asking.change(update("Need", "N-quokka", description="Feed the wombat", tags=["marsupial"]))
    assert await search(asking, "quokka wombat") == ["Need/N-quokka"]
    assert await search(asking, "marsupial") == ["Need/N-quokka"]
    gone = await asking.change(deletes=(delete("Need", "N-quokka"),))
    assert await search(asking, "wombat") == []
    await asking.revert(gone)
    assert await search(asking, "wombat") == ["Need/N-quokka"]
    await asking.change(deletes=(delete("Need", "N-quokka"),))


async def test_highlights_mark_what_was_found(asking: Asking) -> None:
    hits = {hit.key: hit for hit in await _hits(asking, "techncian arriv", kinds=["Touchpoint", "Step"])}
    assert marked(hits["technician-arrival"], "name") == "[Arrival] of the [technician]"
    assert marked(hits["brk-arrive"], "key") == "brk-[arrive]"


def test_of_a_long_text_the_piece_about_the_first_find_is_shown() -> None:
    text = f"{'before ' * 100}the needle{' behind' * 100}"
    ((wanted,),) = (chunk.words for chunk in chunks_of("needle"))
    found = highlight("description", text, [wanted])
    assert found is not None
    shown = "".join(part.text for part in found.parts)
    assert shown.startswith("…before ")
    assert shown.endswith("…")
    assert len(shown) <= LENGTH + 2
    assert [part.text for part in found.parts if part.matched] == ["needle"]


@given(TEXTS, TEXTS)
def test_the_parts_of_a_highlight_are_the_text(text: str, other: str) -> None:
    wanted = [word for *_, word in cut(other)]
    found = highlight("name", text, wanted)
    assert found is None or "".join(part.text for part in found.parts) == text


@given(TEXTS)
def test_a_text_has_all_its_own_words(text: str) -> None:
    for begin, end, word in cut(text):
        found = highlight("name", text, [word])
        assert found is not None
        assert text[begin:end].lower() == word.text


def test_plain_is_plain_for_good() -> None:
    signs = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]
    assert [sign for sign in signs if "".join(map(plain, plain(sign))) != plain(sign)] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "there is no letter and no digit"),
        (' "*" ', "there is no letter and no digit"),
        ("a" * 201, "has 201 characters; look for 200 at most"),
        ("a " * 9, "has 9 words; look for 8 at most"),
    ],
)
async def test_what_cannot_be_looked_for_is_refused(asking: Asking, text: str, message: str) -> None:
    with pytest.raises(UserInputError, match=rf"^text: .*{message}"):
        await search(asking, text)
    with pytest.raises(UserInputError, match=r"^kinds: is empty"):
        await search(asking, "pump", kinds=[])


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@example("\ud800 a\udfff.b")
@example("½ ⑴ ⒈ ㎏ ﷺ ǆ İ ß\u0300")
@example('\\ AND " OR (a:b^c~')
@given(TEXTS | LUCENE)
async def test_nothing_typed_does_harm(asking: Asking, text: str) -> None:
    try:
        chunks_of(text)
    except UserInputError:
        return
    await search(asking, text)
