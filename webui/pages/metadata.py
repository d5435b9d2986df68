"""What a page tells programs of the cable it shows: elements `meta`, JSON-LD, and an id for unAPI.

Owns which names are used, and for whom. Must not know a template. Read for it were Zotero's translators (its public
repository `translators`): "unAPI" (2019), which asks a server for a record of each id of the page and here takes RIS;
"Embedded Metadata" and "RDF", which read `meta`: `citation_*` are fields by Highwire's names, `DC.creator` a creator,
and `z:NAME` any field or creator of Zotero's own. A cable is a "letter" there, the one type with sender, recipients,
archive, place in it and call number. Two rules of theirs decide what is not here: `citation_author` makes Zotero drop
every other creator, and what stands in `DC.description` beside `z:itemType` is the field "extra", so that the place in
a cable is told by that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote

from corpus.dates import iso_date
from corpus.model import Cable
from search.answers.unit_names import place_path
from search.exports.styles.dates import american
from search.exports.styles.wording import first_upper
from search.exports.works import Work, work
from search.units import Unit
from webui.asking.address import State, build, cable_path

# The only type of Zotero's that has all that a cable has.
ITEM_TYPE = "letter"


@dataclass(frozen=True, slots=True)
class Meta:
    """An element `meta`. HTML registers the names of `name`; those of a vocabulary with a colon stand in `property`."""

    attribute: Literal["name", "property"]
    name: str
    content: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page tells of one cable, or of one unit of it. `json_ld` is by the vocabulary of schema.org."""

    metas: tuple[Meta, ...]
    json_ld: dict[str, Any]
    unapi_id: str


def metadata_of(cable: Cable, unit: Unit | None, site: str, title: str) -> Metadata:
    """The metadata of a page at a site of this address and title."""
    cited = work(cable, unit)
    return Metadata(
        tuple(_metas(cited)),
        _message(cable, unit, cited, site, title),
        unapi_id(cable.id, unit.anchor if unit else ""),
    )


def unapi_id(cable_id: str, anchor: str = "") -> str:
    """The id of a cable or a unit, encoded: Zotero puts it into an address as it is."""
    return quote(f"{cable_id}#{anchor}" if anchor else cable_id, safe="/", errors="replace")


def _metas(cited: Work) -> list[Meta]:
    """As the translators read them; a comma says that a name is one of a body, and its last word no family name."""
    named: list[tuple[Literal["name", "property"], str, str]] = [
        ("name", "citation_title", cited.title),
        ("name", "citation_date", _date(cited)),
        ("name", "citation_public_url", cited.url),
        ("name", "citation_keywords", "; ".join(cited.keywords)),
        ("name", "DC.creator", _body(cited.author)),
        ("name", "DC.type", first_upper(cited.genre)),
        ("name", "DC.description", cited.pinpoint("para.")),
        ("property", "z:itemType", ITEM_TYPE),
        *(("property", "z:recipients", _body(name)) for name in cited.recipients),
        ("property", "z:archive", cited.archive),
        ("property", "z:archiveLocation", cited.location),
        ("property", "z:callNumber", cited.number),
    ]
    return [Meta(attribute, name, text) for attribute, name, text in named if text]


def _body(name: str) -> str:
    return f"{name}," if name and "," not in name else name


def _date(cited: Work) -> str:
    """`2007/03/23`; what is no single date in words."""
    if cited.date_end or not cited.date:
        return american(cited.date, cited.date_end) or cited.printed_day
    return "/".join(f"{part:02}" for part in cited.date)


def _message(cable: Cable, unit: Unit | None, cited: Work, site: str, title: str) -> dict[str, Any]:
    """A cable by the vocabulary of schema.org: a message, and a component of an archive."""
    page = f"{site}{build(State(), cable_path(cable.id))}"
    edited = cited.repository.edited
    held = not edited and cited.repository.relation == "on file with"
    published = cited.archive if not edited and not held else ""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": ["Message", "ArchiveComponent"],
        "@id": page,
        "url": page,
        "identifier": list(dict.fromkeys((cited.number, cited.id))),
        "name": cited.title,
        "genre": cited.genre,
        "sender": _named("Organization", cited.author),
        "recipient": [_named("Organization", name) for name in cited.recipients],
        "keywords": ", ".join(cited.keywords),
        "holdingArchive": _named("ArchiveOrganization", cited.archive if held else ""),
        "itemLocation": "" if edited else cited.place,
        "publisher": _named("Organization", published),
        "sameAs": cited.url,
        "isPartOf": [
            {"@type": "Collection", "name": title, "url": f"{site}/"},
            *([{"@type": "Book", "name": cited.archive}] if edited else []),
        ],
        "position": cited.place if edited else "",
    }
    day = iso_date(cable.date, "day" if cable.date_precision == "minute" else cable.date_precision)
    last = iso_date(cable.date_end, cable.date_precision)
    # A span is no day on which a message was made; what it covers may be one.
    found |= {"temporalCoverage": f"{day}/{last}"} if last else {"dateCreated": day}
    if unit:
        place = f"{site}{build(State(), place_path(cable.id, unit.anchor))}"
        found["hasPart"] = {
            "@type": "CreativeWork",
            "@id": place,
            "url": place,
            "name": cited.pinpoint("para."),
        }
    return {name: value for name, value in found.items() if value}


def _named(kind: str, name: str) -> dict[str, str]:
    return {"@type": kind, "name": name} if name else {}
