"""How fast pages become cables: pages and megabytes a second, on one core and on two, form by form.

Run by hand: `.venv/bin/python benchmarks/parse.py ../shared [--json]`. The texts are NARA's released telegrams (all
of them, and those of about 3 KB by themselves) and the shipped samples; each form is read again and again for about the
asked-for seconds. The two figures of a form are measured side by side in one run: one process, then two that share the
same list of pages, in turns.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from indexer.errors import NotACable
from indexer.page import RawPage
from indexer.parse import parse

ROOT = Path(__file__).resolve().parent.parent
# One process and two take turns, and the best of each counts: other work on the machine slows some turns, never all.
TURNS = 5
_ABOUT_3_KB = range(2500, 3500)


def pages_by_form(shared: Path | None) -> dict[str, list[RawPage]]:
    """The pages to read, by form."""
    forms: dict[str, list[RawPage]] = {}
    for folder in sorted((ROOT / "corpus/samples").iterdir()):
        files = (
            [path for path in sorted(folder.glob("*.*")) if path.suffix in {".html", ".txt"}]
            if folder.is_dir()
            else []
        )
        for path in files:
            markup = "html" if path.suffix == ".html" else "text"
            page = RawPage(path.read_text(encoding="utf-8"), path.name, markup, "0" * 64)
            forms.setdefault(f"sample {folder.name}", []).append(page)
    if shared is not None:
        lines = (shared / "data/aad/telegrams.jsonl").read_text(encoding="utf-8").splitlines()
        telegrams = [RawPage(json.loads(line)["text"], "aad", "text", "0" * 64) for line in lines]
        forms["NARA telegrams"] = telegrams
        forms["... of about 3 KB"] = [page for page in telegrams if len(page.text) in _ABOUT_3_KB]
    return forms


def read_all(pages: Sequence[RawPage]) -> int:
    """Parse every page; gives how many held a cable."""
    found = 0
    for page in pages:
        try:
            found += len(parse(page))
        except NotACable:
            continue
    return found


def rounds_for(pages: Sequence[RawPage], seconds: float) -> int:
    """How often the pages must be read to take about that long."""
    start = time.perf_counter()
    read_all(pages)
    return max(1, round(seconds / max(1e-6, time.perf_counter() - start)))


def measure(
    pages: Sequence[RawPage], seconds: float, pool: ProcessPoolExecutor
) -> dict[str, float]:
    """Pages and megabytes a second with one process and with two, the best of `TURNS` turns each, and their ratio."""
    rounds = rounds_for(pages, seconds / TURNS)
    work = list(pages) * rounds
    size = sum(len(page.text.encode()) for page in work) / 1e6
    halves = [work[0::2], work[1::2]]
    list(pool.map(read_all, [half[:1] for half in halves]))
    one, two = [], []
    for _ in range(TURNS):
        start = time.perf_counter()
        read_all(work)
        one.append(time.perf_counter() - start)
        start = time.perf_counter()
        list(pool.map(read_all, halves))
        two.append(time.perf_counter() - start)
    return {
        "pages": len(work),
        "median_bytes": statistics.median(len(page.text.encode()) for page in pages),
        "pages_per_second": len(work) / min(one),
        "megabytes_per_second": size / min(one),
        "pages_per_second_two_processes": len(work) / min(two),
        "ratio": min(one) / min(two),
    }


def main() -> int:
    """Print the figures, a line a form."""
    options = argparse.ArgumentParser(description="pages a second")
    options.add_argument(
        "shared", type=Path, nargs="?", help="the folder with data/aad/telegrams.jsonl"
    )
    options.add_argument(
        "--seconds", type=float, default=3.0, help="about how long each form is read"
    )
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    with ProcessPoolExecutor(2) as pool:
        figures = {
            name: measure(pages, chosen.seconds, pool)
            for name, pages in pages_by_form(chosen.shared).items()
        }
    if chosen.json:
        print(json.dumps(figures, indent=1))
        return 0
    print(f"{'form':22}{'median KB':>10}{'pages/s':>10}{'MB/s':>8}{'two: pages/s':>14}{'ratio':>7}")
    for name, found in figures.items():
        print(
            f"{name:22}{found['median_bytes'] / 1000:10.1f}{found['pages_per_second']:10.0f}"
            f"{found['megabytes_per_second']:8.2f}{found['pages_per_second_two_processes']:14.0f}{found['ratio']:7.2f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
