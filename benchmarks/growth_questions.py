"""The questions of the growth measurement, by kind, as values that every system can put in its own language.

Words are taken by their rank in the vocabulary of the synthetic dump, so the same ranks are asked at each size. A rare
word is rare in the index that is asked: the larger the index, the further down its rank, so that about ten paragraphs
have it.
"""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.words import VOCABULARY, share, vocabulary
from search.analysis import analyse

# The seed of `benchmarks/synthesize.py` whose words are asked for.
SEED = 1
# The questions that people ask, and the worst honest one.
USUAL = (
    "rare word",
    "word",
    "common word",
    "two words",
    "three words",
    "phrase",
    "word + mark",
    "word + year",
)
WORST = "word of a third"
KINDS = (*USUAL, WORST)

_OF_A_KIND = 8
_WORDS_A_PARAGRAPH = 87
_RARE = 10
# First ranks: a word of 2 in 100 paragraphs, of 10 in 100, of 25 to 35.
_MIDDLING, _COMMON, _THIRD = 600, 95, 21
# Pairs of these are next to each other often enough to be found at every size.
_OF_PHRASES = 60


@dataclass(frozen=True, slots=True)
class Question:
    """Words that have to stand in a paragraph, one behind the other if it is a `phrase`; in lower case.

    `mark` and `year` choose among the paragraphs if they are set.
    """

    words: tuple[str, ...]
    phrase: bool = False
    mark: str = ""
    year: str = ""

    @property
    def line(self) -> str:
        """The words in the query language."""
        text = " ".join(self.words)
        return f'"{text}"' if self.phrase else text

    @property
    def stems(self) -> tuple[str, ...]:
        """The words as they are indexed, stemmed."""
        return tuple(token.stem for token in analyse(" ".join(self.words)))

    @property
    def terms(self) -> tuple[str, ...]:
        """The words as they are indexed, unstemmed."""
        return tuple(token.term for token in analyse(" ".join(self.words)))


def questions(paragraphs: int) -> dict[str, list[Question]]:
    """Questions by kind for an index of so many paragraphs."""
    known = [word.lower() for word in vocabulary(SEED)]
    rare = _rare_rank(paragraphs)

    def some(first: int) -> list[str]:
        return known[first - 1 : first - 1 + _OF_A_KIND]

    middling, common = some(_MIDDLING), some(_COMMON)
    others, pairs = some(_MIDDLING // 2), known[_OF_PHRASES : _OF_PHRASES + 2 * _OF_A_KIND]
    found: dict[str, list[Question]] = {
        "rare word": [Question((word,)) for word in some(rare)],
        "word": [Question((word,)) for word in middling],
        "common word": [Question((word,)) for word in common],
        "two words": [Question(pair) for pair in zip(middling, common, strict=True)],
        "three words": [Question(each) for each in zip(others, middling, common, strict=True)],
        "phrase": [
            Question(pair, phrase=True) for pair in zip(pairs[::2], pairs[1::2], strict=True)
        ],
        "word + mark": [Question((word,), mark="SBU") for word in middling],
        "word + year": [Question((word,), year="2008") for word in middling],
        WORST: [Question((word,)) for word in some(_THIRD)],
    }
    return {kind: found[kind] for kind in KINDS}


def _rare_rank(paragraphs: int) -> int:
    """The rank of the words that about `_RARE` paragraphs have."""
    wanted = _RARE / (paragraphs * _WORDS_A_PARAGRAPH)
    low, high = 1, VOCABULARY - _OF_A_KIND
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if share(middle) > wanted else (low, middle)
    return low
