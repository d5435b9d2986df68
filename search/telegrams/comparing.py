"""Whether two cables are one telegram: their texts aligned word by word, and what tells them apart.

Owns the rule (`docs/versions.md`). Must not know where the cables come from, nor how they came to be compared.

What a page does to a text (errors of a scanner, page marks, parts that an edition leaves out, its notes) makes words
that are nearly the other's, or words that only one side has. A form that is filled in anew each week makes other words
in the same places: these speak against one telegram, and figures most of all.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Literal

from rapidfuzz.distance import Indel, LCSseq

from corpus.late_dataclasses import dataclass
from corpus.late_patterns import late_pattern
from corpus.model import Cable, SegmentKind
from search.deadline import check
from search.telegrams.signatures import ROW, Identity, identity, text_words

Kind = Literal["copy", "extract", "retransmission", "correction"]
Matches = list[tuple[int, int]]

# Of a longer text so many words are compared.
_MOST_WORDS = 12_000
# What stands between two places that belong together is compared word by word up to so many words on each side.
_MOST_BETWEEN = 400
# Words that agree count where so many stand near each other: in a long text any few words are found somewhere.
_FEWEST_TOGETHER = 5
_NEAR = 6
_DENSE = 0.4
# A stretch of so many words at most may be another spelling of that on the other side; so alike its letters have to be.
_LONGEST_SPELLING = 14
_ALIKE_LETTERS = 0.55
# What scanners take for digits, and digits for letters: `l974`, `2O`.
_AS_DIGITS = str.maketrans("oiljszbgq", "011152899")
# A name that was taken out: `XXXXXXXXXXXX`.
_BLACK = late_pattern(r"x{4,}")
_DIGIT = late_pattern(r"[0-9]")
# How a telegram that is sent once more opens: `FOLLOWING TELEGRAM RETRANSMITTED`, `FOLLOWING REPEAT BONN 1234`,
# `FOL TEL SENT ACTION PARIS ... REPEATED`, `QUOTE`, `QTE`.
_SENT_AGAIN = late_pattern(
    r"\b(?:"
    r"FOL(?:LOWING|L|G)?\b[^.]{0,80}?\b(?:RE(?:TRANSMI\w+|PEAT\w*|PT|LAY\w*)|QUOTED?|QTE|SENT)"
    r"|RE(?:TRANSMI\w+|PEAT(?:ED|ING)? (?:FOR|OF|TO|INFO\w*)|LAY(?:ED|ING)? OF)"
    r"|FOR\b[^.]{0,60}\bFROM\b.{0,60}?\b(?:QUOTE|QTE)"
    r")",
    re.IGNORECASE,
)
# `CORRECTED COPY`, `C O R R E C T E D  C O P Y`, `(CORRECTED COPY - PARA 2)`, `CORRECTED VERSION`.
_CORRECTED = late_pattern(
    r"C ?O ?R ?R ?E ?C ?T ?E ?D {1,3}(?:C ?O ?P ?Y|T ?E ?X ?T|V ?E ?R ?S ?I ?O ?N|R ?E ?P ?E ?A ?T)",
    re.IGNORECASE,
)
# One of several parts of a telegram: `SECTION 01 OF 02`, `SECTION ONE OF TWO`, `(PART 2 OF 3)`.
_SECTION = late_pattern(r"\b(?:SECTION|PART) +\w+ +OF +\w+", re.IGNORECASE)
# So much of the page's beginning is looked at for these words.
_OPENING = 3_000
_FIRST_WORDS = 1_500
_AT_ONCE = 300
_AROUND = (SegmentKind.HEADER, SegmentKind.HEADING, SegmentKind.PAGE_MARK)


@dataclass(frozen=True, slots=True)
class Text:
    """A cable as it is compared."""

    key: str
    words: tuple[str, ...]
    who: Identity
    subject: tuple[str, ...]
    sent_again: bool
    corrected: bool
    section: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """Two texts word by word: how many words of each stand in the other (nearly), how many differ in their place,
    figures among them, how many are damaged spellings, how many each side has alone, and in how long a stretch the
    longer one has."""

    common: int
    near: int
    differing: int
    figures: int
    alone: tuple[int, int]
    longest: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether two cables are one telegram, what the second (shorter) one is to the first, and the share of the
    shorter one's words that the other has, from 0 to 1, and `alike` that of the longer one's. `apart` says that they
    are surely not one though their texts are alike: a form that was filled in twice, an answer that quotes."""

    same: bool
    kind: Kind
    share: float
    apart: bool = False
    alike: float = 0.0


def text_of(cable: Cable) -> Text:
    """A cable as it is compared."""
    words = text_words(cable)[:_MOST_WORDS]
    header = "".join(each.text for each in cable.segments if each.kind in _AROUND)[:_OPENING]
    first = " ".join(each.text for each in cable.paragraphs[:2])[:_FIRST_WORDS]
    return Text(
        cable.id,
        tuple(words),
        identity(cable),
        tuple(_subject(cable.subject)),
        _SENT_AGAIN.search(first) is not None,
        _CORRECTED.search(header) is not None
        or _CORRECTED.search(cable.subject) is not None
        or _CORRECTED.search(first[:_AT_ONCE]) is not None,
        _SECTION.search(header) is not None or _SECTION.search(first[:_AT_ONCE]) is not None,
    )


def _subject(subject: str) -> Iterator[str]:
    for word in subject.casefold().split():
        if bare := "".join(filter(str.isalnum, word)):
            yield bare


def judge(one: Text, other: Text) -> Verdict:
    """Whether two cables are one telegram; see `docs/versions.md`."""
    long, short = (one, other) if len(one.words) >= len(other.words) else (other, one)
    found = compare(long.words, short.words)
    return _judged(long, short, found)


# What has fewer words than this says too little by its text alone; what has fewer than the other, little.
_FEW = 25
_SOME = 80
# Between two printed days a time zone may lie; a retransmission comes within weeks.
_SAME_DAY = 1
_DAYS_OF_A_NUMBER = 4
_DAYS_OF_A_CORRECTION = 14
# Someone who sends a telegram once more says so in so many words at most; who answers one has more of his own.
_OWN_WORDS = 45
# What is so much longer is no copy: the other is a part of it.
_MUCH_LONGER = 0.35


def _judged(long: Text, short: Text, found: Compared) -> Verdict:
    number = max(1, len(short.words))
    share = min(1.0, (found.common + found.near) / number)
    # An eye that misreads words misreads figures too.
    against = max(0.0, found.differing + 2 * found.figures - 0.4 * found.near) / number
    alone = found.alone[0] / number
    kind: Kind = "copy"
    if long.corrected != short.corrected:
        kind = "correction"
    elif long.sent_again != short.sent_again and not _same_number(long.who, short.who):
        kind = "retransmission"
    elif alone > _MUCH_LONGER:
        kind = "extract"
    evidence = _Evidence(len(short.words), share, against, alone, found.longest)
    same = _one(long, short, evidence, kind)
    apart = not same and share >= 0.5 and _apart(long.who, short.who, evidence, kind)
    alike = min(1.0, (found.common + found.near) / max(1, len(long.words)))
    return Verdict(same, kind, share, apart, alike)


def _apart(a: Identity, b: Identity, by: _Evidence, kind: Kind) -> bool:
    """Whether two cables that are not one are surely two, so that no third one makes one of them."""
    if by.number < _FEW:
        return False
    if by.against > (0.06 if kind == "correction" else 0.02):
        return True
    if kind in ("retransmission", "correction"):
        return False
    days = abs((a.day - b.day).days) if a.day and b.day else 0
    if a.post is not None and b.post is not None and a.post != b.post:
        days = max(days, 1)
    another = a.number is not None and b.number is not None and a.number != b.number
    # Of one post and day they may be two damaged copies, each with what the other has lost.
    return (by.longest > _OWN_WORDS and by.share >= 0.8 and days > 0) or (
        another and days > _SAME_DAY
    )


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Of the shorter text: its words, the share that stands in the other, and, as parts of its length, what speaks
    against it and what the other has alone; `longest` is the longest stretch of that, in words."""

    number: int
    share: float
    against: float
    alone: float
    longest: int


def _one(long: Text, short: Text, by: _Evidence, kind: Kind) -> bool:
    a, b = long.who, short.who
    days = abs((a.day - b.day).days) if a.day and b.day else None
    if _same_number(a, b) and (days is None or days <= _DAYS_OF_A_NUMBER):
        # The same post, number and year: what its pages have in common has to show, and no more.
        nothing = by.number < _SHORTEST_TEXT and _same_subject(long, short)
        return nothing or by.share >= 0.3
    told_apart = _told_apart(a, b) and not _same_number(a, b)
    another_day = days is not None and days > _SAME_DAY
    if by.number < _FEW:
        return not (told_apart or another_day) and _alike_though_short(long, short, by)
    if by.longest > _OWN_WORDS and not _is_part(long, short, by, days):
        return False
    if kind == "correction":
        near = days is None or days <= _DAYS_OF_A_CORRECTION
        return near and _same_post(a, b) and by.share >= 0.8 and by.against <= 0.03
    if another_day:
        # Sent once more on a later day, and nothing is filled in anew; a form has few words that are its own.
        if kind == "retransmission":
            return by.share >= 0.85 and by.against <= 0.02
        return by.number >= _SOME and by.share >= 0.93 and by.against <= 0.01 and by.alone <= 0.2
    if told_apart:
        # Two numbers of one day: sent to others once more, a section, or a copy whose number was misread.
        if by.number < _SOME:
            return by.share >= 0.9 and by.against <= 0.01
        return by.share >= 0.8 and by.against <= 0.025
    # Nothing speaks against it but the text.
    return by.share >= 0.7 and by.against <= 0.035


def _same_subject(one: Text, other: Text) -> bool:
    return not (one.subject and other.subject) or one.subject == other.subject


# A page of fewer words has no text that could be compared: a number is all that it tells.
_SHORTEST_TEXT = 6


def _alike_though_short(long: Text, short: Text, by: _Evidence) -> bool:
    """Few words, all of them alike, under a subject of some words that is the same."""
    return (
        by.number >= _SHORTEST_TEXT
        and by.share >= 0.9
        and by.against <= 0.02
        and by.longest <= by.number
        and (len(short.subject) >= 3 and long.subject == short.subject)
    )


def _is_part(long: Text, short: Text, by: _Evidence, days: int | None) -> bool:
    """Whether the shorter one may be a part of the other: an extract of an edition, one of several sections."""
    a, b = long.who, short.who
    if a.post is None or a.post != b.post or (days is not None and days > _SAME_DAY):
        return False
    if a.number is not None and b.number is not None and a.number != b.number:
        # Else it is quoted by an answer.
        return (short.section or long.section) and by.share >= 0.9 and by.against <= 0.015
    if days is None:
        return by.share >= 0.9 and by.against <= 0.015
    return True


def _same_number(a: Identity, b: Identity) -> bool:
    return (
        a.number is not None
        and a.number == b.number
        and a.post is not None
        and a.post == b.post
        and a.year is not None
        and b.year is not None
        and (a.year == b.year)
    )


def _same_post(a: Identity, b: Identity) -> bool:
    return a.post is None or b.post is None or a.post == b.post


def _told_apart(a: Identity, b: Identity) -> bool:
    """Whether both are numbered by their posts, and not alike."""
    if a.post is not None and b.post is not None and a.post != b.post:
        return True
    return a.number is not None and b.number is not None and a.number != b.number


def compare(long: Sequence[str], short: Sequence[str]) -> Compared:
    """Two texts word by word. The work grows with their lengths, whatever they are."""
    matches = common_places(long, short)
    near = differing = figures = longest = 0
    alone = [0, 0]
    for left, right in _between(matches, len(long), len(short)):
        x, y = long[left.start : left.stop], short[right.start : right.stop]
        if _blacked_out(x) or _blacked_out(y):
            continue
        # Before the first common word and behind the last one stands what a page adds: a date, an opening, a name.
        inside = left.start and right.start and left.stop < len(long) and right.stop < len(short)
        if inside and x and y and max(len(x), len(y)) <= _LONGEST_SPELLING:
            figures_here = _figures(x, y)
            if figures_here:
                figures += figures_here
                differing += min(len(x), len(y))
            elif Indel.normalized_similarity("".join(x), "".join(y)) >= _ALIKE_LETTERS:
                near += len(y)
                continue
            else:
                differing += min(len(x), len(y))
        alone[0] += len(x)
        alone[1] += len(y)
        longest = max(longest, len(x))
    return Compared(len(matches), near, differing, figures, (alone[0], alone[1]), longest)


def _blacked_out(words: Sequence[str]) -> bool:
    """Whether there is nothing but what was blacked out, which may have been anything."""
    return bool(words) and len(words) <= _LONGEST_SPELLING and all(map(_BLACK.fullmatch, words))


def _figures(x: Sequence[str], y: Sequence[str]) -> int:
    """How many figures stand on both sides and are others."""
    one = [each.translate(_AS_DIGITS) for each in x if _DIGIT.search(each)]
    two = [each.translate(_AS_DIGITS) for each in y if _DIGIT.search(each)]
    if not (one and two):
        return 0
    rest = list(two)
    for each in one:
        if each in rest:
            rest.remove(each)
    if len(rest) == len(two) and "".join(one) == "".join(two):
        return 0
    return min(len(one), len(rest))


def common_places(one: Sequence[str], other: Sequence[str]) -> Matches:
    """The places of the words that stand in both, near enough others that do, in order."""
    return _together(matched(one, other))


def matched(one: Sequence[str], other: Sequence[str]) -> Matches:
    """The places of words that stand in both, in the order of both: from rows that stand once in each, outwards."""
    anchors = _in_order(_rows_once(one), _rows_once(other))
    found: Matches = []
    i = j = 0
    for a, b in [*anchors, (len(one), len(other))]:
        if a < i or b < j:  # inside the row before, or another place of it
            continue
        found += _word_by_word(one, other, range(i, a), range(j, b))
        if a < len(one):
            found += [(a + step, b + step) for step in range(ROW)]
        i, j = a + ROW, b + ROW
    return found


def _rows_once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Where each row of words stands that stands once in a text."""
    places: dict[tuple[str, ...], int] = {}
    again = set()
    for place, row in enumerate(zip(words, words[1:], words[2:], strict=False)):
        if row in places:
            again.add(row)
        places[row] = place
    for row in again:
        del places[row]
    return places


def _in_order(one: dict[tuple[str, ...], int], other: dict[tuple[str, ...], int]) -> Matches:
    """The longest chain of common rows that has the same order in both."""
    pairs = [(place, other[row]) for row, place in one.items() if row in other]
    pairs.sort()
    ends: list[int] = []  # of the chains of each length the smallest end, and which pair it is
    at: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(at[length - 1] if length else -1)
        if length == len(ends):
            ends.append(place)
            at.append(number)
        else:
            ends[length], at[length] = place, number
    chain: Matches = []
    number = at[-1] if at else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _word_by_word(one: Sequence[str], other: Sequence[str], left: range, right: range) -> Matches:
    """What stands between two anchors: of long stretches only their ends, where the rest may have been left out."""
    if not (left and right):
        return []
    check()
    if max(len(left), len(right)) <= _MOST_BETWEEN:
        return _common(one, other, left, right)
    head = min(len(left), len(right), _MOST_BETWEEN // 2)
    first = _common(one, other, left[:head], right[:head])
    i, j = (first[-1][0] + 1, first[-1][1] + 1) if first else (left.start, right.start)
    tail_left = range(max(i, left.stop - head), left.stop)
    tail_right = range(max(j, right.stop - head), right.stop)
    return first + _common(one, other, tail_left, tail_right)


def _common(one: Sequence[str], other: Sequence[str], left: range, right: range) -> Matches:
    x, y = one[left.start : left.stop], other[right.start : right.stop]
    found: Matches = []
    for step in LCSseq.opcodes(x, y):
        if step.tag == "equal":
            found += [
                (left.start + at, right.start + step.dest_start + at - step.src_start)
                for at in range(step.src_start, step.src_end)
            ]
    return found


def _together(found: Matches) -> Matches:
    """Those that stand near enough others: five of them with no more than a few words between on either side, and not
    much more between them than there are of them."""
    kept: Matches = []
    group: Matches = []
    for each in found:
        if group and (each[0] - group[-1][0] > _NEAR or each[1] - group[-1][1] > _NEAR):
            kept += _dense(group)
            group = []
        group.append(each)
    return kept + _dense(group)


def _dense(group: Matches) -> Matches:
    if len(group) < _FEWEST_TOGETHER:
        return []
    first, last = group[0], group[-1]
    span = max(last[0] - first[0], last[1] - first[1]) + 1
    return group if len(group) >= _DENSE * span else []


def _between(matches: Matches, left: int, right: int) -> Iterator[tuple[range, range]]:
    """The stretches without a match, on both sides at once."""
    i = j = 0
    for a, b in [*matches, (left, right)]:
        if a > i or b > j:
            yield range(i, a), range(j, b)
        i, j = a + 1, b + 1
