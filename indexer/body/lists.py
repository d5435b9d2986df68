"""What stands under a paragraph and is its own: rows of a table, names, addresses, what a colon announces, notes.

Such lines are short and in capitals, as titles are. What tells them from a title is what titles never have (a sum at
the end, an office behind a name, lines that end where the next word would have fitted), or a paragraph above that
has announced them. Pure functions over text; must not know lines or pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from indexer.grammar.marks import stops_short
from indexer.lines.headings import mostly_upper

# What a table has under it: where it is from, what is said of it: `Source: Central Bank`, `(Sources: IMF, FAO)`,
# `* Note: Not all of them`, `Source - Harbor Gazette`, `Fuente: Banco Central`.
_NOTE = re.compile(
    r"[(\[*]{0,2}\s?(?:(?:data )?sources?(?:\s?:|\s[-–]{1,2}\s)|(?:foot)?notes?\s?:|fuentes?\s?:|quelle\s?:)\s*\S",
    re.IGNORECASE,
)
# A row of a table of two columns: `WHEAT         1,200`, `F1:  300`, `Growth   2.4%`, `TOTAL: $1,500`.
_ROW = re.compile(r"[^\d\s].*?(?: {3,}|:\s+)[($]{0,2}\d[\d,.]*%?\)?")
# A sum with its thousands: `RICE 1,900`; in two lines it is a table.
_SUM = re.compile(r"\D.* \$?\d{1,3}(?:,\d{3})+")
# A line of a schedule: `0900 Departure`, `9:30 a.m. Call`, `ARRIVE KABUL 0900`; a year is no hour (`1947 Was a Year`).
_HOUR = re.compile(r"(?:\d{1,2}:\d\d|(?:0\d|1[0-8]|2[1-4])[0-5]\dZ?)\b.*|.* 0\d[0-5]\d(?:Z| ?HRS)?")
# Somebody and the office: `JOHN SMITH, NEA/PAB`, `Mary Jones, AID/ASIA`.
_WITH_OFFICE = re.compile(
    r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,4}, [A-Z]{1,6}(?:/[A-Z-]{1,6}){1,3}"
)
# Where mail goes: `P.O. BOX 30141`, `PO Box 12`.
_BOX = re.compile(r".{0,40}\bP\.?\s?O\.? ?BOX \d", re.IGNORECASE)
# The letter of an item: `A. PATIENCE`, `(B) WHEAT`.
_LETTER = re.compile(r"\(?([A-Z])[.)]\s")
# What announces that something stands below: `..., are:`, `AS FOLLOWS -`, `the following.`
_ANNOUNCED = re.compile(
    r"(?::|\s--?|\b(?:as follows|(?:the|these) following)[.,]?)$", re.IGNORECASE
)
# A title goes on over a second line because its first is full; where so few letters would have held the next word
# too, the lines are a list's or an address's.
_NARROW = 36
# No row on an 80-column wire is longer.
_LONGEST_ROW = 300
_QUOTATION = frozenset('"“”')


def is_note(words: str) -> bool:
    """Whether a line says where a table is from, or something of it: `Source: Central Bank`."""
    return _NOTE.match(words) is not None


def is_list(lines: Sequence[str]) -> bool:
    """Whether a block has what no title has: it is part of a table, a schedule, a list of people, an address."""
    sums = 0
    for words in lines:
        if len(words) > _LONGEST_ROW:
            continue
        if (
            _HOUR.fullmatch(words)
            or _ROW.fullmatch(words)
            or _WITH_OFFICE.fullmatch(words)
            or _BOX.match(words)
        ):
            return True
        sums += _SUM.fullmatch(words) is not None
    if sums > 1:
        return True
    # A quotation goes on to its closing sign: `"The Bill Arrives by` / `the Same Cable"`.
    quoted = lines[0][0] in _QUOTATION and lines[-1][-1] in _QUOTATION
    # A title of two parts may have a line for each: `THE HARBOR:` / `A NEW START`.
    parted = len(lines) == 2 and lines[0][-1] in ":-–"
    return not (quoted or parted) and any(_ends_early(*pair) for pair in pairwise(lines))


def _ends_early(above: str, below: str) -> bool:
    """Whether a line ends though the first word below would have fitted, and no words of one title part there."""
    first = below.split(maxsplit=1)[0]
    return (
        len(above) + 1 + len(first) <= _NARROW and not first[0].islower() and not stops_short(above)
    )


def announces(words: str) -> bool:
    """Whether a line says that something stands below it: `THEIR NAMES ARE AS FOLLOWS -`."""
    return _ANNOUNCED.search(words[-40:]) is not None


def has_letter(words: str) -> bool:
    """Whether a line has an item's letter in front: `A. FREEDOM OF SPEECH`."""
    return _LETTER.match(words) is not None


def follows_in_letters(above: str, below: str) -> bool:
    """Whether two lines are items with letters, the one behind the other: `A. PATIENCE`, `B. WHEAT`."""
    first, second = _LETTER.match(above), _LETTER.match(below)
    return first is not None and second is not None and ord(second[1]) == ord(first[1]) + 1


def is_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two blocks are items of one list by their looks: `Xiamen`, `Fuzhou`.

    So are `Lin Wei, Pilot`, `Jan Stroop, Consul`. A title behind a list looks otherwise: `Lin Wei`, `Fees and Tugs`.
    """
    this, that = " ".join(one), " ".join(other)
    return (
        len(one) == len(other)
        and mostly_upper(this) is mostly_upper(that)
        and ("," in this) is ("," in that)
        and _has_small_words(this) is _has_small_words(that)
        and ("," in this or abs(len(this.split()) - len(that.split())) <= 1)
    )


def _has_small_words(text: str) -> bool:
    return any(word[0].islower() for word in text.split())
