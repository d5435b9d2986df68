"""`scripts/check_lock.py`: what a lock lacks is told in a sentence. Packages are made up, their metadata is real."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

# What is asked for, what is locked, and the metadata of what is installed: a lock that is whole.
ASKED = """# Light.
made-lanterns[Oil]>=2  # a comment
-r more.in
-c other.txt
made-gone ; sys_platform == 'nowhere'
"""
LOCKED = """made-glass==1.5 \\
    --hash=sha256:00
made-lanterns[oil]==2.1 \\
    --hash=sha256:00 \\
    --hash=sha256:01
made-oil==3.0rc1 ; sys_platform != 'nowhere' \\
    --hash=sha256:00
made-shade==7 ; sys_platform == 'nowhere' \\
    --hash=sha256:00
made-wicks==4 \\
    --hash=sha256:00
"""
INSTALLED = {
    ("made_lanterns", "2.1"): (
        "made-wicks (<5)",
        'Made.Oil>=3.0rc1; extra == "oil"',
        'made-gas; extra == "gas"',
        'made-shade; sys_platform == "nowhere"',
    ),
    # Round about: a lantern asks for wicks, and they for a lantern.
    ("made_wicks", "4"): ("made-lanterns",),
    ("Made_Oil", "3.0rc1"): (),
    ("made_glass", "1.5"): (),
}


@dataclass(frozen=True, slots=True)
class Lock:
    """A clone with a lock, and a folder of installed packages."""

    folder: Path
    packages: Path

    def change(self, name: str, before: str, after: str) -> None:
        path = self.folder / "requirements" / name
        text = path.read_text()
        assert before in text
        path.write_text(text.replace(before, after))

    def install(self, name: str, version: str, *needs: str) -> None:
        info = self.packages / f"{name}-{version}.dist-info"
        info.mkdir(parents=True)
        lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
        lines += [f"Requires-Dist: {need}" for need in needs]
        (info / "METADATA").write_text("\n".join(lines) + "\n")

    def remove(self, name: str) -> None:
        (info,) = self.packages.glob(f"{name}-*.dist-info")
        shutil.rmtree(info)

    def check(self) -> tuple[int, list[str]]:
        """The exit code, and the sentences."""
        done = subprocess.run(
            [sys.executable, self.folder / "scripts" / "check_lock.py", "run"],
            env={**os.environ, "PYTHONPATH": str(self.packages)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stdout == ""
        begin = "requirements/run.txt is not whole: "
        lines = done.stderr.splitlines()
        assert all(line.startswith(begin) for line in lines), done.stderr
        return done.returncode, [line.removeprefix(begin) for line in lines]


@pytest.fixture
def lock(root: Path, tmp_path: Path) -> Lock:
    made = Lock(tmp_path, tmp_path / "packages")
    (tmp_path / "scripts").mkdir()
    shutil.copy(root / "scripts" / "check_lock.py", tmp_path / "scripts")
    requirements = tmp_path / "requirements"
    requirements.mkdir()
    (requirements / "run.in").write_text(ASKED)
    (requirements / "more.in").write_text("made-glass\n")
    (requirements / "run.txt").write_text(LOCKED)
    for (name, version), needs in INSTALLED.items():
        made.install(name, version, *needs)
    return made


def test_a_whole_lock_is_silent(lock: Lock) -> None:
    assert lock.check() == (0, [])


@pytest.mark.parametrize(
    ("name", "before", "after", "sentence"),
    [
        (
            "run.txt",
            "made-wicks==4 \\\n    --hash=sha256:00\n",
            "",
            "made-wicks is not in the lock, and made-lanterns needs it.",
        ),
        (
            "run.txt",
            "made-oil==3.0rc1 ; sys_platform != 'nowhere' \\\n    --hash=sha256:00\n",
            "",
            "made-oil is not in the lock, and made-lanterns needs it.",
        ),
        (
            "run.txt",
            "sys_platform != 'nowhere'",
            "sys_platform == 'nowhere'",
            "made-oil is not in the lock, and made-lanterns needs it.",
        ),
        (
            "run.in",
            "made-lanterns[Oil]",
            "made-lanterns[oil,gas]",
            "made-gas is not in the lock, and made-lanterns needs it.",
        ),
        (
            "run.in",
            "sys_platform == 'nowhere'",
            "sys_platform != 'nowhere'",
            "made-gone is not in the lock, and run.in needs it.",
        ),
        (
            "run.in",
            ">=2 ",
            ">=2.2 ",
            "run.in needs made-lanterns>=2.2, and the lock has 2.1.",
        ),
        (
            "more.in",
            "made-glass",
            "made-glass<1",
            "run.in needs made-glass<1, and the lock has 1.5.",
        ),
    ],
    ids=["dependency", "extra", "marker", "another extra", "asked for", "range", "included"],
)
def test_what_a_lock_lacks_is_told(
    lock: Lock, name: str, before: str, after: str, sentence: str
) -> None:
    lock.change(name, before, after)
    assert lock.check() == (1, [sentence])


def test_what_is_installed_is_what_is_locked(lock: Lock) -> None:
    lock.remove("made_wicks")
    lock.remove("made_glass")
    lock.install("made_glass", "1.6")
    assert lock.check() == (
        1,
        [
            "made-glass 1.5 is in the lock, and 1.6 is installed.",
            "made-wicks 4 is in the lock, and it is not installed.",
        ],
    )


def test_a_version_outside_the_range_of_a_package(lock: Lock) -> None:
    lock.remove("made_wicks")
    lock.install("made_wicks", "5")
    lock.change("run.txt", "made-wicks==4", "made-wicks==5")
    assert lock.check() == (1, ["made-lanterns needs made-wicks<5, and the lock has 5."])


def test_our_own_locks_are_whole_here(root: Path) -> None:
    """What make asks when it has installed them, of the environment of these tests."""
    for name in ("run", "dev"):
        command = [sys.executable, root / "scripts" / "check_lock.py", name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


# An installation of a lock, wherever it stands: `--require-hashes`, not `--generate-hashes`, which makes one.
INSTALLS = re.compile(r"--require-hashes")
PROSE = {".md", ".txt"}


def test_wherever_a_lock_is_installed_nothing_is_resolved(root: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=root, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    texts = {
        name: (root / name).read_text(encoding="utf-8")
        for name in listed
        if (root / name).is_file() and (root / name).stat().st_size < 100_000
        and Path(name).suffix in {"", ".py", ".yml"} and name != "tests/house/test_check_lock.py"
    }  # fmt: skip
    installing = {name for name, text in texts.items() if INSTALLS.search(text)}
    assert {"Makefile", "deploy/Dockerfile", "tests/packaging/conftest.py"} <= installing
    assert {name for name in installing if "--no-deps" not in texts[name]} == set()
