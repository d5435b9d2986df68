"""The book that a run of the indexer keeps: which page has which cable, and which of them the engine is to have.

Owns the choice among several pages with one cable, and when what is written becomes valid. Must not know how a page is
read, what an engine does with a cable, nor how the book is written down (`search.sources.draft`).

A run writes into a draft, a copy of the last manifest. Two steps put it, or a copy of it, in its place, around each of
the engine's commits: `announce` before it, `replace` after it. If the power fails in between, the next run finds what
was announced, and sees by the engine's mark whether the commit came through (`indexer.runs.commits`). With an engine
that has no marks nobody knows: the next ledger then takes each source that was about to change for one whose state in
the index is not known, and has all of its cables looked at again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from corpus.model import Cable, Passage, Version
from indexer.runs.commits import settle
from indexer.runs.remarks import Remarks
from indexer.runs.versions import compared
from search.sources.announced import is_announced
from search.sources.draft import Draft
from search.sources.manifest import Manifest
from search.sources.records import Facts, Given, Held, Input, Place


class Ledger:
    """The book of one run. Only one may be open for a folder: hold the engine's lock. Use it in a with statement.

    `manifest` tells what is known of the sources by now, `remarks` takes what is said of one beside its cables.
    """

    def __init__(self, draft: Draft, folder: Path, before: Callable[[str], Cable | None]) -> None:
        self.manifest: Final[Manifest] = draft.manifest
        self.remarks: Final = Remarks(draft)
        self._draft = draft
        self._folder = folder
        self._before = before

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        fresh: bool,
        before: Callable[[str], Cable | None] = lambda _key: None,
        known: Path | None = None,
    ) -> Self:
        """The ledger of a run that goes on from the last one, or from nothing if it is `fresh`.

        `before` gives a cable as the index has it, before this run; asked for those that another page makes others.
        `known` is the folder of the index that a rebuild takes over from when each cable came.
        Raises `IndexDamaged`, `IndexOutdated`.
        """
        draft = Draft.open(folder, fresh=fresh, known=known)
        try:
            if not fresh and is_announced(folder):
                draft.doubt_announced()
        except BaseException:
            draft.close()
            raise
        return cls(draft, folder, before)

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
        """Free the file; what was not announced is lost."""
        self._draft.close()

    def begin(self, source: Input) -> int:
        """Enter a source, in the place of what was known of it; gives its number in this ledger."""
        self.forget(source.path)
        self.remarks.begin()
        return self._draft.enter(source)

    def go_on(self, source: Input) -> int:
        """Go on with a source whose reading broke off; gives its number in this ledger."""
        number = self._number(source.path)
        self.remarks.go_on(number)
        return number

    def forget(self, path: str) -> None:
        """Strike a source out, with its cables; what the index has of them is settled at the end."""
        number = self._draft.number(path)
        if number is not None:
            self._draft.strike(number)

    def amend(self, source: Input) -> None:
        """Change what is said of a source that keeps its cables."""
        self._draft.amend(source)

    def hold(self, at: Place, facts: Facts) -> list[Held]:
        """Enter a cable of a source; gives all that hold it now, the best first."""
        self._draft.hold(at, facts)
        return self.held(facts.key)

    def held(self, key: str) -> list[Held]:
        """All that hold a cable, the best first."""
        return self._draft.held(key)

    def release(self, at: Place) -> None:
        """Strike out a cable of a source, which no index can hold."""
        self._draft.release(at)

    def keep(self, at: Place, cable: Cable) -> None:
        """Keep the text of a cable that the index has from another place; its page is not kept.

        Raises ValueError if it is no text that could be shown: the engines refuse such a cable too.
        """
        self._draft.pack("text", at, replace(cable, segments=(), versions=(), passages=()))

    def text_at(self, at: Place) -> Cable | None:
        """The cable of a place of which the text is kept, without its segments."""
        return self._draft.unpacked("text", at)

    def bring(self, at: Place, cable: Cable) -> None:
        """Keep the passages that a cable brought with it, of versions whose pages may not be there.

        Raises ValueError if they are no text that could be shown.
        """
        brought = Cable(cable.id, versions=cable.versions, passages=cable.passages)
        self._draft.pack("brought", at, brought)

    def brought(self, at: Place) -> tuple[Passage, ...]:
        """The passages that the cable of a place brought with it."""
        found = self._draft.unpacked("brought", at)
        return found.passages if found else ()

    def wait(self, at: Place, cable: Cable) -> None:
        """Keep a whole cable until it is put. Raises ValueError if it is no text that could be shown."""
        self._draft.pack("waiting", at, cable)

    def waiting(self, at: Place) -> Cable | None:
        """The whole cable of a place, if it waits to be put."""
        return self._draft.unpacked("waiting", at)

    def arrive(self, key: str, now: Callable[[], Cable]) -> None:
        """Note whether it is news what the engine is about to be given for a key; `now` gives the whole cable."""
        self._draft.arrivals.arrive(key, now, lambda: self._before(key))

    def doubt_all(self, keys: Iterable[str]) -> int:
        """Doubt all that is known, and that the engine has these cables; how many of them no source has."""
        given = list(keys)
        self._draft.doubt_all(given)
        return sum(not self.held(key) for key in given)

    def give(self, key: str, at: Place, told: tuple[Version, ...]) -> None:
        """Note what the engine was given for a key: from where, and of which other versions it was told."""
        self._draft.give(key, at, told)
        self._draft.drop("text", at)

    def given(self, key: str) -> Given | None:
        """What the engine was given for a key in this run, None for nothing."""
        return self._draft.given(key)

    def settle_plain(self) -> None:
        """Settle the keys with one place only, from which the engine was given the cable: most of all."""
        self._draft.settle_plain()

    @property
    def compares(self) -> bool:
        """Whether a key is left that has several places, so that one cable has to be compared with another."""
        return self._draft.has_touched

    def unsettled(self) -> Iterator[str]:
        """The keys of which the engine may not have what it should, in order; they may be settled meanwhile."""
        self.settle_plain()
        return self._draft.touched()

    def settle(self, key: str, held: list[Held]) -> None:
        """Note that the engine has what it should: the first of these that hold the cable, or none. Drop old texts."""
        self._draft.settle(key, held[0].at if held else None)
        wanted = compared(held)
        for each in held:
            if each not in wanted:
                self._draft.drop("text", each.at)
            self._draft.drop("waiting", each.at)

    def want(self, at: Place) -> None:
        """Note that a place has to be read again."""
        self._draft.want(at)

    def wanted(self) -> list[Input]:
        """The sources with places that have to be read again."""
        return self._draft.wanted()

    def wanted_on(self, path: str, page: int) -> tuple[int, set[int]]:
        """The number of a source, and which of the cables on one of its pages have to be read again."""
        number = self._number(path)
        return number, self._draft.wanted_on(number, page)

    def none_wanted(self) -> None:
        """Strike out what had to be read again."""
        self._draft.none_wanted()

    def changed(self) -> list[str] | None:
        """The keys of all cables that this run may have changed; None for a run that began with nothing."""
        return self._draft.changed()

    def announce(self, mark: tuple[str, str], *, last: bool = True) -> None:
        """Write down what the index will be made from; to be called before the engine commits.

        `mark` is the engine's (`FolderWriter.mark`). With the `last` the ledger ends: nothing can be entered after it.
        """
        self._draft.announce(mark, last=last)

    def replace(self) -> None:
        """Make what was announced valid; to be called after the engine has committed."""
        settle(self._folder)

    def _number(self, path: str) -> int:
        number = self._draft.number(path)
        if number is None:
            raise LookupError(f"the ledger has no source {path}")
        return number
