"""Writing with tantivy: what a batch puts and deletes, its commit and its end.

Owns the documents. Must not know the folder around the data, its lock or its manifest.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tantivy

from corpus.ids import lookup_key
from corpus.model import Cable
from search.analysis import fold
from search.documents import Document, documents
from search.engines.stored import pack_cable, pack_paragraph
from search.engines.tantivy_engine.files import open_index, reading
from search.engines.tantivy_engine.plans import Translation
from search.engines.tantivy_engine.schema import (
    CABLE,
    CABLE_NUMBER,
    CABLE_TERMS,
    ID,
    KIND,
    OWNER,
    SHOWN,
    build_schema,
    counted_values,
    id_numbers,
    terms_of_cable,
    with_gaps,
)
from search.engines.writing import Batch
from search.fields import COUNTED

# The memory for what is not written yet, and one thread to fill it: the analysis in Python is slower than that.
_BUFFER_BYTES = 64_000_000
_THREADS = 1


class TantivyBatch(Batch):
    """What one writer puts and deletes before it commits."""

    def __init__(self, data: Path, advice: str, *, create: bool) -> None:
        with reading(data, advice):
            index = open_index(data, build_schema() if create else None)
            self._schema = index.schema
            self._translation = Translation(self._schema)
            self._committed = index.searcher()
            self._writer = index.writer(_BUFFER_BYTES, _THREADS)
            self._number = self._last_number()
        # The cables that this batch has touched: whether each is there now.
        self._touched: dict[str, bool] = {}

    def put(self, cable: Cable) -> None:
        """Index a cable instead of the one of the same id."""
        key = lookup_key(cable.id)
        # With the schema, because a value of a wrong type would otherwise kill the writer and its batch.
        self._number += 1
        made = [
            tantivy.Document.from_dict(each, self._schema)
            for each in _documents(cable, key, self._number)
        ]
        self._remove(key)
        with _writing():
            for document in made:
                self._writer.add_document(document)
        self._touched[key] = True

    def delete(self, cable_id: str) -> bool:
        """Take a cable out; says whether there was one."""
        key = lookup_key(cable_id)
        there = self._remove(key)
        self._touched[key] = False
        return there

    def commit(self) -> None:
        """Make the batch durable and visible."""
        with _writing():
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
        # A document that is no paragraph has none.
        return int(found.hits[0][0] or 0) if found.hits else 0

    def _remove(self, key: str) -> bool:
        there = self._touched.get(key)
        if there is None:
            there = bool(self._committed.search(self._translation.cable(key), limit=1).hits)
        if there:
            with _writing():
                self._writer.delete_documents_by_term(OWNER, key)
        return there


@contextmanager
def _writing() -> Iterator[None]:
    """tantivy raises ValueError where a file can't be written, and goes on to do so."""
    try:
        yield
    except ValueError as error:
        raise OSError(str(error)) from error


def _documents(cable: Cable, key: str, number: int) -> list[dict[str, list[Any]]]:
    """The fields of each document of a cable; the first has the cable itself."""
    paragraphs = documents(cable)
    made: list[dict[str, list[Any]]] = [
        {
            **_fields(document),
            OWNER: [key],
            CABLE_NUMBER: [number],
            SHOWN: [pack_paragraph(cable, paragraph)],
        }
        for document, paragraph in zip(paragraphs, cable.paragraphs, strict=True)
    ]
    whole: dict[str, list[Any]] = {KIND: ["whole"], CABLE: [pack_cable(cable)]}
    if not made:
        return [{OWNER: [key], **whole, KIND: ["whole", "bare"]}]
    made[0].update(whole)
    made[0][CABLE_TERMS] = [terms_of_cable(paragraphs)]
    return made


def _fields(document: Document) -> dict[str, list[Any]]:
    fields: dict[str, list[Any]] = {}
    for name, terms in document.terms.items():
        fields[f"terms_{name}"] = [with_gaps(terms)]
    for name, values in document.values.items():
        fields[f"value_{name}"] = [fold(value) for value in values]
        if name in COUNTED:
            fields[f"shown_{name}"] = counted_values(name, values)
    for name, number in document.numbers.items():
        fields[f"number_{name}"] = [number]
    for name, number in zip(ID, id_numbers(document.cable), strict=True):
        fields[name] = [number]
    return fields
