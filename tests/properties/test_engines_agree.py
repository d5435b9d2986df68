"""For random cables, questions and filters each engine finds exactly what the oracle, the memory engine, finds."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_engine import MemoryIndex

from corpus.model import (
    Cable,
    DatePrecision,
    Footnote,
    Paragraph,
    Part,
    Passage,
    Post,
    Recipient,
    Reference,
    Segment,
    SegmentKind,
    Version,
)
from search.answers.results import SearchResult
from search.engines import ENGINES, open_searcher, open_writer
from search.engines.peopled import PeopledSearcher
from search.engines.protocols import IndexWriter, Searcher
from search.fields import COUNTED
from search.language.tree import (
    ANY_LETTER,
    ANY_LETTERS,
    DEFAULT_FIELD,
    And,
    Everything,
    Filter,
    Fuzzy,
    Like,
    Loose,
    Near,
    Node,
    Not,
    Or,
    PatternPhrase,
    Phrase,
    Prefix,
    Query,
    Range,
    Regexp,
    SameCable,
    Sort,
    Wildcard,
    Word,
)
from search.units import UnitKind

# Few words, so that questions find something: with stems in common, stop words, accents, scripts, initialisms.
WORDS = [
    *("report", "reports", "reporting", "reported", "Wheat", "wheats", "not", "to", "be", "or"),
    *("U.S.", "us", "F-16", "16", "f", "Côte", "cote", "d'Ivoire", "мир", "السلام", "re", "whe"),
]
SECTIONS = [None, "", "Summary", "SUMMARY", "Summary ", "Wheat report", "Be or not to be", "Côte"]
MARKS = [None, "U", "u", "S", "S/NF", "SBU", "C"]
TAGS = ["ETRD", "etrd", "Etrd", "KIPR", "PREL", "OVIP (CLINTON, HILLARY)", "Côte", "cote"]
POSTS = [
    None,
    Post("PARIS", "Paris", "France", "Europe"),
    Post("SANJOSE", "San José", "Costa Rica", "Western Hemisphere"),
    Post("ROME", "Rome"),
]
START = datetime(2005, 12, 30, tzinfo=UTC)
# Moments of several clocks; days, months and years; spans of days; none.
DATES: list[tuple[datetime | None, DatePrecision, datetime | None]] = [
    (None, "minute", None),
    *((START + timedelta(minutes=step * 700), "minute", None) for step in range(6)),
    (START.replace(hour=20, tzinfo=timezone(timedelta(hours=-5))), "minute", None),
    (START.replace(hour=20, tzinfo=None), "minute", None),
    (START, "day", None),
    (START, "day", START + timedelta(days=3)),
    (START.replace(day=1), "month", None),
    (START.replace(month=1, day=1), "year", None),
]
BOUNDS = [
    *(None, "2005", "2005-12", "2005-12-30", "2005-12-31"),
    *("2006", "2006-01-01", "2006-01-02T10:20"),
]
_POSTS_OF_IDS = ("05PARIS", "05ROME", "06PARIS", "06ROME")
IDS = [f"{post}{number}" for post in _POSTS_OF_IDS for number in range(1, 6)]

texts = st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join)
paragraphs = st.builds(
    Paragraph,
    anchor=st.just(""),
    number=st.one_of(st.none(), st.integers(0, 4)),
    mark=st.sampled_from(MARKS),
    section=st.sampled_from(SECTIONS),
    part=st.sampled_from([Part.BODY, Part.SUMMARY, Part.COMMENT]),
    text=texts,
)


# What stands in a cable beside its paragraphs: the text, and of a note the paragraph that it is to.
beside = st.lists(st.tuples(texts, st.sampled_from([None, "u1", "u2", "u9"])), max_size=3)
VERSIONS = (Version("scoop", "a", "1"), Version("volume", "b", "2"))


def build_cable(
    rows: list[Paragraph],
    dated: tuple[datetime | None, DatePrecision, datetime | None],
    header: str = "",
    notes: list[tuple[str, str | None]] | None = None,
    passages: list[Paragraph] | None = None,
    **more: object,
) -> Cable:
    """A cable with a header as printed, with notes, some of one number, and with paragraphs of two other versions."""
    date, precision, end = dated
    footnotes = tuple(
        Footnote(("1", "2", "*")[place % 3], text, to)
        for place, (text, to) in enumerate(notes or ())
    )
    others = tuple(
        Passage(
            VERSIONS[place % 2],
            Paragraph(f"u{place + 1}", row.number, row.mark, row.section, row.part, row.text),
        )
        for place, row in enumerate(passages or ())
    )
    numbered = tuple(
        Paragraph(f"u{place}", row.number, row.mark, row.section, row.part, row.text)
        for place, row in enumerate(rows, start=1)
    )
    return Cable(
        paragraphs=numbered,
        date=date,
        date_precision=precision,
        date_end=end,
        segments=(Segment(SegmentKind.HEADER, header),) if header else (),
        footnotes=footnotes,
        versions=VERSIONS if others else (),
        passages=others,
        **more,  # type: ignore[arg-type]
    )


cables = st.builds(
    build_cable,
    rows=st.lists(paragraphs, max_size=5),
    header=texts,
    notes=beside,
    passages=st.lists(paragraphs, max_size=2),
    source_note=texts,
    id=st.sampled_from(IDS),
    dated=st.sampled_from(DATES),
    origin=st.sampled_from(POSTS),
    subject=texts,
    classification=st.sampled_from([None, "SECRET", "Secret", "UNCLASSIFIED"]),
    tags=st.lists(st.sampled_from(TAGS), max_size=4).map(tuple),
    recipients=st.lists(texts, max_size=3).map(lambda names: tuple(map(Recipient, names))),
    references=st.lists(st.sampled_from(IDS), max_size=2).map(
        lambda ids: tuple(Reference(each, each) for each in ids)
    ),
)

text_fields = st.sampled_from([*[DEFAULT_FIELD] * 3, "text", "subject", "section", "to"])
words = st.builds(Word, st.sampled_from(WORDS), text_fields)
phrases = st.builds(
    Phrase, st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join), text_fields
)
prefixes = st.builds(
    Prefix, st.sampled_from(["re", "rep", "whe", "w", "co", "t", "1", "ми"]), text_fields
)
values = st.one_of(
    st.builds(Word, st.sampled_from(["u", "s", "s/nf", "sbu"]), st.just("mark")),
    st.builds(Word, st.sampled_from(TAGS), st.just("tag")),
    st.builds(Word, st.sampled_from(IDS), st.sampled_from(["id", "cites"])),
    st.builds(Word, st.sampled_from(["text", "header", "notes"]), st.just("in")),
    st.builds(Word, st.sampled_from([*UnitKind]), st.just("unit")),
    st.builds(Word, st.sampled_from(["paris", "san jose", "rome"]), st.just("origin")),
    st.builds(Word, st.sampled_from(["date", "section", "mark", "tags"]), st.just("has")),
    st.builds(
        Prefix, st.sampled_from(["s", "e", "ovip (c", "cot"]), st.sampled_from(["tag", "mark"])
    ),
)
ranges = st.one_of(
    st.builds(Range, st.sampled_from(BOUNDS), st.sampled_from(BOUNDS), st.just("date")),
    st.builds(
        Range,
        st.sampled_from([None, "0", "1", "3"]),
        st.sampled_from([None, "0", "2", "9"]),
        st.sampled_from(["number", "paragraphs"]),
    ),
)
spellings = st.one_of(
    st.builds(
        Wildcard,
        st.sampled_from(["re*t", "r?port", "wh*", "w?eat*", "c?te", "1*"]).map(
            lambda text: text.replace("?", ANY_LETTER).replace("*", ANY_LETTERS)
        ),
        text_fields,
    ),
    st.builds(
        Fuzzy,
        st.sampled_from(["reprot", "wheet", "ot", "cote"]),
        st.sampled_from([1, 2]),
        text_fields,
    ),
    st.builds(Fuzzy, st.sampled_from(["etrt", "cot"]), st.sampled_from([1, 2]), st.just("tag")),
    st.builds(
        PatternPhrase,
        st.sampled_from(["rep* wh*", "f 1*", "?eport not", "*s wheat re*", "d iv*", "to *e"]).map(
            lambda text: text.replace("?", ANY_LETTER).replace("*", ANY_LETTERS)
        ),
        text_fields,
    ),
    st.builds(Regexp, st.sampled_from(["re.*t", "wh[ea]+ts?", "(f|16)", "с?м.р"]), text_fields),
    st.builds(Regexp, st.sampled_from(["e.*", "k..r"]), st.just("tag")),
)
between = st.integers(0, 6)
nearness = st.one_of(
    st.builds(
        Loose,
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join),
        between,
        text_fields,
    ),
    st.builds(
        lambda left, right, distance, field: Near(Word(left, field), Word(right, field), distance),
        st.sampled_from(WORDS),
        st.sampled_from(WORDS),
        between,
        text_fields,
    ),
)
likenesses = st.sampled_from(IDS).flatmap(
    lambda cable: st.sampled_from([Like(cable), Like(f"{cable}#u1"), Like(f"{cable}#u9")])
)
leaves = st.one_of(
    words,
    words,
    phrases,
    phrases,
    prefixes,
    spellings,
    nearness,
    nearness,
    values,
    ranges,
    likenesses,
    st.just(SameCable()),
    st.just(Everything()),
)
trees: st.SearchStrategy[Node] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, min_size=2, max_size=4).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=2, max_size=4).map(tuple)),
        st.builds(Not, inner),
    ),
    max_leaves=7,
)
choices = {
    "in": ["text", "header", "notes"],
    "mark": ["U", "S", "SBU", "nosuchmark"],
    "tag": ["ETRD", "kipr", "COTE"],
    "section": ["summary", "wheat report"],
    "year": ["2005", "2006"],
    "origin": ["paris", "San Jose"],
}
filters = st.sampled_from(sorted(choices)).flatmap(
    lambda field: st.builds(
        Filter,
        st.just(field),
        st.lists(st.sampled_from(choices[field]), max_size=2).map(tuple),
        st.lists(st.sampled_from(choices[field]), max_size=1).map(tuple),
    )
)
queries = st.builds(
    Query,
    tree=trees,
    filters=st.lists(filters, max_size=3, unique_by=lambda each: each.field).map(tuple),
    sort=st.sampled_from(["relevance", "newest", "oldest", "longest", "referenced"]),
    grouped=st.booleans(),
    page=st.just(1),
    size=st.just(1000),
    per_cable=st.just(1000),
    facets=st.just(COUNTED),
    facet_order=st.sampled_from(["count", "name"]),
    facet_prefix=st.sampled_from(["", "", "s", "2005"]),
    facet_limit=st.sampled_from([0, 2]),
    match=st.sampled_from(["all", "all", "any"]),
)


def fill(writer: IndexWriter, changes: list[Cable | str]) -> None:
    """Puts cables, and deletes those of the ids."""
    with writer:
        for change in changes:
            if isinstance(change, str):
                writer.delete(change)
            else:
                writer.put(change)


def order(result: SearchResult, sort: Sort) -> object:
    """What must be equal: by date the order too, by relevance the paragraphs alone, since scores differ a little."""
    places = [(hit.cable.id, hit.anchor) for hit in result.hits]
    groups = [(group.cable.id, group.total) for group in result.groups]
    if sort == "relevance":
        return sorted(places), sorted(groups)
    if groups:
        return sorted(places), groups
    return places


def agree(searcher: Searcher, oracle: Searcher, query: Query) -> None:
    expected, found = oracle.search(query), searcher.search(query)
    assert (found.paragraphs, found.cables) == (expected.paragraphs, expected.cables)
    assert (found.others, found.notes) == (expected.others, expected.notes)
    assert order(found, query.sort) == order(expected, query.sort)
    assert found.facets == expected.facets
    assert {replace(hit, score=0.0) for hit in found.hits} == {
        replace(hit, score=0.0) for hit in expected.hits
    }


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=examples(15))
@given(
    commits=st.lists(
        st.lists(st.one_of(cables, cables, cables, st.sampled_from(IDS)), max_size=8),
        min_size=1,
        max_size=3,
    ),
    asked=st.lists(queries, min_size=5, max_size=12),
)
def test_random_cables(engine: str, commits: list[list[Cable | str]], asked: list[Query]) -> None:
    memory = MemoryIndex()
    oracle = PeopledSearcher(memory.searcher())
    with tempfile.TemporaryDirectory() as folder:
        for changes in commits:
            fill(memory.writer(), changes)
            fill(open_writer(Path(folder), engine), changes)
        searcher = open_searcher(Path(folder))
        try:
            stats, expected = searcher.stats(), oracle.stats()
            assert (stats.cables, stats.paragraphs) == (expected.cables, expected.paragraphs)
            for query in asked:
                agree(searcher, oracle, query)
            for each in IDS:
                assert searcher.get(each) == oracle.get(each)
            for beginning in ("re", "w", "c", "not"):
                assert searcher.complete(beginning) == oracle.complete(beginning)
        finally:
            searcher.close()


def random_cable(source: random.Random, number: int) -> Cable:
    def pick(words: int) -> str:
        return " ".join(source.choices(WORDS, k=source.randint(0, words)))

    rows = [
        Paragraph(
            "",
            source.choice([None, 1, 2, 3, 4]),
            source.choice(MARKS),
            source.choice(SECTIONS),
            source.choice([Part.BODY, Part.COMMENT]),
            pick(25),
        )
        for _ in range(source.randint(0, 6))
    ]
    return build_cable(
        rows,
        id=f"05PARIS{number}",
        dated=source.choice(DATES),
        origin=source.choice(POSTS),
        subject=pick(4),
        tags=tuple(source.sample(TAGS, k=source.randint(0, 4))),
        header=pick(8),
        notes=[(pick(6), source.choice([None, "u1", "u3"])) for _ in range(source.randint(0, 4))],
        passages=rows[: source.randint(0, 2)][::-1],
        source_note=pick(3),
    )


# Whoosh goes through all of them for each part of a question, in Python.
MOST = {"whoosh": 30}


@pytest.fixture(scope="module", params=ENGINES)
def pair(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Searcher, Searcher]]:
    """The same cables in an engine, in three commits with replacements, and in the oracle."""
    source = random.Random(7)  # noqa: S311 - it makes cables, not keys
    memory = MemoryIndex()
    folder = tmp_path_factory.mktemp("agree")
    count = MOST.get(request.param, 60)
    for _ in range(3):
        changes = [random_cable(source, source.randint(1, count)) for _ in range(count * 2 // 3)]
        fill(memory.writer(), [*changes])
        fill(open_writer(folder, request.param), [*changes])
    searcher = open_searcher(folder)
    yield searcher, PeopledSearcher(memory.searcher())
    searcher.close()


@settings(max_examples=examples(120))
@given(query=queries)
def test_random_questions(pair: tuple[Searcher, Searcher], query: Query) -> None:
    agree(*pair, query)
