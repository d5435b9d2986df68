"""The command that brings an index of an older version to this one: `migrate`.

Owns its options and what it prints. Must not know an engine, nor load the parser.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from search.cli.console import (
    failures,
    index_option,
    json_option,
    number,
    progress_bar,
    say,
    say_json,
    tell,
)
from search.maintenance.migrating import migrate as bring_over
from search.maintenance.migrating import plan as look_at
from search.system.processes import processors


@click.command()
@index_option
@click.option(
    "--dry-run",
    is_flag=True,
    help="Say whether it can be done and how much room it takes, and do nothing.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Number of processes; default one per processor.",
)
@json_option
def migrate(folder: Path, dry_run: bool, workers: int | None, as_json: bool) -> None:
    """Bring an index of an older version to this one.

    The stored cables are indexed again; their pages are neither read nor needed. The old index stays until the new one
    is whole, and if that is interrupted it is as it was. cablegram index goes on with the result, and reads those pages
    again that this version reads differently.
    """
    with failures():
        found = look_at(folder)
        if dry_run:
            if as_json:
                say_json(asdict(found))
            else:
                say(_told(found.current, found.cables, found.needed, found.free))
            return
        if not as_json:
            tell(_told(found.current, found.cables, found.needed, found.free))
        with progress_bar("Migrating") as bar:

            def watch(done: int, of: int) -> None:
                if bar is not None:
                    bar(done, of, number(done, "cable"))

            done = bring_over(folder, workers=workers or processors(), watch=watch)
    if as_json:
        say_json(asdict(done))
    elif done.changed:
        say(
            f"Index      {folder} is of this version now: {number(done.cables, 'cable')},"
            f" {number(done.paragraphs, 'paragraph')}; no page was read"
        )


def _told(current: bool, cables: int, needed: int, free: int) -> str:
    if current:
        return "The index is of this version; there is nothing to do."
    return (
        f"{number(cables, 'cable')} to be indexed again from what is stored. Until it is done this takes about"
        f" {needed / 1e6:,.0f} MB beside the index; {free / 1e6:,.0f} MB are free."
    )
