"""Which of several places has the best of a cable."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.runs.build import build
from search.engines import open_searcher

WHOLE = """R 121530Z MAR 08
FM AMEMBASSY LA PAZ
UNCLAS LA PAZ 000123

E.O. 12958: N/A
TAGS: PREL
SUBJECT: A VISIT

1. (U) The teacher Ana Flores came to the harbour.

2. (U) She left.
"""
BLACKED_OUT = WHOLE.replace("Ana Flores", "XXXXXXXXXXXXXXXXXXXXXXXX")


@pytest.mark.parametrize(("one", "other"), [("a", "b"), ("b", "a")])
def test_a_whole_version_is_better_than_one_with_names_blacked_out(
    tmp_path: Path, one: str, other: str
) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / f"{one}.txt").write_text(WHOLE, encoding="utf-8")
    (pages / f"{other}.txt").write_text(BLACKED_OUT, encoding="utf-8")
    build([str(pages)], tmp_path / "index")
    searcher = open_searcher(tmp_path / "index")
    try:
        cable = searcher.get("08LAPAZ123")
    finally:
        searcher.close()
    assert cable is not None
    assert "Ana Flores" in cable.paragraphs[0].text
    assert len(cable.versions) == 1
