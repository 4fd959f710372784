"""Search: in which entities words stand, the best first, and where. Pure.

Facts: `cypher/search.cypher` after `cypher/scope/`. All words must be found, each in any field: as a whole, as the
beginning of a longer word, without its accents, or with a typing error. What is typed never reaches the index's own
language: only letters, digits and marks do, and what stands between them cuts words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.errors import UserInputError
from graph_api.model import MODEL
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.thread.scope import is_part, parameters, read_thread_facts, statement
from graph_api.questions.wording.highlight import Highlight, highlight
from graph_api.questions.wording.words import Script, Word, cut, variants
from graph_api.store.statements import Statement, load

MOST = 500
"""How many finds there are at most: nobody reads on behind so many."""
LOOKED_AT = 10_000
"""How many finds are held against a scope: the best."""
LONGEST, MANY = 200, 8
"""How long the text may be that is looked for, in characters and in words."""
ACCENTED = 8
"""On how many of a word's letters an accent may be missing."""
READ = 5_000
"""How much of each text is looked at for what to highlight, in characters."""

# How much a find counts: all as a name or a piece of one; and each word as a key, in a name, anywhere; as a beginning
# or but for accents, in a name or anywhere; but for a typing error. Chosen so that the better sort of find wins.
_NAMED = 8
_KEY, _NAME, _WORD, _NAME_BEGINS, _BEGINS, _TYPO = 3, 4, 2, 2, 0.5, 0.2


@dataclass(frozen=True)
class SearchHit:
    """An entity in which the words stand."""

    entity: Found
    score: float
    kind: str
    key: str
    texts: Sequence[tuple[str, str | Sequence[str]]]
    wanted: Sequence[Word]

    @property
    def highlights(self) -> list[Highlight]:
        """The texts in which words were found, in the order of the fields."""
        each = ((field, text) for field, value in self.texts for text in ([value] if isinstance(value, str) else value))
        found = (highlight(field, text, self.wanted) for field, text in each)
        return [one for one in found if one is not None]


@dataclass(frozen=True)
class SearchHits(Connection[SearchHit]):
    """The finds, in pages."""

    more: bool
    """Whether there are more than are listed."""


HIT_ORDER: Sorting[SearchHit] = Sorting(
    (term("score", float, descending=True), term("kind", str), term("key", str)),
    lambda hit: [hit.score, hit.kind, hit.key],
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """What somebody typed between two spaces, and the words in it."""

    text: str
    words: Sequence[Word]


def chunks_of(text: str) -> list[Chunk]:
    """Cut what somebody typed into what it looks for; raises UserInputError."""
    if len(text) > LONGEST:
        message = f"text: has {len(text)} characters; look for {LONGEST} at most."
        raise UserInputError(message)
    chunks = [Chunk(part, words) for part in text.split() if (words := [word for *_, word in cut(part)])]
    if not chunks:
        message = "text: there is no letter and no digit in it. Say which words to look for."
        raise UserInputError(message)
    many = sum(len(chunk.words) for chunk in chunks)
    if many > MANY:
        message = f"text: has {many} words; look for {MANY} at most."
        raise UserInputError(message)
    return chunks


def in_lucene(chunks: Sequence[Chunk]) -> str:
    """Say in Lucene's language what is looked for: all the words."""
    each = " AND ".join(f"({_chunk(chunk)})" for chunk in chunks)
    # Whoever types a name is looking for what has it.
    return f"({each}) OR name:{_quoted(' '.join(chunk.text for chunk in chunks))}^{_NAMED}"


def _chunk(chunk: Chunk) -> str:
    each = " AND ".join(f"({' OR '.join(_ways(word))})" for word in chunk.words)
    if len(chunk.words) == 1:
        return each
    # To the index `3.5` is one word, and `after-sales` two that stand side by side: what is quoted it cuts itself.
    return f"{_quoted(chunk.text)}^{_WORD} OR ({each})"


def _quoted(text: str) -> str:
    # A half of a sign outside Unicode's first plane is no text, and cannot be sent.
    sound = text.encode(errors="ignore").decode()
    escaped = sound.replace("\\", r"\\").replace('"', r"\"")
    return f'"{escaped}"'


def _ways(word: Word) -> Iterator[str]:
    if word.script is Script.IDEOGRAPHS:
        yield f'name:"{word.text}"^{_NAME}'
        yield f'"{word.text}"^{_WORD}'
        return
    if word.script is Script.UNSPACED:
        yield f"name:/.*{word.text}.*/^{_NAME}"
        yield f"/.*{word.text}.*/^{_WORD}"
        return
    yield from (f'key:"{word.text}"^{_KEY}', f'name:"{word.text}"^{_NAME}', f'"{word.text}"^{_WORD}')
    pattern = "".join(_accented(word.plain)) + (".*" if word.begins else "")
    yield from (f"name:/{pattern}/^{_NAME_BEGINS}", f"/{pattern}/^{_BEGINS}")
    if word.typos:
        yield f"{word.text}~{word.typos}^{_TYPO}"


def _accented(text: str) -> Iterator[str]:
    """Write the pattern of a plain text with any accents on its first letters: each costs Lucene time.

    An accent that a text has as a sign of its own is found like a typing error: to allow for it takes ten times longer.
    """
    place = 0
    while place < len(text):
        pair, letter = text[place : place + 2], text[place]
        if pair in _LIGATURES:
            yield f"({pair}|{_LIGATURES[pair]})"
            place += 2
            continue
        if place < ACCENTED and (signs := variants(letter)):
            yield f"[{signs}]"
        else:
            yield letter if letter.isalnum() else f"\\{letter}"
        place += 1


_LIGATURES = {"ss": "ß", "ae": "[æǽǣ]", "oe": "œ"}


@dataclass(frozen=True)
class SearchQuestion:
    """The question, for the planner."""

    name: str = "search"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts: everywhere, or of a scope."""
        return statement(arguments, "search", load("scope/none"))

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give those of the scope, and what to look for."""
        kinds = arguments.get("kinds")
        if kinds is not None and not kinds:
            message = "kinds: is empty, so that nothing could be found. Name a kind, or leave it out."
            raise UserInputError(message)
        return {
            **parameters(arguments),
            "words": in_lucene(chunks_of(arguments["text"])),
            "kinds": kinds or MODEL.keyed,
            "part": is_part(arguments),
            # What is not in scope is left out afterwards.
            "most": (LOOKED_AT if is_part(arguments) else MOST) + 1,
            "length": READ if "highlights" in selected else 0,
        }

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> SearchHits:
        """List the finds, the best first."""
        thread, rows = facts
        scope = read_thread_facts(thread).scope(arguments) if is_part(arguments) else None
        wanted = [word for chunk in chunks_of(arguments["text"]) for word in chunk.words]
        hits = [
            SearchHit(Found(identity, kind), score, kind, key, texts, wanted)
            for score, number, identity, kind, key, texts in rows
            if scope is None or number in scope
        ]
        more = len(hits) > MOST or len(rows) > LOOKED_AT
        return SearchHits(HIT_ORDER.sort(hits)[:MOST], HIT_ORDER, arguments, more)
