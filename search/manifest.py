"""What an index was made from: each input with its digest and its cables, or why nothing came of it.

Owns the file `sources.json` in the index folder, which lets a second run read only what changed and lets
`cablegram status` tell what was set aside. Must not know an engine, nor how a page is read: the indexer writes it.

The file is written in two steps around the engine's commit: `announce` before it, `settle` after it. If the power
fails in between, `read` can't know whether the commit came through, so it takes every source that was about to
change for one whose index state is unknown (`Source.unsure`), and the next run reads it again.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path

from search.engines.manifest import rebuild_command
from search.errors import IndexDamaged, IndexOutdated

FILE_NAME = "sources.json"
_ANNOUNCED = "sources.json.next"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Holding:
    """A cable as one page has it. `weight` is the length of its paragraphs in characters."""

    cable: str
    weight: int
    paragraphs: int
    problems: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """One input and what came of it.

    `path` is absolute and names it; `address` is how people see it. `reader` tells which version of the parser read
    it. `reason`, if not empty, says why it was set aside; cables beside a reason are those of an earlier reading.
    """

    path: str
    address: str
    digest: str = ""
    reader: str = ""
    cables: tuple[Holding, ...] = ()
    reason: str = ""
    advice: str = ""
    line: int | None = None

    @property
    def unsure(self) -> bool:
        """Whether an interrupted run left it unknown which of its cables the index has."""
        return bool(self.cables) and not self.digest


# Of several pages with the same cable the least rank is indexed: most text, then the first path, then the first
# place on the page. It depends on nothing but the pages, so a run that adds one page gives what a whole run gives.
Rank = tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class Double:
    """A cable that occurs more than once: the page that was indexed and one that was not."""

    cable: str
    kept: str
    left_out: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """All sources of an index by their path, and when it last changed (None: never)."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    built: datetime | None = None

    def ranks(self) -> dict[str, list[Rank]]:
        """For each cable id the pages that have it, the indexed one first."""
        found: dict[str, list[Rank]] = {}
        for source in self.sources.values():
            for cable, rank in ranked(source):
                found.setdefault(cable, []).append(rank)
        for ranks in found.values():
            ranks.sort()
        return found

    def problems(self) -> dict[str, int]:
        """How often each problem code occurs in the cables that are indexed, most frequent first."""
        counts: Counter[str] = Counter()
        for _, path, position in (ranks[0] for ranks in self.ranks().values()):
            counts.update(self.sources[path].cables[position].problems)
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def doubles(self) -> tuple[Double, ...]:
        """The pages whose cable was taken from another page, by cable."""
        return tuple(
            Double(cable, self.sources[ranks[0][1]].address, self.sources[path].address)
            for cable, ranks in sorted(self.ranks().items())
            for _, path, _ in ranks[1:]
        )

    def set_aside(self) -> tuple[Source, ...]:
        """The inputs that could not be read, by path."""
        return tuple(
            self.sources[path] for path in sorted(self.sources) if self.sources[path].reason
        )


def ranked(source: Source) -> Iterator[tuple[str, Rank]]:
    """The cables of a source with their ranks."""
    for position, holding in enumerate(source.cables):
        yield holding.cable, (-holding.weight, source.path, position)


def read(folder: Path) -> Manifest:
    """The manifest of the index in that folder, an empty one if there is none.

    Raises `IndexDamaged` if it can't be understood, `IndexOutdated` if another version wrote it.
    """
    settled = _load(folder / FILE_NAME)
    if not (folder / _ANNOUNCED).exists():
        return settled
    announced = _load(folder / _ANNOUNCED)
    sources = dict(settled.sources)
    for path, after in announced.sources.items():
        before = settled.sources.get(path)
        if after != before:
            both = (*(before.cables if before else ()), *after.cables)
            sources[path] = replace(after, digest="", cables=both)
    for path in settled.sources.keys() - announced.sources.keys():
        sources[path] = replace(settled.sources[path], digest="")
    return Manifest(sources, settled.built)


def announce(folder: Path, manifest: Manifest) -> None:
    """Write down what the index will be made from; to be called before the engine commits."""
    content = {
        "version": _VERSION,
        "built": manifest.built.isoformat() if manifest.built else None,
        "sources": [asdict(manifest.sources[path]) for path in sorted(manifest.sources)],
    }
    with (folder / _ANNOUNCED).open("w", encoding="ascii") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())


def settle(folder: Path) -> None:
    """Make what was announced valid; to be called after the engine has committed."""
    (folder / _ANNOUNCED).replace(folder / FILE_NAME)


def _load(file: Path) -> Manifest:
    try:
        content = json.loads(file.read_bytes())
        if content["version"] != _VERSION:
            raise IndexOutdated(
                f"{file} was written by another version of Cablegram;"
                f" build the index anew with: {rebuild_command(file.parent)}"
            )
        sources = [
            Source(**{**each, "cables": tuple(Holding(**held) for held in each["cables"])})
            for each in content["sources"]
        ]
        built = datetime.fromisoformat(content["built"]) if content["built"] else None
    except FileNotFoundError:
        return Manifest()
    except (ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(
            f"{file} is damaged; build the index anew with: {rebuild_command(file.parent)}"
        ) from error
    return Manifest({source.path: source for source in sources}, built)
