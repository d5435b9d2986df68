"""How much one answer to an assistant holds, and how a text that is longer is read on.

Owns the limits, and the cursors inside a cable: `p3`, or `p3@8000` for what stands behind 8,000 characters of it.
"""

from __future__ import annotations

import re

from search.errors import BadArgument, BadCursor

# An answer is read whole by whoever asks, at a price by the word: some pages, not a book.
MOST_PASSAGES = 25
PASSAGE_CHARACTERS = 1_200
MOST_VALUES = 100
MOST_CHARACTERS = 30_000
FEWEST_CHARACTERS = 500
MOST_RELATED = 50
MOST_TERMS = 5
MOST_PERIODS = 120
MOST_NAMES = 30
MOST_QUESTION = 2_000
MOST_QUOTED = 20_000
MOST_DRAFT = 100_000
MOST_STRETCHES = 200
# Nobody waits longer; a question that takes longer has no answer, and says so.
SECONDS = 10.0

_PLACE = re.compile(r"(?P<anchor>[a-z0-9-]{1,40})(?:@(?P<offset>[0-9]{1,9}))?")


def within(name: str, value: int, low: int, high: int) -> int:
    """The number, if it is one of these. Raises BadArgument."""
    if not low <= value <= high:
        raise BadArgument(f"{name} must be from {low:,} to {high:,}.")
    return value


def question(text: str) -> str:
    """The question, if it is not longer than one may be. Raises BadArgument: nothing is cut off."""
    if len(text) > MOST_QUESTION:
        raise BadArgument(
            f"This question has {len(text):,} characters; it may have {MOST_QUESTION:,}. Ask in parts."
        )
    return text


def place(cursor: str) -> tuple[str, int]:
    """The anchor and the character at which a cable is read on; ("", 0) for its beginning. Raises BadCursor."""
    if not cursor:
        return "", 0
    found = _PLACE.fullmatch(cursor)
    if found is None:
        raise BadCursor(
            f"{cursor[:40]!r} is no cursor of this tool; send back the one of an answer."
        )
    return found["anchor"], int(found["offset"] or 0)


def offset(cursor: str) -> int:
    """The number of things that were told before. Raises BadCursor."""
    if not cursor:
        return 0
    if not (cursor.isascii() and cursor.isdecimal() and len(cursor) < MOST_NAMES):
        raise BadCursor(
            f"{cursor[:40]!r} is no cursor of this tool; send back the one of an answer."
        )
    return int(cursor)


def behind(text: str, start: int, name: str) -> None:
    """Raises BadCursor for a place that is not in a text."""
    if start > len(text):
        raise BadCursor(f"{name} has {len(text):,} characters; leave the cursor out.")


def cut(text: str, start: int, most: int) -> tuple[str, int]:
    """A stretch of a text of at most so many characters, up to the last blank in it, and where the rest begins; 0 if
    there is none."""
    end = start + most
    if end >= len(text):
        return text[start:], 0
    blank = text.rfind(" ", start, end)
    end = blank + 1 if blank > start else end
    return text[start:end], end
