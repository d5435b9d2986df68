"""docs/matching.md says what a question finds; its cables and its tables are read from it and asked of each engine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from corpus.model import (
    Cable,
    Footnote,
    Paragraph,
    Part,
    Passage,
    Segment,
    SegmentKind,
    Version,
)
from search.engines.protocols import Searcher
from search.fields import UNIT_FIELDS
from search.language.parser import parse
from search.language.tree import Filter, Query
from search.units import UnitKind

PAGE = (Path(__file__).parents[2] / "docs" / "matching.md").read_text(encoding="utf-8")

# The block of cables: from its fence to the next.
_BLOCK = re.compile(r"^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# A line of a cable: `  p1       The minister sold wheat.`, `  n1 p1    The wheat came from Odessa.`
_LINE = re.compile(r"  (\w+(?:-\w+)?)(?: (p\d+))? +(.+)")
# A row of a table whose first cell is a question between backticks, or none: "| `kissinger wheat` | | 07ROME1#p1 |"
_ROW = re.compile(
    r"^\| (?:`` ?(.+?) ?``|`(.+?)`|(an empty question)) \|([^|]*)\|([^|]*)\|$", re.MULTILINE
)


def cables() -> list[Cable]:
    """The cables of the page."""
    (block,) = _BLOCK.findall(PAGE)
    return [_cable(each.splitlines()) for each in block.strip().split("\n\n")]


def _cable(lines: list[str]) -> Cable:
    made: dict[str, Any] = {"id": lines[0], "paragraphs": (), "footnotes": (), "passages": ()}
    heading = None
    for line in lines[1:]:
        matched = _LINE.fullmatch(line)
        assert matched, line
        name, to, text = matched.groups()
        if name == "date":
            made["date"] = datetime.fromisoformat(text).replace(tzinfo=UTC)
        elif name == "tags":
            made["tags"] = tuple(text.split(", "))
        elif name == "header":
            made["segments"] = (Segment(SegmentKind.HEADER, text),)
        elif name == "subject":
            made["subject"] = text
        elif name == "source":
            made["source_note"] = text
        elif name == "heading":
            heading = text
        elif name.startswith("n"):
            made["footnotes"] += (Footnote(name.removeprefix("n"), text, to),)
        elif name.startswith("v2-"):
            version = Version("other", "a", "b")
            made["versions"] = (version,)
            made["passages"] += (
                Passage(version, _paragraph(name.removeprefix("v2-"), heading, text)),
            )
        else:
            made["paragraphs"] += (_paragraph(name, heading, text),)
    return Cable(**made)


def _paragraph(anchor: str, heading: str | None, text: str) -> Paragraph:
    return Paragraph(anchor, int(anchor.removeprefix("p")), None, heading, Part.BODY, text)


def rows(heading: str) -> list[tuple[str, str, str]]:
    """The rows of the table under a heading of the page: the question, the middle cell, what is found."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    found = [
        ("" if empty else twice or once, middle.strip(), last.strip())
        for twice, once, empty, middle, last in _ROW.findall(section)
    ]
    assert len(found) == len(re.findall(r"^\| (?!---|question)", section, re.MULTILINE))
    return found


def asked(text: str, more: str, **rest: Any) -> Query:
    """A question with what else is asked: `match=any`, and filters, `tag=KIPR` or `tag≠KIPR`."""
    read = parse(text)
    assert not read.problems, text
    filters: dict[str, Filter] = {}
    for each in filter(None, (part.strip(" `") for part in more.split(","))):
        if each == "match=any":
            rest["match"] = "any"
            continue
        name, sign, value = re.split(r"([=≠])", each)
        before = filters.get(name, Filter(name))
        filters[name] = (
            replace(before, included=(*before.included, value))
            if sign == "="
            else replace(before, excluded=(*before.excluded, value))
        )
    return Query(read.tree, tuple(filters.values()), grouped=False, size=1000, **rest)


def units_named(text: str) -> list[str]:
    """`07ROME1#p1 p3, 08OSLO2#head` as cables with anchors."""
    if text == "nothing":
        return []
    return [
        f"{cable}#{anchor}"
        for part in text.split(", ")
        for cable, _, anchors in [part.partition("#")]
        for anchor in anchors.split(" ")
    ]


@pytest.fixture
def searcher(store: Any) -> Iterator[Searcher]:
    with store.writer() as writer:
        for cable in cables():
            writer.put(cable)
    searcher = store.searcher()
    yield searcher
    searcher.close()


def test_each_row_finds_exactly_what_it_says(searcher: Searcher) -> None:
    wrong = []
    for text, more, finds in rows("The table"):
        result = searcher.search(asked(text, more))
        found = [f"{hit.cable.id}#{hit.anchor}" for hit in result.hits]
        if sorted(found) != sorted(units_named(finds)):
            wrong.append((text, more, finds, sorted(found)))
        kinds = [hit.unit for hit in result.hits]
        assert result.paragraphs == kinds.count(UnitKind.PARAGRAPH), text
        assert result.units == len(kinds), text
        assert result.cables == len({hit.cable.id for hit in result.hits}), text
    assert not wrong


def test_each_row_of_facets_counts_what_it_says(searcher: Searcher) -> None:
    wrong = []
    for text, field, counts in rows("Facets"):
        facets = searcher.search(asked(text, "", facets=(field,), facet_limit=0)).facets
        counted = ", ".join(f"{each.value} {each.count}" for each in facets[0].values)
        if (counted or "nothing") != counts:
            wrong.append((text, field, counts, counted))
    assert not wrong


def test_the_tables_are_not_short() -> None:
    assert len(rows("The table")) > 90
    assert len(rows("Facets")) >= 6
    assert {field for _, field, _ in rows("Facets")} & UNIT_FIELDS == {"in"}
