"""Words that nobody wrote, drawn as often and as long as those of cables.

Owns the word model. How often the n-th most frequent word comes, and how long words of a rank are, was counted in the
released telegrams of 1974 and four volumes of Foreign Relations together: 5,270 paragraphs, 372,003 words, 19,214
different ones. Beyond the ranks that were counted the last slope goes on. The most frequent words are English ones, so
that questions with small words find what they find in real text; all others are made of syllables.
"""

from __future__ import annotations

import bisect
import itertools
import math
import random
from array import array
from collections.abc import Iterator
from functools import lru_cache

# Rank and share of all words, as counted.
CURVE: tuple[tuple[int, float], ...] = (
    (1, 0.0527), (2, 0.0352), (3, 0.0342), (5, 0.0228), (10, 0.0096), (20, 0.00507), (50, 0.00185),
    (100, 0.00106), (200, 0.00057), (500, 0.00028), (1_000, 0.000142), (2_000, 0.0000618),
    (5_000, 0.0000161), (10_000, 0.0000054),
)  # fmt: skip
VOCABULARY = 300_000
# The share of words with digits in them, dates and sums most of them: each is a new one.
NUMBERS = 0.023
# The first ranks, as they come in English official prose.
_FREQUENT = """
    the to of and in a that for on is he be was we with as by not it will this have from would at are his has our
    which but us they or an had were i their been its should could no if you more may all also any government one
    who there about said other him them between these than some so what can such only up when after out into his
    both against political new two over do must first before time make support most however because under
"""
# Mean length by rank, in letters: one point for each half of a power of ten, as counted.
_LENGTHS = (2.3, 2.5, 3.0, 5.1, 5.9, 6.5, 7.2, 7.7, 8.3)
_SYLLABLES = """
    ba be bor ca cel da den do fa fer ga gol ha in ka lan le lo ma men mi na ner no pa per po qua ra re rin ro sa sen
    si so ta ter ti tor va ven stra pro com tri
"""
_ENDINGS = ("", "", "", "s", "ed", "ing", "ion", "al", "ment", "ly")
_ENDINGS_BITS = len(_ENDINGS).bit_length()
# One word in twelve is a name, and written with a capital.
_NAMES = 12
# So many words are drawn at once and then used in another order each time, which is a hundred times as fast.
_POOL = 1 << 22
_MOST_AT_ONCE = 4096


def shares(count: int) -> Iterator[float]:
    """How often the words of the first ranks come, of all words.

    Between the counted ranks by straight lines of logarithms.
    """
    lines = list(itertools.pairwise(CURVE))
    for (low, low_share), (high, high_share) in lines:
        slope = math.log(high_share / low_share) / math.log(high / low)
        last = (high, high_share) == CURVE[-1]
        for rank in range(low if low == 1 else low + 1, (count if last else min(high, count)) + 1):
            yield low_share * (rank / low) ** slope


class Words:
    """A vocabulary, the most frequent word first, and a pool of words drawn from it.

    Of the pool there are at first the random numbers only, each of which is looked up when it is drawn: a dump of some
    cables needs few of them. Once half as many have been drawn, the words themselves are kept.
    """

    def __init__(self, made: tuple[str, ...], source: random.Random) -> None:
        self.vocabulary = made
        self._cumulated = list(itertools.accumulate(shares(len(made))))
        # As `source.choices` would draw them.
        self._drawn = array("d", itertools.islice(iter(source.random, None), _POOL))
        self._pool: list[str] | None = None
        self._looked_up = 0

    def draw(self, source: random.Random, count: int) -> list[str]:
        """So many words, `_MOST_AT_ONCE` at most."""
        if count > _MOST_AT_ONCE:
            raise ValueError(f"{count} words at once, and {_MOST_AT_ONCE} are possible")
        step = source.randrange(1, _POOL // _MOST_AT_ONCE)
        start = source.randrange(_POOL - count * step)
        chosen = slice(start, start + count * step, step)
        if self._pool is None:
            self._looked_up += count
            if self._looked_up < _POOL // 2:
                return self._words(self._drawn[chosen])
            self._pool = self._words(self._drawn)
        return self._pool[chosen]

    def _words(self, numbers: array[float]) -> list[str]:
        """The words that the random numbers stand for."""
        made, cumulated, most = self.vocabulary, self._cumulated, len(self.vocabulary) - 1
        whole = cumulated[-1]
        return [made[bisect.bisect(cumulated, each * whole, 0, most)] for each in numbers]


@lru_cache(maxsize=2)
def words(seed: int) -> Words:
    """The words of a seed. Takes a second and 100 MB, so the last ones are kept."""
    source = random.Random(seed)  # noqa: S311 - it makes words, not keys
    return Words(_vocabulary(source, VOCABULARY), source)


def vocabulary(seed: int, count: int) -> tuple[str, ...]:
    """So many words of a seed alone, the most frequent first: for who does not draw any. All take some seconds."""
    return _vocabulary(random.Random(seed), count)  # noqa: S311 - it makes words, not keys


def _vocabulary(source: random.Random, count: int) -> tuple[str, ...]:
    made: dict[str, None] = dict.fromkeys(_FREQUENT.split())
    frequent, rank = len(made), len(made) + 1
    syllables, gauss = _SYLLABLES.split(), source.gauss
    while rank <= count:
        length = _LENGTHS[min(int(2 * math.log10(rank)), len(_LENGTHS) - 1)]
        word = _word(source, syllables, gauss(length, 2.2))
        made.setdefault(word.capitalize() if rank > frequent and rank % _NAMES == 0 else word)
        rank = len(made) + 1
    return tuple(made)


def _word(source: random.Random, syllables: list[str], length: float) -> str:
    # Numbers below a bound as `source.choice` draws them, without its calls: some two million are drawn.
    bits, count = source.getrandbits, len(syllables)
    ending, endings = "", len(_ENDINGS)
    if length > endings / 2:
        drawn = bits(_ENDINGS_BITS)
        while drawn >= endings:
            drawn = bits(_ENDINGS_BITS)
        ending = _ENDINGS[drawn]
    wide = count.bit_length()
    wanted, word = length - 1 - len(ending), ""
    while not word or len(word) < wanted:
        drawn = bits(wide)
        while drawn >= count:
            drawn = bits(wide)
        word += syllables[drawn]
    return word + ending


def number(source: random.Random) -> str:
    """A word with digits: a year, a sum, a share, a number."""
    kind = source.randrange(4)
    if kind == 0:
        return str(source.randrange(1960, 2011))
    if kind == 1:
        return f"{source.randrange(1, 1000)},{source.randrange(1000):03d}"
    if kind == 2:
        return f"{source.randrange(1, 100)}.{source.randrange(10)}"
    return str(source.randrange(1, 100_000))
