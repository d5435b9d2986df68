"""The pages of the missing record: what is withheld or lost, cables that others cite, gaps in posts' numberings.

Every number is a link to what it counts. Must not know a searcher: what it needs is handed in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.omissions import KINDS
from corpus.posts import post
from search.answers.results import CableSummary, Facet, FacetValue
from search.asking.missing import Lacking, MissingRecord, Run, Series
from search.language.tree import Phrase, Word
from webui.asking.address import State, build, cable_path
from webui.asking.missing import (
    NUMBERS_PATH,
    PATH,
    REDACTED,
    Redactions,
    Wanted,
    series_path,
)
from webui.pages.gaps import KIND_LABELS
from webui.pages.paging import PageLink, Paging
from webui.pages.wording import Link, counted

# So many lacking cables on a page, each with so many of those that cite it; so many numberings, and gaps.
SIZE = 25
NAMED = 3
SERIES_SIZE = 10
GAPS_SIZE = 100
NUMBERS_SIZE = 100
# Beside the page's first list so many numberings are shown.
_FIRST_SERIES = 8
# So many rows of a table of counts are shown at once; the rest is folded away.
_ROWS = 12
# So many rows has one table: for each the index is asked who cites it. `cablegram missing` writes them all.
MOST_ROWS = 500
# A strip has so many stretches at the most.
STRETCHES = 120
_AROUND = 2


@dataclass(frozen=True, slots=True)
class CountRow:
    """A value and how many paragraphs have it, which leads to them."""

    label: str
    count: Link


@dataclass(frozen=True, slots=True)
class CountTable:
    """The counts by one field: the first rows, and those that are folded away."""

    id: str
    title: str
    heading: str
    rows: tuple[CountRow, ...]
    more: tuple[CountRow, ...]


@dataclass(frozen=True, slots=True)
class LackingRow:
    """A lacking cable: who cites it, how surely; `series` leads to the post's numbering, "" where it has no cable."""

    id: str
    post: str
    year: str
    series_url: str
    count: Link
    citing: tuple[Link, ...]
    more: Link | None
    note: str
    reprinted: Link | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a strip: `x` and `width` of `STRETCHES`, `height` of 20 by how much of it is held, and its name.

    `cited`: some of what it lacks is cited.
    """

    x: int
    height: float
    cited: bool
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A numbering: how much of it is held, missing and cited, each a link, and its strip."""

    title: str
    url: str
    held: Link
    highest: Link
    missing: Link
    cited: Link | None
    strip: tuple[Stretch, ...]
    percent: str


@dataclass(frozen=True, slots=True)
class MissingPage:
    """All that the page says. `narrowed` says to which post and year, "" for none."""

    total: Link | None
    cables: Link
    tables: tuple[CountTable, ...]
    typed: str
    year: str
    narrowed: str
    lacking_count: Link
    lacking: tuple[LackingRow, ...]
    paging: Paging | None
    table_url: str
    table_rows: str
    json_url: str
    series: tuple[SeriesRow, ...]
    series_count: Link
    too_far: Link | None


def missing_page(
    wanted: Wanted,
    record: MissingRecord,
    redactions: Redactions,
    shown: Sequence[tuple[Lacking, Sequence[CableSummary]]],
) -> MissingPage:
    """The page; `shown` are the lacking cables of the page that is wanted, with the first of those that cite each."""
    found = record.of(wanted.post, wanted.year)
    series = record.series_of(wanted.post, wanted.year)
    return MissingPage(
        _redacted_total(redactions),
        Link(counted(redactions.cables, "cable"), build(State(q="has:redaction"))),
        tuple(_tables(redactions)),
        wanted.typed,
        wanted.year,
        narrowed(wanted),
        Link(counted(len(found), "cable"), f"{wanted.on(1).address(PATH)}#cables"),
        tuple(_lacking_row(record, one, citing) for one, citing in shown),
        pages(wanted, len(found), SIZE, PATH),
        wanted.on(1).address(f"{PATH}.csv"),
        f", the first {MOST_ROWS:,}" if len(found) > MOST_ROWS else "",
        wanted.on(1).address("/api/v1/missing"),
        tuple(series_row(each) for each in series[:_FIRST_SERIES]),
        Link(counted(len(series), "numbering"), wanted.on(1).address(NUMBERS_PATH)),
        too_far(wanted, len(found), SIZE, PATH),
    )


def narrowed(wanted: Wanted) -> str:
    """`from La Paz, of 1974`; "" for all."""
    known = post(wanted.post) if wanted.post else None
    place = known.name if known else wanted.typed
    return ", ".join(
        filter(None, (f"from {place}" if place else "", f"of {wanted.year}" if wanted.year else ""))
    )


def on_the_page(wanted: Wanted, found: Sequence[Lacking]) -> Sequence[Lacking]:
    """Those of the lacking cables that stand on the page that is wanted."""
    return found[(wanted.page - 1) * SIZE : wanted.page * SIZE]


def too_far(wanted: Wanted, total: int, size: int, path: str) -> Link | None:
    """What is said where there is no page of that number, with the way to the last one."""
    last = max(1, -(-total // size))
    if wanted.page <= last:
        return None
    return Link(f"There is no page {wanted.page:,}.", wanted.on(last).address(path))


def pages(wanted: Wanted, total: int, size: int, path: str) -> Paging | None:
    """The numbered pages of a list; None if one holds it all."""
    last = -(-total // size)
    if last <= 1:
        return None
    now = min(wanted.page, last)
    around = range(max(1, now - _AROUND), min(last, now + _AROUND) + 1)
    numbers = sorted({1, last, *around})
    return Paging(
        tuple(
            PageLink(
                f"{page:,}",
                wanted.on(page).address(path),
                page == wanted.page,
                page - 1 not in numbers and page > 1,
            )
            for page in numbers
        ),
        wanted.on(min(wanted.page - 1, last)).address(path) if wanted.page > 1 else "",
        wanted.on(now + 1).address(path) if now < last else "",
    )


def _redacted_total(redactions: Redactions) -> Link | None:
    if not redactions.paragraphs:
        return None
    return Link(counted(redactions.paragraphs, "paragraph"), build(State(q=REDACTED)))


def _tables(redactions: Redactions) -> Iterator[CountTable]:
    if not redactions.paragraphs:
        return
    kinds = {each.value: each for each in redactions.facets["redaction"].values}
    rows = [(KIND_LABELS[kind], kinds[kind]) for kind in KINDS if kind in kinds]
    yield _table("kinds", "By kind", "Kind", rows, "redaction")
    by_year = sorted(redactions.facets["year"].values, key=lambda each: each.value)
    yield _table("years", "By year", "Year", _labelled(by_year), "year")
    yield _table(
        "posts", "By post", "Post", _labelled(redactions.facets["origin"].values), "origin"
    )
    exempt: Facet = redactions.facets["exemption"]
    if any(each.count for each in exempt.values):
        yield _table(
            "exemptions", "By exemption", "Exemption", _labelled(exempt.values), "exemption"
        )


def _labelled(values: Iterable[FacetValue]) -> list[tuple[str, FacetValue]]:
    return [(each.value, each) for each in values]


def _table(
    name: str, title: str, heading: str, rows: Iterable[tuple[str, FacetValue]], field: str
) -> CountTable:
    made = tuple(
        CountRow(
            label,
            Link(f"{each.count:,}", build(State(q=f"{REDACTED} {_clause(field, each.value)}"))),
        )
        for label, each in rows
        if each.count
    )
    # One more is shown rather than folded away.
    most = len(made) if len(made) <= _ROWS + 1 else _ROWS
    return CountTable(name, title, heading, made[:most], made[most:])


def _clause(field: str, value: str) -> str:
    return str(Phrase(value, field) if " " in value else Word(value, field))


def cited_link(text: str, key: str) -> Link:
    """A number of citing cables, which leads to their headers."""
    return Link(text, build(State(q=f"cited:{key} OR inferred:{key}")))


def _lacking_row(record: MissingRecord, one: Lacking, citing: Sequence[CableSummary]) -> LackingRow:
    number = one.number
    known = post(number.post)
    more = one.cables - len(citing)
    return LackingRow(
        one.id,
        known.name if known else number.post,
        number.year,
        series_path(number.series) if number.series in record.by_series else "",
        cited_link(f"{one.cables:,}", number.key),
        tuple(Link(each.id, build(State(), cable_path(each.id))) for each in citing),
        cited_link(f"{more:,} more", number.key) if more else None,
        _how_surely(one),
        Link("printed in a volume here", build(State(q=f"telegram:{number.key}")))
        if one.reprinted
        else None,
    )


def _how_surely(one: Lacking) -> str:
    """Whether the year is printed: a year that is not may be another."""
    if not one.inferred:
        return "year printed"
    if not one.sure:
        return "year inferred"
    return f"year printed by {one.sure:,}"


# Numberings.


@dataclass(frozen=True, slots=True)
class NumberingsPage:
    """The list of all numberings, a page of it."""

    typed: str
    year: str
    narrowed: str
    count: str
    rows: tuple[SeriesRow, ...]
    paging: Paging | None
    too_far: Link | None


def numberings_page(wanted: Wanted, record: MissingRecord) -> NumberingsPage:
    """A page of the list."""
    found = record.series_of(wanted.post, wanted.year)
    start = (wanted.page - 1) * SERIES_SIZE
    return NumberingsPage(
        wanted.typed,
        wanted.year,
        narrowed(wanted),
        counted(len(found), "numbering"),
        tuple(series_row(each) for each in found[start : start + SERIES_SIZE]),
        pages(wanted, len(found), SERIES_SIZE, NUMBERS_PATH),
        too_far(wanted, len(found), SERIES_SIZE, NUMBERS_PATH),
    )


def series_row(each: Series) -> SeriesRow:
    """A numbering in a list."""
    url = series_path(each.name)
    share = 100 * len(each.held) / each.highest if each.highest else 0
    return SeriesRow(
        f"{each.place} {each.year}",
        url,
        Link(f"{len(each.held):,}", build(State(q=f"series:{each.name}"))),
        Link(f"{each.highest:,}", Wanted(first=each.highest, last=each.highest).address(url)),
        Link(f"{each.missing:,}", f"{url}#gaps"),
        Link(f"{len(each.cited):,}", Wanted(first=1, last=each.highest, cited=True).address(url))
        if each.cited
        else None,
        strip(each),
        "under 1%" if 0 < share < 1 else f"{int(share)}%",
    )


_HEIGHT = 20


def strip(each: Series) -> tuple[Stretch, ...]:
    """The numbers from 1 to the highest in stretches of equal length; a bar is as high as its share that is held."""
    count = min(STRETCHES, each.highest)
    found = []
    for place in range(count):
        first = each.highest * place // count + 1
        last = each.highest * (place + 1) // count
        held = each.held_within(first, last)
        cited = each.cited_within(first, last)
        share = held / (last - first + 1)
        said = f"{_span(first, last)}: {held:,} held"
        found.append(
            Stretch(
                place,
                max(1.0, round(_HEIGHT * share, 1)) if held else 0.0,
                bool(cited),
                f"{said}, {cited:,} cited and missing" if cited else said,
                Wanted(first=first, last=last).address(series_path(each.name)),
            )
        )
    return tuple(found)


def _span(first: int, last: int) -> str:
    return f"{first:,}" if first == last else f"{first:,} to {last:,}"


@dataclass(frozen=True, slots=True)
class GapRow:
    """Numbers in a row that are not there; `count` leads to them one by one."""

    span: str
    count: Link
    cited: Link | None


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One number that is not there, with how many cables cite it, None for none; or one that is, with its cable."""

    id: str
    url: str
    cited: Link | None


@dataclass(frozen=True, slots=True)
class NumberingPage:
    """A post's numbering of a year; with `numbers` it is a span of it, number by number."""

    title: str
    row: SeriesRow
    span: str
    only_cited: bool
    gaps: tuple[GapRow, ...]
    gap_count: str
    numbers: tuple[NumberRow, ...]
    paging: Paging | None
    table_url: str
    back: Link | None
    too_far: Link | None


def numbering_page(wanted: Wanted, each: Series, record: MissingRecord) -> NumberingPage:
    """The page of a numbering, or of a span of its numbers."""
    path = series_path(each.name)
    if wanted.last:
        first = max(1, wanted.first)
        last = min(wanted.last, each.highest)
        listed: Sequence[int] = range(first, last + 1)
        if wanted.cited:
            listed = [number for number in each.cited if first <= number <= last]
        total, size = len(listed), NUMBERS_SIZE
        start = (wanted.page - 1) * size
        held = frozenset(each.held)
        numbers = tuple(
            _number_row(each, number, held, record) for number in listed[start : start + size]
        )
        gaps: tuple[GapRow, ...] = ()
        span = _span(first, last) if first <= last else ""
    else:
        total, size, span, numbers = len(each.gaps), GAPS_SIZE, "", ()
        start = (wanted.page - 1) * size
        gaps = tuple(_gap_row(each, run) for run in each.gaps[start : start + size])
    title = f"{each.place} {each.year}"
    return NumberingPage(
        title,
        series_row(each),
        span,
        wanted.cited,
        gaps,
        counted(len(each.gaps), "gap"),
        numbers,
        pages(wanted, total, size, path),
        f"{path}.csv",
        Link(f"All of {title}", path) if wanted.last else None,
        too_far(wanted, total, size, path),
    )


def _gap_row(each: Series, run: Run) -> GapRow:
    url = Wanted(first=run.first, last=run.last).address(series_path(each.name))
    only = Wanted(first=run.first, last=run.last, cited=True).address(series_path(each.name))
    cited = Link(f"{run.cited:,}", only) if run.cited else None
    return GapRow(_span(run.first, run.last), Link(f"{run.count:,}", url), cited)


def _number_row(
    each: Series, number: int, held: frozenset[int], record: MissingRecord
) -> NumberRow:
    key = f"{each.name}{number}"
    if number in held:
        return NumberRow(f"{number:,}", build(State(), cable_path(key)), None)
    one = record.by_key.get(key)
    return NumberRow(f"{number:,}", "", cited_link(f"{one.cables:,}", key) if one else None)
