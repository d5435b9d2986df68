"""The missing record for programs and for letters: as JSON for the command line and the API, and as a table.

Owns the names in both. Must not know who prints it.

A lacking cable is `{"id", "key", "post", "post_name", "country", "year", "number", "cited_by", "with_year",
"without_year", "reprinted", "citing"}`: `id` is its number as its archive would write it, `key` the look-up key.
`with_year` of the `cited_by` cables name its year, for the others the year is inferred. `reprinted` says that a
document of a volume in the collection is it, by its printed number. `citing` are the first that cite it, the oldest
first.

A numbering is `{"series", "post", "post_name", "year", "held", "highest", "missing", "gaps", "cited"}`: `missing` of
the numbers from 1 to the `highest` that is seen are not there, in so many `gaps`, and `cited` of them are cited.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from corpus.model import Cable
from corpus.omissions import Omission, Size
from corpus.posts import post
from search.asking.missing import Lacking, Run, Series, cited_by
from search.engines.protocols import Searcher
from search.exports.table import cell
from search.omitted import omitted
from search.units import units

# For a request: what is asked for, and why the archive must have it.
COLUMNS = (
    "cable", "post", "country", "year", "number", "cited by", "with its year", "without its year", "citing cables",
    "request",
)  # fmt: skip
GAP_COLUMNS = ("post", "year", "first", "last", "numbers", "cited", "request")
# So many of the citing cables are named for each.
NAMED = 20


def lacking_to_json(one: Lacking, citing: Iterable[str]) -> dict[str, Any]:
    """A lacking cable."""
    known = post(one.number.post)
    return {
        "id": one.id,
        "key": one.number.key,
        "post": one.number.post,
        "post_name": known.name if known else None,
        "country": (known.country or None) if known else None,
        "year": int(one.number.year),
        "number": one.number.number,
        "cited_by": one.cables,
        "with_year": one.sure,
        "without_year": one.inferred,
        "reprinted": one.reprinted,
        "citing": list(citing),
    }


def series_to_json(one: Series) -> dict[str, Any]:
    """A numbering."""
    return {
        "series": one.name,
        "post": one.post,
        "post_name": one.place,
        "year": int(one.year),
        "held": len(one.held),
        "highest": one.highest,
        "missing": one.missing,
        "gaps": len(one.gaps),
        "cited": len(one.cited),
    }


def run_to_json(one: Run) -> dict[str, Any]:
    """A gap in a numbering, both ends included."""
    return {"first": one.first, "last": one.last, "numbers": one.count, "cited": one.cited}


def citing_ids(searcher: Searcher, one: Lacking, most: int) -> tuple[str, ...]:
    """The ids of the first cables that cite one."""
    return tuple(each.id for each in cited_by(searcher, one.number.key, most))


def request_table(searcher: Searcher, lacking: Iterable[Lacking]) -> Iterator[str]:
    """The lacking cables as CSV for a request under the Freedom of Information Act: a heading, and a row each.

    It begins with the mark by which spreadsheets know UTF-8, and no cell is a formula.
    """
    yield from _written(COLUMNS, (_request(searcher, one) for one in lacking))


def gap_table(series: Series) -> Iterator[str]:
    """The gaps of a numbering as CSV, a row each."""
    yield from _written(GAP_COLUMNS, (_gap(series, run) for run in series.gaps))


def _request(searcher: Searcher, one: Lacking) -> tuple[str, ...]:
    known = post(one.number.post)
    name = known.name if known else one.number.post
    citing = citing_ids(searcher, one, NAMED)
    more = one.cables - len(citing)
    named = "; ".join(citing) + (f"; and {more:,} more" if more else "")
    unsure = "" if one.sure else ", probably"
    return (
        one.id,
        name,
        known.country if known else "",
        one.number.year,
        str(one.number.number),
        str(one.cables),
        str(one.sure),
        str(one.inferred),
        named,
        f"Telegram {one.number.number} from {name}{unsure} of {one.number.year} ({one.id}), cited in {named}",
    )


def _gap(series: Series, run: Run) -> tuple[str, ...]:
    numbers = f"{run.first} to {run.last}" if run.count > 1 else str(run.first)
    plural = "s" if run.count > 1 else ""
    return (
        series.place,
        series.year,
        str(run.first),
        str(run.last),
        str(run.count),
        str(run.cited),
        f"Telegram{plural} {numbers} from {series.place} of {series.year}",
    )


def _written(columns: Iterable[str], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    row = io.StringIO()
    writer = csv.writer(row)
    row.write("\ufeff")
    writer.writerow(columns)
    for each in rows:
        writer.writerow([cell(value) for value in each])
        yield row.getvalue()
        row.seek(0)
        row.truncate()
    if rest := row.getvalue():
        yield rest


def omissions_to_json(cable: Cable) -> list[dict[str, Any]]:
    """What is missing from a cable, in the order of its units, what is said of all of it first.

    `anchor` names the unit, null where all of the cable is meant; `text` is what stands there, `start` and `end` where
    in the unit's text.
    """
    return [
        {
            "anchor": each.anchor or None,
            "start": each.omission.start,
            "end": each.omission.end,
            "text": each.text,
            **_said(each.omission),
        }
        for each in omitted(cable, units(cable))
    ]


def _said(one: Omission) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "kinds": [kind.value for kind in one.kinds],
        "size": one.size,
        "sizes": [_size(each) for each in one.sizes],
        "exemptions": list(one.codes),
    }


def _size(one: Size) -> dict[str, Any]:
    return {"amount": one.amount, "unit": one.unit, "bound": one.bound or None}
