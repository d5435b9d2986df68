"""The scripts behind make: what they accept, and the one sentence they say when they cannot go on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# Put together here, so that this file passes the check itself.
REGISTRY = "https://py" + "pi.org/simple"
MACHINE = "/ro" + "ot/cables"


@pytest.fixture
def repository(root: Path, tmp_path: Path) -> Path:
    """A repository of its own, with nothing in it but the script that checks it."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(root / "scripts" / "check_repository.py", tmp_path / "scripts")
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    return tmp_path


def check(repository: Path) -> subprocess.CompletedProcess[str]:
    script = repository / "scripts" / "check_repository.py"
    command = [sys.executable, str(script)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_clean_repository_has_no_findings(repository: Path) -> None:
    (repository / "README.md").write_text("Reports from https://example.org/work/ and home/root.\n")
    done = check(repository)
    assert done.stdout == "Repository rules: 2 files, 0 findings\n"
    assert done.returncode == 0


def test_a_room_with_more_modules_than_a_reader_can_take_in_is_found(repository: Path) -> None:
    (repository / "webui" / "pages").mkdir(parents=True)
    for number in range(12):
        (repository / "webui" / f"subject_{number}.py").touch()
        (repository / "webui" / "pages" / f"page_{number}.py").touch()
    assert "0 findings" in check(repository).stdout
    (repository / "webui" / "thirteenth.py").touch()
    assert "webui: 13 modules, more than 12: give some of them a folder" in check(repository).stdout


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("README.md", f"a\nfrom {REGISTRY}\n", "line 2: a package registry's host"),
        ("README.md", f"cd {MACHINE}\n", "line 1: a path of one machine"),
        ("Makefile", "get:\n\tcurl http://example.org/a\n", "line 2: an address"),
        ("requirements/run.txt", "--find-links wheels\n", "line 1: an address"),
        ("uv.lock", "", "a lock file with addresses"),
        ("search/utils.py", "", "a module's name"),
        ("tests/webui/__init__.py", "", "a test folder is no package"),
        ("search/long.py", "pass\n" * 601, "601 lines, more than 600"),
        ("big.bin", "x" * 600_001, "600001 bytes, more than 600000"),
    ],
)
def test_what_must_not_get_in_is_found(
    repository: Path, name: str, content: str, said: str
) -> None:
    (repository / name).parent.mkdir(parents=True, exist_ok=True)
    (repository / name).write_text(content)
    done = check(repository)
    assert f"{name}: {said}" in done.stdout
    assert done.returncode == 1


def test_ignored_files_are_not_looked_at(repository: Path) -> None:
    (repository / ".gitignore").write_text("/made/\n")
    (repository / "made").mkdir()
    (repository / "made" / "utils.py").write_text("")
    assert check(repository).returncode == 0


def find_python(root: Path, path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(root / "scripts" / "find-python")],
        env={"PATH": str(path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_python_is_found_behind_a_placeholder(root: Path, tmp_path: Path) -> None:
    program(tmp_path / "python3", "echo 'python3: command not found' >&2; exit 127")
    (tmp_path / "python3.12").symlink_to(sys.executable)
    done = find_python(root, tmp_path)
    assert done.returncode == 0
    assert os.access(done.stdout.strip(), os.X_OK)
    assert done.stderr == ""


def test_no_python_is_said_in_one_sentence(root: Path, tmp_path: Path) -> None:
    done = find_python(root, tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("Cablegram needs Python 3.11 or newer, and none was found")
    assert done.stderr.count("\n") == 1


def test_a_python_without_venv_is_said_in_one_sentence(root: Path, tmp_path: Path) -> None:
    real = sys.executable
    program(tmp_path / "python3", f'case "$*" in *ensurepip*) exit 1;; esac; exec {real} "$@"')
    done = find_python(root, tmp_path)
    assert done.returncode == 1
    assert "without its venv module: install it" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_named_python_that_is_none_is_said(root: Path, tmp_path: Path) -> None:
    done = find_python(root, tmp_path, PYTHON="/nowhere/python")
    assert done.returncode == 1
    assert done.stderr == "PYTHON=/nowhere/python is not a Python 3.11 or newer.\n"


def test_a_named_chromium_that_does_not_run_is_said(root: Path) -> None:
    done = subprocess.run(
        [str(root / "scripts" / "chromium")],
        env={**os.environ, "CHROMIUM": "/nowhere/chromium"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "CHROMIUM=/nowhere/chromium does not run.\n"
