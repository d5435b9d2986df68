"""The REF field: what a cable refers to, each item with the canonical id of the cable meant.

Owns the splitting of the field into items and the choice of an item's year. How a cable is named in text is
`indexer.cable_mentions`'s, other kinds are `indexer.reference_kinds`'s, ids in any spelling `indexer.id_spellings`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from corpus.ids import canonical_id as format_id
from corpus.ids import lookup_key
from corpus.model import Problem, Reference
from corpus.posts import compact
from indexer.cable_mentions import Mention, mentions
from indexer.header_blocks import Block, blocks, clean_lines, ends_prose
from indexer.header_wire import date, full_year
from indexer.id_spellings import canonical_id, mentioned_post
from indexer.reference_kinds import kind_of
from indexer.subjects import joined

__all__ = ["canonical_id", "read_references", "references"]

# The label, where a block still has it.
_LABEL = re.compile(
    r"^\s*REF(?:S|\(S\)|TELS?|ERENCES?|ERENCE\(S\)|AIRS?)?\s*(?=[:;]|\s\(?[A-Z]\)?\s*[:.)]|\s*$)[:;]?\s*",
    re.IGNORECASE,
)
# What opens an item: `A)`, `A.`, `(A)`, `[A]`, `A:`, `A -`, `¶B.`, `-A.`, `REF A:`, `A. REF A`; letters of either case.
_BULLET = re.compile(
    r"(?:^|(?<=[\s;,.:)-]))¶?\s?(?:REF ?)?(?:[(\[]\s?(?P<closed>[A-Za-z])\s?[.:]?\s?[)\]][.:]?|(?P<open>[A-Z])(?:\s?[).:]|\s-)(?=[\s\d('A-Z])|"
    r"(?P<small>[a-z])[).](?=\s))[\s,:]*(?:REF(?:TEL)?\s[A-Z][:.]?\s+)?"
)
# Items that are counted instead: `1. MIL. MSG. P 161339Z MAR 74` / `2. LA PAZ 0503`.
_COUNTED = re.compile(r"(?:^|(?<=[\s;,]))\(?(?P<count>\d)[.)]\s+(?=[A-Z\d'(])")
# `AND PREVIOUS`, `(NOTAL)`, `ET AL`, `(EXDIS)`: said of the item, no part of it.
_ASIDE = re.compile(
    r"\(?\b(?:NOTAL|(?:AND )?PREVIOUS(?: \(?NOTAL\)?)?|ET\.? ?(?:AL|SEQ)\b\.?|EXDIS|NODIS|LIMDIS|NOFORN|SIPDIS)\b\)?",
    re.IGNORECASE,
)
# A post and a year, but the number cut off: `06 Guangzhou` at the end of the line.
_CUT = re.compile(r"(?:'?\d{2}|(?:19|20)\d{2})\s+(?P<post>[A-Z][A-Z' .-]{2,30})", re.IGNORECASE)
# Further numbers of the post named last: `124`, `#124 AND 126`.
_NUMBERS_ALONE = re.compile(
    r"#?(?P<first>\d{2,6})(?:\s*(?:,|&|AND|,\s*AND)\s*#?\d{2,6})*", re.IGNORECASE
)
# Pieces of an item that names something beside cables: `KABUL 123, AND SMITH-JONES E-MAIL`.
_PIECES = re.compile(r"\s*(?:[;\n]|,(?=\s)|\bAND\b)\s*", re.IGNORECASE)
_LINES = re.compile(r"\s*[;\n]\s*")
# Says that there are none: `REF: NONE`, `N/A`.
_NOTHING = re.compile(r"\W*(?:NONE|N/?A|NIL|NO REFS?|SAME)?\W*", re.IGNORECASE)
# Lines behind the field that are none of it: pass lines, warnings, sentences.
_FOREIGN = re.compile(
    r"\s*(?:SENSITIVE BUT UNCLASSIFIED|NOT FOR (?:INTERNET|DISTRIBUTION)|PLEASE (?:PROTECT|HANDLE|SEE)|"
    r"(?:THIS|THE) (?:IS|MESSAGE|CABLE)\b|\(U\)|\((?:SBU|C|S)(?:/NF)?\)\s|ACTION REQUEST|FROM (?:THE )?(?:AMBASSADOR|CHARGE|DCM)\b|"
    r"FOR [A-Z]+/|(?:STATE|DEPT|DEPARTMENT|[A-Z]+) (?:FOR|PASS|ALSO FOR) )",
    re.IGNORECASE,
)
# Text before a mention that does not speak against it: separators, `EMBASSY`, `CABLE`, `SEE ALSO`, `FROM`.
_LEAD = re.compile(
    r"(?:[\s,;:()\[\]&/.*-]|\b(?:AND|CABLES?|REFTELS?|REFS?|SEE|ALSO|FROM|BOTH|TEL|TELEGRAMS?|MSGS?|MESSAGES?|MY|OUR|YOUR|U\.?S|"
    r"AMEMBASSY|AMCONSUL|EMBASSY|CONSULATE|CONGEN|USMISSION|MISSION|DEPARTMENT|DEPT|OF|THE|AS|WELL|PLUS|OR|CF|E\.G|I\.E|PREVIOUS|"
    r"NOTAL|SECTION|PARA|SEPTEL)\b)*",
    re.IGNORECASE,
)
# A cable's number that is likelier a year in a title: `SUMMIT IN PARIS 2008`.
_LIKE_A_YEAR = range(1966, 2013)
_SHORT = 100
_LONGEST_FIELD = 60  # lines
# How many telegrams a day, at the most, the Department and a post send: early in the year a higher number is of the
# year before (1978: 330,000 from the Department; 2009: 4,000 from the busiest posts).
_A_DAY = {"STATE": 1500}
_A_DAY_OF_A_POST = 60
_EARLY = 60  # days


@dataclass(frozen=True, slots=True)
class _Item:
    bullet: str | None
    text: str


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
        if self.own is not None and self.own[0] == code and number > self.own[1]:
            # A post's own later number can only be of an earlier year.
            return self.year - 1
        if self.date is not None and self.date.year == self.year:
            day = self.date.timetuple().tm_yday
            if day <= _EARLY and number > day * _A_DAY.get(code, _A_DAY_OF_A_POST):
                return self.year - 1
        return self.year


def _items(block: str) -> list[_Item]:
    """The items of a field, by their letters, which must rise (`JOHN A. SMITH` is no item A behind B)."""
    text = _LABEL.sub("", block.strip(), count=1)
    opened = _counted(text)
    for match in () if opened else _BULLET.finditer(text):
        letter = (match["closed"] or match["open"] or match["small"]).upper()
        before = text[: match.start()].strip(" ;,\n-:")
        if opened and letter <= opened[-1][0]:
            continue
        if (
            not opened
            and letter != "A"
            and not (before and next(mentions(before), None))
            and before
        ):
            continue
        if (
            not opened
            and letter == "A"
            and before
            and match["open"]
            and not before.endswith((".", ":"))
        ):
            # An initial: `E-MAIL FROM JOHN A. SMITH`.
            if next(mentions(before), None) is None:
                continue
        opened.append((letter, match.start(), match.end()))
    lead = text[: opened[0][1]] if opened else text
    items = [_Item(None, lead)] if lead.strip(" ;,\n-:.¶") else []
    for at, (letter, _, start) in enumerate(opened):
        end = opened[at + 1][1] if at + 1 < len(opened) else len(text)
        items.append(_Item(letter, text[start:end]))
    return items


def _counted(text: str) -> list[tuple[str, int, int]]:
    """Items with numbers, where the first begins the field and each is one more than the last; else none."""
    opened: list[tuple[str, int, int]] = []
    for match in _COUNTED.finditer(text):
        if int(match["count"]) == len(opened) + 1 and (opened or match.start() == 0):
            opened.append((match["count"], match.start(), match.end()))
    return opened if len(opened) > 1 else []


class _Reader:
    """Reads the items of one field, in order; remembers the post named last."""

    def __init__(self, origin: _Origin) -> None:
        self.origin = origin
        self.last: Mention | None = None
        self.found: list[Reference] = []
        self.problems: list[Problem] = []

    def read(self, item: _Item) -> None:
        """Add the references of an item."""
        if _NOTHING.fullmatch(_ASIDE.sub("", item.text)):
            return
        kind = kind_of(item.text)
        cables = self._cables(item.text)
        if kind is None or (cables and cables[0].start <= kind[1] and len(self._pieces(item)) == 1):
            self._add(item, cables, None)
            return
        for piece in self._pieces(item):
            self._add(piece, self._cables(piece.text), kind_of(piece.text))

    def _pieces(self, item: _Item) -> list[_Item]:
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
        return [_Item(item.bullet, item.text[start:end]) for start, end in spans] or [item]

    def _cables(self, text: str) -> list[Mention]:
        latest = self.origin.year + 1 if self.origin.year is not None else None
        kept: list[Mention] = []
        bare = _ASIDE.sub(lambda found: " " * len(found.group()), text)
        for mention in mentions(bare, latest):
            start = kept[-1].end if kept else 0
            between = bare[start : mention.start] if mention.start >= start else ""
            if _LEAD.fullmatch(between) or (
                mention.number not in _LIKE_A_YEAR
                and mention.number >= _SHORT
                and (mention.year or not kept)
            ):
                kept.append(mention)
        return kept

    def _add(self, item: _Item, cables: Sequence[Mention], kind: tuple[str, int] | None) -> None:
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
        alone = _NUMBERS_ALONE.fullmatch(_ASIDE.sub("", item.text).strip(" ;,.\n"))
        if alone and self.last is not None:
            for number in re.findall(r"\d+", alone.group()):
                mention = Mention(0, 0, self.last.post, int(number), self.last.year)
                self._cable(number, mention, item.bullet)
            return
        for text in _LINES.split(item.text) if item.bullet is None else [item.text]:
            self._other(_tidy(text), item.bullet)

    def _other(self, text: str, bullet: str | None) -> None:
        if _NOTHING.fullmatch(_ASIDE.sub("", text)):
            return
        cut = _CUT.fullmatch(_ASIDE.sub("", text).strip(" ,;."))
        if cut and mentioned_post(cut["post"].strip()):
            self.found.append(Reference(text, None, "cable", bullet))
            self.problems.append(
                Problem(
                    "reference-truncated",
                    f"the reference “{text}” names a year and a post but no number",
                )
            )
            return
        self.found.append(Reference(text, None, "other", bullet))

    def _cable(self, text: str, mention: Mention, bullet: str | None) -> None:
        year = self.origin.year_of(mention)
        own = self.origin.own
        if own == (mention.post.code, mention.number) and year == self.origin.year:
            return
        ident = format_id(year, mention.post.code, mention.number) if year is not None else None
        self.found.append(Reference(text, ident, "cable", bullet))


def _tidy(text: str) -> str:
    return joined(text).strip(" ;,.¶-")


def _words(text: str, mention: Mention) -> str:
    """What an item prints of a mention; a number alone gets its post."""
    words = text[mention.start : mention.end].strip(" (")
    if words.count("(") < words.count(")"):
        words = words.rstrip(") ")
    if words and words[0].isdigit() and not any(c.isalpha() for c in words) or not words:
        return f"{mention.post.code} {mention.number}"
    return words


def read_references(
    block: str,
    year: int | None = None,
    own: tuple[str, int] | None = None,
    when: datetime | None = None,
) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    """The references of one REF field's text and what was unsure.

    `year` is the cable's own, for items that name none; `own` its post code and number; `when` its date. An item
    that looks like a cable but has no number is kept with `id` None and reported. The cable itself is no reference.
    """
    reader = _Reader(_Origin(year, own, when))
    for item in _items(block):
        reader.read(item)
    return tuple(reader.found), tuple(reader.problems)


def references(
    text: str, year: int | None = None, own_id: str | None = None
) -> tuple[Reference, ...]:
    """What a cable refers to, in the order of its REF fields, each once.

    `text` is a header, a whole cable, or a REF line. `year` (four digits) is the cable's own, used where an item has
    none: or the year before, where the post's number could not be of this one. `own_id` is the cable's id in any
    spelling: it gives the year where `year` is None, and a reference to itself is left out. `id` is None for what is no
    cable, and for a cable whose year or number is not known. A SEPTEL and a message known by its time alone are "other".
    """
    own, own_year = _own(own_id)
    year = year if year is not None else own_year
    when = date(text)
    found: dict[tuple[object, ...], Reference] = {}
    for block in _fields(text):
        for each in read_references(block, year, own, when)[0]:
            found.setdefault((each.id, each.text if each.id is None else None), each)
    return tuple(found.values())


_KEY = re.compile(r"(?P<year>\d{4}|\d{2})(?P<post>[0-9A-Z]*[A-Z])(?P<number>\d+)")


def _own(own_id: str | None) -> tuple[tuple[str, int] | None, int | None]:
    match = _KEY.fullmatch(compact(lookup_key(canonical_id(own_id)))) if own_id else None
    if match is None:
        return None, None
    return (match["post"], int(match["number"])), full_year(match["year"])


def _fields(text: str) -> Iterable[str]:
    """The text of each REF field; of a text without any label all of it, if it is short."""
    found = blocks(text)
    for at, block in enumerate(found):
        # A label without a colon deep in the text is a sentence: `REF A REPORTED`.
        if block.field == "references" and (block.sure or at < 12):
            yield "\n".join(_lines(block))
    if not found and len(text) < 400 and text.strip():
        words = "\n".join(clean_lines(text))
        if _items(words)[:1] and next(mentions(words), None) is not None:
            yield words


def _lines(block: Block) -> list[str]:
    """The field's lines: over a blank line only to a further item."""
    lines = list(block.lines)
    label = block.label.rstrip()
    if label[-1:] in ").:" and re.search(r"\s\(?[A-Z][).:]$", label):
        lines[0] = f"{label.split()[-1]} {lines[0]}"
    kept: list[str] = []
    gap = False
    for at, line in enumerate(lines[:_LONGEST_FIELD]):
        words = line.strip()
        if not words:
            gap = bool(kept)
            continue
        if at and (_is_body(words, kept) or _FOREIGN.match(words)):
            break
        if gap and not _is_item(words):
            break
        gap = False
        kept.append(words)
    return kept


def _is_item(words: str) -> bool:
    """Whether a line behind a blank one is a further item: it has a letter of its own, or is all a cable."""
    bullet = _BULLET.match(words)
    rest = words[bullet.end() :] if bullet else words
    first = next(mentions(rest), None)
    if bullet and len(words) < 120:
        return first is not None or kind_of(words) is not None
    return (
        first is not None
        and _LEAD.fullmatch(rest[: first.start]) is not None
        and len(rest) < first.end + 20
    )


def _is_body(words: str, kept: Sequence[str]) -> bool:
    """Whether a line ends the field: a rule, a page mark, a paragraph; not `¶B. 06STATE1234` nor `1) STATE 12`."""
    bare = words.lstrip("¶ ")
    if bare != words and _BULLET.match(bare):
        return False
    if not ends_prose(words):
        return False
    numbered = re.match(r"\(?\d{1,2}[.)]\s*", words)
    return not (numbered and _is_item(words[numbered.end() :]) and len(words) < 60) or not (
        not kept or re.match(r"\(?\d{1,2}[.)]", kept[0])
    )
