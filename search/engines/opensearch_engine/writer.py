"""Writing to a cluster: what a batch puts and deletes is kept beside the index until it is committed, then sent.

Owns the documents, the batch's own file, and the order of the steps of a commit. Must not know how requests are
repeated (`sending` does), nor the folder's lock or manifest.

Nothing of a batch reaches the cluster before a checkpoint or its commit, so one that is discarded, or dies, leaves no
trace of what came after the last of these. A rebuild fills an index of its own, and then the alias points to it, in one
step: readers of the alias see the old index or the new one. A commit that dies half way is made good by putting the
same cables again: a document has the same id whenever it is written, and what a cable had too many of is deleted.
"""

from __future__ import annotations

import base64
import json
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus.ids import lookup_key
from corpus.model import Cable
from search.engines.opensearch_engine.administration import Administration
from search.engines.opensearch_engine.plans import of_cable
from search.engines.opensearch_engine.schema import (
    CABLE,
    CABLE_NUMBER,
    ID,
    KIND,
    OWNER,
    SHOWN,
    cable_number,
    document_id,
)
from search.engines.opensearch_engine.sending import Operation, Sender
from search.engines.stored import pack_cable, packed_units, unpack_cable
from search.engines.writing import Batch
from search.errors import SearchError
from search.fields import COUNTED
from search.plans.documents import BREAK, Document, documents
from search.text.analysis import fold
from search.units import UnitKind

# So many cables are looked up together, and sent.
_TOGETHER = 100
_MOST_NAMED = 5
# A number of a cluster has eight bytes.
_NUMBERS = 2**63


class ClusterBatch(Batch):
    """What one writer puts and deletes before it commits."""

    def __init__(self, administration: Administration, data: Path, *, create: bool) -> None:
        self._administration = administration
        self._create = create
        # Whether there is an index to write to. One that comes to nothing is dropped with its data folder (`forget`).
        self._made = not create
        self._published = not create
        self._took_any = False
        self._refused: dict[str, str] = {}
        # A name for the file would be of no use to anyone: the cables of a batch that dies are put again.
        self._file = tempfile.TemporaryFile(dir=data)  # noqa: SIM115 - open until the batch ends
        # Where the last version of each cable stands in the file; None for one that is to be deleted.
        self._touched: dict[str, int | None] = {}

    @property
    def refused(self) -> Mapping[str, str]:
        """The cables that the cluster refused for good; nothing of them is in the index."""
        return self._refused

    def put(self, cable_id: str, prepared: bytes) -> None:
        """Index a cable, as `prepare` made it, instead of the one of the same id."""
        place = self._file.seek(0, 2)
        self._file.write(prepared)
        self._touched[lookup_key(cable_id)] = place

    def delete(self, cable_id: str) -> bool:
        """Take a cable out; says whether there was one."""
        key = lookup_key(cable_id)
        if key in self._touched:
            there = self._touched[key] is not None
        else:
            there = self._made and self._administration.has(of_cable(key), key)
        if there:
            self._touched[key] = None
        return there

    def checkpoint(self) -> None:
        """Send what was put so far and make it seen, unless this is a rebuild; go on. Raises what `commit` does."""
        self._write()
        if self._create and not self._published and not self._administration.behind_alias():
            self._publish()

    def mark(self) -> str:
        """What the index was marked with by the last commit that changed something."""
        return self._administration.mark() if self._made else ""

    def commit(self) -> None:
        """Send the batch and make it seen; `refused` then says which cables the cluster did not take.

        Raises SearchError if it can't be written to, or takes none at all of the cables of a new index.
        """
        try:
            self._write()
            if not self._published:
                self._publish()
        finally:
            self._end()

    def discard(self) -> None:
        """Forget what was not committed."""
        self._end()

    def _end(self) -> None:
        self._file.close()
        self._administration.close()

    def _publish(self) -> None:
        if self._refused and not self._took_any:
            raise SearchError(_refusal(self._refused))
        self._administration.publish()
        self._published = True

    def _write(self) -> None:
        """Bring the index in line with what was put and deleted since it was done last."""
        is_new = not self._made
        if is_new:
            self._administration.create()
            self._made = True
        else:
            self._administration.refresh()
        self._file.flush()
        sender = Sender(self._administration.cluster)
        keys = list(self._touched)
        for start in range(0, len(keys), _TOGETHER):
            part = keys[start : start + _TOGETHER]
            # A new index has nothing that could be replaced.
            there = {} if is_new else self._administration.documents_of(part)
            for key in part:
                for operation in self._operations(key, there.get(key, set())):
                    sender.add(operation)
        sender.finish()
        # A cable is in the index whole or not at all.
        for key in list(sender.refused):
            for number in range(len(self._made_of(key))):
                sender.add(Operation(key, document_id(key, number), None))
        sender.finish()
        self._administration.refresh()
        for key, place in self._touched.items():
            self._took_any |= place is not None and key not in sender.refused
            self._refused.pop(key, None)
        self._refused |= sender.refused
        if self._touched:
            # Whether a commit came through that refused something can't be told by a mark: who asks has to look.
            self._administration.set_mark("" if sender.refused else secrets.token_hex(8))
        self._touched = {}
        self._file.seek(0)
        self._file.truncate()

    def _operations(self, key: str, there: set[str]) -> Iterator[Operation]:
        """What brings a cable's documents in line with what is wanted."""
        made = self._made_of(key)
        ids = [document_id(key, number) for number in range(len(made))]
        for extra in sorted(there.difference(ids)):
            yield Operation(key, extra, None)
        for each, fields in zip(ids, made, strict=True):
            yield Operation(key, each, fields)

    def _made_of(self, key: str) -> list[dict[str, Any]]:
        """The documents of a cable as it was put; none if it is to be deleted."""
        place = self._touched[key]
        if place is None:
            return []
        self._file.seek(place)
        made: list[dict[str, Any]] = json.loads(self._file.readline())
        return made


def prepare(cable: Cable) -> bytes:
    """The documents of a cable, as a line of JSON. Raises ValueError for half of a surrogate pair."""
    made = json.dumps(_documents(cable, lookup_key(cable.id)), separators=(",", ":"))
    return f"{made}\n".encode()


def prepared_cable(prepared: bytes) -> Cable:
    """The cable that `prepare` was given."""
    packed = next(each[CABLE] for each in json.loads(prepared) if CABLE in each)
    return unpack_cable(base64.b64decode(packed))


def _refusal(refused: dict[str, str]) -> str:
    """A sentence on the cables of which all were refused."""
    named = "; ".join(f"{key}: {reason}" for key, reason in list(refused.items())[:_MOST_NAMED])
    more = f" and {len(refused) - _MOST_NAMED} more" if len(refused) > _MOST_NAMED else ""
    return f"The cluster refused all {len(refused)} cables of a new index ({named}{more})."


def _documents(cable: Cable, key: str) -> list[dict[str, Any]]:
    """The fields of each document of a cable; that of the head has the cable itself."""
    common = {OWNER: key, ID: cable.id, CABLE_NUMBER: cable_number(key)}
    made: list[dict[str, Any]] = [
        {**_fields(document), **common, SHOWN: shown.decode()}
        for document, shown in zip(documents(cable), packed_units(cable), strict=True)
    ]
    head = next(each for each in made if each[KIND] == [UnitKind.HEAD.value])
    head[CABLE] = base64.b64encode(pack_cable(cable)).decode("ascii")
    return made


def _fields(document: Document) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, terms in document.terms.items():
        # A break alone, which is no word: the cluster weighs a word by how few documents have it of those that have
        # the field, the other engines by how few of all.
        fields[f"terms_{name}"] = terms or BREAK
        fields[f"words_{name}"] = sorted(set(terms.split(" ")) - {BREAK, ""})
    for name, values in document.values.items():
        fields[f"value_{name}"] = [fold(value) for value in values]
        if name in COUNTED:
            fields[f"shown_{name}"] = list(values)
    for name, number in document.numbers.items():
        if not -_NUMBERS <= number < _NUMBERS:
            raise ValueError(f"{number} is too large a number for the field {name}")
        fields[f"number_{name}"] = number
    return fields
