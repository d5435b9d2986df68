"""Indexes of a few cables, made with the engine that people get."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from corpus.model import Cable
from search.engines import open_searcher, open_writer
from search.engines.protocols import Searcher


def index_of(folder: Path, cables: Iterable[Cable]) -> Searcher:
    """A searcher of these cables; the index stands in the folder."""
    with open_writer(folder) as writer:
        for cable in cables:
            writer.put(cable)
    return open_searcher(folder)
