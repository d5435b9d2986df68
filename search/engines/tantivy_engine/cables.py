"""What is stored with tantivy: the id of a document's cable, and the cable itself.

Owns how both are read. Must not know questions or pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import tantivy
from tantivy import Occur
from tantivy import Query as Clause

from corpus.ids import lookup_key
from corpus.model import Cable
from search.engines.stored import Shown, unpack_cable
from search.engines.tantivy_engine.files import open_index, reading
from search.engines.tantivy_engine.schema import CABLE, ID, LONG_ID, OWNER, id_of, value_place
from search.units import UnitKind


def ids(searcher: tantivy.Searcher, addresses: list[tantivy.DocAddress]) -> list[str]:
    """The id of the cable of each document."""
    columns = [searcher.fast_field_values(name, addresses) for name in ID]
    numbers = zip(*columns, strict=True)
    return [
        id_of(each) or cast(str, searcher.doc(address).get_first(LONG_ID))
        for each, address in zip(numbers, addresses, strict=True)
    ]


def whole(schema: tantivy.Schema, key: str) -> Clause:
    """The document with the whole cable of that look-up key."""
    owner = Clause.term_query(schema, OWNER, key, index_option="basic")
    return Clause.boolean_query([(Occur.Must, owner), (Occur.Must, heads(schema))])


@contextmanager
def packed_cables(data: Path) -> Iterator[Callable[[str], bytes | None]]:
    """Packed cables by look-up key, from an index of any schema; see EngineModule."""
    with reading(data):
        index = open_index(data)
        searcher, schema = index.searcher(), index.schema

    def packed(key: str) -> bytes | None:
        with reading(data):
            owned = Clause.term_query(schema, OWNER, key, index_option="basic")
            # (The types of the library lack it.)
            count = int(cast(Any, searcher.search(owned, limit=1)).count)
            hits = searcher.search(owned, limit=max(1, count), count=False).hits
            # (The document that has it is the first of them, as they are written.)
            for _, address in sorted(hits, key=lambda hit: (hit[1].segment_ord, hit[1].doc)):
                if (found := searcher.doc(address).get_first(CABLE)) is not None:
                    return cast(bytes, found)
        return None

    yield packed


def heads(schema: tantivy.Schema) -> Clause:
    """The documents with whole cables."""
    name, before = value_place("unit")
    return Clause.term_query(schema, name, f"{before}{UnitKind.HEAD}", index_option="basic")


def cable(searcher: tantivy.Searcher, clause: Clause) -> Cable | None:
    """The cable of a document that `whole` asks for."""
    found = searcher.search(clause, limit=1, count=False).hits
    return unpack_cable(_packed(searcher, found[0][1])) if found else None


def places(
    searcher: tantivy.Searcher, schema: tantivy.Schema, cable_ids: Sequence[str]
) -> dict[str, tantivy.DocAddress]:
    """Where the whole cables of these ids are, all looked up at once. Raises ValueError if one is not there."""
    keys = [lookup_key(each) for each in cable_ids]
    if not keys:
        return {}
    among = Clause.term_set_query(schema, OWNER, keys)
    clause = Clause.boolean_query([(Occur.Must, among), (Occur.Must, heads(schema))])
    hits = searcher.search(clause, limit=len(keys), count=False).hits
    addresses = [address for _, address in hits]
    found = dict(zip(ids(searcher, addresses), addresses, strict=True))
    if found.keys() != set(cable_ids):
        raise ValueError("units without their cable")
    return found


def shown(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> Shown:
    """What lists show of the cable there."""
    return Shown(_packed(searcher, address))


def whole_at(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> Cable:
    """The whole cable there."""
    return unpack_cable(_packed(searcher, address))


def _packed(searcher: tantivy.Searcher, address: tantivy.DocAddress) -> bytes:
    return cast(bytes, searcher.doc(address).get_first(CABLE))
