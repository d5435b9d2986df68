"""A cable's header as a list of terms and values, with what matched in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.dates import date_time_group, day_in_words
from corpus.handling import precedence_in_words, shown_classification
from corpus.model import Cable, Recipient
from corpus.posts import addressee, kind_before_name
from search.units import SOURCE_ANCHOR
from webui.asking.address import State, build
from webui.asking.facets import tag_meaning
from webui.pages.marking import Hits, MarkedText, Step, step
from webui.pages.titles import title_of
from webui.pages.wording import Badge, badge

# More addressees than this are folded away: some cables have a hundred.
_FEW = 6

# What hits are told under: those of the subject and the header, and those of notes.
HEAD, NOTES = "in the subject and header", "in notes"


@dataclass(frozen=True, slots=True)
class Value:
    """One value; `url` leads to the search for it ("" for none), `notes`, one behind the other, say more about it.

    What of these is the cable's own is searched and marked; what we say of it is plain: `lead`, said before the text.
    `printed` is the printed form, where that is said in other words; it stands beside where it was hit. `anchor` names
    a value that can be a hit by itself, `step` is the way on from it.
    """

    text: MarkedText
    url: str = ""
    lead: str = ""
    printed: str = ""
    notes: tuple[MarkedText | str, ...] = ()
    anchor: str = ""
    step: Step | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A term with its values, at least one."""

    term: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """The classification over everything: its badge, marked if it is the printed one; `url` searches for it."""

    badge: Badge
    text: MarkedText
    url: str


class HeaderRows:
    """The rows of one cable's header; the hits in them are numbered in the order in which the rows are asked for.

    Links keep the collection.
    """

    def __init__(self, cable: Cable, state: State, hits: Hits) -> None:
        self._cable = cable
        self._fresh = state.afresh()
        self._hits = hits

    def level(self) -> Level | None:
        """The classification as a badge, None where there is none."""
        shown, printed = badge(shown_classification(self._cable)), self._cable.classification
        if shown is None or printed is None:
            return None
        own = shown.text == printed
        text = self._own(printed) if own else self._hits.leave(shown.text)
        return Level(shown, text, build(self._fresh.including("classification", printed)))

    def first(self) -> tuple[Row, ...]:
        """What everybody looks for first, and what does not stand above. Rows without a value are left out."""
        cable = self._cable
        return _filled(
            (
                Row("From", self._sender()),
                Row("To", self._recipients(cable.recipients[:_FEW], linked=True)),
                *(() if self._many else (self._info(),)),
                Row("Precedence", self._precedence(cable.precedence)),
                Row("Captions", self._texts(" ".join(cable.caveats))),
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
                Row("Subject, as printed", self._printed_subject()),
                Row("Sent (date-time group)", self._texts(date_time_group(cable))),
                Row("Classification, as printed", self._printed_classification()),
                Row("To, too", self._recipients(cable.recipients[_FEW:], linked=True)),
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
                Row("Released as", self._texts(cable.release_case, cable.release_document)),
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
        return Value(marked, build(self._fresh.including(field, text)), notes=notes)

    def _plain(self, text: str) -> tuple[Value, ...]:
        """A value that we made: it is not searched."""
        return (Value(self._hits.leave(text)),) if text else ()

    def _texts(self, *texts: str | None) -> tuple[Value, ...]:
        return tuple(Value(self._own(text)) for text in texts if text)

    def _info(self) -> Row:
        return Row("Info", self._recipients(self._cable.info_recipients, linked=False))

    def _tag(self, code: str) -> Value:
        meaning = tag_meaning(code)
        return self._link(code, "tag", *((" ", meaning) if meaning else ()))

    def _sender(self) -> tuple[Value, ...]:
        origin, sender = self._cable.origin, self._cable.sender
        if origin is None:
            return (self._addressee(sender),) if sender else ()
        value = self._link(origin.name, "origin")
        lead = kind_before_name(origin)
        country = f", {origin.country}" if origin.country not in ("", origin.name) else ""
        said = f"{lead} {origin.name}".strip()
        # What was hit in the name of the post needs no second mark in the printed form.
        beside = self._hits.mark_again(sender, HEAD) if sender else None
        return (
            replace(
                value,
                lead=f"{lead} " if lead else "",
                printed=sender if sender and sender != said else "",
                notes=tuple(
                    note
                    for note in (country, *((" ", beside) if beside and beside.hits else ()))
                    if note
                ),
            ),
        )

    def _recipients(self, recipients: tuple[Recipient, ...], *, linked: bool) -> tuple[Value, ...]:
        """Addressees; where they are linked each leads to what was sent to it."""
        return tuple(self._recipient(one, linked=linked) for one in recipients)

    def _recipient(self, one: Recipient, *, linked: bool) -> Value:
        value = self._addressee(one.name, linked=linked and bool(one.name.strip()))
        notes: list[MarkedText | str] = list(value.notes)
        if one.precedence:
            notes += (", ", precedence_in_words(one.precedence))
        codes = " ".join(filter(None, (one.precedence, one.route, one.serial)))
        printed = value.printed or one.name
        if codes:
            printed = f"{printed} {codes}"
            about = self._own(codes)
            if about.hits:
                notes += (" ", about)
        if one.excluded:
            notes += (", without ", self._own(" ".join(one.excluded)))
        shown = value.text.plain
        return replace(value, printed=printed if printed != shown else "", notes=tuple(notes))

    def _addressee(self, printed: str, *, linked: bool = False) -> Value:
        """Who is meant, as people call it; the printed name beside it where it was hit."""
        said = addressee(printed)
        if not said or said == printed:
            return self._link(printed, "to") if linked else Value(self._own(printed))
        url = build(self._fresh.including("to", printed)) if linked else ""
        name = self._own(printed)
        notes = (" ", name) if name.hits else ()
        return Value(self._hits.leave(said), url, printed=printed, notes=notes)

    def _precedence(self, printed: str | None) -> tuple[Value, ...]:
        if not printed:
            return ()
        said = precedence_in_words(printed)
        if said.upper() == printed.upper():
            return (Value(self._own(said), printed=printed if said != printed else ""),)
        own = self._own(printed)
        notes = (" ", own) if own.hits else ()
        return (Value(self._hits.leave(said), printed=printed, notes=notes),)

    def _printed_subject(self) -> tuple[Value, ...]:
        """The subject in its own letters, where the title shows others; what was hit is counted in the title."""
        subject = self._cable.subject
        if title_of(subject) == subject:
            return ()
        return (Value(self._hits.mark_again(subject, HEAD, "text", "subject")),)

    def _printed_classification(self) -> tuple[Value, ...]:
        """The printed one, where the badge says more than it."""
        printed = self._cable.classification
        if not printed or printed == shown_classification(self._cable):
            return ()
        return (self._link(printed, "classification"),)

    def _source_note(self) -> tuple[Value, ...]:
        if not self._cable.source_note:
            return ()
        text = self._hits.mark(self._cable.source_note, NOTES)
        return (Value(text, anchor=SOURCE_ANCHOR, step=step(text, "source note")),)


def _filled(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.values)
