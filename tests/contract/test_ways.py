"""Which question each engine's library answers alone, and which it does not: docs/engines.md says what a run finds.

Where this fails, the message has the lines that belong there.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from read_by_eye import LANGUAGE, QUESTIONS

from search.engines.protocols import Searcher
from search.language.parser import parse
from search.language.tree import Query
from search.plans.ways import Way, noted

# A line of the table: the question, and what tantivy, Whoosh and OpenSearch do beside their own search.
_LINE = re.compile(
    r"^\| `(?P<case>.+)` \| (?P<tantivy>[a-z, ]+) \| (?P<whoosh>[a-z, ]+) \| (?P<opensearch>[a-z, ]+) \|$",
    re.MULTILINE,
)
ALONE = "alone"
CASES = tuple(dict.fromkeys(text for text, _ in (*QUESTIONS, *LANGUAGE)))


def way(searcher: Searcher, text: str) -> str:
    """What is done for a question beside the library's search."""
    with noted() as ways:
        searcher.search(Query(parse(text).tree, size=100))
    return ", ".join(sorted(ways)) or ALONE


def printed(text: str) -> str:
    """A question as the table has it."""
    return text.replace("|", "\\|")


@pytest.fixture(scope="module")
def manual(root: Path) -> str:
    return (root / "docs/engines.md").read_text(encoding="utf-8")


def test_the_table_says_what_each_engine_does(filled: Searcher, manual: str) -> None:
    engine = filled.stats().engine
    found = {text: way(filled, text) for text in CASES}
    if engine == "memory":
        # It tries every plan on every paragraph; what depends on the index's words goes the same way as elsewhere.
        ways = {each for ways in found.values() for each in ways.split(", ")}
        assert ways - {ALONE} == {"words", "cables", "weights"}
        return
    listed = {match["case"]: match[engine] for match in _LINE.finditer(manual)}
    expected = {printed(text): each for text, each in found.items() if each != ALONE}
    others = {case: each for case, each in listed.items() if each != ALONE}
    assert others == expected, "\n".join(f"{case}: {each}" for case, each in expected.items())
    alone = sum(each == ALONE for each in found.values())
    assert f"{engine} answers {alone} of {len(CASES)} alone" in manual


def test_every_way_is_explained(manual: str) -> None:
    for each in Way:
        assert f"| {each} | " in manual


def test_nothing_is_noted_where_nobody_asks(filled: Searcher) -> None:
    filled.search(Query(parse("put?an").tree))
    with noted() as ways:
        filled.search(Query(parse("putian").tree))
    assert ways == set()
