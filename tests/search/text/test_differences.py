"""Where two sequences differ: the stretches joined are both, in either way of finding them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import differences
from search.text.differences import changes


def joined(left: Sequence[str], right: Sequence[str]) -> int:
    """Checks that the stretches are both sequences, equal where it is said; how much is equal."""
    at, other, same = 0, 0, 0
    for tag, start, end, from_, to in changes(left, right):
        assert (start, from_) == (at, other)
        assert (left[start:end] == right[from_:to]) is (tag == "equal")
        at, other, same = end, to, same + (end - start if tag == "equal" else 0)
    assert (at, other) == (len(left), len(right))
    return same


def test_long_repetitive_sequences_are_compared_whole() -> None:
    assert joined(["the"] * 3_000, ["the"] * 2_999) == 2_999
    assert joined(["a", "b"] * 1_500, ["b", "a"] * 1_500) == 2_999
    assert joined(["x y"] * 1_000 + ["z"], ["z"] + ["x y"] * 1_000) == 1_000


words = st.lists(st.sampled_from("abc"), max_size=12)


@given(words, words)
def test_both_ways_are_both_sequences(left: list[str], right: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        joined(left, right)
        patch.setattr(differences, "_MOST_PAIRS", 0)
        joined(left, right)
