"""The files of a tantivy index: how they are opened, and what is said when they can't be read.

Owns the one analyzer, which must be registered anew with each opening, and the errors. Must not know plans.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy
from search.engines.advising import Unusable
from search.engines.tantivy_engine.schema import BLANKS, GAP, trim
from search.errors import IndexDamaged

# The file in which tantivy names the schema, and the segments of its last commit; each commit replaces it.
META = "meta.json"


def open_index(data: Path, schema: tantivy.Schema | None = None) -> tantivy.Index:
    """The index in `data`, or a new one of that schema."""
    path = str(data)
    if schema is not None:
        tantivy.Index(schema, path=path)
        _trim(data / META)
    index = tantivy.Index.open(path)
    blanks = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    without_gaps = blanks.filter(tantivy.Filter.custom_stopword([GAP]))
    index.register_tokenizer(BLANKS, without_gaps.build())
    return index


def _trim(meta: Path) -> None:
    """Changes the schema of an index that has no document yet."""
    written = json.loads(meta.read_bytes())
    trim(written["schema"])
    meta.write_text(json.dumps(written), encoding="utf-8")


@contextmanager
def reading(data: Path) -> Iterator[None]:
    """Turns what tantivy raises over files that it can't read into damage (`Unusable`).

    It raises ValueError for most; a panic in Rust is no Exception, and its class can't be imported.
    """
    try:
        yield
    except (OSError, ValueError, zlib.error) as error:
        raise _damaged(data, error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(data, error) from error


def _damaged(data: Path, error: BaseException) -> Unusable:
    reason = f"{type(error).__name__}: {error}".splitlines()[0]
    return Unusable(IndexDamaged, f"The index {data.parent} is damaged ({reason})")
