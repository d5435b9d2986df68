"""The sample cables that come with the program, so that a clone or an installation works at once.

Owns where they are. What they are, and that most of them are invented, `corpus/samples/README.md` tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path


@contextmanager
def samples_folder() -> Iterator[Path]:
    """The folder of the sample cables, as a real folder for as long as the context lasts.

    In a checkout and in an installed wheel it is the folder itself, so nothing may be written there.
    """
    with as_file(files("corpus").joinpath("samples")) as folder:
        yield folder
