"""The REF line: what a cable refers to, each item with the canonical id of the cable meant.

Owns the splitting into items and the reading of one item. Knows nothing of the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.ids import canonical_id as format_id
from corpus.model import Problem, Reference, ReferenceKind
from corpus.posts import post_by_spelling
from indexer.header import full_year, joined
from indexer.wire import header_fields

_LABEL = re.compile(
    r"^REF(?:S|\(S\)|TELS?|ERENCES?|ERENCE\(S\)|AIRS?)?\s*(?=[:;]|\s\(?[A-Z]\)?\s*[:.)]|\s*$)[:;]?\s*",
    re.IGNORECASE,
)
# What opens an item: `A)`, `A.`, `(A)`, `[A]`, `A:`; preceded by the start, white space or a separator.
_BULLET = re.compile(
    r"(?:^|(?<=[\s;,]))¶?(?:[(\[](?P<closed>[A-Z])[)\]]|(?P<open>[A-Z])[).:](?=\s|\d))\s*"
)
_SEPARATOR = re.compile(r"\s*;\s*|\s*\n\s*")
# `AND PREVIOUS`, `(NOTAL)`: said of the item, no part of its number.
_ASIDE = re.compile(
    r"\(?\bNOTAL\b\)?|\bAND PREVIOUS\b|\bET AL\b\.?|\(EXDIS\)|\(NODIS\)", re.IGNORECASE
)
# What joins two references of one item, `LIMA 2 (AND PARIS 7472 AND 7677)`: an AND before a post, not before a
# further number.
_JOINT = re.compile(
    r"\((?!'?\d{2,4}\))|(?:\bAND\b|&)(?=\s+(?:'?\d{2,4}\s+)?[A-Z]{2})", re.IGNORECASE
)
# A post and a number with the year before, between, behind or absent: `06 GUANGZHOU 32379`, `STATE (01) 201265`,
# `2006 STATE 123`, `GUANGZHOU 51`, `PARIS 7472 and 7677`.
_CABLE = re.compile(
    r"(?:(?P<before>'?\d{2}|(?:19|20)\d{2})\s*[-/]?\s*)?(?P<post>[A-Z][A-Z'./]*(?:[ -]+[A-Z][A-Z'./]*){0,3})\s*"
    r"(?:\(?(?P<between>'?\d{2}|(?:19|20)\d{2})\)?\s*[-/]?\s+)?[#:]?\s*(?P<number>\d{1,8})\b(?:\s*[-/]\s*(?P<after>\d{2})\b)?"
    r"(?P<more>(?:\s*(?:,|AND|&)\s*\d{2,8}\b(?!\s*[A-Z]))*)",
    re.IGNORECASE,
)
# A post and a year, but the number cut off: `06 Guangzhou` at the end of the line.
_CUT = re.compile(r"(?:'?\d{2}|(?:19|20)\d{2})\s+[A-Z][A-Z' .-]{2,30}", re.IGNORECASE)
_KINDS: tuple[tuple[ReferenceKind, re.Pattern[str]], ...] = (
    ("email", re.compile(r"\bE-?MAILS?\b|@", re.IGNORECASE)),
    ("tel", re.compile(r"\bTEL(?:E)?CON\b|\bPHONE\b|\bTELEPHONE\b", re.IGNORECASE)),
    ("web", re.compile(r"\bHTTP|\bWWW\.|\bWEB ?SITE\b", re.IGNORECASE)),
    ("fax", re.compile(r"\bFAX\b", re.IGNORECASE)),
    ("memo", re.compile(r"\bMEMO(?:RANDUM|CON)?\b|\bLETTER\b", re.IGNORECASE)),
    ("book", re.compile(r"\bFAM\b|\bFAH\b|\bHANDBOOK\b", re.IGNORECASE)),
    ("report", re.compile(r"\bIIR\b|\bREPORT\b|\bTD-?\d", re.IGNORECASE)),
    ("meeting", re.compile(r"\bMEETING\b|\bCONVERSATION\b|\bCONSULTATIONS?\b", re.IGNORECASE)),
)
_MORE_NUMBERS = re.compile(r"\d{2,8}")


@dataclass(frozen=True, slots=True)
class _Item:
    bullet: str | None
    text: str


def _items(block: str) -> list[_Item]:
    text = _LABEL.sub("", block.strip())
    bullets = list(_BULLET.finditer(text))
    if not bullets:
        return [_Item(None, piece) for piece in _SEPARATOR.split(text) if piece.strip()]
    items = []
    lead = text[: bullets[0].start()].strip(" ;,\n")
    if lead:
        items.append(_Item(None, lead))
    for match, follower in zip(bullets, [*bullets[1:], None], strict=True):
        end = follower.start() if follower else len(text)
        items.append(_Item(match["closed"] or match["open"], text[match.end() : end]))
    return items


def _cables(
    item: str, year: int | None, own: tuple[str, int] | None
) -> list[tuple[str, str | None]]:
    """(text, canonical id) of each cable an item names."""
    found: list[tuple[str, str | None]] = []
    for match in _CABLE.finditer(_JOINT.sub(";", _ASIDE.sub(" ", item))):
        post = post_by_spelling(match["post"])
        if post is None:
            continue
        written = match["before"] or match["between"] or match["after"]
        numbers = [match["number"], *_MORE_NUMBERS.findall(match["more"] or "")]
        for number in numbers:
            when = full_year(written.lstrip("'")) if written else year
            if (
                not written
                and year is not None
                and own is not None
                and own[0] == post.code
                and int(number) > own[1]
            ):
                # A post's own later number can only be of an earlier year.
                when = year - 1
            ident = format_id(when, post.code, int(number)) if when is not None else None
            found.append(
                (joined(match.group()) if len(numbers) == 1 else f"{post.code} {number}", ident)
            )
    return found


def read_references(
    block: str, year: int | None = None, own: tuple[str, int] | None = None
) -> tuple[tuple[Reference, ...], tuple[Problem, ...]]:
    """The references of a REF field's text and what was unsure.

    `year` is the cable's own, for items that name none; `own` its post code and number. An item
    that looks like a cable but has no number is kept with `id` None and reported.
    """
    references: list[Reference] = []
    problems: list[Problem] = []
    for item in _items(block):
        text = joined(item.text).strip(" ;,.")
        if not text:
            continue
        kind = next((kind for kind, pattern in _KINDS if pattern.search(text)), None)
        cables = [] if kind else _cables(text, year, own)
        if cables and len(cables) == 1:
            references.append(Reference(text, cables[0][1], "cable", item.bullet))
        elif cables:
            references.extend(
                Reference(each, ident, "cable", item.bullet) for each, ident in cables
            )
        elif kind is None and _CUT.fullmatch(text):
            references.append(Reference(text, None, "cable", item.bullet))
            problems.append(
                Problem(
                    "reference-truncated",
                    f"the reference “{text}” names a year and a post but no number",
                )
            )
        else:
            references.append(Reference(text, None, kind or "other", item.bullet))
    return tuple(references), tuple(problems)


def references(
    text: str, year: int | None = None, own_id: str | None = None
) -> tuple[Reference, ...]:
    """The references of a header; see `read_references`."""
    del (
        own_id
    )  # the number alone decides; the id is accepted so that callers need not take it apart
    return read_references(header_fields(text).get("references", ""), year)[0]
