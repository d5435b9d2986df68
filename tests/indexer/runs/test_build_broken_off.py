"""A build that breaks off after some of its commits: what the index holds then, and that the next run completes it."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.kill import Seen, cables_in
from indexer.runs import run as running
from indexer.runs.build import build
from indexer.runs.ledger import Ledger
from indexer.runs.rebuilding import PLACE
from indexer.runs.steps import Progress
from search import sources as manifests
from search.engines import ENGINES, open_searcher, open_writer
from search.engines.writing import FolderWriter
from search.errors import IndexMissing
from search.maintenance.agreement import disagreement
from search.maintenance.verifying import verify

# The rows of a dump, each of which is a commit here; one of them is broken, and one comes twice.
ROWS, BROKEN, TWICE = 14, 2, 11
# After so many of its pages, nineteen, a run is broken off.
MOMENTS = (1, 7, 17)


# Short ones: what takes time is how often an engine commits, and how much it commits each time.
ROW = """"{number}","3/{number}/2009 8:44","09GUANGZHOU9001{number:02}","Consulate Guangzhou","UNCLASSIFIED","",\
"VZCZCXRO0002
RR RUEHC
DE RUEHGZ #0001/01 0010000
R 010000Z MAR 09
FM AMCONSUL GUANGZHOU
TO RUEHC/SECSTATE WASHDC 6617
UNCLAS GUANGZHOU 9001{number:02}
","E.O. 12958: N/A
TAGS: ECON, CH
SUBJECT: PIER {number} AND ITS LANTERNS

1. (SBU) Summary: the lanterns of pier {number} were counted again. End summary.

The Count
---------

2. (U) There were {number} dozen, half of them without a wick. The keeper of the pier
lays this to the wind, and the wickmakers, who were asked too, lay it to the keeper.

3. (SBU) Comment: pier {number} will be counted once more in the spring, when the nights
are short and the keeper sells what he has left."
"""


def rows(first: int, last: int) -> list[bytes]:
    """The rows of the cables with these numbers."""
    return [ROW.format(number=number).encode() for number in range(first, last + 1)]


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dump in which some cables stand twice: the longer row behind the other, before it, or beside it.

    Of two of them the shorter row has a sentence that the longer one lacks.
    """
    path = tmp_path_factory.mktemp("dump") / "cables.csv"
    plain = rows(1, ROWS - 1)
    plain.insert(TWICE, plain[TWICE])
    plain[BROKEN] = b'"3","3/3/2009 8:44","09GUANGZHOU900103"\n'
    whole = list(plain)
    plain[4], plain[6] = other(plain[4]), other(plain[6])
    plain[1:1] = [longer(plain[13])]
    plain[7:7] = [longer(whole[6])]
    path.write_bytes(b"".join((*plain, longer(plain[3]), longer(whole[4]), plain[5])))
    return path


def longer(row: bytes) -> bytes:
    return row.removesuffix(b'"\n') + b' And so it ended."\n'


def other(row: bytes) -> bytes:
    return row.removesuffix(b'"\n') + b' It did."\n'


@pytest.fixture(scope="module")
def whole(dump: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Seen]:
    """What an index has that was built without a break."""
    folder = tmp_path_factory.mktemp("whole") / "index"
    build([str(dump)], folder, workers=1)
    seen = cables_in(folder)
    assert sum(bool(each.others) for each in seen.values()) >= 4
    assert sum(bool(each.passages) for each in seen.values()) == 2
    return seen


@contextmanager
def committing() -> Iterator[None]:
    """Every page is committed, and told."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(running, "_FIRST_COMMIT", 0.0)
        patched.setattr(running, "_NEXT_COMMIT", 0.0)
        patched.setattr(running, "_COMMIT_SHARE", 0)
        patched.setattr(running, "_PAGES_BETWEEN", 1)
        yield


class BrokenOffError(Exception):
    pass


def break_off(dump: Path, folder: Path, pages: int, **more: str) -> None:
    """A run that ends in the middle of a page, so to say, after so many were committed."""
    left = [pages]

    def watch(_: Progress) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise BrokenOffError

    with committing(), pytest.raises(BrokenOffError):
        build([str(dump)], folder, workers=1, watch=watch, **more)


def is_prefix(left: dict[str, Seen], whole: dict[str, Seen]) -> bool:
    return all(seen.may_become(whole.get(name)) for name, seen in left.items())


@pytest.mark.parametrize(
    ("engine", "pages"), [*(("tantivy", pages) for pages in MOMENTS), ("whoosh", MOMENTS[1])]
)
def test_the_next_run_goes_on(
    dump: Path, whole: dict[str, Seen], tmp_path: Path, engine: str, pages: int
) -> None:
    break_off(dump, tmp_path / "index", pages, engine=engine)
    left = cables_in(tmp_path / "index")
    assert 0 < len(left) <= pages
    assert is_prefix(left, whole)
    with manifests.read(tmp_path / "index") as manifest:
        assert manifest.unfinished
        asides = [each for _, each in manifest.set_aside() if "broke off" in each.reason]
        assert [each.address for each in asides] == [str(dump)]
    told: list[Progress] = []
    report = build([str(dump)], tmp_path / "index", watch=told.append)
    assert (report.gone_on_with, report.new, report.replaced) == (1, 0, 0)
    assert told[-1].cables <= report.stats.cables + report.double_count - len(left)
    assert cables_in(tmp_path / "index") == whole
    assert build([str(dump)], tmp_path / "index").changed is False


def test_it_may_break_off_again_and_again(
    dump: Path, whole: dict[str, Seen], tmp_path: Path
) -> None:
    counts = []
    for _ in range(3):
        break_off(dump, tmp_path / "index", 4)
        counts.append(len(cables_in(tmp_path / "index")))
    assert counts == sorted(set(counts))
    build([str(dump)], tmp_path / "index")
    assert cables_in(tmp_path / "index") == whole


def test_a_file_that_was_changed_meanwhile_is_read_from_its_start(
    dump: Path, tmp_path: Path
) -> None:
    changed = tmp_path / "cables.csv"
    content = dump.read_bytes()
    changed.write_bytes(content)
    break_off(changed, tmp_path / "index", 9)
    changed.write_bytes(b"".join(rows(6, 17)))
    assert build([str(changed)], tmp_path / "index").replaced == 1
    build([str(changed)], tmp_path / "other")
    assert cables_in(tmp_path / "index") == cables_in(tmp_path / "other")


def test_without_the_file_what_was_read_of_it_stays_and_is_told(
    dump: Path, whole: dict[str, Seen], tmp_path: Path
) -> None:
    other = tmp_path / "other.csv"
    other.write_bytes(b"".join(rows(21, 23)))
    break_off(dump, tmp_path / "index", 9)
    before = cables_in(tmp_path / "index")
    build([str(other)], tmp_path / "index")
    after = cables_in(tmp_path / "index")
    assert set(before) <= set(after)
    with manifests.read(tmp_path / "index") as manifest:
        assert any("broke off after 9" in each.reason for _, each in manifest.set_aside())
    report = build([str(dump), str(other)], tmp_path / "index")
    assert (report.gone_on_with, report.unchanged) == (1, 1)
    assert set(whole) <= set(cables_in(tmp_path / "index"))


# Behind the first of them a cable was lost, when a writer that changed nothing came in between.
@pytest.mark.parametrize("moment", [8, 12])
@pytest.mark.parametrize("step", ["announce", "checkpoint", "replace"])
@pytest.mark.parametrize("engine", ENGINES)
def test_the_power_fails_around_a_commit_on_the_way(
    dump: Path,
    whole: dict[str, Seen],
    tmp_path: Path,
    engine: str,
    step: str,
    moment: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Before the commit was announced, before it, and after it: nothing is lost, and no page is read in vain."""
    owner = FolderWriter if step == "checkpoint" else Ledger
    sound: Callable[..., None] = getattr(owner, step)
    left = [moment]

    def fail(*given: object, **more: object) -> None:
        left[0] -= 1
        if not left[0]:
            raise BrokenOffError
        sound(*given, **more)

    with monkeypatch.context() as failing:
        failing.setattr(owner, step, fail)
        with committing(), pytest.raises(BrokenOffError):
            build([str(dump)], tmp_path / "index", engine=engine, workers=1)
    with open_writer(tmp_path / "index") as writer:  # an index that can be written, too
        assert writer.engine == engine
    report = build([str(dump)], tmp_path / "index")
    assert report.gone_on_with == 1
    assert cables_in(tmp_path / "index") == whole


# A run of its own process that kills itself, as the system would, when so many pages were read.
KILLED = """
import os, signal, sys
from pathlib import Path
from indexer.runs import run
from indexer.runs.build import build

run._FIRST_COMMIT = run._NEXT_COMMIT = 0.0
run._COMMIT_SHARE = 0
run._PAGES_BETWEEN = 1

def watch(step):
    if step.cables >= int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    build([sys.argv[1]], Path(sys.argv[2]), workers=2, watch=watch)
"""


@pytest.mark.parametrize("cables", [1, 9])
def test_kill_9(dump: Path, whole: dict[str, Seen], tmp_path: Path, cables: int) -> None:
    script = tmp_path / "killed.py"
    script.write_text(KILLED, "utf-8")
    command = [sys.executable, str(script), str(dump), str(tmp_path / "index"), str(cables)]
    died = subprocess.run(command, capture_output=True, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()
    left = cables_or_none(tmp_path / "index")
    assert len(left) < cables + 1
    assert is_prefix(left, whole)
    build([str(dump)], tmp_path / "index")
    assert cables_in(tmp_path / "index") == whole


def cables_or_none(folder: Path) -> dict[str, Seen]:
    try:
        return cables_in(folder)
    except IndexMissing:
        return {}


def test_searching_goes_on_while_a_build_commits(dump: Path, tmp_path: Path) -> None:
    counts: list[int] = []

    def watch(step: Progress) -> None:
        if step.cables and step.cables % 4 == 0:
            with closing(open_searcher(tmp_path / "index")) as searcher:
                counts.append(searcher.stats().cables)

    with committing():
        build([str(dump)], tmp_path / "index", watch=watch)
    assert counts == sorted(counts)
    assert counts[-1] > counts[0] > 0


def test_progress_tells_bytes_cables_and_paragraphs(dump: Path, tmp_path: Path) -> None:
    told: list[Progress] = []
    with committing():
        report = build([str(dump)], tmp_path / "index", watch=told.append)
    steps = [step.bytes for step in told]
    assert all(before <= after for before, after in pairwise(steps))
    last = told[-1]
    assert (last.files, last.all_files) == (1, 1)
    assert last.bytes == last.all_bytes == dump.stat().st_size
    assert last.cables >= report.stats.cables
    assert last.paragraphs >= report.stats.paragraphs


# Rebuilds.


@pytest.fixture
def grown(tmp_path: Path) -> Path:
    path = tmp_path / "cables.csv"
    path.write_bytes(b"".join(rows(1, ROWS)))
    return path


@pytest.fixture
def replaced(grown: Path, tmp_path: Path) -> Path:
    """An index of the grown as it was before two rows came to it, and with a file that is none of the rebuild's."""
    folder, other = tmp_path / "index", tmp_path / "other.csv"
    other.write_bytes(b"".join(rows(ROWS + 3, ROWS + 4)))
    build([str(grown), str(other)], folder, workers=1)
    grown.write_bytes(b"".join(rows(1, ROWS + 2)))
    return folder


def break_rebuild_off(grown: Path, replaced: Path, cables: int) -> None:
    def watch(step: Progress) -> None:
        if step.cables >= cables:
            raise BrokenOffError

    with committing(), pytest.raises(BrokenOffError):
        build([str(grown)], replaced, workers=1, rebuild=True, watch=watch)


def test_killed_it_goes_on_and_gives_what_a_whole_one_gives(
    grown: Path, replaced: Path, tmp_path: Path
) -> None:
    before, lineage = cables_in(replaced), _lineage(replaced)
    script = tmp_path / "killed.py"
    script.write_text(KILLED.replace("workers=2", "workers=1, rebuild=True"), "utf-8")
    command = [sys.executable, str(script), str(grown), str(replaced), "9"]
    died = subprocess.run(command, capture_output=True, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()
    assert cables_in(replaced) == before
    assert 0 < len(cables_in(replaced / PLACE)) <= 9
    # Who searches meanwhile has the old index, and then the new one.
    searcher = open_searcher(replaced)
    told: list[Progress] = []
    with committing():
        report = build([str(grown)], replaced, rebuild=True, workers=1, watch=told.append)
    assert searcher.stats().cables == report.stats.cables == ROWS + 2
    searcher.close()
    assert (report.rebuild, report.gone_on_with) == ("went on where it was interrupted", 1)
    # What was committed is not read again.
    assert told[-1].cables < ROWS + 2
    build([str(grown)], tmp_path / "whole", workers=1)
    assert cables_in(replaced) == cables_in(tmp_path / "whole")
    assert not (replaced / PLACE).exists()
    assert (disagreement(replaced), _lineage(replaced)) == ("", lineage)
    assert list(verify(replaced).faults) == []
    assert build([str(grown)], replaced).changed is False


def test_it_begins_anew_where_it_could_not_go_on_and_says_why(
    grown: Path, replaced: Path, tmp_path: Path
) -> None:
    other = tmp_path / "third.csv"
    other.write_bytes(b"".join(rows(41, 42)))

    def again(paths: list[Path], **more: object) -> str:
        break_rebuild_off(grown, replaced, 6)
        return build([*map(str, paths)], replaced, rebuild=True, workers=1, **more).rebuild  # type: ignore[arg-type]

    assert again([grown], from_start=True) == "began anew: as was asked"
    assert again([grown, other]) == "began anew: the interrupted one was of other paths"
    assert (
        again([grown], engine="whoosh") == "began anew: the interrupted one was of another engine"
    )
    other.write_bytes(b"".join(rows(51, 52)))
    # A run in between: its arrivals have the numbers that the rebuild's would have.
    break_rebuild_off(grown, replaced, 6)
    build([str(other)], replaced, workers=1)
    assert build([str(grown)], replaced, rebuild=True, workers=1).rebuild == (
        "began anew: the index has changed since it was interrupted"
    )
    assert build([str(grown)], replaced, rebuild=True, workers=1).rebuild == ""
    assert set(cables_in(replaced)) == {
        f"09GUANGZHOU9001{number:02}" for number in range(1, ROWS + 3)
    }


def _lineage(folder: Path) -> str:
    with manifests.read(folder) as manifest:
        return manifest.lineage
