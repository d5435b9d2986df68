"""A rebuild of an index that is there: an index of its own inside the folder, put in the old one's place when whole.

Owns the folder in which it is made, and whether one that was interrupted can be gone on with. Must not know how an
index is filled: a run does that there as in any new index, commits on its way, and goes on where it broke off.

Gone on with is what was asked in the same words, with the same engine and schema, and while no other run changed the
index: its arrivals have numbers that go on from those of the index. All else begins anew, and says why.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from indexer.runs.run import has_index
from search import sources as manifests
from search.engines import adopt, engine_for, is_usable
from search.engines.lock import WriteLock
from search.errors import SearchError
from search.maintenance.agreement import lost_sources
from search.sources.announced import announce
from search.system.disk import reach_the_disk

PLACE = "rebuild"
_ASKED = "asked.json"


class Rebuild:
    """A rebuild of the index in a folder, for as long as its context lasts; it holds the folder's lock.

    `place` is the folder of the index that is made; `told` says whether an interrupted rebuild is gone on with, or why
    not, "" where there was none.
    """

    def __init__(
        self, folder: Path, inputs: Sequence[str], engine: str | None, *, from_start: bool
    ) -> None:
        self.folder: Final = folder
        self.place: Final = folder / PLACE
        self.told = ""
        self._inputs = inputs
        self._engine = engine_for(folder, engine)
        self._from_start = from_start
        self._lock = WriteLock(folder)

    def __enter__(self) -> Self:
        """Raises IndexLocked, SearchError."""
        self._lock.acquire()
        try:
            self._begin()
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # What was not put in its place stays: the next rebuild goes on with it.
        self._lock.release()

    @property
    def engine(self) -> str:
        """The engine of the index that is made."""
        return self._engine

    def finish(self) -> None:
        """Put what was made in the place of the index."""
        adopt(self.folder, self.place, lambda name: announce(self.folder, self.place, name))
        shutil.rmtree(self.place)

    def _begin(self) -> None:
        asked = self._asked()
        if self.place.exists():
            why = self._why_not(asked)
            if not why:
                self.told = "went on where it was interrupted"
                return
            self.told = f"began anew: {why}"
            shutil.rmtree(self.place)
        self.place.mkdir()
        written = self.place / _ASKED
        written.write_text(json.dumps(asked), "utf-8")
        reach_the_disk(written)
        reach_the_disk(self.place)

    def _asked(self) -> dict[str, object]:
        """What has to be the same for an interrupted rebuild to be gone on with."""
        try:
            with manifests.read(self.folder) as manifest:
                arrivals = f"{manifest.lineage} {manifest.last_arrival}"
        except SearchError:  # it is damaged, which may be why it is built anew
            arrivals = ""
        return {
            "paths": sorted({str(Path(each).absolute()) for each in self._inputs}),
            "engine": self._engine,
            "arrivals": arrivals,
        }

    def _why_not(self, asked: dict[str, object]) -> str:
        if self._from_start:
            return "as was asked"
        try:
            before = json.loads((self.place / _ASKED).read_bytes())
        except (OSError, ValueError):
            return "the interrupted one had not begun to write"
        if "-" in self._inputs:
            return "standard input can't be read again"
        for name, what in (("paths", "other paths"), ("engine", "another engine")):
            if before.get(name) != asked[name]:
                return f"the interrupted one was of {what}"
        if before.get("arrivals") != asked["arrivals"]:
            return "the index has changed since it was interrupted"
        if not has_index(self.place):
            return "the interrupted one had no commit yet"
        if lost_sources(self.place) or not is_usable(self.place):
            return "what the interrupted one left can't be used"
        return ""
