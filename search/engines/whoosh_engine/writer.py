"""Writing with Whoosh: what a batch puts and deletes, its commit and its end.

Owns the documents. Must not know the folder around the data, its lock or its manifest.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whoosh import query

from corpus.ids import lookup_key
from corpus.model import Cable
from search.engines.stored import pack_cable, packed_units, unpack_cable
from search.engines.whoosh_engine.files import commit_mark, open_index, open_searcher, reading
from search.engines.whoosh_engine.schema import (
    CABLE,
    ID,
    KIND,
    ORDER,
    OWNER,
    SEPARATOR,
    SHOWN,
    STRETCH_COLUMN,
    build_schema,
)
from search.engines.writing import Batch
from search.fields import COUNTED, POSITION, STRETCH
from search.plans.documents import Document, documents
from search.system.disk import reach_the_disk
from search.text.analysis import fold
from search.units import UnitKind

# The postings that are kept in memory before they are sorted into a file, in megabytes.
_BUFFER_MEGABYTES = 128


class WhooshBatch(Batch):
    """What one writer puts and deletes before it commits."""

    def __init__(self, data: Path, *, create: bool) -> None:
        self._data = data
        with reading(data):
            self._index = open_index(data, build_schema() if create else None)
            self._begin()

    def _begin(self) -> None:
        self._committed = open_searcher(self._index)
        self._writer = self._index.writer(limitmb=_BUFFER_MEGABYTES)
        # The cables of this batch with the numbers of their documents; Whoosh itself deletes only what is committed.
        self._added: dict[str, range] = {}
        self._superseded: list[range] = []
        self._deleted: set[str] = set()
        self._changed = False

    def put(self, cable_id: str, prepared: bytes) -> None:
        """Index a cable, as `prepare` made it, instead of the one of the same id."""
        key = lookup_key(cable_id)
        made = _documents(unpack_cable(prepared), key)
        self._remove(key)
        first = self._writer.docnum
        for fields in made:
            self._writer.add_document(**fields)
        self._added[key] = range(first, self._writer.docnum)
        self._changed = True

    def delete(self, cable_id: str) -> bool:
        """Take a cable out; says whether there was one."""
        return self._remove(lookup_key(cable_id))

    def checkpoint(self) -> None:
        """Make what was put and deleted so far durable and visible, and go on."""
        self.commit()
        self._begin()

    def mark(self) -> str:
        """The number of Whoosh's last commit."""
        return commit_mark(self._data)

    def commit(self) -> None:
        """Make the batch durable and visible; one without a change leaves the last commit, and its number, as it is."""
        if not self._changed:
            # The number tells whether an announced commit came through: one that took nothing in must not raise it.
            self.discard()
            return
        fresh = self._writer.get_segment()
        for numbers in self._superseded:
            for number in numbers:
                fresh.delete_document(number)
        self._committed.close()
        self._writer.commit()
        # Whoosh waits for none of its files.
        for path in self._data.iterdir():
            if path.is_file():
                reach_the_disk(path)
        reach_the_disk(self._data)

    def discard(self) -> None:
        """Forget the batch."""
        self._committed.close()
        self._writer.cancel()

    def _remove(self, key: str) -> bool:
        added = self._added.pop(key, None)
        if added is not None:
            self._superseded.append(added)
            return True
        if key in self._deleted:
            return False
        numbers = list(self._committed.docs_for_query(query.Term(OWNER, key)))
        for number in numbers:
            self._writer.delete_document(number)
        self._deleted.add(key)
        self._changed = self._changed or bool(numbers)
        return bool(numbers)


def prepare(cable: Cable) -> bytes:
    """A cable as a batch takes it; what Whoosh does with it then takes so long that more would be of no use here.

    Raises ValueError for half of a surrogate pair.
    """
    return pack_cable(cable)


def prepared_cable(prepared: bytes) -> Cable:
    """The cable that `prepare` was given."""
    return unpack_cable(prepared)


def _documents(cable: Cable, key: str) -> list[dict[str, Any]]:
    """The fields of each document of a cable; that of the head has the cable itself."""
    made = [
        {**_fields(document), OWNER: [key], SHOWN: shown}
        for document, shown in zip(documents(cable), packed_units(cable), strict=True)
    ]
    head = next(each for each in made if each[KIND] == [UnitKind.HEAD.value])
    head[CABLE] = pack_cable(cable)
    return made


def _fields(document: Document) -> dict[str, Any]:
    fields: dict[str, Any] = {ID: document.cable.encode()}
    for name, terms in document.terms.items():
        fields[f"terms_{name}"] = terms.split()
    for name, values in document.values.items():
        fields[f"value_{name}"] = [fold(value) for value in values]
        if name in COUNTED:
            fields[f"shown_{name}"] = SEPARATOR.join(values).encode()
    for name, number in document.numbers.items():
        fields[f"number_{name}"] = number
    date = document.numbers.get("date")
    fields[STRETCH_COLUMN] = document.numbers.get(STRETCH, -1)
    fields[ORDER] = (document.numbers[POSITION], date is not None, date or 0)
    return fields
