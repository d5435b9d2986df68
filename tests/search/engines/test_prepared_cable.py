"""What an engine prepared of a cable gives the cable back: what another place holds too need not be parsed again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest

from corpus.model import Cable, Paragraph, Part, Passage, Problem, Segment, SegmentKind, Version
from indexer.page import RawPage
from indexer.parse import parse
from search.engines import prepare

ENGINES = ["tantivy", "whoosh", "opensearch"]
# As if a text could be taken for the place where the cable stands.
SLY = 'a ,"cable":"eJw=" and \\"cable\\":\\"eJw=\\" {"cable":"x"}\n'
VERSION = Version("scoop", "b.html", "1" * 64)
MADE = Cable(
    "07LIMA1",
    datetime(2007, 3, 23, 8, 44, tzinfo=UTC),
    subject=SLY,
    paragraphs=(Paragraph("p1", 1, "U", SLY, Part.BODY, SLY),),
    problems=(Problem("x", SLY, 7),),
    segments=(Segment(SegmentKind.PARAGRAPH, f"{SLY}\x00", SLY, "p1"),),
    first_line=7,
    versions=(VERSION,),
    passages=(Passage(VERSION, Paragraph("p2", 2, None, None, Part.BODY, SLY)),),
)


def given_back(engine: str, cable: Cable) -> Cable:
    module = import_module(f"search.engines.{engine}_engine")
    found = module.prepared_cable(prepare(engine, cable))
    assert isinstance(found, Cable)
    return found


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "cable", [MADE, Cable("X"), replace(MADE, id='1"', subject="")], ids=["all", "bare", "odd id"]
)
def test_a_cable_comes_back_equal(engine: str, cable: Cable) -> None:
    assert given_back(engine, cable) == cable


@pytest.mark.parametrize("engine", ENGINES)
def test_the_sample_cables_come_back_equal(engine: str, root: Path) -> None:
    pages = sorted((root / "corpus" / "samples").rglob("*/*.txt"))
    assert pages
    for path in pages:
        for cable in parse(RawPage(path.read_text("utf-8"), path.name, "text", "0" * 64)):
            assert given_back(engine, cable) == cable
