"""The command `places`: from where the paragraphs of a search come, and about where they are.

Owns its options and what it prints. Must not know an engine.
"""

from __future__ import annotations

from pathlib import Path

import click

from search.asking.places import SIDES, Geography, Side, geography
from search.cli.ask import SECONDS, filter_options, tell_repairs
from search.cli.console import (
    FAILED,
    NOT_ALL,
    failures,
    index_option,
    json_option,
    leave,
    number,
    say,
    say_json,
    tell,
)
from search.engines import open_searcher
from search.exports.result_json import geography_to_json
from search.language.parser import parse
from search.language.tree import Filter, Query

_TITLES: dict[Side, str] = {"origin": "From", "place": "About"}


@click.command()
@click.argument("words", nargs=-1, metavar="[QUERY]")
@index_option
@filter_options
@click.option(
    "--limit",
    default=20,
    show_default=True,
    type=click.IntRange(0, 1000),
    help="So many posts and so many places; 0: all.",
)
@json_option
def places(
    words: tuple[str, ...],
    folder: Path,
    limit: int,
    as_json: bool,
    **values: tuple[str, ...],
) -> None:
    """Count paragraphs by post and by the places that they name.

    Of all paragraphs, or of those that a search finds. JSON has where each place is, and the years of the most frequent
    ones.
    """
    asked = " ".join(words)
    parsed = parse(asked)
    filters = tuple(Filter(name, tuple(chosen)) for name, chosen in values.items() if chosen)
    with failures():
        searcher = open_searcher(folder)
        try:
            found = geography(searcher, Query(parsed.tree, filters, seconds=SECONDS), most=limit)
        finally:
            searcher.close()
    tell_repairs(parsed)
    if as_json:
        say_json(geography_to_json(found))
    else:
        _say(found)
    if parsed.cut:
        leave(FAILED)
    if not found.paragraphs:
        leave(NOT_ALL)


def _say(found: Geography) -> None:
    for side in SIDES:
        say(_TITLES[side])
        for each in found.sides[side]:
            say(f"{each.paragraphs:>9,}  {each.name}")
        if found.more[side]:
            say(f"{'':>9}  and {found.more[side]:,} more; --limit 0 prints all")
        say()
    for note in found.notes:
        tell(f"cablegram: {note}")
    tell(f"{number(found.paragraphs, 'paragraph')} in {number(found.cables, 'cable')}")
