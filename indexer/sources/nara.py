"""Telegrams released by NARA (Access to Archival Databases), 1973 to 1979, as text.

Owns what the release adds: the stamps at the top and foot of each page, the title and the attribute list. What the
list says of a telegram is used where the telegram's own text has lost it, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus.model import SegmentKind
from corpus.posts import fold
from indexer.lines.lines import Line, take_all
from indexer.page import Form, PageFacts
from indexer.sources.written_dates import written_date

NAME = "nara"
# The archive has the telegrams of these years.
YEARS = range(1973, 1980)
# The titles of the fields, as the archive's record of a telegram and the list behind each text have them.
TITLES = (
    r"Message Text|Text|Document Number|Draft Date|Film Number|MRN|From|To|Subject|TAGS|Reference|Concepts|"
    r"Original Classification|Current Classification|Original Handling Restrictions|Current Handling Restrictions|"
    r"Original Previous Classification|Original Previous Handling Restrictions|Previous Classification|"
    r"Previous Handling Restrictions|Handling Restrictions|Classification|Executive Order|Errors|Character Count|"
    r"Page Count|Line Count|Locator|Markings|Office|Type|Format|Channel Indicators|Control Number|Copy|Comment|"
    r"Disposition \w[\w ]{2,30}|Decaption \w[\w ]{2,30}|Automatic Decaptioning|Review \w[\w ]{2,30}|Enclosure|"
    r"Legacy Key|Secure|Status|Litigation \w[\w ]{2,30}|Capture Date|ID|Archive Status|Image Path|ISecure|Chron Code"
)
# `Declassified/Released US Department of State EO Systematic Review 30 JUN 2005`, with or without a reviewer's
# name before it.
_STAMP = re.compile(
    r"(?:[A-Z][\w.' -]{2,40}\s+)?Declassified/Released\s+US Department of State\s+"
    r"EO Systematic Review\s+\d{1,2} [A-Za-z]{3} \d{4}"
)
_TITLE = "Message Text"
_ATTRIBUTES = "Message Attributes"
# `Draft Date: 24 JAN 1974`; the value may stand on the next line, or go on there.
_ATTRIBUTE = re.compile(r"(?P<key>[A-Z][A-Za-z /-]{1,40}?)\s*:(?:\s+(?P<value>.*)|)")
# One that stands in every list, and in no telegram: `Capture Date: 01 JAN 1994`. Five of them are a list whose title is
# lost; the list has them within so many lines.
_LISTED = re.compile(
    r"(?:Automatic Decaptioning|Capture Date|Channel Indicators|Current Classification|Control Number|Copy|Draft Date|"
    r"Decaption \w[\w ]{2,30}|Disposition \w[\w ]{2,30}|Document Number|Document Source|Document Unique ID|Drafter|"
    r"Enclosure|Executive Order|Errors|Film Number|Handling Restrictions|Image Path|Legacy Key|Line Count|Locator|"
    r"Original Classification|Page Count|Retention|Secure|Status|Type)\s*:.*"
)
_ENOUGH, _WITHIN = 5, 40
_IN_EACH = "Document Number"
_LONGEST_ATTRIBUTE = 500
# A value that is none.
_NOTHING = frozenset({"", "N/A", "NA", "NONE", "NOT APPLICABLE"})


def recognise(lines: Sequence[Line], text: str) -> bool:
    """A release stamp, or the release's title with a page line of the 1970s."""
    if "Declassified/Released" not in text and "Message Text" not in text:
        return False
    return any("Declassified" in line.words and _is_stamp(line.words) for line in lines) or any(
        line.words == _TITLE for line in lines[:20]
    )


def _is_stamp(words: str) -> bool:
    return len(words) < 200 and _STAMP.fullmatch(words) is not None


def strip(lines: list[Line]) -> PageFacts:
    """Place stamps, title and attributes as chrome; read the document number and the rest among them."""
    said: dict[str, str] = {}
    all_words = [line.words for line in lines]
    at = 0
    # A list whose title is lost is looked for line by line, where there may be one.
    bare = _IN_EACH in "\n".join(all_words)
    while (start := _list_at(all_words, at, bare=bare)) is not None:
        at = _end_of_list(lines, start)
        said = said or _attributes(lines[start:at])
        take_all(lines[start:at], SegmentKind.CHROME)
    chrome = SegmentKind.CHROME
    for line in lines:
        words = line.words
        if words == _TITLE or ("Declassified" in words and _is_stamp(words)):
            line.assign(chrome)
    return facts_of(said) if said else PageFacts(source=NAME)


def facts_of(said: Mapping[str, str]) -> PageFacts:
    """What the archive says of a telegram, by the titles of its fields."""
    draft = written_date(said.get("Draft Date", ""))
    return PageFacts(
        source=NAME,
        id=said.get("Document Number", ""),
        title=said.get("Subject", ""),
        created=draft.date,
        precision=draft.precision,
        classification=said.get("Original Classification") or said.get("Classification", ""),
        origin=said.get("From", ""),
        tags=said.get("TAGS", ""),
        references=said.get("Reference", ""),
    )


def told(said: Mapping[str, str]) -> dict[str, str]:
    """The values that are some, runs of blanks made single: neither empty nor `n/a`."""
    tidy = {title: " ".join(value.split()) for title, value in said.items()}
    return {title: value for title, value in tidy.items() if fold(value) not in _NOTHING}


def _list_at(lines: Sequence[str], start: int, *, bare: bool) -> int | None:
    """Where the next list of attributes begins: at its title, or, where that is lost, at the first of them."""
    found: list[int] = []
    for at in range(start, len(lines)) if bare else ():
        words = lines[at]
        # Hardly a line of a telegram has a small letter in the second place.
        if not words[1:2].islower():
            continue
        if words == _ATTRIBUTES:
            return at
        if ":" in words and len(words) < _LONGEST_ATTRIBUTE and _LISTED.fullmatch(words):
            found = [each for each in (*found, at) if each > at - _WITHIN]
            if len(found) == _ENOUGH:
                return _top_of_list(lines, found[0], start)
    try:
        return lines.index(_ATTRIBUTES, start)
    except ValueError:
        return None


def _top_of_list(lines: Sequence[str], first: int, floor: int) -> int:
    """The first of the attributes right above one that is surely one: `From:` and `Subject:` stand in telegrams too."""
    while first > floor and _ATTRIBUTE.fullmatch(lines[first - 1][:_LONGEST_ATTRIBUTE]):
        first -= 1
    return first


def _end_of_list(lines: Sequence[Line], start: int) -> int:
    """Where another telegram begins behind a list: at the title of its text, or at its first page line."""
    for at in range(start + 1, len(lines)):
        words = lines[at].words
        if words == _TITLE or (words.startswith("PAGE") and lines[at].page_mark is not None):
            return at
    return len(lines)


def _attributes(lines: Sequence[Line]) -> dict[str, str]:
    said: dict[str, str] = {}
    key = ""
    for line in lines:
        words = line.words
        match = _ATTRIBUTE.fullmatch(words) if len(words) < _LONGEST_ATTRIBUTE else None
        if match and match["key"] not in said:
            key = match["key"]
            said[key] = (match["value"] or "").strip()
        elif match or line.blank or _is_stamp(words):
            key = "" if said.get(key) else key
        elif key:
            said[key] = f"{said[key]} {words}".strip()
    return told(said)


SOURCE = Form(NAME, recognise, strip)
