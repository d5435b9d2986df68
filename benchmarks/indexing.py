"""Where the time of indexing goes: each step by itself, the whole with one process and with two, and a day's cables.

Run by hand, best with nothing else on the machine:

    PYTHONPATH=. .venv/bin/python benchmarks/indexing.py cables.csv --json indexing.json

Steps are microseconds of the processor a paragraph, one after the other in one process, over the first cables of a dump
(`benchmarks/synthesize.py`). What the whole takes besides is the ledger, the way from process to process, merging, and
what processes cost each other.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from benchmarks.processes import run
from benchmarks.synthesize import write
from corpus.model import Cable
from indexer.inputs.files import Item, read
from indexer.inputs.finding import find
from indexer.runs.worker import cables_of
from search.engines import DEFAULT_ENGINE, open_searcher, open_writer, prepare
from search.engines.stored import pack_cable
from search.plans.documents import documents

ROOT = Path(__file__).resolve().parent.parent
# Of `cablegram index`: all went well, and some pages, the broken rows of the dump, were set aside.
_WELL = (0, 1)
# The writing is done once with one commit and once with so many, to see what merging costs.
_COMMITS = 16
_DAYS_SEED = 2

_Done = TypeVar("_Done")


@dataclass(frozen=True, slots=True)
class Whole:
    """`cablegram index` from the dump to the searchable index."""

    workers: int
    cables: int
    paragraphs: int
    seconds: float
    processor_seconds: float
    peak_mb: float


def timed(action: Callable[[], _Done]) -> tuple[_Done, float]:
    """What an action gives, and the seconds of the processor that it and its threads took."""
    began = time.process_time()
    done = action()
    return done, time.process_time() - began


def steps(dump: Path, most: int) -> dict[str, float]:
    """Microseconds a paragraph for each step."""
    # All cables are kept for the next step, and looking through them for garbage would be counted with each.
    gc.disable()
    items, reading = timed(lambda: list(islice(read(find([str(dump)]).files[0]), most)))
    cables, parsing = timed(lambda: list(_parsed(items)))
    _, analysing = timed(lambda: [documents(cable) for cable in cables])
    _, storing = timed(lambda: [pack_cable(cable) for cable in cables])
    prepared, preparing = timed(lambda: [prepare(DEFAULT_ENGINE, cable) for cable in cables])
    ready = list(zip((cable.id for cable in cables), prepared, strict=True))
    _, once = timed(lambda: _written(ready, 1))
    _, often = timed(lambda: _written(ready, _COMMITS))
    seconds = {
        "reading the rows of the dump": reading,
        "parsing": parsing,
        "analysing: terms, values, numbers": analysing,
        "the cable as it is stored, compressed": storing,
        "documents as tantivy reads them": preparing - analysing - storing,
        "writing by tantivy": once,
        f"{_COMMITS} commits instead of one, and merging": often - once,
    }
    paragraphs = sum(len(cable.paragraphs) for cable in cables)
    return {name: round(each / paragraphs * 1e6, 1) for name, each in seconds.items()}


def _parsed(items: Sequence[Item]) -> Iterator[Cable]:
    for item in items:
        found = cables_of(item)
        # What can't be read has no cables.
        if isinstance(found, tuple):
            yield from found


def _written(ready: Sequence[tuple[str, bytes]], commits: int) -> None:
    with tempfile.TemporaryDirectory() as folder, open_writer(Path(folder)) as writer:
        for number, (cable_id, prepared) in enumerate(ready, 1):
            writer.put_prepared(cable_id, prepared)
            if number % (len(ready) // commits + 1) == 0:
                writer.checkpoint()


def whole(dump: Path, index: Path, workers: int) -> Whole:
    """The whole, measured from outside."""
    done = run(_index(dump, index, "--workers", str(workers), "--json"), ROOT, _WELL)
    with closing(open_searcher(index)) as searcher:
        stats = searcher.stats()
    return Whole(
        workers,
        stats.cables,
        stats.paragraphs,
        round(done.seconds, 1),
        round(done.processor, 1),
        round(done.peak_mb),
    )


def _index(dump: Path, index: Path, *more: str) -> tuple[str, ...]:
    command = Path(sys.executable).with_name("cablegram")
    return (str(command), "index", str(dump), "--index", str(index), *more)


def main() -> int:
    """Print what was measured."""
    options = argparse.ArgumentParser(description="where the time of indexing goes")
    options.add_argument("dump", type=Path)
    options.add_argument(
        "--cables", type=int, default=3_000, help="so many are taken for the steps"
    )
    options.add_argument("--day", type=int, default=100, help="so many are added to the last")
    options.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    options.add_argument("--json", type=Path, help="write the figures to this file too")
    chosen = options.parse_args()
    found = steps(chosen.dump, chosen.cables)
    print("| step | microseconds a paragraph |\n| --- | --- |")
    for name, each in found.items():
        print(f"| {name} | {each:.0f} |", flush=True)
    print(
        "\n| workers | cables a second | paragraphs a second | microseconds a paragraph | peak MB |"
    )
    print("| --- | --- | --- | --- | --- |")
    wholes = []
    with tempfile.TemporaryDirectory() as temporary:
        for number in chosen.workers:
            one = whole(chosen.dump, Path(temporary) / str(number), number)
            wholes.append(asdict(one))
            print(
                f"| {one.workers} | {one.cables / one.seconds:,.0f} | {one.paragraphs / one.seconds:,.0f} "
                f"| {one.processor_seconds / one.paragraphs * 1e6:.0f} | {one.peak_mb:,.0f} |",
                flush=True,
            )
        day = Path(temporary) / "day.csv"
        with day.open("wb") as file:
            write(file, chosen.day, _DAYS_SEED)
        last = Path(temporary) / str(chosen.workers[-1] if chosen.workers else 0)
        added = run(_index(day, last, "--json"), ROOT, _WELL)
    print(f"\n{chosen.day} cables added to the last: {added.seconds:.1f} s")
    if chosen.json:
        told = {"steps": found, "whole": wholes, "day": round(added.seconds, 2)}
        chosen.json.write_text(f"{json.dumps(told, indent=1)}\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
