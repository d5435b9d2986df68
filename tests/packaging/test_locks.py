"""Both locks, installed by make on a fresh machine: with the oldest pip that a Python may bring, and with the newest.

Each installs the lock of the program, from the index. Of the tests' lock (a gigabyte, which `make test` has just
installed) the newest fetches each package's wheel for this Python and system, and the oldest says what it would install
of those: each holds it to the lock's hashes, as it does when it installs; what would be left is to unpack it. The
oldest is not sent to the index again: it reads through every file of every version there, for half a minute, and how it
does that is seen when it installs the program's lock.

What pip is there depends on the Python: 3.11 began with 22.3, 3.12 with 23.2.1. Each takes from pip's cache what it
understands of it: what `make test` has fetched is not fetched again.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from conftest import Run

NEWEST = "newest"
# The first pip that each Python's venv made.
FIRST = {(3, 11): "22.3", (3, 12): "23.2.1", (3, 13): "24.2", (3, 14): "25.2"}
PIPS = [FIRST.get(sys.version_info[:2], max(FIRST.values())), NEWEST]

FRESH = {
    # Pip reads this as the value of `compile`: 0 is what leaves 30 seconds of bytecode out, 1 asks for it.
    "PIP_NO_COMPILE": "0",
    "PYTHON": sys.executable,
}
# What make needs for it.
FILES = ("Makefile", "pyproject.toml", "README.md", "LICENSE", "cablegram.py")
FOLDERS = ("requirements", "scripts", "corpus", "indexer", "search", "webui")


# `LOCKED = install --no-deps --require-hashes`: how the Makefile has a lock installed.
LOCKED = re.compile(r"^LOCKED = (.+)$", re.MULTILINE)
# `Would install click-8.1 rich-14.0`, and the version behind the last hyphen of each.
WOULD = re.compile(r"^Would install (.+)$", re.MULTILINE)


def locked_options(root: Path) -> list[str]:
    """What the Makefile tells pip when it has a lock installed, up to the lock's own name."""
    return LOCKED.findall((root / "Makefile").read_text(encoding="utf-8"))[0].split()


def made(execute: Run, folder: Path, pip: str) -> str:
    """The Python of a new environment `.venv` in a folder, with nothing but that pip in it."""
    execute([sys.executable, "-m", "venv", "--without-pip", ".venv"], folder)
    python = str(folder / ".venv" / "bin" / "python")
    wanted = "pip" if pip == NEWEST else f"pip=={pip}"
    ours = [sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", wanted]
    execute(ours, folder, more=FRESH)
    return python


@pytest.fixture(scope="module")
def wheels(root: Path, execute: Run, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The wheels of the tests' lock, as the newest pip fetches them."""
    place = tmp_path_factory.mktemp("fetching")
    python = made(execute, place, NEWEST)
    options = [one for one in locked_options(root) if one != "install"]
    lock = str(root / "requirements" / "dev.txt")
    command = [python, "-m", "pip", "download", "--dest", "wheels", *options, lock]
    execute(command, place, more=FRESH)
    yield place / "wheels"
    shutil.rmtree(place)


def would_install(execute: Run, clone: Path, wheels: Path) -> None:
    """Has pip say that it would install each package of the tests' lock, in the lock's version, that is not there."""
    python = str(clone / ".venv" / "bin" / "python")
    command = [
        python,
        "-m",
        "pip",
        *locked_options(clone),
        "requirements/dev.txt",
        "--dry-run",
        "--ignore-installed",
        "--no-index",
        "--find-links",
        str(wheels),
    ]
    said = execute(command, clone, more=FRESH)
    would = {
        (canonicalize_name(name), version)
        for each in WOULD.findall(said)[0].split()
        for name, _, version in [each.rpartition("-")]
    }
    spec = spec_from_file_location("check_lock", clone / "scripts" / "check_lock.py")
    assert spec
    assert spec.loader
    check_lock = module_from_spec(spec)
    spec.loader.exec_module(check_lock)
    wanted = check_lock.locked(clone / "requirements" / "dev.txt")
    assert len(wanted) > 50
    assert would == set(wanted.items())


def install(root: Path, execute: Run, place: Path, pip: str, wheels: Path) -> str:
    """Installs what a clone needs, with that pip in its empty environment; returns what pip calls itself then."""
    clone = place / "clone"
    clone.mkdir(parents=True)
    for name in FILES:
        shutil.copy(root / name, clone)
    for name in FOLDERS:
        leave = shutil.ignore_patterns("__pycache__")
        shutil.copytree(root / name, clone / name, ignore=leave)
    try:
        python = made(execute, clone, pip)
        execute(["make", ".venv/ready-run"], clone, more=FRESH)
        if pip != NEWEST:
            would_install(execute, clone, wheels)
        execute([python, "-m", "pip", "check"], clone)
        execute([str(clone / ".venv" / "bin" / "cablegram"), "--version"], clone)
        return execute([python, "-m", "pip", "--version"], clone)
    finally:
        shutil.rmtree(place)


@pytest.mark.parametrize("pip", PIPS)
def test_make_installs_both_locks(
    root: Path, execute: Run, tmp_path: Path, pip: str, wheels: Path
) -> None:
    named = install(root, execute, tmp_path / "fresh", pip, wheels)
    assert named.startswith("pip ")
    assert pip in (NEWEST, named.split()[1])
