"""The lines of a list shared by several processes, and their answers in the order of the lines.

Owns the processes, how many lines each gets at a time, and how many answers wait: what is held in memory does not grow
with the list. Must not know where the answers are written.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import field
from pathlib import Path

from corpus.late_dataclasses import dataclass
from search.batch.formats import FORMAT_OF, Told
from search.batch.lines import Line
from search.batch.questions import Choices
from search.batch.rows import TOGETHER, Row, answered_together
from search.engines import open_searcher
from search.engines.protocols import Searcher
from search.errors import SearchError
from search.exports.about import About
from search.system.processes import WorkerDied, Workers, begin

# To start another process takes as long as to answer so many lines.
_FEW = 2_000
# How often a process looks for garbage in circles: less often than Python does by itself.
_GARBAGE = (20_000, 20, 100)
# So many portions are under way for each process: the one that it answers, and one that waits.
_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Task:
    """What is the same for all lines: the index, how lines are meant, and how rows are written."""

    folder: Path
    choices: Choices
    form: str
    about: About
    # Whether the rows themselves are wanted beside what is written of them: all their hits are written too.
    with_rows: bool = False


@dataclass(frozen=True, slots=True)
class Portion:
    """The answers to some lines that follow each other, as they are written."""

    lines: int
    text: str
    told: Told
    problems: tuple[tuple[int, str], ...]
    rows: tuple[Row, ...] = field(default=())


class AnsweringStopped(SearchError):
    """A process that answers lines was ended from outside."""


def portions(
    searcher: Searcher, task: Task, lines: Sequence[Line], workers: int
) -> Iterator[Portion]:
    """The answers to all lines, some at a time. A few lines are answered by `searcher`, in this process.

    Raises SearchError, `AnsweringStopped` among them.
    """
    parts = [lines[start : start + TOGETHER] for start in range(0, len(lines), TOGETHER)]
    if workers < 2 or len(lines) <= _FEW:
        for part in parts:
            yield answer(searcher, task, part)
        return
    waiting: deque[Future[Portion]] = deque()
    with Workers(workers, _start, task) as pool:
        try:
            for part in parts:
                waiting.append(pool.submit(_answer, part))
                if len(waiting) >= workers * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except WorkerDied as error:
            raise AnsweringStopped(
                "A process that answers lines was ended from outside, most likely for want of memory; run the command "
                "again, or with --workers 1."
            ) from error


def answer(searcher: Searcher, task: Task, lines: Sequence[Line]) -> Portion:
    """The answers to a few lines."""
    form = FORMAT_OF[task.form]
    told = Told()
    written = []
    problems = []
    rows = []
    for row in answered_together(searcher, lines, task.choices):
        told.add(row)
        written.append(form.row(row, task.about))
        if row.problem:
            problems.append((row.line.number, row.problem))
        if task.with_rows:
            rows.append(row)
    return Portion(len(lines), "".join(written), told, tuple(problems), tuple(rows))


@dataclass(frozen=True, slots=True)
class _Worker:
    """What a process has: an index that it opened, and its task."""

    searcher: Searcher
    task: Task


_worker: list[_Worker] = []


def _start(task: Task) -> None:
    begin()
    # A question makes a thousand objects that all go with it: to look for what nothing leads to is a tenth of the time.
    gc.set_threshold(*_GARBAGE)
    _worker[:] = [_Worker(open_searcher(task.folder), task)]


def _answer(lines: Sequence[Line]) -> Portion:
    (worker,) = _worker
    return answer(worker.searcher, worker.task, lines)
