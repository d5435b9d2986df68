"""The form of a cable that the Department of State's own archive prints since 2010: `MRN`, `Date/DTG`, `Captions`.

Owns its labels, above the text and behind it, which are made the wire's: by those the header is read. The fields are
those of 5 FAH-1 H-210. Must not know what a release adds to the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.ids import find_ids
from corpus.model import SegmentKind
from indexer.grammar.vocabulary import captions_in, is_caption_line, level_alone
from indexer.header import date
from indexer.lines.lines import Line
from indexer.sources.dates import Printed
from indexer.sources.written_dates import written_date

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
NEAR = 4
# How far down the form begins, and how many lines it has above the text at most.
_REACH = 60
_FORM = 80
# So many fields may stand over the number, in lines.
_BEFORE_NUMBER = 10
# Fields that stand behind the subject where someone put them in another order; the text may begin with another's.
_BEHIND_SUBJECT = frozenset(
    {
        "MRN",
        "Date/DTG",
        "DTG",
        "From",
        "Action",
        "E.O.",
        "TAGS",
        "Captions",
        "Pass Line",
        "Reference",
        "References",
    }
)
# `Sep 06, 2013 / 061230Z SEP 13`: the group behind the stroke.
_GROUP = re.compile(r"(?:[A-Z] )?\d{6}[A-Z] ?[A-Za-z]{3,9} ?\d{2,4}")
# An addressee with the city first: `WASHDC, SECSTATE ROUTINE`, `DAKAR, AMEMBASSY`.
_CITY_FIRST = re.compile(
    r"(?P<city>[^,;]{2,40}), ?(?P<office>[A-Z][A-Z/ ]{1,30}?)"
    r"(?P<precedence> (?:NIACT IMMEDIATE|IMMEDIATE|PRIORITY|ROUTINE|FLASH))?"
)
_BETWEEN = re.compile(r"(?<=;)")
# A marking of the form's own that is no level: `SBU` below UNCLASSIFIED.
SENSITIVE = frozenset({"SBU", "SENSITIVE", "SENSITIVE BUT UNCLASSIFIED"})


@dataclass(slots=True)
class Said:
    """What the form says that stands in no line of the wire."""

    id: str = ""
    level: str = ""
    signer: str = ""
    date: Printed = field(default_factory=Printed)
    info: list[str] = field(default_factory=list)


def form_at(lines: Sequence[Line]) -> int | None:
    """The first line of the form: its number's, or that of the first field right over it; None without the form.

    A line is one of the form's number if others of the fields stand around it.
    """
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
    first = at
    # `MRN: 12` is another form's: fields over it are this one's where it has a post and a number.
    if find_ids(lines[at].words):
        while first and at - first < _BEFORE_NUMBER and _LABEL.match(lines[first - 1].words):
            first -= 1
    near = [piece for line in lines[first : at + 20] for piece in _INNER.split(line.text)]
    found = {match["label"] for piece in near if (match := _LABEL.match(piece.strip()))}
    return first if len(found & _TELLING) >= _ENOUGH else None


def read_form(lines: list[Line], top: int) -> Said:
    """Make the labels of the form at line `top` those of the wire, and place what stands behind the text."""
    said = Said()
    lines[top : top + _FORM] = _read_form(lines[top : top + _FORM], said)
    _place_marking(lines[:top], said)
    _read_behind(lines[top:], said)
    return said


def _read_form(lines: Sequence[Line], said: Said) -> Iterator[Line]:
    """The lines from the number down to the subject, their words made the wire's; those behind as they are."""
    label = ""
    over = waiting = False
    seen: set[str] = set()
    for at, line in enumerate(lines):
        if over:
            yield line
            continue
        for piece in _parted(line, _INNER):
            match = _LABEL.match(piece.words)
            if match:
                label, value = match["label"], match["value"].strip()
                seen.add(label)
                # A label alone has its value on the next line; the header's own fields are read so anyway.
                waiting = not value and label not in _AS_THEY_ARE
                if waiting:
                    piece.assign(SegmentKind.HEADER, _FIELD_OF[label])
                    yield piece
                    continue
            elif piece.blank or label in _AS_THEY_ARE:
                # A field's further lines are read by their own signs; what stands behind a blank line, below the
                # subject, is text.
                over = piece.blank and "Subject" in seen and not _goes_on(lines[at:], seen)
                label = "" if over else label
                yield piece
                continue
            else:
                value = piece.words
            opens = match is not None or waiting
            waiting = False
            yield from _as_wire(piece, label, value, said, opens=opens, below="Subject" in seen)


def _goes_on(lines: Sequence[Line], seen: AbstractSet[str]) -> bool:
    """Whether the first line with words is another field of the form's."""
    words = next((line.words for line in lines if not line.blank), "")
    match = _LABEL.match(words)
    return match is not None and match["label"] in _BEHIND_SUBJECT - seen


def _parted(line: Line, at: re.Pattern[str]) -> list[Line]:
    """A line in pieces, one if nothing parts it."""
    pieces = [piece for piece in at.split(line.text) if piece]
    if len(pieces) > 1 and pieces[-1].isspace():
        pieces[-2:] = [pieces[-2] + pieces[-1]]
    if len(pieces) < 2:
        return [line]
    return [Line(piece, line.number, line.inside) for piece in pieces]


def _as_wire(
    line: Line, label: str, value: str, said: Said, *, opens: bool, below: bool
) -> Iterator[Line]:
    """A field's line with the words that the wire has for it; `below` the subject no group opens a field."""
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
        if group and not below:
            line.words = group.group()
        else:
            minute = date(group.group()) if group else None
            said.date = Printed(minute) if minute is not None else said.date
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


def _place_marking(lines: Sequence[Line], said: Said) -> None:
    """The marking right above the form: a level, and below it what limits it further."""
    for line in reversed(lines):
        if line.kind is not None or line.blank:
            continue
        level = level_alone(line.words)
        if level is not None:
            said.level = said.level or level
            line.assign(SegmentKind.HEADER, "class")
        elif line.words in SENSITIVE:
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
    several = (at for at, after in pairwise(found) if after - at < NEAR)
    return next(signed, None) or next(several, None)


def _read_behind(lines: Sequence[Line], said: Said) -> None:
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
