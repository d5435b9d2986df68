"""A backup of an index in one file, and an index made from one: both proved by digests.

Owns the form of that file. It is a tar, not packed, that any program unpacks: first `backup.json`, which has the form,
the engine, and size and SHA-256 of each file behind it; then the files of the index as they are. Of an index on a
cluster it has a copy as one machine keeps it (tantivy), from which any engine is filled. Must not know an engine.

What a backup says of itself proves that it is whole; that this machine made it, only to this machine.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from corpus.late_dataclasses import dataclass
from search.alerts.state import STATE_FILE, copy_state, has_state
from search.answers.results import IndexStats
from search.engines import CLUSTER_ENGINE, DEFAULT_ENGINE, committed_mark, open_searcher
from search.engines.lock import LOCK_FILE, WriteLock
from search.engines.manifest import MANIFEST_FILE, read_manifest
from search.engines.origin import check_proof, mark_origin, prove
from search.errors import IndexDamaged, SearchError
from search.maintenance.agreement import check_sources
from search.maintenance.copying import copy
from search.maintenance.digests import (
    Digest,
    digest_of,
    faults,
    files_of,
    is_of_last_commit,
    read_digests,
    sync,
    write_digests,
)
from search.people import decisions as people
from search.sources.announced import is_announced
from search.system.outputs import check_output, write_output
from search.telegrams import FILE_NAME as TELEGRAMS

CONTENTS = "backup.json"
_FORM = "cablegram backup 1"
_BITE = 1 << 20
# The engine whose files run what stands in them: see `search.engines.origin`.
_PICKLES = "whoosh"
# The list of files stands before them: some hundred bytes for each of some hundreds.
_MOST_CONTENTS = 16_000_000
# The name of a file of an index: `sources.sqlite`, `tantivy-1/meta.json`; no `..`, no folder above, nothing hidden.
_NAME = re.compile(r"(?:[a-z]{1,20}-[0-9]{1,9}/)?[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}")


@dataclass(frozen=True, slots=True)
class Kept:
    """What a backup holds, or what was made of one: so many files and bytes, of an index of that engine."""

    engine: str
    files: int
    bytes: int
    cables: int
    paragraphs: int


def backup(folder: Path, target: Path) -> Kept:
    """Write a backup of the index in `folder` to the file `target`, which appears when it is whole.

    Nothing may be written to the index meanwhile. Raises SearchError if it is being written to, is damaged, or is of
    another commit than its list of sources; OSError if the file can't be written. There is no backup then.
    """
    check_output(target)
    engine = read_manifest(folder).engine
    with _still(folder):
        if engine != CLUSTER_ENGINE:
            _check_digests(folder)
        check_sources(folder)
        if is_announced(folder):
            raise SearchError(
                f"The last run on the index {folder} was interrupted; index once more, then back it up."
            )
        with tempfile.TemporaryDirectory(
            prefix="cablegram-", dir=target.absolute().parent
        ) as place:
            source = folder
            if engine == CLUSTER_ENGINE:
                source = Path(place) / "index"
                copied = copy(folder, source, DEFAULT_ENGINE)
                if not copied.whole:
                    raise SearchError(
                        f"The index {folder} could not be read whole; see: cablegram copy."
                    )
            files = {name: source / name for name in files_of(source, read_manifest(source).data)}
            # Neither has a digest: the one is made anew if need be, the other is the archive's to change.
            for beside in (TELEGRAMS, people.FILE_NAME):
                if (source / beside).exists():
                    files[beside] = source / beside
            if has_state(folder):
                files[STATE_FILE] = copy_state(folder, Path(place))
            return _written(files, engine, target, _stats(source))


def restore(file: Path, folder: Path, engine: str | None = None) -> Kept:
    """Make the index in `folder` from a backup: with the engine that it had, or with another.

    Raises SearchError if there is something in the folder, or if the backup is damaged or none; OSError. There is no
    index then.
    """
    _check_empty(folder)
    folder.absolute().parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".cablegram-", dir=folder.absolute().parent) as place:
        unpacked = Path(place) / "index"
        unpacked.mkdir()
        told, digests = _unpack(file, unpacked)
        had = read_manifest(unpacked).engine
        wanted = engine or told
        if had == _PICKLES:
            mark_origin(
                unpacked / read_manifest(unpacked).data
            )  # the backup has proved it, or somebody asked for it
        if wanted == had:
            stats = _stats(unpacked)
            write_digests(unpacked)
            sync(unpacked)
            if folder.exists():
                (folder / LOCK_FILE).unlink(missing_ok=True)
                folder.rmdir()
            unpacked.replace(folder)
        else:
            copied = copy(unpacked, folder, wanted)
            if not copied.whole:
                raise SearchError(
                    f"The engine {wanted} did not take all cables of {file}; there is no whole index."
                )
            stats = copied.after
        size = sum(each.size for each in digests.values())
        return Kept(wanted, len(digests), size, stats.cables, stats.paragraphs)


@contextmanager
def _still(folder: Path) -> Iterator[None]:
    """A context in which nobody writes to an index: by its lock, or seen by its files where none can be taken."""
    if os.access(folder, os.W_OK):
        lock = WriteLock(folder)
        lock.acquire()
        try:
            yield
        finally:
            lock.release()
        return
    before = committed_mark(folder)
    yield
    if committed_mark(folder) != before:
        raise SearchError(f"The index {folder} was written to meanwhile; run the command again.")


def _check_digests(folder: Path) -> None:
    digests = read_digests(folder)
    if digests is None:
        return
    for fault in faults(folder, digests, current=is_of_last_commit(folder, digests)):
        raise IndexDamaged(f"The index {folder} is damaged, and no backup was made: {fault}.")


def _stats(folder: Path) -> IndexStats:
    with closing(open_searcher(folder)) as searcher:
        return searcher.stats()


def _written(files: Mapping[str, Path], engine: str, target: Path, stats: IndexStats) -> Kept:
    digests = {name: digest_of(path) for name, path in files.items()}
    size = sum(each.size for each in digests.values())
    listed = {name: [each.size, each.sha256] for name, each in digests.items()}
    told = {"form": _FORM, "engine": engine, "origin": prove(_signed(listed)), "files": listed}
    contents = json.dumps(told, indent=1).encode()
    write_output(target, _tar(contents, files, digests))
    return Kept(engine, len(files), size, stats.cables, stats.paragraphs)


def _signed(listed: object) -> str:
    """What the proof of origin stands for: the digests of all files."""
    return json.dumps(listed, sort_keys=True)


def _tar(
    contents: bytes, files: Mapping[str, Path], digests: Mapping[str, Digest]
) -> Iterator[bytes]:
    yield from _member(CONTENTS, len(contents), [contents])
    for name, path in files.items():
        yield from _member(name, digests[name].size, _proved(path, name, digests[name]))
    yield bytes(2 * tarfile.BLOCKSIZE)


def _member(name: str, size: int, pieces: Iterable[bytes]) -> Iterator[bytes]:
    info = tarfile.TarInfo(name)
    info.size = size
    yield info.tobuf(tarfile.PAX_FORMAT)
    yield from pieces
    yield bytes(-size % tarfile.BLOCKSIZE)


def _proved(path: Path, name: str, wanted: Digest) -> Iterator[bytes]:
    """The content of a file. Raises IndexDamaged at its end if it was not the one of its digest."""
    seen, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(_BITE):
            seen.update(piece)
            size += len(piece)
            yield piece
    if Digest(size, seen.hexdigest()) != wanted:
        raise IndexDamaged(
            f"{name} changed while it was read, and no backup was made; run the command again."
        )


def _check_empty(folder: Path) -> None:
    try:
        there = {path.name for path in folder.iterdir()}
    except FileNotFoundError:
        return
    if there - {LOCK_FILE}:
        raise SearchError(
            f"{folder} is not empty; restore to a new or an empty folder, with --index."
        )


def _unpack(file: Path, place: Path) -> tuple[str, dict[str, Digest]]:
    """Unpack a backup; the engine of its index, and its files. Raises SearchError if it is not what it says."""
    with file.open("rb") as stream:
        try:
            with tarfile.open(fileobj=stream, mode="r:") as archive:
                return _unpacked(archive, file, place)
        except (
            tarfile.TarError,
            EOFError,
            ValueError,
            TypeError,
            LookupError,
            AttributeError,
        ) as error:
            said = " ".join(str(error).split()) or type(error).__name__
            raise SearchError(
                f"{file} is no backup of Cablegram's, or is damaged: {said}"
            ) from error


def _unpacked(archive: tarfile.TarFile, file: Path, place: Path) -> tuple[str, dict[str, Digest]]:
    contents = archive.next()
    if (
        contents is None
        or contents.name != CONTENTS
        or not contents.isreg()
        or contents.size > _MOST_CONTENTS
    ):
        raise ValueError(f"it does not begin with {CONTENTS}")
    told: dict[str, Any] = json.loads(_stream(archive, contents).read())
    if told["form"] != _FORM:
        raise ValueError(f"its form is {told['form']!r}")
    wanted = {str(name): Digest(int(size), str(sha)) for name, (size, sha) in told["files"].items()}
    if MANIFEST_FILE not in wanted:
        raise ValueError("it holds no index")
    if any(name.startswith(f"{_PICKLES}-") for name in wanted):
        check_proof(f"The backup {file}", _signed(told["files"]), str(told.get("origin", "")))
    left = dict(wanted)
    while (info := archive.next()) is not None:
        digest = left.pop(info.name, None)
        if digest is None or not info.isreg() or not _NAME.fullmatch(info.name):
            raise ValueError(
                f"it has {info.name!r}, which its list does not name, or which is no file of an index"
            )
        target = place / info.name
        target.parent.mkdir(exist_ok=True)
        seen, size = hashlib.sha256(), 0
        with _stream(archive, info) as source, target.open("xb") as written:
            while piece := source.read(_BITE):
                seen.update(piece)
                size += len(piece)
                written.write(piece)
        if Digest(size, seen.hexdigest()) != digest:
            raise SearchError(f"{file} is damaged: {info.name} is not as it was written.")
    if left:
        raise SearchError(
            f"{file} is damaged: {next(iter(left))} is missing, and {len(left) - 1:,} other files."
        )
    return str(told["engine"]), wanted


def _stream(archive: tarfile.TarFile, info: tarfile.TarInfo) -> BinaryIO:
    found = archive.extractfile(info)
    if found is None:
        raise ValueError(f"{info.name!r} is no file")
    return found  # type: ignore[return-value]
