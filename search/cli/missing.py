"""The command `missing`: the cables that others cite and the collection lacks, and the gaps in posts' numberings.

Owns its options and what it prints. Must not know how either is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import click

from search.asking.missing import Lacking, MissingRecord, Series, missing_record, post_code
from search.cli.console import Failure, failures, index_option, number, say, say_json, tell
from search.engines import open_searcher
from search.engines.protocols import Searcher
from search.exports.missing_record import (
    citing_ids,
    gap_table,
    lacking_to_json,
    request_table,
    run_to_json,
    series_to_json,
)

# So many citing cables stand on a line.
_NAMED = 3
_DEFAULT = 50


@click.command()
@index_option
@click.option("--post", "place", default="", metavar="POST", help="Only cables from this post.")
@click.option(
    "--year",
    default="",
    metavar="YEAR",
    help="Only cables of this year, in four digits.",
)
@click.option(
    "--numbers",
    is_flag=True,
    help="The gaps in posts' numberings instead: of one post and year each gap, else a line for each numbering.",
)
@click.option(
    "--limit",
    default=_DEFAULT,
    show_default=True,
    type=click.IntRange(min=0),
    help="How many lines at the most; 0 is all.",
)
@click.option(
    "--format",
    "form",
    default="text",
    show_default=True,
    type=click.Choice(["text", "json", "csv"]),
    help="Lines for a terminal, JSON for programs, or a table for a FOIA request.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def missing(
    folder: Path, place: str, year: str, numbers: bool, limit: int, form: str, as_json: bool
) -> None:
    """List cables that others cite and the index lacks, the most cited first.

    A cable that is cited without its year is taken for one of the year of the cable that cites it; this is said.
    With --numbers: which numbers of a post and a year the index has, against the highest that is seen.
    """
    if year and not (year.isascii() and year.isdecimal() and len(year) == 4):
        raise Failure(f"{year} is not a year of four digits, such as 1974")
    form = "json" if as_json else form
    code = post_code(place)
    most = limit or None
    with failures():
        searcher = open_searcher(folder)
        try:
            record = missing_record(searcher)
            if numbers:
                _numbers(record.series_of(code, year), form, most)
            else:
                _cables(searcher, record, record.of(code, year), form, most)
        finally:
            searcher.close()


def _cables(
    searcher: Searcher,
    record: MissingRecord,
    found: tuple[Lacking, ...],
    form: str,
    most: int | None,
) -> None:
    shown = found[:most]
    if form == "csv":
        _write(request_table(searcher, shown))
    elif form == "json":
        listed = [lacking_to_json(one, citing_ids(searcher, one, _NAMED)) for one in shown]
        say_json({"total": len(found), "lacking": listed})
    else:
        for one in shown:
            say(_line(searcher, one))
        tell(f"{number(len(found), 'cable')} cited and not in this index")
    _rest(len(found) - len(shown))


def _line(searcher: Searcher, one: Lacking) -> str:
    citing = citing_ids(searcher, one, _NAMED)
    more = f" and {one.cables - len(citing):,} more" if one.cables > len(citing) else ""
    unsure = "" if one.sure else "  (year inferred)"
    unsure += "  (printed in a volume that is here)" if one.reprinted else ""
    return f"{one.id:<24} cited by {one.cables:>4,}: {', '.join(citing)}{more}{unsure}"


def _numbers(found: tuple[Series, ...], form: str, most: int | None) -> None:
    one = found[0] if len(found) == 1 else None
    if form == "csv":
        if one is None:
            raise Failure("a table of gaps is of one post and year: give --post and --year")
        _write(gap_table(one))
        return
    shown = found[:most]
    if form == "json":
        listed = [
            {
                **series_to_json(each),
                "ranges": [run_to_json(run) for run in islice(each.gaps, most)] if one else [],
            }
            for each in shown
        ]
        say_json({"total": len(found), "numberings": listed})
    else:
        for each in shown:
            say(
                f"{each.place} {each.year}: {len(each.held):,} of {each.highest:,} held, "
                f"{number(len(each.gaps), 'gap')}, {len(each.cited):,} of the missing cited"
            )
        for run in islice(one.gaps if one else (), most):
            span = f"{run.first} to {run.last}" if run.count > 1 else f"{run.first}"
            say(f"  {span}: {run.count:,}" + (f", {run.cited:,} cited" if run.cited else ""))
    _rest(len(one.gaps) - most if one and most else len(found) - len(shown))


def _write(rows: Iterable[str] | Iterator[str]) -> None:
    for row in rows:
        click.echo(row.encode(), nl=False)


def _rest(count: int) -> None:
    if count > 0:
        tell(f"and {count:,} more: see --limit")
