"""Counting with tantivy: the values that matching paragraphs have, and the cables they are of, exactly.

Owns the aggregations and their limits. Must not know plans, pages or what is stored.

What takes time with many matches is not the counting but the list of what was counted: tantivy reads the text of each
value. So the values of a field with very many are counted by numbers that stand for them, and of the most frequent
alone the text is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import tantivy
from tantivy import Occur
from tantivy import Query as Clause

from corpus.late_dataclasses import dataclass
from search.answers.answer import FacetCount
from search.engines.tantivy_engine.joined import parts_of
from search.engines.tantivy_engine.lexicon import number_of
from search.engines.tantivy_engine.schema import (
    CABLE_NUMBER,
    COLUMNS,
    GROUP_OF,
    code_of,
    counted_values,
)

# The buckets that one aggregation may have; tantivy refuses more.
MOST_BUCKETS = 65_000
# As far as so many matches it is quicker to read the number of each one's cable than to have them counted by cable.
MOST_READ = 8_000
# So many values of a field are asked for beside those of other fields; what has more is asked for by itself.
MOST_VALUES = 3_000
# So many values of each segment are added up to find the most frequent; all of them if it is not sure then which they
# are.
_ADDED_UP = 2_000
_EVERY = 100_000_000
# With so few paragraphs it is quicker to read the text of all their values than to choose some first.
_FEW = 3_000
# So many values are listed, and so many times as many as are wanted: the last of a list may be as frequent as others.
_LISTED = 1_000
_TIMES_WANTED = 4

# How many values are counted, and which of them in any case.
Kind = tuple[int, frozenset[str]]
_Buckets = Iterable[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One field to be counted.

    With `most` only so many values are wanted, the most frequent, all that are as frequent as the last of them, and
    those in `named` (folded) besides; 0 is all.
    """

    count: FacetCount
    most: int = 0
    named: frozenset[str] = frozenset()

    @property
    def kind(self) -> Kind:
        """What has to be equal for the count of one to do for another, of the same field and paragraphs."""
        return self.most, self.named if self.most else frozenset()


@dataclass(frozen=True, slots=True)
class Counting:
    """Counts among the paragraphs of one clause."""

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    clause: Clause

    def values(self, wanted: Mapping[str, Wanted]) -> None:
        """Counts the values of several fields in one pass; some fields need another."""
        if not wanted:
            return
        # By itself, a field may have all of its values in one list.
        listed = MOST_VALUES if len(wanted) > 1 else MOST_BUCKETS
        # A column may be that of several fields.
        columns = {
            name: f"code_{name}" if each.most else COLUMNS[name] for name, each in wanted.items()
        }
        asked = {
            columns[name]: _values(columns[name], _listed(each.most), _ADDED_UP)
            if each.most
            else _values(columns[name], listed)
            for name, each in wanted.items()
        }
        found = self.searcher.aggregate(self.clause, asked)
        read: dict[str, _Buckets] = {}
        for name, each in wanted.items():
            column = columns[name]
            if each.most:
                self._most_frequent(name, each, found[column])
                continue
            if column not in read:
                read[column] = self._all_buckets(column, found[column])
            _add(each.count, name, read[column])

    def cables(self, matches: int) -> int:
        """How many cables the paragraphs are of; `matches` is how many paragraphs there are."""
        if parts := parts_of(self.searcher):
            # Each numbers its own cables.
            each = [replace(self, searcher=part) for part in parts]
            return sum(one.cables(number_of(one.searcher, one.clause)) for one in each)
        if matches <= MOST_READ:
            # A limit of 0 would panic.
            read = self._by_cable_number(max(1, matches))
            return len({number for number, _ in read})
        if matches <= MOST_BUCKETS:
            return self._numbers_listed(self.clause)
        # By ranges of numbers, each of which one list can hold.
        last = int(self._by_cable_number(1)[0][0] or 0)
        starts = range(0, last + 1, MOST_BUCKETS)
        return sum(self._numbers_listed(self._numbered_from(start)) for start in starts)

    def _by_cable_number(self, limit: int) -> list[tuple[Any, tantivy.DocAddress]]:
        found = self.searcher.search(
            self.clause, limit=limit, count=False, order_by_field=CABLE_NUMBER
        )
        return list(found.hits)

    def _numbered_from(self, start: int) -> Clause:
        numbers = Clause.range_query(
            self.schema,
            CABLE_NUMBER,
            tantivy.FieldType.Integer,
            start,
            start + MOST_BUCKETS - 1,
        )
        return Clause.boolean_query([(Occur.Must, self.clause), (Occur.Must, numbers)])

    def _numbers_listed(self, clause: Clause) -> int:
        asked = {"cables": _values(CABLE_NUMBER, MOST_BUCKETS)}
        return len(self.searcher.aggregate(clause, asked)["cables"]["buckets"])

    def _most_frequent(self, name: str, wanted: Wanted, found: Mapping[str, Any]) -> None:
        """Adds the most frequent values; all of them if there are too many equally frequent ones."""
        if _paragraphs(found) <= _FEW:
            self._list_all(name, wanted)
            return
        chosen = _surely_most(found, wanted.most)
        if chosen is None:
            every = _values(f"code_{name}", _listed(wanted.most), _EVERY)
            found = self.searcher.aggregate(self.clause, {name: every})[name]
            chosen = _surely_most(found, wanted.most)
        if chosen is None:
            self._list_all(name, wanted)
            return
        listed = {int(bucket["key"]) for bucket in found["buckets"]}
        chosen |= {code_of(value) for value in wanted.named}
        if chosen:
            # As they are spelt, and counted anew: the first list has what was sure to be among the first.
            among = Clause.term_set_query(self.schema, f"code_{name}", sorted(chosen))
            inside = Clause.boolean_query([(Occur.Must, self.clause), (Occur.Must, among)])
            asked = {name: _values(COLUMNS[name], MOST_BUCKETS)}
            spelt = self.searcher.aggregate(inside, asked)[name]
            among_these = Counting(self.searcher, self.schema, inside)
            _add(wanted.count, name, among_these._all_buckets(COLUMNS[name], spelt))
        wanted.count.leave_out(len(listed - chosen), exact=not found["sum_other_doc_count"])

    def _list_all(self, name: str, wanted: Wanted) -> None:
        every = {name: _values(COLUMNS[name], MOST_BUCKETS)}
        found = self.searcher.aggregate(self.clause, every)[name]
        _add(wanted.count, name, self._all_buckets(COLUMNS[name], found))

    def _all_buckets(self, column: str, found: Mapping[str, Any]) -> _Buckets:
        """The values of a column: those found, or page after page if they were too many for one list."""
        if MOST_VALUES <= len(found["buckets"]) < MOST_BUCKETS and found["sum_other_doc_count"]:
            # By itself, one list may hold them all, in a fraction of the time of page after page.
            asked = {"values": _values(column, MOST_BUCKETS)}
            found = self.searcher.aggregate(self.clause, asked)["values"]
        if not found["sum_other_doc_count"]:
            buckets: _Buckets = found["buckets"]
            return buckets
        every = []
        page: dict[str, Any] = {
            "sources": [{"value": {"terms": {"field": column}}}],
            "size": MOST_BUCKETS,
        }
        while True:
            found = self.searcher.aggregate(self.clause, {"page": {"composite": page}})["page"]
            every += [
                {"key": bucket["key"]["value"], "doc_count": bucket["doc_count"]}
                for bucket in found["buckets"]
            ]
            if len(found["buckets"]) < MOST_BUCKETS:
                return every
            page = {**page, "after": found["after_key"]}


def _values(column: str, most: int, looked_at: int = 0) -> dict[str, Any]:
    # tantivy takes the best of each segment before it adds up, so only a list of all values has exact counts.
    return {"terms": {"field": column, "size": most, "segment_size": looked_at or most}}


def _paragraphs(found: Mapping[str, Any]) -> int:
    """How many paragraphs were counted, those of values that are not listed among them."""
    listed = sum(int(bucket["doc_count"]) for bucket in found["buckets"])
    return listed + int(found["sum_other_doc_count"])


def _listed(most: int) -> int:
    return max(_LISTED, _TIMES_WANTED * most)


def _add(count: FacetCount, name: str, buckets: _Buckets) -> None:
    if name not in GROUP_OF:
        count.add_all([(bucket["key"], bucket["doc_count"]) for bucket in buckets])
        return
    counts: Counter[str] = Counter()
    for bucket in buckets:
        for value in counted_values(name, bucket["key"]):
            counts[value] += bucket["doc_count"]
    count.add_all([*counts.items()])


def _surely_most(found: Mapping[str, Any], most: int) -> set[int] | None:
    """The codes of values among which are the most frequent and all as frequent as the last of those; None if not sure.

    What a segment did not hand over has at most as many paragraphs there as the last that it did: that is how much too
    small a count may be, and how large that of a value that is not listed at all.
    """
    buckets = found["buckets"]
    too_small = found.get("doc_count_error_upper_bound") or 0
    unlisted = 0
    if found["sum_other_doc_count"]:
        unlisted = too_small + buckets[-1]["doc_count"]
    # Each of the first so many has at least this count.
    least = buckets[most - 1]["doc_count"] if len(buckets) >= most else 0
    if unlisted and least <= unlisted:
        return None
    return {int(bucket["key"]) for bucket in buckets if bucket["doc_count"] + too_small >= least}
