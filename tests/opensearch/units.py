"""Units of cables on a cluster, against the oracle: heads, headings, notes, text of other versions, and paragraphs.

    python -m pytest tests/opensearch/units.py

The cables are random, of few words, so that the same words stand in headers, headings, notes and paragraphs, in any of
their forms; the questions are random too. The oracle is the memory engine. Both find the same units with the same
names, marks, counts by kind, facets and pages; scores differ by what the cluster's average length of a field does.

The file has a name that pytest does not look for: it needs a JDK. `make test-opensearch` names it.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from memory_engine import MemoryIndex

from corpus.model import (
    Cable,
    Footnote,
    Paragraph,
    Part,
    Passage,
    Recipient,
    Reference,
    Segment,
    SegmentKind,
    Version,
)
from search.answers.results import Group, Hit
from search.engines import CLUSTER_ENGINE, CLUSTER_URL, open_searcher, open_writer
from search.engines.protocols import Searcher
from search.fields import COUNTED
from search.language.parser import parse
from search.language.tree import Filter, Query, Sort
from search.units import UnitKind

sys.path.insert(0, str(Path(__file__).parent))
from server import Cluster

CABLES = 70
QUESTIONS_OF_A_FORM = 6
SORTS: tuple[Sort, ...] = ("newest", "oldest", "longest", "referenced")
# Two scores of one unit are no further apart, by the greater of them: the average length of a field that few units
# have, or of one that was empty in many, is another. Words are few here and fields short, so it matters more than in
# cables.
APART = 0.1
FURTHER = {"in the subject": 0.2, "in the section": 0.25}
START = datetime(2005, 12, 1, tzinfo=UTC)
WORDS = [
    *("wheat", "wheats", "report", "reports", "reported", "reporting", "trade", "trading"),
    *("the", "of", "WHO", "minister", "ministers", "F-16", "16", "cote", "Côte", "quagga"),
]
SECTIONS = [None, None, "Summary", "Trade report", "The wheat", "Reporting: Côte"]


class Source:
    """Random parts of cables and questions, the same each time."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311 - it makes cables, not keys

    def text(self, most: int, least: int = 0) -> str:
        return " ".join(self._random.choices(WORDS, k=self._random.randint(least, most)))

    def word(self) -> str:
        return self._random.choice(WORDS)

    def one(self, *things: str) -> str:
        return self._random.choice(things)

    def number(self, most: int) -> int:
        return self._random.randint(0, most)

    def paragraphs(self) -> tuple[Paragraph, ...]:
        rows = []
        section: str | None = None
        for place in range(1, 1 + self.number(7)):
            if self.number(2) == 0:
                section = self._random.choice(SECTIONS)
            mark = self._random.choice([None, "C", "S/NF"])
            numbered = self.number(1) == 1
            rows.append(
                Paragraph(
                    f"p{place}" if numbered else f"u{place}",
                    place if numbered else None,
                    mark,
                    section,
                    Part.BODY,
                    self.text(12, 1),
                )
            )
        return tuple(rows)

    def cable(self, number: int) -> Cable:
        paragraphs = self.paragraphs()
        anchors = [None, "gone", *(each.anchor for each in paragraphs)]
        header = self.text(6)
        versions = tuple(Version("nara", f"{n}.txt", f"{n}") for n in range(self.number(2)))
        return Cable(
            id=f"0{5 + number % 3}PARIS{number}",
            date=START + timedelta(days=9 * (number % 11)) if number % 7 else None,
            subject=self.text(5),
            classification=self._random.choice([None, "SECRET"]),
            tags=("ETRD",) if number % 3 else (),
            references=tuple(
                Reference(each, each)
                for each in {f"0{5 + n % 3}PARIS{n}" for n in (number // 2, number // 3)}
            ),
            sender=self.text(2) or None,
            recipients=tuple(Recipient(self.text(2, 1)) for _ in range(self.number(2))),
            paragraphs=paragraphs,
            segments=(Segment(SegmentKind.HEADER, f"{header}\n"),) if header else (),
            source_note=self.text(4) if number % 4 == 0 else "",
            footnotes=tuple(
                Footnote(self.one("1", "2", "*", ""), self.text(6, 1), self._random.choice(anchors))
                for _ in range(self.number(2))
            ),
            versions=versions,
            passages=tuple(
                Passage(each, Paragraph("u1", None, None, None, Part.BODY, self.text(8, 1)))
                for each in versions
            ),
        )


FORMS: dict[str, Callable[[Source], str]] = {
    "nothing": lambda s: "",
    "word": lambda s: s.word(),
    "two": lambda s: f"{s.word()} {s.word()}",
    "three": lambda s: f"{s.word()} {s.word()} {s.word()}",
    "or": lambda s: f"{s.word()} OR {s.word()}",
    "not": lambda s: f"{s.word()} -{s.word()}",
    "only not": lambda s: f"-{s.word()}",
    "exact": lambda s: f"={s.word()}",
    "phrase": lambda s: f'"{s.word()} {s.word()}"',
    "phrase and a word": lambda s: f'"{s.word()} {s.word()}" {s.word()}',
    "prefix": lambda s: f"{s.one('re', 'rep', 'tr', 'min', 'w', '1')}* {s.word()}",
    "pattern": lambda s: s.one("rep*s", "w?eat*", "trad*g quagga", "c?te"),
    "misspelt": lambda s: s.one("wheet~", "reprot~2 trade", "minster~"),
    "near": lambda s: f"{s.word()} NEAR/{s.number(4)} {s.word()}",
    "loose": lambda s: f'"{s.word()} {s.word()} {s.word()}"~{s.number(6)}',
    "in the text": lambda s: f"text:{s.word()} {s.word()}",
    "in the subject": lambda s: f"subject:{s.word()} {s.word()}",
    "in the subject alone": lambda s: f'subject:"{s.word()} {s.word()}"',
    "in the section": lambda s: (
        f"section:{s.one('report', 'wheat', 'summary', 'trade')} {s.word()}"
    ),
    "in a part": lambda s: f"{s.word()} in:{s.one('text', 'header', 'notes')}",
    "of a kind": lambda s: f"{s.word()} unit:{s.one(*UnitKind)}",
    "a kind alone": lambda s: f"unit:{s.one(*UnitKind)}",
    "same cable": lambda s: f"same:cable {s.word()} {s.word()}",
    "same cable, not": lambda s: f"same:cable {s.word()} -{s.word()}",
    "chosen": lambda s: f"{s.word()} {s.one('tag:etrd', 'mark:c', 'paragraphs:>3', 'date:2005')}",
    "like": lambda s: f"like:0{5 + (n := s.number(CABLES - 1)) % 3}PARIS{n}",
}
FILTERS = (
    (),
    (Filter("in", ("text",)),),
    (Filter("in", ("notes", "header")), Filter("tag", ("ETRD",))),
    (Filter("mark", (), ("C",)),),
)


@pytest.fixture(scope="module")
def both(
    cluster: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Searcher, Searcher]]:
    """The oracle and the cluster with the same cables, some of them replaced, one deleted."""
    source = Source("cables")
    memory = MemoryIndex()
    folder = tmp_path_factory.mktemp("units")
    with pytest.MonkeyPatch.context() as setting:
        setting.setenv(CLUSTER_URL, cluster.url)
        for numbers in (range(CABLES), range(0, CABLES, 5)):
            cables = [source.cable(number) for number in numbers]
            for writer in (memory.writer(), open_writer(folder, CLUSTER_ENGINE)):
                with writer:
                    for cable in cables:
                        writer.put(cable)
                    writer.delete("06PARIS4")
        # What was replaced counts for scores until it is merged away.
        cluster.ask("POST", "_forcemerge?max_num_segments=1")
        cluster.ask("POST", "_refresh")
        with closing(open_searcher(folder)) as searcher:
            yield memory.searcher(), searcher


def seen(hit: Hit) -> tuple[object, ...]:
    """A unit with all that is shown of it."""
    return (
        hit.cable, hit.anchor, hit.unit, hit.name, hit.under, hit.number, hit.mark, hit.section,
        hit.part, hit.text, hit.snippet, hit.title,
    )  # fmt: skip


def place(hit: Hit) -> str:
    return f"{hit.cable.id}#{hit.anchor}"


def numbers(group: Group) -> tuple[object, ...]:
    """What is told of a cable however its units are ranked."""
    is_head = group.hits[0].unit is UnitKind.HEAD
    return group.cable.id, group.total, group.others, len(group.hits), is_head


def questions(form: str) -> Iterator[Query]:
    source = Source(form)
    for number in range(QUESTIONS_OF_A_FORM):
        text = FORMS[form](source)
        read = parse(text)
        assert read.problems == (), text
        yield Query(read.tree, FILTERS[number % len(FILTERS)], grouped=False, size=5_000)


@pytest.mark.parametrize("form", FORMS)
def test_the_cluster_finds_the_units_that_the_oracle_finds(
    both: tuple[Searcher, Searcher], form: str
) -> None:
    oracle, cluster = both
    for query in questions(form):
        every = replace(query, facets=COUNTED, facet_limit=0, snippets=True)
        wanted, found = oracle.search(every), cluster.search(every)
        assert (found.paragraphs, found.others, found.cables, found.notes, found.words) == (
            (wanted.paragraphs, wanted.others, wanted.cables, wanted.notes, wanted.words)
        ), query
        assert found.facets == wanted.facets, query
        assert sorted(map(seen, found.hits), key=repr) == sorted(map(seen, wanted.hits), key=repr)
        scores = {place(hit): hit.score for hit in wanted.hits}
        for hit in found.hits:
            mine, yours = scores[place(hit)], hit.score
            assert abs(mine - yours) <= FURTHER.get(form, APART) * max(mine, yours), (
                query,
                place(hit),
            )


@pytest.mark.parametrize("form", FORMS)
def test_cables_have_the_same_units_of_each_kind(
    both: tuple[Searcher, Searcher], form: str
) -> None:
    oracle, cluster = both
    for query in questions(form):
        grouped = replace(query, grouped=True, per_cable=2, snippets=False)
        wanted, found = oracle.search(grouped), cluster.search(grouped)
        assert sorted(map(numbers, found.groups), key=repr) == sorted(
            map(numbers, wanted.groups), key=repr
        ), query
        for group in found.groups:
            rest = [hit for hit in group.hits if hit.unit is not UnitKind.HEAD]
            assert rest == sorted(rest, key=lambda hit: -hit.score)
        for sort in SORTS:
            some = replace(grouped, sort=sort, size=3, page=2)
            one, other = oracle.search(some), cluster.search(some)
            assert [*map(numbers, other.groups)] == [*map(numbers, one.groups)], (query, sort)
            some = replace(some, grouped=False)
            one, other = oracle.search(some), cluster.search(some)
            assert [*map(place, other.hits)] == [*map(place, one.hits)], (query, sort)


@pytest.mark.parametrize("grouped", [True, False])
@pytest.mark.parametrize("sort", ["relevance", *SORTS])
def test_pages_behind_cursors_make_up_the_whole(
    both: tuple[Searcher, Searcher], sort: Sort, grouped: bool
) -> None:
    query = Query(parse("trade OR wheat").tree, grouped=grouped, sort=sort, size=7, snippets=False)
    _, cluster = both
    pages = [cluster.search(query)]
    while pages[-1].after:
        pages.append(cluster.search(replace(query, after=pages[-1].after)))
    whole = cluster.search(replace(query, size=5_000))
    assert len(pages) > 3
    assert [hit for each in pages for hit in each.hits] == list(whole.hits)
    assert {(each.paragraphs, each.cables, *each.others.items()) for each in pages} == {
        (whole.paragraphs, whole.cables, *whole.others.items())
    }


def test_every_kind_of_unit_is_among_what_is_asked(both: tuple[Searcher, Searcher]) -> None:
    found = {
        hit.unit
        for form in ("word", "two")
        for query in questions(form)
        for hit in both[0].search(query).hits
    }
    assert found == set(UnitKind)
