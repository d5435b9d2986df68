"""Real cables: no paragraph is found without the word that was asked for, and all that a page shows is found.

Every run of words of every cable is looked for among what is indexed of it, which takes seconds; some runs of every
cable go the whole way, as a question in quotation marks to an engine.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from memory_engine import MemoryIndex

from benchmarks.known_items import cables, indexed, volume_cables
from corpus.model import Cable, SegmentKind
from search.engines import DEFAULT_ENGINE, ENGINES
from search.engines.protocols import Searcher
from search.language.tree import And, Filter, Phrase, Query, Word
from search.plans.documents import documents
from search.text.analysis import analyse, stems_and_terms
from webui.asking.address import State
from webui.pages.cable_header import HeaderRows
from webui.pages.marking import Hits

RUN = 6
MOST_FREQUENT = 200
# So many paragraphs with each of those words are read.
READ = 100
# A cable's runs that go the whole way.
ASKED = 6
# Slower engines have fewer cables: the first of NARA's and the first of the volumes.
FEW = {"memory": 12, "whoosh": 30, "opensearch": 60}
# Shown in the header and no words of the cable: the page's checksum.
CHECKSUM = "SHA-256"


@pytest.fixture(scope="module")
def every(shared: Path) -> list[Cable]:
    """Every second cable of the material."""
    found = [*cables(shared), *volume_cables(shared)]
    assert len(found) > 500
    return found[::2]


def runs(text: str) -> Iterator[str]:
    """Each run of six words of a text as it stands there."""
    tokens = analyse(text)
    for first, last in zip(tokens, tokens[RUN - 1 :], strict=False):
        yield text[first.start : last.end]


def header_values(cable: Cable) -> Iterator[str]:
    """What the page shows of the header, a value each; what it says in other words ("Embassy Lima") as printed."""
    rows = HeaderRows(cable, State(), Hits(None))
    for row in (*rows.first(), *rows.rest()):
        if row.term != CHECKSUM:
            yield from (value.text.plain for value in row.values if not value.printed)
    yield from (one.name for one in (*cable.recipients, *cable.info_recipients))
    yield from filter(None, (cable.sender, cable.precedence))
    for one in (*cable.recipients, *cable.info_recipients):
        yield from filter(None, (one.precedence, one.route, one.serial, *one.excluded))
    yield cable.sender or ""
    yield from cable.caveats


def shown(cable: Cable) -> Iterator[str]:
    """The texts that the page of a cable shows."""
    yield cable.subject
    yield "".join(each.text for each in cable.segments if each.kind is SegmentKind.HEADER)
    yield cable.source_note
    for paragraph in cable.paragraphs:
        yield paragraph.text
        yield paragraph.section or ""
    for note in cable.footnotes:
        yield note.text
    for passage in cable.passages:
        yield passage.paragraph.text


def asked(cable: Cable) -> list[str]:
    """Every run of six words of these texts; values of the header that are shorter, whole."""
    found = dict.fromkeys(run for text in shown(cable) for run in runs(text))
    for value in header_values(cable):
        words = len(analyse(value))
        found |= dict.fromkeys(runs(value) if words >= RUN else [value] if words else [])
    return list(found)


@pytest.fixture(scope="module")
def looked_for(every: list[Cable]) -> dict[str, list[str]]:
    """What is asked of each cable, by its id."""
    return {cable.id: asked(cable) for cable in every}


def test_all_that_the_page_of_a_cable_shows_is_indexed_as_it_stands(
    every: list[Cable], looked_for: dict[str, list[str]]
) -> None:
    missing = []
    for cable in every:
        indexed_words = [f" {each.terms['text_exact']} " for each in documents(cable)]
        joined = "#".join(indexed_words)
        for run in looked_for[cable.id]:
            terms = " ".join(token.term for token in analyse(run))
            if f" {terms} " not in joined:
                missing.append((cable.id, run))
    assert not missing
    assert sum(map(len, looked_for.values())) > 150_000


@pytest.fixture(scope="module", params=("memory", *ENGINES))
def some(
    request: pytest.FixtureRequest, every: list[Cable]
) -> Iterator[tuple[Searcher, list[Cable]]]:
    """An engine with all cables, or as many as it is fast enough for, and these."""
    name = request.param
    half = FEW.get(name, len(every)) // 2
    chosen = every if name == DEFAULT_ENGINE else [*every[:half], *every[-half:]]
    if name == "memory":
        index = MemoryIndex()
        with index.writer() as writer:
            for cable in chosen:
                writer.put(cable)
        yield index.searcher(), chosen
        return
    with indexed(chosen, name) as searcher:
        yield searcher, chosen


def test_a_run_of_words_is_found_by_its_phrase(
    some: tuple[Searcher, list[Cable]], looked_for: dict[str, list[str]]
) -> None:
    searcher, there = some
    source = random.Random(1974)  # noqa: S311 - it draws words, not keys
    missing = []
    for cable in there:
        runs_of_it = looked_for[cable.id]
        for run in source.sample(runs_of_it, k=min(ASKED, len(runs_of_it))):
            query = Query(
                Phrase(run), (Filter("id", (cable.id,)),), grouped=False, size=1, snippets=False
            )
            if not searcher.search(query).hits:
                missing.append((cable.id, run))
    assert not missing


def test_no_paragraph_is_found_without_the_word(some: tuple[Searcher, list[Cable]]) -> None:
    """As many paragraphs as have the word, and each of those that are read has it."""
    searcher, there = some
    having: Counter[str] = Counter()
    stems: dict[str, set[str]] = {}
    forms: dict[str, str] = {}
    for cable in there:
        for paragraph in cable.paragraphs:
            own = set(stems_and_terms(paragraph.text)[0].split())
            stems[paragraph.text] = own
            having.update(own)
            for token in analyse(paragraph.text):
                forms.setdefault(token.stem, token.term)
    frequent = [stem for stem, _ in having.most_common(MOST_FREQUENT)]
    assert len(frequent) == MOST_FREQUENT
    wrong = []
    for stem in frequent:
        query = Query(
            And((Word(forms[stem]), Word("paragraph", "unit"))),
            grouped=False,
            size=READ,
            snippets=False,
        )
        result = searcher.search(query)
        lacking = [hit.url for hit in result.hits if stem not in stems[hit.text]]
        if lacking or result.paragraphs != having[stem]:
            wrong.append((stem, result.paragraphs, having[stem], lacking))
    assert not wrong
