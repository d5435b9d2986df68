"""The commands that read pages: `index` and `parse`.

Owns their options, their progress and what they print. Must not know how a page is read or an index is written.
"""

from __future__ import annotations

import json
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from types import FrameType

import click

from corpus.cable_json import cable_to_json
from indexer.errors import NoSuchInput, ReaderDied
from indexer.inputs.files import MAX_PAGE_BYTES, read, standard_input
from indexer.inputs.finding import PageFile, find, no_cable_in, no_page_in
from indexer.page import PassedOver, SetAside
from indexer.runs.build import build
from indexer.runs.logged import logged_run
from indexer.runs.report import Reading, Report
from indexer.runs.steps import Progress as Step
from indexer.runs.steps import Watch
from indexer.runs.worker import cables_of, cut_short
from indexer.watching import NotWatched, watching
from search.cli.alerts import alerts_option, before_index, outcome_to_json, tell_news
from search.cli.console import (
    NOT_ALL,
    Failure,
    engine_options,
    failures,
    harmless,
    index_option,
    json_option,
    leave,
    log_option,
    number,
    progress_bar,
    say,
    say_json,
    set_cluster,
    tell,
)
from search.cli.rendering import aside_line, double_line, problem_lines, summary_lines
from search.people.recognizers import MODEL
from search.system.logs import set_up

_MEGABYTE = 1_000_000
# What a report for people names of each kind; it says how many there are, and the one for programs has the others.
_MOST_ROWS = 60
_MOST_ASIDE = 200
_MOST_DOUBLES = 20

paths_argument = click.argument("paths", nargs=-1, required=True, metavar="PATH...")
size_option = click.option(
    "--max-page-size",
    "limit",
    default=MAX_PAGE_BYTES // _MEGABYTE,
    show_default=True,
    type=click.IntRange(min=1),
    metavar="MB",
    callback=lambda context, parameter, value: value * _MEGABYTE,
    help="Don't read files larger than this, in megabytes.",
)


@click.command()
@paths_argument
@index_option
@engine_options
@click.option(
    "--rebuild",
    is_flag=True,
    help="Build a new index from these PATHs only. If interrupted, the same command goes on where it stopped.",
)
@click.option(
    "--from-start",
    is_flag=True,
    help="With --rebuild: begin anew, even where an interrupted rebuild could go on.",
)
@click.option(
    "--watch",
    is_flag=True,
    help="Stay, and index what comes into the folders, until Ctrl-C.",
)
@alerts_option
@size_option
@click.option(
    "--names-model",
    metavar="MODEL",
    help=f"A spaCy pipeline that finds names beside the rules: a package, or a folder; default {MODEL}, or none.",
)
@log_option
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Number of parser processes; default one per processor.",
)
@click.option(
    "--report",
    "report_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a report as JSON to this file: files read, files not read and why.",
)
@json_option
def index(
    paths: tuple[str, ...],
    folder: Path,
    engine: str | None,
    url: str | None,
    rebuild: bool,
    from_start: bool,
    watch: bool,
    alerts_file: Path,
    limit: int,
    names_model: str | None,
    log_format: str,
    workers: int | None,
    report_file: Path | None,
    as_json: bool,
) -> None:
    """Read pages and index their cables.

    PATH is a page, a dump (cables.csv), an export of Cablegram's own, a volume of FRUS, a folder, a pattern such as
    'pages/**/*.html', or - for standard input. Pages are also read from archives (.zip, .tar, .gz, .xz, .zst, .7z), web
    archives (WARC, WACZ), mail (.eml, mbox), saved pages (MHTML), documents (PDF, .docx, .odt) and Markdown. What a
    file is, is told by its content.

    Run it again and it reads only what is new or changed, and removes the cables of files that are gone from a
    folder. In a folder hidden files, documentation (README, .rst) and the pictures and scripts that a browser saves
    beside a page are passed over; a file that is named is always tried.

    If there is a file of alerts, what is new for them is told after the run: see cablegram alerts.
    """
    set_cluster(engine, url)
    if names_model is not None:
        # Where what reads the names of a cable looks for it, in this process and in those that it starts.
        os.environ[MODEL] = names_model
    if from_start and not rebuild:
        raise Failure("--from-start is for a rebuild; say --rebuild with it.")
    set_up(log_format)
    if report_file is not None:
        report_file.open("a").close()  # a long run must not end with a report that can't be written
    fresh = [rebuild]

    def run() -> bool:
        before = before_index(alerts_file, folder)
        with logged_run(paths, folder) as ended:
            report = build_index(
                paths,
                folder,
                engine=engine,
                rebuild=fresh[0],
                from_start=from_start and fresh[0],
                limit=limit,
                workers=workers,
            )
            ended(report)
        fresh[0] = False  # what is watched goes on with what was built
        content = report_to_json(report, folder)
        if report_file is not None:
            text = json.dumps(content, ensure_ascii=False, indent=2)
            report_file.write_bytes(f"{text}\n".encode("utf-8", "backslashreplace"))
        if not as_json:
            for line in report_lines(report, folder):
                say(line)
        news = tell_news(alerts_file, folder, before, quiet=as_json)
        if as_json:
            told = {} if news is None else {"alerts": outcome_to_json(news)}
            say_json({**content, **told}, indent=None if watch else 2)
        return not report.set_aside and (news is None or not news.troubles)

    if watch:
        _watch(paths, folder, run)
    elif not run():
        leave(NOT_ALL)


def _watch(paths: Sequence[str], folder: Path, run: Callable[[], bool]) -> None:
    """Run now, and whenever something has changed in the folders. What stops one run stops no other."""

    def run_once() -> bool:
        try:
            run()
        except (click.ClickException, OSError) as error:
            why = error.format_message() if isinstance(error, click.ClickException) else str(error)
            tell(f"cablegram: {why}; trying again in a minute, or when something changes")
            return False
        return True

    def idle() -> None:
        tell(f"Watching   {', '.join(paths)} (Ctrl-C ends it)")

    def end(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    try:
        watching(paths, folder, run_once, idle)
    except NotWatched as error:
        raise Failure(str(error)) from error
    tell("No longer watching; the index has what was indexed so far")


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
    asides = [aside for _, aside in found.set_aside]
    asides += [no_page_in(root, found.passed_over) for root in found.without_pages()]
    for aside in asides:
        tell(f"cablegram: {aside}")
    all_read = not asides
    with ExitStack() as kept:
        if found.standard_input:
            found.files.append(kept.enter_context(standard_input()))
        with_cables: set[str] = set()
        for file in found.files:
            all_read &= _parse_file(file, limit, with_cables, as_json=as_json)
    for root, files in found.chances():
        if not any(file.name in with_cables for file in files):
            all_read = False
            tell(f"cablegram: {no_cable_in(root, files)}")
    if not all_read:
        leave(NOT_ALL)


def _parse_file(file: PageFile, limit: int, with_cables: set[str], *, as_json: bool) -> bool:
    """Print the cables of a file, and note its name if it has any; says whether nothing in it was set aside."""
    all_read = True
    passed: Counter[tuple[str, str]] = Counter()
    for item in read(file, limit):
        cables = cables_of(item)
        if isinstance(cables, SetAside):
            all_read = False
            tell(f"cablegram: {cables}")
            continue
        if isinstance(cables, PassedOver):
            passed[cables.address, cables.what] += cables.count
            continue
        with_cables.add(file.name)
        # A doubt is told, and no failure: the cable was read as far as its page goes.
        if (cut := cut_short(cables, file.address)) is not None:
            tell(f"cablegram: {cut}")
        if as_json:
            for cable in cables:
                say_json(cable_to_json(cable), indent=None)
        else:
            for cable in cables:
                for line in summary_lines(cable):
                    say(line)
                say()
    for (address, what), count in passed.items():
        tell(f"cablegram: passed over {PassedOver(address, what, count)}")
    return all_read


def build_index(
    paths: Sequence[str],
    folder: Path,
    *,
    engine: str | None = None,
    rebuild: bool = False,
    from_start: bool = False,
    limit: int = MAX_PAGE_BYTES,
    workers: int | None = None,
) -> Report:
    """Build with progress on a terminal; what stops it becomes a sentence."""
    with failures(), _inputs(), _progress() as watch:
        return build(
            paths,
            folder,
            engine=engine,
            rebuild=rebuild,
            from_start=from_start,
            limit=limit,
            workers=workers,
            watch=watch,
        )


def report_lines(report: Report, folder: Path) -> Iterator[str]:
    """A report for people: a table of what was read, then a fact a line."""
    files = (
        (report.new, "new"),
        (report.replaced, "read again"),
        (report.unchanged, "unchanged"),
        (report.removed, "gone"),
        (report.gone_on_with, "gone on with"),
    )
    done = ", ".join(f"{count:,} {what}" for count, what in files if count) or "none"
    if report.rebuild:
        yield f"Rebuild    {report.rebuild}"
    yield f"Files      {done}"
    if report.readings:
        yield ""
        yield from table_lines(report.readings[:_MOST_ROWS])
        yield from _more(len(report.readings), _MOST_ROWS)
        yield ""
    for aside in report.set_aside[:_MOST_ASIDE]:
        yield aside_line(aside.address, aside.reason, aside.advice, aside.line)
    yield from _more(len(report.set_aside), _MOST_ASIDE)
    for double in report.doubles[:_MOST_DOUBLES]:
        yield double_line(double)
    yield from _more(report.double_count, _MOST_DOUBLES)
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


def _more(count: int, told: int) -> Iterator[str]:
    if count > told:
        yield f"           and {count - told:,} more; --report FILE names them"


def table_lines(readings: Sequence[Reading]) -> Iterator[str]:
    """What was read from where, in columns: the numbers to the right, nothing where there is none."""
    rows: list[tuple[str, ...]] = [("Read from", "form", "pages", "cables", "paragraphs")]
    for each in readings:
        counts = (each.pages, each.cables, each.paragraphs)
        rows.append((each.place, each.form, *(f"{count:,}" if count else "" for count in counts)))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        words = [cell.ljust(width) for cell, width in zip(row[:2], widths[:2], strict=True)]
        numbers = [cell.rjust(width) for cell, width in zip(row[2:], widths[2:], strict=True)]
        yield "  ".join((*words, *numbers)).rstrip()


def report_to_json(report: Report, folder: Path) -> dict[str, object]:
    """A report for programs; `cables` and `paragraphs` count what the index holds."""
    return {
        "index": str(folder),
        **asdict(report.stats),
        "changed": report.changed,
        "rebuild": report.rebuild,
        "files": {
            "new": report.new,
            "read_again": report.replaced,
            "unchanged": report.unchanged,
            "gone": report.removed,
            "gone_on_with": report.gone_on_with,
        },
        "read": [asdict(each) for each in report.readings],
        "problems": report.problems,
        "set_aside": [asdict(aside) for aside in report.set_aside],
        "double_count": report.double_count,
        "doubles": [asdict(double) for double in report.doubles],
        "passed_over": list(report.passed_over),
        "seconds": round(report.seconds, 3),
    }


@contextmanager
def _inputs() -> Iterator[None]:
    """A path that is not there stops the command before it has begun; the end of a process in the middle."""
    try:
        yield
    except (NoSuchInput, ReaderDied) as error:
        raise Failure(str(error)) from error


@contextmanager
def _progress() -> Iterator[Watch | None]:
    """How far a run is, on a bar, if someone sees it."""
    start = time.monotonic()
    with progress_bar("Reading") as told:
        yield told and (
            lambda step: told(
                step.bytes, step.all_bytes or None, progress_line(step, time.monotonic() - start)
            )
        )


def progress_line(step: Step, seconds: float) -> str:
    """How far a run is: files, paragraphs and how many of them a second, and the file that it is at."""
    rate = f", {step.paragraphs / seconds:,.0f} a second" if seconds >= 1 else ""
    files = f"{step.files:,} of {number(step.all_files, 'file')}"
    where = harmless(Path(step.where).name)
    return f"{files}, {number(step.paragraphs, 'paragraph')}{rate}, {where}"
