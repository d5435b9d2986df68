"""Real telegrams of three kinds in one index: each engine finds, counts and marks what the oracle does.

The questions are made of the corpus's own words by a fixed rule, seven of each form, because nobody can read what they
find off so many paragraphs; that is what the oracle is for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from drawn_questions import FORMS, Words
from memory_engine import MemoryIndex

from corpus.model import Cable, Paragraph, Part, Post, Reference
from search.answers.results import SearchResult
from search.engines import ENGINES, open_searcher, open_writer
from search.engines.peopled import PeopledSearcher
from search.engines.protocols import Searcher
from search.fields import COUNTED
from search.language.parser import parse
from search.language.tree import Filter, Query

TELEGRAMS = 22
DOCUMENTS = 14
QUESTIONS_OF_A_FORM = 7

_TEI = "{http://www.tei-c.org/ns/1.0}"
# A numbered paragraph of a telegram, `2. THE MINISTER SAID`, from its number to the next.
_NUMBERED = re.compile(r"^ *(\d{1,2})\. +(?=\S)", re.MULTILINE)


def scoop(golden: Path) -> Cable:
    """The user's own cable as the parser's golden file has it."""
    record = json.loads(golden.read_text(encoding="utf-8"))
    return Cable(
        id=record["id"],
        date=datetime.fromisoformat(record["date"]),
        origin=Post("GUANGZHOU", "Guangzhou", "China", "East Asia"),
        subject=record["subject"],
        tags=tuple(record["tags"]),
        paragraphs=tuple(
            Paragraph(
                each["anchor"],
                each["number"],
                each["mark"],
                each["section"],
                Part(each["part"]),
                each["text"],
            )
            for each in record["paragraphs"]
        ),
        source="scoop",
    )


def telegram(line: str) -> Cable:
    """A released telegram with NARA's metadata; simpler than the parser, which has tests of its own."""
    record = json.loads(line)
    gold = record["gold"]
    parts = _NUMBERED.split(record["text"])
    rows = [
        (None, parts[0]),
        *((int(n), text) for n, text in zip(parts[1::2], parts[2::2], strict=True)),
    ]
    paragraphs = tuple(
        Paragraph(f"u{place}", number, "C" if place % 3 else None, None, Part.BODY, text.strip())
        for place, (number, text) in enumerate(rows, start=1)
    )
    post = re.sub(r"\d", "", record["id"])
    return Cable(
        id=record["id"],
        date=datetime(int(record["id"][:4]), 1 + len(rows) % 12, 5, 12, len(rows) % 60, tzinfo=UTC),
        origin=Post(post, post.title(), "Bolivia", "Western Hemisphere"),
        subject=str(gold.get("subject") or ""),
        tags=tuple(re.findall(r"[A-Z]{2,4}", str(gold.get("tags") or ""))),
        references=(Reference("a", "1974LAPAZ00173"),) if len(rows) % 4 == 0 else (),
        paragraphs=paragraphs,
        source="nara",
    )


def documents(volume: Path) -> Iterator[Cable]:
    """The documents of a volume of Foreign Relations of the United States, each paragraph one of theirs."""
    for div in ET.parse(volume).iter(f"{_TEI}div"):  # noqa: S314 - a file of the test's own
        if div.get("type") != "document":
            continue
        head = div.find(f"{_TEI}head")
        number = div.get("n")
        yield Cable(
            id=f"{volume.stem}/d{number}",
            date=datetime(1974, 1 + int(number or 0) % 12, 1, tzinfo=UTC),
            date_precision="month",
            subject=" ".join("".join(head.itertext()).split())[:120] if head is not None else "",
            tags=("FRUS",),
            paragraphs=tuple(
                Paragraph(
                    f"u{place}",
                    None,
                    None,
                    "Text",
                    Part.BODY,
                    " ".join("".join(p.itertext()).split()),
                )
                for place, p in enumerate(div.iter(f"{_TEI}p"), start=1)
            ),
            source="frus",
        )


@pytest.fixture(scope="module")
def mixed(root: Path, shared: Path) -> list[Cable]:
    """The user's own cable, telegrams of the 1970s and documents of one volume."""
    lines = (shared / "data/aad/telegrams.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        scoop(root / "tests/golden/parsed/07GUANGZHOU376-html.json"),
        *(telegram(line) for line in lines[:TELEGRAMS]),
        *list(documents(shared / "data/frus/frus1969-76ve09p1.xml"))[:DOCUMENTS],
    ]


@pytest.fixture(scope="module")
def oracle(mixed: list[Cable]) -> Searcher:
    index = MemoryIndex()
    with index.writer() as writer:
        for cable in mixed:
            writer.put(cable)
    # Persons are joined over every engine alike.
    return PeopledSearcher(index.searcher())


@pytest.fixture(scope="module")
def right(oracle: Searcher) -> Callable[[Query], SearchResult]:
    """What the oracle answers, to each question once for all engines."""
    return cache(oracle.search)


@pytest.fixture(scope="module", params=ENGINES)
def engine(
    request: pytest.FixtureRequest, mixed: list[Cable], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Searcher]:
    folder = tmp_path_factory.mktemp("mixed")
    for part in (mixed[:18], mixed[18:]):
        with open_writer(folder, request.param) as writer:
            for cable in part:
                writer.put(cable)
    searcher = open_searcher(folder)
    yield searcher
    searcher.close()


@pytest.mark.parametrize("form", FORMS)
def test_an_engine_agrees_with_the_oracle(
    engine: Searcher, right: Callable[[Query], SearchResult], mixed: list[Cable], form: str
) -> None:
    words = Words(mixed, form)
    found_something = 0
    for number in range(QUESTIONS_OF_A_FORM):
        text = FORMS[form](words)
        read = parse(text)
        assert read.problems == (), text
        filters = (Filter("source", ("frus", "scoop")),) if number % 3 == 2 else ()
        query = Query(
            read.tree,
            filters,
            sort="oldest" if number % 2 else "relevance",
            grouped=False,
            size=5000,
            # A third of them each time: the oracle goes through everything anew for each.
            facets=COUNTED[number % 3 :: 3],
            facet_limit=0,
            snippets=False,
        )
        expected, found = right(query), engine.search(query)
        assert (found.paragraphs, found.cables) == (expected.paragraphs, expected.cables), text
        assert found.others == expected.others, text
        assert found.facets == expected.facets, text
        assert found.notes == expected.notes, text
        places = [(hit.cable.id, hit.anchor) for hit in found.hits]
        wanted = [(hit.cable.id, hit.anchor) for hit in expected.hits]
        if query.sort == "relevance":
            # Scores differ in their last places, so that equal ones may change theirs.
            places.sort()
            wanted.sort()
        assert places == wanted, text
        page = replace(query, sort="newest", facets=(), size=5, snippets=True)
        marked = [
            [(hit.cable.id, hit.anchor, hit.snippet) for hit in ask(page).hits]
            for ask in (engine.search, right)
        ]
        assert marked[0] == marked[1], text
        found_something += bool(found.units)
    assert found_something >= 1


def test_the_corpus_is_mixed(mixed: list[Cable]) -> None:
    assert {cable.source for cable in mixed} == {"scoop", "nara", "frus"}
    assert sum(len(cable.paragraphs) for cable in mixed) > 400
    assert len(FORMS) * QUESTIONS_OF_A_FORM >= 150


def test_suggestions_and_corrections_agree(
    engine: Searcher, oracle: Searcher, mixed: list[Cable]
) -> None:
    words = Words(mixed, "suggestions")
    for _ in range(QUESTIONS_OF_A_FORM):
        beginning = words.words(1)[0][:3]
        assert engine.complete(beginning) == oracle.complete(beginning)
        tree = parse(words.misspelt()).tree
        assert engine.correct(tree) == oracle.correct(tree)
