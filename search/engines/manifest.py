"""The file that says what an index folder holds: INDEX/cablegram.json.

Owns its form, its checks and its replacement. Must not know an engine, what a field means, or what the index was made
from (`search.sources` does). The manifest is
the last thing a first commit writes, so a folder without one holds no index, whatever else is in it.
"""

from __future__ import annotations

import json
import os
import shlex
from dataclasses import asdict
from pathlib import Path

from corpus.late_dataclasses import dataclass
from search.errors import IndexDamaged, IndexMissing, IndexOutdated, SearchError
from search.system.disk import reach_the_disk

MANIFEST_FILE = "cablegram.json"


@dataclass(frozen=True, slots=True)
class IndexManifest:
    """What an index was written with.

    `schema` is the fingerprint of the field table and of the engine's schema; `data` names the folder inside
    INDEX that holds the engine's files. `application` is for people: an index is refused for its engine or
    its schema, and never for the version that wrote it.
    """

    engine: str
    schema: str
    data: str
    application: str


def read_manifest(folder: Path) -> IndexManifest:
    """The manifest of an index folder.

    Raises IndexMissing if there is none, IndexOutdated if it has another form than ours, IndexDamaged if it
    isn't JSON, SearchError if it can't be read.
    """
    path = folder / MANIFEST_FILE
    try:
        found = json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissing(
            f"There is no index in {folder}; build one with: {build_command(folder)}"
        ) from error
    except OSError as error:
        raise SearchError(f"Cannot read {path}: {error.strerror}.") from error
    except ValueError as error:
        raise IndexDamaged(f"{path} is damaged; {rebuild_advice(folder)}") from error
    names = IndexManifest.__dataclass_fields__
    if not isinstance(found, dict) or any(not isinstance(found.get(name), str) for name in names):
        raise IndexOutdated(
            f"The index {folder} was written by another version of Cablegram; "
            f"{rebuild_advice(folder)}"
        )
    return IndexManifest(**{name: found[name] for name in names})


def check_schema(folder: Path, manifest: IndexManifest, schema: str) -> None:
    """Raises IndexOutdated if the index was written with another field table or engine schema."""
    if manifest.schema != schema:
        raise IndexOutdated(
            f"The index {folder} was written by version {manifest.application} of Cablegram, whose "
            f"fields were others; bring it to this version with: {migrate_command(folder)}; or {rebuild_advice(folder)}"
        )


def write_manifest(folder: Path, manifest: IndexManifest) -> None:
    """Replace the manifest in one step: a reader sees the old one or the new one, never half of one."""
    path = folder / MANIFEST_FILE
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file, indent=2)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    reach_the_disk(folder)


def build_command(folder: Path) -> str:
    """The command that makes an index in `folder`."""
    return f"cablegram index PATH... --index {shlex.quote(str(folder))}"


def rebuild_command(folder: Path) -> str:
    """The command that makes the index in `folder` anew."""
    return f"cablegram index --rebuild PATH... --index {shlex.quote(str(folder))}"


def migrate_command(folder: Path) -> str:
    """The command that brings the index in `folder` to this version."""
    return f"cablegram migrate --index {shlex.quote(str(folder))}"


def rebuild_advice(folder: Path) -> str:
    """The end of a sentence about an index that is of no use as it is."""
    return f"build it anew with: {rebuild_command(folder)}"
