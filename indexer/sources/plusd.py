"""PlusD pages (2013 on), as HTML or as saved text, also with the cable collapsed into one line.

Owns what that site adds: the key and submission texts above the synopsis, the synopsis itself, the buttons. Must not
read the cable.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.model import SegmentKind
from corpus.posts import post_by_spelling
from indexer.body.flat_fields import references_end
from indexer.grammar.marks import MARK
from indexer.lines.lines import Line, take_all
from indexer.page import Form, PageFacts
from indexer.sources.dates import printed_date

# The synopsis: `Canonical ID:`, its value on the same line or on the next; a row may have several keys
# (`Date: 2009 March 30<TAB>Canonical ID: 09LAPAZ1234_a`, `From: Bolivia La Paz To: ...`), and a key its colon lost
# before a value in dashes (`Handling Restrictions -- Not Assigned --`) or before nothing.
_KEY = re.compile(
    r"(?<!\S)(?P<key>Canonical ID|Original Classification|Current Classification|Classification|"
    r"(?:Current |Previous )?Handling Restrictions|Character Count|"
    r"Executive Order|Locator|Concepts|Enclosure|Office Origin|Office Action|Archive Status|Markings|"
    r"(?-i:Type|From|To|Date|TAGS)|Linked documents or other documents with the same ID)"
    r"(?:\s*:|\s+(?=--\s)|\s*(?=\t)|\s*$)",
    re.IGNORECASE,
)
_CANONICAL = "canonical id"
_LINKED = "linked documents or other documents with the same id"
# `09LAPAZ1234_b`, a cable's copy.
_ID = re.compile(r"\d{2,4}[A-Z]+\d+(?:_[a-z])?")
_BUTTONS = re.compile(
    r"Content|Show Headers|Hide Headers|Raw content|Raw source|Metadata|Print|Share|Copy|Tweet|-- [^-]{1,30} --|"
    r"Public Library of US Diplomacy|Help Expand The Public Library of US Diplomacy|"
    r"Press about PlusD|\(Show Headers\)|You can use this tool to .{0,200}|"
    r"The formal reference of this document is .{0,200}",
    re.IGNORECASE,
)
# The buttons right above the cable: what follows is its own, even where it begins with `TAGS:`.
_ABOVE_CABLE = re.compile(r"Content|\(?(?:Show|Hide) Headers\)?", re.IGNORECASE)
_PGP = re.compile(r"-----(?:BEGIN|END) PGP PUBLIC KEY BLOCK-----")
# The same between a synopsis and a cable that share one line: ` Content Show Headers B. 08 LIMA 4567 ...`.
_INSIDE_LINE = re.compile(r"\s(?:Content\s+)?\(?(?:Show|Hide) Headers\)?(?:\s+Content)?\s")
# A tag and its meaning: `PGOV - Political Affairs--Government; Internal Governmental Affairs`.
_TAG_MEANT = re.compile(r"(?P<tag>[A-Z0-9]{2,5})\s+-\s.*", re.DOTALL)
# A line of the cable's own header; a class line is none, since the synopsis' values look like one.
_OF_A_CABLE = frozenset(
    {"transmission", "routes", "de", "zn", "dtg", "eo", "subject", "references", "classified_by"}
)
# The synopsis has fifteen keys; each may stand on two lines with an empty one between.
_LONGEST_SYNOPSIS = 60
_TITLE_ABOVE = 12
_LONGEST_VALUE = 120
# No line of the wire has more than 80 columns; a text of this length on one line was joined of several. A short cable
# in one line is longer than a line of the wire, and hardly anything stands beside it.
_COLLAPSED, _WIRE_LINE, _FEW_LINES = 600, 80, 3
# What follows on the references with which a text in one line begins: a header's label, a page mark, a rule, a
# paragraph's number with its mark.
_BEGINS = re.compile(
    r"(?<=\s)(?:(?:E\.?O\.? ?\d{5}|TAGS:|SUBJECT:|SUBJ:|REFS?:|REFTEL:|Classified By:|CLASSIFIED BY:|SIPDIS\b)|"
    rf"[A-Z][A-Z' .]{{2,24}} {{1,3}}\d{{8}} {{1,3}}\d{{3}}|¶?\d{{1,3}}\. ?\({MARK}\)|¶\d{{1,3}}\. ?|[-=]{{5,}}(?=\s))"
)
# A further item that names no cable, up to its date if it has one: `C. SMITH-JONES EMAIL OF 03/21/09`.
_OTHER_ITEM = re.compile(r"[(\[]?[A-Z][.)\]]{1,2}\s(?:[^.!?]{3,100}\d\s|[^.!?]{3,100}$)")
_REACH = 220


def recognise(lines: Sequence[Line], text: str) -> bool:
    """The synopsis names the canonical id; the site's key may stand above it."""
    return "anonical ID" in text and any(_names_id(line) for line in lines)


def strip(lines: list[Line]) -> PageFacts:
    """Place all above the synopsis, the synopsis and the buttons as chrome; take the references that have no label."""
    at = next(at for at, line in enumerate(lines) if _names_id(line))
    _part_buttons(lines, at)
    first = at
    # The synopsis begins with the subject; other keys may stand between it and the canonical id.
    while (
        first > 0
        and at - first < _TITLE_ABOVE
        and (lines[first - 1].blank or not _PGP.search(lines[first - 1].words))
    ):
        first -= 1
        if not lines[first].blank and not _row(lines[first].words):
            above = next((line for line in reversed(lines[:first]) if not line.blank), None)
            if above is None or not _row(above.words):
                break
    title = "" if _row(lines[first].words) else lines[first].words
    facts, end = _synopsis(lines, first, at)
    take_all(lines[:end], SegmentKind.CHROME)
    if title:
        lines[first].assign(SegmentKind.CHROME, "title")
    # The text may stand twice: as content and again behind `Raw content`; the buttons part them.
    for line in lines[end:]:
        if line.kind is None and _BUTTONS.fullmatch(line.words):
            line.assign(SegmentKind.CHROME)
    # Of the telegrams of the seventies the archives know the day, and the page writes `1973 March 23, 00:00 (Friday)`.
    created = printed_date(facts.get("date", ""), midnight_is_a_day=True)
    return PageFacts(
        source="plusd",
        id=facts.get(_CANONICAL, "").split(" ")[0],
        title=title,
        created=created.date,
        precision=created.precision,
        classification=_level(
            facts.get("original classification", "") or facts.get("classification", "")
        ),
        origin=_origin(facts.get("from", "")),
        tags=_tags(facts.get("tags", "")),
        references=_take_references(lines),
        joined=True,
    )


def _part_buttons(lines: list[Line], at: int) -> None:
    """Part the synopsis' row from the buttons behind it, and these from the cable, where all stand on one line."""
    line = lines[at]
    buttons = _INSIDE_LINE.search(line.text)
    if buttons is not None and line.text[buttons.end() :].strip():
        cuts = (0, buttons.start(), buttons.end(), len(line.text))
        lines[at : at + 1] = [
            Line(line.text[start:end], line.number, line.inside) for start, end in pairwise(cuts)
        ]
        lines[at + 1].assign(SegmentKind.CHROME)


def _names_id(line: Line) -> bool:
    """Whether a line is the synopsis' row with the canonical id, whatever other keys the row has."""
    return "anonical ID" in line.text and any(key == _CANONICAL for key, _ in _row(line.words))


def _row(words: str) -> list[tuple[str, str]]:
    """The keys of a synopsis' row, in small letters, with their values; none unless the row begins with a key."""
    found = list(_KEY.finditer(words)) if _KEY.match(words) else []
    ends = [*(match.start() for match in found[1:]), len(words)]
    return (
        [
            (match["key"].lower(), words[match.end() : end].strip())
            for match, end in zip(found, ends, strict=True)
        ]
        if found
        else []
    )


def _synopsis(lines: Sequence[Line], first: int, at: int) -> tuple[dict[str, str], int]:
    """What the synopsis says, by key, and the line behind it; `at` is the row of the canonical id."""
    facts: dict[str, str] = {}
    end, waiting, last, shown = at, "", "", False
    for index in range(first, min(len(lines), at + _LONGEST_SYNOPSIS)):
        words = lines[index].words
        if not words:
            continue
        row = _row(words)
        if row:
            if shown and (row[0][0] in facts or row[0][0] == "tags"):
                break
            for key, value in row:
                if value:
                    facts.setdefault(key, value)
            last, value = row[-1]
            waiting = "" if value else last
        elif _BUTTONS.fullmatch(words):
            waiting = last = ""
            shown = shown or (index > at and _ABOVE_CABLE.fullmatch(words) is not None)
        elif index > at and (opens := lines[index].opens) and opens.field in _OF_A_CABLE:
            break
        elif waiting and _is_value(waiting, words):
            facts.setdefault(waiting, words)
            waiting = ""
        elif last not in {"", _LINKED} and _goes_on(lines, index, facts):
            facts[last] = f"{facts.get(last, '')} {words}"
        elif index > at:
            break
        else:
            continue
        end = index + 1
    return facts, end


def _is_value(key: str, words: str) -> bool:
    """Whether a line alone may be a key's value: it is short, and under the linked documents nothing but ids.

    The last key of a synopsis often has no value, and the cable stands right below it.
    """
    if key == _LINKED:
        return all(_ID.fullmatch(word) for word in words.replace("|", " ").split())
    return len(words) <= _LONGEST_VALUE


def _goes_on(lines: Sequence[Line], index: int, facts: dict[str, str]) -> bool:
    """Whether a line without a key goes on with the value above it: a new key or the cable's buttons follow."""
    below = next((line.words for line in lines[index + 1 :] if not line.blank), "")
    row = _row(below)
    return (bool(row) and row[0][0] not in facts and row[0][0] != "tags") or (
        _ABOVE_CABLE.fullmatch(below) is not None
    )


def _level(text: str) -> str:
    """`CONFIDENTIAL | NOFORN` is CONFIDENTIAL."""
    level = text.split("|")[0].split(",")[0].strip().upper()
    return "" if level.startswith(("N/A", "--")) else level


def _origin(text: str) -> str:
    """`Bolivia La Paz` is La Paz: the site writes a post's country in front of its name."""
    words = text.split("|")[0].split()
    behind = (" ".join(words[start:]) for start in range(len(words)))
    return next((name for name in behind if post_by_spelling(name)), " ".join(words))


def _tags(text: str) -> str:
    """`BL - Bolivia | PREL - Political Affairs--External` is `BL, PREL`, as a cable writes them."""
    items = [item.strip() for item in text.split("|")]
    meant = [(_TAG_MEANT.fullmatch(item), item) for item in items if not item.startswith("--")]
    return ", ".join(match["tag"] if match else item for match, item in meant)


def _take_references(lines: list[Line]) -> str:
    """Give the rest of the REF field with which a text in one line begins (`B. 08 LIMA 4567`) a line of its own.

    The field's label is lost, so it is placed here, and its text given, "" without one. A text that the page shows
    twice, as content and as raw content, is placed as well.
    """
    left = [at for at, line in enumerate(lines) if line.kind is None and not line.blank]
    longest = _WIRE_LINE if len(left) <= _FEW_LINES else _COLLAPSED
    seen: set[str] = set()
    for at in left:
        line = lines[at]
        if len(line.text) > longest and line.words in seen:
            line.assign(SegmentKind.DUPLICATE)
        seen.add(line.words)
    first = left[0] if left else len(lines)
    if first == len(lines) or len(lines[first].text) <= longest:
        return ""
    line = lines[first]
    end = _references_end(line.text)
    # A paragraph that begins with a cable is no field: the first paragraph's number follows on one.
    if not end or not _BEGINS.search(line.text, end):
        return ""
    own = [Line(part, line.number, line.inside) for part in (line.text[:end], line.text[end:])]
    own[0].assign(SegmentKind.HEADER, "references")
    lines[first : first + 1] = own
    return own[0].words


def _references_end(text: str) -> int:
    """Where the rest of a REF field ends that opens a text: 0 if a text begins with none.

    Only items in a row count, with nothing but their letters between them.
    """
    end = references_end(text)
    begins = _BEGINS.search(text, end, end + _REACH) if end else None
    item = _OTHER_ITEM.match(text, end, begins.start()) if begins is not None else None
    return item.end() if item is not None else end


SOURCE = Form("plusd", recognise, strip)
