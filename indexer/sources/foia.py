"""Cables that the Department of State released under the Freedom of Information Act, as its reading room has them.

Owns what the release adds: its stamps at the top and foot of each page, the exemptions in the margin, and the labels
of the form that the Department's own archive prints since 2010 (`MRN`, `Date/DTG`, `Captions`). The release's stamp
says how the release is classified, never the cable. What was withheld stays in the text where the page says so there
(`[B1]`, a box).

The form's fields are those of 5 FAH-1 H-210: its labels are made the wire's, which is what the header is read by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.ids import find_ids
from corpus.model import SegmentKind
from indexer.grammar.vocabulary import captions_in, is_caption_line, level_alone
from indexer.lines.lines import Line
from indexer.page import Form, PageFacts
from indexer.sources.dates import Printed, written_date

NAME = "foia"

# An exemption of the Act, or of the executive order for it: `B1`, `B7(C)`, `(b)(6)`, `1.4(D)`, `1.4 D`, `25X1`.
_EXEMPTION = (
    r"(?:B[1-9](?:\([A-F]\))?|\(?[bB]\)?\([1-9]\)(?:\([A-F]\))?|1\.[45] ?\(?[A-H]\)?|25X[1-9]|NR)"
)
_EXEMPTIONS = rf"{_EXEMPTION}(?:[ ,;/]{{1,3}}{_EXEMPTION}){{0,8}}"
# What a stamp is made of, in any order: `UNCLASSIFIED`, `U.S. Department of State`, `Case No. F-2013-00001`, `Doc No.
# C00000001`, `Date: 01/02/2014`, `Page 2 of 3`, `RELEASED IN PART B1, 1.4(D)`; on stamps of later years without the
# words before them: `FL-2018-00001 C06000000 "UNCLASSIFIED" 5/1/2018 Page 2`.
_OF_RELEASE = (
    r"(?:(?:U\. ?S\.|US|United States) )?Department of State|"
    r"Case (?:No|Number)\.?:? ?[A-Z]{1,3}-\d{4}-\d{2,7}|[A-Z]{1,2}-\d{4}-\d{4,7}|"
    r"Doc(?:ument)? (?:No|Number|ID)\.?:? ?C?\d{5,10}|C\d{8}|"
    r"(?:RELEASED?|DENIED|EXCISED?|Released?|Denied) (?:IN|in) (?:FULL|PART|Full|Part|full|part)|"
    r"REVIEW AUTHORITY:.{0,100}|Review Authority:.{0,100}"
)
_BESIDE = (
    r"[\"“]?UNCLASSIFIED[\"”]?|(?:Date:? ?)?\d{1,2}/\d{1,2}/\d{4}|[Pp]age:? ?\d{1,4}(?: of \d{1,4})?|B-\d{11}|"
    rf"{_EXEMPTION}(?![\w(])"
)
_PIECES = re.compile(rf"(?:(?:{_OF_RELEASE}|{_BESIDE})[\s,;|~]*)+")
_SURE = re.compile(_OF_RELEASE)
_PAGE = re.compile(r"(?:Page|PAGE)[ :]{1,2}\d{1,3}(?: (?:of|OF) \d{1,3})?")
# One of them stands in every release: `MRN`, `Case No.`, `RELEASED IN FULL`, `Released in Part`, `"UNCLASSIFIED"`.
_HINTS = (
    "MRN",
    "Case N",
    "SED IN ",
    "SE IN ",
    "sed in ",
    "NIED IN ",
    "oc No",
    'SIFIED"',
    "SIFIED”",
)
# What says how the release itself is classified since: `Classified by DAS, A/GIS, DoS on 05/01/2013 ~ Class: SECRET`.
_RECLASSIFIED = re.compile(
    r"(?:~ )?(?:Re)?[Cc]lassified by .{2,60} on \d{1,2}/\d{1,2}/\d{4} ?~.*|~.{0,80}~.{0,80}"
)
# Exemptions alone on a line, or in the margin behind the text of one.
_MARGIN_ALONE = re.compile(_EXEMPTIONS)
_MARGIN = re.compile(rf"(?<=\S)(?=[ \t\xa0]{{4,}}{_EXEMPTIONS}\s*\Z)")
_LONGEST = 250

# The labels of the form, above the text and behind it. `MRN` is the message reference number.
_ABOVE = (
    r"MRN|Date/DTG|DTG|Date|From|Action|To|Info|E\.O\.|TAGS|Captions|Pass Line|References?|Subject"
)
_BEHIND = (
    r"Signature|Drafted By|Cleared By|Approved By|Released By|Info|Action Post|Dissemination Rule|"
    r"Attachments|XMT|Profiles?"
)
_LABEL = re.compile(rf"(?P<label>{_ABOVE})[ \t]*:[ \t]*(?P<value>.*)", re.DOTALL)
_LABEL_BEHIND = re.compile(rf"(?P<label>{_BEHIND})[ \t]*:[ \t]*(?P<value>.*)", re.DOTALL)
# Two fields on one line: `MRN: 13 BAMAKO 1043   Date/DTG: Sep 06, 2013`.
_INNER = re.compile(
    r"(?<=\S)(?=[ \t]+(?:MRN|Date/DTG|From|Action|Info|E\.O\.|TAGS|Captions|Subject)[ \t]*:)"
)
# The fields that are read as they stand: their labels are the wire's too.
_AS_THEY_ARE = frozenset({"Subject", "Reference", "References", "TAGS"})
_WIRE_OF = {"Action": "TO", "To": "TO", "Info": "INFO"}
_FIELD_OF = {
    "MRN": "number",
    "Date/DTG": "dtg",
    "DTG": "dtg",
    "Date": "dtg",
    "From": "from",
    "Action": "to",
    "To": "to",
    "Info": "info",
    "E.O.": "eo",
    "Captions": "caveats",
    "Pass Line": "pass",
}
# What a page of the form has beside `MRN`.
_TELLING = frozenset({"Date/DTG", "DTG", "From", "Action", "Captions", "E.O.", "TAGS"})
_ENOUGH = 2
# Two fields behind the text stand so near to each other, in lines.
_NEAR = 4
# How far down the form begins, and how many lines it has above the text at most.
_REACH = 60
_FORM = 80
# `Sep 06, 2013 / 061230Z SEP 13`: the group behind the stroke.
_GROUP = re.compile(r"(?:[A-Z] )?\d{6}[A-Z] ?[A-Za-z]{3,9} ?\d{2,4}")
# An addressee with the city first: `WASHDC, SECSTATE ROUTINE`, `DAKAR, AMEMBASSY`.
_CITY_FIRST = re.compile(
    r"(?P<city>[^,;]{2,40}), ?(?P<office>[A-Z][A-Z/ ]{1,30}?)"
    r"(?P<precedence> (?:NIACT IMMEDIATE|IMMEDIATE|PRIORITY|ROUTINE|FLASH))?"
)
_BETWEEN = re.compile(r"(?<=;)")
# A marking of the form's own that is no level: `SBU` below UNCLASSIFIED.
_SBU = frozenset({"SBU", "SENSITIVE", "SENSITIVE BUT UNCLASSIFIED"})


def recognise(lines: Sequence[Line], text: str) -> bool:
    """A stamp of the release, or the form with its message reference number."""
    if not any(hint in text for hint in _HINTS):
        return False
    return _form_at(lines) is not None or any(
        _is_release(line.words) and ("No" in line.words or at < _REACH)
        for at, line in enumerate(lines)
    )


def strip(lines: list[Line]) -> PageFacts:
    """Place stamps and exemptions as chrome; make the labels of the form those of the wire."""
    said = _Said()
    top = _form_at(lines)
    if top is not None:
        lines[top : top + _FORM] = _read_form(lines[top : top + _FORM], said)
        _place_marking(lines[:top], said)
        _read_behind(lines[top:], said)
        _place_foot(lines[top:])
    lines[:] = _without_margins(lines)
    closed = _place_stamps(lines)
    return PageFacts(
        source=NAME,
        id=said.id,
        created=said.date.date,
        precision=said.date.precision,
        classification=said.level,
        closed=closed or bool(said.signer),
        info="\n".join(said.info),
        signer=said.signer,
    )


@dataclass(slots=True)
class _Said:
    """What the form says that stands in no line of the wire."""

    id: str = ""
    level: str = ""
    signer: str = ""
    date: Printed = field(default_factory=Printed)
    info: list[str] = field(default_factory=list)


# The stamps.


def _is_release(words: str) -> bool:
    """Whether a line is a stamp for sure: nothing but pieces of one, among them one that nothing else has."""
    return (
        0 < len(words) < _LONGEST
        and _PIECES.fullmatch(words) is not None
        and _SURE.search(words) is not None
    )


def _place_stamps(lines: Sequence[Line]) -> bool:
    """Place the stamps as chrome, those over several lines too; says whether one stands behind the text."""
    run: list[Line] = []
    last = text = -1
    for at, line in enumerate([*lines, Line("", 0)]):
        words = line.words
        if line.kind is not None or line.blank or len(words) >= _LONGEST:
            pass
        elif _PIECES.fullmatch(words):
            run.append(line)
            continue
        elif _RECLASSIFIED.fullmatch(words):
            line.assign(SegmentKind.CHROME, "release")
        else:
            text = at
        if any(_is_release(each.words) for each in run):
            _place_run(run)
            _place_frame(lines[max(0, at - len(run) - _NEAR) : at + _NEAR], first=last < 0)
            last = at
        else:
            _place_exemptions(run)
        run = []
    return last > text >= 0


def _place_run(run: Sequence[Line]) -> None:
    """A stamp's lines; a level on one of its own is the cable's if the stamp has one already: it frames the page."""
    leveled = any("UNCLASSIFIED" in each.words and level_alone(each.words) is None for each in run)
    for line in run:
        if not (leveled and level_alone(line.words)):
            line.assign(SegmentKind.CHROME, "release")


def _place_frame(lines: Sequence[Line], *, first: bool) -> None:
    """The cable's own marking, which stands beside a stamp at the top and the foot of each page, and the page's number.

    A level UNCLASSIFIED may be the release's as well as the cable's. Beside the first stamp the cable begins: what
    limits it further is its own there.
    """
    for line in lines:
        if line.kind is not None or line.blank:
            continue
        level = level_alone(line.words)
        if level == "UNCLASSIFIED":
            line.assign(SegmentKind.CHROME, "release")
        elif level is not None or _PAGE.fullmatch(line.words) or (not first and line.words in _SBU):
            line.assign(SegmentKind.PAGE_MARK)


def _place_exemptions(run: Sequence[Line]) -> None:
    for line in run:
        if _MARGIN_ALONE.fullmatch(line.words):
            line.assign(SegmentKind.CHROME, "exemption")


def _without_margins(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, each with exemptions in its margin parted from them."""
    for line in lines:
        words = line.words
        margin = None
        if line.kind is None and words[-1:] in _LAST_SIGNS and len(words) < _LONGEST:
            margin = _MARGIN.search(line.text)
        if margin is None:
            yield line
            continue
        yield Line(line.text[: margin.start()], line.number, line.inside)
        exemptions = Line(line.text[margin.start() :], line.number, line.inside)
        exemptions.assign(SegmentKind.CHROME, "exemption")
        yield exemptions


# What exemptions end with.
_LAST_SIGNS = frozenset("123456789)ABCDEFGHR")


# The form.


def _form_at(lines: Sequence[Line]) -> int | None:
    """The line of the message reference number, if others of the form's fields stand around it."""
    at = next(
        (
            at
            for at, line in enumerate(lines[:_REACH])
            if line.words.startswith("MRN") and _LABEL.match(line.words)
        ),
        None,
    )
    if at is None:
        return None
    near = [piece for line in lines[at : at + 20] for piece in _INNER.split(line.text)]
    found = {match["label"] for piece in near if (match := _LABEL.match(piece.strip()))}
    return at if len(found & _TELLING) >= _ENOUGH else None


def _read_form(lines: Sequence[Line], said: _Said) -> Iterator[Line]:
    """The lines from the number down to the subject, their words made the wire's; those behind as they are."""
    label = ""
    over = waiting = False
    for line in lines:
        if over:
            yield line
            continue
        for piece in _parted(line, _INNER):
            match = _LABEL.match(piece.words)
            if match:
                label, value = match["label"], match["value"].strip()
                # A label alone has its value on the next line; the header's own fields are read so anyway.
                waiting = not value and label not in _AS_THEY_ARE
                if waiting:
                    piece.assign(SegmentKind.HEADER, _FIELD_OF[label])
                    yield piece
                    continue
            elif piece.blank or label in _AS_THEY_ARE:
                # A field's further lines are read by their own signs; the first line behind the subject is text.
                over = over or (label == "Subject" and piece.blank)
                label = "" if over else label
                yield piece
                continue
            else:
                value = piece.words
            opens = match is not None or waiting
            waiting = False
            yield from _as_wire(piece, label, value, said, opens=opens)


def _parted(line: Line, at: re.Pattern[str]) -> list[Line]:
    """A line in pieces, one if nothing parts it."""
    pieces = [piece for piece in at.split(line.text) if piece]
    if len(pieces) > 1 and pieces[-1].isspace():
        pieces[-2:] = [pieces[-2] + pieces[-1]]
    if len(pieces) < 2:
        return [line]
    return [Line(piece, line.number, line.inside) for piece in pieces]


def _as_wire(line: Line, label: str, value: str, said: _Said, *, opens: bool) -> Iterator[Line]:
    """A field's line with the words that the wire has for it."""
    if label in {"Action", "To", "Info"}:
        for at, piece in enumerate(_parted(line, _BETWEEN)):
            name = _addressee(piece.words if at else value.split(";")[0])
            first = f"{_WIRE_OF[label]} " if opens and not at else ""
            piece.words = f"{first}{name}"
            if not name:
                piece.assign(SegmentKind.HEADER, _FIELD_OF[label])
            yield piece
        return
    if label == "From":
        line.words = f"FM {_addressee(value)}" if opens else value
    elif label in {"Date/DTG", "DTG", "Date"}:
        group = _GROUP.search(value.upper())
        said.date = written_date(value) if said.date.date is None else said.date
        if group:
            line.words = group.group()
        else:
            line.assign(SegmentKind.HEADER, "dtg")
    elif label == "MRN":
        found_ids = find_ids(value)
        if found_ids:
            said.id = "".join(value[found_ids[0].start : found_ids[0].end].split()).upper()
        line.assign(SegmentKind.HEADER, "number")
    elif label == "Captions" and is_caption_line(value.upper()):
        line.words = value.upper()
    elif label in {"Captions", "Pass Line"}:
        line.assign(SegmentKind.HEADER, "caveats" if label == "Captions" else "pass")
    elif label == "E.O." and value[:1].isdigit():
        line.words = f"E.O. {value}"
    yield line


def _addressee(value: str) -> str:
    """`WASHDC, SECSTATE ROUTINE;` is SECSTATE WASHDC ROUTINE."""
    value = value.strip(" ;\t")
    match = _CITY_FIRST.fullmatch(value)
    return f"{match['office']} {match['city']}{match['precedence'] or ''}" if match else value


def _place_marking(lines: Sequence[Line], said: _Said) -> None:
    """The marking right above the form: a level, and below it what limits it further."""
    for line in reversed(lines):
        if line.kind is not None or line.blank:
            continue
        level = level_alone(line.words)
        if level is not None:
            said.level = said.level or level
            line.assign(SegmentKind.HEADER, "class")
        elif line.words in _SBU:
            said.level = said.level or ("UNCLASSIFIED" if "UNCLASSIFIED" in line.words else "")
            line.words = "SENSITIVE BUT UNCLASSIFIED"
        elif captions_in(line.words) and is_caption_line(line.words):
            continue
        else:
            return


def _behind_at(lines: Sequence[Line]) -> int | None:
    """Where the fields behind the text begin: at the signature, or at the first of several that stand together."""
    subject = next((at for at, line in enumerate(lines) if line.words.startswith("Subject")), 0)
    found = [at for at in range(subject, len(lines)) if _LABEL_BEHIND.match(lines[at].words)]
    signed = (at for at in found if lines[at].words.startswith("Signature"))
    several = (at for at, after in pairwise(found) if after - at < _NEAR)
    return next(signed, None) or next(several, None)


def _read_behind(lines: Sequence[Line], said: _Said) -> None:
    """The fields behind the text: who signed, who drafted, who else had a copy."""
    start = _behind_at(lines)
    if start is None:
        return
    label = ""
    for line in lines[start:]:
        if line.kind is not None or line.blank:
            label = "" if said.signer or label != "Signature" else label
            continue
        match = _LABEL_BEHIND.match(line.words)
        if match:
            label, value = match["label"], match["value"].strip()
        elif label:
            value = line.words
        else:
            continue
        if label == "Signature":
            said.signer = said.signer or value
            line.assign(SegmentKind.END_MARK, "signature")
        elif label == "Info":
            names = [name for each in value.split(";") if (name := _addressee(each))]
            said.info.extend(
                name if said.info or at else f"INFO {name}" for at, name in enumerate(names)
            )
            line.assign(SegmentKind.HEADER, "info")
        else:
            line.assign(SegmentKind.HEADER, "drafting")


def _place_foot(lines: Sequence[Line]) -> None:
    """The marking behind everything else: a level, `SBU`."""
    for line in reversed(lines):
        if line.kind is not None or line.blank:
            continue
        if line.words in _SBU or level_alone(line.words) is not None:
            line.assign(SegmentKind.END_MARK, "classification")
        elif not _PIECES.fullmatch(line.words[:_LONGEST]):
            return


SOURCE = Form(NAME, recognise, strip)
