"""Words, as people type them and as the index of words has them: cut, made plain, and compared. Pure.

The index (see store/constraints.py) cuts texts at the boundaries of Unicode's text segmentation (UAX #29) and lowers
the case; it keeps accents, takes each ideograph for a word, and leaves scripts that write without spaces uncut.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from itertools import groupby

from rapidfuzz.distance import OSA

ONE_TYPO, TWO_TYPOS = 4, 8
"""From how many letters on a word may have one wrong letter, and two."""

# Letters that Unicode does not take apart, though people type them without their strokes.
_STROKES = dict(zip("øłđðħıŧ", "olddhit", strict=True))
_COMBINING = range(0x300, 0x370)
# Scripts in which each sign is a word to the index, and scripts without spaces that it does not cut.
_IDEOGRAPHS = ((0x3041, 0x309F), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
_UNSPACED = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF))


class Script(Enum):
    """How a script has to be looked for."""

    SPACED = auto()
    """Words stand between spaces: one may be cut short or have a typing error."""
    IDEOGRAPHS = auto()
    """Each sign is a word: several must follow each other."""
    UNSPACED = auto()
    """Nobody marks where a word ends: it may stand anywhere."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word: as it was written but in lower case, and plain, without accents."""

    text: str
    plain: str
    script: Script

    @property
    def typos(self) -> int:
        """How many letters may be wrong, missing, too many or swapped with the next."""
        if self.script is not Script.SPACED or any(sign.isdigit() for sign in self.text):
            return 0
        return (len(self.text) >= ONE_TYPO) + (len(self.text) >= TWO_TYPOS)

    @property
    def begins(self) -> bool:
        """Whether it may be the beginning of a longer word."""
        return self.script is Script.SPACED and len(self.text) > 1


@cache
def plain(sign: str) -> str:
    """Return a sign without its accents, in lower case: one letter, or several as for ß and æ."""
    if ord(sign) in _COMBINING:
        return ""
    # Taken apart before as well: a bold letter of mathematics has no small one of its own, but stands for one that has.
    lowered = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", sign).casefold())
    bare = "".join(_STROKES.get(part, part) for part in lowered if ord(part) not in _COMBINING)
    return unicodedata.normalize("NFC", bare).replace("æ", "ae").replace("œ", "oe")


@cache
def variants(letter: str) -> str:
    """Return the small letters that are this one when plain, itself included; nothing if there are no others."""
    return _variants().get(letter, "")


@cache
def _variants() -> dict[str, str]:
    found: dict[str, str] = {}
    # Latin, Greek and Cyrillic with all their accents.
    for code in (*range(0x61, 0x530), *range(0x1E00, 0x2000)):
        sign = chr(code)
        bare = plain(sign)
        if sign.isalpha() and sign == sign.lower() and len(bare) == 1:
            found[bare] = found.get(bare, "") + sign
    return {letter: signs for letter, signs in found.items() if len(signs) > 1}


def script_of(sign: str) -> Script | None:
    """Say how a sign's script is looked for; null for what is in no word, as spaces and punctuation."""
    if unicodedata.category(sign)[0] not in "LNM" and sign != "_":
        return None
    code = ord(sign)
    if any(low <= code <= high for low, high in _IDEOGRAPHS):
        return Script.IDEOGRAPHS
    return Script.UNSPACED if any(low <= code <= high for low, high in _UNSPACED) else Script.SPACED


def cut(text: str) -> Iterator[tuple[int, int, Word]]:
    """Cut a text into its words, each with where it begins and where it ends: in small letters it may be longer."""
    place = 0
    for script, signs in groupby(text, key=script_of):
        word = "".join(signs)
        if script is not None and (bare := "".join(map(plain, word))):
            yield place, place + len(word), Word(word.lower(), bare, script)
        place += len(word)


def alike(wanted: Word, word: Word) -> bool:
    """Tell whether a word of a text is the one wanted, or begins with it, or is it but for a typing error."""
    if wanted.plain == word.plain or (wanted.begins and word.plain.startswith(wanted.plain)):
        return True
    # As Lucene counts: two letters that changed places are one error.
    typos = wanted.typos
    return typos > 0 and OSA.distance(wanted.text, word.text, score_cutoff=typos) <= typos
