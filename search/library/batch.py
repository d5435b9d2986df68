"""Many queries, a row each.

Owns what is told of each. Must not know where the queries come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from corpus.dates import iso_date
from search.answers.results import CableSummary, Hit
from search.engines.protocols import Searcher
from search.exports.about import About
from search.language.tree import Query, Sort
from search.library.asked import Asked, ask
from search.library.rows import BatchRow

_EMPTY = "This line has no query."


def batch(
    searcher: Searcher, queries: Iterable[str], about: About, **arguments: Any
) -> Iterator[BatchRow]:
    """Each query asked by itself, with the arguments that they share (`search.library.asked`).

    The one place to change for an engine that reads the index once for all of them. Raises SearchError.
    """
    for line, text in enumerate(queries, 1):
        asked = ask(text, **arguments)
        if text.strip():
            yield _row(searcher, line, asked, about)
        else:
            yield BatchRow(line, text, 0, 0, "", "", "", "", "", "", _EMPTY)


def _row(searcher: Searcher, line: int, asked: Asked, about: About) -> BatchRow:
    one = replace(asked.query, grouped=False, size=1)
    found = searcher.search(one)
    best = found.hits[0] if found.hits else None
    return BatchRow(
        line,
        asked.text,
        found.paragraphs,
        found.cables,
        _date(searcher, one, "oldest") if best else "",
        _date(searcher, one, "newest") if best else "",
        best.cable.id if best else "",
        best.anchor if best else "",
        _passage(best) if best else "",
        about.link(best.url) if best else "",
        " ".join((*asked.notes, *found.notes)),
    )


def _date(searcher: Searcher, query: Query, sort: Sort) -> str:
    """The date of the first or the last cable that was found; cables without one stand behind all others."""
    found = searcher.search(replace(query, sort=sort, snippets=False)).hits
    return _written(found[0].cable) if found else ""


def _written(cable: CableSummary) -> str:
    return iso_date(cable.date, cable.date_precision) or ""


def _passage(hit: Hit) -> str:
    return "".join(run.text for run in hit.snippet)
