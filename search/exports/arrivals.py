"""What a question finds in the order in which it came to the index, the last first: what a feed is read for.

Owns how that is found without an order of the engine's own. Must not know a format.

Few results are all looked at. Of many the index is asked about the cables that came last, some at a time, until a page
is full: what is found often is found soon.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from search.engines.protocols import Searcher
from search.exports.entries import Entry, results, with_whole
from search.language.tree import And, Or, Query, Word, simplify
from search.sources import Sources

# So many results are all looked at; and of more the cables that came last are asked about so many at a time.
FEW = 2_000
_AT_ONCE = 500


def by_arrival(
    searcher: Searcher, manifest: Sources, query: Query, *, whole: bool
) -> tuple[Iterator[Entry], bool]:
    """The results of a query's own page, by when their cables were indexed first, and whether more follow."""
    start = (max(1, query.page) - 1) * query.size
    asked = replace(query, page=1, after="", facets=(), snippets=False)
    total = searcher.search(replace(asked, size=1))
    few = (total.cables if query.grouped else total.units) <= FEW
    found = _sorted(searcher, manifest, asked) if few else _walked(searcher, manifest, asked)
    page = list(islice(found, start, start + query.size + 1))
    entries = (with_whole(searcher, each) if whole else each for each in page[: query.size])
    return (each for each in entries if each is not None), len(page) > query.size


def _sorted(searcher: Searcher, manifest: Sources, query: Query) -> Iterator[Entry]:
    """All results; those of one moment, and those whose moment is not known, in the order of the query."""
    found = [
        replace(each, indexed=manifest.first_indexed(each.cable.id))
        for each in results(searcher, query, whole=False)
    ]
    found.sort(key=lambda each: -each.indexed.timestamp() if each.indexed else 0.0)
    yield from found


def _walked(searcher: Searcher, manifest: Sources, query: Query) -> Iterator[Entry]:
    keys = manifest.newest()
    while some := dict(islice(keys, _AT_ONCE)):
        among = Or(tuple(Word(key, "id") for key in some))
        found = replace(query, tree=simplify(And((query.tree, among))))
        yield from _sorted(searcher, manifest, found)
