"""One step of the growth measurement, in a process of its own: `python -m benchmarks.growth_systems STEP ...`.

    ready INDEX FILE                 the documents of a Cablegram index, as terms, for the others
    build SYSTEM FOLDER FILE         an index of `fts5` or `bare`; peers' drivers make theirs themselves
    whoosh INDEX FOLDER SECONDS      as many cables of an index as Whoosh takes in so many seconds
    rare INDEX                       words that few paragraphs have
    ask SYSTEM FOLDER WAY SECONDS WORD...  every kind of question, for at most so many seconds each; the words are rare

Each prints one line of JSON. Two engines in one process disturb each other, which is why there is one for each. Lucene
and Xapian are asked through their drivers, which take the time themselves.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.growth_questions import Answered, Question, questions, rare_words
from benchmarks.peers import PEERS, Peer
from benchmarks.rivals import FACETS, Bare, Fts5, ready
from corpus.model import Cable
from search import sources as manifests
from search.asking.over_time import window
from search.engines import open_searcher, open_writer
from search.engines.protocols import Searcher
from search.fields import POSITION
from search.language.parser import parse
from search.language.tree import And, Filter, Query, Range
from search.plans.documents import documents
from search.units import UnitKind, kind_at
from webui.asking.address import State
from webui.asking.questions import Question as PageQuestion
from webui.asking.questions import hits_in_time
from webui.settings import WebSettings

RIVALS: dict[str, type[Fts5 | Bare]] = {"fts5": Fts5, "bare": Bare}
_ROUNDS = 5
_FIRST_ROUND = 10
# So many questions of a kind are asked, however long they take.
_FEWEST = 3
# So many cables are made ready at once.
_PIECE = 200
_opened: list[Searcher] = []


@dataclass(frozen=True, slots=True)
class Asked:
    """How long the questions of a kind took, in milliseconds: the first round apart, since little is in memory then.

    `matches` is how many paragraphs each question found.
    """

    first: list[float]
    times: list[float]
    matches: list[int]


def cables_of(folder: Path) -> Iterator[Cable]:
    """The cables of an index, as the indexer's list has them."""
    with closing(open_searcher(folder)) as searcher, manifests.read(folder) as manifest:
        for cable_id in manifest.cables():
            cable = searcher.get(cable_id)
            if cable is not None:
                yield cable


def make_ready(folder: Path, target: Path) -> dict[str, int]:
    """Writes the documents of an index to a file, made by as many processes as there are processors."""
    with manifests.read(folder) as manifest:
        ids = list(manifest.cables())
    pieces = [ids[start : start + _PIECE] for start in range(0, len(ids), _PIECE)]
    count = 0
    with (
        target.open("w", encoding="utf-8") as out,
        ProcessPoolExecutor(initializer=_open, initargs=(folder,)) as pool,
    ):
        for lines in pool.map(_ready_lines, pieces):
            out.writelines(lines)
            count += len(lines)
    return {"paragraphs": count}


def _open(folder: Path) -> None:
    """In each of those processes: the index, for as long as it lives."""
    _opened.append(open_searcher(folder))


def _ready_lines(ids: list[str]) -> list[str]:
    cables = (_opened[0].get(cable_id) for cable_id in ids)
    return [
        ready(document) + "\n"
        for cable in cables
        if cable is not None
        for document in documents(cable)
        if kind_at(document.numbers[POSITION]) is UnitKind.PARAGRAPH
    ]


def fill_whoosh(source: Path, target: Path, seconds: float) -> dict[str, int | bool]:
    """Copies cables to an index of Whoosh until the time is over."""
    end = time.perf_counter() + seconds
    paragraphs, cut = 0, False
    with open_writer(target, "whoosh") as writer:
        for cable in cables_of(source):
            cut = time.perf_counter() > end
            if cut:
                break
            writer.put(cable)
            paragraphs += len(cable.paragraphs)
    return {"paragraphs": paragraphs, "cut": cut}


def same_work(searcher: Searcher, question: Question) -> int:
    """What the others do too, and the number of cables besides."""
    return searcher.search(_query(question, grouped=False, size=10, facets=FACETS)).paragraphs


def page(searcher: Searcher, question: Question) -> int:
    """All that a page of results shows: twenty cables, their best paragraphs, every facet, the hits by time."""
    state = State(question.line)
    if question.mark:
        state = state.including("mark", question.mark)
    if question.year:
        state = state.between(question.year, question.year)
    asked = PageQuestion(state, WebSettings().page_size)
    unit = window(state.since, state.until).unit
    result = searcher.search(asked.with_time(unit))
    hits_in_time(result, unit)
    return result.paragraphs


# What is asked of Cablegram; of the others, the same work.
SAME_WORK, PAGE = "same work", "page"
WAYS = {SAME_WORK: same_work, PAGE: page}


def _query(question: Question, **more: object) -> Query:
    tree = parse(question.line).tree
    if question.year:
        tree = And((tree, Range(question.year, question.year, "date")))
    filters = (Filter("mark", (question.mark,)),) if question.mark else ()
    return Query(tree, filters, **more)  # type: ignore[arg-type]


def timed(answer: Callable[[Question], int]) -> Callable[[Question], Answered]:
    """The time that an answer takes in this process, beside how many paragraphs it found."""

    def call(question: Question) -> Answered:
        started = time.perf_counter()
        matches = answer(question)
        return Answered(matches, (time.perf_counter() - started) * 1000)

    return call


def measure(
    call: Callable[[Question], Answered], asked: dict[str, list[Question]], seconds: float
) -> dict[str, Asked]:
    """Puts the questions of each kind in turn, in several rounds, until the time of the kind is over."""
    found = {}
    for kind, each in asked.items():
        rounds: list[list[float]] = []
        matches: list[int] = []
        # The first round may take its own time: it reads from the disk what the later ones have in memory.
        end = time.perf_counter() + _FIRST_ROUND * seconds
        for number in range(1 + _ROUNDS):
            rounds.append([])
            if number == 1:
                end = time.perf_counter() + seconds
            for question in each:
                if time.perf_counter() > end and sum(map(len, rounds)) >= _FEWEST:
                    break
                answered = call(question)
                rounds[-1].append(answered.milliseconds)
                if len(rounds) == 1:
                    matches.append(answered.matches)
        later = [each for times in rounds[1:] for each in times]
        found[kind] = Asked(rounds[0], later or rounds[0], matches)
    return found


def ask(
    system: str, folder: Path, way: str, seconds: float, rare: Sequence[str]
) -> dict[str, dict[str, object]]:
    """The figures of a system in one of `WAYS`, from files that have to be read from the disk again.

    Java compiles while it runs, so peers are put all questions for as many `seconds` as one kind may take before
    anything is measured: of them "first" is what is asked first, and not from the disk.
    """
    asked = questions(rare)
    forget_files(folder)
    if system in RIVALS:
        return _figures(measure(timed(RIVALS[system](folder).whole), asked, seconds))
    if system in PEERS:
        with Peer(system, folder) as peer:
            peer.warm_up(asked.values(), seconds)
            return _figures(measure(peer.whole, asked, seconds))
    with closing(open_searcher(folder)) as searcher:
        do = WAYS[way]
        return _figures(measure(timed(lambda one: do(searcher, one)), asked, seconds))


def forget_files(folder: Path) -> None:
    """Take the files of an index out of the system's memory, where the system can be asked to."""
    for path in folder.rglob("*") if hasattr(os, "posix_fadvise") else ():
        if path.is_file():
            with path.open("rb") as file:
                # What is not on the disk yet stays in memory.
                os.fsync(file.fileno())
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _figures(found: dict[str, Asked]) -> dict[str, dict[str, object]]:
    return {
        kind: {
            "first": round(statistics.median(each.first), 3),
            "p50": round(statistics.median(each.times), 3),
            "p95": round(percentile(each.times, 95), 3),
            "asked": len(each.times),
            "matches": each.matches,
            "times": [round(time, 3) for time in each.times],
        }
        for kind, each in found.items()
    }


def percentile(times: Sequence[float], per_cent: int) -> float:
    """The time that so many per cent of all do not exceed."""
    in_order = sorted(times)
    return in_order[min(len(in_order) - 1, len(in_order) * per_cent // 100)]


def main(arguments: Sequence[str]) -> int:
    """Do one step."""
    step, *rest = arguments
    if step == "ready":
        result: object = make_ready(Path(rest[0]), Path(rest[1]))
    elif step == "build":
        folder = Path(rest[1])
        folder.mkdir(parents=True)
        RIVALS[rest[0]].build(folder, Path(rest[2]))
        result = {}
    elif step == "whoosh":
        result = fill_whoosh(Path(rest[0]), Path(rest[1]), float(rest[2]))
    elif step == "rare":
        result = rare_words(Path(rest[0]))
    elif step == "stats":
        with closing(open_searcher(Path(rest[0]))) as searcher:
            result = asdict(searcher.stats())
    else:
        result = ask(rest[0], Path(rest[1]), rest[2], float(rest[3]), rest[4:])
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
