"""The searchers of what readers may read: one for each set of collections, over the indexes of these and no others.

Owns which are open. Must not know who reads. A collection that is not in a set is not opened for it, so nothing of it
can reach an answer: no count, no spelling, no order of results. So many are kept open; others rest until they are
asked.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

from search.engines import open_together
from search.engines.folding import FoldingSearcher
from search.people.decisions import FILE_NAME as DECISIONS

# So many sets are kept open at once. Each takes the memory of what is kept of one index.
MOST_OPEN = 32


class Views:
    """Safe to use from several threads; to be closed."""

    def __init__(self, most: int = MOST_OPEN) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._opening: dict[tuple[Path, ...], threading.Lock] = {}
        self._views: OrderedDict[tuple[Path, ...], FoldingSearcher] = OrderedDict()

    def searcher(self, folders: Sequence[Path]) -> FoldingSearcher:
        """The searcher of these indexes together, of the first one's cable where several have it.

        Raises SearchError if one can't be opened: a part is never left out.
        """
        key = tuple(folders)
        with self._lock:
            opening = self._opening.setdefault(key, threading.Lock())
        with opening:
            with self._lock:
                found = self._views.get(key)
                if found is not None:
                    self._views.move_to_end(key)
            if found is None:
                # Each archive's decisions are about its own names; they count where it is read.
                found = open_together(key, [folder / DECISIONS for folder in key])
                with self._lock:
                    self._views[key] = found
            with self._lock:
                resting = list(self._views.values())[: -self._most]
        for each in resting:
            each.rest()
        return found

    def close(self) -> None:
        """Free all of them."""
        with self._lock:
            views = list(self._views.values())
            self._views.clear()
        for each in views:
            each.close()
