"""The commands that keep an index safe: `verify`, `backup`, `restore`.

Owns their options and what they print. Must not know an engine, nor how an index is looked at or written.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from search.cli.console import (
    NOT_ALL,
    engine_options,
    failures,
    index_option,
    json_option,
    leave,
    number,
    say,
    say_json,
    set_cluster,
    tell,
)
from search.maintenance.keeping import Kept
from search.maintenance.keeping import backup as back_up
from search.maintenance.keeping import restore as bring_back
from search.maintenance.verifying import verify as look_at

# So many faults are told one by one; --json has all.
_TOLD = 50


@click.command()
@index_option
@json_option
def verify(folder: Path, as_json: bool) -> None:
    """Check that the index is whole.

    Its manifest, its list of sources, the digest of each file, and each cable are read; nothing is changed. The exit
    code is 0 for an index that is whole, 1 for one that is not.
    """
    with failures():
        found = look_at(folder)
    if as_json:
        say_json({"index": str(folder), "whole": not found.faults, **asdict(found)})
    else:
        for note in found.notes:
            tell(f"cablegram: {note}")
        for fault in found.faults[:_TOLD]:
            say(f"Fault      {fault}")
        if len(found.faults) > _TOLD:
            say(f"           and {len(found.faults) - _TOLD:,} more; --json names them")
        said = (
            "is whole"
            if not found.faults
            else "is not whole; bring it back from a backup, or build it anew"
        )
        say(
            f"Index      {folder} {said}: {number(found.cables, 'cable')}, {number(found.files, 'file')} compared"
        )
    if found.faults:
        leave(NOT_ALL)


@click.command()
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path))
@index_option
@json_option
def backup(target: Path, folder: Path, as_json: bool) -> None:
    """Write the index to one file.

    FILE appears when it is complete, with a digest of each part. An index on a cluster is written as one machine keeps
    it, and can be restored there or here. No other command may write to the index meanwhile.
    """
    with failures():
        kept = back_up(folder, target)
    _say(kept, f"Backup     {target}", as_json=as_json)


@click.command()
@click.argument(
    "file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@index_option
@engine_options
@json_option
def restore(file: Path, folder: Path, engine: str | None, url: str | None, as_json: bool) -> None:
    """Make the index from a backup.

    The folder of --index must be new or empty. Each part is compared with its digest; if one differs there is no
    index. `cablegram index` goes on with it as with the index that was backed up.
    """
    set_cluster(engine, url)
    with failures():
        kept = bring_back(file, folder, engine)
    _say(kept, f"Index      {folder}", as_json=as_json)


def _say(kept: Kept, what: str, *, as_json: bool) -> None:
    if as_json:
        say_json(asdict(kept))
        return
    say(
        f"{what}: {number(kept.cables, 'cable')}, {number(kept.paragraphs, 'paragraph')}, engine {kept.engine};"
        f" {number(kept.files, 'file')}, {kept.bytes:,} bytes, each compared with its digest"
    )
