"""Where in a text the words are that somebody looked for. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph_api.questions.wording.words import Script, Word, alike, cut, plain

BEFORE, LENGTH = 60, 240
"""How much of a long text stands before the first word found, and how much is shown of it, in characters."""
_CUT = "…"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class HighlightPart:
    """A piece of a text: a word that was found, or what lies between."""

    text: str
    matched: bool


@dataclass(frozen=True, slots=True)
class Highlight:
    """A text in which words were found, cut into parts; of a long one only the piece about the first of them."""

    field: str
    parts: Sequence[HighlightPart]


def highlight(field: str, text: str, wanted: Sequence[Word]) -> Highlight | None:
    """Mark the words wanted in a text; nothing where none is in it."""
    spans = sorted({span for word in wanted for span in _spans(text, word)})
    if not spans:
        return None
    begin, end = _window(text, spans[0])
    return Highlight(field, [*_parts(text, _joined(spans), begin, end)])


def _spans(text: str, wanted: Word) -> Iterator[Span]:
    if wanted.script is Script.SPACED:
        # In the index `don't` is one word, and here two; the text has what was typed, either way.
        for begin, end, word in cut(text):
            if word.script is Script.SPACED and alike(wanted, word):
                yield begin, end
        return
    # The plain text may be shorter or longer: each of its signs knows where it comes from.
    signs = [(bare, place) for place, sign in enumerate(text) for bare in plain(sign)]
    bare_text = "".join(bare for bare, _ in signs)
    place = bare_text.find(wanted.plain)
    while place >= 0:
        last = place + len(wanted.plain) - 1
        yield signs[place][1], signs[last][1] + 1
        place = bare_text.find(wanted.plain, last + 1)


def _joined(spans: list[Span]) -> list[Span]:
    """Join what overlaps."""
    joined = [spans[0]]
    for begin, end in spans[1:]:
        if begin < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((begin, end))
    return joined


def _window(text: str, first: Span) -> Span:
    if len(text) <= LENGTH:
        return 0, len(text)
    begin = max(0, min(first[0] - BEFORE, len(text) - LENGTH))
    if begin:
        # Not in the middle of a word, if there is a space to begin at.
        begin = text.find(" ", begin, first[0]) + 1 or begin
    return begin, max(first[1], min(len(text), begin + LENGTH))


def _parts(text: str, spans: list[Span], begin: int, end: int) -> Iterator[HighlightPart]:
    shown = [span for span in spans if span[1] <= end]
    marks = [begin, *(place for span in shown for place in span), end]
    for number, (start, finish) in enumerate(pairwise(marks)):
        piece = text[start:finish]
        if number == 0 and begin > 0:
            piece = _CUT + piece
        if number == len(marks) - 2 and end < len(text):
            piece += _CUT
        if piece:
            yield HighlightPart(piece, matched=number % 2 == 1)
