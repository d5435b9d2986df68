"""What is in the wheel and in the sdist, and nothing else."""

from __future__ import annotations

import tarfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Built

ROOMS = ("corpus", "indexer", "search", "webui")

# What the program reads besides its modules: folder, and the file names that must be there.
DATA = (
    ("corpus/tables", "*.csv"),
    ("corpus/samples", "**/*"),
    ("webui/templates", "**/*.html"),
    ("webui/static", "**/*.css"),
)


@pytest.fixture(scope="session")
def wheel_names(built: Built) -> set[str]:
    with zipfile.ZipFile(built.wheel) as archive:
        return {name for name in archive.namelist() if not name.endswith("/")}


@pytest.fixture(scope="session")
def sdist_names(built: Built) -> set[str]:
    with tarfile.open(built.sdist) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


def ours(root: Path) -> set[str]:
    """Every file of the rooms in the repository, and the front door with its types."""
    files = [path for room in ROOMS for path in (root / room).rglob("*") if path.is_file()]
    names = {path.relative_to(root).as_posix() for path in files if "__pycache__" not in path.parts}
    front_door = {"cablegram.py", "cablegram-stubs/__init__.pyi"}
    return {name for name in names if not name.endswith("/.DS_Store")} | front_door


def test_wheel_holds_the_rooms_the_front_door_and_nothing_else(
    root: Path, wheel_names: set[str]
) -> None:
    assert {name for name in wheel_names if ".dist-info/" not in name} == ours(root)


@pytest.mark.parametrize(("folder", "pattern"), DATA, ids=[folder for folder, _ in DATA])
def test_wheel_holds_the_data(root: Path, wheel_names: set[str], folder: str, pattern: str) -> None:
    files = [path for path in (root / folder).glob(pattern) if path.is_file()]
    assert files, f"no {pattern} in {folder}"
    assert {path.relative_to(root).as_posix() for path in files} <= wheel_names


def test_wheel_is_for_every_system(built: Built) -> None:
    assert built.wheel.name.startswith("cablegram-")
    assert built.wheel.name.endswith("-py3-none-any.whl")


def test_wheel_has_the_command_the_licence_and_the_python_it_needs(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as archive:
        info = {
            Path(name).name: archive.read(name).decode()
            for name in archive.namelist()
            if ".dist-info/" in name and not name.endswith("/")
        }
    assert "cablegram = cablegram:main" in info["entry_points.txt"]
    assert "Apache License" in info["LICENSE"]
    assert "Requires-Python: >=3.11" in info["METADATA"]


def test_sdist_holds_what_the_wheel_is_made_of(root: Path, sdist_names: set[str]) -> None:
    assert ours(root) <= sdist_names
    assert {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md"} <= sdist_names
    assert not [name for name in sdist_names if name.startswith(("tests/", ".venv/", "scripts/"))]
