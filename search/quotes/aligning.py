"""A quotation laid against a text of a cable: where it stands, what differs, and whether it is that text's at all.

Owns what exact and altered mean, and the thresholds (`benchmarks/quotes.py` measured them). Must not know an index.

Exact is: the same words in the same order. Altered is: nearly the same letters (`LIKENESS`, `LIKENESS_OF_FEW`), of
which few stand in words that are nothing like the cable's (`_FOREIGN`), and no stretch of such words: a sentence to
which half of another was added is not that cable's.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from corpus.late_dataclasses import dataclass
from search.quotes.wording import PORTION_MARK, Run, Wording, Words, words_of

# Of the letters of a quotation, blanks among them, so many are the cable's: measured on what nobody wrote in a cable.
LIKENESS = 0.70
# The same of quotations of few words, which chance makes alike more easily.
LIKENESS_OF_FEW = 0.82
FEW = 8
# Fewer words are not looked for in another wording: almost any would be like some passage.
FEWEST_ALTERED = 4
# Of a quotation's words, and of its letters, so many may be words with nothing alike in the cable.
_FOREIGN = 0.20
_FOREIGN_LETTERS = 0.25
# Nor may so many of five words in a row, with more than half of their letters: small words between them are chance.
_STRETCH = 5
_STRETCH_WORDS = 3
_STRETCH_LETTERS = 0.5
# So many words in a row are more than chance.
_COMMON = 5
# A text that has fewer of a quotation's words, by their letters, is not looked at.
_SHARED = 0.35
# Two words, or stretches, with no more of their letters in common have nothing alike: `has` and `that`.
_ALIKE = 0.5
# So many places of a cable are looked at more closely, and so many beginnings and ends of the passage at each.
_PLACES = 3
_ENDS = 10
# A passage may be so much longer than the quotation.
_LONGER = 1.8
# A paragraph's own number in the middle of a quotation over two.
_OWN_NUMBER = re.compile(r"[0-9]{1,3}[a-z]?")


@dataclass(frozen=True, slots=True)
class Change:
    """Words of the quotation, `start` to `end`, in whose place the cable has those from `first` to `last`."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """A quotation in a passage. `spans` are the words of the text that its runs stand for, the first and the last + 1.

    `changes` are none if the words are the same. `likeness` is the share of letters that are, from 0 to 1; `foreign` is
    the share of words with nothing alike in the passage, `foreign_letters` theirs of the letters, and `patched` whether
    many of them stand in a row. `words` is how many the quotation has, `common` the most that are the same in a row.
    """

    spans: tuple[tuple[int, int], ...]
    changes: tuple[Change, ...]
    likeness: float
    foreign: float
    foreign_letters: float
    patched: bool
    words: int
    common: int

    @property
    def exact(self) -> bool:
        """Whether the words are the same."""
        return not self.changes

    @property
    def altered(self) -> bool:
        """Whether it is that passage in other words."""
        if self.exact or self.words < FEWEST_ALTERED:
            return False
        least = LIKENESS_OF_FEW if self.words < FEW else LIKENESS
        few = self.foreign <= _FOREIGN and self.foreign_letters <= _FOREIGN_LETTERS
        return self.likeness >= least and few and not self.patched

    @property
    def near(self) -> bool:
        """Whether it is worth telling of, though it is not that passage: some of the words are the same in a row."""
        return self.common >= _COMMON or (self.common > 1 and self.likeness >= LIKENESS)


class Passages:
    """A text of a cable, with where each word stands, to look quotations up in. `starts` are where its parts begin, in
    characters: a paragraph each."""

    def __init__(self, text: str, starts: Sequence[int] = (0,)) -> None:
        self.words: Words = words_of(text)
        self.starts = tuple(starts)

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each word stands."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for place, form in enumerate(self.words.forms):
            found[form].append(place)
        return dict(found)

    @cached_property
    def first_words(self) -> frozenset[int]:
        """The words that a part begins with."""
        found, part = set(), 0
        for place, (start, _) in enumerate(self.words.spans):
            while part < len(self.starts) and start >= self.starts[part]:
                found.add(place)
                part += 1
        return frozenset(found)


def exact(quoted: Wording, passages: Passages) -> Alignment | None:
    """Where a text has the words of a quotation, its first place; None if it has not."""
    if not quoted.runs:
        return None
    forms = quoted.words.forms
    first, *rest = quoted.runs
    for start in _occurrences(forms[first.start : first.end], passages):
        spans = [(start, start + first.end - first.start)]
        for run in rest:
            after = spans[-1][1]
            following = (
                place
                for place in _occurrences(forms[run.start : run.end], passages)
                if place >= after and (run.gap is None or place - after <= run.gap)
            )
            place = next(following, None)
            if place is None:
                break
            spans.append((place, place + run.end - run.start))
        else:
            return Alignment(tuple(spans), (), 1.0, 0.0, 0.0, False, len(forms), len(forms))
    return None


def _occurrences(run: tuple[str, ...], passages: Passages) -> Iterator[int]:
    """Where a text has these words in a row; the rarest of them says where to look."""
    places = passages.places
    if not all(form in places for form in run):
        return
    rarest = min(range(len(run)), key=lambda place: len(places[run[place]]))
    forms = passages.words.forms
    for place in places[run[rarest]]:
        start = place - rarest
        if start >= 0 and forms[start : start + len(run)] == run:
            yield start


def nearest(quoted: Wording, passages: Passages) -> Alignment | None:
    """The passage of a text that is most like a quotation; None if it has nothing of it."""
    forms, places = quoted.words.forms, passages.places
    shared = sum(len(form) for form in forms if form in places)
    if not quoted.runs or shared < _SHARED * sum(map(len, forms)):
        return None
    found: dict[int, tuple[int, int]] = {}
    order = sorted(range(len(quoted.runs)), key=lambda each: _length(quoted, quoted.runs[each]))
    for each in reversed(order):
        # The longest first; the others where they may stand between those that were found.
        low = max((found[one][1] for one in found if one < each), default=0)
        high = min((found[one][0] for one in found if one > each), default=len(passages.words))
        run = quoted.runs[each]
        gap = run.gap
        if gap is not None and each - 1 in found:
            high = min(high, low + gap + 2 * (run.end - run.start) + 2)
        place = _located(quoted.words.forms[run.start : run.end], passages, low, high)
        if place is None:
            if not found:
                return None
            place = (low, low)
        found[each] = place
    spans = tuple(found[each] for each in range(len(quoted.runs)))
    return _measured(quoted, passages, spans)


def _length(quoted: Wording, run: Run) -> int:
    return sum(map(len, quoted.words.forms[run.start : run.end]))


def _located(
    run: tuple[str, ...], passages: Passages, low: int, high: int
) -> tuple[int, int] | None:
    """The words from `low` to `high` that are most like a run: the first, and the last + 1."""
    forms = passages.words.forms
    if high <= low:
        return None
    written = " ".join(run)
    best, found = -1.0, None
    for start, end in _windows(run, forms, low, high):
        for first, last in _ends(run, forms, start, end):
            likeness = Levenshtein.normalized_similarity(written, " ".join(forms[first:last]))
            if likeness > best:
                best, found = likeness, (first, last)
    return found


def _windows(
    run: tuple[str, ...], forms: tuple[str, ...], low: int, high: int
) -> list[tuple[int, int]]:
    """The stretches of a text, a little longer than the run, that share most of its words, in letters."""
    size = len(run) + max(3, len(run) // 2)
    if high - low <= size:
        return [(low, high)]
    wanted = Counter(run)
    have: Counter[str] = Counter()
    score = 0
    scores: list[tuple[int, int]] = []
    for place in range(low, high):
        form = forms[place]
        if form in wanted:
            have[form] += 1
            if have[form] <= wanted[form]:
                score += len(form)
        if place - size >= low:
            gone = forms[place - size]
            if gone in wanted:
                if have[gone] <= wanted[gone]:
                    score -= len(gone)
                have[gone] -= 1
        if place - size + 1 >= low and score:
            scores.append((score, place - size + 1))
    chosen: list[tuple[int, int]] = []
    scores.sort(key=lambda each: (-each[0], each[1]))
    for _, start in scores:
        if all(abs(start - other) > size // 2 for other, _ in chosen):
            # On both sides a few more: what was altered at an end counts nothing here.
            chosen.append((start, start + size))
            if len(chosen) == _PLACES:
                break
    more = max(2, len(run) // 2)
    return [(max(low, start - more), min(high, end + more)) for start, end in chosen]


def _ends(
    run: tuple[str, ...], forms: tuple[str, ...], start: int, end: int
) -> Iterator[tuple[int, int]]:
    """Where the passage may begin and end in a stretch of a text."""
    stretch = forms[start:end]
    written, text = " ".join(run), " ".join(stretch)
    rough = fuzz.partial_ratio_alignment(written, text)
    if rough is None:
        return
    first = text.count(" ", 0, rough.dest_start)
    last = text.count(" ", 0, max(rough.dest_start, rough.dest_end - 1)) + 1
    begins = _near(first, len(stretch))
    begins |= {place for place, form in enumerate(stretch) if form == run[0]}
    stops = _near(last, len(stretch) + 1)
    stops |= {place + 1 for place, form in enumerate(stretch) if form == run[-1]}
    if len(run) > 1:
        # The first or the last word may be altered.
        begins |= {place - 1 for place, form in enumerate(stretch) if place and form == run[1]}
        stops |= {place + 2 for place, form in enumerate(stretch[:-1]) if form == run[-2]}
    longest = max(len(run) + 3, int(len(run) * _LONGER))
    for one in sorted(begins, key=lambda place: (abs(place - first), place))[:_ENDS]:
        for other in sorted(stops, key=lambda place: (abs(place - last), place))[:_ENDS]:
            if one < other <= one + longest:
                yield start + one, start + other


def _near(place: int, limit: int) -> set[int]:
    return {each for each in range(place - 2, place + 3) if 0 <= each < limit}


def _measured(quoted: Wording, passages: Passages, spans: tuple[tuple[int, int], ...]) -> Alignment:
    forms, theirs = quoted.words.forms, passages.words.forms
    changes: list[Change] = []
    distance = length = common = 0
    for run, (first, last) in zip(quoted.runs, spans, strict=True):
        mine, other = forms[run.start : run.end], theirs[first:last]
        written, printed = " ".join(mine), " ".join(other)
        distance += Levenshtein.distance(written, printed)
        length += max(len(written), len(printed))
        for step in Levenshtein.opcodes(mine, other):
            if step.tag == "equal":
                common = max(common, step.src_end - step.src_start)
                continue
            change = Change(
                run.start + step.src_start,
                run.start + step.src_end,
                first + step.dest_start,
                first + step.dest_end,
            )
            if changes and (changes[-1].end, changes[-1].last) == (change.start, change.first):
                change = Change(changes[-1].start, change.end, changes[-1].first, change.last)
                changes.pop()
            changes.append(change)
    kept = []
    for each in changes:
        mine, other = forms[each.start : each.end], theirs[each.first : each.last]
        if _same(mine, other) or _is_number_or_mark(mine, each, passages):
            distance -= Levenshtein.distance(" ".join(mine), " ".join(other))
        else:
            kept.append(each)
    letters = max(1, sum(map(len, forms)))
    foreign = [each for each in kept if _foreign(*_both(each, forms, theirs))]
    return Alignment(
        spans,
        tuple(kept),
        max(0.0, 1 - max(0, distance) / max(1, length)),
        sum(each.end - each.start for each in foreign) / max(1, len(forms)),
        sum(_foreign(*_both(each, forms, theirs)) for each in foreign) / letters,
        _is_patched(foreign, forms),
        len(forms),
        common,
    )


def _both(
    change: Change, forms: tuple[str, ...], theirs: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return forms[change.start : change.end], theirs[change.first : change.last]


def _is_patched(foreign: Sequence[Change], forms: tuple[str, ...]) -> bool:
    """Whether a stretch of a quotation has next to nothing that is alike."""
    strange = {place for each in foreign for place in range(each.start, each.end)}
    for start in range(len(forms) - _STRETCH + 1):
        stretch = range(start, start + _STRETCH)
        among = [len(forms[place]) for place in stretch if place in strange]
        letters = sum(len(forms[place]) for place in stretch)
        if len(among) >= _STRETCH_WORDS and sum(among) > _STRETCH_LETTERS * letters:
            return True
    return False


def _same(mine: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether words differ only in where they are parted: `well known` and `wellknown`; figures are never."""
    written = "".join(mine)
    return written == "".join(other) and written.isalpha()


def _is_number_or_mark(mine: tuple[str, ...], change: Change, passages: Passages) -> bool:
    """Whether only one side has the number of the paragraph that begins there, or a portion mark: no words."""
    if change.first == change.last:
        return (
            len(mine) == 1
            and change.first in passages.first_words
            and bool(_OWN_NUMBER.fullmatch(mine[0]))
        )
    words = passages.words
    start, end = words.spans[change.first][0], words.spans[change.last - 1][1]
    return not mine and bool(PORTION_MARK.fullmatch(words.text[max(0, start - 1) : end + 1]))


def _foreign(mine: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many letters of a changed stretch have nothing alike in what stands there."""
    written, printed = " ".join(mine), " ".join(other)
    if Levenshtein.normalized_similarity(written, printed) > _ALIKE:
        return 0
    return sum(map(len, mine))
