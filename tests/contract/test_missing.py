"""The missing record is what counting by hand finds: on real cables, on drawn ones, with each engine.

By hand: each cable is read whole, its references are gone through, and nothing of an index's counts is used.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_engine import MemoryIndex

from benchmarks.known_items import cables, indexed, volume_cables
from corpus.ids import lookup_key
from corpus.model import Cable, Paragraph, Part, Reference, Segment, SegmentKind
from search.answers.results import SearchResult
from search.asking.missing import MissingRecord, cited_by, missing_record
from search.engines import DEFAULT_ENGINE, ENGINES
from search.engines.protocols import Searcher
from search.language.parser import parse
from search.language.tree import Query

# Slower engines have fewer cables.
FEW = {"memory": 30, "whoosh": 60}


@contextmanager
def searching(engine: str, found: list[Cable]) -> Iterator[Searcher]:
    if engine == "memory":
        index = MemoryIndex()
        with index.writer() as writer:
            for cable in found:
                writer.put(cable)
        yield index.searcher()
    else:
        with indexed(found, engine) as searcher:
            yield searcher


def by_hand(found: Iterable[Cable]) -> dict[str, set[str]]:
    """For each cable that is cited and not there, those that cite it."""
    every = list(found)
    held = {lookup_key(each.id) for each in every}
    citing: defaultdict[str, set[str]] = defaultdict(set)
    for each in every:
        for reference in each.references:
            if reference.id and reference.kind == "cable":
                key = lookup_key(reference.id)
                if key not in held and key[:4].isdigit() and not key.startswith("frus"):
                    citing[key].add(each.id)
    return citing


def numbers_by_hand(found: Iterable[Cable]) -> dict[str, set[int]]:
    """The numbers that are held, by year and post."""
    held: defaultdict[str, set[int]] = defaultdict(set)
    for each in found:
        key = lookup_key(each.id)
        if not key.startswith("frus"):
            digits = len(key) - len(key.rstrip("0123456789"))
            held[key[:-digits]].add(int(key[-digits:]))
    return held


def check(record: MissingRecord, found: list[Cable], searcher: Searcher) -> None:
    """Holds a record to what is counted by hand."""
    expected = by_hand(found)
    assert {one.number.key: one.cables for one in record.lacking} == {
        key: len(citing) for key, citing in expected.items()
    }
    counts = [one.cables for one in record.lacking]
    assert counts == sorted(counts, reverse=True)
    for one in record.lacking[:20]:
        assert {each.id for each in cited_by(searcher, one.number.key, 100)} == expected[
            one.number.key
        ]
    numbers = numbers_by_hand(found)
    assert {each.name: set(each.held) for each in record.series} == {
        name: each - {0} for name, each in numbers.items()
    }
    for each in record.series:
        lacking = (
            set(range(1, each.highest + 1)) - set(each.held) if each.highest < 10_000 else None
        )
        if lacking is not None:
            in_gaps = {n for run in each.gaps for n in range(run.first, run.last + 1)}
            assert in_gaps == lacking
            assert len(lacking) == each.missing
            assert sum(run.cited for run in each.gaps) == len(each.cited)
            assert set(each.cited) <= lacking


@pytest.fixture(scope="module")
def every(shared: Path) -> list[Cable]:
    """The samples, NARA's telegrams and the volumes."""
    return [*cables(shared), *volume_cables(shared)]


@pytest.mark.parametrize("engine", ["memory", *ENGINES])
def test_it_is_what_counting_by_hand_finds_in_real_cables(engine: str, every: list[Cable]) -> None:
    found = every[: FEW.get(engine)] if engine in FEW else every
    with searching(engine, found) as searcher:
        record = missing_record(searcher)
        check(record, found, searcher)
        assert len(record.lacking) > 20
        if engine == DEFAULT_ENGINE:
            assert len(record.lacking) > 350
            assert any(one.sure for one in record.lacking)
            assert any(one.reprinted for one in record.lacking)


POSTS = ("LIMA", "ROME", "LAPAZ", "NOWHERE")
NUMBERS = st.builds(
    lambda year, post, number: f"{year}{post}{number}",
    st.sampled_from(["06", "07", "1974"]),
    st.sampled_from(POSTS),
    st.integers(1, 6),
)
REFERENCES = st.builds(
    lambda ident, full, kind: Reference(ident if full else ident[2:], ident, kind),
    NUMBERS,
    st.booleans(),
    st.sampled_from(["cable", "cable", "cable", "email"]),
)
CABLES = st.lists(
    st.builds(
        lambda ident, references: Cable(ident, references=tuple(references)),
        NUMBERS,
        st.lists(REFERENCES, max_size=4),
    ),
    max_size=8,
    unique_by=lambda cable: lookup_key(cable.id),
)


@settings(max_examples=examples(60))
@given(CABLES)
def test_it_is_what_counting_by_hand_finds_in_drawn_cables(found: list[Cable]) -> None:
    with searching("memory", found) as searcher:
        check(missing_record(searcher), found, searcher)


def paragraph(number: int, text: str) -> Paragraph:
    return Paragraph(f"p{number}", number, None, None, Part.BODY, text)


LACKING = [
    Cable(
        "07LIMA1",
        paragraphs=(
            paragraph(1, "He met XXXXXXXXXXXX at the quay."),
            paragraph(2, "It cost [1½ lines not declassified] in all."),
            paragraph(3, "Nothing is missing here."),
            paragraph(4, "The name is [name not declassified] there, [B1] and (b)(6)."),
        ),
    ),
    Cable("07LIMA2", paragraphs=(paragraph(1, "The rest is (GARBLED) and lost."),)),
    Cable(
        "07LIMA3",
        paragraphs=(paragraph(1, "One."), paragraph(2, "Two.")),
        segments=(Segment(SegmentKind.CHROME, "RELEASED IN PART B1, 1.4(D)\n"),),
    ),
    Cable("07LIMA4", segments=(Segment(SegmentKind.UNPLACED, "WITHDRAWN\n"),)),
    Cable("07LIMA5", paragraphs=(paragraph(1, "All of it is here."),)),
]


@pytest.fixture(scope="module", params=["memory", *ENGINES])
def lacking(request: pytest.FixtureRequest) -> Iterator[Searcher]:
    with searching(request.param, LACKING) as searcher:
        yield searcher


def found_by(searcher: Searcher, text: str) -> list[str]:
    read = parse(text)
    assert read.problems == ()
    result: SearchResult = searcher.search(Query(read.tree, grouped=False, size=50))
    return sorted(f"{hit.cable.id[2:]} {hit.anchor}" for hit in result.hits)


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        ("redaction:name", ["LIMA1 p1", "LIMA1 p4"]),
        ('redaction:"not declassified"', ["LIMA1 p2", "LIMA1 p4"]),
        ("redaction:garbled", ["LIMA2 p1"]),
        ("redaction:withdrawn", ["LIMA4 head"]),
        ("redaction:exemption", ["LIMA1 p4", "LIMA3 head", "LIMA3 p1", "LIMA3 p2"]),
        ("exemption:1.4d", ["LIMA3 head", "LIMA3 p1", "LIMA3 p2"]),
        ('exemption:"(b)(6)"', ["LIMA1 p4"]),
        (
            "has:redaction",
            [
                *("LIMA1 p1", "LIMA1 p2", "LIMA1 p4", "LIMA2 p1"),
                *("LIMA3 head", "LIMA3 p1", "LIMA3 p2", "LIMA4 head"),
            ],
        ),
        ("-has:redaction", ["LIMA1 p3", "LIMA5 p1"]),
        (
            "-redaction:name",
            ["LIMA1 p2", "LIMA1 p3", "LIMA2 p1", "LIMA3 p1", "LIMA3 p2", "LIMA5 p1"],
        ),
        ("quay has:redaction", ["LIMA1 p1"]),
        ("quay redaction:garbled", []),
    ],
)
def test_what_is_missing_is_found_by_its_kind(
    lacking: Searcher, asked: str, places: list[str]
) -> None:
    assert found_by(lacking, asked) == places


def test_kinds_are_counted(lacking: Searcher) -> None:
    query = Query(parse("has:redaction").tree, facets=("redaction",), facet_limit=0)
    (facet,) = lacking.search(query).facets
    assert {each.value: each.count for each in facet.values} == {
        "exemption": 4,
        "name": 2,
        "not declassified": 2,
        "garbled": 1,
        "withdrawn": 1,
    }
