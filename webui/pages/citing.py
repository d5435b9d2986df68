"""The page that cites a cable, or one paragraph or other unit of it, in every style."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date

from corpus.model import Cable
from search.exports.citations import RECORDS, Citation, citations, left_out
from search.units import Unit, UnitKind, units
from webui.asking.address import State, build, cable_path
from webui.pages.export_links import ExportLink, export_links
from webui.pages.titles import title_of
from webui.pages.wording import Choice, Link, paragraph_label, paragraph_name

_FILES = ("ris", "bib", "csl.json")


@dataclass(frozen=True, slots=True)
class CitationView:
    """A citation; `record` says that its lines are to be kept as they are."""

    id: str
    label: str
    text: str
    record: bool


@dataclass(frozen=True, slots=True)
class CitingPage:
    """All that the page says. `choices` cite the whole cable, or another paragraph, heading or note of it.

    `left_out` says what is not known of the cable, "" for nothing; `styles` lead to each citation on the page.
    """

    title: str
    subject: str
    back: Link
    styles: tuple[Link, ...]
    left_out: str
    citations: tuple[CitationView, ...]
    files: tuple[ExportLink, ...]
    choices: tuple[Choice, ...]


def citing_page(cable: Cable, unit: Unit | None, state: State, today: Date) -> CitingPage:
    """How to cite a cable, or the unit of it if there is one; `today` is the day on which it is read."""
    anchor = unit.anchor if unit else ""
    what = f" {_label(unit)}" if unit else ""
    name = f"{cable.id}#{anchor}" if unit else cable.id
    path = cable_path(cable.id)
    views = tuple(_view(each) for each in citations(cable, unit, today))
    return CitingPage(
        f"Cite {cable.id}{what}",
        title_of(cable.subject),
        Link("Back to the cable", build(state, path, anchor)),
        tuple(Link(each.label, f"#{each.id}-head") for each in views),
        ", ".join(left_out(cable, unit)),
        views,
        tuple(
            each
            for each in export_links(State(collected=(name,), chosen=state.chosen), "collection")
            if each.name in _FILES
        ),
        (
            Choice("The whole cable", build(state, f"{path}/cite"), not unit),
            *(
                Choice(_name(one), build(state, f"{path}/cite/{one.anchor}"), one.anchor == anchor)
                for one in units(cable)
                if one.kind is not UnitKind.HEAD  # which the whole cable is cited for
            ),
        ),
    )


def _label(unit: Unit) -> str:
    if unit.paragraph and unit.kind is UnitKind.PARAGRAPH:
        return paragraph_label(unit.anchor, unit.paragraph.number)
    return unit.name


def _name(unit: Unit) -> str:
    if unit.paragraph and unit.kind is UnitKind.PARAGRAPH:
        return paragraph_name(unit.anchor, unit.paragraph.number)
    return unit.name[:1].upper() + unit.name[1:]


def _view(one: Citation) -> CitationView:
    return CitationView(f"cite-{one.style}", one.label, one.text, one.style in RECORDS)
