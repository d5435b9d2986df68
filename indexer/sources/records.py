"""What an archive's own record of a cable left in its text: its columns one a line, a row of `cables.csv`, a list.

Seen on WikiLeaks' pages and their copies: the row of the table from which a page was made stands over the cable, or in
the middle of it, where the archive joined an extract and the whole cable. Owns these lines, which are chrome, and the
placing of the extract, which the whole cable has again. Must not read the cable.
"""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from itertools import pairwise

from corpus.model import SegmentKind
from indexer.grammar.vocabulary import LEVEL, level_alone
from indexer.lines.lines import Line

_CHROME = SegmentKind.CHROME
# A cable's number as the archive writes it, alone: `03THEHAGUE9163`.
_ID = r"\d\d[A-Z][A-Z0-9-]{2,24}\d"
_DATE = r"(?:\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4})(?: \d{1,2}:\d\d(?::\d\d)?)?"
# Whether a text has any of the forms, but for the list: nearly none has.
_HINT = re.compile(
    r"\n\"?\d(?:\d[A-Z][A-Z0-9-]{2,24}\d\"?[ \t\r]*\n|\d{0,5}\"?[,\t]\"?\d{1,4}[/-]|"
    r"\d{0,3}[/-]\d\d?[/-]\d{1,4}[^\t\n]{0,9}\t)"
)
# The forms at a page's very top.
_HINT_AT_TOP = re.compile(rf"\s*(?:id:|\"?\d{{1,6}}\"?[,\t]|{_DATE}\t|\d{{1,6}}\s*\n)")
# The columns one under the other: number, date, id, post, level.
_COLUMNS = (
    ("number", re.compile(r"\d{1,6}")),
    ("date", re.compile(_DATE)),
    ("id", re.compile(rf"{_ID}")),
    (
        "post",
        re.compile(
            r"(?:Embassy|Consulate|Mission|American|US|USUN|UN|Secretary|Department|REO|Office|Interests)\b.{0,40}"
        ),
    ),
)
_FEWEST_COLUMNS = 3
# The same as a list: `refid: 09QUITO9206`, `destination: 09STATE100200`, `header:`.
_LISTED = re.compile(
    r"(?P<key>id|date|refid|ref id|reference id|origin|classification|destination|header|body|subject|created|released|"
    r"references|tags)\s*:.{0,200}"
)
_FEWEST_LISTED = 4
# What closes the header in that list: `----------------- header ends ----------------`.
_HEADER_ENDS = re.compile(r"-+ ?(?:header|body) (?:ends|begins) ?-+")
# A row up to the header's first line: `90018,11/8/2006 16:22,06THEHAGUE9415,"Embassy The Hague",UNCLASSIFIED,,"`.
_ROW = re.compile(
    rf"\s*(?:\"?\d{{1,6}}\"?,)?\"?{_DATE}\"?,\"?{_ID}\"?,\"?[^\",\n]{{0,60}}\"?,\"?[A-Z/ ]{{4,40}}\"?,"
    r"(?:\"[^\"\n]{0,900}\"|[^\",\n]{0,900}),\""
)
_TABBED_ROW = re.compile(
    rf"\s*(?:\d{{1,6}}\t)?{_DATE}\t{_ID}\t[^\t\n]{{0,60}}\t[A-Z/ ]{{4,40}}\t(?:[^\t\n]{{0,900}}\t)?"
)
# Between the row's header and its text: `INFO AMCONSUL AMSTERDAM 1745","UNCLAS THE HAGUE 009415`.
_BETWEEN = re.compile(rf"(?<=\S)(?:\",\s?\"|\t)(?={LEVEL})")
# What is left of a row's quotation marks on a line of its own.
_QUOTES = re.compile(r"[\",\\]{1,4}")
_DOTS = re.compile(r"(?:\.{3,}|…)\s*$")
_DROPPED = str.maketrans("", "", string.punctuation + string.whitespace + "\xa0¶…")
# Of an extract so much has to stand in the whole cable again.
_SAME = 0.8
_MOST_CUT = 20


def place_records(lines: list[Line], text: str) -> bool:
    """Place the archive's records in a page's lines, and the extract over one of them; `text` is all of the lines.

    Says whether there was an extract, so that the whole cable stands there too.
    """
    listed = "refid:" in text
    if not (listed or _HINT.search(text) or _HINT_AT_TOP.match(text)):
        return False
    rows = _part_rows(lines)
    last = max([*rows, *_place_columns(lines), *(_place_list(lines) if listed else [])], default=0)
    return _place_extract(lines, last) if last else False


def _part_rows(lines: list[Line]) -> list[int]:
    """Part the rows of a table from the cable's first line behind them; gives where they stand."""
    found: list[int] = []
    parted: list[Line] = []
    for line in lines:
        row = None
        if line.kind is None and len(line.words) > 20 and ("," in line.text or "\t" in line.text):
            row = _ROW.match(line.text) or _TABBED_ROW.match(line.text)
        between = None
        if row is None and found and line.kind is None:
            between = _BETWEEN.search(line.text)
        cuts = [row.end()] if row else [between.start(), between.end()] if between else []
        if not cuts:
            parted.append(line)
            if found and line.kind is None and _QUOTES.fullmatch(line.words):
                line.assign(_CHROME)
            continue
        edges = [0, *cuts, len(line.text)]
        pieces = [
            Line(line.text[start:end], line.number, line.inside) for start, end in pairwise(edges)
        ]
        pieces[0 if row else 1].assign(_CHROME)
        if row:
            found.append(len(parted))
            above = next((each for each in reversed(parted) if not each.blank), None)
            if above is not None and above.kind is None and _QUOTES.fullmatch(above.words):
                above.assign(_CHROME)
        parted += pieces
    lines[:] = parted
    return found


def _column(words: str) -> str | None:
    if len(words) > 60:
        return None
    for name, pattern in _COLUMNS:
        if pattern.fullmatch(words):
            return name
    return "level" if level_alone(words) is not None else None


def _place_columns(lines: Sequence[Line]) -> list[int]:
    """Place records whose columns stand one under the other, in their order; gives where each begins."""
    found: list[int] = []
    own = [at for at, line in enumerate(lines) if line.kind is None and not line.blank]
    index = 0
    while index < len(own):
        names: list[str] = []
        while index + len(names) < len(own):
            name = _column(lines[own[index + len(names)]].words)
            if name is None or name in names:
                break
            names.append(name)
        if len(names) >= _FEWEST_COLUMNS and {"id", "date"} <= set(names):
            for at in own[index : index + len(names)]:
                lines[at].assign(_CHROME)
            found.append(own[index])
        index += max(len(names), 1)
    return found


def _place_list(lines: Sequence[Line]) -> list[int]:
    """Place a record that is a list of keys and values, and the line that closes its header."""
    found: list[int] = []
    run: list[int] = []
    for at, line in enumerate([*lines, None]):
        if line is not None and (line.kind is not None or line.blank):
            continue
        if line is not None and len(line.words) < 300 and _LISTED.fullmatch(line.words):
            run.append(at)
            continue
        keys = {lines[each].words.split(":")[0].strip() for each in run}
        if len(keys) >= _FEWEST_LISTED and "refid" in keys:
            found.append(run[0])
            for each in run:
                lines[each].assign(_CHROME)
        run = []
        if line is not None and found and _HEADER_ENDS.fullmatch(line.words):
            line.assign(_CHROME)
    return found


def _place_extract(lines: Sequence[Line], record: int) -> bool:
    """Place what stands over a record as a duplicate, if the cable below it has all of it again, and more."""
    above = [line for line in lines[:record] if line.kind is None and not line.blank]
    below = [line for line in lines[record:] if line.kind is None and not line.blank]
    if not any(line.opens is not None and line.opens.field == "subject" for line in below):
        return False
    keys = {line.words.translate(_DROPPED).casefold() for line in below}
    cut_off = [line for line in above if _DOTS.search(line.words)][:_MOST_CUT]
    again = [line for line in above if line.words.translate(_DROPPED).casefold() in keys]
    again += [
        line
        for line in cut_off
        if any(each.startswith(line.words.translate(_DROPPED).casefold()) for each in keys)
    ]
    subjects = [line for line in above if line.opens is not None and line.opens.field == "subject"]
    placed = {id(line) for line in again}
    if not subjects or len(placed) < _SAME * len(above):
        return False
    if any(id(line) not in placed for line in subjects):
        return False
    for line in again:
        line.assign(SegmentKind.DUPLICATE)
    return True
