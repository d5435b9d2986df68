"""Writing with tantivy: what a batch puts and deletes, its commit and its end.

Owns the documents. Must not know the folder around the data, its lock or its manifest.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import tantivy

from corpus.ids import lookup_key
from corpus.model import Cable
from search.engines.stored import pack_cable, unpack_cable
from search.engines.tantivy_engine.files import META, open_index, reading
from search.engines.tantivy_engine.plans import Translation
from search.engines.tantivy_engine.schema import (
    AGAIN,
    CABLE,
    CABLE_NUMBER,
    ID,
    LONG_ID,
    MANY_VALUED,
    OWNER,
    PLAIN,
    VALUES,
    build_schema,
    code_of,
    counted_values,
    id_numbers,
    id_of,
    value_place,
    with_gaps,
)
from search.engines.writing import Batch
from search.fields import COUNTED, PLACED_FIELDS, POSITION, TERM_FIELDS
from search.plans.documents import apart
from search.text.analysis import fold
from search.units import HEAD_ANCHOR, UnitKind, kind_at

# Integers of eight bytes with a sign are less than this.
_LARGEST = 1 << 63
# The memory for what is not written yet, and one thread to fill it: the analysis in Python is slower than that.
_BUFFER_BYTES = 200_000_000
_THREADS = 1


class TantivyBatch(Batch):
    """What one writer puts and deletes before it commits."""

    def __init__(self, data: Path, *, create: bool) -> None:
        with reading(data):
            self._data = data
            self._index = open_index(data, build_schema() if create else None)
            self._translation = Translation(self._index.schema)
            self._committed = self._index.searcher()
            self._writer = self._index.writer(_BUFFER_BYTES, _THREADS)
            self._number = self._last_number()
        # The cables that were touched since the last commit: whether each is there now.
        self._touched: dict[str, bool] = {}
        # Whether there is anything to commit: tantivy counts a commit of nothing too, and the number of its last one
        # tells whether an announced commit came through.
        self._changed = False

    def put(self, cable_id: str, prepared: bytes) -> None:
        """Index a cable, as `prepare` made it, instead of the one of the same id."""
        key = lookup_key(cable_id)
        self._remove(key)
        self._number += 1
        start = f'{{"{CABLE_NUMBER}":{self._number}'
        with _writing():
            for line in prepared.decode().split("\n"):
                self._writer.add_json(start + line)
        self._touched[key] = True
        self._changed = True

    def delete(self, cable_id: str) -> bool:
        """Take a cable out; says whether there was one."""
        key = lookup_key(cable_id)
        there = self._remove(key)
        self._touched[key] = False
        return there

    def checkpoint(self) -> None:
        """Make what was put and deleted so far durable and visible, and go on."""
        if not self._changed:
            return
        with _writing():
            self._writer.commit()
            self._index.reload()
        self._changed = False
        self._committed = self._index.searcher()
        self._touched.clear()

    def mark(self) -> str:
        """The number that tantivy gave its last commit; merging leaves it as it is, and so does a batch of nothing."""
        return str(json.loads((self._data / META).read_bytes())["opstamp"])

    def commit(self) -> None:
        """Make the batch durable and visible."""
        with _writing():
            if self._changed:
                self._writer.commit()
            # Without this the merges that the commit began are given up, and segments pile up.
            self._writer.wait_merging_threads()

    def discard(self) -> None:
        """Forget the batch."""
        with _writing():
            self._writer.rollback()
            self._writer.wait_merging_threads()

    def _last_number(self) -> int:
        """The highest number of a cable that is in the index."""
        every = tantivy.Query.all_query()
        found = self._committed.search(every, limit=1, count=False, order_by_field=CABLE_NUMBER)
        return int(found.hits[0][0] or 0) if found.hits else 0

    def _remove(self, key: str) -> bool:
        there = self._touched.get(key)
        if there is None:
            there = bool(self._committed.search(self._translation.cable(key), limit=1).hits)
        if there:
            with _writing():
                self._writer.delete_documents_by_term(OWNER, key)
            self._changed = True
        return there


@contextmanager
def _writing() -> Iterator[None]:
    """tantivy raises ValueError where a file can't be written, and goes on to do so."""
    try:
        yield
    except ValueError as error:
        raise OSError(str(error)) from error


def prepare(cable: Cable) -> bytes:
    """The documents of a cable as tantivy reads them: an object of JSON a line, that of the head with the cable itself.

    What all of them have in common is found once. An object lacks its beginning, for the number that the
    batch gives the cable. Raises ValueError for what can't be indexed: half of a surrogate pair, a number of more than
    eight bytes.
    """
    key = lookup_key(cable.id)
    shared, made = apart(cable)
    numbers = id_numbers(cable.id)
    common = {
        OWNER: key,
        **{name: number for name, number in zip(ID, numbers, strict=True) if number is not None},
        **({} if id_of(numbers) else {LONG_ID: cable.id}),
        **_fields(shared.terms, shared.numbers),
    }
    values, plain, counted = _value_fields(shared.values)
    of_all = _json({**common, **plain})[1:-1]
    # Facets count paragraphs.
    of_paragraphs = _json({**common, **plain, **counted})[1:-1]
    lines = []
    seen: set[str] = set()
    for each in made:
        fields = _fields(each.terms, each.numbers)
        own_values, own_plain, own_counted = _value_fields(each.values)
        fields[VALUES] = [*values, *own_values]
        fields |= own_plain
        paragraph = kind_at(each.numbers[POSITION]) is UnitKind.PARAGRAPH
        if paragraph:
            fields |= own_counted
        # In order, so that the same cable gives the same bytes in every process.
        fields[f"terms_{AGAIN}"] = " ".join(sorted(seen & each.stems))
        seen |= each.stems
        if each.anchor == HEAD_ANCHOR:
            # Bytes stand in JSON as base64.
            fields[CABLE] = pack_cable(cable, shared.header)
        lines.append(b",%b,%b" % (of_paragraphs if paragraph else of_all, _json(fields)[1:]))
    return b"\n".join(lines)


def prepared_cable(prepared: bytes) -> Cable:
    """The cable that `prepare` was given."""
    # No text has this: the quotation marks within one are escaped.
    _, _, behind = prepared.partition(b'"%b":"' % CABLE.encode())
    packed, _, _ = behind.partition(b'"')
    return unpack_cable(base64.b64decode(packed))


_json = msgspec.json.Encoder().encode
_TERM_NAMES = {name: f"terms_{name}" for name in TERM_FIELDS}


def _fields(
    terms: Mapping[str, str],
    numbers: Mapping[str, int],
) -> dict[str, Any]:
    fields: dict[str, Any] = {
        _TERM_NAMES[name]: with_gaps(text) if name in PLACED_FIELDS else text
        for name, text in terms.items()
        if text
    }
    for name, number in numbers.items():
        if not -_LARGEST <= number < _LARGEST:
            raise ValueError(f"{name} {number} has more than eight bytes")
        fields[f"number_{name}"] = number
    return fields


def _value_fields(
    values: Mapping[str, tuple[str, ...]],
) -> tuple[list[str], dict[str, list[Any]], dict[str, list[Any]]]:
    """What is asked for among all values, fields that are asked for by themselves, and fields that are counted only."""
    asked: list[str] = []
    plain: dict[str, list[Any]] = {}
    counted: dict[str, list[Any]] = {}
    for name, printed in values.items():
        folded, shown, codes = _of_values(name, printed)
        if name in PLAIN:
            plain[f"shown_{name}"] = shown
            continue
        asked += folded
        if name in MANY_VALUED:
            counted[f"code_{name}"] = codes
        if name in COUNTED:
            counted[f"shown_{name}"] = shown
    return asked, plain, counted


# Most values come again with the next document.
@lru_cache(maxsize=1 << 12)
def _of_values(name: str, printed: tuple[str, ...]) -> tuple[list[str], list[str], list[int]]:
    """Values as they are asked for, as they are counted, and their numbers; not to be changed."""
    folded = [fold(value) for value in printed]
    _, before = value_place(name)
    codes = [code_of(value) for value in folded] if name in MANY_VALUED else []
    return [f"{before}{value}" for value in folded], counted_values(name, printed), codes
