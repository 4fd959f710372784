"""Search: in which entities words stand, the best first, and where. Pure.

Facts: `cypher/search.cypher` after `cypher/scope/`. All words must be found, each in any field: as a whole, as the
beginning of a longer word, without its accents, or with a typing error. What is typed never reaches the index's own
language: only letters, digits and marks do, and what stands between them cuts words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.errors import UserInputError
from graph_api.model import MODEL
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.highlight import Highlight, highlight
from graph_api.questions.scope import is_part, parameters, read_thread_facts, statement
from graph_api.questions.words import Script, Word, cut, variants
from graph_api.store.statements import Statement, load

MOST = 500
"""How many finds there are at most: nobody reads on behind so many."""
LONGEST, MANY = 200, 12
"""How long the text may be that is looked for, in characters and in words."""
READ = 5_000
"""How much of each text is looked at for what to highlight, in characters."""

# How much a find counts: all as a name or a piece of one; and each word as a key, in a name, anywhere; but for accents;
# as a beginning; but for a typing error. Chosen so that the better sort of find wins, whatever the field.
_NAMED = 8
_KEY, _NAME, _NAME_BEGINS, _WORD, _PLAIN, _BEGINS, _TYPO = 3, 4, 2, 2, 1, 0.5, 0.2


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


HIT_ORDER: Sorting[SearchHit] = Sorting(
    (term("score", float, descending=True), term("kind", str), term("key", str)),
    lambda hit: [hit.score, hit.kind, hit.key],
)


def words_of(text: str) -> list[list[Word]]:
    """Cut what somebody typed into words, those together that no space divides; raises UserInputError."""
    if len(text) > LONGEST:
        message = f"text: has {len(text)} characters; look for {LONGEST} at most."
        raise UserInputError(message)
    chunks = [words for chunk in text.split() if (words := [word for _, word in cut(chunk)])]
    if not chunks:
        message = "text: there is no letter and no digit in it. Say which words to look for."
        raise UserInputError(message)
    if sum(map(len, chunks)) > MANY:
        message = f"text: has {sum(map(len, chunks))} words; look for {MANY} at most."
        raise UserInputError(message)
    return chunks


def in_lucene(chunks: Sequence[Sequence[Word]]) -> str:
    """Say in Lucene's language what is looked for: all the words."""
    each = " AND ".join(f"({_chunk(words)})" for words in chunks)
    # Whoever types a name is looking for what has it.
    name = " ".join(word.text for words in chunks for word in words)
    return f'({each}) OR name:"{name}"^{_NAMED}'


def _chunk(words: Sequence[Word]) -> str:
    each = " AND ".join(f"({' OR '.join(_ways(word))})" for word in words)
    if len(words) == 1:
        return each
    # `3.5` and `don't` are one word to the index, and `after-sales` two that stand side by side.
    joined = "".join(f'"{text}"^{_WORD} OR ' for text in _joints(words))
    return f"{joined}({each})"


def _joints(words: Sequence[Word]) -> Iterator[str]:
    for joint in (" ", ".", "'", "\u2019"):
        yield joint.join(word.text for word in words)


def _ways(word: Word) -> Iterator[str]:
    if word.script is Script.IDEOGRAPHS:
        yield f'name:"{word.text}"^{_NAME}'
        yield f'"{word.text}"^{_WORD}'
        return
    if word.script is Script.UNSPACED:
        yield f"name:/.*{word.text}.*/^{_NAME}"
        yield f"/.*{word.text}.*/^{_WORD}"
        return
    pattern = "".join(_accented(word.plain))
    yield from (
        f'key:"{word.text}"^{_KEY}',
        f'name:"{word.text}"^{_NAME}',
        f'"{word.text}"^{_WORD}',
        f"/{pattern}/^{_PLAIN}",
    )
    if word.begins:
        yield from (f"name:/{pattern}.*/^{_NAME_BEGINS}", f"/{pattern}.*/^{_BEGINS}")
    if word.typos:
        yield f"{word.text}~{word.typos}^{_TYPO}"


def _accented(text: str) -> Iterator[str]:
    """Write the pattern of a plain text with any accents, written as one sign or as two."""
    place = 0
    while place < len(text):
        pair, letter = text[place : place + 2], text[place]
        if pair in _LIGATURES:
            yield f"({pair}|{_LIGATURES[pair]})"
            place += 2
            continue
        if signs := variants(letter):
            yield f"[{signs}][\u0300-\u036f]*"
        else:
            yield letter if letter.isalnum() else f"\\{letter}"
        place += 1


_LIGATURES = {"ss": "ß", "ae": "[æǽǣ]", "oe": "œ"}


@dataclass(frozen=True)
class SearchQuestion:
    """The question, for the planner."""

    name: str = "search"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any]) -> Statement:
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
            "words": in_lucene(words_of(arguments["text"])),
            "kinds": kinds or MODEL.keyed,
            "part": is_part(arguments),
            "most": MOST,
            "length": READ if "highlights" in selected else 0,
        }

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> Connection[SearchHit]:
        """List the finds, the best first."""
        thread, rows = facts
        scope = read_thread_facts(thread).scope(arguments) if is_part(arguments) else None
        wanted = list(chain.from_iterable(words_of(arguments["text"])))
        hits = [
            SearchHit(Found(identity, kind), score, kind, key, texts, wanted)
            for score, number, identity, kind, key, texts in rows
            if scope is None or number in scope
        ]
        return Connection(HIT_ORDER.sort(hits), HIT_ORDER, arguments)
