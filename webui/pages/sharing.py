"""The address of a cable and of each place in it as it is handed on, and what a page tells of itself to be shown there.

Owns which address that is: nothing of the reader's search or collection stands in it. Must not know a request; the
address of the site is handed in.
"""

from __future__ import annotations

from dataclasses import dataclass

from corpus.model import Cable
from search.answers.answer import summary
from search.answers.unit_names import place_path
from search.units import Unit, UnitKind
from webui.asking.address import State, build
from webui.pages.titles import title_of
from webui.pages.wording import paragraph_label, shortened

# Previews show some two hundred characters.
_PREVIEW = 200


@dataclass(frozen=True, slots=True)
class Shared:
    """What a page says of itself to programs that show a link: `url` is its one address, `json` the same for programs.

    `listed` says that search engines should list it: the cable's own page, and not one for each of its paragraphs.
    """

    url: str
    title: str
    description: str
    json: str
    listed: bool


def shared(cable: Cable, unit: Unit | None, site: str) -> Shared:
    """What the page of a cable tells, or that of one of its units."""
    subject = title_of(cable.subject)
    path = place_path(cable.id, unit.anchor if unit else "")
    twin = f"/api/v1/cables/{cable.id.replace('/', '%2F')}"
    return Shared(
        f"{site}{build(State(), path)}",
        ": ".join(filter(None, (named(cable, unit), subject))),
        shortened(_words(cable, unit), _PREVIEW),
        f"{twin}/paragraphs/{unit.anchor}" if unit else twin,
        unit is None,
    )


def named(cable: Cable, unit: Unit | None) -> str:
    """`07ROME1`, `07ROME1 ¶2`, `07ROME1, note 3`."""
    if unit is None:
        return cable.id
    if unit.paragraph and unit.kind is UnitKind.PARAGRAPH:
        label = paragraph_label(unit.anchor, unit.paragraph.number)
        return f"{cable.id} {label}" if label.startswith("¶") else f"{cable.id}, {label} paragraph"
    return f"{cable.id}, {unit.name}"


def _words(cable: Cable, unit: Unit | None) -> str:
    """How it begins: the words of a paragraph or note; under a heading, those of its first paragraph."""
    if unit is None or unit.kind is UnitKind.HEAD:
        first = cable.paragraphs[0].text if cable.paragraphs else cable.subject
        return summary(cable).opening or first
    if unit.kind is UnitKind.HEADING:
        below = next(each.text for each in cable.paragraphs if each.anchor == unit.under[0])
        return f"{unit.text}: {below}"
    return unit.text
