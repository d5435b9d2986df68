"""The measurement of the quote check, on few quotations: floors that a change must not go below (`docs/quotes.md`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing

import pytest

from benchmarks.quotes import Drawing, cables_in, draft_of, measure, own_sentences
from corpus.model import Cable
from corpus.sample_cables import samples_folder
from indexer.commands import build_index
from search.engines import open_searcher
from search.engines.protocols import Searcher

Collection = tuple[Searcher, Sequence[Cable]]


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    folder = tmp_path_factory.mktemp("quotes")
    with samples_folder() as samples:
        build_index([str(samples)], folder, workers=1)
    with closing(open_searcher(folder)) as searcher:
        yield searcher, cables_in(folder, searcher, 1000, 1)


@pytest.mark.parametrize(
    ("kind", "count", "floor"),
    [
        ("unchanged", 60, 1.0),
        ("cited", 20, 1.0),
        ("letters", 60, 0.99),
        ("words", 20, 0.9),
        ("invented", 60, 1.0),
    ],
)
def test_quotations_are_told_apart(
    collection: Collection, kind: str, count: int, floor: float
) -> None:
    searcher, cables = collection
    [figure] = measure(searcher, cables, count, 5, (kind,))
    assert figure.count == count
    assert figure.share >= floor, figure.wrong


def test_what_is_drawn_is_changed_and_the_same_each_time(collection: Collection) -> None:
    _, cables = collection
    one, other = (Drawing(cables, 9) for _ in range(2))
    plain = Drawing(cables, 9).passage()[1]
    changed = one.with_letters_changed()[1]
    assert changed == other.with_letters_changed()[1]
    letters = [(a, b) for a, b in zip(" ".join(plain), " ".join(changed), strict=True) if a != b]
    assert len(letters) == max(1, round(0.05 * sum(map(str.isalpha, " ".join(plain)))))
    for number in range(6):
        assert one.invented(number) == other.invented(number)
    assert len(own_sentences()) > 100
    assert draft_of(["a", "lamp"], "06PARIS1") == "A cable says “a lamp” (06PARIS1) and no more.\n"
