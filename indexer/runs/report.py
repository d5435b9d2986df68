"""What a run of the indexer tells: what it read from where, what it set aside and why, what the index holds now.

Owns the counting. Must not know how it is printed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.inputs.finding import Found
from indexer.page import PassedOver, SetAside
from search.answers.results import IndexStats
from search.sources import Double, Manifest

# So many doubles are told by name; a cable itself names all places where it was found.
MOST_DOUBLES = 1_000

SET_ASIDE = "set aside"


@dataclass(frozen=True, slots=True)
class Reading:
    """What there is of one form in one place: a folder's pages, or an archive, a dump, an export, a volume.

    `form` is as the cables' `source` has it (`scoop`, `nara`, ...), or `set aside`; then `pages` counts the parts that
    were, and the others are 0.
    """

    place: str
    form: str
    pages: int
    cables: int
    paragraphs: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did to the inputs, and what the index holds after it.

    `stats`, `problems` (code -> count) and the doubles tell of the whole index; `readings`, `set_aside` and
    `passed_over` of the inputs of this run. `doubles` are the first of `double_count`. `new`, `replaced`, `unchanged`,
    `removed` and `gone_on_with` (an earlier run had broken off in it) count files. `changed` is false when the index
    was left as it was. `rebuild` says whether a rebuild that was interrupted was gone on with, or why not.
    """

    stats: IndexStats
    changed: bool
    new: int
    replaced: int
    unchanged: int
    removed: int
    gone_on_with: int
    readings: tuple[Reading, ...]
    problems: dict[str, int]
    set_aside: tuple[SetAside, ...]
    double_count: int
    doubles: tuple[Double, ...]
    passed_over: tuple[str, ...]
    seconds: float
    rebuild: str = ""


class Account:
    """What the manifest has of the inputs of one run, counted."""

    def __init__(self, found: Found, manifest: Manifest, loose: Sequence[SetAside]) -> None:
        self._roots = [(f"{root.path}{os.sep}", root.address) for root in found.roots]
        named = {file.name for file in found.files}
        named.update(str(path) for path, _ in found.set_aside)
        counts: dict[tuple[str, str], list[int]] = {}
        for tally in manifest.tallies(named):
            place = self._place(tally.path, tally.address, alone=tally.alone)
            _add(counts, (place, tally.form), (tally.pages, tally.cables, tally.paragraphs))
        self.set_aside: list[SetAside] = []
        for source, aside in manifest.set_aside():
            if source.path in named:
                place = self._place(source.path, source.address, alone=source.alone)
                _add(counts, (place, SET_ASIDE), (aside.count, 0, 0))
                self.set_aside.append(
                    SetAside(aside.address, aside.reason, aside.advice, aside.line)
                )
        self.set_aside.extend(loose)
        self.readings = tuple(
            Reading(*key, *counted)
            for key, counted in sorted(counts.items(), key=lambda item: _order(*item[0]))
        )
        self.passed_over = [
            *found.passed_over,
            *(
                str(PassedOver(address, what, count))
                for path, address, what, count in manifest.passed_over()
                if path in named
            ),
        ]

    def _place(self, path: str, address: str, *, alone: bool) -> str:
        """Where something is said to have been read from."""
        if not alone:
            return address
        root = next((named for inside, named in self._roots if path.startswith(inside)), None)
        return root if root is not None else os.path.dirname(address) or "."  # noqa: PTH120 - an address


def _add(
    counts: dict[tuple[str, str], list[int]], key: tuple[str, str], more: Iterable[int]
) -> None:
    counts[key] = [one + other for one, other in zip(counts.get(key, (0, 0, 0)), more, strict=True)]


def _order(place: str, form: str) -> tuple[str, bool, str]:
    return place, form == SET_ASIDE, form
