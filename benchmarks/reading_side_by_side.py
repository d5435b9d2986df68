"""How fast two commits read pages: the processor's time for the same pages, in turns, and whether they read them alike.

Run by hand; the other commit is a checkout of its own:

    git worktree add --detach ../other COMMIT
    PYTHONPATH=. .venv/bin/python benchmarks/reading_side_by_side.py ../other ../shared

Each checkout reads in a process of its own, which is asked in turns, each going first as often as the other. Of all
rounds the shortest counts: other work on the machine makes some longer, none shorter. The texts are those of
`benchmarks/parse.py`. Printed are milliseconds of this checkout and of the other, their ratio, and how many pages they
read differently.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from benchmarks.parse import pages_by_form
from benchmarks.processes import Answering
from indexer.page import RawPage

ROOT = Path(__file__).resolve().parent.parent

# What runs in a checkout's own process: it takes the pages from a file, gives for each what was read, as digests, and
# then the processor's seconds for all of them, a line for each line it is given.
_READING = """
import gc, hashlib, json, sys, time
from indexer.errors import NotACable
from indexer.page import RawPage
from indexer.parse import parse

pages = [RawPage(*page) for page in json.load(open(sys.argv[1], encoding="utf-8"))]

def read(page):
    try:
        return parse(page)
    except NotACable as error:
        return error.reason

print(json.dumps([hashlib.sha256(repr(read(page)).encode()).hexdigest() for page in pages]), flush=True)
for line in sys.stdin:
    gc.collect()
    begun = time.process_time()
    for page in pages:
        read(page)
    print(time.process_time() - begun, flush=True)
"""


class Reading(Answering):
    """A checkout that reads the pages of a file, again and again."""

    def __init__(self, tree: Path, pages: Path) -> None:
        super().__init__(tree, (sys.executable, "-c", _READING, str(pages)))
        self.read: list[str] = json.loads(self.next())

    def seconds(self) -> float:
        """The processor's seconds for all pages once."""
        return float(self.ask(""))


def side_by_side(
    trees: Sequence[Path], pages: Sequence[RawPage], rounds: int
) -> tuple[list[float], int]:
    """The shortest seconds of each checkout, and how many pages they read differently."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "pages.json"
        # What every commit's page has: text, address, markup, digest.
        held = [(page.text, page.address, page.markup, page.digest) for page in pages]
        file.write_text(json.dumps(held), encoding="utf-8")
        readers: list[Reading] = []
        try:
            readers.extend(Reading(tree, file) for tree in trees)
            found: list[list[float]] = [[] for _ in readers]
            for turn in range(rounds):
                order = range(len(readers)) if turn % 2 else reversed(range(len(readers)))
                for at in order:
                    found[at].append(readers[at].seconds())
        finally:
            for reader in readers:
                reader.close()
    differ = sum(
        one != other
        for first, second in pairwise([reader.read for reader in readers])
        for one, other in zip(first, second, strict=True)
    )
    return [min(each) for each in found], differ


def main() -> int:
    """Measure, and print a line a form."""
    options = argparse.ArgumentParser(description="reading by this checkout and another")
    options.add_argument("other", type=Path, help="a checkout of the other commit")
    options.add_argument(
        "shared", type=Path, nargs="?", help="the folder with data/aad/telegrams.jsonl"
    )
    options.add_argument("--rounds", type=int, default=20)
    chosen = options.parse_args()
    trees = [ROOT, chosen.other.resolve()]
    forms = pages_by_form(chosen.shared)
    forms["all samples"] = [
        page for name, pages in forms.items() if name.startswith("sample") for page in pages
    ]
    print(f"{'form':22}{'this':>10}{'other':>10}{'ratio':>7}{'differ':>8}")
    for name, pages in forms.items():
        (this, other), differ = side_by_side(trees, pages, chosen.rounds)
        print(
            f"{name:22}{this * 1000:7.1f} ms{other * 1000:7.1f} ms{this / other:7.2f}{differ:8}",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
