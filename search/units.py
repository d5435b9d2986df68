"""What of a cable can be a hit: paragraphs, its head, the headings over paragraphs, notes, text of other versions.

Owns which units a cable has, their anchors, their own words, and what each is called. Must not know queries or engines.

A unit's place in its cable is a number that tells its kind: paragraphs count from 0, the others each from a start of
their own, so that paragraphs come first where all else is equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import count, groupby
from typing import NamedTuple

from corpus.dates import date_time_group, day_in_words
from corpus.model import Cable, Footnote, Paragraph, Passage, SegmentKind
from search.text.analysis import stems_and_terms

HEAD_ANCHOR = "head"
SOURCE_ANCHOR = "source"


class UnitKind(StrEnum):
    """What a unit is; also the values of the field `unit`."""

    PARAGRAPH = "paragraph"
    HEAD = "head"  # the subject, and the header as printed
    HEADING = "heading"  # the title of a section
    NOTE = "note"  # a footnote, or the note on the source
    VERSION = "version"  # a paragraph that another version has and the shown one lacks


# Each paragraph that is indexed is asked for it; a member of an Enum takes a look-up in Python.
_PARAGRAPH = UnitKind.PARAGRAPH
# Where a kind's places begin; no cable has as many units of one kind as lie between two of them.
PLACES = 1_000_000
_KINDS = tuple(UnitKind)
# The values of the field `in`, by kind; a source note stands in the header as well.
WHERE: dict[UnitKind, tuple[str, ...]] = {
    UnitKind.PARAGRAPH: ("text",),
    UnitKind.HEAD: ("header",),
    UnitKind.HEADING: ("text",),
    UnitKind.NOTE: ("notes",),
    UnitKind.VERSION: ("text",),
}
_BETWEEN = str.maketrans(dict.fromkeys(",;:./()[]", " "))
_SOURCE_NOTE_IN = ("notes", "header")


class Unit(NamedTuple):
    """One unit. `parts` are its own words: texts over whose ends no phrase runs; joined by line ends they are shown.

    `paragraph` is there for those that are one. `under` are the anchors that it stands over or belongs to: of the
    paragraphs under a heading, of the paragraph that a note is to. `section` is the heading that it stands under,
    `stretch` the number, from 0, of the run of paragraphs under one heading, None outside of any.
    """

    # A tuple and no dataclass: indexing makes one for each paragraph, and they take a third of the time to make.
    kind: UnitKind
    anchor: str
    place: int
    parts: tuple[str, ...]
    name: str = ""
    paragraph: Paragraph | None = None
    under: tuple[str, ...] = ()
    section: str = ""
    stretch: int | None = None

    @property
    def text(self) -> str:
        """All of its words, to be read."""
        parts = self.parts
        return parts[0] if len(parts) == 1 else "\n".join([part for part in parts if part])

    @property
    def where(self) -> tuple[str, ...]:
        """The values of the field `in`."""
        return _SOURCE_NOTE_IN if self.anchor == SOURCE_ANCHOR else WHERE[self.kind]


def kind_at(place: int) -> UnitKind:
    """The kind of the unit at a place."""
    return _KINDS[place // PLACES]


def first_place(kind: UnitKind) -> int:
    """Where the places of a kind begin."""
    return _KINDS.index(kind) * PLACES


def label(anchor: str, number: int | None = None) -> str:
    """`¶12` for a numbered paragraph, `¶4b` for a number that came again, `unnumbered 3` for one without."""
    name = anchor.lstrip("pu")
    return f"unnumbered {name}" if number is None else f"¶{name}"


def units(cable: Cable) -> tuple[Unit, ...]:
    """All units of a cable in the order of their places."""
    stretches = stretches_of([each.section for each in cable.paragraphs])
    return (
        *map(paragraph_unit, count(), cable.paragraphs, stretches),
        head_unit(cable.subject, header_parts(cable)),
        *heading_units(cable.paragraphs, stretches),
        *note_units(cable.source_note, cable.footnotes, cable.paragraphs),
        *version_units(
            cable.passages, [cable.versions.index(each.version) for each in cable.passages]
        ),
    )


def stretches_of(sections: Sequence[str | None]) -> list[int | None]:
    """For each paragraph, given by its heading, the number of its stretch: consecutive ones under one heading; None
    where there is none."""
    found: list[int | None] = []
    number = -1
    before: str | None = None
    for section in sections:
        if section and section != before:
            number += 1
        found.append(number if section else None)
        before = section
    return found


def paragraph_unit(place: int, paragraph: Paragraph, stretch: int | None) -> Unit:
    """A paragraph, by its place among the paragraphs."""
    return Unit(
        _PARAGRAPH,
        paragraph.anchor,
        place,
        (paragraph.text,),
        label(paragraph.anchor, paragraph.number),
        paragraph,
        section=paragraph.section or "",
        stretch=stretch,
    )


def head_unit(subject: str, header: Sequence[str]) -> Unit:
    """The head: the subject, and the parts of the header."""
    return Unit(
        UnitKind.HEAD,
        HEAD_ANCHOR,
        first_place(UnitKind.HEAD),
        (subject, *header),
        "subject and header",
    )


def header_parts(cable: Cable) -> tuple[str, ...]:
    """The header as printed, and each shown value of it whose words do not stand in a row there, or in the subject."""
    printed = "".join(each.text for each in cable.segments if each.kind is SegmentKind.HEADER)
    parts = [printed] if printed.strip() else []
    # Most of it stands there letter by letter; the words are looked at where it does not.
    letters = f" {_letters_of(printed)} {_letters_of(cable.subject)} "
    known = ""
    for value in dict.fromkeys(_shown(cable)):
        if not value or f" {_letters_of_value(value)} " in letters:
            continue
        known = known or f" {_words(printed)} | {_words(cable.subject)} "
        words = _words(value)
        if words and f" {words} " not in known:
            parts.append(value)
            known += f"| {words} "
    return tuple(parts)


def _letters_of(text: str) -> str:
    """A text without what may stand between two words of it or not: `RUEHC/SECSTATE`, `PREL, ECON`."""
    return " ".join(text.translate(_BETWEEN).split())


# Posts, classifications and many addressees come again with other cables.
_letters_of_value = lru_cache(maxsize=1 << 12)(_letters_of)


def _words(text: str) -> str:
    return stems_and_terms(text)[1]


def _shown(cable: Cable) -> Iterator[str]:
    """What the page of a cable shows of its header, a value each."""
    for recipients in (cable.recipients, cable.info_recipients):
        for one in recipients:
            yield one.name
            yield one.precedence or ""
            yield one.route or ""
            yield one.serial or ""
            yield " ".join(one.excluded)
    yield date_time_group(cable)
    yield cable.sender or ""
    yield cable.origin.name if cable.origin else ""
    yield cable.precedence or ""
    yield cable.classification or ""
    yield " ".join(cable.caveats)
    yield " ".join(cable.tags)
    yield from cable.classified_by
    yield cable.executive_order or ""
    if day := cable.declassify_on:
        yield day_in_words(day)
    yield from cable.reasons
    yield from cable.signed_by
    yield cable.message_number
    yield cable.release_case
    yield cable.release_document
    yield cable.place
    yield cable.transmission_id or ""
    for reference in cable.references:
        yield reference.text


def heading_units(
    paragraphs: Sequence[Paragraph], stretches: Sequence[int | None]
) -> Iterator[Unit]:
    """The headings, each once over the paragraphs that it stands over."""
    start = first_place(UnitKind.HEADING)
    pairs = zip(paragraphs, stretches, strict=True)
    for stretch, group in groupby(pairs, key=lambda pair: pair[1]):
        if stretch is None:
            continue
        under = [each for each, _ in group]
        heading = under[0].section or ""
        yield Unit(
            UnitKind.HEADING,
            heading_anchor(under[0].anchor),
            start + stretch,
            (heading,),
            f"heading over {_span(under)}",
            under=tuple(each.anchor for each in under),
            stretch=stretch,
        )


def heading_anchor(first: str) -> str:
    """The anchor of the heading over a paragraph: that paragraph names it."""
    return f"s-{first}"


def _span(under: Sequence[Paragraph]) -> str:
    first, last = (label(each.anchor, each.number) for each in (under[0], under[-1]))
    return first if first == last else f"{first} to {last}"


def note_units(
    source_note: str, footnotes: Sequence[Footnote], paragraphs: Sequence[Paragraph]
) -> Iterator[Unit]:
    """The note on the source, and the footnotes."""
    start = first_place(UnitKind.NOTE)
    if source_note:
        yield Unit(UnitKind.NOTE, SOURCE_ANCHOR, start, (source_note,), "source note")
    labels = {each.anchor: label(each.anchor, each.number) for each in paragraphs}
    for place, (each, anchor) in enumerate(
        zip(footnotes, note_anchors(footnotes), strict=True), start + 1
    ):
        belongs = each.anchor if each.anchor in labels else None
        name = f"note {each.number}" if each.number else "note"
        yield Unit(
            UnitKind.NOTE,
            anchor,
            place,
            (each.text,),
            f"{name} to {labels[belongs]}" if belongs else f"{name} to the header",
            under=(belongs,) if belongs else (),
        )


def note_anchors(footnotes: Sequence[Footnote]) -> tuple[str, ...]:
    """A name for each note: `n3` for the one with the mark 3, `n3b` for a second, `nu1` for one without a number."""
    found: list[str] = []
    counts: dict[str, int] = {}
    for each in footnotes:
        number = each.number.strip()
        base = f"n{number}" if number.isascii() and number.isdecimal() else "nu"
        counts[base] = count = counts.get(base, 0) + 1
        if base == "nu":
            found.append(f"nu{count}")
        else:
            found.append(base if count == 1 else f"{base}{_letters(count)}")
    return tuple(found)


def _letters(count: int) -> str:
    """`b` for a second, `z` for a 26th, `aa` behind it."""
    letters = ""
    while count:
        count, rest = divmod(count - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def version_units(passages: Sequence[Passage], versions: Sequence[int]) -> Iterator[Unit]:
    """The passages; `versions` are the places of their versions among those that the cable names."""
    start = first_place(UnitKind.VERSION)
    for place, (each, version) in enumerate(zip(passages, versions, strict=True), start):
        paragraph = each.paragraph
        number = version + 2
        yield Unit(
            UnitKind.VERSION,
            f"v{number}-{paragraph.anchor}",
            place,
            (paragraph.text,),
            f"in version {number}, {label(paragraph.anchor, paragraph.number)}",
            paragraph,
            section=paragraph.section or "",
        )
