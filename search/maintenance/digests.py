"""What the files of an index are to be, byte for byte: `digests.json` in its folder.

Owns that file and the comparison. A run of the indexer writes it at its end, for the commit that it made; what an
engine never changes once it stands is read once. A commit on the way leaves it as it was: it then is of an earlier
commit. Must not know what is in any of the files.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from corpus.late_dataclasses import dataclass
from search.engines import committed_mark
from search.engines.manifest import MANIFEST_FILE
from search.errors import IndexDamaged, SearchError
from search.sources import FILE_NAME
from search.sources.announced import is_announced
from search.system.disk import reach_the_disk

DIGESTS_FILE = "digests.json"
# What an engine writes anew under the same name; all else in a data folder is written once.
_WRITTEN_ANEW = frozenset({"meta.json"})
# A lock has no content, and Whoosh's has no ending.
_LOCKS = ("LOCK", ".lock")


@dataclass(frozen=True, slots=True)
class Digest:
    """The size of a file in bytes, and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Digests:
    """The files of an index by their names from its folder on, for the commit of that data folder and mark."""

    data: str
    mark: str
    files: dict[str, Digest]


def digest_of(path: Path) -> Digest:
    """The digest of a file. Raises OSError."""
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
        return Digest(file.tell(), found)


def files_of(folder: Path, data: str) -> Iterator[str]:
    """The files that an index is, by their names from its folder on, in order; locks and drafts are none."""
    yield MANIFEST_FILE
    if (folder / FILE_NAME).exists():
        yield FILE_NAME
    for path in sorted((folder / data).iterdir()):
        if path.is_file() and not path.name.startswith(".") and not path.name.endswith(_LOCKS):
            yield f"{data}/{path.name}"


def read_digests(folder: Path) -> Digests | None:
    """The digests that are kept of an index; None if there are none. Raises IndexDamaged, OSError."""
    path = folder / DIGESTS_FILE
    try:
        found = json.loads(path.read_bytes())
        files = {
            str(name): Digest(int(size), str(sha)) for name, (size, sha) in found["files"].items()
        }
        return Digests(str(found["data"]), str(found["mark"]), files)
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise IndexDamaged(f"{path} is damaged; `cablegram verify` needs it") from error


def write_digests(folder: Path) -> Digests:
    """Note what the files of an index are now, after its commit. Raises SearchError, OSError."""
    data, mark = committed_mark(folder)
    try:
        before = read_digests(folder)
    except IndexDamaged:
        before = None
    known = before.files if before is not None else {}
    files = {}
    for name in files_of(folder, data):
        path = folder / name
        old = known.get(name)
        once = "/" in name and path.name not in _WRITTEN_ANEW
        # What has changed since it was read first was not changed by us: its first digest tells.
        files[name] = old if old is not None and once else digest_of(path)
    found = Digests(data, mark, files)
    _write(folder, found)
    return found


def is_of_last_commit(folder: Path, digests: Digests) -> bool:
    """Whether the digests are of the index's last commit, also if that can't be read any more, and no run goes on."""
    if is_announced(folder):
        return False
    try:
        return committed_mark(folder) == (digests.data, digests.mark)
    except SearchError:
        return True


def _write(folder: Path, digests: Digests) -> None:
    files = {name: [each.size, each.sha256] for name, each in digests.files.items()}
    fresh = folder / f"{DIGESTS_FILE}.new"
    fresh.write_text(f"{json.dumps({**asdict(digests), 'files': files}, indent=1)}\n", "utf-8")
    reach_the_disk(fresh)
    fresh.replace(folder / DIGESTS_FILE)
    reach_the_disk(folder)


def faults(folder: Path, digests: Digests, *, current: bool) -> Iterator[str]:
    """What of an index is not as its digests say, in a sentence each.

    Unless they are of the `current` commit, files may be gone, and those that are written anew may be others.
    """
    for name, wanted in digests.files.items():
        path = folder / name
        if not current and ("/" not in name or path.name in _WRITTEN_ANEW):
            continue
        try:
            found = digest_of(path)
        except FileNotFoundError:
            if current:
                yield f"{name} is missing"
        except OSError as error:
            yield f"{name} can't be read ({error.strerror})"
        else:
            if found.size != wanted.size:
                yield f"{name} has {found.size:,} bytes instead of {wanted.size:,}"
            elif found != wanted:
                yield f"{name} is not as it was written: its content has changed"


def sync(folder: Path) -> None:
    """Wait until the files below a folder, and their names, would survive a loss of power."""
    for place, _, names in os.walk(folder):
        for name in names:
            reach_the_disk(Path(place) / name)
        reach_the_disk(Path(place))
