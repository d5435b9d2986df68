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
        return [each for each in self.units if self.score(plan, each) is not None]

    def question(self, plan: QueryPlan, each: _Indexed) -> float | None:
        """The score of a question's words with its bonuses; None if the paragraph doesn't match the words."""
        words = self.score(plan.words, each)
        if words is None:
            return None
        return words + sum(
            bonus.weight * (self.score(bonus.plan, each) or 0.0) for bonus in plan.bonuses
        )

    def score(self, plan: Plan, each: _Indexed) -> float | None:
        """None if the paragraph doesn't match."""
        check()
        match plan:
            case Term(field, term):
                frequency = each.counts[field][term]
                return self.bm25(each, field, (term,), frequency) if frequency else None
            case TermSequence(field, terms):
                frequency = each.occurrences(field, terms)
                return self.bm25(each, field, terms, frequency) if frequency else None
            case TermPrefix(field, prefix):
                return _constant(any(term.startswith(prefix) for term in each.counts[field]))
            case Forms(field, words, None):
                return _constant(each.in_a_row(field, words))
            case Forms(field, words, between):
                places = [
                    [at for at, term in enumerate(each.terms[field]) if term in wanted]
                    for wanted in (*words, (BREAK,))
                ]
                return _constant(near(places[:-1], between or 0, places[-1]))
            case Unscored(part):
                return None if self.score(part, each) is None else 0.0
            case Flat(part):
                return _constant(self.score(part, each) is not None)
            case OfCables(keys):
                return _constant(lookup_key(each.document.cable) in keys)
            case Value(field, value):
                return _constant(value in each.values.get(field, ()))
            case ValuePrefix(field, prefix):
                return _constant(any(v.startswith(prefix) for v in each.values.get(field, ())))
            case NumberRange(field, low, high):
                number = each.document.numbers.get(field)
                if number is None:
                    return None
                return _constant(
                    (low is None or low <= number) and (high is None or number <= high)
                )
            case All():
                return _CONSTANT
            case Nothing():
                return None
            case NoneOf(part):
                return 0.0 if self.score(part, each) is None else None
            case AllOf(parts):
                scores = [self.score(part, each) for part in parts]
                known = [score for score in scores if score is not None]
                return sum(known) if len(known) == len(scores) else None
            case AnyOf(parts):
                found = [score for part in parts if (score := self.score(part, each)) is not None]
                return sum(found) if found else None
            case _:
                raise TypeError(f"{plan} is for search.plans.rewriting")


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


def _constant(matches: bool) -> float | None:
    return _CONSTANT if matches else None


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
        for each in snapshot.units
        # A filter chooses and does not rank: the score is the words' alone.
        if (score := snapshot.question(plan, each)) is not None
        and snapshot.score(plan.whole, each) is not None
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
            return summary(cable), next(u for u in units(cable) if u.place == match.position)

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
