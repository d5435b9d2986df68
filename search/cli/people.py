"""The command `people`: who is named, and what the archive decides of who is who.

Owns its options and what it prints. Must not know which names are one person's.
"""

from __future__ import annotations

from pathlib import Path

import click

from search.asking.people import exact_counts
from search.cli.console import failures, index_option, json_option, say, say_json
from search.engines import open_searcher
from search.errors import SearchError
from search.exports.result_json import person_to_json
from search.people.decisions import (
    Decision,
    decisions_file,
    read_decisions,
    write_decisions,
)


class NoSuchDecision(SearchError):
    """There is no line of these two names to be taken out."""


@click.command()
@click.argument("name", required=False, default="")
@index_option
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="So many.")
@click.option(
    "--same",
    nargs=2,
    metavar="ONE OTHER",
    help="Decide that two names are one person's: a line in people.csv.",
)
@click.option(
    "--apart", nargs=2, metavar="ONE OTHER", help="Decide that two names are not one person's."
)
@click.option(
    "--undo", nargs=2, metavar="ONE OTHER", help="Take the decision on these two names out again."
)
@click.option("--note", default="", help="Why, for the line of the decision.")
@json_option
def people(
    name: str,
    folder: Path,
    limit: int,
    same: tuple[str, str] | None,
    apart: tuple[str, str] | None,
    undo: tuple[str, str] | None,
    note: str,
    as_json: bool,
) -> None:
    """List the people whom the cables name, or those of whom a form has NAME.

    Decisions on who is who stand in people.csv in the folder of the index, or in the file that CABLEGRAM_PEOPLE names.
    They count at once, without indexing again.
    """
    with failures():
        file = decisions_file(folder)
        for pair, is_same in ((same, True), (apart, False)):
            if pair:
                decision = Decision(is_same, *pair, note)
                write_decisions(file, (*read_decisions(file), decision))
                say(f"Added to {file}: {'same' if is_same else 'apart'}, {pair[0]}, {pair[1]}")
        if undo:
            known = read_decisions(file)
            kept = [each for each in known if {each.one, each.other} != set(undo)]
            if len(kept) == len(known):
                raise NoSuchDecision(f"{file} has no line of {undo[0]} and {undo[1]}.")
            write_decisions(file, kept)
            say(f"Taken out of {file}: {undo[0]}, {undo[1]}")
        if same or apart or undo:
            return
        searcher = open_searcher(folder)
        try:
            found = searcher.people().holding(name)
            shown = found[:limit]
            counts = exact_counts(searcher, shown)
        finally:
            searcher.close()
        if as_json:
            rows = [person_to_json(*each) for each in zip(shown, counts, strict=True)]
            say_json({"total": len(found), "people": rows})
            return
        for person, count in zip(shown, counts, strict=True):
            others = [form.value for form in person.forms if form.value != person.name]
            also = f" ({', '.join(others)})" if others else ""
            say(f"{count:>7,}  {person.name}{also}")
        if len(found) > limit:
            say(f"{len(found) - limit:,} more; --limit shows more of them.")
