"""The commands that read pages: `index` and `parse`.

Owns their options, their progress and what they print. Must not know how a page is read or an index is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from corpus.cable_json import cable_to_json
from indexer.build import Report, Watch, build, parse_page
from indexer.errors import NoSuchInput
from indexer.finding import find
from indexer.page import SetAside
from indexer.reading import MAX_PAGE_BYTES, read
from search.console import (
    NOT_ALL,
    Failure,
    failures,
    harmless,
    index_option,
    json_option,
    leave,
    number,
    on_terminal,
    say,
    say_json,
    tell,
)
from search.engines import DEFAULT_ENGINE, ENGINES
from search.rendering import aside_line, double_line, problem_lines, summary_lines

_MEGABYTE = 1_000_000

paths_argument = click.argument("paths", nargs=-1, required=True, metavar="PATH...")
size_option = click.option(
    "--max-page-size",
    "limit",
    default=MAX_PAGE_BYTES // _MEGABYTE,
    show_default=True,
    type=click.IntRange(min=1),
    metavar="MB",
    callback=lambda context, parameter, value: value * _MEGABYTE,
    help="Set larger files aside, in megabytes.",
)


@click.command()
@paths_argument
@index_option
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    help=f"The engine of a new index; {DEFAULT_ENGINE} if not said. An index keeps its engine.",
)
@click.option(
    "--rebuild", is_flag=True, help="Start from nothing: the index then has these PATHs only."
)
@size_option
@json_option
def index(
    paths: tuple[str, ...],
    folder: Path,
    engine: str | None,
    rebuild: bool,
    limit: int,
    as_json: bool,
) -> None:
    """Read pages and index their cables.

    PATH is a page, a folder of pages or a pattern such as 'pages/**/*.html'. Run again, it reads only what is new or
    changed, and takes out the cables of pages that are gone from a folder. In a folder hidden files, documentation
    (.md, .rst) and the pictures and scripts that a browser saves beside a page are passed over; a file that is named
    is always tried.
    """
    report = build_index(paths, folder, engine=engine, rebuild=rebuild, limit=limit)
    if as_json:
        say_json(report_to_json(report, folder))
    else:
        for line in report_lines(report, folder):
            say(line)
    if report.set_aside:
        leave(NOT_ALL)


@click.command()
@paths_argument
@size_option
@json_option
def parse(paths: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Read pages and print their cables, without an index.

    With --json one object a line; otherwise a summary of each cable: its header, its paragraphs, its problems.
    """
    with _inputs():
        found = find(paths)
    set_aside = [aside for _, aside in found.set_aside]
    for file in found.files:
        page = read(file, limit)
        cables = page if isinstance(page, SetAside) else parse_page(page)
        if isinstance(cables, SetAside):
            set_aside.append(cables)
            continue
        for cable in cables:
            if as_json:
                say_json(cable_to_json(cable), indent=None)
            else:
                for line in summary_lines(cable):
                    say(line)
                say()
    for aside in set_aside:
        tell(f"cablegram: {aside}")
    if set_aside:
        leave(NOT_ALL)


def build_index(
    paths: Sequence[str],
    folder: Path,
    *,
    engine: str | None = None,
    rebuild: bool = False,
    limit: int = MAX_PAGE_BYTES,
) -> Report:
    """Build with progress on a terminal; what stops it becomes a sentence."""
    with failures(), _inputs(), _progress() as watch:
        return build(paths, folder, engine=engine, rebuild=rebuild, limit=limit, watch=watch)


def report_lines(report: Report, folder: Path) -> Iterator[str | Text]:
    """A report for people, a fact a line."""
    pages = (
        (report.new, "new"),
        (report.replaced, "read again"),
        (report.unchanged, "unchanged"),
        (report.removed, "gone"),
    )
    done = ", ".join(f"{count:,} {what}" for count, what in pages if count) or "none"
    yield f"Pages      {done}"
    for aside in report.set_aside:
        yield aside_line(aside.address, aside.reason, aside.advice, aside.line)
    for double in report.doubles:
        yield double_line(double)
    if report.passed_over:
        yield f"Passed over {', '.join(report.passed_over)}"
    stats = report.stats
    yield (
        f"Index      {folder}: {number(stats.cables, 'cable')}, {number(stats.paragraphs, 'paragraph')},"
        f" engine {stats.engine}"
    )
    yield from problem_lines(report.problems)
    if report.changed:
        yield f"Done in {report.seconds:.1f} s"
    else:
        yield "Nothing changed: the index is up to date"


def report_to_json(report: Report, folder: Path) -> dict[str, object]:
    """A report for programs; `cables` and `paragraphs` count what the index holds."""
    return {
        "index": str(folder),
        **asdict(report.stats),
        "changed": report.changed,
        "pages": {
            "new": report.new,
            "read_again": report.replaced,
            "unchanged": report.unchanged,
            "gone": report.removed,
        },
        "problems": report.problems,
        "set_aside": [asdict(aside) for aside in report.set_aside],
        "doubles": [asdict(double) for double in report.doubles],
        "passed_over": list(report.passed_over),
        "seconds": round(report.seconds, 3),
    }


@contextmanager
def _inputs() -> Iterator[None]:
    """A path that is not there stops the command before it has begun."""
    try:
        yield
    except NoSuchInput as error:
        raise Failure(str(error)) from error


@contextmanager
def _progress() -> Iterator[Watch | None]:
    """A bar on standard error if someone sees it, nothing elsewhere."""
    if not on_terminal():
        yield None
        return
    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(
        *columns,
        TextColumn("{task.fields[page]}", markup=False),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("", total=None, page="")

        def watch(done: int, total: int, address: str) -> None:
            bar.update(task, completed=done, total=total, page=harmless(Path(address).name))

        yield watch
