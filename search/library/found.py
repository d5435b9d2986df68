"""What a search found: its totals at once, and every hit of it one after the other.

Owns how the pages of an answer follow each other in Python. Must not know an engine, nor how a question is checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape

from search.answers.results import FacetValue, Group, Hit, SearchResult
from search.answers.tally import also, found
from search.engines.protocols import Searcher
from search.errors import BadArgument
from search.exports.plain_text import date_text
from search.exports.result_json import snippet_html
from search.library.asked import Asked, counted_field
from search.units import UnitKind

# The first piece is what most want to see; a later one costs a whole search, so it is larger.
_FIRST_PIECE = 20
_NEXT_PIECE = 500
# Engines keep as many hits in memory as stand before the end of a page.
_LARGEST_PAGE = 1_000
_COLUMNS = ("Date", "Cable", "Where", "Subject", "Passage")


class Results:
    """The answer to `Index.search`. Going through it gives every hit, best first or in the order that was asked for.

    The totals are counted when the search is made; hits are fetched as they are gone through, and each time anew.
    While the index changes underneath, no hit comes twice.

    >>> results = index.search("quinoa", filters={"year": [1974, 1979]})
    >>> len(results), results.paragraphs, results.cables
    (5, 3, 2)
    >>> for hit in results:
    ...     print(hit.id, hit.name)
    1979LAPAZ900041#p2 ¶2
    1974LAPAZ900035#p1 ¶1
    1979LAPAZ900041#p1 ¶1
    1974LAPAZ900035#head in the subject
    1979LAPAZ900041#head in the subject
    """

    def __init__(self, searcher: Searcher, asked: Asked) -> None:
        self._searcher = searcher
        self._asked = asked
        self._units = replace(asked.query, grouped=False, size=_FIRST_PIECE)
        self._first = searcher.search(self._units)

    @property
    def query(self) -> str:
        """The question as it was put."""
        return self._asked.text

    @property
    def reading(self) -> str:
        """The question as it was understood, in the query language."""
        return str(self._asked.parsed.tree)

    @property
    def paragraphs(self) -> int:
        """How many paragraphs were found."""
        return self._first.paragraphs

    @property
    def others(self) -> Mapping[UnitKind, int]:
        """How many headings, headers, notes and passages of other versions were found, by their kind."""
        return self._first.others

    @property
    def cables(self) -> int:
        """How many cables these are of."""
        return self._first.cables

    @property
    def notes(self) -> tuple[str, ...]:
        """What one should know of this answer, a sentence each: how a date was read, what could not be understood."""
        return (*self._asked.notes, *self._first.notes)

    def __len__(self) -> int:
        """How many hits there are: paragraphs, and whatever else was found."""
        return self._first.units

    def __iter__(self) -> Iterator[Hit]:
        answer = self._first
        while True:
            yield from answer.hits
            if not answer.after:
                return
            answer = self._searcher.search(
                replace(self._units, after=answer.after, size=_NEXT_PIECE)
            )

    def page(self, number: int = 1, size: int = 20) -> tuple[Hit, ...]:
        """One page of the hits, counted from 1; empty behind the last. Raises BadArgument for one that can't be.

        >>> [hit.id for hit in index.search("putian").page(2, size=2)]
        ['07GUANGZHOU376#p12', '07GUANGZHOU376#p14']
        """
        if number < 1 or not 1 <= size <= _LARGEST_PAGE:
            raise BadArgument(f"A page has 1 to {_LARGEST_PAGE:,} hits, and pages count from 1.")
        return self._searcher.search(replace(self._units, page=number, size=size)).hits

    @property
    def telegrams(self) -> int:
        """How many telegrams the cables are: versions of one under several ids count once."""
        piece = replace(
            self._asked.query, grouped=True, fold=True, size=1, per_cable=1, snippets=False
        )
        return self._searcher.search(piece).entries

    def groups(self, per_cable: int = 3, *, all_versions: bool = False) -> Iterator[Group]:
        """The cables that were found, each once with its best hits, at most so many.

        Of the versions of a telegram the one that ranks first stands for all, as on the pages (`Index.versions` has
        the others); with `all_versions` each is there.

        >>> [(group.cable.id, group.total) for group in index.search("trade fair").groups()]
        [('07GUANGZHOU900002', 3), ('07GUANGZHOU376', 2)]
        """
        piece = replace(
            self._asked.query,
            grouped=True,
            fold=not all_versions,
            size=_FIRST_PIECE,
            per_cable=max(1, per_cable),
        )
        while True:
            answer = self._searcher.search(piece)
            yield from answer.groups
            if not answer.after:
                return
            piece = replace(piece, after=answer.after, size=_NEXT_PIECE)

    def facet(self, field: str, limit: int = 0) -> dict[str, int]:
        """How many of the paragraphs have each value of a field, most frequent first; all values unless limited.

        >>> index.search().facet("year", limit=2)
        {'2007': 60, '2009': 59}
        """
        return self.facets(field, limit=limit)[field]

    def facets(self, *fields: str, limit: int = 0) -> dict[str, dict[str, int]]:
        """The same for several fields, in one search. Raises BadArgument for a field that can't be counted."""
        asked = tuple(dict.fromkeys(map(counted_field, fields)))
        answer = self._searcher.search(
            replace(self._units, facets=asked, facet_limit=limit, size=1, snippets=False)
        )
        return {each.field: _counts(each.values) for each in answer.facets}

    def __repr__(self) -> str:
        return f"<Results {self.query!r}: {_total(self._first)}>"

    def _repr_html_(self) -> str:
        """The first hits as a table, which is what a notebook shows."""
        heading = "".join(f"<th>{each}</th>" for each in _COLUMNS)
        rows = "".join(f"<tr>{''.join(_cells(hit))}</tr>" for hit in self._first.hits)
        more = len(self) - len(self._first.hits)
        rest = f"<p>and {more:,} more</p>" if more > 0 else ""
        notes = "".join(f"<p>{escape(note)}</p>" for note in self.notes)
        return (
            f"<p>{escape(_total(self._first))}</p>{notes}"
            f"<table><thead><tr>{heading}</tr></thead><tbody>{rows}</tbody></table>{rest}"
        )


def _counts(values: tuple[FacetValue, ...]) -> dict[str, int]:
    return {each.value: each.count for each in values}


def _total(result: SearchResult) -> str:
    return ", ".join(filter(None, (found(result), also(result))))


def _cells(hit: Hit) -> Iterator[str]:
    cable = hit.cable
    day = date_text(cable.date, cable.date_precision, cable.date_end)
    for text in (day, cable.id, hit.name, cable.subject):
        yield f"<td>{escape(text)}</td>"
    yield f"<td>{snippet_html(hit.snippet)}</td>"
