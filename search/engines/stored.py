"""What an index stores beside its terms, as bytes: a paragraph as lists show it, and the whole cable.

Owns the form of both. Must not know an engine. A change of the form is a change of the schema: `FORM` says so.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from datetime import datetime
from pathlib import Path
from stat import S_ISREG

from corpus.cable_json import cable_from_json, cable_to_json
from corpus.model import Cable, Paragraph, Part
from search.answer import summary
from search.documents import BREAK, HEADING_WEIGHT, SUBJECT_WEIGHT
from search.fields import COUNTED, NUMBER_FIELDS, TERM_FIELDS, VALUE_FIELDS
from search.results import CableSummary

# Counts up whenever an index written before can't be read, or would answer otherwise: the form of what is stored
# here, the analysis, the meaning of a field.
FORM = 2


def fingerprint(engine_schema: str) -> str:
    """A hash of what index and reader must have in common: field table, form, the engine's schema."""
    parts = (FORM, TERM_FIELDS, VALUE_FIELDS, NUMBER_FIELDS, COUNTED)
    weights = (BREAK, SUBJECT_WEIGHT, HEADING_WEIGHT)
    return hashlib.sha256(repr((parts, weights, engine_schema)).encode()).hexdigest()


def packed_paragraphs(cable: Cable) -> list[bytes]:
    """Each paragraph with the summary of its cable."""
    shown = summary(cable)
    common = _listed(
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
    return [
        f"[{common},{_listed(each.anchor, each.number, each.mark, each.section, each.part.value, each.text)}]".encode()
        for each in cable.paragraphs
    ]


def _listed(*values: object) -> str:
    """The inside of a list in JSON."""
    return _json(values)[1:-1]


_json = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def unpack_paragraph(packed: bytes) -> tuple[CableSummary, Paragraph]:
    """What `packed_paragraphs` was given. Raises ValueError, TypeError if it is damaged."""
    *cable, anchor, number, mark, section, part, text = json.loads(packed.decode())
    cable_id, subject, date, precision, origin, country, classification, tags, source = cable
    shown = CableSummary(
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
    return shown, Paragraph(anchor, number, mark, section, Part(part), text)


def pack_cable(cable: Cable) -> bytes:
    """A whole cable, its segments included, compressed."""
    return zlib.compress(json.dumps(cable_to_json(cable), separators=(",", ":")).encode())


def unpack_cable(packed: bytes) -> Cable:
    """The cable that `pack_cable` was given. Raises ValueError or zlib.error if it is damaged."""
    return cable_from_json(json.loads(zlib.decompress(packed)))


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
