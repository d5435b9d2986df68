"""What the ledger says of a source beside its cables: what was set aside, passed over, or refused by a cluster.

Owns which of these remarks are kept by name, and that a cable that was refused is offered again. Must not know how a
page is read, how a remark is written down, nor an engine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from indexer.page import PassedOver, SetAside
from search.sources.draft import Draft

# Of one source so many remarks are kept by name; of the others how many there were.
MOST_REMARKS = 1_000


class Remarks:
    """The remarks of a run; a part of `indexer.runs.ledger.Ledger`."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._told: Counter[str] = Counter()  # of the source that was begun last, by kind
        # Of the same: address and kind of what was passed over by name.
        self._passed: set[tuple[str, str]] = set()

    def begin(self) -> None:
        """Another source begins."""
        self._told = Counter()
        self._passed.clear()

    def go_on(self, source: int) -> None:
        """Go on with a source whose reading broke off."""
        # Of more than are kept by name one stands for the others.
        self._told = Counter(
            {
                kind: min(count, MOST_REMARKS + 1)
                for kind, count in self._draft.remarks.counts(source).items()
            }
        )
        self._passed = self._draft.remarks.passed_over(source)

    def note(self, source: int, said: SetAside | PassedOver) -> None:
        """Note what in a source is no page; of many the first by name, the others by their number."""
        if isinstance(said, SetAside):
            self._enter(source, "aside", said)
        elif not self._counted_on(source, said):
            self._enter(source, "passed over", said)

    def _counted_on(self, source: int, said: PassedOver) -> bool:
        """Add to what was passed over before in the same container, which may hold millions; says whether there was."""
        known = (said.address, said.what)
        if known in self._passed:
            return self._draft.remarks.count_on(source, *known, said.count)
        if len(self._passed) < MOST_REMARKS:
            self._passed.add(known)
        return False

    def _enter(self, source: int, kind: str, said: SetAside | PassedOver) -> None:
        if self._told[kind] > MOST_REMARKS:
            self._draft.remarks.count_one_more(source, kind)
            return
        if self._told[kind] == MOST_REMARKS:
            self._draft.remarks.add(source, kind, said.address)
        elif isinstance(said, SetAside):
            self._draft.remarks.add(source, kind, said.address, said.reason, said.advice, said.line)
        else:
            self._draft.remarks.add(source, kind, said.address, said.what, count=said.count)
        self._told[kind] += 1

    def refuse(self, refused: Mapping[str, str]) -> None:
        """Note cables that the engine's last commit could not take, each with the reason.

        If the ledger was announced and goes on, it has to be announced once more.
        """
        with self._draft.changing_the_announced():
            told, last = self._told, None
            for source, found, key in self._draft.best_places(refused):
                if source != last:
                    self._told, last = Counter(), source
                reason = f"the cluster refused this cable ({refused[key]})"
                self._enter(
                    source, "refused", SetAside(found, reason, "the next run offers it again")
                )
            self._told = told
            self._draft.untake(refused)

    def offer_again(self, path: str) -> None:
        """Have the cables of a source looked at that the index could not take."""
        self._draft.remarks.drop_refused(path)
        self._draft.touch_missing(path)
