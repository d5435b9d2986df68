"""The command that copies: `copy`.

Owns its options and what it prints. Must not know an engine, nor load the parser.
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
from search.maintenance.copying import Copied
from search.maintenance.copying import copy as copy_index


@click.command()
@index_option
@click.option(
    "--to",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder of the copy; it must not hold an index yet.",
)
@engine_options
@json_option
def copy(folder: Path, target: Path, engine: str | None, url: str | None, as_json: bool) -> None:
    """Copy the index to another folder or engine.

    Both are compared when the copy is complete.

    With --engine opensearch the copy is on the cluster that --url names: an index moves from one machine to a cluster,
    and in the same way back. Nothing is parsed again. `cablegram index` goes on with the copy as with the original.
    """
    set_cluster(engine, url)
    with failures():
        copied = copy_index(folder, target, engine)
    if as_json:
        say_json(asdict(copied) | {"whole": copied.whole})
    else:
        for name, stats in ((folder, copied.before), (target, copied.after)):
            say(
                f"{name}: {number(stats.cables, 'cable')}, {number(stats.paragraphs, 'paragraph')},"
                f" engine {stats.engine}"
            )
    if not copied.whole:
        tell(f"cablegram: the copy is not whole: {_fault(copied)}")
        leave(NOT_ALL)


def _fault(copied: Copied) -> str:
    if copied.refused and not copied.missing:
        key, reason = next(iter(copied.refused.items()))
        return f"{number(len(copied.refused), 'cable')} could not be taken, {key} for one: {reason}"
    example = f", {copied.missing[0]} for one" if copied.missing else ""
    return f"{number(len(copied.missing), 'cable')} could not be read{example}; index once more and copy again"
