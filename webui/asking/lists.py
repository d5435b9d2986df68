"""A pasted list: what a page and the API take of one, and its answer within a time.

Owns the limits, and how a choice of the form is meant. Must not know a request, nor a page. A list is read, answered
and forgotten: nothing of it is kept here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from search.answers.results import Brief
from search.batch.lines import Line, Lines, NoList, read_lines
from search.batch.questions import Asked, Choices
from search.batch.rows import Row, answered_together
from search.engines.protocols import Searcher
from webui.errors import BadAddress, TooLarge

# A list of so many lines, or characters, is answered here; a longer one by the command line, which has no limit.
MOST_LINES = 1_000
MOST_CHARACTERS = 200_000
# Where letters may differ each word is compared with all words of the index.
MOST_ALIKE = 100
# A line has so many seconds, an answer so many for all its lines.
_SECONDS_OF_A_LINE = 5.0
SECONDS = 30.0
_TOGETHER = 10
# So many lines take as long as a page of results. Where letters may be off each of them does.
_LINES_OF_A_REQUEST = 10
_LATE = f"Not searched: this answer ended after {SECONDS:.0f} seconds. Ask again from this line on."
# A character may take four bytes, and as a form sends it twelve.
MOST_BYTES = 12 * MOST_CHARACTERS
_COMMAND = "The command cablegram batch takes a list of any length."


TOO_LONG = (
    f"This list is longer than {MOST_CHARACTERS:,} characters, so nothing was searched. {_COMMAND}"
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """One way in which the lines of a list may be meant: its name in a form, and how it is told."""

    name: str
    label: str
    choices: Choices


MEANINGS = (
    Meaning("words", "All words of a line, as in the search box", Choices("words", 0)),
    Meaning("exact", "Exactly these words, in this order", Choices("exact", 0)),
    Meaning("names", "A name in its forms: Khan, A.Q. = Dr A. Q. Khan", Choices("names", 0)),
    Meaning("one-letter", "Each word at most 1 letter off", Choices("words", 1)),
    Meaning("two-letters", "Each word at most 2 letters off", Choices("words", 2)),
)
_MEANING_OF = {each.name: each for each in MEANINGS}


def meaning(name: str) -> Meaning:
    """The meaning of that name, the first for a name that is none."""
    return _MEANING_OF.get(name, MEANINGS[0])


def taken(text: str, meant: Choices) -> Lines:
    """The lines of a list. Raises BadAddress for what is none, TooLarge for one that is too long: before any search."""
    most = MOST_ALIKE if meant.letters else MOST_LINES
    if len(text) > MOST_CHARACTERS:
        raise TooLarge(TOO_LONG)
    try:
        read = read_lines(text)
    except NoList as error:
        raise BadAddress(str(error)) from error
    if len(read.lines) > most:
        off = " where letters may be off" if meant.letters else ""
        raise TooLarge(
            f"This list has {len(read.lines):,} lines, and a page takes {most:,}{off}: nothing was searched. {_COMMAND}"
        )
    return read


def requests(lines: int, meant: Choices) -> int:
    """As how many requests so many lines count for who may ask only so much, at least one."""
    return max(1, lines if meant.letters else -(-lines // _LINES_OF_A_REQUEST))


def rows(
    searcher: Searcher,
    lines: Sequence[Line],
    meant: Choices,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Row]:
    """A row for each line. When the time of an answer is over the rest has a problem that says so."""
    started = clock()
    choices = Choices(meant.how, meant.letters, meant.filters, _SECONDS_OF_A_LINE)
    for start in range(0, len(lines), _TOGETHER):
        some = lines[start : start + _TOGETHER]
        if clock() - started < SECONDS:
            yield from answered_together(searcher, some, choices)
        else:
            yield from (Row(Asked(line, problem=_LATE), Brief()) for line in some)
