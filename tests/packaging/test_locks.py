"""Both locks, installed by make on a fresh machine: with the oldest pip that a Python may bring, and with the newest.

Each installs the lock of the program. Of the tests' lock (a gigabyte, which `make test` has just installed) the oldest
says what it would install: it finds each package's wheel for this Python and system and holds it to the lock's hashes,
as it does when it installs; what would be left is to unpack it.

What pip is there depends on the Python: 3.11 began with 22.3, 3.12 with 23.2.1. Each takes from pip's cache what it
understands of it: what `make test` has fetched is not fetched again.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Mapping
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

# What make needs for it.
FILES = ("Makefile", "pyproject.toml", "README.md", "LICENSE", "cablegram.py")
FOLDERS = ("requirements", "scripts", "corpus", "indexer", "search", "webui")


# `LOCKED = install --no-deps --require-hashes`: how the Makefile has a lock installed.
LOCKED = re.compile(r"^LOCKED = (.+)$", re.MULTILINE)
# `Would install click-8.1 rich-14.0`, and the version behind the last hyphen of each.
WOULD = re.compile(r"^Would install (.+)$", re.MULTILINE)


def would_install(execute: Run, clone: Path, fresh: Mapping[str, str]) -> None:
    """Has pip say that it would install each package of the tests' lock, in the lock's version, that is not there."""
    python = str(clone / ".venv" / "bin" / "python")
    locked = LOCKED.findall((clone / "Makefile").read_text(encoding="utf-8"))[0].split()
    command = [
        python,
        "-m",
        "pip",
        *locked,
        "requirements/dev.txt",
        "--dry-run",
        "--ignore-installed",
    ]
    said = execute(command, clone, more=fresh)
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


def install(root: Path, execute: Run, place: Path, pip: str) -> str:
    """Installs what a clone needs, with that pip in its empty environment; returns what pip calls itself then."""
    clone = place / "clone"
    clone.mkdir(parents=True)
    for name in FILES:
        shutil.copy(root / name, clone)
    for name in FOLDERS:
        leave = shutil.ignore_patterns("__pycache__")
        shutil.copytree(root / name, clone / name, ignore=leave)
    fresh = {
        # Pip reads this as the value of `compile`: 0 is what leaves 30 seconds of bytecode out, 1 asks for it.
        "PIP_NO_COMPILE": "0",
        "PYTHON": sys.executable,
    }
    python = str(clone / ".venv" / "bin" / "python")
    wanted = ["--upgrade", "pip"] if pip == NEWEST else [f"pip=={pip}"]
    try:
        execute([sys.executable, "-m", "venv", ".venv"], clone, more=fresh)
        execute([python, "-m", "pip", "install", "--no-deps", *wanted], clone, more=fresh)
        execute(["make", ".venv/ready-run"], clone, more=fresh)
        if pip != NEWEST:
            would_install(execute, clone, fresh)
        execute([python, "-m", "pip", "check"], clone)
        execute([str(clone / ".venv" / "bin" / "cablegram"), "--version"], clone)
        return execute([python, "-m", "pip", "--version"], clone)
    finally:
        shutil.rmtree(place)


@pytest.mark.parametrize("pip", PIPS)
def test_make_installs_both_locks(root: Path, execute: Run, tmp_path: Path, pip: str) -> None:
    named = install(root, execute, tmp_path / "fresh", pip)
    assert named.startswith("pip ")
    assert pip in (NEWEST, named.split()[1])
