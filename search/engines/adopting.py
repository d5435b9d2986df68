"""One index put in the place of another, when it was made beside it.

Owns the steps, each of which leaves the old index or the new one. Must not know an engine: an index whose engine keeps
all of it in its data folder is moved with that folder.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from search.engines.manifest import read_manifest, write_manifest
from search.engines.writing import data_folders, next_data_folder
from search.errors import SearchError
from search.system.disk import reach_the_disk


def adopt(
    folder: Path,
    made: Path,
    application: str,
    forget: Callable[[Path], None],
    announce: Callable[[str], None],
) -> None:
    """Put the index in `made` in the place of that in `folder`, whose lock has to be held.

    `announce` is told the name of its new data folder before the manifest names that. `forget` frees what
    an engine keeps elsewhere for a data folder. Raises SearchError, OSError.
    """
    manifest = read_manifest(made)
    name = next_data_folder(folder, manifest.engine)
    announce(name)
    (made / manifest.data).rename(folder / name)
    reach_the_disk(folder)
    write_manifest(folder, replace(manifest, data=name, application=application))
    for path in data_folders(folder):
        if path.name != name:
            with suppress(SearchError):
                forget(path)
            shutil.rmtree(path)
