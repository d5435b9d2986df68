"""The project built once and installed once, as a user gets it: in an environment of its own, away from the clone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

Run = Callable[..., str]


@dataclass(frozen=True)
class Built:
    """The two archives of one build."""

    wheel: Path
    sdist: Path


@pytest.fixture(scope="session")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sdist made from the repository, and the wheel made from that sdist."""
    folder = tmp_path_factory.mktemp("dist")
    run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(root)],
        folder,
    )
    (wheel,) = folder.glob("*.whl")
    (sdist,) = folder.glob("*.tar.gz")
    return Built(wheel, sdist)


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel in it. Commands run in a folder that has nothing of the repository."""

    venv: Path
    elsewhere: Path

    def cablegram(self, *args: str, exits: int = 0) -> str:
        """What a cablegram command prints; its exit code is part of the question."""
        return run([self.command, *args], self.elsewhere, exits)

    @property
    def command(self) -> str:
        """The program as installed."""
        return str(self.venv / "bin" / "cablegram")

    def python(self, code: str) -> str:
        """What a piece of Python prints in that environment."""
        return run([str(self.venv / "bin" / "python"), "-c", code], self.elsewhere).strip()


@pytest.fixture(scope="session")
def installed(root: Path, built: Built, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The locked dependencies and the wheel, installed as the README's user would have them."""
    venv = tmp_path_factory.mktemp("installed") / "venv"
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    run([sys.executable, "-m", "venv", str(venv)], elsewhere)
    pip = [str(venv / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    locked = [
        "--no-deps",
        "--require-hashes",
        "--only-binary",
        ":all:",
        "-r",
        str(root / "requirements/run.txt"),
    ]
    run([*pip, "install", "--quiet", *locked], elsewhere)
    run([*pip, "install", "--quiet", "--no-deps", "--no-index", str(built.wheel)], elsewhere)
    # Nothing was resolved: whether all that the wheel needs is there is asked here.
    run([*pip, "check"], elsewhere)
    return Installed(venv, elsewhere)


@pytest.fixture(scope="session")
def execute() -> Run:
    """`run`, for a module of tests."""
    return run


def surroundings() -> dict[str, str]:
    """The environment of the commands: nothing of the test run's own leads them back to the repository."""
    # Make tells the makes that it starts what it was told itself.
    hidden = ("PYTHON", "CABLEGRAM_", "COV", "VIRTUAL_ENV", "MAKE", "MFLAGS")
    return {name: value for name, value in os.environ.items() if not name.startswith(hidden)}


def run(
    command: list[str], folder: Path, exits: int = 0, more: Mapping[str, str] | None = None
) -> str:
    """Standard output of a command. A wrong exit code fails the test with everything it said."""
    done = subprocess.run(
        command,
        cwd=folder,
        env={**surroundings(), **(more or {})},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=600,
        check=False,
    )
    if done.returncode != exits:
        pytest.fail(
            f"{' '.join(command)}: exit {done.returncode}\n{done.stdout}{done.stderr}", False
        )
    return done.stdout
