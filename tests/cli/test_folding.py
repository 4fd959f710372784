"""Text that folds within keys: properties of where its lines begin."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from graph_api.cli.folding import Folding, folds

KEYS = st.lists(st.text("ab-/ é日", max_size=12), max_size=4).map(" ".join)


def lines(text: str, width: int) -> list[str]:
    places = [0, *folds(text, width), len(text)]
    return [text[start:end] for start, end in pairwise(places)]


def test_a_key_folds_after_its_hyphens_and_slashes_and_no_number_after_its_minus() -> None:
    assert lines("touchpoint/dealer-emergency-call Emergency call", 20) == [
        "touchpoint/dealer-", "emergency-call ", "Emergency call",
    ]  # fmt: skip
    assert lines("plant-manager -1.5 to +1", 15) == ["plant-manager ", "-1.5 to +1"]
    # What has no place to fold is broken where the line ends, as everywhere.
    assert lines("answerphone", 6) == ["answer", "phone"]


@given(KEYS, st.integers(2, 20))
def test_nothing_is_lost_and_no_line_is_too_long(text: str, width: int) -> None:
    found = lines(text, width)
    assert "".join(found) == text
    assert all(Folding(line.rstrip()).cell_len <= width for line in found)
