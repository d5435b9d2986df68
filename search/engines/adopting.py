"""One index put in the place of another, when it was made beside it.

Owns the steps, each of which leaves the old index or the new one. Must not know an engine: an index whose engine keeps
all of it in its data folder is moved with that folder.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

from search.disk import reach_the_disk
from search.engines.manifest import read_manifest, write_manifest
from search.engines.writing import data_folders, next_data_folder
from search.errors import SearchError
from search.sources.form import ANNOUNCED, FILE_NAME


def adopt(folder: Path, made: Path, application: str, forget: Callable[[Path], None]) -> None:
    """Put the index in `made` in the place of that in `folder`, whose lock has to be held.

    Its sources are announced before the manifest names its data, and the caller accepts them: if the power fails in
    between, the next run of the indexer sees by the data folder which of them belong to the index. `forget` frees what
    an engine keeps elsewhere for a data folder. Raises SearchError, OSError.
    """
    manifest = read_manifest(made)
    name = next_data_folder(folder, manifest.engine)
    _announce(folder, made, name)
    (made / manifest.data).rename(folder / name)
    reach_the_disk(folder)
    write_manifest(folder, replace(manifest, data=name, application=application))
    for path in data_folders(folder):
        if path.name != name:
            with suppress(SearchError):
                forget(path)
            shutil.rmtree(path)


def _announce(folder: Path, made: Path, name: str) -> None:
    sources = made / FILE_NAME
    try:
        with closing(sqlite3.connect(sources)) as connection, connection:
            # No commit of this data folder was there before: whatever mark it has, it is the new one.
            connection.execute("UPDATE about SET folder = ?, mark = ''", (name,))
    except sqlite3.DatabaseError as error:
        raise SearchError(f"Cannot write {sources}: {error}.") from error
    reach_the_disk(sources)
    announced = folder / ANNOUNCED
    for left in (announced, folder / f"{ANNOUNCED}-journal"):
        left.unlink(missing_ok=True)
    # The same file under two names: what has the rebuild's is removed with it.
    os.link(sources, announced)
    reach_the_disk(folder)
