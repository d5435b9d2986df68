"""What is stored with tantivy: the id of a document's cable, and the cable itself.

Owns how both are read. Must not know questions or pages.
"""

from __future__ import annotations

from typing import cast

import tantivy
from tantivy import Occur
from tantivy import Query as Clause

from corpus.model import Cable
from search.engines.stored import Shown, unpack_cable
from search.engines.tantivy_engine.schema import CABLE, ID, KIND, LONG_ID, OWNER, id_of
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


def heads(schema: tantivy.Schema) -> Clause:
    """The documents with whole cables."""
    return Clause.term_query(schema, KIND, UnitKind.HEAD.value, index_option="basic")


def cable(searcher: tantivy.Searcher, clause: Clause) -> Cable | None:
    """The cable of a document that `whole` asks for."""
    packed = _packed(searcher, clause)
    return None if packed is None else unpack_cable(packed)


def shown(searcher: tantivy.Searcher, clause: Clause) -> Shown:
    """What lists show of that cable. Raises ValueError if there is none."""
    packed = _packed(searcher, clause)
    if packed is None:
        raise ValueError("units without their cable")
    return Shown(packed)


def _packed(searcher: tantivy.Searcher, clause: Clause) -> bytes | None:
    found = searcher.search(clause, limit=1, count=False).hits
    return cast(bytes, searcher.doc(found[0][1]).get_first(CABLE)) if found else None
