"""What other versions of a cable have and the one that is shown lacks: the paragraphs that are its passages.

Owns that decision, which is made by words and not by lines: a paragraph is lacking if its words do not stand one behind
the other in the text that is shown, nor in what an earlier version adds to it. Where paragraphs begin, their numbers,
portion marks and headings, blanks, and hyphens at the ends of lines make no difference. Must not know where versions
come from, nor which of them is the best.

A word that is blacked out is no word: what merely blacks out what is shown is not lacking, a name that is blacked out
where it is shown is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from corpus.model import Cable, Paragraph, Part, Passage, SegmentKind, Version
from indexer.grammar.marks import MARK
from indexer.runs.versions import BLACKED_OUT
from search.text.analysis import analyse
from search.units import SOURCE_ANCHOR, UnitKind, note_anchors, units

# A portion mark that stayed in the text of joined paragraphs: `He left. 2. (SBU) She stayed.`
_MARK_INSIDE = re.compile(rf"[(\[]\s*{MARK}\s*[)\]]", re.IGNORECASE)
# What makes a number that of a paragraph, behind it: `2. She stayed`, `3) Later`; not `2.5 million`.
_BEHIND_A_NUMBER = re.compile(r"[.)](?!\S)")
_LONGEST_NUMBER = 3
# What was blacked out in one place may have been so many words: a name with its title, an office and its address.
_MOST_BLACKED_OUT = 25
# The other version may have lost a line or more in the middle of a paragraph, or the shown one may have a page mark
# there: so many words. Around it so many have to stand one behind the other.
_GAP = (3, 60)
_AROUND_A_GAP = 4
# So many steps for each word of both texts; a text made of one word over and over could take their product. A paragraph
# that is given up is taken for one that is lacking.
_MOST_STEPS = 50


class _Word(NamedTuple):
    """A word as it is compared. `letters` of what begins with a digit begin with a blank, so that `1 23` is not `12 3`;
    otherwise words are told apart by nothing, so that `nego- tiations` is `negotiations`.
    """

    term: str
    letters: str
    numbering: bool
    blacked_out: bool


def passages(
    shown: Cable, others: Iterable[tuple[Version, Iterable[Cable]]]
) -> tuple[Passage, ...]:
    """What other versions of a cable have in addition to what is shown, those in their order.

    Each version is given with its cable, or with several that have parts of it. A subject, a note or a heading that is
    shown nowhere is a paragraph of its own; a heading is not if a passage stands under it.
    """
    found: list[Passage] = []
    known: list[_Text] = []
    for version, cables in others:
        in_version: list[Paragraph] = []
        for cable in cables:
            if not known:  # so that a cable whose versions are known by name only costs nothing
                known += _shown(shown)
            in_version += _lacking(cable, known)
        distinct = _distinct(in_version)
        if distinct:
            known.append(_Text((each.section, each.text) for each in distinct))
        found += [Passage(version, each) for each in distinct]
    return tuple(found)


def _lacking(cable: Cable, known: Sequence[_Text]) -> Iterator[Paragraph]:
    """The paragraphs of a cable that none of the known texts has; its subject, notes, and headings over no such one."""
    lacking = [not _is_known(each.text, known) for each in cable.paragraphs]
    pairs = list(zip(cable.paragraphs, lacking, strict=True))
    headings = {each.section for each, is_lacking in pairs if is_lacking}
    names = _Names(each.anchor for each in cable.paragraphs)
    # The title of a page is the page's, and no text of the cable.
    if not (_is_known(cable.subject, known) or _has_page_title(cable)):
        yield Paragraph(names.give("subject"), None, None, None, Part.BODY, cable.subject)
    for paragraph, is_lacking in pairs:
        heading = paragraph.section
        if heading and heading not in headings:
            headings.add(heading)
            if not _is_known(heading, known):
                anchor = names.give("heading")
                yield Paragraph(anchor, None, None, heading, paragraph.part, heading)
        if is_lacking:
            yield paragraph
    notes = [(SOURCE_ANCHOR, cable.source_note)]
    notes += zip(
        note_anchors(cable.footnotes), (each.text for each in cable.footnotes), strict=True
    )
    for anchor, text in notes:
        if not _is_known(text, known):
            yield Paragraph(names.give(anchor), None, None, None, Part.BODY, text)


def _has_page_title(cable: Cable) -> bool:
    return any(each.code == "subject-from-title" for each in cable.problems)


def _distinct(paragraphs: Iterable[Paragraph]) -> list[Paragraph]:
    """The paragraphs of one version, each text once and each under a name of its own."""
    seen: set[str] = set()
    names = _Names()
    kept = []
    for each in paragraphs:
        letters = "".join(word.letters for word in _words(each.text))
        if letters not in seen:
            seen.add(letters)
            kept.append(replace(each, anchor=names.give(each.anchor)))
    return kept


class _Names:
    """The names of paragraphs, no two of them equal."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = dict.fromkeys(taken, 1)

    def give(self, name: str) -> str:
        """That name, or `p1-2`, `p1-3` if there is one already."""
        free, number = name, self._taken.get(name, 0)
        while free in self._taken:
            number += 1
            free = f"{name}-{number}"
        self._taken[name] = max(number, 1)
        self._taken.setdefault(free, 1)
        return free


def _shown(cable: Cable) -> list[_Text]:
    """What is shown of a cable, and can be found: its paragraphs, and its head, headings and notes beside them."""
    ends: dict[str | None, str] = {}
    for segment in cable.segments:
        if segment.kind is SegmentKind.END_MARK:
            ends[segment.anchor] = f"{ends.get(segment.anchor, '')} {segment.text}"
    # What it lacked in an index before does not count.
    own = units(replace(cable, passages=()))
    beside = (each for each in own if each.kind is not UnitKind.PARAGRAPH)
    return [
        _Text(
            ((each.section, each.text) for each in cable.paragraphs),
            [ends.get(each.anchor, "") for each in cable.paragraphs],
        ),
        _Text((None, part) for each in beside for part in each.parts),
    ]


def _words(text: str) -> list[_Word]:
    plain = _MARK_INSIDE.sub(" ", text)
    words = []
    for token in analyse(plain):
        term = token.term
        words.append(
            _Word(
                term,
                f" {term}" if term[0].isdigit() else term,
                term.isdigit()
                and len(term) <= _LONGEST_NUMBER
                and _BEHIND_A_NUMBER.match(plain, token.end) is not None,
                BLACKED_OUT.fullmatch(plain, token.start, token.end) is not None,
            )
        )
    return words


class _Text:
    """A text of several paragraphs, each with its heading, in which others are looked for.

    `letters` are those of its words; a word begins at each of the `starts`, and `place` numbers these. `borders` are
    where a paragraph ends or begins: what may stand there in another version, of headings and of end marks, as letters.
    `numbers` are the numbers of paragraphs that stand in the text itself: where each begins and ends.
    """

    def __init__(
        self, paragraphs: Iterable[tuple[str | None, str]], ends: Sequence[str] = ()
    ) -> None:
        terms: list[str] = []
        letters: list[str] = []
        self.starts: list[int] = []
        self.borders: dict[int, set[str]] = {}
        self.numbers: dict[int, int] = {}
        length = 0
        for number, (heading, text) in enumerate(paragraphs):
            self._border(length, heading)
            for word in _words(text):
                terms.append(word.term)
                letters.append(word.letters)
                self.starts.append(length)
                if word.numbering:
                    self.numbers[length] = length + len(word.letters)
                length += len(word.letters)
            self._border(length, ends[number] if ends else None)
        self.joined = f" {' '.join(terms)} "
        self.letters = "".join(letters)
        self.place = {start: place for place, start in enumerate([*self.starts, length])}

    def _border(self, at: int, beside: str | None) -> None:
        here = self.borders.setdefault(at, set())
        if beside:
            here.add("".join(word.letters for word in _words(beside)))


def _is_known(text: str, known: Sequence[_Text]) -> bool:
    """Whether one of the texts has these words; a text without any is known."""
    words = _words(text)
    while words and words[0].blacked_out:
        del words[0]
    while words and words[-1].blacked_out:
        del words[-1]
    if all(word.numbering or word.blacked_out for word in words):
        return True
    joined = f" {' '.join(word.term for word in words)} "
    if any(joined in each.joined for each in known):
        return True
    wanted = _Wanted.of(words)
    return any(_stands_in(wanted, each) for each in known)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Words that are looked for; `place` has which of them begins where in their `letters`."""

    words: Sequence[_Word]
    letters: str
    starts: Sequence[int]
    place: dict[int, int]

    @classmethod
    def of(cls, words: Sequence[_Word]) -> _Wanted:
        starts = [0]
        for word in words:
            starts.append(starts[-1] + len(word.letters))
        place = {start: number for number, start in enumerate(starts)}
        return cls(words, "".join(word.letters for word in words), starts, place)


def _stands_in(wanted: _Wanted, text: _Text) -> bool:
    """Whether the words stand in the text, one behind the other.

    All places in which the words so far may end are followed at once, so that the work is bounded.
    """
    reached: list[set[int]] = [set() for _ in range(len(wanted.words) + 1)]
    reached[0].update(text.starts)
    steps = _MOST_STEPS * (len(wanted.words) + len(text.starts))
    for number in range(len(wanted.words)):
        for at in reached[number]:
            for behind, there in _next(wanted, number, text, at):
                reached[behind].add(there)
                steps -= 1
            steps -= 1
            if steps < 0:
                return False
        reached[number].clear()
    return any(at in text.place for at in reached[-1])


def _next(wanted: _Wanted, number: int, text: _Text, at: int) -> Iterator[tuple[int, int]]:
    """How many words are found, and up to where, if the first `number` of them are found up to there."""
    word = wanted.words[number]
    if word.blacked_out:
        place = text.place.get(at)
        if place is not None:
            yield number + 1, at
            for start in text.starts[place + 1 : place + _MOST_BLACKED_OUT]:
                yield number + 1, start
            if place + _MOST_BLACKED_OUT >= len(text.starts):
                yield number + 1, len(text.letters)
        return
    # A number inside the text, which the other version does not have there.
    for begin in {at, text.numbers.get(at, at)}:
        if text.letters.startswith(word.letters, begin):
            yield number + 1, begin + len(word.letters)
    yield from _behind_a_gap(wanted, number, text, at)
    beside = text.borders.get(at)
    if beside is None:
        return
    if word.numbering:
        yield number + 1, at
    for letters in beside:
        behind = wanted.starts[number] + len(letters)
        if (
            letters
            and wanted.letters.startswith(letters, wanted.starts[number])
            and behind in wanted.place
        ):
            yield wanted.place[behind], at


def _behind_a_gap(wanted: _Wanted, number: int, text: _Text, at: int) -> Iterator[tuple[int, int]]:
    """The same behind words of the text that the other version lost.

    Fewer words than have to stand together are enough where both paragraphs end with them.
    """
    place = text.place.get(at)
    before, behind = number - _AROUND_A_GAP, number + _AROUND_A_GAP
    if place is None or before < 0:
        return
    here = wanted.starts[number]
    last = wanted.letters[wanted.starts[before] : here]
    if not text.letters.startswith(last, at - len(last)):
        return
    following = wanted.letters[here : wanted.starts[min(behind, len(wanted.words))]]
    least, most = (text.starts[place + gap : place + gap + 1] for gap in _GAP)
    if not least:
        return
    end = most[0] + len(following) if most else len(text.letters)
    there = text.letters.find(following, least[0], end)
    while there >= 0:
        stop = there + len(following)
        if there in text.place and (behind <= len(wanted.words) or stop in text.borders):
            yield min(behind, len(wanted.words)), stop
        there = text.letters.find(following, there + 1, end)
