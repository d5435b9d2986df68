"""The outline of the timeline: counted once, and anew when the index has changed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.model import Cable, Paragraph, Part
from search.asking.over_time import Window
from search.engines import ENGINES, open_searcher, open_writer
from webui.asking.outline import Outline

YEARS = Window("year")


def cable(year: int) -> Cable:
    text = Paragraph("p1", 1, None, None, Part.BODY, f"The lake has risen in {year}.")
    return Cable(f"X{year}", datetime(year, 5, 1, tzinfo=UTC), paragraphs=(text,))


@pytest.mark.parametrize("engine", ENGINES)
def test_the_outline_sees_each_commit(tmp_path: Path, engine: str) -> None:
    with open_writer(tmp_path, engine) as writer:
        writer.put(cable(2001))
    searcher = open_searcher(tmp_path)
    outline = Outline(searcher)
    first = outline.counts(YEARS)
    assert first == {"2001": 1}
    assert outline.counts(YEARS) is first
    assert outline.words(YEARS) == {"2001": 6}
    with open_writer(tmp_path) as writer:
        writer.put(cable(2002))
    assert outline.counts(YEARS) == {"2001": 1, "2002": 1}
    assert outline.words(YEARS) == {"2001": 6, "2002": 6}
    searcher.close()
