"""A cable's header as a list of terms and values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from corpus.model import Cable, Recipient
from webui.address import State, build
from webui.facets import tag_meaning
from webui.pages.wording import MONTHS, place

# More addressees for information than this are folded away: some cables have a hundred.
_FEW = 6


@dataclass(frozen=True, slots=True)
class Value:
    """One value; `url` leads to the search for it ("" for none), `note` says more about it."""

    text: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A term with its values, at least one."""

    term: str
    values: tuple[Value, ...]


def place_of(cable: Cable) -> str:
    """The post and its country, for people; "" where the post is not known."""
    return place(cable.origin.name, cable.origin.country) if cable.origin else ""


def header_rows(cable: Cable, state: State) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """What everybody looks for first, and the rest. Rows without a value are left out. Links keep the collection."""
    fresh = state.afresh()
    info = Row("Info", _recipients(cable.info_recipients))
    few = len(info.values) <= _FEW
    first = (
        Row("DTG", _texts(dtg(cable))),
        Row("From", _sender(cable, fresh)),
        Row("To", _recipients(cable.recipients, fresh)),
        *((info,) if few else ()),
        Row("Precedence", _texts(cable.precedence)),
        Row("Classification", _classification(cable, fresh)),
        Row("Classified by", _texts(*cable.classified_by)),
        Row("TAGS", tuple(_filter(fresh, "tag", code, tag_meaning(code)) for code in cable.tags)),
    )
    rest = (
        *(() if few else (info,)),
        Row("Executive order", _texts(cable.executive_order)),
        Row("Declassify on", _texts(_day(cable))),
        Row("Reasons", _texts(*cable.reasons)),
        Row("Signed", _texts(*cable.signed_by)),
        Row("Message number", _texts(cable.message_number)),
        Row("Sent from", _texts(cable.place)),
        Row("Original", _texts(cable.source_note)),
        Row("Transmission", _texts(cable.transmission_id)),
        Row("SHA-256", _texts(cable.digest)),
    )
    return _filled(first), _filled(rest)


def dtg(cable: Cable) -> str:
    """The date-time group as the wire writes it: `230844Z MAR 07`; "" for a date that is none, by another clock."""
    date = cable.date
    if date is None or cable.date_precision != "minute" or cable.date_end is not None:
        return ""
    if date.utcoffset() != timedelta():
        return ""
    return f"{date:%d%H%M}Z {MONTHS[date.month - 1][:3].upper()} {date.year % 100:02}"


def _filled(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.values)


def _texts(*texts: str | None) -> tuple[Value, ...]:
    return tuple(Value(text) for text in texts if text)


def _filter(fresh: State, field: str, value: str, note: str = "") -> Value:
    return Value(value, build(fresh.including(field, value)), note)


def _sender(cable: Cable, fresh: State) -> tuple[Value, ...]:
    if cable.origin is None:
        return _texts(cable.sender)
    country = cable.origin.country
    note = (
        f"{country}; {cable.sender}" if country and cable.sender else country or cable.sender or ""
    )
    return (_filter(fresh, "origin", cable.origin.name, note),)


def _recipients(recipients: tuple[Recipient, ...], fresh: State | None = None) -> tuple[Value, ...]:
    """Addressees; with a state each leads to what was sent to it."""
    found = []
    for one in recipients:
        notes = [note for note in (one.precedence, one.route, one.serial) if note]
        if one.excluded:
            notes.append(f"without {', '.join(one.excluded)}")
        url = build(fresh.including("to", one.name)) if fresh and one.name.strip() else ""
        found.append(Value(one.name, url, ", ".join(notes)))
    return tuple(found)


def _classification(cable: Cable, fresh: State) -> tuple[Value, ...]:
    note = ", ".join(cable.caveats)
    if cable.classification:
        return (_filter(fresh, "classification", cable.classification, note),)
    return _texts(note)


def _day(cable: Cable) -> str:
    day = cable.declassify_on
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""
