"""The command `missing`: the cables that others cite and the collection lacks, and the gaps in posts' numberings.

Owns its options and what it prints. Must not know how either is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import click

from search.asking.missing import Lacking, MissingRecord, Series, missing_record, post_code
from search.cli.console import (
    NOT_ALL,
    Failure,
    failures,
    index_option,
    leave,
    number,
    say,
    say_json,
    tell,
)
from search.engines import open_searcher
from search.engines.protocols import Searcher
from search.exports.missing_record import (
    citing_ids,
    gap_table,
    lacking_to_json,
    omissions_to_json,
    request_table,
    run_to_json,
    series_to_json,
)
from search.language.parser import parse
from search.language.tree import Query

# So many citing cables stand on a line.
_NAMED = 3
_DEFAULT = 50


@click.command()
@click.argument("cable", required=False)
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
    "--withheld",
    is_flag=True,
    help="What is missing from the text of cables instead: paragraphs by kind, exemption, year and post.",
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
    cable: str | None,
    folder: Path,
    place: str,
    year: str,
    numbers: bool,
    withheld: bool,
    limit: int,
    form: str,
    as_json: bool,
) -> None:
    """List cables that others cite and the index lacks, the most cited first.

    A cable that is cited without its year is taken for one of the year of the cable that cites it; this is said.
    With --numbers: which numbers of a post and a year the index has, against the highest that is seen.
    With CABLE: what is missing from that cable, of which kind and how much.
    """
    if year and not (year.isascii() and year.isdecimal() and len(year) == 4):
        raise Failure(f"{year} is not a year of four digits, such as 1974")
    form = "json" if as_json else form
    code = post_code(place)
    most = limit or None
    with failures():
        searcher = open_searcher(folder)
        try:
            if cable is not None:
                _one_cable(searcher, cable, form)
                return
            if withheld:
                _withheld(searcher, form, most)
                return
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


def _one_cable(searcher: Searcher, name: str, form: str) -> None:
    found = searcher.get(name)
    if found is None:
        raise Failure(f"{name} is not in this index")
    listed = omissions_to_json(found)
    if form == "csv":
        raise Failure("what is missing from one cable is no table: use --format json")
    if form == "json":
        say_json({"cable": found.id, "omissions": listed})
        return
    for each in listed:
        place, size = each["anchor"] or "all of it", f": {each['size']}" if each["size"] else ""
        codes = f" ({', '.join(each['exemptions'])})" if each["exemptions"] else ""
        text = f"  {' '.join(each['text'].split())}" if each["text"] else ""
        say(f"{place:<10} {each['kind']}{size}{codes}{text}")
    tell(f"{number(len(listed), 'place')} of {found.id} where something is missing")
    if not listed:
        leave(NOT_ALL)


# Paragraphs, so that counts by year and post are of the same.
_WITHHELD = "unit:paragraph has:redaction"
_BY = ("redaction", "exemption", "year", "origin")


def _withheld(searcher: Searcher, form: str, most: int | None) -> None:
    if form == "csv":
        raise Failure("these counts are no table for a request: use --format json")
    query = Query(parse(_WITHHELD).tree, facets=_BY, facet_limit=0, size=1, snippets=False)
    found = searcher.search(query)
    counts = {
        facet.field: {each.value: each.count for each in facet.values if each.count}
        for facet in found.facets
    }
    if form == "json":
        say_json({"paragraphs": found.paragraphs, "cables": found.cables, "counts": counts})
        return
    for name, values in counts.items():
        for value, count in islice(values.items(), most):
            say(f"{name:<10} {count:>8,}  {value}")
    tell(f"{number(found.paragraphs, 'paragraph')} of {number(found.cables, 'cable')}")


def _write(rows: Iterable[str] | Iterator[str]) -> None:
    for row in rows:
        click.echo(row.encode(), nl=False)


def _rest(count: int) -> None:
    if count > 0:
        tell(f"and {count:,} more: see --limit")
