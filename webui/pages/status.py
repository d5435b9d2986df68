"""The page of the index: how much it holds, how old it is, what was set aside and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from search.answers.results import IndexStats
from search.language.tree import Word
from search.sources import Manifest
from webui.asking.address import State, build
from webui.pages.sources import place_found
from webui.pages.wording import Link, counted, moment

# So many are listed; `cablegram status` tells all of them.
_LISTED = 200
_ALL = Link("All cables with a possible reading error", build(State(q="has:problems")))
_UNITS = (
    (timedelta(days=1), "day"),
    (timedelta(hours=1), "hour"),
    (timedelta(minutes=1), "minute"),
)


@dataclass(frozen=True, slots=True)
class AsideView:
    """Something that was set aside: its file's name, why, and what can be done about it."""

    name: str
    line: int | None
    reason: str
    advice: str


@dataclass(frozen=True, slots=True)
class StatusPage:
    """All that the page says. `problems` are the kinds of possible reading errors, each a search for its cables, and
    how many there are. `more` says how much of what was set aside is not listed. `disagrees` says
    that the index and the list of its files are of different runs."""

    rows: tuple[tuple[str, str], ...]
    problems: tuple[tuple[Link, str], ...]
    all_problems: Link
    aside: tuple[AsideView, ...]
    aside_count: str
    more: str
    disagrees: bool = False


def status_page(
    stats: IndexStats, manifest: Manifest | None, now: datetime, *, disagrees: bool = False
) -> StatusPage:
    """The page of an index; without a manifest it was made from nothing that could be told."""
    rows = [
        ("Cables", f"{stats.cables:,}"),
        ("Paragraphs", f"{stats.paragraphs:,}"),
        ("Engine", stats.engine),
        ("Size", f"{stats.bytes / 1_000_000:,.1f} MB"),
    ]
    if manifest is None:
        return StatusPage(tuple(rows), (), _ALL, (), "Nothing", "")
    if built := manifest.built:
        said = moment(built, "minute")
        rows.append(("Built", f"{said.text if said else ''}, {age(now - built)}"))
    rows.append(("Files read", f"{manifest.count():,}"))
    rows.append(("Cables found in more than one place", f"{manifest.double_count():,}"))
    aside: list[AsideView] = []
    total = 0
    for _, one in manifest.set_aside():
        total += one.count
        if len(aside) < _LISTED:
            name = place_found("", one.address).name
            aside.append(AsideView(name, one.line, one.reason, one.advice))
    return StatusPage(
        tuple(rows),
        tuple(
            (Link(_in_words(code), build(State(q=str(Word(code, "problem"))))), f"{count:,}")
            for code, count in manifest.problems().items()
        ),
        _ALL,
        tuple(aside),
        counted(total, "page or file", "pages and files"),
        f"The first {_LISTED} of them are listed." if total > len(aside) else "",
        disagrees,
    )


def _in_words(code: str) -> str:
    """A kind of reading error as people say it: `paragraph-cut` is `Paragraph cut`."""
    return code.replace("-", " ").capitalize()


def age(span: timedelta) -> str:
    """`3 hours ago`, in the greatest unit that is full; `just now` for less than a minute."""
    for unit, name in _UNITS:
        if span >= unit:
            return f"{counted(span // unit, name)} ago"
    return "just now"
