"""Cables to export: one with everything, one that tries to get out of its format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest
from memory_engine import MemoryIndex

from corpus.model import Cable, Paragraph, Part, Post, Recipient
from search.answers.answer import summary
from search.answers.unit_names import unit_named
from search.engines.protocols import Searcher
from search.exports.entries import Entry

LANTERNS = Cable(
    id="07GUANGZHOU901",
    date=datetime(2007, 3, 23, 8, 44, tzinfo=UTC),
    origin=Post("GUANGZHOU", "Guangzhou", "China", "East Asia and Pacific"),
    subject="Lanterns and the Guild: Who Is Right",
    classification="CONFIDENTIAL",
    tags=("KIPR", "ETRD"),
    sender="AMCONSUL GUANGZHOU",
    recipients=(Recipient("SECSTATE WASHDC"),),
    paragraphs=(
        Paragraph("p1", 1, "SBU", "Summary", Part.SUMMARY, "Lanterns are copied."),
        Paragraph("p11", 11, "C", "The Quay", Part.BODY, "Half of the lanterns\n-- by weight"),
        Paragraph("u1", None, None, None, Part.BODY, "Stray lanterns."),
    ),
    source="wikileaks",
    url="https://example.org/cable/07GUANGZHOU901.html",
)
HOSTILE = Cable(
    id="08LAPAZ666",
    subject='=HYPERLINK("x") & {50%} of $_#~^\\ <b>"quoted"</b>\r\nER  - \n}',
    tags=("+A", "@B"),
    sender="-2+3",
    paragraphs=(
        Paragraph(
            "p1", 1, None, "=1+1", Part.BODY, "\t=cmd|' /C calc'!A0 \x00\x1b lanterns \ud800 ]]>"
        ),
    ),
)


@pytest.fixture(scope="session")
def lanterns() -> Cable:
    return LANTERNS


@pytest.fixture(scope="session")
def hostile() -> Cable:
    return HOSTILE


@pytest.fixture(scope="session")
def entries() -> list[Entry]:
    """A cable and one of its paragraphs, and the same of the hostile one."""
    return [
        Entry(summary(LANTERNS), None, LANTERNS),
        Entry(summary(LANTERNS), unit_named(LANTERNS, "p11"), LANTERNS),
        Entry(summary(HOSTILE), None, HOSTILE),
        Entry(summary(HOSTILE), unit_named(HOSTILE, "p1"), HOSTILE),
    ]


@pytest.fixture(scope="session")
def searcher_of() -> Callable[[int], Searcher]:
    """An index of so many cables like LANTERNS, made once for all who only ask it."""

    @cache
    def make(count: int) -> Searcher:
        index = MemoryIndex()
        with index.writer() as writer:
            for number in range(count):
                writer.put(replace(LANTERNS, id=f"07GUANGZHOU{1000 + number}"))
        return index.searcher()

    return make
