"""Who a cable goes to: the addressees of the TO and INFO fields, with the posts a collective leaves out.

Owns the reading of the wire's address lines. Must not know what a routing indicator stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.dates import MONTH_NUMBERS
from corpus.model import Recipient
from corpus.posts import post_by_spelling
from indexer.grammar.marks import page_mark
from indexer.grammar.vocabulary import CAPTION, CAPTIONS, LEVEL, LEVEL_LETTERS
from indexer.header.header import Header

# The field's label at a line's start, with an addressee or alone: `TO RUEHC/SECSTATE WASHDC`, `INFO:`, `XMT KABUL`.
_LABEL = re.compile(r"(?P<label>FM|TO|INFO|XMT)(?=[\s:]|$)[\s:]*")
# What ends the address: a blank line after an addressee, `BT`, the class line, a caption, the drafted fields.
_END = re.compile(
    rf"(?:BT|{LEVEL}|{CAPTION}|"
    r"E\.?O\.? ?\d+.*|(?:TAGS?|Tags?)[ :].*|(?:SUBJ(?:ECT)?|Subj(?:ect)?)[ :].*|"
    r"(?:REF(?:S|TEL)?|Ref(?:s|tel)?)[ :].*|(?:STATE|DEPT) (?:FOR|PASS)\b.*|-{5,}.*)"
    r"(?:\b[^/]*)?"
)
# With what that begins; O may be 0.
_END_BEGINS = LEVEL_LETTERS | {name[0] for name in CAPTIONS} | frozenset("BETSRD-0")
# A routing indicator before its addressee: `RUEHC/SECSTATE WASHDC`; blanks around the stroke occur.
_ROUTE = re.compile(r"(?P<route>R[A-Z]{3,7}|ZEN) ?/ ?(?=\S)")
# ... or with the stroke lost, before a kind of addressee: `RUEHC SECSTATE WASHDC`.
_ROUTE_BARE = re.compile(
    r"(?P<route>R[A-Z]{4,6}) (?=(?:SECSTATE|SECDEF|AMEMBASSY|AMCONSUL|AMCONGEN|USMISSION|USDEL|USINT|USLO|USUN)\b)"
)
# A routing indicator that stands alone on its line.
_ROUTES = re.compile(r"R[A-Z]{4,7}")
_PRECEDENCE = r"NIACT IMMED(?:IATE)?|IMMED(?:IATE)?|PRIORITY|FLASH|ROUTINE"
# What stands behind a name, in either order: `PRIORITY 1234`, `0123`, `1234 PRIORITY`, `IMMEDIATE`.
# (It begins with a blank or behind a stroke, or is the line's end: said first, that spares all other places the rest.)
_BEHIND = re.compile(
    rf"(?:(?=\s)|(?<=/)|\Z)(?:(?:\s+|(?<=/))(?P<first>{_PRECEDENCE}))?(?:\s+#?(?P<serial>\d{{1,6}}))?(?:\s+(?P<second>{_PRECEDENCE}))?\s*$"
)
# What that ends with: a digit, or the last letter of a precedence.
_BEHIND_ENDS = frozenset("0123456789EYHD")
# `... COLLECTIVE XMT AMEMBASSY BEIRUT, AMEMBASSY KABUL`, `... COLLECTIVE EXCEPT ANKARA`: all but these.
_EXCEPT = re.compile(r"(?:^|\s)\(?(?:XMT|EXCEPT|MINUS)\b[\s:]*")
# Several addressees on one line: `RUEHC/SECSTATE WASHDC, RUEHBS/USEU BRUSSELS`, `AMEMBASSY PARIS, AMEMBASSY ROME`.
_NEXT_ADDRESSEE = re.compile(
    r"\s?[,;]\s?(?=R[A-Z]{4,7} ?/|(?:AMEMBASSY|AMCONSUL|AMCONGEN|USMISSION|USDEL) )"
)
# Between two posts left out: a comma, AND, or only the kind of the next (`AMEMBASSY BEIRUT AMEMBASSY KABUL`).
_EXCLUDED_SEPARATOR = re.compile(
    r"\s*[,;]\s*|\s+AND\s+|\s+(?=(?:AMEMBASSY|AMCONSUL|AMCONGEN|USMISSION|USDEL|USINT|USLO|USOFFICE)\s)"
)
# NARA's INFO is a list of offices and copies (`OCT-01  ARA-15  /024 W`), not of addressees.
_OFFICE_COPIES = re.compile(r"(?:[A-Z/]{1,6}-\d\d\b.*|/\d{2,3} ?W.*)")
# Text collapsed into one line: an addressee begins at TO, at INFO, at a route or at a kind of post.
_KIND = r"(?:AMEMBASSY|AMCONSUL|AMCONGEN|USMISSION|USDEL|SECSTATE|USINT)"
_COLLAPSED = re.compile(
    rf"(?<=\S)(?<!\bTO)(?<!\bINFO)\s+(?=R[A-Z]{{4,7}}/)|\s+(?=(?:TO|INFO)\s+(?:{_KIND}\s|R[A-Z]{{4,7}}/))|"
    rf"(?<=\S)(?<!\bTO)(?<!\bFM)(?<!\bINFO)\s+(?={_KIND} [A-Z]|"
    rf"{LEVEL})"
)
# A line long enough to be collapsed, or one with FM and TO, or TO and INFO, in it.
_LONG = 160
_COLLAPSED_LINE = re.compile(
    rf".{{{_LONG}}}|(?:FM\s.{{3,60}}?\sTO|TO\s.{{3,80}}?\sINFO)\s+(?:{_KIND}\s|R[A-Z]{{4,7}}/)"
)
# A line that cannot be an addressee: it has small letters beyond those of a name such as `McDILL`.
_PROSE = re.compile(r"(?:[^a-z]*[a-z]){8}")
# `1. TO THE MINISTER`: the body has begun.
_COUNTED = re.compile(r"\d{1,3}[.)] ")


# What stands behind the Secretary, and the longest rest of a post's name on the next line: `DE JANEIRO`.
# A month between two posts: what an archive left of the line between them.
_MONTH_INSIDE = re.compile(rf" (?:{'|'.join(MONTH_NUMBERS)}) (?=[A-Z]{{3}})")
_CAPITAL = frozenset({"WASHDC", "WASHINGTON", "WASHINGTON DC", "WASH DC"})
_LONGEST_REST = 20


@dataclass(slots=True)
class _Addressee:
    words: str
    excluded: list[str] = field(default_factory=list)
    open: bool = False  # an XMT list goes on over the next lines


def recipients(text: str | Header) -> tuple[Recipient, ...]:
    """The action addressees of the TO field, in order, names and serials as printed.

    `excluded` holds the posts that a collective leaves out (`XMT BEIRUT, KABUL`), as printed. `precedence` is
    None where the line says none (it is then the message's).
    """
    return Header.of(text).once(_addressees)["TO"]


def info_recipients(text: str | Header) -> tuple[Recipient, ...]:
    """The addressees of the INFO field, in order, without NARA's distribution of offices; see `recipients`."""
    return Header.of(text).once(_addressees)["INFO"]


def _addressees(header: Header) -> dict[str, tuple[Recipient, ...]]:
    """The addressees by field; both fields are read in one pass."""
    fields: dict[str, list[_Addressee]] = {"TO": [], "INFO": []}
    label: str | None = None
    addressed = paused = False
    for words in _address_lines(header):
        if not words:
            paused = True
            continue
        if label is None and not addressed and words[0] not in "FTIX":
            # Nothing is addressed yet: most lines of a header stand above or below its addressees.
            if words[0].isdigit() and _COUNTED.match(words):
                break
            continue
        if page_mark(words):
            continue
        match = _LABEL.match(words) if words[0] in "FTIX" else None
        if match and match["label"] != "XMT":
            label, words = match["label"], words[match.end() :]
        elif paused and label in fields and fields[label] and _ROUTE.match(words) is None:
            # A blank line ends the field, unless it is empty so far (`TO` alone) or goes on with a route.
            label = None
        paused = False
        if _COUNTED.match(words):
            break
        if not addressed and label not in fields:
            continue
        ended = words[:1] in _END_BEGINS and _END.fullmatch(words) is not None
        if ended and addressed:
            break
        if ended or _PROSE.match(words) or _OFFICE_COPIES.fullmatch(words):
            # NARA's INFO of offices is not the wire's, nor what follows it.
            label = None
        elif words and label in fields:
            addressed = addressed or label == "TO"
            found = fields[label]
            listed = _EXCEPT.search(words) or (found and found[-1].open)
            for each in [words] if listed else _NEXT_ADDRESSEE.split(words):
                _add(found, each)
    return {
        field: tuple(_recipient(each) for each in found if each.words)
        for field, found in fields.items()
    }


def _address_lines(header: Header) -> Iterable[str]:
    for line in header.lines:
        # Single blanks: a run of them would be tried at each of its places.
        words = " ".join(line.split())
        long = len(words) >= _LONG or "FM" in words or "TO" in words
        yield from _COLLAPSED.split(words) if long and _COLLAPSED_LINE.match(words) else [words]


def _add(found: list[_Addressee], words: str) -> None:
    parts = _EXCEPT.split(words)
    if parts[0]:
        routed = _route(parts[0]) is not None or _ROUTES.fullmatch(parts[0]) is not None
        if found and found[-1].open and not routed:
            found[-1].excluded.extend(_names([parts[0]]))
        elif (
            found
            and not routed
            and (_is_tail(found[-1].words, parts[0]) or _is_rest_of_name(found[-1].words, parts[0]))
        ):
            found[-1].words += f" {parts[0]}"
        else:
            found.append(_Addressee(parts[0]))
    if len(parts) > 1 and found:
        found[-1].excluded.extend(_names(parts[1:]))
        found[-1].open = True


def _is_tail(words: str, tail: str) -> bool:
    """Whether a line is only the end of the addressee above: `PRIORITY 1234`, or what follows an open `//`."""
    return _BEHIND.fullmatch(f" {tail}") is not None or words.endswith(("/", ",", "-"))


def _route(words: str) -> re.Match[str] | None:
    return (_ROUTE.match(words) or _ROUTE_BARE.match(words)) if words[0] in "RZ" else None


def _is_rest_of_name(words: str, rest: str) -> bool:
    """Whether a line break stands inside a name: `RUEHC/SECSTATE` / `WASHDC`, `AMEMBASSY BUENOS` / `AIRES 0123`.

    That is so where both together name a post, and the second line by itself names none, or only the capital.
    """
    first = _route(words)
    behind = _BEHIND.search(rest, max(0, len(rest) - 40))
    name = rest[: behind.start()] if behind else rest
    if (
        first is None
        or not name
        or len(name) > _LONGEST_REST
        or not name.replace(" ", "").replace(".", "").isalpha()
    ):
        return False
    above = words[first.end() :]
    if above.endswith("WASHINGTON"):
        return name in {"DC", "D.C."}
    if above == "SECSTATE":
        return name in _CAPITAL
    return post_by_spelling(name) is None and post_by_spelling(f"{above} {name}") is not None


def _names(lists: Sequence[str]) -> Iterable[str]:
    for words in lists:
        for name in _EXCLUDED_SEPARATOR.split(words):
            bare = name.strip(" .()")
            route = _route(bare) if bare else None
            kept = _BEHIND.sub("", bare[route.end() :] if route else bare).strip(" .,()")
            if kept:
                yield kept


def _in_full(precedence: str | None) -> str | None:
    """`NIACT IMMED` is NIACT IMMEDIATE."""
    return f"{precedence}IATE" if precedence and precedence.endswith("IMMED") else precedence


def _without_next_line(name: str) -> str:
    """The addressee of two lines that an archive ran together: `AMEMBASSY LA PAZ MAR LIMA` is La Paz."""
    month = _MONTH_INSIDE.search(name)
    first = name[: month.start()] if month else name
    return first if month and post_by_spelling(first) is not None else name


def _recipient(each: _Addressee) -> Recipient:
    match = _route(each.words)
    words = each.words[match.end() :] if match else each.words
    # A tail of blanks would make the search for what is behind the name try each of them.
    words = " ".join(words.split())
    behind = _BEHIND.search(words, max(0, len(words) - 40)) if words[-1:] in _BEHIND_ENDS else None
    name = words[: behind.start()] if behind else words
    name = _without_next_line(name)
    return Recipient(
        name=name.strip(" ,:;") or words,
        route=match["route"] if match else None,
        precedence=_in_full(behind["first"] or behind["second"]) if behind else None,
        serial=behind["serial"] if behind else None,
        excluded=tuple(each.excluded),
    )
