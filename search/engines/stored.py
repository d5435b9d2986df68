"""What an index stores beside its terms, as bytes: a unit as lists show it, and the whole cable.

Owns the form of both. Must not know an engine. A change of the form is a change of the schema: `FORM` says so.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from stat import S_ISREG
from typing import Any

import msgspec

from corpus.cable_json import cable_from_json, cable_to_json
from corpus.model import (
    Cable,
    Footnote,
    Paragraph,
    Part,
    Passage,
    Post,
    Problem,
    Recipient,
    Reference,
    Segment,
    SegmentKind,
    Version,
)
from search.answers.answer import summary
from search.answers.results import CableSummary
from search.fields import COUNTED, NUMBER_FIELDS, TERM_FIELDS, VALUE_FIELDS
from search.plans.documents import BREAK, HEAD_WEIGHT, HEADING_WEIGHT, SUBJECT_WEIGHT
from search.text.showable import showable
from search.units import (
    Unit,
    UnitKind,
    first_place,
    head_unit,
    header_parts,
    heading_units,
    kind_at,
    note_units,
    paragraph_unit,
    stretches_of,
    units,
    version_units,
)

# Counts up whenever an index written before can't be read, or would answer otherwise: the form of what is stored
# here, the analysis, the meaning of a field.
FORM = 10
_KINDS = tuple(SegmentKind)
_KIND_NUMBERS = {kind: number for number, kind in enumerate(_KINDS)}
# Counts up whenever `unpack_cable` can't read any more what `pack_cable` gave before, but for the dictionary.
PACKING = 1
# What stands in every cable's JSON: a compressor that knows it has nothing to say of it. It is another one whenever the
# form of a cable changes (`search.engines.packing`).
DICTIONARY = json.dumps(
    [
        [*[[part.value] for part in Part], [kind.value for kind in SegmentKind]],
        cable_to_json(
            Cable(
                "",
                origin=Post("", ""),
                references=(Reference("", ""),),
                recipients=(Recipient(""),),
                problems=(Problem("", ""),),
            )
        ),
    ],
    separators=(",", ":"),
).encode()
# Of nine: 2 % more bytes than the usual six, in two thirds of the time.
_LEVEL = 4
# A summary has so many values; those of a paragraph stand behind them.
_OF_A_SUMMARY = 11
# What lists show of most cables is not longer.
_AT_ONCE = 16_384


def fingerprint(engine_schema: str) -> str:
    """A hash of what index and reader must have in common: field table, form, the engine's schema."""
    parts = (FORM, DICTIONARY, TERM_FIELDS, VALUE_FIELDS, NUMBER_FIELDS, COUNTED)
    weights = (BREAK, SUBJECT_WEIGHT, HEADING_WEIGHT, HEAD_WEIGHT)
    import hashlib

    return hashlib.sha256(repr((parts, weights, engine_schema)).encode()).hexdigest()


def packed_units(cable: Cable) -> list[bytes]:
    """Each unit with the summary of its cable, in the order of their places."""
    common = _json(_summary_values(cable))[1:-1]
    return [b"[%b,%b]" % (common, _json(_unit_values(each))[1:-1]) for each in units(cable)]


def unpack_unit(packed: bytes) -> tuple[CableSummary, Unit]:
    """What `packed_units` was given. Raises ValueError, TypeError if it is damaged."""
    values = _read(packed)
    return _summary(values[:_OF_A_SUMMARY]), _unit(values[_OF_A_SUMMARY:])


def pack_cable(cable: Cable, header: Sequence[str] | None = None) -> bytes:
    """A whole cable, its segments included, compressed; `header` are its `header_parts`, if they are known.

    What lists show of it stands before the rest, on a line of its own, so that it can be had by itself. Raises
    ValueError if that is no text that could be shown, for half of a surrogate pair.
    """
    shown = [
        _summary_values(cable),
        [_paragraph_values(each) for each in cable.paragraphs],
        cable.source_note,
        [(each.number, each.text, each.anchor) for each in cable.footnotes],
        [
            (cable.versions.index(each.version), *_paragraph_values(each.paragraph))
            for each in cable.passages
        ],
        header_parts(cable) if header is None else header,
    ]
    bare = replace(cable, paragraphs=(), source_note="", footnotes=(), passages=(), segments=())
    page = "".join([each.text for each in cable.segments])
    rest = [
        cable_to_json(bare),
        # The page in one piece, and how long each segment is: half as long as the segments one by one.
        *_without_paragraphs(page, [each.text for each in cable.paragraphs]),
        [
            (_KIND_NUMBERS[each.kind], len(each.text), each.field, each.anchor)
            for each in cable.segments
        ],
    ]
    packer = zlib.compressobj(_LEVEL, zdict=DICTIONARY)
    return packer.compress(b"%b\n%b" % (_json(shown), _escaped(rest))) + packer.flush()


def _without_paragraphs(page: str, texts: Sequence[str]) -> tuple[list[str], list[list[int]]]:
    """What of a page stands around its paragraphs, and how long the lines of each are.

    Most paragraphs are lines of their page, joined by blanks: they stand before the page, so that they need not be
    written again. One that does not stand there so has no lines, and what stands around it is one piece.
    """
    in_one_line = page.replace("\n", " ")
    around: list[str] = []
    lines: list[list[int]] = []
    end = 0
    for text in texts:
        start = in_one_line.find(text, end) if text else -1
        if start < 0:
            lines.append([])
            continue
        around.append(page[end:start])
        end = start + len(text)
        lines.append([len(line) for line in page[start:end].split("\n")])
    around.append(page[end:])
    return around, lines


def _with_paragraphs(
    around: Iterable[str], lines: Sequence[Sequence[int]], texts: Iterable[str]
) -> str:
    """The page that `_without_paragraphs` was given."""
    pieces = iter(around)
    made = [next(pieces)]
    for text, lengths in zip(texts, lines, strict=True):
        if not lengths:
            continue
        start = 0
        for length in lengths:
            made += (text[start : start + length], "\n")
            start += length + 1
        made[-1] = next(pieces)
    return "".join(made)


def _escaped(page: object) -> bytes:
    """A page as JSON; it may have letters that can't be shown, halves of a surrogate pair."""
    try:
        return _json(page)
    except UnicodeEncodeError:
        return json.dumps(page, check_circular=False, separators=(",", ":")).encode()


def unpack_cable(packed: bytes, dictionary: bytes = DICTIONARY) -> Cable:
    """The cable that `pack_cable` was given, each half of a surrogate pair in it as U+FFFD.

    `dictionary` is what it was packed with (`search.engines.packing`). Raises ValueError or zlib.error if it is
    damaged.
    """
    unpacker = zlib.decompressobj(zdict=dictionary)
    shown, rest = (unpacker.decompress(packed) + unpacker.flush()).split(b"\n")
    _, paragraphs, source_note, footnotes, passages, _ = _read(shown)
    # (Before its tenth form an index had the page in one piece, its paragraphs with it.)
    bare, page, *lines, segments = _read(rest)
    cable = cable_from_json(bare)
    whole = tuple(map(_paragraph, paragraphs))
    if lines:
        page = _with_paragraphs(page, lines[0], [each.text for each in whole])
    return replace(
        cable,
        segments=tuple(_segments(page, segments)),
        paragraphs=whole,
        source_note=source_note,
        footnotes=tuple(Footnote(*each) for each in footnotes),
        passages=tuple(
            Passage(cable.versions[version], _paragraph(paragraph))
            for version, *paragraph in passages
        ),
    )


def _read(written: bytes) -> Any:
    """What `_escaped` was given, each half of a surrogate pair as U+FFFD: nothing that shows a cable could write it,
    and the lengths of segments stay what they are. Only such a half needs the slower reader."""
    try:
        return msgspec.json.decode(written)
    except msgspec.DecodeError:
        whole = json.dumps(json.loads(written), ensure_ascii=False)
        return json.loads(showable(whole))


def _segments(page: str, segments: Iterable[Sequence[Any]]) -> Iterator[Segment]:
    start = 0
    for kind, length, field, anchor in segments:
        yield Segment(_KINDS[kind], page[start : start + length], field, anchor)
        start += length


class Shown:
    """What lists show of a cable: its summary and its units, each made when it is asked for."""

    def __init__(self, packed: bytes) -> None:
        """Raises ValueError or zlib.error if what `pack_cable` gave is damaged."""
        of_cable, *of_units = _first_line(packed)
        self._paragraphs, self._source_note, self._notes, self._passages, self._header = of_units
        self.summary = _summary(of_cable)

    def unit(self, place: int) -> Unit:
        """The unit at that place. Raises LookupError if there is none."""
        kind = kind_at(place)
        if kind is UnitKind.HEAD:
            return head_unit(self.summary.subject, self._header)
        if kind is UnitKind.PARAGRAPH:
            # Most that is shown is one or two of a cable's paragraphs, and the others need not be made for them.
            return paragraph_unit(
                place, _paragraph(self._paragraphs[place]), self._stretches[place]
            )
        return self._units(kind)[place - first_place(kind)]

    @cached_property
    def _stretches(self) -> list[int | None]:
        return stretches_of([values[_SECTION] for values in self._paragraphs])

    @cached_property
    def _of_paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple(map(_paragraph, self._paragraphs))

    def _units(self, kind: UnitKind) -> Mapping[int, Unit]:
        if kind not in self._made:
            start = first_place(kind)
            self._made[kind] = {each.place - start: each for each in self._make(kind)}
        return self._made[kind]

    @cached_property
    def _made(self) -> dict[UnitKind, dict[int, Unit]]:
        return {}

    def _make(self, kind: UnitKind) -> Iterable[Unit]:
        paragraphs = self._of_paragraphs
        match kind:
            case UnitKind.HEADING:
                return heading_units(paragraphs, self._stretches)
            case UnitKind.NOTE:
                notes = tuple(Footnote(*each) for each in self._notes)
                return note_units(self._source_note, notes, paragraphs)
            case _:
                # Which version it is of the place says.
                passages = [
                    Passage(_NO_VERSION, _paragraph(values)) for _, *values in self._passages
                ]
                return version_units(passages, [version for version, *_ in self._passages])


_NO_VERSION = Version("", "", "")


def _first_line(packed: bytes) -> Any:
    reader = zlib.decompressobj(zdict=DICTIONARY)
    read, found = b"", -1
    while found < 0 and (more := reader.decompress(packed, _AT_ONCE)):
        packed = reader.unconsumed_tail
        found = more.find(b"\n")
        read += more if found < 0 else more[:found]
    return _read(read)


def _summary_values(cable: Cable) -> tuple[object, ...]:
    """A summary as a list in JSON; `_summary` reads it."""
    shown = summary(cable)
    return (
        shown.id,
        shown.subject,
        shown.date and shown.date.isoformat(),
        shown.date_precision,
        shown.origin,
        shown.country,
        shown.classification,
        shown.tags,
        shown.source,
        shown.date_end and shown.date_end.isoformat(),
        shown.opening,
    )


def _summary(values: Sequence[Any]) -> CableSummary:
    cable_id, subject, date, precision, origin, country, classification, *others = values
    tags, source, end, first = others
    return CableSummary(
        id=cable_id,
        subject=subject,
        date=None if date is None else datetime.fromisoformat(date),
        date_precision=precision,
        origin=origin,
        country=country,
        classification=classification,
        tags=tuple(tags),
        source=source,
        date_end=None if end is None else datetime.fromisoformat(end),
        opening=first,
    )


# Where its section stands in them.
_SECTION = 3


def _paragraph_values(paragraph: Paragraph) -> tuple[object, ...]:
    """A paragraph as a list in JSON; `_paragraph` reads it."""
    return (
        paragraph.anchor,
        paragraph.number,
        paragraph.mark,
        paragraph.section,
        # A member of an Enum is written as its value, and to ask for that takes a call in Python.
        paragraph.part,
        paragraph.text,
    )


def _paragraph(values: Sequence[Any]) -> Paragraph:
    anchor, number, mark, section, part, text = values
    return Paragraph(anchor, number, mark, section, Part(part), text)


def _unit_values(unit: Unit) -> tuple[object, ...]:
    """A unit as a list in JSON; `_unit` reads it."""
    return (
        unit.kind.value,
        unit.anchor,
        unit.place,
        unit.parts,
        unit.name,
        unit.paragraph and _paragraph_values(unit.paragraph),
        unit.under,
        unit.section,
        unit.stretch,
    )


def _unit(values: Sequence[Any]) -> Unit:
    kind, anchor, place, parts, name, paragraph, under, section, stretch = values
    return Unit(
        UnitKind(kind),
        anchor,
        place,
        tuple(parts),
        name,
        None if paragraph is None else _paragraph(paragraph),
        tuple(under),
        section,
        stretch,
    )


_json = msgspec.json.Encoder().encode


def bytes_below(folder: Path) -> int:
    """The size of all files in a folder; one that a commit takes away meanwhile counts nothing."""
    total = 0
    for path in folder.rglob("*"):
        try:
            found = path.stat()
        except FileNotFoundError:
            continue
        if S_ISREG(found.st_mode):
            total += found.st_size
    return total
