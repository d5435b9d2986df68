"""Both locks, installed by make on a fresh machine: with the oldest pip that a Python may bring, and with the newest.

What pip is there depends on the Python: 3.11 began with 22.3, 3.12 with 23.2.1. An older pip does not run with a newer
Python, so these are tried where they can be. Nothing is taken from a cache.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Run

NEWEST = "newest"
# The first pip that a Python's venv made, where it runs: with that Python and older ones.
FIRST = (((3, 11), "22.3"), ((3, 12), "23.2.1"))
PIPS = [*(pip for python, pip in FIRST if sys.version_info[:2] <= python), NEWEST]

# What make needs for it.
FILES = ("Makefile", "pyproject.toml", "README.md", "LICENSE", "cablegram.py")
FOLDERS = ("requirements", "scripts", "corpus", "indexer", "search", "webui")


def install(root: Path, execute: Run, place: Path, pip: str) -> str:
    """Installs all that a clone needs, with that pip in its empty environment; returns what pip calls itself then."""
    clone = place / "clone"
    clone.mkdir()
    for name in FILES:
        shutil.copy(root / name, clone)
    for name in FOLDERS:
        leave = shutil.ignore_patterns("__pycache__")
        shutil.copytree(root / name, clone / name, ignore=leave)
    fresh = {
        "PIP_CACHE_DIR": str(place / "cache"),
        # Pip reads this as the value of `compile`: 0 is what leaves 30 seconds of bytecode out, 1 asks for it.
        "PIP_NO_COMPILE": "0",
        "PYTHON": sys.executable,
    }
    python = str(clone / ".venv" / "bin" / "python")
    wanted = ["--upgrade", "pip"] if pip == NEWEST else [f"pip=={pip}"]
    try:
        execute([sys.executable, "-m", "venv", ".venv"], clone, more=fresh)
        execute([python, "-m", "pip", "install", "--no-deps", *wanted], clone, more=fresh)
        execute(["make", ".venv/ready-dev"], clone, more=fresh)
        execute([python, "-m", "pip", "check"], clone)
        execute([str(clone / ".venv" / "bin" / "cablegram"), "--version"], clone)
        return execute([python, "-m", "pip", "--version"], clone)
    finally:
        # A gigabyte.
        shutil.rmtree(place)


@pytest.fixture(scope="module")
def installing(
    root: Path, execute: Run, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[str]]]:
    """An installation with each pip, as many at once as there are processors."""
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        yield {
            pip: pool.submit(install, root, execute, tmp_path_factory.mktemp("fresh"), pip)
            for pip in PIPS
        }


@pytest.mark.parametrize("pip", PIPS)
def test_make_installs_both_locks(installing: dict[str, Future[str]], pip: str) -> None:
    named = installing[pip].result()
    assert named.startswith("pip ")
    assert pip in (NEWEST, named.split()[1])
