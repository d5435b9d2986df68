"""What an index stores beside its terms, as bytes: a paragraph as lists show it, and the whole cable.

Owns the form of both. Must not know an engine. A change of the form is a change of the schema: `FORM` says so.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from stat import S_ISREG
from typing import Any

from corpus.cable_json import cable_from_json, cable_to_json
from corpus.model import Cable, Paragraph, Part
from search.answer import summary
from search.documents import BREAK, HEADING_WEIGHT, SUBJECT_WEIGHT
from search.fields import COUNTED, NUMBER_FIELDS, TERM_FIELDS, VALUE_FIELDS
from search.results import CableSummary

# Counts up whenever an index written before can't be read, or would answer otherwise: the form of what is stored
# here, the analysis, the meaning of a field.
FORM = 3
# A summary has so many values; those of a paragraph stand behind them.
_OF_A_SUMMARY = 9
# What lists show of most cables is not longer.
_AT_ONCE = 16_384


def fingerprint(engine_schema: str) -> str:
    """A hash of what index and reader must have in common: field table, form, the engine's schema."""
    parts = (FORM, TERM_FIELDS, VALUE_FIELDS, NUMBER_FIELDS, COUNTED)
    weights = (BREAK, SUBJECT_WEIGHT, HEADING_WEIGHT)
    return hashlib.sha256(repr((parts, weights, engine_schema)).encode()).hexdigest()


def packed_paragraphs(cable: Cable) -> list[bytes]:
    """Each paragraph with the summary of its cable."""
    common = _json(_summary_values(cable))[1:-1]
    return [
        f"[{common},{_json(_paragraph_values(each))[1:-1]}]".encode() for each in cable.paragraphs
    ]


def unpack_paragraph(packed: bytes) -> tuple[CableSummary, Paragraph]:
    """What `packed_paragraphs` was given. Raises ValueError, TypeError if it is damaged."""
    values = json.loads(packed.decode())
    return _summary(values[:_OF_A_SUMMARY]), _paragraph(values[_OF_A_SUMMARY:])


def pack_cable(cable: Cable) -> bytes:
    """A whole cable, its segments included, compressed.

    What lists show of it stands before the rest, on a line of its own, so that it can be had by itself. Raises
    ValueError if that is no text that could be shown, for half of a surrogate pair.
    """
    shown = [_summary_values(cable), [_paragraph_values(each) for each in cable.paragraphs]]
    rest = cable_to_json(replace(cable, paragraphs=()))
    # A page may have letters that can't be shown.
    escaped = json.dumps(rest, check_circular=False, separators=(",", ":"))
    return zlib.compress(f"{_json(shown)}\n{escaped}".encode())


def unpack_cable(packed: bytes) -> Cable:
    """The cable that `pack_cable` was given. Raises ValueError or zlib.error if it is damaged."""
    shown, rest = zlib.decompress(packed).split(b"\n")
    paragraphs = tuple(_paragraph(each) for each in json.loads(shown)[1])
    return replace(cable_from_json(json.loads(rest)), paragraphs=paragraphs)


def unpack_shown(packed: bytes) -> tuple[CableSummary, tuple[Paragraph, ...]]:
    """What lists show of the cable that `pack_cable` was given. Raises ValueError or zlib.error if it is damaged."""
    reader = zlib.decompressobj()
    read, found = b"", -1
    while found < 0 and (more := reader.decompress(packed, _AT_ONCE)):
        packed = reader.unconsumed_tail
        found = more.find(b"\n")
        read += more if found < 0 else more[:found]
    of_cable, paragraphs = json.loads(read)
    return _summary(of_cable), tuple(_paragraph(each) for each in paragraphs)


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
    )


def _summary(values: Sequence[Any]) -> CableSummary:
    cable_id, subject, date, precision, origin, country, classification, tags, source = values
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
    )


def _paragraph_values(paragraph: Paragraph) -> tuple[object, ...]:
    """A paragraph as a list in JSON; `_paragraph` reads it."""
    return (
        paragraph.anchor,
        paragraph.number,
        paragraph.mark,
        paragraph.section,
        paragraph.part.value,
        paragraph.text,
    )


def _paragraph(values: Sequence[Any]) -> Paragraph:
    anchor, number, mark, section, part, text = values
    return Paragraph(anchor, number, mark, section, Part(part), text)


_json = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


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
