"""Dates of every precision: what finds them, in what they are counted and in which order they come, in every engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Protocol

import pytest

from corpus.model import Cable, Part
from search.engines.protocols import IndexWriter, Searcher
from search.language.parser import parse
from search.language.tree import Everything, Filter, Query, Range
from search.text.date_spans import answers, span_of
from search.text.dates import span

EASTERN = timezone(timedelta(hours=-5))


class Store(Protocol):
    """An index of some engine."""

    def writer(self) -> IndexWriter: ...

    def searcher(self) -> Searcher: ...


def day(year: int, month: int = 1, number: int = 1) -> datetime:
    return datetime(year, month, number, tzinfo=UTC)


def dated_cables(make: Callable[..., Cable]) -> list[Cable]:
    """A cable of each kind of date around two turns of the year; the id tells of it, and its subject the order."""

    def cable(
        number: int, date: datetime | None, precision: str, end: datetime | None = None
    ) -> Cable:
        rows = [("U", None, Part.BODY, "The barley has come."), ("U", None, Part.BODY, "Barley.")]
        bare = make(f"73PARIS{number}", None, None, "", rows, precision=precision, date_end=end)
        return Cable(**{name: getattr(bare, name) for name in Cable.__slots__} | {"date": date})

    return [
        cable(1, day(1973), "year"),
        cable(2, day(1973, 2), "month"),
        cable(3, day(1973, 2, 1), "day", day(1973, 2, 3)),
        cable(4, day(1973, 2, 2), "day"),
        cable(5, day(1973, 12, 31), "day", day(1974, 1, 2)),
        # 1 a.m. of 1 January 1974 in UTC, and an hour before it.
        cable(6, datetime(1973, 12, 31, 20, tzinfo=EASTERN), "minute"),
        cable(7, datetime(1974, 1, 1, 0, 0, tzinfo=UTC), "minute"),
        cable(8, datetime(1973, 12, 31, 20), "minute"),  # noqa: DTZ001 - a clock of an unknown zone
        cable(9, day(1973, 3), "month", day(1973, 5)),
        cable(10, day(1973), "year", day(1974)),
        cable(11, None, "minute"),
    ]


@pytest.fixture
def dated(store: Store, make: Callable[..., Cable]) -> tuple[Searcher, list[Cable]]:
    cables = dated_cables(make)
    with store.writer() as writer:
        for each in cables:
            writer.put(each)
    return store.searcher(), cables


def numbers(searcher: Searcher, query: Query) -> list[int]:
    """The numbers of the cables in their order."""
    result = searcher.search(query)
    assert result.paragraphs == 2 * result.cables
    return [int(group.cable.id.removeprefix("73PARIS")) for group in result.groups]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("date:1973", {1, 2, 3, 4, 5, 6, 8, 9}),
        ("date:1974", {5, 7}),
        ("date:[1973 TO 1974]", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}),
        ("date:1973-02", {2, 3, 4}),
        ("date:1973-02-02", {4}),
        ("date:1973-02-02T00:00", set()),
        ("date:[1973-02-01 TO 1973-02-03]", {3, 4}),
        ("date:[1973-02-02 TO 1973-02-03]", {4}),
        ("date:[1973-02-03 TO 1973-02-04]", {3}),
        ("date:[1973-03 TO 1974-02]", {1, 5, 6, 7, 8, 9}),
        ("date:[1973-04 TO 1973-04]", set()),
        ("date:[1973-04 TO 1973-06]", {9}),
        ("date:1973-12-31", {6, 8}),
        ("date:1974-01-01", {7}),
        ("date:1973-12-31T20:00", {6, 8}),
        ("date:>=1974-01-02", {5, 10}),
        ("date:<1973-02", {1, 10}),
        ("date:>1974", set()),
        ("date:[* TO *]", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}),
        ("year:1973", {1, 2, 3, 4, 5, 6, 8, 9}),
        ("month:1973-12", {5, 6, 8}),
        ("day:1973-12-31", {6, 8}),
        ("-has:date", {11}),
        ("-date:1973", {7, 10, 11}),
    ],
)
def test_what_a_date_finds(
    dated: tuple[Searcher, list[Cable]], text: str, expected: set[int]
) -> None:
    searcher, _ = dated
    found = numbers(searcher, Query(parse(text).tree, grouped=True, size=50, per_cable=2))
    assert set(found) == expected


def test_every_range_finds_what_the_rule_says(dated: tuple[Searcher, list[Cable]]) -> None:
    searcher, cables = dated
    bounds = (
        None,
        "1972",
        "1973",
        "1973-02",
        "1973-02-03",
        "1973-12-31T20:00",
        "1974-01-01",
        "1974",
    )
    for low in bounds:
        for high in bounds:
            ends = (low and span(low), high and span(high))
            first, last = ends[0] and ends[0][0], ends[1] and ends[1][1]
            if first is not None and last is not None and first > last:
                continue
            expected = {
                int(each.id.removeprefix("73PARIS"))
                for each in cables
                if (known := span_of(each)) and answers(known, first, last)
            }
            asked = Query(Range(low, high, "date"), grouped=True, size=50, per_cable=2)
            assert set(numbers(searcher, asked)) == expected, (low, high)


@pytest.mark.parametrize("unit", ["year", "month", "day"])
def test_a_value_counts_what_it_finds(dated: tuple[Searcher, list[Cable]], unit: str) -> None:
    searcher, _ = dated
    (facet,) = searcher.search(Query(facets=(unit,), facet_limit=0)).facets
    assert facet.values
    for each in facet.values:
        by_word = searcher.search(Query(parse(f"{unit}:{each.value}").tree))
        by_date = searcher.search(Query(Range(each.value, each.value, "date")))
        by_filter = searcher.search(Query(Everything(), (Filter(unit, (each.value,)),)))
        counts = {each.count, by_word.paragraphs, by_date.paragraphs, by_filter.paragraphs}
        assert counts == {each.count}, each.value


def test_the_order_is_that_of_utc(dated: tuple[Searcher, list[Cable]]) -> None:
    """The clock of an unknown zone counts as UTC; the one of the east of America strikes after that."""
    searcher, _ = dated
    oldest = numbers(searcher, Query(sort="oldest", grouped=True, size=50, per_cable=2))
    assert [each for each in oldest if each in (6, 7, 8)] == [8, 7, 6]
    assert oldest[-1] == 11


def test_a_range_does_not_rank(dated: tuple[Searcher, list[Cable]]) -> None:
    searcher, _ = dated
    scores = {
        hit.score for hit in searcher.search(Query(parse("date:[1973-01-02 TO 1974]").tree)).hits
    }
    assert len(scores) == 1


def test_what_was_stored_is_read_back(dated: tuple[Searcher, list[Cable]]) -> None:
    searcher, cables = dated
    for each in cables:
        back = searcher.get(each.id)
        assert back == each
        (hit, *_) = searcher.search(Query(parse(f"id:{each.id}").tree)).hits
        for shown in (back, hit.cable):
            assert (shown.date and shown.date.isoformat()) == (each.date and each.date.isoformat())
            assert shown.date_end == each.date_end
