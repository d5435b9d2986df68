"""The project built once and installed once, as a user gets it: in an environment of its own, away from the clone."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest


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
        "--require-hashes",
        "--only-binary",
        ":all:",
        "-r",
        str(root / "requirements/run.txt"),
    ]
    run([*pip, "install", "--quiet", *locked], elsewhere)
    run([*pip, "install", "--quiet", "--no-deps", "--no-index", str(built.wheel)], elsewhere)
    return Installed(venv, elsewhere)


def run(command: list[str], folder: Path, exits: int = 0) -> str:
    """Standard output of a command. A wrong exit code fails the test with everything it said."""
    # Nothing of the test run's own environment may lead the command back to the repository.
    hidden = ("PYTHON", "CABLEGRAM_", "COV", "VIRTUAL_ENV")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=300,
        check=False,
    )
    if done.returncode != exits:
        pytest.fail(
            f"{' '.join(command)}: exit {done.returncode}\n{done.stdout}{done.stderr}", False
        )
    return done.stdout
