"""The command `batch`: a list of names, phrases or questions, answered line by line.

Owns its options, its progress and the files that it writes. Must not know how a line is read or asked, nor an engine.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from search import sources as manifests
from search.batch.formats import FORMAT_OF, FORMATS, HIT_FORMATS, hits, hits_heading
from search.batch.lines import Line, Lines, NoList, decoded, read_lines
from search.batch.questions import HOWS, MOST_LETTERS, Choices, How
from search.batch.resuming import Parts, Progress
from search.batch.spreading import Portion, Task, portions
from search.cli.ask import SECONDS, filter_options
from search.cli.console import (
    NOT_ALL,
    Failure,
    failures,
    index_option,
    leave,
    number,
    progress_bar,
    tell,
)
from search.engines import open_searcher
from search.engines.protocols import Searcher
from search.exports.about import About
from search.language.tree import Filter
from search.settings import read_settings
from search.system.outputs import check_output
from search.system.processes import processors

# So many of the lines that were not searched are named here; each has its reason in the file.
_MOST_TOLD = 20
# The files of a batch: what is written of each line, and all hits.
_ROWS, _HITS = 0, 1

_STANDARD_INPUT = "-"


@click.command()
@click.argument("listed", metavar="FILE", type=click.Path(path_type=Path, allow_dash=True))
@index_option
@filter_options
@click.option(
    "--as",
    "how",
    default=HOWS[0],
    show_default=True,
    type=click.Choice(HOWS),
    help="How a line is meant: as the search box reads it (words), exactly these words in this order (exact), or a"
    " person's name in its forms (names).",
)
@click.option(
    "--letters",
    default=0,
    show_default=True,
    type=click.IntRange(0, MOST_LETTERS),
    help="With --as words: so many letters of each word may be wrong, missing or too many.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(FORMAT_OF)),
    help="The file format; by default what the name of the file ends with, or csv.",
)
@click.option(
    "-o",
    "--output",
    "output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to this file instead of standard output. It appears when it is complete; after an interruption the same"
    " command goes on where it was.",
)
@click.option(
    "--hits",
    "hits_output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write all hits of all lines to this file too: .csv or .jsonl. Needs -o.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="How many processes answer; default: one for each processor.",
)
def batch(
    listed: Path,
    folder: Path,
    how: How,
    letters: int,
    format_name: str | None,
    output: Path | None,
    hits_output: Path | None,
    workers: int | None,
    **values: tuple[str, ...],
) -> None:
    """Search for each line of a list.

    FILE is a text file with a name, a phrase or a whole query a line, or a CSV table whose first line names its
    columns: query (or name), and if you like label, since, until and any filter (origin, tag, ...). - reads standard
    input.

    The result has a row a line: how many paragraphs and cables, the first and the last date, the best passage, a link.
    """
    if letters and how != "words":
        raise Failure(f"--letters goes with --as words, not with --as {how}.")
    form = format_name or _format_of(output)
    if hits_output is not None and (output is None or hits_output.suffix[1:] not in HIT_FORMATS):
        raise Failure("--hits takes a file that ends with .csv or .jsonl, beside -o for the rows.")
    content = _read(listed)
    lines = _lines(content, listed)
    filters = tuple(Filter(name, tuple(chosen)) for name, chosen in values.items() if chosen)
    choices = Choices(how, letters, filters, SECONDS)
    with failures():
        for wanted in filter(None, (output, hits_output)):
            check_output(wanted)
        about = About(f"{listed.name}: {number(len(lines), 'line')}", read_settings().address)
        searcher = open_searcher(folder)
        try:
            task = Task(folder, choices, form, about, with_rows=hits_output is not None)
            count = workers or processors()
            if output is None:
                progress = _to_standard_output(searcher, task, lines, count)
            else:
                key = _key(content, task, _state_of(searcher, folder))
                outputs = [output, *([hits_output] if hits_output else [])]
                progress = _to_files(searcher, task, lines, count, outputs, key)
        finally:
            searcher.close()
    tell(f"{progress.told}" + (f" They are in {output}." if output else ""))
    if progress.told.problems or (lines and not progress.told.found):
        leave(NOT_ALL)


def _format_of(output: Path | None) -> str:
    ending = output.suffix[1:].lower() if output else ""
    return ending if ending in FORMAT_OF else FORMATS[0].name


def _read(listed: Path) -> bytes:
    if str(listed) == _STANDARD_INPUT:
        return sys.stdin.buffer.read()
    return listed.read_bytes()


def _lines(content: bytes, listed: Path) -> Sequence[Line]:
    """The lines of a list; what is said of how it was read is told."""
    try:
        text, guessed = decoded(content)
        read: Lines = read_lines(text)
    except NoList as error:
        raise Failure(f"{listed}: {error}") from error
    for note in filter(None, (guessed, *read.notes)):
        tell(f"cablegram: {listed}: {note}")
    if not read.lines:
        raise Failure(f"{listed}: This list is empty: write a name, a phrase or a query a line.")
    return read.lines


def _state_of(searcher: Searcher, folder: Path) -> str:
    """What tells one state of an index from another."""
    stats = searcher.stats()
    with manifests.read(folder) as manifest:
        return f"{manifest.built} {stats.engine} {stats.cables} {stats.paragraphs}"


def _key(content: bytes, task: Task, state: str) -> str:
    """What a batch asks, and of which index: with the same it goes on where it was interrupted."""
    asked = repr((task.choices, task.form, task.about, task.with_rows, state)).encode()
    return hashlib.sha256(hashlib.sha256(content).digest() + asked).hexdigest()


def _to_standard_output(
    searcher: Searcher, task: Task, lines: Sequence[Line], workers: int
) -> Progress:
    form = FORMAT_OF[task.form]
    _say(form.before(task.about))
    progress = Progress()
    with _bar(len(lines)) as watch:
        for portion in portions(searcher, task, lines, workers):
            _say(portion.text)
            _take(progress, portion)
            watch(progress.lines)
    _say(form.behind)
    return progress


def _to_files(
    searcher: Searcher,
    task: Task,
    lines: Sequence[Line],
    workers: int,
    outputs: Sequence[Path],
    key: str,
) -> Progress:
    form = FORMAT_OF[task.form]
    hit_form = outputs[_HITS].suffix[1:] if len(outputs) > _HITS else ""
    with ExitStack() as stack:
        parts = stack.enter_context(Parts(outputs, key))
        progress = parts.begin()
        if progress.lines:
            tell(
                f"cablegram: {number(progress.lines, 'line')} were answered before; going on behind them"
            )
        else:
            parts.write(_ROWS, form.before(task.about))
            if hit_form:
                parts.write(_HITS, hits_heading(hit_form))
        watch = stack.enter_context(_bar(len(lines)))
        stack.enter_context(_told_on_interruption(progress, outputs[_ROWS]))
        for portion in portions(searcher, task, lines[progress.lines :], workers):
            parts.write(_ROWS, portion.text)
            for row in portion.rows:
                for text in hits(searcher, row, hit_form, task.about):
                    parts.write(_HITS, text)
            _take(progress, portion)
            parts.keep(progress)
            watch(progress.lines)
        parts.write(_ROWS, form.behind)
        parts.finish()
    return progress


def _take(progress: Progress, portion: Portion) -> None:
    """Counts a portion, and names its lines that were not searched, the first ones."""
    for line, problem in portion.problems:
        progress.told.problems += 1
        if progress.told.problems <= _MOST_TOLD:
            tell(f"cablegram: line {line}: {problem}")
        elif progress.told.problems == _MOST_TOLD + 1:
            tell("cablegram: and more lines that were not searched; each has its reason in its row")
    progress.told.found += portion.told.found
    progress.told.nothing += portion.told.nothing
    progress.lines += portion.lines


@contextmanager
def _told_on_interruption(progress: Progress, output: Path) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        tell(
            f"cablegram: stopped behind {number(progress.lines, 'line')}; the same command goes on there"
            f" (what was answered is in {output}.part)"
        )
        raise


def _say(text: str) -> None:
    """What is written of rows, as it would stand in a file."""
    click.echo(text.encode("utf-8", "backslashreplace"), nl=False)


@contextmanager
def _bar(lines: int) -> Iterator[Callable[[int], None]]:
    """How many lines are answered, on a bar, if someone sees it."""
    start = time.monotonic()
    with progress_bar("Searching") as told:

        def watch(done: int) -> None:
            seconds = time.monotonic() - start
            rate = f", {done / seconds:,.0f} a second" if seconds >= 1 else ""
            if told:
                told(done, lines, f"{done:,} of {number(lines, 'line')}{rate}")

        yield watch
