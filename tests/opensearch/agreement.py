"""The same questions of the same corpus on one machine and on three: the same set, the same counts, the same first ten.

    python -m pytest tests/opensearch/agreement.py

The corpus is real: the sample cables, telegrams of the 1970s as NARA released them, a volume of Foreign Relations of
the United States. It is read by the indexer into tantivy and copied to the cluster. The questions are made of its own
words, by the rule of tests/support/drawn_questions.py. What both compute is BM25 with the same parameters over the
statistics of the whole collection, but tantivy takes the average length of a field over all units, and the cluster
counts one break for each that has no word there. So scores differ a little, and what is no further apart than that may
change places. Everything else is equal.

The file has a name that pytest does not look for: it needs a JDK. `make test-opensearch` names it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from drawn_questions import FORMS, Words

from corpus.model import Cable
from corpus.sample_cables import samples_folder
from indexer.runs.build import build
from search.answers.results import Group, Hit
from search.engines import CLUSTER_URL, open_searcher
from search.engines.protocols import Searcher
from search.fields import COUNTED
from search.language.parser import parse
from search.language.tree import Query, Sort
from search.maintenance.copying import copy

sys.path.insert(0, str(Path(__file__).parent))
from server import Cluster

QUESTIONS_OF_A_FORM = 2
# Two scores that are no further apart, by the greater of them, are the same but for rounding and for the average length
# of a field; most are apart by a tenth of this at most.
ROUNDING = 2e-3
SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest", "longest", "referenced")


@pytest.fixture(scope="module")
def both(
    shared: Path, cluster: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Searcher, Searcher]]:
    """The corpus in tantivy and on the cluster."""
    folder = tmp_path_factory.mktemp("both")
    pages = folder / "telegrams"
    pages.mkdir()
    for line in (shared / "data/aad/telegrams.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        (pages / f"{record['id']}.txt").write_text(record["text"], encoding="utf-8")
    volume = shared / "data/frus/frus1969-76ve09p1.xml"
    with samples_folder() as samples:
        build([str(samples), str(pages), str(volume)], folder / "one")
    with pytest.MonkeyPatch.context() as setting:
        setting.setenv(CLUSTER_URL, cluster.url)
        copied = copy(folder / "one", folder / "three", "opensearch")
    assert copied.whole
    assert copied.before.cables > 200
    with ExitStack() as opened:
        first, second = (
            opened.enter_context(closing(open_searcher(folder / name))) for name in ("one", "three")
        )
        yield first, second


@pytest.fixture(scope="module")
def cables(both: tuple[Searcher, Searcher]) -> list[Cable]:
    """The corpus itself, by id."""
    hits = both[0].search(Query(size=100_000, per_cable=1, snippets=False)).hits
    found = [both[0].get(cable_id) for cable_id in sorted({hit.cable.id for hit in hits})]
    return [cable for cable in found if cable is not None]


def place(hit: Hit) -> str:
    return f"{hit.cable.id}#{hit.anchor}"


def numbers(group: Group) -> tuple[object, ...]:
    return group.cable.id, group.total, group.others


def same_but_for(one: Sequence[Hit], other: Sequence[Hit]) -> bool:
    """Whether two lists have the same scores in order, and the same hits, but for those that have one score."""
    if len(one) != len(other):
        return False
    for mine, yours in zip(one, other, strict=True):
        apart = abs(mine.score - yours.score)
        if apart > ROUNDING * max(abs(mine.score), abs(yours.score)):
            return False
        if place(mine) != place(yours):
            near = [hit for hit in one if abs(hit.score - mine.score) <= ROUNDING * mine.score]
            if place(yours) not in map(place, near):
                return False
    return True


@pytest.mark.parametrize("form", FORMS)
def test_the_same_question_has_the_same_answer(
    both: tuple[Searcher, Searcher], cables: list[Cable], form: str
) -> None:
    words = Words(cables, form)
    for number in range(QUESTIONS_OF_A_FORM):
        text = FORMS[form](words)
        tree = parse(text).tree
        every = Query(
            tree, grouped=False, size=9_000, facets=COUNTED, facet_limit=0, snippets=False
        )
        one, three = (searcher.search(every) for searcher in both)
        assert (three.paragraphs, three.others) == (one.paragraphs, one.others), text
        assert three.cables == one.cables, text
        assert three.facets == one.facets, text
        assert sorted(map(place, three.hits)) == sorted(map(place, one.hits)), text
        assert len(one.hits) == min(one.units, 9_000)
        assert same_but_for(one.hits, three.hits), text
        # The first question of a form in each order, the others in their own.
        for sort in SORTS if number == 0 else SORTS[:1]:
            page = Query(tree, sort=sort, size=10)
            first, second = (searcher.search(page) for searcher in both)
            if sort == "relevance":
                assert same_but_for(first.hits, second.hits), text
            else:
                assert [*map(place, second.hits)] == [*map(place, first.hits)], (text, sort)
            assert (second.paragraphs, second.others) == (first.paragraphs, first.others), text
            assert second.cables == first.cables, text
            if sort != "relevance":
                assert [*map(numbers, second.groups)] == [*map(numbers, first.groups)], text
