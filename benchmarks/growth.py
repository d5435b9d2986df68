"""How cost grows with the corpus: indexing, memory, disk and each kind of question at several sizes, one report.

Run by hand, best with nothing else on the machine:

    PYTHONPATH=. .venv/bin/python benchmarks/growth.py --sizes 30000 300000 3000000 --out report

Sizes are in paragraphs. For each one a dump is made (`benchmarks/synthesize.py`, or one that is given by --dump),
indexed by `cablegram index`, and asked; beside it, over the same paragraphs, Whoosh as far as it comes in ten minutes,
SQLite's FTS5, the bare library tantivy, Lucene and Xapian. The last two need programs that `scripts/peers` installs:
where one is missing that is said before anything is measured, and --systems can leave them out. Everything that is
measured is a process of its own. The report is written after each step, as Markdown, JSON and SVG; with --add it goes
on with the JSON that is there, so that sizes and systems can be measured one by one: what is measured again replaces
what was there.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks import growth_report, peers, users
from benchmarks.growth_ratios import differences
from benchmarks.growth_systems import RIVALS, SAME_WORK, WAYS
from benchmarks.peers import PEERS
from benchmarks.processes import Measured, run
from search.engines.stored import bytes_below

ROOT = Path(__file__).resolve().parent.parent
SYSTEMS = ("tantivy", "whoosh", *RIVALS, *PEERS, "users")
PARAGRAPHS_A_CABLE = 12
_PYTHON = sys.executable
_BIN = Path(_PYTHON).parent
# Of `cablegram index`: all went well, and some pages, the broken rows of the dump, were set aside.
_WELL = (0, 1)
# Distributions whose versions the report names.
_VERSIONS = ("tantivy", "whoosh-reloaded", "flask", "waitress", "gunicorn")


def surroundings() -> dict[str, Any]:
    """The machine and what runs on it."""
    return {
        "machine": {
            "system": f"{platform.system()} {platform.machine()}",
            "processors": os.cpu_count(),
            "model": _model(),
            "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        },
        "versions": {
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
            **{name: version(name) for name in _VERSIONS},
        },
    }


def _model() -> str:
    """The processor's name, where the system says it."""
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text(encoding="utf-8").splitlines() if listed.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())


class Size:
    """The steps of one size; each puts what it measured into `found`."""

    def __init__(self, paragraphs: int, folder: Path, found: dict[str, Any]) -> None:
        self.paragraphs = paragraphs
        self.folder = folder
        self.found = found
        self.index = folder / "tantivy"
        self.documents = folder / "ready.tsv"
        found.setdefault("systems", {})

    def tantivy(self, dump: Path | None, seconds: float) -> None:
        """Cablegram as it comes, from the dump to its answers."""
        shutil.rmtree(self.index, ignore_errors=True)
        self.documents.unlink(missing_ok=True)
        if dump is None:
            dump = self.folder / "cables.csv"
            self._make_dump(dump)
        self.found["dump_bytes"] = dump.stat().st_size
        built = run(
            (
                str(_BIN / "cablegram"), "index", str(dump),
                "--index", str(self.index), "--json",
            ),
            ROOT,
            _WELL,
        )  # fmt: skip
        stats = self._step("stats", self.index)
        self.found["paragraphs"], self.found["cables"] = stats["paragraphs"], stats["cables"]
        self._built("tantivy", built, stats["paragraphs"], bytes_below(self.index))
        self.found["rare"] = self._step("rare", self.index)
        self.ask("tantivy", seconds)

    def whoosh(self, limit: float, seconds: float) -> None:
        """The same cables in the pure Python engine, as far as it comes."""
        target = self.folder / "whoosh"
        shutil.rmtree(target, ignore_errors=True)
        built = run(_step_command("whoosh", self.index, target, limit), ROOT)
        made = json.loads(built.output)
        self._built("whoosh", built, made["paragraphs"], bytes_below(target))
        self.found["systems"]["whoosh"]["cut"] = made["cut"]
        self.ask("whoosh", seconds)

    def rival(self, name: str, seconds: float) -> None:
        """FTS5, the bare library or a peer, over the same paragraphs."""
        if not self.documents.exists():
            self._step("ready", self.index, self.documents)
        target = self.folder / name
        shutil.rmtree(target, ignore_errors=True)
        if name in PEERS:
            building = peers.build(name, target, self.documents)
        else:
            building = _step_command("build", name, target, self.documents)
        built = run(building, ROOT)
        # Drivers say how many they indexed; of the others it is known.
        paragraphs = json.loads(built.output).get("paragraphs", self.found["paragraphs"])
        self._built(name, built, paragraphs, bytes_below(target))
        self.ask(name, seconds)

    def users(self, numbers: Sequence[int], seconds: float) -> None:
        """Several users at once."""
        self.found["users"] = users.measure(self.index, numbers, seconds)

    def _make_dump(self, dump: Path) -> None:
        cables = max(1, round(self.paragraphs / PARAGRAPHS_A_CABLE))
        made = f"from benchmarks.synthesize import write; write(open({str(dump)!r}, 'wb'), {cables}, 1)"
        run((_PYTHON, "-c", made), ROOT)

    def _built(self, system: str, built: Measured, paragraphs: int, size: int) -> None:
        self.found["systems"][system] = {
            "paragraphs": paragraphs,
            "seconds": round(built.seconds, 1),
            "processor_seconds": round(built.processor, 1),
            "a_second": round(paragraphs / built.seconds, 1),
            "peak_mb": round(built.peak_mb, 1),
            "bytes": size,
            "bytes_a_paragraph": round(size / max(1, paragraphs), 1),
        }

    def ask(self, system: str, seconds: float) -> None:
        """The questions, to an index that is there; each way of asking in a process of its own."""
        if "rare" not in self.found:
            self.found["rare"] = self._step("rare", self.index)
        ways = (SAME_WORK,) if system in (*RIVALS, *PEERS) else tuple(WAYS)
        self.found["systems"][system]["questions"] = {
            way: self._step("ask", system, self.folder / system, way, seconds, *self.found["rare"])
            for way in ways
        }

    def _step(self, *arguments: object) -> Any:
        return json.loads(run(_step_command(*arguments), ROOT).output)


def _step_command(*arguments: object) -> tuple[str, ...]:
    return (_PYTHON, "-m", "benchmarks.growth_systems", *map(str, arguments))


def measure(chosen: argparse.Namespace, report: dict[str, Any]) -> None:
    """All sizes and systems that are asked for, smallest first; the report is written after each."""
    around = surroundings()
    # What is gone on with may have systems that are not measured now.
    around["versions"] = report.get("versions", {}) | around["versions"]
    report |= around
    for paragraphs in sorted(chosen.sizes):
        with tempfile.TemporaryDirectory(dir=chosen.work, prefix="growth-") as temporary:
            folder = Path(temporary)
            if chosen.keep:
                folder = chosen.keep / str(paragraphs)
                folder.mkdir(parents=True, exist_ok=True)
            found = report["sizes"].setdefault(str(paragraphs), {})
            size = Size(paragraphs, folder, found)
            for system in SYSTEMS:
                if system not in chosen.systems:
                    continue
                if system == "whoosh" and was_cut(report, paragraphs):
                    continue
                started = time.perf_counter()
                if chosen.ask_only and system != "users":
                    size.ask(system, chosen.seconds)
                elif system == "tantivy":
                    size.tantivy(chosen.dump, chosen.seconds)
                elif system == "whoosh":
                    size.whoosh(chosen.whoosh_seconds, chosen.seconds)
                elif system == "users":
                    size.users(chosen.users, chosen.seconds)
                else:
                    size.rival(system, chosen.seconds)
                took = round(time.perf_counter() - started)
                if not chosen.ask_only:
                    found.setdefault("took", {})[system] = took
                if system in PEERS:
                    report["versions"] |= peers.versions(system)
                report["date"] = datetime.now(UTC).date().isoformat()
                growth_report.write(report, chosen.out)
                print(f"{paragraphs:,} {system}: {took} s", file=sys.stderr)
            for told in differences(found):
                print(f"{paragraphs:,} {told}", file=sys.stderr)


def was_cut(report: dict[str, Any], paragraphs: int) -> bool:
    """Whether Whoosh has not come to the end of a smaller size already: it would be the same again."""
    smaller = (found for size, found in report["sizes"].items() if int(size) < paragraphs)
    return any(found["systems"].get("whoosh", {}).get("cut") for found in smaller)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and write the report."""
    options = argparse.ArgumentParser(description="how cost grows with the corpus")
    options.add_argument("--sizes", type=int, nargs="*", default=[], help="in paragraphs")
    options.add_argument("--out", type=Path, required=True, help="the folder of the report")
    options.add_argument("--add", action="store_true", help="go on with the report that is there")
    options.add_argument("--systems", nargs="+", choices=SYSTEMS, default=list(SYSTEMS))
    options.add_argument("--dump", type=Path, help="a dump for the one size that is measured")
    options.add_argument("--work", type=Path, help="where indexes are made, and taken away again")
    options.add_argument("--keep", type=Path, help="where indexes are made, and kept")
    options.add_argument(
        "--ask-only",
        action="store_true",
        help="ask the indexes that --keep has, without building them",
    )
    options.add_argument("--whoosh-seconds", type=float, default=600)
    options.add_argument("--seconds", type=float, default=10, help="at most, for each kind")
    options.add_argument("--users", type=int, nargs="+", default=[1, 4, 16])
    options.add_argument("--readme", type=Path, help="put the report's table into this file")
    chosen = options.parse_args(arguments)
    if chosen.dump and len(chosen.sizes) != 1:
        options.error("--dump is for one size; name it with --sizes")
    if chosen.ask_only and not (chosen.keep and chosen.add):
        options.error("--ask-only is for indexes that --keep has, and for a report to --add to")
    if not chosen.keep and chosen.sizes and "tantivy" not in chosen.systems:
        options.error(
            "the other systems take their paragraphs from tantivy's index: --keep it, or measure it too"
        )
    report: dict[str, Any] = {"sizes": {}}
    if chosen.add or not chosen.sizes:
        report = growth_report.read(chosen.out)
    try:
        for name in PEERS if chosen.sizes else ():
            if name in chosen.systems:
                peers.command(name)
    except peers.Unavailable as error:
        others = " ".join(name for name in SYSTEMS if name not in PEERS)
        options.error(f"{error} (Without the peers: --systems {others})")
    measure(chosen, report)
    if chosen.readme:
        growth_report.put_into(chosen.readme, report)
    return 0


if __name__ == "__main__":
    sys.exit(main())
