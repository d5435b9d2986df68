"""Builds that are killed: `kill -9` at random moments, each time looked at, then completed by the next run.

`PYTHONPATH=. .venv/bin/python benchmarks/kill.py --cables 25000 --times 10` makes a dump, indexes it once without a
break, then again and again with a kill at a moment between the start and the end of that. After each kill it asks what
the index holds: each cable must be one of the whole build, and as it is there. The next run of the same command must
bring it to the same digest over all cables. Prints a row a kill; the exit code is 1 if a row was wrong.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, replace
from operator import gt
from pathlib import Path

from benchmarks.synthesize import write
from corpus.cable_json import cable_to_json
from corpus.model import Passage, Version
from search import sources as manifests
from search.engines import open_searcher
from search.errors import IndexMissing

COMMAND = Path(sys.executable).with_name("cablegram")


@dataclass(frozen=True, slots=True)
class Killed:
    """What a kill left, and what the next run made of it.

    `moment` is in seconds from the start; `left` are the cables that the index held, None for no index; `wrong` of them
    were not as the whole build has them. `went_on` says that the next run did not start from nothing, `same` that it
    came to the same cables.
    """

    moment: float
    left: int | None
    wrong: int
    went_on: bool
    same: bool

    @property
    def right(self) -> bool:
        """Whether nothing was wrong with it."""
        return self.same and not self.wrong and (self.went_on or self.left is None)


@dataclass(frozen=True, slots=True)
class Seen:
    """A cable that an index answers with: where it is from, where else it is, what it lacks of the texts there, and a
    digest of all of it but that.

    `paragraphs` is how many it has.
    """

    own: Version
    others: tuple[Version, ...]
    digest: str
    paragraphs: int
    passages: tuple[Passage, ...]

    def may_become(self, other: Seen | None) -> bool:
        """Whether a part of the build may have this where the whole has the other: of a double one place is enough."""
        if other is None:
            return False
        return self.own in other.others or (self.own, self.digest) == (other.own, other.digest)


def cables_in(folder: Path, *, whole: bool = False) -> dict[str, Seen]:
    """Each cable that the index lists, by its id. Raises IndexMissing, RuntimeError if its counts disagree.

    An index whose build broke off may have some that are not listed yet, because it is not settled which of their
    places is the best; a `whole` one has none.
    """
    found = {}
    with closing(open_searcher(folder)) as searcher, manifests.read(folder) as manifest:
        for name in manifest.cables():
            cable = searcher.get(name)
            if cable is None:
                raise RuntimeError(f"the index lists {name} and does not have it")
            alone = replace(cable, versions=(), passages=())
            content = json.dumps(cable_to_json(alone), sort_keys=True)
            own = Version(cable.source, cable.address, cable.digest)
            digest = hashlib.sha256(content.encode()).hexdigest()
            found[name] = Seen(own, cable.versions, digest, len(cable.paragraphs), cable.passages)
        # A cable that is there twice, or in part, is counted otherwise than it is read.
        read = (len(found), sum(each.paragraphs for each in found.values()))
        counted = (searcher.stats().cables, searcher.stats().paragraphs)
        if (whole and read != counted) or any(map(gt, read, counted)):
            raise RuntimeError(f"cables and paragraphs: {read} read, {counted} counted")
    return found


def indexing(dump: Path, folder: Path) -> subprocess.Popen[bytes]:
    """A process that indexes."""
    command = [str(COMMAND), "index", str(dump), "--index", str(folder), "--json"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # noqa: S603


def complete(dump: Path, folder: Path) -> dict[str, object]:
    """The report of a run that is let go on to its end."""
    process = indexing(dump, folder)
    told, errors = process.communicate()
    if process.returncode not in (0, 1):  # 1: the broken rows were set aside
        raise RuntimeError(errors.decode())
    report: dict[str, object] = json.loads(told)
    return report


def kill_at(moment: float, dump: Path, folder: Path, whole: dict[str, Seen]) -> Killed:
    """Kill a build at a moment, look at what it left, and complete it."""
    process = indexing(dump, folder)
    try:
        process.communicate(timeout=moment)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    try:
        left: dict[str, Seen] | None = cables_in(folder)
    except IndexMissing:
        left = None
    report = complete(dump, folder)
    files = report["files"]
    went_on = isinstance(files, dict) and bool(files["gone_on_with"] or files["unchanged"])
    return Killed(
        moment,
        None if left is None else len(left),
        sum(not seen.may_become(whole.get(name)) for name, seen in (left or {}).items()),
        went_on,
        cables_in(folder, whole=True) == whole,
    )


def main() -> int:
    """Print the table."""
    options = argparse.ArgumentParser(description="builds that are killed")
    options.add_argument("--cables", type=int, default=25_000)
    options.add_argument("--times", type=int, default=10)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    moments = random.Random(chosen.seed)  # noqa: S311 - which moments, not a secret
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        dump = work / "cables.csv"
        with dump.open("wb") as file:
            write(file, chosen.cables, chosen.seed)
        start = time.perf_counter()
        complete(dump, work / "whole")
        seconds = time.perf_counter() - start
        whole = cables_in(work / "whole", whole=True)
        print(f"{len(whole):,} cables, indexed in {seconds:.0f} s without a break\n")
        print("| killed after | cables left | wrong | went on | same at the end |")
        print("| --- | --- | --- | --- | --- |")
        failed = 0
        for number in range(chosen.times):
            moment = moments.uniform(0, seconds)
            killed = kill_at(moment, dump, work / f"killed-{number}", whole)
            failed += not killed.right
            left = "no index yet" if killed.left is None else f"{killed.left:,}"
            print(
                f"| {moment:.1f} s | {left} | {killed.wrong} | {killed.went_on} | {killed.same} |",
                flush=True,
            )
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
