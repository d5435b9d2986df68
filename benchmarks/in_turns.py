"""Cablegram, FTS5, the bare library, Lucene and Xapian asked in turns, of indexes that `growth.py --keep` made.

    PYTHONPATH=. .venv/bin/python benchmarks/in_turns.py KEPT/300000 --rounds 15

`growth.py` asks one system after the other; here each question goes to all of them, one behind the other, in an order
that changes, so that what else the machine does falls on all alike. Each is a process of its own that takes the time
itself: ten hits with snippets, the total, five facets. Printed are tables in Markdown, warm, milliseconds, and in
parentheses what Cablegram takes for one of theirs: p50/p95 of all times, and the least time of each question, at the
median of the questions, which other work on the machine changes least. It ends with 1 if a system found other numbers
of paragraphs.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, ExitStack, closing
from dataclasses import asdict
from pathlib import Path
from typing import Protocol

from benchmarks.growth_questions import KINDS, Answered, Question, questions, rare_words
from benchmarks.growth_systems import RIVALS, percentile, same_work, timed
from benchmarks.peers import PEERS, Peer, Unavailable
from benchmarks.processes import Answering
from search.engines import open_searcher

ROOT = Path(__file__).resolve().parent.parent
OURS = "tantivy"
SYSTEMS = (OURS, *RIVALS, *PEERS)
_ANSWERING = "--answering"

# Milliseconds of a system, and how many paragraphs its questions found, by kind.
Times = dict[str, list[float]]
Matches = dict[str, list[int]]


class System(Protocol):
    """What is asked."""

    def whole(self, question: Question) -> Answered:
        """How many paragraphs were found, and the milliseconds that it took where it was done."""


class _Here:
    """A system that is asked from Python, in a process of its own."""

    def __init__(self, name: str, folder: Path) -> None:
        command = (sys.executable, "-m", "benchmarks.in_turns", _ANSWERING, name, str(folder))
        self._process = Answering(ROOT, command)

    def __enter__(self) -> _Here:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.close()

    def whole(self, question: Question) -> Answered:
        return Answered(*json.loads(self._process.ask(json.dumps(asdict(question)))))


def _opened(name: str, folder: Path) -> AbstractContextManager[System]:
    return Peer(name, folder) if name in PEERS else _Here(name, folder)


def answer(name: str, folder: Path) -> None:
    """In that process: a line a question, until there are no more."""

    def all_by(call: Callable[[Question], Answered]) -> None:
        for line in sys.stdin:
            asked = json.loads(line)
            found = call(Question(**{**asked, "words": tuple(asked["words"])}))
            print(json.dumps([found.matches, found.milliseconds]), flush=True)

    if name in RIVALS:
        all_by(timed(RIVALS[name](folder).whole))
        return
    with closing(open_searcher(folder)) as searcher:
        all_by(timed(lambda one: same_work(searcher, one)))


def measure(
    systems: dict[str, System], asked: dict[str, list[Question]], rounds: int
) -> tuple[dict[str, Times], dict[str, Matches]]:
    """Milliseconds and matches by system: of a kind's times each round has all questions. The first is not timed."""
    times: dict[str, Times] = {name: {kind: [] for kind in asked} for name in systems}
    matches: dict[str, Matches] = {name: {} for name in systems}
    for kind, each in asked.items():
        for name, system in systems.items():
            matches[name][kind] = [system.whole(one).matches for one in each]
    order = list(systems)
    for _ in range(rounds):
        order.append(order.pop(0))
        for kind, each in asked.items():
            for one in each:
                for name in order:
                    times[name][kind].append(systems[name].whole(one).milliseconds)
    return times, matches


def table(times: dict[str, Times], matches: dict[str, Matches]) -> str:
    """A row a kind, a column a system."""
    others = [name for name in times if name != OURS]
    lines = [
        f"| question | matches | {' | '.join((OURS, *others))} |",
        f"|{' --- |' * (len(others) + 3)}",
    ]
    for kind in times[OURS]:
        ours = _percentiles(times[OURS][kind])
        cells = [f"{statistics.median_high(matches[OURS][kind]):,}", "/".join(map(_short, ours))]
        for name in others:
            theirs = _percentiles(times[name][kind])
            ratios = "/".join(_short(a / b) for a, b in zip(ours, theirs, strict=True))
            cells.append(f"{'/'.join(map(_short, theirs))} ({ratios})")
        lines.append(f"| {kind} | {' | '.join(cells)} |")
    return "\n".join(lines)


def least(times: dict[str, Times], matches: dict[str, Matches]) -> str:
    """The same of the least time of each question, the median of a kind's questions."""
    lines = [f"| question | {' | '.join(times)} |", f"|{' --- |' * (len(times) + 1)}"]
    for kind, asked in matches[OURS].items():
        every = [_least(each[kind], len(asked)) for each in times.values()]
        cells = [
            _short(every[0]),
            *(f"{_short(one)} ({_short(every[0] / one)})" for one in every[1:]),
        ]
        lines.append(f"| {kind} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _least(times: Sequence[float], questions: int) -> float:
    return statistics.median(min(times[at::questions]) for at in range(questions))


def _percentiles(times: Sequence[float]) -> tuple[float, float]:
    return statistics.median(times), percentile(times, 95)


def _short(number: float) -> str:
    """Two or three figures: `0.27`, `8.4`, `31`."""
    return f"{number:.0f}" if number >= 20 else f"{number:.1f}" if number >= 2 else f"{number:.2f}"


def main(arguments: Sequence[str]) -> int:
    """Measure, and print the table."""
    if arguments[:1] == [_ANSWERING]:
        answer(arguments[1], Path(arguments[2]))
        return 0
    options = argparse.ArgumentParser(description="the same questions to all, in turns")
    options.add_argument("kept", type=Path, help="the folder of a size that growth.py kept")
    options.add_argument("--systems", nargs="+", choices=SYSTEMS, default=list(SYSTEMS))
    options.add_argument("--warm", type=float, default=10, help="seconds for each peer before all")
    options.add_argument("--rounds", type=int, default=15)
    chosen = options.parse_args(arguments)
    names: Iterable[str] = dict.fromkeys((OURS, *chosen.systems))
    missing = [name for name in names if not (chosen.kept / name).is_dir()]
    if missing:
        options.error(
            f"{chosen.kept} has no index of {', '.join(missing)}: growth.py --keep makes it"
        )
    with ExitStack() as stack:
        try:
            systems: dict[str, System] = {
                name: stack.enter_context(_opened(name, chosen.kept / name)) for name in names
            }
        except Unavailable as error:
            options.error(str(error))
        asked = questions(rare_words(chosen.kept / OURS))
        for system in systems.values():
            if isinstance(system, Peer):
                # Java compiles while it runs.
                system.warm_up(asked.values(), chosen.warm)
        times, matches = measure(systems, asked, chosen.rounds)
    print(table(times, matches))
    print(f"\n{least(times, matches)}")
    differ = [
        (name, kind)
        for name in times
        for kind in KINDS
        if matches[name][kind] != matches[OURS][kind]
    ]
    for name, kind in differ:
        print(f"{kind}: {name} found {matches[name][kind]}, {OURS} {matches[OURS][kind]}")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
