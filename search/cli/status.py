"""The command `status`: what an index holds, what it was made from, and what of that was not read.

Owns its options and what it prints, which is never longer for a larger index; whole lists are options of their own,
one JSON value a line, and are written as they are read. Must not know an engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from search import sources as manifests
from search.answers.results import IndexStats
from search.cli.console import (
    NOT_ALL,
    failures,
    index_option,
    json_option,
    leave,
    say,
    say_json,
    tell,
)
from search.cli.rendering import aside_line, double_line, problem_lines
from search.engines import open_searcher
from search.maintenance.agreement import disagreement
from search.sources import Aside, Manifest

# So many of each list are named, to people and in JSON.
_MOST_SHOWN = 20
MOST_TOLD = 100
# What `--list` takes, and what it gives a line for.
_LISTS = {
    "sources": "each file, with how many cables it has",
    "cables": "each cable, with the file it was taken from",
    "set-aside": "each input that was not read, and why",
    "doubles": "each page whose cable was taken from another page",
}


@click.command()
@index_option
@json_option
@click.option(
    "--list",
    "listed",
    type=click.Choice(list(_LISTS)),
    help=f"Print a whole list as JSON lines: {'; '.join(f'{name}, {what}' for name, what in _LISTS.items())}.",
)
def status(folder: Path, as_json: bool, listed: str | None) -> None:
    """Show what the index holds and which files were not read.

    Of long lists the first entries are shown; --list prints all of one.
    """
    with failures():
        fault = disagreement(folder)
        with manifests.read(folder) as manifest:
            if listed:
                for entry in _list(manifest, listed):
                    say_json(entry, indent=None)
            else:
                searcher = open_searcher(folder)
                try:
                    stats = searcher.stats()
                finally:
                    searcher.close()
                if as_json:
                    say_json(_to_json(folder, stats, manifest, fault))
                else:
                    for line in _lines(folder, stats, manifest):
                        say(line)
    if fault:
        tell(f"cablegram: {fault}")
        leave(NOT_ALL)


def _to_json(folder: Path, stats: IndexStats, manifest: Manifest, fault: str) -> dict[str, object]:
    built = manifest.built
    return {
        "index": str(folder),
        **asdict(stats),
        "built": built.isoformat() if built else None,
        "disagreement": fault,
        "source_count": manifest.count(),
        "sources": list(_sources(manifest, MOST_TOLD)),
        "problems": manifest.problems(),
        "set_aside_count": manifest.set_aside_count(),
        "set_aside": [_aside(each) for _, each in manifest.set_aside(MOST_TOLD)],
        "double_count": manifest.double_count(),
        "doubles": [asdict(double) for double in manifest.doubles(MOST_TOLD)],
    }


def _list(manifest: Manifest, listed: str) -> Iterator[dict[str, object]]:
    match listed:
        case "sources":
            yield from _sources(manifest)
        case "cables":
            for cable, path in manifest.places():
                yield {"cable": cable, "path": path}
        case "set-aside":
            for _, each in manifest.set_aside():
                yield _aside(each)
        case _:
            for double in manifest.doubles():
                yield asdict(double)


def _sources(manifest: Manifest, most: int | None = None) -> Iterator[dict[str, object]]:
    for source, cables in manifest.counted(most):
        yield {"address": source.address, "path": source.path, "cables": cables}


def _aside(each: Aside) -> dict[str, object]:
    return {
        "address": each.address,
        "reason": each.reason,
        "advice": each.advice,
        "line": each.line,
    }


def _lines(folder: Path, stats: IndexStats, manifest: Manifest) -> Iterator[str]:
    built = manifest.built
    yield f"Index      {folder}"
    yield f"Engine     {stats.engine}"
    yield f"Cables     {stats.cables:,}"
    yield f"Paragraphs {stats.paragraphs:,}"
    yield f"Size       {stats.bytes:,} bytes"
    yield f"Built      {built.isoformat() if built else 'unknown'}"
    yield f"Sources    {manifest.count():,}"
    yield from problem_lines(manifest.problems())
    for double in manifest.doubles(_MOST_SHOWN):
        yield double_line(double)
    yield from _more(manifest.double_count(), "doubles")
    for _, each in manifest.set_aside(_MOST_SHOWN):
        yield aside_line(each.address, each.reason, each.advice, each.line)
    yield from _more(manifest.set_aside_count(), "set-aside")


def _more(count: int, listed: str) -> Iterator[str]:
    if count > _MOST_SHOWN:
        yield f"           and {count - _MOST_SHOWN:,} more: cablegram status --list {listed}"
