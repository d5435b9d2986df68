"""The dump that nobody wrote is like the real one in what an index's speed depends on."""

from __future__ import annotations

import csv
import hashlib
import io
import random
from collections import Counter
from itertools import islice

import pytest

from benchmarks.synthesize import ORIGINS, REAL_COLLECTION, origins, rows, write
from benchmarks.words import CURVE, vocabulary, words
from corpus.model import Cable
from indexer.inputs.dump import read_rows
from indexer.page import RawPage, SetAside
from indexer.parse import parse

CABLES = 600


@pytest.fixture(scope="module")
def read() -> list[Cable | SetAside]:
    """What our own reader makes of the rows."""
    dump = io.BytesIO()
    write(dump, CABLES, seed=7)
    dump.seek(0)
    stream = io.BufferedReader(dump)  # type: ignore[arg-type]  # a BytesIO reads as a raw stream does
    return [
        parse(row)[0] if isinstance(row, RawPage) else row
        for row in read_rows(stream, "cables.csv", 10_000_000)
    ]


@pytest.fixture(scope="module")
def cables(read: list[Cable | SetAside]) -> list[Cable]:
    return [each for each in read if isinstance(each, Cable)]


def test_all_cables_are_there_and_few_of_them_twice(cables: list[Cable]) -> None:
    counts = Counter(cable.id for cable in cables)
    assert len(counts) == CABLES
    assert 1 <= sum(count == 2 for count in counts.values()) <= CABLES / 100
    assert max(counts.values()) == 2


def test_one_row_in_a_hundred_is_broken_and_set_aside(read: list[Cable | SetAside]) -> None:
    broken = [each for each in read if isinstance(each, SetAside)]
    assert CABLES / 200 < len(broken) < CABLES / 50
    assert all(each.line for each in broken)


def test_the_parser_has_no_doubt_about_whole_rows(cables: list[Cable]) -> None:
    problems = Counter(problem.code for cable in cables for problem in cable.problems)
    assert sum(problems.values()) < CABLES / 100, problems


def test_every_reference_names_a_cable_of_the_dump(cables: list[Cable]) -> None:
    known = {cable.id for cable in cables}
    cited = [reference.id for cable in cables for reference in cable.references]
    assert len(cited) > CABLES / 3
    assert set(cited) <= known


def test_sizes_are_those_of_the_collection(cables: list[Cable]) -> None:
    paragraphs = sum(len(cable.paragraphs) for cable in cables)
    size = sum(len(row) for row in islice(rows(CABLES, 7), CABLES))
    assert 11 < paragraphs / len(cables) < 13
    assert 6_300 < size / CABLES < 7_300


def test_cables_of_each_post_are_as_many_as_in_the_real_collection() -> None:
    with ORIGINS.open(encoding="utf-8", newline="") as table:
        real = {row["post"]: int(row["cables"]) for row in csv.DictReader(table)}
    made = origins(REAL_COLLECTION)
    assert sum(made.values()) == REAL_COLLECTION
    assert all(abs(made[code] - real[code]) <= 1 + real[code] / 500 for code in real)


def test_words_come_as_often_as_they_were_counted() -> None:
    model = words(7)
    drawn = Counter(model.draw(random.Random(1), 4_000))  # noqa: S311 - it draws words
    for seed in range(2, 60):
        drawn.update(model.draw(random.Random(seed), 4_000))  # noqa: S311 - it draws words
    total = drawn.total()
    for rank, share in CURVE[:10]:
        found = drawn[model.vocabulary[rank - 1]] / total
        assert 0.6 * share < found < 1.4 * share, rank


def test_the_same_seed_gives_the_same_bytes_and_another_others() -> None:
    digests = [
        hashlib.sha256(b"".join(islice(rows(CABLES, seed), 50))).digest() for seed in (7, 7, 8)
    ]
    assert digests[0] == digests[1] != digests[2]


def test_the_most_frequent_words_can_be_had_alone() -> None:
    assert vocabulary(7, 5_000) == words(7).vocabulary[:5_000]
