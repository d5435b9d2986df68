"""The command `versions`: the versions of a cable's telegram, and where its passages stand again.

Owns what it prints. Must not know an engine, nor load the parser.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import click

from corpus.model import Cable
from search.answers.tally import counted
from search.asking.reused import Reused, reused
from search.asking.telegrams import FoundVersion, versions_of
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
from search.engines import open_searcher
from search.exports.plain_text import date_text
from search.exports.versions_json import versions_to_json


@click.command()
@click.argument("cable_id", metavar="ID")
@index_option
@json_option
def versions(cable_id: str, folder: Path, as_json: bool) -> None:
    """List the versions of a telegram.

    ID is a message reference in any spelling. Versions are cables of other numbers with the same text, or a part of it:
    copies, extracts, retransmissions, corrected copies. Then passages of its paragraphs in other cables are listed.
    """
    with failures(), closing(open_searcher(folder)) as searcher:
        cable = searcher.get(cable_id)
        found: Sequence[FoundVersion] = ()
        again: Mapping[str, Sequence[Reused]] = {}
        if cable is not None:
            found = versions_of(searcher, folder, cable.id)
            again = reused(searcher, folder, cable, [each.cable.id for each in found])
    if cable is None:
        tell(f"cablegram: there is no cable {cable_id} in this index")
        leave(NOT_ALL)
    if as_json:
        say_json(versions_to_json(cable.id, found, again))
        return
    for line in lines(cable, found, again):
        say(line)


def lines(
    cable: Cable, found: Sequence[FoundVersion], again: Mapping[str, Sequence[Reused]]
) -> list[str]:
    """The versions and the passages, a line each."""
    told = [_line(each) for each in found] or [f"{cable.id} has no other version in this index"]
    for anchor, places in again.items():
        told += [
            f"#{anchor} also in {each.cable.id}#{each.unit.anchor}, {counted(each.words, 'word')}"
            for each in places
        ]
    return told


def _line(each: FoundVersion) -> str:
    said = [
        each.name,
        "fullest text" if each.fullest else f"{each.share:.0%} of its words in the fullest text",
    ]
    cable = each.cable
    date = date_text(cable.date, cable.date_precision, cable.date_end)
    return ", ".join(filter(None, (cable.id, date, cable.source, *said)))
