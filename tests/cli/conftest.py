"""The command, asked in this process or run as the program that it is, and small pages to give it.

The pages have the form of saved Scoop texts; their events and people are invented.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import Done, Run, ask, own_environment

COMMAND = Path(sys.executable).with_name("cablegram")

HARBOUR = """Cablegate: Harbour Lanterns And The Guild Of Wickmakers

DE RUEHGZ #0101/01 0820844
R 230844Z MAR 07

UNCLAS GUANGZHOU 900101

E.O. 12958: N/A
TAGS: ECON, KIPR, CH
SUBJECT: Harbour Lanterns and the Guild of Wickmakers

REF: GUANGZHOU 900051

1. (SBU) SUMMARY: The wickmakers of the old harbour say that half of
the lanterns sold on the quay are copies. END SUMMARY.

The Quay at Night

2. (SBU) Econoff walked along the quay on March 20 with the guild's
secretary. She told copies from originals by their smell.

3. (U) A preliminary injunction against two stalls was granted and
then ignored, because the stalls move every night.

Comment: A Matter of Smell

4. (SBU) The guild has a case. It needs a witness with a nose.
"""

ORCHARD = """Cablegate: Orchards On The Escarpment Wait For Rain

DE RUEHLP #0102/01 1451847
R 251847Z MAY 08

UNCLAS LA PAZ 900102

E.O. 12958: N/A
TAGS: EAGR, ECON, BL
SUBJECT: Orchards on the Escarpment Wait for Rain

1. (U) SUMMARY: Growers expect half of a harvest. END SUMMARY.

Wells and Promises

2. (SBU) Three wells were promised and one was dug. It is dry.

3. (SBU) The growers went to court for an injunction against the
bottling plant below them, and lost.
"""


def _as_other_users_do() -> None:
    """Give up root's right to read what its permissions forbid; runs in the child, before the command."""
    libc = ctypes.CDLL(None, use_errno=True)
    drop_from_bounding_set = 24
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        if libc.prctl(drop_from_bounding_set, capability, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "prctl")


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """The environment of the commands: ours, without settings of Cablegram's."""
    return own_environment()


@pytest.fixture
def run(environment: dict[str, str], tmp_path: Path) -> Run:
    """What `cablegram` does with arguments in `tmp_path`, asked in this process."""

    def command(*arguments: str | Path, **more: str) -> Done:
        return ask(tmp_path, {**environment, **more}, *arguments)

    return command


@pytest.fixture
def program(environment: dict[str, str], tmp_path: Path) -> Run:
    """Runs the program `cablegram` in `tmp_path`; `powerless` takes away root's right to read everything."""

    def command(*arguments: str | Path, powerless: bool = False, **more: str) -> Done:
        done = subprocess.run(
            [COMMAND, *arguments],
            cwd=tmp_path,
            env={**environment, **more},
            capture_output=True,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            timeout=120,
            check=False,
            preexec_fn=_as_other_users_do if powerless and os.geteuid() == 0 else None,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Done(done.returncode, done.stdout, done.stderr)

    return command


@pytest.fixture(scope="session")
def harbour() -> str:
    """A page with cable 07GUANGZHOU900101, four paragraphs."""
    return HARBOUR


@pytest.fixture(scope="session")
def harbour_cut() -> str:
    """The same cable, of which only the first two paragraphs arrived."""
    return HARBOUR[: HARBOUR.index("3. (U)")]


@pytest.fixture(scope="session")
def orchard() -> str:
    """A page with cable 08LAPAZ900102, three paragraphs."""
    return ORCHARD


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder with two pages."""
    return write_pages(tmp_path / "pages")


def write_pages(folder: Path) -> Path:
    """Makes the folder, with the two pages."""
    folder.mkdir()
    (folder / "harbour.txt").write_text(HARBOUR, encoding="utf-8")
    (folder / "orchard.txt").write_text(ORCHARD, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def asking(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Asks `cablegram` in a folder with an index of the two pages in `pages`; for tests that only ask."""
    folder = tmp_path_factory.mktemp("asking")
    write_pages(folder / "pages")
    assert ask(folder, environment, "index", "pages").code == 0

    def command(*arguments: str | Path, **more: str) -> Done:
        return ask(folder, {**environment, **more}, *arguments)

    return command
