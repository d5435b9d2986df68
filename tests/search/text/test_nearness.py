"""Words near each other: the shortest stretches, against every choice of places tried one by one."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from search.text.nearness import near, stretches

# Words of a text as numbers: 0, 1 and 2 are looked for, 3 is another word, 4 a break.
texts = st.lists(st.integers(0, 4), max_size=14)


def places(text: list[int], words: int) -> list[list[int]]:
    return [[at for at, each in enumerate(text) if each == word] for word in range(words)]


@given(texts, st.integers(1, 3), st.integers(0, 5))
def test_near_is_what_trying_every_choice_finds(text: list[int], words: int, between: int) -> None:
    breaks = [at for at, each in enumerate(text) if each == 4]
    slowly = any(
        max(chosen) - min(chosen) + 1 <= words + between
        and not any(min(chosen) < each < max(chosen) for each in breaks)
        for chosen in product(*places(text, words))
    )
    assert near(places(text, words), between, breaks) == slowly


@given(texts, st.integers(1, 3), st.integers(0, 5))
def test_a_stretch_holds_every_word_and_is_short_enough(
    text: list[int], words: int, between: int
) -> None:
    for first, last in stretches(places(text, words), between):
        assert set(range(words)) <= set(text[first : last + 1])
        assert last - first + 1 <= words + between


def test_order_does_not_count_and_a_word_alone_is_near_itself() -> None:
    assert near([[5], [3]], 1)
    assert not near([[5], [3]], 0)
    assert near([[7]], 0)
    assert not near([[7], []], 30)
