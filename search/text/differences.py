"""Where two sequences differ, in time that is bounded whatever they are.

Owns which library is asked. Must not know what the things are: words, paragraphs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher

from rapidfuzz.distance import LCSseq

from search.deadline import check

# `SequenceMatcher` keeps long stretches together, which is what a reader sees; but it looks at each pair of equal
# things, again for each stretch that it finds. 3,000 words of English have some 100,000 such pairs, 3,000 times one
# word nine million, which is minutes. Beyond so many the longest common subsequence is asked for, by its bits.
_MOST_PAIRS = 300_000

Change = tuple[str, int, int, int, int]


def changes(left: Sequence[Hashable], right: Sequence[Hashable]) -> Iterator[Change]:
    """The stretches of both in their order, as difflib's opcodes: (tag, from, to, from, to); `equal` are the same."""
    check()
    counts = Counter(right)
    if sum(counts[each] for each in left) <= _MOST_PAIRS:
        yield from SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
        return
    # It wants numbers or strings.
    numbers: dict[Hashable, int] = {}
    coded = [[numbers.setdefault(each, len(numbers)) for each in side] for side in (left, right)]
    for found in LCSseq.opcodes(*coded):
        yield (found.tag, found.src_start, found.src_end, found.dest_start, found.dest_end)
