"""The answer to a list: for each line its counts, its first and last date, its best passage, and where it is shown.

Owns how lines are asked and what a row says. Must not know the files that rows are written to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from urllib.parse import quote_plus, urlencode

from corpus.late_dataclasses import dataclass
from search.answers.results import Brief
from search.batch.initials import Reading
from search.batch.lines import Line
from search.batch.questions import Asked, Choices, asked
from search.engines.protocols import Searcher
from search.language.tree import Query

# So many lines are asked at once: their best passages are read together.
TOGETHER = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A line with its question and the answer to it; `path` is the page of its results, from the root of the site.

    `problem` says why there is no answer; the counts are 0 then and mean nothing.
    """

    asked: Asked
    brief: Brief

    @property
    def line(self) -> Line:
        """The line as it was read."""
        return self.asked.line

    @property
    def problem(self) -> str:
        """Why there is no answer, "" if there is one."""
        return self.asked.problem or self.brief.problem

    @property
    def notes(self) -> tuple[str, ...]:
        """What was read or searched for otherwise than it was written."""
        return tuple(dict.fromkeys((*self.asked.notes, *self.brief.notes)))

    @property
    def path(self) -> str:
        """The page of results, "" without an answer."""
        return search_path(self.asked.query) if self.asked.query else ""


def search_path(query: Query) -> str:
    """The address of the page that shows what a question finds, from the root of a site."""
    if not query.filters:
        return f"/search?q={quote_plus(str(query.tree), errors='replace')}"
    pairs = [("q", str(query.tree))]
    pairs += [(each.field, value) for each in query.filters for value in each.included]
    pairs += [(f"-{each.field}", value) for each in query.filters for value in each.excluded]
    return f"/search?{urlencode(pairs, errors='replace')}"


def answered(searcher: Searcher, lines: Iterable[Line], choices: Choices) -> Iterator[Row]:
    """A row for each line, in their order; so many lines at a time are asked and in memory."""
    left = iter(lines)
    while some := list(islice(left, TOGETHER)):
        yield from answered_together(searcher, some, choices)


def answered_together(searcher: Searcher, lines: Sequence[Line], choices: Choices) -> Iterator[Row]:
    """The same for lines that are few enough to be asked at once."""
    reading = Reading(searcher, Query(filters=choices.filters, seconds=choices.seconds))
    questions = [asked(line, choices, reading.spelt_out) for line in lines]
    # The same name twice in a list is asked once.
    queries = dict.fromkeys(each.query for each in questions if each.query)
    briefs = dict(zip(queries, searcher.briefs(list(queries)), strict=True))
    for each in questions:
        yield Row(each, briefs[each.query] if each.query else Brief())
