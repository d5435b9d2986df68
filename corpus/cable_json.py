"""A cable as JSON and back, without losing anything of it.

Owns the names and the shapes of the JSON objects, which `cablegram parse --json` prints and an index keeps.
Must not know who writes or reads them. What is given holds only dicts, lists, text, integers and None, so
that `json.dumps` takes it as it is.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from datetime import date as Date
from typing import Any, get_args

from corpus.dates import iso_date
from corpus.json_object import JsonObject
from corpus.late_patterns import late_pattern
from corpus.model import (
    Cable,
    DatePrecision,
    Footnote,
    NamedPerson,
    Paragraph,
    Part,
    Passage,
    Post,
    Problem,
    Recipient,
    Reference,
    ReferenceKind,
    Segment,
    SegmentKind,
    Version,
)

# A date as precise as it is known, a time with its zone, where that is known: `2007-03-23T08:44Z`,
# `1949-12-31T20:00-05:00`, `1949-12-31T20:00`, `2007-03-23`, `2007-03`, `2007`.
_DATE = late_pattern(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})"
    r"(?:T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})"
    r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?)?)?)?"
)
_DATE_WANTED = (
    "a date like 2007, 2007-03, 2007-03-23, 2007-03-23T08:44Z or 2007-03-23T08:44-05:00, or null"
)
_DAY_WANTED = "a day like 2007-03-23 or null"
# The finest part that is written -> how precise the date is.
_PRECISION_OF_PART: tuple[tuple[str, DatePrecision], ...] = (
    ("minute", "minute"),
    ("day", "day"),
    ("month", "month"),
    ("year", "year"),
)
_REFERENCE_KINDS: tuple[ReferenceKind, ...] = get_args(ReferenceKind)


def cable_to_json(cable: Cable) -> dict[str, Any]:
    """A cable as a JSON object; `cable_from_json` gives back an equal cable.

    `origin` is the post's name, with its code, country and region beside it, all four null without a post.
    `date` is the printed date, as precise as the cable's is (see `_DATE`); what is finer than `date_precision` says is
    not kept, nor a zone without a time, nor the precision of a date that is None. `date_end` is written like it.
    """
    origin = cable.origin
    return {
        "id": cable.id,
        "date": iso_date(cable.date, cable.date_precision),
        "origin": origin.name if origin else None,
        "origin_code": origin.code if origin else None,
        "country": origin.country if origin else None,
        "region": origin.region if origin else None,
        "subject": cable.subject,
        "classification": cable.classification,
        "caveats": list(cable.caveats),
        "tags": list(cable.tags),
        "references": [
            {"id": each.id, "text": each.text, "kind": each.kind, "bullet": each.bullet}
            for each in cable.references
        ],
        "from": cable.sender,
        "to": [_recipient_to_json(each) for each in cable.recipients],
        "info": [_recipient_to_json(each) for each in cable.info_recipients],
        "precedence": cable.precedence,
        "executive_order": cable.executive_order,
        "declassify_on": cable.declassify_on.isoformat() if cable.declassify_on else None,
        "classified_by": list(cable.classified_by),
        "reasons": list(cable.reasons),
        "transmission_id": cable.transmission_id,
        "signed_by": list(cable.signed_by),
        "paragraphs": [paragraph_to_json(each) for each in cable.paragraphs],
        "problems": [
            {"code": each.code, "message": each.message, "line": each.line}
            for each in cable.problems
        ],
        "segments": [
            {
                "kind": each.kind.value,
                "text": each.text,
                "field": each.field,
                "anchor": each.anchor,
            }
            for each in cable.segments
        ],
        "source": cable.source,
        "address": cable.address,
        "digest": cable.digest,
        "footnotes": [
            {"number": each.number, "text": each.text, "anchor": each.anchor}
            for each in cable.footnotes
        ],
        "source_note": cable.source_note,
        "place": cable.place,
        "message_number": cable.message_number,
        "url": cable.url,
        "versions": [
            {"source": each.source, "address": each.address, "digest": each.digest}
            for each in cable.versions
        ],
        "passages": [
            {"version": cable.versions.index(each.version), **paragraph_to_json(each.paragraph)}
            for each in cable.passages
        ],
        "date_end": iso_date(cable.date_end, cable.date_precision),
        "first_line": cable.first_line,
        "volume": cable.volume,
        "release_case": cable.release_case,
        "release_document": cable.release_document,
        "people": [
            {"name": each.name, "id": each.id, "office": each.office, "forms": list(each.forms)}
            for each in cable.people
        ],
    }


def paragraph_to_json(paragraph: Paragraph) -> dict[str, Any]:
    """A paragraph as a JSON object, as it stands in the list `paragraphs` of a cable."""
    return {
        "anchor": paragraph.anchor,
        "number": paragraph.number,
        "mark": paragraph.mark,
        "section": paragraph.section,
        "part": paragraph.part.value,
        "text": paragraph.text,
    }


def cable_from_json(data: object) -> Cable:
    """The cable that `cable_to_json` gave `data` for.

    Raises `ValueError` with one sentence that names the field which is missing or is not what it should be.
    Fields it does not know are left alone.
    """
    fields = JsonObject(data)
    date, precision = _date_from_json(fields, "date")
    versions = tuple(
        Version(each.text("source"), each.text("address"), each.text("digest"))
        for each in fields.objects("versions")
    )
    return Cable(
        id=fields.text("id"),
        date=date,
        date_precision=precision,
        origin=_origin_from_json(fields),
        subject=fields.text("subject"),
        classification=fields.text_or_none("classification"),
        caveats=fields.texts("caveats"),
        tags=fields.texts("tags"),
        references=tuple(
            Reference(
                text=each.text("text"),
                id=each.text_or_none("id"),
                kind=each.choice("kind", _REFERENCE_KINDS),
                bullet=each.text_or_none("bullet"),
            )
            for each in fields.objects("references")
        ),
        sender=fields.text_or_none("from"),
        recipients=tuple(_recipient_from_json(each) for each in fields.objects("to")),
        info_recipients=tuple(_recipient_from_json(each) for each in fields.objects("info")),
        precedence=fields.text_or_none("precedence"),
        executive_order=fields.text_or_none("executive_order"),
        declassify_on=_day_from_json(fields, "declassify_on"),
        classified_by=fields.texts("classified_by"),
        reasons=fields.texts("reasons"),
        transmission_id=fields.text_or_none("transmission_id"),
        signed_by=fields.texts("signed_by"),
        paragraphs=tuple(_paragraph_from_json(each) for each in fields.objects("paragraphs")),
        problems=tuple(
            Problem(each.text("code"), each.text("message"), each.integer_or_none("line"))
            for each in fields.objects("problems")
        ),
        segments=tuple(
            Segment(
                kind=each.choice("kind", tuple(SegmentKind)),
                text=each.text("text"),
                field=each.text_or_none("field"),
                anchor=each.text_or_none("anchor"),
            )
            for each in fields.objects("segments")
        ),
        source=fields.text("source"),
        address=fields.text("address"),
        digest=fields.text("digest"),
        footnotes=tuple(
            Footnote(each.text("number"), each.text("text"), each.text_or_none("anchor"))
            for each in fields.objects("footnotes")
        ),
        source_note=fields.text("source_note"),
        place=fields.text("place"),
        message_number=fields.text("message_number"),
        url=fields.text("url"),
        versions=versions,
        # Exports of before there were any have none.
        passages=tuple(
            _passage_from_json(each, versions)
            for each in (fields.objects("passages") if fields.has("passages") else ())
        ),
        # Neither have those of before a date could be a span.
        date_end=_date_from_json(fields, "date_end")[0] if fields.has("date_end") else None,
        # Those of before each cable of a page had its own lines begin with the page.
        first_line=_first_line_from_json(fields) if fields.has("first_line") else 1,
        # Those of before a volume was known by more than its name have none.
        volume=fields.text("volume") if fields.has("volume") else "",
        # Those of before the stamps of releases were read have none either.
        release_case=fields.text("release_case") if fields.has("release_case") else "",
        release_document=fields.text("release_document") if fields.has("release_document") else "",
        # Nor have those of before persons were known.
        people=tuple(
            NamedPerson(
                each.text("name"), each.text("id"), each.text("office"), each.texts("forms")
            )
            for each in (fields.objects("people") if fields.has("people") else ())
        ),
    )


def _first_line_from_json(fields: JsonObject) -> int:
    line = fields.integer_or_none("first_line")
    if line is None or line < 1:
        raise fields.wrong("first_line", "the number of a line, counted from 1")
    return line


def _passage_from_json(fields: JsonObject, versions: tuple[Version, ...]) -> Passage:
    place = fields.integer_or_none("version")
    if place is None or not 0 <= place < len(versions):
        raise fields.wrong("version", "the place of one of the versions, counted from 0")
    return Passage(versions[place], _paragraph_from_json(fields))


def _paragraph_from_json(fields: JsonObject) -> Paragraph:
    return Paragraph(
        anchor=fields.text("anchor"),
        number=fields.integer_or_none("number"),
        mark=fields.text_or_none("mark"),
        section=fields.text_or_none("section"),
        part=fields.choice("part", tuple(Part)),
        text=fields.text("text"),
    )


def _recipient_to_json(recipient: Recipient) -> dict[str, Any]:
    return {
        "route": recipient.route,
        "name": recipient.name,
        "precedence": recipient.precedence,
        "serial": recipient.serial,
        "excluded": list(recipient.excluded),
    }


def _recipient_from_json(fields: JsonObject) -> Recipient:
    return Recipient(
        name=fields.text("name"),
        route=fields.text_or_none("route"),
        precedence=fields.text_or_none("precedence"),
        serial=fields.text_or_none("serial"),
        excluded=fields.texts("excluded"),
    )


def _origin_from_json(fields: JsonObject) -> Post | None:
    if fields.text_or_none("origin_code") is None:
        return None
    return Post(
        code=fields.text("origin_code"),
        name=fields.text("origin"),
        country=fields.text("country"),
        region=fields.text("region"),
    )


def _date_from_json(fields: JsonObject, name: str) -> tuple[datetime | None, DatePrecision]:
    written = fields.text_or_none(name)
    if written is None:
        return None, "minute"
    found = _DATE.fullmatch(written)
    if found is None:
        raise ValueError(f"{name} should be {_DATE_WANTED}, but is {written!r}")
    year, month, day, hour, minute = (
        int(found[part] or start)
        for part, start in (("year", 1), ("month", 1), ("day", 1), ("hour", 0), ("minute", 0))
    )
    try:
        date = datetime(year, month, day, hour, minute, tzinfo=_zone(found["hour"], found["zone"]))
    except ValueError as error:
        raise ValueError(f"{name} should be {_DATE_WANTED}, but is {written!r}: {error}") from error
    return date, next(precision for part, precision in _PRECISION_OF_PART if found[part])


def _zone(hour: str | None, zone: str | None) -> timezone | None:
    """The zone of a date as written: UTC without a time. Raises ValueError for one of a day and more."""
    if hour is None or zone == "Z":
        return UTC
    if zone is None:
        return None
    ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6]), seconds=int(zone[7:] or 0))
    return timezone(-ahead if zone[0] == "-" else ahead)


def _day_from_json(fields: JsonObject, name: str) -> Date | None:
    written = fields.text_or_none(name)
    if written is None:
        return None
    try:
        return Date.fromisoformat(written)
    except ValueError as error:
        raise ValueError(f"{name} should be {_DAY_WANTED}, but is {written!r}") from error
