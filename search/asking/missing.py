"""The missing record: cables that others cite and the collection lacks, and the gaps in posts' numberings.

Owns what is lacking and what is a gap. Must not know an address, a page or an engine: all of it comes from the counts
of values of an index, and no cable is read for it.

A cable is lacking if a cable's reference line names it and the index has none of its number. It is cited for sure where
its year is printed; else the year is that of the cable that cites it, and it is inferred. Only cables' numbers count: a
year, a post and a number; documents of FRUS and letters have none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from corpus.ids import canonical_id, lookup_key
from corpus.posts import compact, post, post_by_spelling
from search.answers.results import CableSummary
from search.engines.protocols import Searcher
from search.language.tree import Or, Query, Word
from search.omitted import Number, number_of

_HEADS = Word("head", "unit")
_COUNTED = ("key", "cited", "inferred", "telegram")
# NARA's years; the first of the others' two digits (`corpus.ids`).
_NARA_YEARS = range(1973, 1980)
_SHORT_YEARS = range(1966, 2066)


@dataclass(frozen=True, slots=True)
class Lacking:
    """A cable that the collection lacks: how many of its cables name it with its year (`sure`), and without.

    `reprinted`: a document of a volume that the collection has is that telegram, by its printed number.
    """

    number: Number
    sure: int
    inferred: int
    reprinted: bool = False

    @property
    def cables(self) -> int:
        """How many cables cite it."""
        return self.sure + self.inferred

    @property
    def id(self) -> str:
        """Its number as its archive would write it."""
        return printed(self.number)


@dataclass(frozen=True, slots=True)
class Run:
    """Numbers in a row that the collection lacks, both ends included; `cited` is how many of them others cite."""

    first: int
    last: int
    cited: int

    @property
    def count(self) -> int:
        """How many numbers it has."""
        return self.last - self.first + 1


@dataclass(frozen=True)
class Series:
    """A post's numbering of one year: the numbers that the collection has, and those that it lacks and others cite.

    Both in order, each once, up to the `highest` number that is seen: held, or cited with its year.
    """

    year: str
    post: str
    held: tuple[int, ...]
    cited: tuple[int, ...]
    highest: int

    @property
    def name(self) -> str:
        """`2007GUANGZHOU`, a value of the field `series`."""
        return f"{self.year}{self.post}"

    @property
    def place(self) -> str:
        """The post's name."""
        known = post(self.post)
        return known.name if known else self.post

    @property
    def missing(self) -> int:
        """How many numbers from 1 to the highest are not there."""
        return self.highest - len(self.held)

    def runs(self) -> Iterator[Run]:
        """The gaps in their order."""
        before = 0
        for number in (*self.held, self.highest + 1):
            if number - before > 1:
                yield Run(before + 1, number - 1, self.cited_within(before + 1, number - 1))
            before = number

    @cached_property
    def gaps(self) -> tuple[Run, ...]:
        """The same, kept."""
        return tuple(self.runs())

    def held_within(self, first: int, last: int) -> int:
        """How many numbers of a span are held."""
        return bisect_right(self.held, last) - bisect_left(self.held, first)

    def cited_within(self, first: int, last: int) -> int:
        """How many numbers of a span are lacking and cited."""
        return bisect_right(self.cited, last) - bisect_left(self.cited, first)


@dataclass(frozen=True)
class MissingRecord:
    """What a collection lacks. `lacking` is in the order of how many cite it, then of how surely, then of its number;
    `series` by the most cables held."""

    lacking: tuple[Lacking, ...]
    series: tuple[Series, ...]

    @cached_property
    def by_key(self) -> dict[str, Lacking]:
        """The lacking cables by look-up key."""
        return {each.number.key: each for each in self.lacking}

    @cached_property
    def by_series(self) -> dict[str, Series]:
        """The numberings by name."""
        return {each.name: each for each in self.series}

    def of(self, post_code: str = "", year: str = "") -> tuple[Lacking, ...]:
        """The lacking cables of a post and a year; "" for any."""
        return tuple(
            each
            for each in self.lacking
            if post_code in {"", each.number.post} and year in {"", each.number.year}
        )

    def series_of(self, post_code: str = "", year: str = "") -> tuple[Series, ...]:
        """The numberings of a post and a year; "" for any."""
        return tuple(
            each for each in self.series if post_code in {"", each.post} and year in {"", each.year}
        )


def missing_record(searcher: Searcher) -> MissingRecord:
    """What a collection lacks, by the counts of its index: it takes as long as these do, and reads no cable."""
    query = Query(_HEADS, facets=_COUNTED, facet_limit=0, size=1, per_cable=1, snippets=False)
    key, cited, inferred, reprinted = (
        {each.value: each.count for each in facet.values if each.count}
        for facet in searcher.search(query).facets
    )
    return record_of(key, cited, inferred, reprinted)


def record_of(
    held: Iterable[str],
    cited: Mapping[str, int],
    inferred: Mapping[str, int],
    reprinted: Container[str] = (),
) -> MissingRecord:
    """The same from look-up keys: those that are held, how many cables cite each, for sure and perhaps, and those that
    a volume has."""
    numbers: dict[str, set[int]] = {}
    for number in map(number_of, held):
        if number is not None:
            numbers.setdefault(number.series, set()).add(number.number)
    lacking: list[Lacking] = []
    named: dict[str, dict[int, bool]] = {}
    for key in {**cited, **inferred}:
        number = number_of(key)
        if number is None or number.number in numbers.get(number.series, ()):
            continue
        sure = cited.get(key, 0)
        lacking.append(Lacking(number, sure, inferred.get(key, 0), key in reprinted))
        named.setdefault(number.series, {})[number.number] = bool(sure)
    lacking.sort(key=lambda one: (-one.cables, -one.sure, one.number))
    series = [_series(name, found - {0}, named.get(name, {})) for name, found in numbers.items()]
    return MissingRecord(
        tuple(lacking),
        tuple(sorted(series, key=lambda each: (-len(each.held), each.post, each.year))),
    )


def _series(name: str, held: set[int], cited: Mapping[int, bool]) -> Series:
    """`cited` says of each number whether its year is printed: one that is inferred tells of no higher number."""
    highest = max((*held, *(number for number, sure in cited.items() if sure)), default=0)
    return Series(
        name[:4],
        name[4:],
        tuple(sorted(held)),
        tuple(sorted(number for number in cited if 0 < number <= highest)),
        highest,
    )


def citing_heads(key: str, size: int) -> Query:
    """What asks for the headers of the cables that cite one, the oldest first."""
    tree = Or((Word(key, "cited"), Word(key, "inferred")))
    return Query(tree, sort="oldest", size=size, per_cable=1, snippets=False)


def cited_by(searcher: Searcher, key: str, size: int) -> tuple[CableSummary, ...]:
    """The cables that cite one, the oldest first."""
    return tuple(group.cable for group in searcher.search(citing_heads(key, size)).groups)


def post_code(text: str) -> str:
    """The code of a post as people name it; what no table has as it is written, without blanks."""
    found = post_by_spelling(text) if text.strip() else None
    return found.code if found else compact(text.upper())


def printed(number: Number) -> str:
    """A cable's number as its archive writes it, as long as that leads back to it; else its look-up key."""
    year = int(number.year)
    if year in _NARA_YEARS:
        spelt = canonical_id(year, number.post, number.number, "nara")
    elif year in _SHORT_YEARS:
        spelt = canonical_id(year, number.post, number.number)
    else:
        return number.key
    return spelt if lookup_key(spelt) == number.key else number.key
