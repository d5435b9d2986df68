"""What a row of a long export costs, the last ones beside the first.

Run by hand: `PYTHONPATH=. .venv/bin/python benchmarks/exports.py INDEX [WORD]`. All hits of a word, or of the index,
are gone through as an export does it (`search.exports.entries`), and processor time is taken for each tenth of them;
the first piece, which one search brings, is left out. The same cost a row is a ratio of 1. It prints JSON.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from pathlib import Path

from search.engines import open_searcher
from search.exports.entries import FIRST_PIECE, counted_results
from search.language.parser import parse
from search.language.tree import Query


def measured(
    folder: Path, words: str, *, grouped: bool, most: int | None = None
) -> dict[str, object]:
    """Microseconds of the processor a row, for each tenth of the rows, and what the order of all of them took."""
    searcher = open_searcher(folder)
    try:
        total, entries = counted_results(
            searcher, Query(parse(words).tree, grouped=grouped), whole=False
        )
        for _, _ in zip(range(FIRST_PIECE), entries, strict=False):
            pass
        start = time.process_time()
        next(entries, None)  # the order of all is found here
        order = time.process_time() - start
        rows = min(total, most or total) - FIRST_PIECE - 1
        tenth = max(1, rows // 10)
        costs, count = [], 0
        start = time.process_time()
        for count, _ in enumerate(entries, 1):
            if count % tenth == 0:
                costs.append(round((time.process_time() - start) / tenth * 1e6, 1))
                start = time.process_time()
            if count >= rows:
                break
    finally:
        searcher.close()
    return {
        "rows": total,
        "read": count,
        "order_microseconds_a_row": round(order / max(1, total) * 1e6, 1),
        "tenths": costs[:10],
        "last_to_first": round(costs[-1] / costs[0], 2) if costs and costs[0] else None,
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main() -> None:
    """Measure one index, its units and its cables."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("index", type=Path)
    options.add_argument("words", nargs="?", default="")
    given = options.parse_args()
    for grouped in (False, True):
        found = measured(given.index, given.words, grouped=grouped)
        print(json.dumps({"cables" if grouped else "units": found}), flush=True)


if __name__ == "__main__":
    main()
