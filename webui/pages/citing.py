"""The page that cites a cable, or one of its paragraphs, in every style."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model import Cable, Paragraph
from search.exports.citations import Citation, citations
from webui.address import State, build, cable_path
from webui.exports import ExportLink, export_links
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
    """All that the page says. `choices` cite the whole cable, or another of its paragraphs."""

    title: str
    subject: str
    back: Link
    citations: tuple[CitationView, ...]
    files: tuple[ExportLink, ...]
    choices: tuple[Choice, ...]


def citing_page(cable: Cable, paragraph: Paragraph | None, state: State) -> CitingPage:
    """How to cite a cable, or the paragraph if there is one."""
    anchor = paragraph.anchor if paragraph else ""
    what = f" {paragraph_label(anchor, paragraph.number)}" if paragraph else ""
    name = f"{cable.id}#{anchor}" if paragraph else cable.id
    path = cable_path(cable.id)
    return CitingPage(
        f"Cite {cable.id}{what}",
        cable.subject,
        Link("Back to the cable", build(state, path, anchor)),
        tuple(_view(each) for each in citations(cable, paragraph)),
        tuple(
            each
            for each in export_links(State(collected=(name,)), "collection")
            if each.name in _FILES
        ),
        (
            Choice("The whole cable", build(state, f"{path}/cite"), not paragraph),
            *(
                Choice(
                    paragraph_name(one.anchor, one.number),
                    build(state, f"{path}/cite/{one.anchor}"),
                    one.anchor == anchor,
                )
                for one in cable.paragraphs
            ),
        ),
    )


def _view(one: Citation) -> CitationView:
    return CitationView(f"cite-{one.style}", one.label, one.text, one.style in _RECORDS)
