"""What the web costs over the search: pages of results and the API beside the bare questions, in one run.

Run by hand: `PYTHONPATH=. .venv/bin/python benchmarks/web.py [--cables 8334] [--keep DIR] [--json]`; 8,334 synthetic
cables are 100,000 paragraphs. `search` is the one question that the page of results asks (twenty cables with up to
three paragraphs each, every facet), put to the searcher; `asked` is all that it asks, the counts by time included;
`page` is the whole request through the application, from the address to the last byte of HTML; `api` is the same
question of the API. Each figure is warm, in milliseconds of the processor, p50/p95, the four taken in turns. `share` is
how many times `search` the page takes, and how many times `asked`, by their medians; `KB` is the largest page, as it is
and compressed, as it is sent. The last line is the mean over the kinds.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from werkzeug.test import create_environ, run_wsgi_app

from benchmarks.query import index_folder
from benchmarks.synthetic_cables import vocabulary
from search.engines import DEFAULT_ENGINE, ENGINES, open_searcher
from search.engines.protocols import Searcher
from webui import WebSettings, create_app
from webui.asking.address import State, build
from webui.asking.facets import FACET_NAMES
from webui.asking.questions import Question, hits_in_time, time_shown

PAGE_SIZE = WebSettings().page_size
_WARM_UP = 2
# What a browser says.
_BROWSER = {"Accept-Encoding": "gzip"}


def states() -> dict[str, list[State]]:
    """Searches by kind; rare and common words are from fixed ranks of the vocabulary."""
    words = [word for word in vocabulary(1).words if len(word) > 3]
    rare, middle, common = words[9000:9008], words[300:308], words[20:28]
    return {
        "rare word": [State(word) for word in rare],
        "middling word": [State(word) for word in middle],
        "common word": [State(word) for word in common],
        "AND": [State(f"{a} {b}") for a, b in zip(middle, common, strict=True)],
        "word + filters": [
            State(word).including("mark", "SBU").excluding("origin", "Paris") for word in common
        ],
        "paragraphs": [State(word, view="paragraphs") for word in middle],
        "everything": [State()],
    }


def median(found: list[float]) -> float:
    return statistics.median(found)


def shown(found: list[float]) -> str:
    cuts = statistics.quantiles(found, n=20)
    return f"{median(found):.1f}/{cuts[18]:.1f}"


def measure(
    calls: dict[str, Callable[[State], object]], asked: list[State], rounds: int
) -> dict[str, list[float]]:
    """Milliseconds of each way, in turns."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(-_WARM_UP, rounds):
        for state in asked:
            for name, call in calls.items():
                started = time.process_time()
                call(state)
                if number >= 0:
                    times[name].append((time.process_time() - started) * 1000)
    return times


def shares(taken: dict[str, float]) -> dict[str, str]:
    """How many times the searches a page takes."""
    return {
        "share": f"{taken['page'] / taken['search']:.2f}",
        "share asked": f"{taken['page'] / taken['asked']:.2f}",
    }


def all_questions(searcher: Searcher, state: State) -> None:
    """What the page of results asks: the page with its facets, how much falls into which time, and what was meant."""
    question, unit = Question(state, PAGE_SIZE), time_shown(state).unit
    result = searcher.search(question.with_time(unit))
    hits_in_time(result, unit)
    searcher.correct(question.parsed.tree)


def main() -> int:
    """Print the figures, a line a kind of search."""
    options = argparse.ArgumentParser(description="the web's share")
    options.add_argument("--cables", type=int, default=8334)
    options.add_argument("--engine", choices=ENGINES, default=DEFAULT_ENGINE)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--keep", type=Path, help="where the index is kept for the next run")
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    rows: dict[str, dict[str, str]] = {}
    medians: list[dict[str, float]] = []
    with index_folder(chosen.keep, chosen.engine, chosen.cables) as folder:
        searcher = open_searcher(folder)
        app = create_app(searcher, folder=folder)

        def get(address: str) -> bytes:
            pieces, status, _ = run_wsgi_app(app, create_environ(address, headers=_BROWSER))
            assert status == "200 OK"
            return b"".join(pieces)

        def page(state: State) -> bytes:
            return get(build(state))

        facets = [("facet", name) for name in FACET_NAMES]

        def api(state: State) -> bytes:
            address = build(state, "/api/v1/search")
            return get(f"{address}{'&' if '?' in address else '?'}{urlencode(facets)}")

        calls: dict[str, Callable[[State], object]] = {
            "search": lambda state: searcher.search(Question(state, PAGE_SIZE).with_time("year")),
            "asked": lambda state: all_questions(searcher, state),
            "page": page,
            "api": api,
        }
        for kind, asked in states().items():
            times = measure(calls, asked, chosen.rounds)
            middle = {name: median(found) for name, found in times.items()}
            pages = [page(state) for state in asked]
            sizes = (max(len(gzip.decompress(each)) for each in pages), max(map(len, pages)))
            rows[kind] = {name: shown(found) for name, found in times.items()}
            rows[kind] |= shares(middle) | dict(
                zip(("KB", "KB gzip"), (f"{size / 1000:.1f}" for size in sizes), strict=True)
            )
            medians.append(middle)
        searcher.close()
    mean = {name: statistics.fmean(each[name] for each in medians) for name in medians[0]}
    rows["mean"] = {name: f"{value:.1f}" for name, value in mean.items()} | shares(mean)
    if chosen.json:
        print(json.dumps(rows, indent=1))
        return 0
    names = list(next(iter(rows.values())))
    print(f"{'p50/p95 in ms':16}" + "".join(f"{name:>13}" for name in names))
    for kind, row in rows.items():
        print(f"{kind:16}" + "".join(f"{value:>13}" for value in row.values()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
