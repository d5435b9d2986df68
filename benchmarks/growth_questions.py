"""The questions of the growth measurement, by kind, as values that every system can put in its own language.

Words are taken by their rank in the vocabulary of the synthetic dump, so the same ranks are asked at each size. A rare
word is rare in the index that is asked, where it is looked for: ten paragraphs have it, at each size.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks.words import vocabulary
from search import sources as manifests
from search.engines import open_searcher
from search.language.tree import Query, Word
from search.text.analysis import analyse

# The seed of `benchmarks/synthesize.py` whose words are asked for.
SEED = 1
# The questions that people ask.
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
# Words by how they begin; and the worst honest question.
PREFIX = "prefix"
WORST = "word of a third"
KINDS = (*USUAL, PREFIX, WORST)

_OF_A_KIND = 8
# So many paragraphs have a rare word. It is looked for among the words of so many cables that stand in these only once,
# so many words at the most.
RARE = 10
_CABLES_READ = 300
_TRIED = 4_000
_LETTERS = 4
# First ranks: a word of 2 in 100 paragraphs, of 10 in 100, of 25 to 35.
_MIDDLING, _COMMON, _THIRD = 600, 95, 21
# Pairs of these are next to each other often enough to be found at every size.
_OF_PHRASES = 60
# No word behind this rank is asked for.
_RANKS = 1_000
# So many letters does a prefix have.
_BEGINNING = 4


@dataclass(frozen=True, slots=True)
class Question:
    """Words that have to stand in a paragraph, one behind the other if it is a `phrase`; in lower case.

    With `prefix` a single word, of which only the beginning is given. `mark` and `year` choose among the paragraphs if
    they are set.
    """

    words: tuple[str, ...]
    phrase: bool = False
    prefix: bool = False
    mark: str = ""
    year: str = ""

    @property
    def line(self) -> str:
        """The words in the query language: each in the paragraph itself, as the other systems have them."""
        if self.phrase:
            return f'text:"{" ".join(self.words)}"'
        if self.prefix:
            return f"text:{self.words[0]}*"
        return " ".join(f"text:{word}" for word in self.words)

    @property
    def typed(self) -> str:
        """The words as people type them."""
        text = " ".join(self.words)
        if self.prefix:
            return f"{text}*"
        return f'"{text}"' if self.phrase else text

    @property
    def stems(self) -> tuple[str, ...]:
        """The words as they are indexed, stemmed."""
        return tuple(token.stem for token in analyse(" ".join(self.words)))

    @property
    def terms(self) -> tuple[str, ...]:
        """The words as they are indexed, unstemmed."""
        return tuple(token.term for token in analyse(" ".join(self.words)))


@dataclass(frozen=True, slots=True)
class Answered:
    """How many paragraphs a question found, and how long that took."""

    matches: int
    milliseconds: float


def questions(rare: Sequence[str]) -> dict[str, list[Question]]:
    """Questions by kind, those of rare words with the words that `rare_words` found."""
    known = [word.lower() for word in vocabulary(SEED, _RANKS)]

    def some(first: int) -> list[str]:
        return known[first - 1 : first - 1 + _OF_A_KIND]

    middling, common = some(_MIDDLING), some(_COMMON)
    others, pairs = some(_MIDDLING // 2), known[_OF_PHRASES : _OF_PHRASES + 2 * _OF_A_KIND]
    found: dict[str, list[Question]] = {
        "rare word": [Question((word,)) for word in rare],
        "word": [Question((word,)) for word in middling],
        "common word": [Question((word,)) for word in common],
        "two words": [Question(pair) for pair in zip(middling, common, strict=True)],
        "three words": [Question(each) for each in zip(others, middling, common, strict=True)],
        "phrase": [
            Question(pair, phrase=True) for pair in zip(pairs[::2], pairs[1::2], strict=True)
        ],
        "word + mark": [Question((word,), mark="SBU") for word in middling],
        "word + year": [Question((word,), year="2008") for word in middling],
        PREFIX: [Question((word[:_BEGINNING],), prefix=True) for word in middling],
        WORST: [Question((word,)) for word in some(_THIRD)],
    }
    return {kind: found[kind] for kind in KINDS}


def rare_words(folder: Path) -> list[str]:
    """Words of an index that `RARE` paragraphs have, or as nearly so many as there are."""
    source = random.Random(SEED)  # noqa: S311 - it chooses words, not keys
    with closing(open_searcher(folder)) as searcher, manifests.read(folder) as manifest:
        ids = list(manifest.cables())
        found = Counter[str]()
        for cable_id in source.sample(ids, min(_CABLES_READ, len(ids))):
            cable = searcher.get(cable_id)
            for paragraph in cable.paragraphs if cable else ():
                found.update(token.term for token in analyse(paragraph.text))
        words = [word for word, count in found.items() if count == 1 and len(word) >= _LETTERS]
        source.shuffle(words)
        apart: dict[str, int] = {}
        for word in words[:_TRIED]:
            # Counted, and nothing of it read.
            counted = Query(Word(word), grouped=False, size=0, snippets=False)
            apart[word] = abs(searcher.search(counted).paragraphs - RARE)
            if list(apart.values()).count(0) == _OF_A_KIND:
                break
    return sorted(apart, key=lambda word: apart[word])[:_OF_A_KIND]
