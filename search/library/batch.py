"""Many queries, a row each.

Owns what is told of each. Must not know where the queries come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from search.answers.results import Brief, Hit
from search.engines.protocols import Searcher
from search.exports.about import About
from search.language.tree import Query
from search.library.asked import Asked, ask
from search.library.rows import BatchRow

_EMPTY = "This line has no query."
# So many queries are asked at once: what they have in common is read once, and the first rows come soon.
_TOGETHER = 200


def batch(
    searcher: Searcher, queries: Iterable[str], about: About, **arguments: Any
) -> Iterator[BatchRow]:
    """Each query with the arguments that they share (`search.library.asked`), a row for each. Raises SearchError."""
    left = enumerate(queries, 1)
    while some := list(islice(left, _TOGETHER)):
        asked = [ask(text, **arguments) for _, text in some]
        # The same query twice in a list is asked once.
        wanted = list(
            dict.fromkeys(
                one.query for one, (_, text) in zip(asked, some, strict=True) if text.strip()
            )
        )
        briefs: dict[Query, Brief] = dict(zip(wanted, searcher.briefs(wanted), strict=True))
        for one, (line, text) in zip(asked, some, strict=True):
            if text.strip():
                yield _row(line, one, briefs[one.query], about)
            else:
                yield BatchRow(line, text, 0, 0, "", "", "", "", "", "", _EMPTY)


def _row(line: int, asked: Asked, brief: Brief, about: About) -> BatchRow:
    best = brief.best
    return BatchRow(
        line,
        asked.text,
        brief.paragraphs,
        brief.cables,
        brief.first,
        brief.last,
        best.cable.id if best else "",
        best.anchor if best else "",
        _passage(best) if best else "",
        about.link(best.url) if best else "",
        " ".join(filter(None, (*asked.notes, *brief.notes, brief.problem))),
    )


def _passage(hit: Hit) -> str:
    return "".join(run.text for run in hit.snippet)
