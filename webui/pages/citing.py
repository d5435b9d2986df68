"""The page that cites a cable, or one paragraph or other unit of it, in every style."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model import Cable
from search.exports.citations import Citation, citations
from search.units import Unit, UnitKind, units
from webui.asking.address import State, build, cable_path
from webui.pages.export_links import ExportLink, export_links
from webui.pages.titles import title_of
from webui.pages.wording import Choice, Link, paragraph_label, paragraph_name

# Records for programs; the other styles are sentences for people.
_RECORDS = ("bibtex", "ris", "csl-json")
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
    """All that the page says. `choices` cite the whole cable, or another paragraph, heading or note of it."""

    title: str
    subject: str
    back: Link
    citations: tuple[CitationView, ...]
    files: tuple[ExportLink, ...]
    choices: tuple[Choice, ...]


def citing_page(cable: Cable, unit: Unit | None, state: State) -> CitingPage:
    """How to cite a cable, or the unit of it if there is one."""
    anchor = unit.anchor if unit else ""
    what = f" {_label(unit)}" if unit else ""
    name = f"{cable.id}#{anchor}" if unit else cable.id
    path = cable_path(cable.id)
    return CitingPage(
        f"Cite {cable.id}{what}",
        title_of(cable.subject),
        Link("Back to the cable", build(state, path, anchor)),
        tuple(_view(each) for each in citations(cable, unit)),
        tuple(
            each
            for each in export_links(State(collected=(name,)), "collection")
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
    return CitationView(f"cite-{one.style}", one.label, one.text, one.style in _RECORDS)
