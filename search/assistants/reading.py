"""A cable as an assistant reads it: its header and its parts, as many as an answer may hold.

Owns the order of the parts and where an answer ends. Must not know a question.
"""

from __future__ import annotations

from corpus.dates import iso_date
from corpus.model import Cable
from search.answers.answer import summary
from search.answers.results import CableSummary, Hit
from search.assistants.answers import (
    CableToRead,
    PartOfCable,
    Passage,
    RelatedCable,
    VersionOfCable,
)
from search.assistants.bounds import MOST_NAMES, PASSAGE_CHARACTERS, behind, cut
from search.errors import BadCursor
from search.exports.citations import citation
from search.exports.works import web_address
from search.library.index import Index
from search.units import Unit, UnitKind, units

# A heading is told with each paragraph under it, and the header by its fields.
_READ = (UnitKind.PARAGRAPH, UnitKind.NOTE, UnitKind.VERSION)


def passage(index: Index, hit: Hit) -> Passage:
    """What was found, to be cited: whole if it is short, else around what matched."""
    whole = len(hit.text) <= PASSAGE_CHARACTERS
    cable = hit.cable
    return {
        "id": hit.id,
        "cable": cable.id,
        "anchor": hit.anchor,
        "name": hit.name,
        "kind": hit.unit.value,
        "address": index.link(hit),
        "citation": index.cite(hit),
        "subject": cable.subject,
        "date": dated(cable),
        "origin": cable.origin,
        "classification": cable.classification or "",
        "mark": hit.mark or "",
        "section": hit.section or "",
        "text": hit.text if whole else "".join(run.text for run in hit.snippet),
        "whole": whole,
        "characters": len(hit.text),
        "versions": [each.cable.id for each in index.versions(hit) if each.cable.id != cable.id],
    }


def to_read(index: Index, cable: Cable, anchor: str, start: int, most: int) -> CableToRead:
    """A cable from one of its parts on, in at most so many characters of its text. Raises BadCursor."""
    readable = [each for each in units(cable) if each.kind in _READ]
    first = _place_of(readable, anchor, cable.id)
    parts: list[PartOfCable] = []
    room, cursor = most, ""
    for unit in readable[first:]:
        if room <= 0:
            cursor = unit.anchor
            break
        part, rest = part_of(index, cable, unit, start, room)
        parts.append(part)
        room -= len(part["text"])
        start = 0
        if rest:
            cursor = f"{unit.anchor}@{rest}"
            break
    notes = [f"The cable goes on: ask again with cursor {cursor}."] if cursor else []
    notes += [
        f"Of {len(names)} {what} the first {MOST_NAMES} are listed; {cable.id}#head has the header."
        for what, names in (
            ("recipients", cable.recipients),
            ("recipients for information", cable.info_recipients),
        )
        if len(names) > MOST_NAMES
    ]
    if len(cable.problems) > MOST_NAMES:
        notes.append(
            f"Of {len(cable.problems)} possible reading errors the first {MOST_NAMES} are listed."
        )
    return {
        "id": cable.id,
        "address": index.link(cable),
        "citation": index.cite(cable),
        "subject": cable.subject,
        "date": iso_date(cable.date, cable.date_precision) or "",
        "origin": cable.origin.name if cable.origin else "",
        "country": cable.origin.country if cable.origin else "",
        "sender": cable.sender or "",
        "recipients": [each.name for each in cable.recipients[:MOST_NAMES]],
        "info_recipients": [each.name for each in cable.info_recipients[:MOST_NAMES]],
        "classification": summary(cable).classification or "",
        "caveats": list(cable.caveats),
        "tags": list(cable.tags),
        "web_page": web_address(cable),
        "source": cable.source,
        "possible_reading_errors": [each.message for each in cable.problems[:MOST_NAMES]],
        "versions": _versions(index, cable),
        "paragraphs": len(cable.paragraphs),
        "parts": parts,
        "left_out": " ".join(notes),
        "cursor": cursor,
    }


def _versions(index: Index, cable: Cable) -> list[VersionOfCable]:
    """The other versions of a cable's telegram."""
    return [
        {
            "id": each.cable.id,
            "kind": each.kind,
            "fullest": each.fullest,
            "share": round(each.share, 3),
            "address": index.link(each.cable),
            "citation": index.cite(each.cable),
        }
        for each in index.versions(cable)
        if each.cable.id != cable.id
    ]


def _place_of(readable: list[Unit], anchor: str, cable_id: str) -> int:
    if not anchor:
        return 0
    places = [place for place, unit in enumerate(readable) if unit.anchor == anchor]
    if not places:
        raise BadCursor(f"{cable_id} has no part {anchor} to read on from; leave the cursor out.")
    return places[0]


def part_of(
    index: Index, cable: Cable, unit: Unit, start: int, most: int
) -> tuple[PartOfCable, int]:
    """One part from a character on, and where the rest of it begins, 0 if there is none."""
    behind(unit.text, start, unit.anchor)
    text, rest = cut(unit.text, start, most)
    paragraph = unit.paragraph
    name = f"{cable.id}#{unit.anchor}"
    return {
        "id": name,
        "anchor": unit.anchor,
        "name": unit.name,
        "kind": unit.kind.value,
        "address": index.link(name),
        "citation": citation(cable, unit).text,
        "mark": (paragraph.mark or "") if paragraph else "",
        "section": unit.section,
        "text": text,
        "from_character": start,
        "characters": len(unit.text),
    }, rest


def dated(cable: CableSummary) -> str:
    """The date of a cable in ISO 8601, as precise as it is known; "" without one."""
    return iso_date(cable.date, cable.date_precision) or ""


def related(index: Index, cable: CableSummary, printed: str = "") -> RelatedCable:
    """A cable of the index that is cited, or cites."""
    return {
        "id": cable.id,
        "printed": printed,
        "in_index": True,
        "address": index.link(cable),
        "citation": index.cite(cable),
        "subject": cable.subject,
        "date": dated(cable),
        "origin": cable.origin,
    }


def not_here(printed: str, cable_id: str) -> RelatedCable:
    """A reference to what the index does not have."""
    return {
        "id": cable_id,
        "printed": printed,
        "in_index": False,
        "address": "",
        "citation": "",
        "subject": "",
        "date": "",
        "origin": "",
    }
