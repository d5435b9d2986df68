"""The page for a list of names: the form, and the answers to its lines, so many on a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from search.answers.tally import listed
from search.batch.lines import Lines
from search.batch.rows import Row
from webui.asking.lists import MEANINGS, MOST_ALIKE, MOST_LINES, Meaning
from webui.pages.marking import snippet
from webui.pages.wording import Link, counted

# A page of answers has so many lines; the form leads on.
SIZE = 50


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of the form."""

    name: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class RowShown:
    """A line with its answer. `link` leads to the results, "" where there was no search; then `problem` says why."""

    line: str
    label: str
    link: Link
    paragraphs: str
    cables: str
    first: str
    last: str
    passage: Link | None
    snippet: Markup
    also: str
    notes: tuple[str, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class BatchPage:
    """All that the page says. `list` is what stands in the form; `following` is the place of the next page's first
    line, None at the end."""

    list: str
    options: tuple[Option, ...]
    limits: str
    notices: tuple[str, ...]
    notes: tuple[str, ...] = ()
    told: str = ""
    rows: tuple[RowShown, ...] = ()
    following: int | None = None
    next_label: str = ""


def form_page(text: str, meant: Meaning, *notices: str) -> BatchPage:
    """The form alone."""
    return BatchPage(text, _options(meant), _limits(), notices)


def batch_page(
    text: str, meant: Meaning, read: Lines, start: int, rows: Iterable[Row]
) -> BatchPage:
    """The form with the answers to the lines from `start` on."""
    shown = tuple(map(_row, rows))
    end = start + len(shown)
    every = len(read.lines)
    told = counted(every, "line")
    if start or end < every:
        told = f"{told}, {start + 1:,} to {end:,} shown"
    following = end if end < every else None
    last = min(end + SIZE, every)
    return BatchPage(
        text,
        _options(meant),
        _limits(),
        (),
        read.notes,
        told,
        shown,
        following,
        f"Next: {end + 1:,} to {last:,}" if following is not None else "",
    )


def _options(meant: Meaning) -> tuple[Option, ...]:
    return tuple(Option(each.name, each.label, each == meant) for each in MEANINGS)


def _limits() -> str:
    return (
        f"Up to {MOST_LINES:,} lines, or {MOST_ALIKE:,} where letters may be off; the command cablegram batch takes a"
        " list of any length."
    )


def _row(row: Row) -> RowShown:
    brief, best = row.brief, row.brief.best
    return RowShown(
        f"{row.line.number:,}",
        row.line.label,
        Link(row.line.text, row.path),
        f"{brief.paragraphs:,}",
        f"{brief.cables:,}",
        brief.first,
        brief.last,
        Link(f"{best.cable.id} {best.name}", best.url) if best else None,
        snippet(best.snippet, best.excerpted) if best else Markup(),
        listed(brief.others),
        row.notes,
        row.problem,
    )
