"""The REF field: what a cable refers to, each item with the canonical id of the cable meant.

Owns the reading of an item and the choice of its year. The field and its items are `indexer.header.references.items`'s,
the naming of cables in text `indexer.header.references.mentions`'s, other kinds `indexer.header.references.kinds`'s,
ids in any spelling `indexer.header.references.ids`'s.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from corpus.dates import full_year
from corpus.ids import canonical_id as format_id
from corpus.ids import lookup_key
from corpus.model import Problem, Reference, ReferenceKind
from corpus.posts import compact, post
from indexer.grammar.vocabulary import CAPTION, CAPTIONS
from indexer.header.header import Header
from indexer.header.references.ids import canonical_id, mentioned_post
from indexer.header.references.items import LEAD, NOTHING, Item, reference_fields, reference_items
from indexer.header.references.kinds import kind_of
from indexer.header.references.mentions import Mention, mentions
from indexer.header.subject import joined
from indexer.header.wire import date

__all__ = ["canonical_id", "read_references", "references"]

# `AND PREVIOUS`, `(NOTAL)`, `ET AL`, `(EXDIS)`: said of the item, no part of it.
_ASIDE = re.compile(
    rf"\(?\b(?:NOTAL|(?:AND )?PREVIOUS(?: \(?NOTAL\)?)?|ET\.? ?(?:AL|SEQ)\b\.?|{CAPTION})\b\)?",
    re.IGNORECASE,
)
# One of them stands in each aside; most items have none, and a search for the pattern takes long.
_ASIDE_HINTS = ("NOTAL", "PREV", "ET", *CAPTIONS)
# A post and a year, but the number cut off: `06 Guangzhou` at the end of the line.
_CUT = re.compile(r"(?:'?\d{2}|(?:19|20)\d{2})\s+(?P<post>[A-Z][A-Z' .-]{2,30})", re.IGNORECASE)
# A cable known by whose it is: `EMBTEL 2089`, `CONTEL 12`, `URTEL 205`, `MYTEL 3`; the post is not said.
_OF_A_POST = re.compile(r"(?:EMB|CON|LEG|MIS|UR|MY)TELS? \d", re.IGNORECASE)
# Further numbers of the post named last: `124`, `#124 AND 126`.
_NUMBERS_ALONE = re.compile(
    r"#?(?P<first>\d{2,6})(?:\s*(?:,|&|AND|,\s*AND)\s*#?\d{2,6})*", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
# Pieces of an item that names something beside cables: `KABUL 123, AND SMITH-JONES E-MAIL`.
_PIECES = re.compile(r"\s*(?:[;\n]|,(?=\s)|\bAND\b)\s*", re.IGNORECASE)
# Nothing but a title between two cables: ` (TUGS COUNTED) `, `; (NOTAL, WHO PAYS?), ` without its aside.
_TITLED = re.compile(r"[\s,;]*\(?[^()]{2,100}\)[\s,;]*(?:AND[\s,;]+)?", re.IGNORECASE)
# The joint before the next item: `PARIS 1233, AND` / `(C) BONN 22`.
_JOINT_BEHIND = re.compile(r"(?:[\s,;]|(?<=[\s,;])(?:AND|&))+$", re.IGNORECASE)
# Items without letters stand on lines of their own, or behind a semicolon.
_LINES = re.compile(r"\s*[;\n]\s*")
# A cable's number that is likelier a year in a title: `SUMMIT IN PARIS 2008`.
_LIKE_A_YEAR = range(1966, 2013)
_SHORT = 100
# How many telegrams a day, at the most, the Department and a post send: early in the year a higher number is of the
# year before (1978: 330,000 from the Department; 2009: 4,000 from the busiest posts).
_A_DAY = {"STATE": 1500}
_A_DAY_OF_A_POST = 60
_EARLY = 60  # days


# Telegrams that a post sends together refer to each other: `Amman 687` cites `Amman 688` of the same day.
_SENT_TOGETHER = 25


@dataclass(frozen=True, slots=True)
class _Origin:
    """What is known of the referring cable: its year, its post and number, its date."""

    year: int | None
    own: tuple[str, int] | None = None
    date: datetime | None = None

    def year_of(self, mention: Mention) -> int | None:
        """The year written, or the cable's own, or the one before where that makes sense."""
        if mention.year is not None or self.year is None:
            return mention.year
        code, number = mention.post.code, mention.number
        if self.own is not None and self.own[0] == code and number > self.own[1] + _SENT_TOGETHER:
            # A post's own later number can only be of an earlier year, unless both were sent on the same day.
            return self.year - 1
        if self.date is not None and self.date.year == self.year:
            day = self.date.timetuple().tm_yday
            most = _A_DAY.get(code, _A_DAY_OF_A_POST)
            if day <= _EARLY and day * most < number <= 366 * most:
                return self.year - 1
        return self.year


class _Reader:
    """Reads the items of one field, in order; remembers the post named last."""

    def __init__(self, origin: _Origin) -> None:
        self.origin = origin
        self.last: Mention | None = None
        self.found: list[Reference] = []
        self.problems: list[Problem] = []

    def read(self, item: Item) -> None:
        """Add the references of an item."""
        if NOTHING.fullmatch(_without_asides(item.text)):
            return
        kind = kind_of(item.text)
        cables = self._cables(item.text)
        pieces = self._pieces(item) if kind is not None else []
        if kind is None or (cables and cables[0].start <= kind[1] and len(pieces) == 1):
            self._add(item, cables, None)
            return
        for piece in pieces:
            self._add(piece, self._cables(piece.text), kind_of(piece.text))

    def _pieces(self, item: Item) -> list[Item]:
        """An item cut at separators; a piece that names nothing goes to the one before it, or after."""
        spans: list[tuple[int, int]] = []
        at, first = 0, None
        for cut in [*_PIECES.finditer(item.text), None]:
            end = cut.start() if cut else len(item.text)
            piece = item.text[at:end]
            if piece.strip():
                if kind_of(piece) or self._cables(piece):
                    spans.append((at if first is None else first, end))
                    first = None
                elif spans:
                    spans[-1] = (spans[-1][0], end)
                else:
                    first = at if first is None else first
            at = cut.end() if cut else end
        return [Item(item.bullet, item.text[start:end]) for start, end in spans] or [item]

    def _cables(self, text: str) -> list[Mention]:
        latest = self.origin.year + 1 if self.origin.year is not None else None
        plain = kind_of(text) is None
        kept: list[Mention] = []
        bare = _without_asides(text, " ")
        for mention in mentions(bare, latest):
            start = kept[-1].end if kept else 0
            between = bare[start : mention.start] if mention.start >= start else ""
            likely = mention.number not in _LIKE_A_YEAR and (
                mention.year is not None if kept else plain or mention.number >= _SHORT
            )
            # Behind a cable its title may stand: `ATHENS 60 (TUGS COUNTED)  ATHENS 330 (WHO PAYS?)`.
            titled = bool(kept) and _TITLED.fullmatch(between) is not None
            if LEAD.fullmatch(between) or titled or likely:
                kept.append(mention)
        return kept

    def _add(self, item: Item, cables: Sequence[Mention], kind: tuple[str, int] | None) -> None:
        if kind is not None and (not cables or cables[0].start > kind[1]):
            other = kind_of(item.text)
            self.found.append(
                Reference(_tidy(item.text), None, other[0] if other else "other", item.bullet)
            )
            return
        if cables:
            self.last = cables[-1]
            for mention in cables:
                text = item.text if len(cables) == 1 else _words(item.text, mention)
                self._cable(_tidy(text), mention, item.bullet)
            return
        alone = _NUMBERS_ALONE.fullmatch(_without_asides(item.text).strip(" ;,.\n"))
        own = post(self.origin.own[0]) if self.origin.own else None
        last = self.last or (Mention(0, 0, own, 0, None) if own else None)
        if alone and last is not None:
            # Of the post named last, or of the cable's own.
            for number in _DIGITS.findall(alone.group()):
                mention = Mention(0, 0, last.post, int(number), last.year)
                self._cable(number, mention, item.bullet)
            return
        for text in _LINES.split(item.text) if item.bullet is None else [item.text]:
            self._other(_tidy(text), item.bullet)

    def _other(self, text: str, bullet: str | None) -> None:
        if NOTHING.fullmatch(_without_asides(text)):
            return
        cut = _CUT.fullmatch(_without_asides(text).strip(" ,;."))
        if cut and mentioned_post(cut["post"].strip()):
            self.found.append(Reference(text, None, "cable", bullet))
            self.problems.append(
                Problem(
                    "reference-truncated",
                    f"the reference “{text}” names a year and a post but no number",
                )
            )
            return
        kind: ReferenceKind = "cable" if _OF_A_POST.match(text) else "other"
        self.found.append(Reference(text, None, kind, bullet))

    def _cable(self, text: str, mention: Mention, bullet: str | None) -> None:
        year = self.origin.year_of(mention)
        own = self.origin.own
        if own == (mention.post.code, mention.number) and year == self.origin.year:
            return
        ident = format_id(year, mention.post.code, mention.number) if year is not None else None
        self.found.append(Reference(_JOINT_BEHIND.sub("", text), ident, "cable", bullet))


def _without_asides(text: str, filling: str = "") -> str:
    """The text without what is said of the item only, each letter of that replaced by `filling`."""
    upper = text.upper()
    if not any(map(upper.__contains__, _ASIDE_HINTS)):
        return text
    return _ASIDE.sub(lambda found: filling * len(found.group()), text)


def _tidy(text: str) -> str:
    return joined(text).strip(" ;,.¶-")


def _words(text: str, mention: Mention) -> str:
    """What an item prints of a mention; a number alone gets its post."""
    words = text[mention.start : mention.end].strip(" (")
    if words.count("(") < words.count(")"):
        words = words.rstrip(") ")
    if not any(letter.isalpha() for letter in words):
        return f"{mention.post.code} {mention.number}"
    return words


def read_references(
    text: str | Header, year: int | None = None, own: tuple[str, int] | None = None
) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    """The references of a header's REF fields, each once, and what was unsure.

    `year` is the cable's own, for items that name none; `own` its post code and number. An item that looks like a cable
    but has no number is kept with `id` None and reported. The cable itself is no reference.
    """
    header = Header.of(text)
    when = date(header)
    year = when.year if year is None and when is not None else year
    reader = _Reader(_Origin(year, own, when))
    for block in reference_fields(header):
        for item in reference_items(block):
            reader.read(item)
    found: dict[tuple[str | None, str | None], Reference] = {}
    for each in reader.found:
        found.setdefault((each.id, each.text if each.id is None else None), each)
    return tuple(found.values()), tuple(reader.problems)


def references(
    text: str | Header, year: int | None = None, own_id: str | None = None
) -> tuple[Reference, ...]:
    """What a cable refers to, in the order of its REF fields, each once.

    `text` is a header, a whole cable, or a REF line. `year` (four digits) is the cable's own, used where an item has
    none: or the year before, where the post's number could not be of this one. `own_id` is the cable's id in any
    spelling: it gives the year where `year` is None, and a reference to itself is left out. `id` is None for what is no
    cable, and for a cable whose year or number is not known. A SEPTEL and a message known by its time alone are
    "other": neither has a number.
    """
    own, own_year = _own(own_id)
    return read_references(text, year if year is not None else own_year, own)[0]


# A look-up key taken apart: year, post, number.
_KEY = re.compile(r"(?P<year>\d{4}|\d{2})(?P<post>[0-9A-Z]*[A-Z])(?P<number>\d+)")


def _own(own_id: str | None) -> tuple[tuple[str, int] | None, int | None]:
    match = _KEY.fullmatch(compact(lookup_key(canonical_id(own_id)))) if own_id else None
    if match is None:
        return None, None
    return (match["post"], int(match["number"])), full_year(match["year"])
