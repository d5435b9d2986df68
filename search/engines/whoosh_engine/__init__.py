"""The Whoosh engine, pure Python: an index that Whoosh keeps in a folder.

Owns everything that touches Whoosh; nothing outside this package imports it. Must not know the query language, how
terms are made or what a page of results looks like. See `search.engines.writing.EngineModule` for what stands here.
"""

from __future__ import annotations

from pathlib import Path

from search.engines.protocols import Searcher
from search.engines.stored import fingerprint
from search.engines.whoosh_engine.files import commit_mark
from search.engines.whoosh_engine.reader import WhooshReader, packed_cables
from search.engines.whoosh_engine.schema import NAME, SCHEMA
from search.engines.whoosh_engine.writer import WhooshBatch, prepare, prepared_cable
from search.engines.writing import Batch

__all__ = [
    "IN_FOLDER",
    "NAME",
    "commit_mark",
    "open_batch",
    "open_reader",
    "packed_cables",
    "prepare",
    "prepared_cable",
    "schema_fingerprint",
]

# All of the index is in its data folder.
IN_FOLDER = True


def schema_fingerprint() -> str:
    """Changes whenever an index that was written before can't be read any more."""
    return fingerprint(f"{NAME} {SCHEMA}")


def open_batch(data: Path, *, create: bool) -> Batch:
    """A batch on the files in `data`; `create` makes the first, in an empty folder."""
    return WhooshBatch(data, create=create)


def open_reader(data: Path) -> Searcher:
    """A reader of the files in `data`."""
    return WhooshReader(data)
