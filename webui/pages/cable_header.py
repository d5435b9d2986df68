"""A cable's header as a list of terms and values, with what matched in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.dates import date_time_group, day_in_words
from corpus.model import Cable, Recipient
from search.units import SOURCE_ANCHOR
from webui.asking.address import State, build
from webui.asking.facets import tag_meaning
from webui.pages.marking import Hits, MarkedText, Step, step
from webui.pages.wording import place

# More addressees for information than this are folded away: some cables have a hundred.
_FEW = 6

# What hits are told under: those of the subject and the header, and those of notes.
HEAD, NOTES = "in the subject and header", "in notes"


@dataclass(frozen=True, slots=True)
class Value:
    """One value; `url` leads to the search for it ("" for none), `notes`, one behind the other, say more about it.

    What of these is the cable's own is searched and marked; what we say of it is plain. `anchor` names a value that can
    be a hit by itself, `step` is the way on from it.
    """

    text: MarkedText
    url: str = ""
    notes: tuple[MarkedText | str, ...] = ()
    anchor: str = ""
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A term with its values, at least one."""

    term: str
    values: tuple[Value, ...]


def place_of(cable: Cable) -> str:
    """The post and its country, for people; "" where the post is not known."""
    return place(cable.origin.name, cable.origin.country) if cable.origin else ""


class HeaderRows:
    """The rows of one cable's header; the hits in them are numbered in the order in which the rows are asked for.

    Links keep the collection.
    """

    def __init__(self, cable: Cable, state: State, hits: Hits) -> None:
        self._cable = cable
        self._fresh = state.afresh()
        self._hits = hits

    def first(self) -> tuple[Row, ...]:
        """What everybody looks for first. Rows without a value are left out."""
        cable = self._cable
        return _filled(
            (
                Row("DTG", self._texts(date_time_group(cable))),
                Row("From", self._sender()),
                Row("To", self._recipients(cable.recipients, linked=True)),
                *(() if self._many else (self._info(),)),
                Row("Precedence", self._texts(cable.precedence)),
                Row("Classification", self._classification()),
                Row("Classified by", self._texts(*cable.classified_by)),
                Row("TAGS", tuple(self._tag(code) for code in cable.tags)),
                Row("Original", self._source_note()),
            )
        )

    def rest(self) -> tuple[Row, ...]:
        """All the others."""
        cable = self._cable
        return _filled(
            (
                *((self._info(),) if self._many else ()),
                Row("Executive order", self._texts(cable.executive_order)),
                Row(
                    "Declassify on",
                    self._texts(day_in_words(cable.declassify_on) if cable.declassify_on else ""),
                ),
                Row("Reasons", self._texts(*cable.reasons)),
                Row("Signed", self._texts(*cable.signed_by)),
                Row("Message number", self._texts(cable.message_number)),
                Row("Sent from", self._texts(cable.place)),
                Row("Transmission", self._texts(cable.transmission_id)),
                Row("SHA-256", self._plain(cable.digest)),
            )
        )

    @property
    def _many(self) -> bool:
        return len(self._cable.info_recipients) > _FEW

    def _own(self, text: str) -> MarkedText:
        return self._hits.mark(text, HEAD)

    def _link(self, text: str, field: str, *notes: MarkedText | str) -> Value:
        """A value that leads to what has it as well."""
        marked = self._hits.mark_linked(text, HEAD)
        return Value(marked, build(self._fresh.including(field, text)), notes)

    def _plain(self, text: str) -> tuple[Value, ...]:
        """A value that we made: it is not searched."""
        return (Value(self._hits.leave(text)),) if text else ()

    def _texts(self, *texts: str | None) -> tuple[Value, ...]:
        return tuple(Value(self._own(text)) for text in texts if text)

    def _info(self) -> Row:
        return Row("Info", self._recipients(self._cable.info_recipients, linked=False))

    def _tag(self, code: str) -> Value:
        meaning = tag_meaning(code)
        return self._link(code, "tag", *((meaning,) if meaning else ()))

    def _sender(self) -> tuple[Value, ...]:
        origin, sender = self._cable.origin, self._cable.sender
        if origin is None:
            return self._texts(sender)
        value = self._link(origin.name, "origin")
        notes: list[MarkedText | str] = [origin.country] if origin.country else []
        if sender:
            notes += (*(("; ",) if notes else ()), self._own(sender))
        return (replace(value, notes=tuple(notes)),)

    def _recipients(self, recipients: tuple[Recipient, ...], *, linked: bool) -> tuple[Value, ...]:
        """Addressees; where they are linked each leads to what was sent to it."""
        return tuple(self._recipient(one, linked=linked) for one in recipients)

    def _recipient(self, one: Recipient, *, linked: bool) -> Value:
        leads = linked and bool(one.name.strip())
        value = self._link(one.name, "to") if leads else Value(self._own(one.name))
        notes: list[MarkedText | str] = []
        if about := " ".join(filter(None, (one.precedence, one.route, one.serial))):
            notes.append(self._own(about))
        if one.excluded:
            notes += (f"{', ' if notes else ''}without ", self._own(" ".join(one.excluded)))
        return replace(value, notes=tuple(notes))

    def _classification(self) -> tuple[Value, ...]:
        classification, caveats = self._cable.classification, " ".join(self._cable.caveats)
        if not classification:
            return self._texts(caveats)
        value = self._link(classification, "classification")
        return (replace(value, notes=(self._own(caveats),) if caveats else ()),)

    def _source_note(self) -> tuple[Value, ...]:
        if not self._cable.source_note:
            return ()
        text = self._hits.mark(self._cable.source_note, NOTES)
        return (Value(text, anchor=SOURCE_ANCHOR, step=step(text, "source note")),)


def _filled(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.values)
