"""Which cable a draft says a quotation is from: the number that stands nearest, in its sentence or its footnote.

Owns where a sentence ends. Must not know an index.

In this order: the nearest number in the sentence, together with those it is listed with; the numbers of the footnote
that the sentence refers to at the quotation or behind it. The only number of a paragraph, in another sentence, may be
meant, and no more is made of it. What is set off has its number at its end (`— 06PARIS12, para 3`, `(06PARIS12)`), in
the sentence that leads to it, or in the line behind it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from search.quotes.drafts import Block
from search.quotes.numbers import Mention, mentions
from search.quotes.quotations import Quotation

# `[^1]`, `[^e2]`, `[3]`, `¹`: where a footnote is referred to.
_NOTE_MARK = re.compile(r"\[\^?(?P<name>[\w-]{1,20})\]|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# The end of a sentence: its mark, marks and notes that close behind it, a blank, and what begins the next one. A
# parenthesis behind the mark still belongs to it: `“The lamp is lit.” (06PARIS12)`.
_SENTENCE_END = re.compile(
    r"[.!?…][\"”’»›)\]]*(?:\[\^?[\w-]{1,20}\]|[⁰¹²³⁴⁵⁶⁷⁸⁹])*\s+(?=[^\W_a-z]|[\"“„‘«‹])"
)
# What a full stop behind does not end a sentence: `U.S.`, `para.`, an initial.
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Amb|Gen|Col|Lt|Capt|Sen|Rep|Gov|Prof|St|No|Nos|para|paras|pp?|cf|vol|ch|ed|vs|fig|Ref)"
    r"|\b[^\W\d_](?:\.[^\W\d_])*)\.$",
    re.IGNORECASE,
)
# Between numbers of one list: `06PARIS12, 07ROME3 and 08LIMA4`, paragraphs among them.
_LISTED = re.compile(
    r"(?:[\s,;&/()¶]|and|see|also|paras?\.?|paragraphs?|[0-9]{1,3}[a-z]?(?=\W)|-)*", re.IGNORECASE
)
# The end of a text set off that says where it is from: `— 06PARIS12, para 3`, `(06PARIS12)`, `[06PARIS12, ¶3].`
_SOURCE_LINE = re.compile(
    r"(?:(?<=[.!?…\"”’»\n])\s*(?:[—–]|--)\s*[^—–\n]{1,100}|\s*\([^()\n]{1,160}\)|\s*\[[^\[\]\n]{1,160}\])[.\s]*$"
)
_LEADS_ON = ("—", "–", "--", "(", "[")


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention and the block of the draft that it stands in."""

    block: int
    mention: Mention


@dataclass(frozen=True, slots=True)
class Named:
    """A quotation, as it is to be looked up, and the numbers that are named for it.

    `around` is the only number of its paragraph, where none is named for it: it may well be meant.
    """

    quotation: Quotation
    numbers: tuple[Placed, ...] = ()
    around: tuple[Placed, ...] = ()


def all_mentions(blocks: Sequence[Block]) -> tuple[Placed, ...]:
    """The cable numbers of a draft, in their order."""
    return tuple(
        Placed(place, one) for place, block in enumerate(blocks) for one in mentions(block.text)
    )


def named_for(
    blocks: Sequence[Block], found: Sequence[Quotation], numbers: Sequence[Placed]
) -> tuple[Named, ...]:
    """Each quotation with the numbers that are named for it."""
    by_block: dict[int, list[Placed]] = {}
    for one in numbers:
        by_block.setdefault(one.block, []).append(one)
    notes: dict[str, list[int]] = {}
    for place, block in enumerate(blocks):
        if block.note:
            notes.setdefault(block.note, []).append(place)
    look = _Draft(blocks, by_block, notes, _masked(blocks, found))
    return tuple(look.set_off(one) if one.set_off else look.inline(one) for one in found)


def _masked(blocks: Sequence[Block], found: Sequence[Quotation]) -> list[str]:
    """The blocks with letters in the place of what is quoted inside them: a sentence does not end there."""
    masked = [block.text for block in blocks]
    for one in found:
        if one.set_off:
            continue
        for place in range(one.block, one.last + 1):
            text = masked[place]
            start = one.start + 1 if place == one.block else 0
            end = one.end - 1 if place == one.last else len(text)
            # The last sign stays: it may end the sentence.
            inside = max(0, end - start - 1)
            masked[place] = text[:start] + "q" * inside + text[start + inside :]
    return masked


@dataclass(slots=True)
class _Draft:
    blocks: Sequence[Block]
    numbers: Mapping[int, Sequence[Placed]]
    notes: Mapping[str, Sequence[int]]
    masked: Sequence[str]

    def inline(self, one: Quotation) -> Named:
        # Where it ends is where its source stands.
        text, place = self.masked[one.last], one.last
        start = one.start if one.block == one.last else 0
        first, end = _sentence(text, start, one.end)
        inside = [
            each
            for each in self._outside(place, one)
            if first <= each.mention.start and each.mention.end <= end
        ]
        if not inside and one.block != one.last:
            # It began a paragraph earlier, and so did its sentence.
            place = one.block
            before, stop = _sentence(self.masked[place], one.start, len(self.masked[place]))
            inside = [
                each
                for each in self._outside(place, one)
                if before <= each.mention.start and each.mention.end <= min(stop, one.start)
            ]
            start, listed_at = one.start, len(self.masked[place])
        else:
            listed_at = one.end
        if inside:
            return Named(one, _nearest(self.blocks[place].text, inside, start, listed_at))
        if noted := self._noted(one.last, one.end, end) or self._noted(one.last, first, end):
            return Named(one, noted)
        alone = self._outside(one.last, one)
        meant = len({each.mention.key or each.mention.text for each in alone}) == 1
        return Named(one, (), tuple(alone) if meant else ())

    def set_off(self, one: Quotation) -> Named:
        text = one.text
        source = _SOURCE_LINE.search(text)
        last = self.numbers.get(one.last, ())
        if source and mentions(source[0]) and source.start():
            length = len(source[0].strip())
            behind = len(self.blocks[one.last].text) - length
            numbers = tuple(each for each in last if each.mention.start >= behind - 1)
            return Named(replace(one, text=text[: source.start()].strip()), numbers)
        if found := self._noted(one.last, 0, len(self.blocks[one.last].text)):
            return Named(one, found)
        following = one.last + 1
        if following < len(self.blocks):
            behind_text = self.blocks[following].text
            if behind_text.startswith(_LEADS_ON) and following in self.numbers:
                return Named(one, tuple(self.numbers[following]))
        before = one.block - 1
        if before >= 0 and not self.blocks[before].note:
            length = len(self.masked[before])
            first, end = _sentence(self.masked[before], max(0, length - 1), length)
            inside = [each for each in self.numbers.get(before, ()) if each.mention.start >= first]
            numbers = (
                _nearest(self.blocks[before].text, inside, length, length)
                if inside
                else self._noted(before, first, end)
            )
            # Without a colon the sentence may speak of anything else.
            leads = self.masked[before].rstrip().endswith((":", ",", "—", "–"))
            return Named(one, numbers) if leads else Named(one, (), numbers)
        return Named(one)

    def _outside(self, place: int, one: Quotation) -> list[Placed]:
        """The numbers of a block that do not stand in the quotation itself."""
        start = one.start if place == one.block else 0
        end = one.end if place == one.last else len(self.blocks[place].text)
        return [
            each
            for each in self.numbers.get(place, ())
            if each.mention.end <= start or each.mention.start >= end
        ]

    def _noted(self, place: int, start: int, end: int) -> tuple[Placed, ...]:
        """The numbers of the first footnote that is referred to between two places of a block."""
        for mark in _NOTE_MARK.finditer(self.blocks[place].text, start, end):
            name = mark["name"] or mark["raised"].translate(_DIGITS)
            found = tuple(
                each for note in self.notes.get(name, ()) for each in self.numbers.get(note, ())
            )
            if found:
                return found
        return ()


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a stretch of a text."""
    first, last = 0, len(text)
    for match in _SENTENCE_END.finditer(text):
        stop = match.start() + 1
        if text[match.start()] == "." and _ABBREVIATION.search(text[:stop]):
            continue
        if match.end() <= start:
            first = match.end()
        elif match.end() >= end:
            last = match.end()
            break
    return first, last


def _nearest(text: str, inside: Sequence[Placed], start: int, end: int) -> tuple[Placed, ...]:
    """The nearest number to a stretch, and those that it stands in a list with."""

    def far(one: Placed) -> int:
        return max(start - one.mention.end, one.mention.start - end, 0)

    nearest = min(inside, key=far)
    place = inside.index(nearest)
    first = last = place
    while first and _listed(text, inside[first - 1], inside[first]):
        first -= 1
    while last + 1 < len(inside) and _listed(text, inside[last], inside[last + 1]):
        last += 1
    return tuple(inside[first : last + 1])


def _listed(text: str, one: Placed, other: Placed) -> bool:
    return bool(_LISTED.fullmatch(text[one.mention.end : other.mention.start]))
