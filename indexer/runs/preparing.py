"""From what was read to what the ledger and the engine need of it: the work that any process can do.

Owns that work and its result. Must not know files, a ledger or an index.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.inputs.files import Item
from indexer.inputs.jsonl import Exported
from indexer.page import PassedOver, SetAside
from indexer.runs.versions import Facts, facts
from indexer.runs.worker import cables_of, cut_short
from search.engines import prepare


@dataclass(frozen=True, slots=True)
class ReadyCable:
    """A cable that was read: the facts for the ledger, and what the engine's writer is given.

    `prepared` is None for a cable that no index can hold; `fault` then says why.
    """

    facts: Facts
    prepared: bytes | None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Ready:
    """What came of a page: its cables, or why there are none; `found` is where, `cut` what is said of a cut page."""

    found: str
    cables: tuple[ReadyCable, ...] | SetAside | PassedOver
    cut: SetAside | None = None


def make_ready(engine: str, items: Sequence[Item]) -> list[Ready]:
    """Parse what was read and prepare its cables for an engine."""
    return [_ready(engine, item) for item in items]


def _ready(engine: str, item: Item) -> Ready:
    found = item.place if isinstance(item, Exported) else item.address
    cables = cables_of(item)
    if isinstance(cables, SetAside | PassedOver):
        return Ready(found, cables)
    ready = []
    for cable in cables:
        try:
            ready.append(ReadyCable(facts(cable, found), prepare(engine, cable)))
        except ValueError as error:
            ready.append(ReadyCable(facts(cable, found), None, str(error)))
    return Ready(found, tuple(ready), cut_short(cables, found))
