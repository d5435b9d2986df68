"""What several indexes were made from, read as one: for whoever is shown all of them together.

Owns how what each tells is put together. Of a cable that several have, what the first one tells counts, as it does in
their engine (`search.engines.open_together`). Must not know why these and no others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from heapq import merge
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from corpus.model import Cable, Version
from search.folders import Folders, folders_of
from search.sources.manifest import Manifest, read
from search.sources.records import Aside, Input


class Sources(Protocol):
    """What pages and exports ask of a `Manifest`, whose methods of these names say what they give."""

    @property
    def built(self) -> datetime | None:
        """When the index last changed; None for none."""

    @property
    def lineage(self) -> str:
        """What the numbers of arrivals belong to; "" for no index."""

    def count(self) -> int:
        """How many sources there are."""

    def double_count(self) -> int:
        """How many places there are whose cable was taken from another place."""

    def problems(self) -> dict[str, int]:
        """How often each problem code occurs."""

    def set_aside(self) -> Iterator[tuple[Input, Aside]]:
        """What could not be read."""

    def names_read_by(self) -> tuple[str, ...]:
        """What read names of the cables instead of the rules, or beside them."""

    def cables(self) -> Iterator[str]:
        """The ids of the cables, in their alphabetical order."""

    def newest(self) -> Iterator[tuple[str, datetime]]:
        """The look-up key of each cable that ever came, the last first, and when it did."""

    def first_indexed(self, cable_id: str) -> datetime | None:
        """When a cable came to the index first; None for one that never did."""

    def versions(self, cable_id: str) -> frozenset[Version]:
        """Those of the other versions of a cable whose texts are kept."""

    def text(self, cable_id: str, version: Version) -> Cable | None:
        """The cable as that other place has it; None if its text is not kept."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class Several:
    """The sources of several indexes, in their order; see `Sources`."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._each: list[Manifest] = []
        try:
            for folder in folders:
                self._each.append(read(folder))
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Free the files."""
        for each in self._each:
            each.close()

    @property
    def built(self) -> datetime | None:
        """When the last of them changed."""
        return max((each.built for each in self._each if each.built), default=None)

    @property
    def lineage(self) -> str:
        """Something where all of them know when their cables came, "" otherwise."""
        names = [each.lineage for each in self._each]
        return " ".join(names) if all(names) else ""

    def count(self) -> int:
        """How many sources there are."""
        return sum(each.count() for each in self._each)

    def double_count(self) -> int:
        """How many places there are whose cable was taken from another place of the same index."""
        return sum(each.double_count() for each in self._each)

    def problems(self) -> dict[str, int]:
        """How often each problem code occurs, most frequent first."""
        counts: Counter[str] = Counter()
        for each in self._each:
            counts.update(each.problems())
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def set_aside(self) -> Iterator[tuple[Input, Aside]]:
        """What could not be read."""
        for each in self._each:
            yield from each.set_aside()

    def names_read_by(self) -> tuple[str, ...]:
        """What read names of the cables of any, instead of the rules, or beside them."""
        return tuple(sorted({told for each in self._each for told in each.names_read_by()}))

    def cables(self) -> Iterator[str]:
        """The ids of the cables, in their alphabetical order, each once."""
        before = ""
        for cable in merge(*(each.cables() for each in self._each)):
            if cable != before:
                yield cable
            before = cable

    def newest(self) -> Iterator[tuple[str, datetime]]:
        """The look-up key of each cable that ever came, the last that came first, and when it did."""
        seen: set[str] = set()
        for key, first in merge(
            *(each.newest() for each in self._each), key=lambda one: one[1], reverse=True
        ):
            if key not in seen:
                seen.add(key)
                yield key, first

    def first_indexed(self, cable_id: str) -> datetime | None:
        """When a cable came first to the index that shows it."""
        holder = self._holder(cable_id)
        return None if holder is None else holder.first_indexed(cable_id)

    def versions(self, cable_id: str) -> frozenset[Version]:
        """Those of the other versions of a cable whose texts are kept."""
        holder = self._holder(cable_id)
        return frozenset() if holder is None else holder.versions(cable_id)

    def text(self, cable_id: str, version: Version) -> Cable | None:
        """The cable as that other place has it."""
        holder = self._holder(cable_id)
        return None if holder is None else holder.text(cable_id, version)

    def _holder(self, cable_id: str) -> Manifest | None:
        return next((each for each in self._each if each.holds(cable_id)), None)


def read_together(folders: Folders) -> Sources:
    """The sources of one index, or of several together. Raises as `search.sources.read` does."""
    found = folders_of(folders)
    return read(found[0]) if len(found) == 1 else Several(found)
