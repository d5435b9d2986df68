"""Rows: what is told of a reference, a version, a period and a query of many, each flat, so that a table can be made.

Owns their columns. Must not know an index. `pandas.DataFrame(rows)` takes a list or an iterator of any of them.
"""

from __future__ import annotations

from corpus.late_dataclasses import dataclass
from search.answers.results import CableSummary


@dataclass(frozen=True, slots=True)
class Cited:
    """One reference of a cable: as printed, the id of the cable that is meant ("" if none is), and that cable if the
    index has it."""

    text: str
    id: str
    kind: str
    cable: CableSummary | None


@dataclass(frozen=True, slots=True)
class References:
    """What a cable refers to, in the order in which it does, and the cables that refer to it, the newest first."""

    cites: tuple[Cited, ...]
    cited_by: tuple[CableSummary, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a telegram: its cable; `copy`, `extract`, `retransmission` or `corrected copy`; whether its text is
    the fullest; and what share of the words of the shorter one, of this and the fullest, the other has (0 to 1)."""

    cable: CableSummary
    kind: str
    fullest: bool
    share: float


@dataclass(frozen=True, slots=True)
class TrendRow:
    """How many paragraphs of a period have a term, how many words all of its paragraphs have, and the first by a
    million of the second."""

    period: str
    term: str
    paragraphs: int
    words: int
    per_million: float


@dataclass(frozen=True, slots=True)
class BatchRow:
    """What one query of many found.

    `line` counts the queries from 1. `first` and `last` are when the earliest and the latest cable is dated: a day, or
    the month or year if no more is known (`2007-03-23`, `2007-03`), "" where none has a date. `cable`, `anchor`,
    `passage` and `link` are of the best hit, "" if there is none. `notes` tell what of the query was not understood,
    or why it was not asked.
    """

    line: int
    query: str
    paragraphs: int
    cables: int
    first: str
    last: str
    cable: str
    anchor: str
    passage: str
    link: str
    notes: str
