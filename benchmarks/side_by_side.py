"""Two commits side by side: the bytes of their index, the processor's time to make it, and what questions take.

Run by hand, best with nothing else on the machine; the other commit is a checkout of its own:

    git worktree add --detach ../other COMMIT
    PYTHONPATH=. .venv/bin/python benchmarks/side_by_side.py ../other --cables 25000

Both index the same dump (`benchmarks/synthesize.py`) by `cablegram index`, in turns, and answer the same questions,
each in a process of its own that is asked in turns too. Printed are ratios of this checkout to the other. The questions
are whole pages: twenty cables, their snippets and all facets.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.growth_questions import USUAL, WORST, questions, rare_words
from benchmarks.processes import Answering, run
from benchmarks.synthesize import write

ROOT = Path(__file__).resolve().parent.parent
# Of `cablegram index`: all went well, and some pages, the broken rows of the dump, were set aside.
_WELL = (0, 1)
# How often each question is asked.
_ASKED = 15
_SEED = 1
_COMMAND = ("-c", "from cablegram import main; main()")


def index(tree: Path, dump: Path, folder: Path) -> tuple[float, int]:
    """Builds an index with a checkout: processor seconds, bytes."""
    command = [sys.executable, *_COMMAND, "index", str(dump), "--index", str(folder), "--rebuild"]
    measured = run(command, tree, _WELL)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return measured.processor, size


# What runs in a checkout's own process: it opens the index, and answers a line of JSON with milliseconds a line.
_ASKING = """
import json, sys, time
from pathlib import Path
from search.engines import open_searcher
from search.fields import FACETS
try:
    from search.language.parser import parse
    from search.language.tree import Filter, Query
except ModuleNotFoundError:  # a commit in which the room of search had no folders
    from search.query import Filter, Query
    from search.query_parser import parse
searcher = open_searcher(Path(sys.argv[1]))
for line in sys.stdin:
    asked, filters = json.loads(line)
    query = Query(
        parse(asked).tree, tuple(Filter(name, (value,)) for name, value in filters), facets=(*FACETS, "month")
    )
    begun = time.perf_counter()
    found = searcher.search(query)
    print(json.dumps([(time.perf_counter() - begun) * 1000, found.paragraphs]), flush=True)
"""


class Asked(Answering):
    """A checkout that answers questions from its index."""

    def __init__(self, tree: Path, folder: Path) -> None:
        super().__init__(tree, (sys.executable, "-c", _ASKING, str(folder)))

    def question(self, typed: str, filters: Sequence[tuple[str, str]]) -> tuple[float, int]:
        """Milliseconds, and how many paragraphs were found."""
        milliseconds, found = json.loads(self.ask(json.dumps([typed, filters])))
        return milliseconds, found


def asked(trees: Sequence[Path], folders: Sequence[Path]) -> dict[str, list[float]]:
    """The median milliseconds of each kind of question, by checkout; a question is asked of each in turns."""
    searchers = [Asked(*pair) for pair in zip(trees, folders, strict=True)]
    found: dict[str, list[float]] = {}
    try:
        for kind, each in questions(rare_words(folders[0])).items():
            times: list[list[float]] = [[] for _ in trees]
            for one in each:
                filters = [
                    (name, value)
                    for name, value in (("mark", one.mark), ("year", one.year))
                    if value
                ]
                for turn in range(_ASKED):
                    for place, searcher in enumerate(searchers):
                        milliseconds, _ = searcher.question(one.typed, filters)
                        # The first time reads what the others find in memory.
                        if turn:
                            times[place].append(milliseconds)
            found[kind] = [statistics.median(each) for each in times]
    finally:
        for searcher in searchers:
            searcher.close()
    return found


def main() -> int:
    """Measure, and print ratios."""
    options = argparse.ArgumentParser(description="this checkout and another, side by side")
    options.add_argument("other", type=Path, help="a checkout of the other commit")
    options.add_argument("--cables", type=int, default=25_000)
    options.add_argument(
        "--builds", type=int, default=2, help="how often each builds; the quicker one counts"
    )
    chosen = options.parse_args()
    trees = [ROOT, chosen.other.resolve()]
    with tempfile.TemporaryDirectory() as place:
        dump = Path(place) / "cables.csv"
        with dump.open("wb") as file:
            write(file, chosen.cables, _SEED)
        folders = [Path(place) / "this", Path(place) / "other"]
        builds: list[list[tuple[float, int]]] = [[], []]
        for _ in range(chosen.builds):
            for tree, folder, made in zip(trees, folders, builds, strict=True):
                made.append(index(tree, dump, folder))
        for name, which in (("processor seconds", 0), ("bytes", 1)):
            this, other = (min(each[which] for each in made) for made in builds)
            print(f"{name:20} {this:14,.1f} {other:14,.1f}  {this / other:.2f}", flush=True)
        began = time.perf_counter()
        for kind, (this, other) in asked(trees, folders).items():
            usual = "" if kind in USUAL else " (worst)" if kind == WORST else ""
            print(
                f"{kind + usual:20} {this:11.2f} ms {other:11.2f} ms  {this / other:.2f}",
                flush=True,
            )
        print(f"asked for {time.perf_counter() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
