"""Pasted pieces of real telegrams: a small part of what `benchmarks/pasted.py` measures, with floors that only rise."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from benchmarks.pasted import Piece, counted, outcome, pieces, read_telegrams
from indexer.page import RawPage
from indexer.parse import parse
from search.engines import DEFAULT_ENGINE, open_searcher, open_writer

# So many telegrams, and pieces of them: of each kind some.
TELEGRAMS = 24
PIECES = 64


def test_pasted_pieces_find_their_cables_and_none_is_empty_without_a_word(
    shared: Path, tmp_path: Path
) -> None:
    telegrams = read_telegrams(shared)[:TELEGRAMS]
    cables = [
        cable for name, text in telegrams for cable in parse(RawPage(text, name, "text", "0" * 64))
    ]
    with open_writer(tmp_path / "index", DEFAULT_ENGINE) as writer:
        for cable in cables:
            writer.put(cable)
    searcher = open_searcher(tmp_path / "index")
    drawn = pieces(telegrams, cables, PIECES)
    assert len(drawn) == PIECES
    assert len({piece.kind for piece in drawn}) >= 12
    totals = sum(counted(searcher, drawn).values(), Counter())
    assert totals["silent"] == totals["other"] == 0
    assert totals["first"] + totals["found"] >= 0.95 * PIECES
    # What is of no cable here is told, and no cable is made up for it.
    assert outcome(searcher, Piece("line", "THE ZEBRA ACT IS NOT QUAGGAED", "x")) == "told"
    assert outcome(searcher, Piece("address", "http://example.org/zebra?q=quagga*", "x")) == "told"
    searcher.close()
