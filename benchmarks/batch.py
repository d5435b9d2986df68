"""How long a list of names takes, and whether each count is the one that the search of that name alone gives.

Run by hand: `PYTHONPATH=. .venv/bin/python benchmarks/batch.py INDEX [--names 100000] [--sample 1000] [--as words]`.
INDEX is one of `benchmarks/synthesize.py` with the same seed.

Names are drawn and made up, about half of them absent. A quarter are two words that follow each other in a paragraph of
the index, a quarter are single words of the vocabulary; a quarter are made of syllables and in no vocabulary, a quarter
are two words of the vocabulary drawn by themselves, which seldom follow each other. `cablegram batch` answers them as a
program of its own; of its answers a sample is asked anew, each by a `search` of the question that its row names.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path

from benchmarks.processes import run
from benchmarks.words import vocabulary
from search import sources as manifests
from search.batch.questions import HOWS
from search.engines import open_searcher
from search.engines.protocols import Searcher
from search.language.parser import parse
from search.language.tree import Query

ROOT = Path(__file__).resolve().parent.parent
# Words are drawn from so many of the most frequent, of so many letters at least.
FREQUENT = 60_000
_SHORTEST = 5
_PAIRS_OF_A_CABLE = 40
_SYLLABLES = "zhu kvi xo wra yelt ghi sproo dza mbe ngu tsy vlo jiq phe oorl ydd".split()  # noqa: SIM905 - as in words


def present_pairs(searcher: Searcher, folder: Path, source: random.Random) -> Iterator[str]:
    """Two longer words that follow each other in a paragraph, some of each of many cables."""
    with manifests.read(folder) as manifest:
        ids = list(manifest.cables())
    source.shuffle(ids)
    for cable_id in ids:
        cable = searcher.get(cable_id)
        if cable is None:
            continue
        pairs = [
            f"{first} {second}"
            for paragraph in cable.paragraphs
            for first, second in pairwise(paragraph.text.split())
            if all(word.isalpha() and len(word) >= _SHORTEST for word in (first, second))
        ]
        source.shuffle(pairs)
        yield from pairs[:_PAIRS_OF_A_CABLE]


def made_up(source: random.Random) -> Iterator[str]:
    """Names that nobody has, of one word or two."""
    while True:
        words = ["".join(source.choices(_SYLLABLES, k=3)) for _ in range(source.choice((1, 2)))]
        yield " ".join(words).title()


def names(searcher: Searcher, folder: Path, seed: int, count: int) -> list[str]:
    """So many names, each once, about half of them absent, mixed."""
    source = random.Random(seed)  # noqa: S311 - it makes names, not keys
    words = [word for word in vocabulary(seed, FREQUENT) if len(word) >= _SHORTEST]
    quarter = count // 4
    made = [
        *islice(_different(present_pairs(searcher, folder, source)), quarter),
        *islice(_different(_drawn(words, source, 1)), quarter),
        *islice(_different(made_up(source)), quarter),
        *islice(_different(_drawn(words, source, 2)), count - 3 * quarter),
    ]
    source.shuffle(made)
    return made


def _different(drawn: Iterator[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in drawn:
        if name not in seen:
            seen.add(name)
            yield name


def _drawn(words: list[str], source: random.Random, each: int) -> Iterator[str]:
    while True:
        yield " ".join(source.choices(words, k=each))


def unequal(searcher: Searcher, rows: list[dict[str, str]], sample: int, seed: int) -> int:
    """Of a sample of rows, how many have another count than the search of their question."""
    source = random.Random(seed)  # noqa: S311 - it draws rows, not keys
    wrong = 0
    for row in source.sample(rows, min(sample, len(rows))):
        result = searcher.search(Query(parse(row["query"]).tree, grouped=False, size=1))
        best = result.hits[0] if result.hits else None
        place = (best.cable.id, best.anchor) if best else ("", "")
        told = (str(result.paragraphs), str(result.cables), *place)
        if told != (row["paragraphs"], row["cables"], row["cable"], row["paragraph"]):
            wrong += 1
            print(f"line {row['line']}: {row['query']}: {told} by search", file=sys.stderr)
    return wrong


def main() -> int:
    """Make the names, answer them, ask a sample anew, print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--names", type=int, default=100_000)
    parser.add_argument("--sample", type=int, default=1_000)
    parser.add_argument(
        "--list", type=Path, help="keep the names in this file, or take them if it is there"
    )
    parser.add_argument(
        "--as", dest="how", action="append", choices=HOWS, help="measure this choice only"
    )
    arguments = parser.parse_args()
    searcher = open_searcher(arguments.index)
    stats = searcher.stats()
    print(f"{stats.paragraphs:,} paragraphs, {stats.engine}, {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as place:
        listed = arguments.list or Path(place) / "names.txt"
        if not listed.exists():
            made = names(searcher, arguments.index, arguments.seed, arguments.names)
            listed.write_text("\n".join(made) + "\n", encoding="utf-8")
        for how in arguments.how or HOWS:
            output = Path(place) / f"{how}.csv"
            command = ["-m", "cablegram", "batch", str(listed), "--as", how, "-o", str(output)]
            took = run([sys.executable, *_program(command), "--index", str(arguments.index)], ROOT)
            with output.open(encoding="utf-8-sig", newline="") as file:
                rows = list(csv.DictReader(file))
            found = sum(row["paragraphs"] != "0" or bool(row["others"]) for row in rows)
            wrong = unequal(searcher, rows, arguments.sample, arguments.seed)
            print(
                f"--as {how}: {len(rows):,} names, {found:,} found, {took.seconds:.1f} s, "
                f"{took.processor:.1f} processor seconds, {took.peak_mb:.0f} MB; "
                f"{wrong} of {min(arguments.sample, len(rows)):,} unlike their search"
            )
    searcher.close()
    return 0


def _program(command: list[str]) -> list[str]:
    return ["-c", "import cablegram; cablegram.main()", *command[2:]]


if __name__ == "__main__":
    sys.exit(main())
