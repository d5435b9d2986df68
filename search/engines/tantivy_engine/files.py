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

from corpus.late_patterns import late_pattern
from search.engines.advising import Unusable
from search.engines.tantivy_engine.schema import BLANKS, GAP, trim
from search.errors import IndexDamaged, SearchError
from search.system.disk import machine_fault, said_by_code

# The file in which tantivy names the schema, and the segments of its last commit; each commit replaces it.
META = "meta.json"
# How tantivy tells an error of the system's: `IoError(Os { code: 13, kind: PermissionDenied, message: ... })`.
_SYSTEM_SAID = late_pattern(r"\bOs \{ code: (\d{1,5})\b")


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


def commit_mark(data: Path) -> str:
    """The number that tantivy gave its last commit; merging leaves it as it is, and so does a batch of nothing."""
    with reading(data):
        return str(json.loads((data / META).read_bytes())["opstamp"])


def _trim(meta: Path) -> None:
    """Changes the schema of an index that has no document yet."""
    written = json.loads(meta.read_bytes())
    trim(written["schema"])
    meta.write_text(json.dumps(written), encoding="utf-8")


@contextmanager
def reading(data: Path) -> Iterator[None]:
    """Turns what tantivy raises over files that it can't read into damage (`Unusable`), or into what the machine said.

    It raises ValueError for most; a panic in Rust is no Exception, and its class can't be imported.
    """
    try:
        yield
    except (OSError, ValueError, LookupError, TypeError, zlib.error) as error:
        raise _damaged(data, error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(data, error) from error


def _damaged(data: Path, error: BaseException) -> SearchError:
    said = machine_fault(error)
    if not said and (code := _SYSTEM_SAID.search(str(error))):
        said = said_by_code(int(code[1]))
    if said:
        return SearchError(f"Cannot read the index {data.parent}: {said}.")
    reason = f"{type(error).__name__}: {error}".splitlines()[0]
    return Unusable(IndexDamaged, f"The index {data.parent} is damaged ({reason})")
