"""The memory engine: every plan is tried on every paragraph, and nothing is clever.

Owns an index that lives as long as its process: the oracle of the property tests, and what the web tests search. No
command opens it, and it stands here so that nothing that people use comes to need it. Its
matches, counts and order are what the other engines are held to; its scores are Lucene's BM25.
"""

from __future__ import annotations

import math
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from types import TracebackType
from typing import Self

from corpus.ids import lookup_key
from corpus.model import Cable
from search.answers.answer import FacetCount, Match, answer, summary
from search.answers.cable_rank import ranked
from search.answers.ordering import Order, key, whole_order
from search.answers.results import CableSummary, IndexStats, SearchResult
from search.deadline import check, limited
from search.engines.answering import AnsweringSearcher
from search.engines.protocols import IndexWriter
from search.errors import IndexLocked
from search.fields import POSITION, STRETCH, TERM_FIELDS
from search.language.tree import Query
from search.plans.documents import BREAK, Document, documents
from search.plans.lowering import QueryPlan
from search.plans.plan import (
    All,
    AllOf,
    AnyOf,
    Flat,
    Forms,
    NoneOf,
    Nothing,
    NumberRange,
    OfCables,
    Plan,
    Term,
    TermPrefix,
    TermSequence,
    Unscored,
    Value,
    ValuePrefix,
)
from search.plans.rewriting import Lexicon, resolve
from search.text.analysis import fold
from search.text.nearness import near
from search.units import Unit, units

NAME = "memory"

# BM25's parameters, and what a match that is not scored by it counts.
_K1 = 1.2
_B = 0.75
_CONSTANT = 1.0
# A score of each unit, None where it doesn't match.
Scores = list[float | None]


class _Indexed:
    """A unit's document with its terms split and counted and its values folded."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.terms = {field: terms.split() for field, terms in document.terms.items()}
        self.counts = {field: Counter(terms) for field, terms in self.terms.items()}
        self.values = {
            field: {fold(value) for value in values} for field, values in document.values.items()
        }

    def occurrences(self, field: str, sequence: tuple[str, ...]) -> int:
        """How often the terms stand in the field at consecutive positions."""
        terms, size = self.terms[field], len(sequence)
        return sum(
            tuple(terms[start : start + size]) == sequence for start in range(len(terms) - size + 1)
        )

    def are_near(self, field: str, words: tuple[tuple[str, ...], ...], between: int) -> bool:
        """Whether the words, each in any of its forms, stand with so many others between them, and no break."""
        places = [
            [at for at, term in enumerate(self.terms[field]) if term in wanted]
            for wanted in (*words, (BREAK,))
        ]
        return near(places[:-1], between, places[-1])

    def in_a_row(self, field: str, words: tuple[tuple[str, ...], ...]) -> bool:
        """Whether the words stand in the field at consecutive positions, each in any of its forms."""
        terms = self.terms[field]
        return any(
            all(terms[start + at] in forms for at, forms in enumerate(words))
            for start in range(len(terms) - len(words) + 1)
        )


@dataclass(frozen=True)
class _Snapshot:
    """All cables at one commit, by their look-up keys. It never changes."""

    cables: Mapping[str, Cable]
    indexed: Mapping[str, tuple[_Indexed, ...]]

    @cached_property
    def units(self) -> tuple[_Indexed, ...]:
        return tuple(each for units in self.indexed.values() for each in units)

    @cached_property
    def frequencies(self) -> dict[str, Counter[str]]:
        """Field -> term -> how many paragraphs have it."""
        return {
            field: Counter(term for each in self.units for term in each.counts[field])
            for field in TERM_FIELDS
        }

    @cached_property
    def average_lengths(self) -> dict[str, float]:
        """Field -> how many terms a paragraph that has any has on average."""
        lengths = {field: [len(each.terms[field]) for each in self.units] for field in TERM_FIELDS}
        return {
            field: sum(each) / max(1, sum(length > 0 for length in each))
            for field, each in lengths.items()
        }

    def bm25(self, each: _Indexed, field: str, terms: tuple[str, ...], frequency: int) -> float:
        """Lucene's BM25; a sequence of terms counts as one term with the sum of their weights."""
        length = len(each.terms[field]) / self.average_lengths[field]
        saturated = frequency / (frequency + _K1 * (1 - _B + _B * length))
        return saturated * sum(self._weight(field, term) for term in terms)

    def _weight(self, field: str, term: str) -> float:
        having = self.frequencies[field][term]
        return math.log(1 + (len(self.units) - having + 0.5) / (having + 0.5))

    def having(self, plan: Plan) -> list[_Indexed]:
        """The units that match."""
        return [
            each
            for each, score in zip(self.units, self.scores(plan), strict=True)
            if score is not None
        ]

    def question(self, plan: QueryPlan) -> list[float | None]:
        """Of each unit the score of a question's words with its bonuses; None if it doesn't match the words."""
        bonuses = [(bonus.weight, self.scores(bonus.plan)) for bonus in plan.bonuses]
        return [
            None
            if words is None
            else words + sum(weight * (more[at] or 0.0) for weight, more in bonuses)
            for at, words in enumerate(self.scores(plan.words))
        ]

    def scores(self, plan: Plan) -> Scores:
        """Of each unit its score, None if it doesn't match. A part that comes again is looked up."""
        check()
        known = self._scores.get(plan)
        if known is None:
            known = self._scores[plan] = self._computed(plan)
        return known

    @cached_property
    def _scores(self) -> dict[Plan, Scores]:
        return {}

    def _computed(self, plan: Plan) -> Scores:
        units = self.units
        match plan:
            case Term(field, term):
                return [
                    self.bm25(each, field, (term,), frequency) if frequency else None
                    for each in units
                    for frequency in (each.counts[field][term],)
                ]
            case TermSequence(field, terms):
                return [
                    self.bm25(each, field, terms, frequency) if frequency else None
                    for each in units
                    for frequency in (each.occurrences(field, terms),)
                ]
            case TermPrefix(field, prefix):
                return _constant(
                    any(term.startswith(prefix) for term in each.counts[field]) for each in units
                )
            case Forms(field, words, None):
                return _constant(each.in_a_row(field, words) for each in units)
            case Forms(field, words, between):
                return _constant(each.are_near(field, words, between or 0) for each in units)
            case Unscored(part):
                return [None if score is None else 0.0 for score in self.scores(part)]
            case Flat(part):
                return _constant(score is not None for score in self.scores(part))
            case OfCables(keys):
                return _constant(lookup_key(each.document.cable) in keys for each in units)
            case Value(field, value):
                return _constant(value in each.values.get(field, ()) for each in units)
            case ValuePrefix(field, prefix):
                return _constant(
                    any(value.startswith(prefix) for value in each.values.get(field, ()))
                    for each in units
                )
            case NumberRange(field, low, high):
                return _constant(
                    number is not None
                    and (low is None or low <= number)
                    and (high is None or number <= high)
                    for each in units
                    for number in (each.document.numbers.get(field),)
                )
            case All():
                return [_CONSTANT] * len(units)
            case Nothing():
                return [None] * len(units)
            case NoneOf(part):
                return [0.0 if score is None else None for score in self.scores(part)]
            case AllOf(parts):
                rows = self._rows(parts)
                return [None if None in row else sum(row) for row in rows]  # type: ignore[arg-type]
            case AnyOf(parts):
                found = [[score for score in row if score is not None] for row in self._rows(parts)]
                return [sum(scores) if scores else None for scores in found]
            case _:
                raise TypeError(f"{plan} is for search.plans.rewriting")

    def _rows(self, parts: Sequence[Plan]) -> list[tuple[float | None, ...]]:
        """Of each unit its scores by the parts."""
        return list(zip(*map(self.scores, parts), strict=True)) if parts else [()] * len(self.units)

    @cached_property
    def shown(self) -> dict[str, dict[int, Unit]]:
        """By the look-up keys of those that were asked for: a cable's units by their places."""
        return {}

    def unit(self, cable_id: str, position: int) -> Unit:
        """The unit at a place of a cable."""
        key = lookup_key(cable_id)
        if key not in self.shown:
            self.shown[key] = {each.place: each for each in units(self.cables[key])}
        return self.shown[key][position]


class SnapshotLexicon(Lexicon):
    """The words of one snapshot."""

    def __init__(self, snapshot: _Snapshot) -> None:
        self._snapshot = snapshot

    def spellings(self, field: str, prefix: str, *, values: bool = False) -> Iterable[str]:
        """The terms or folded values that begin so."""
        return [each for each in self._counts(field, values) if each.startswith(prefix)]

    def count(self, field: str, spelling: str, *, values: bool = False) -> int:
        """How many paragraphs have it."""
        return self._counts(field, values)[spelling]

    def numbers(self, plans: Sequence[Plan]) -> list[int]:
        """How many units each plan finds."""
        return [len(self._snapshot.having(each)) for each in plans]

    def units(self) -> int:
        """How many units there are."""
        return len(self._snapshot.units)

    def stretches(self, plan: Plan) -> set[tuple[str, int]]:
        """Where the headings and the paragraphs under one are that a plan finds."""
        return {
            (lookup_key(each.document.cable), each.document.numbers[STRETCH])
            for each in self._snapshot.having(plan)
            if STRETCH in each.document.numbers
        }

    def keys(self, plan: Plan) -> set[str]:
        """The cables with a paragraph that a plan finds."""
        return {lookup_key(each.document.cable) for each in self._snapshot.having(plan)}

    def cable(self, key: str) -> Cable | None:
        """The cable of that look-up key."""
        return self._snapshot.cables.get(key)

    def _counts(self, field: str, values: bool) -> Counter[str]:
        if not values:
            return self._snapshot.frequencies[field]
        units = self._snapshot.units
        return Counter(value for each in units for value in each.values.get(field, ()))


def _constant(matches: Iterable[bool]) -> Scores:
    return [_CONSTANT if each else None for each in matches]


class MemoryIndex:
    """Where cables are kept; readers and writers of it may be in any thread."""

    def __init__(self) -> None:
        self.snapshot = _Snapshot({}, {})
        self.writing = threading.Lock()

    def searcher(self) -> MemorySearcher:
        """A reader; it sees each commit from the next call on."""
        return MemorySearcher(self)

    def writer(self) -> MemoryWriter:
        """A writer, of which one at a time can be entered."""
        return MemoryWriter(self)


class MemoryWriter(IndexWriter):
    """Collects changes and makes them seen at once when its `with` block ends without an error."""

    def __init__(self, index: MemoryIndex) -> None:
        self._index = index
        self._cables: dict[str, Cable] = {}
        self._indexed: dict[str, tuple[_Indexed, ...]] = {}

    def __enter__(self) -> Self:
        """Raises IndexLocked while another writer is entered."""
        if not self._index.writing.acquire(blocking=False):
            raise IndexLocked("Another writer is writing to this index; wait until it is done.")
        self._cables = dict(self._index.snapshot.cables)
        self._indexed = dict(self._index.snapshot.indexed)
        return self

    def put(self, cable: Cable) -> None:
        """Index a cable; the one of the same id, if any, is replaced whole."""
        key = lookup_key(cable.id)
        self._cables[key] = cable
        self._indexed[key] = tuple(_Indexed(document) for document in documents(cable))

    def delete(self, cable_id: str) -> bool:
        """Take a cable out; says whether there was one."""
        key = lookup_key(cable_id)
        self._indexed.pop(key, None)
        return self._cables.pop(key, None) is not None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._index.snapshot = _Snapshot(self._cables, self._indexed)
        self._index.writing.release()


def _matches(snapshot: _Snapshot, plan: QueryPlan) -> list[Match]:
    return [
        Match(
            each.document.cable,
            each.document.numbers[POSITION],
            score,
            each.document.numbers.get("date"),
        )
        # A filter chooses and does not rank: the score is the words' alone.
        for each, score, chosen in zip(
            snapshot.units, snapshot.question(plan), snapshot.scores(plan.whole), strict=True
        )
        if score is not None and chosen is not None
    ]


class MemorySearcher(AnsweringSearcher):
    """Answers from the snapshot that was there when the call came."""

    def __init__(self, index: MemoryIndex) -> None:
        self._index = index

    def search(self, query: Query) -> SearchResult:
        """Answer a question."""
        with limited(query.seconds):
            return self._search(query)

    def order(self, query: Query) -> Order:
        """Where all that a question finds stands."""
        with limited(query.seconds):
            snapshot = self._index.snapshot
            lexicon = SnapshotLexicon(snapshot)
            resolved = resolve(query, lexicon)
            found = ranked(_matches(snapshot, resolved.plan), resolved.query.sort, lexicon)
            keys = [key(each, resolved.query.sort) for each in found]
            return whole_order(resolved.query, keys, resolved.notes)

    def _search(self, query: Query) -> SearchResult:
        started = time.perf_counter()
        snapshot = self._index.snapshot
        lexicon = SnapshotLexicon(snapshot)
        resolved = resolve(query, lexicon)
        query, plan = resolved.query, resolved.plan
        matches = _matches(snapshot, plan)
        counted = {field: plan.counted(field) for field in query.facets}
        # A field is counted without its own filters: where none of them has any, all count the same.
        having = {each: snapshot.having(each) for each in set(counted.values())}
        facets = {field: _count(having[each], field) for field, each in counted.items()}

        def load(match: Match) -> tuple[CableSummary, Unit]:
            cable = snapshot.cables[lookup_key(match.cable)]
            return summary(cable), snapshot.unit(match.cable, match.position)

        found = ranked(matches, query.sort, lexicon)
        return answer(query, found, facets, load, started, resolved.notes, resolved.words)

    def get(self, cable_id: str) -> Cable | None:
        """The cable of that id in any spelling, None if there is none."""
        return self._index.snapshot.cables.get(lookup_key(cable_id))

    @contextmanager
    def lexicon(self) -> Iterator[Lexicon]:
        """The words of the snapshot; see AnsweringSearcher."""
        yield SnapshotLexicon(self._index.snapshot)

    def stats(self) -> IndexStats:
        """How much the index holds now."""
        snapshot = self._index.snapshot
        paragraphs = sum(len(cable.paragraphs) for cable in snapshot.cables.values())
        return IndexStats(NAME, len(snapshot.cables), paragraphs, 0)

    def close(self) -> None:
        """Nothing to free."""


def _count(having: list[_Indexed], field: str) -> FacetCount:
    count = FacetCount()
    for each in having:
        for value in each.document.values.get(field, ()):
            count.add(value)
    return count
