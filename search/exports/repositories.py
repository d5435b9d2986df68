"""Who keeps a cable or published it: ONE table, from which every style takes what it says of that.

Owns the names of archives, series and record groups, and what of them an id tells. Must not know a style.

The National Archives asks for the whole way from the record up to the building, and for a date where the record was
read on line ("Citing Records in the National Archives of the United States", General Information Leaflet 17, 2010). Its
electronic telegrams of 1973 to 1979 are file units of one series, a year each, in Record Group 59 (the Access to
Archival Databases, and the sources' lists in the volumes of Foreign Relations for those years). A document of that
series is cited by subseries, volume, title and number of the document, never by its page (the Office of the Historian,
"Citing the Foreign Relations series"). What the Department released on request it finds again by the numbers of the
case and of the document, which it stamps on each page (its reading room has both with every document).
"""

from __future__ import annotations

from dataclasses import replace

from corpus.late_dataclasses import dataclass
from corpus.late_patterns import late_pattern
from corpus.model import Cable

SERIES_OF_VOLUMES = "Foreign Relations of the United States"

# NARA's number of an electronic telegram: the year, the post, the number it was sent under: `1974LAPAZ00173`.
_ELECTRONIC = late_pattern(r"(?P<year>197[3-9])[A-Z]+\d+")
# A volume's name, and the document in it: `frus1969-76ve09p1/d2`, `frus1941v06/d7`, `frus1919Parisv01/ch2`.
_IN_A_VOLUME = late_pattern(
    r"frus(?P<first>\d{4})(?:-(?P<last>\d{2}))?(?P<rest>[\w.-]*)/(?:d(?P<document>\d+[a-z]?))?.*"
)
# Which volume of its years: `v06`, `v30`, `ve09p1` (an electronic one), `v19p1`.
_VOLUME = late_pattern(r"v(?P<electronic>e?)(?P<number>\d{1,2})(?:p(?P<part>\d))?")
_ROMAN = (
    *((90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


@dataclass(frozen=True, slots=True)
class Repository:
    """Where a cable is kept or was published; each text is "" where nothing is known.

    `name` is the archive or the publication, `place` where in it the cable is: a series and its record group, the
    number of a document in a volume. `relation` says in a sentence of law what it is to the cable. `edited` says that
    it is an edition, in which a document is cited; `genre` what it calls a cable.
    """

    name: str = ""
    place: str = ""
    relation: str = "published by"
    edited: bool = False
    genre: str = "diplomatic cable"


# What does not say who published it.
NOWHERE = Repository()
_NATIONAL_ARCHIVES = Repository(
    "U.S. National Archives, Access to Archival Databases",
    "Central Foreign Policy Files, Record Group 59",
    "on file with",
    genre="telegram",
)
# By the form of the page. A form that says nothing of who published it (a plain telegram, a specimen) has no archive.
_REPOSITORIES = {
    "scoop": Repository("Scoop"),
    "wikileaks": Repository("WikiLeaks"),
    "plusd": Repository("WikiLeaks, Public Library of US Diplomacy"),
    "dump": Repository("WikiLeaks"),
    "mirror": Repository("WikiLeaks"),
    "cablegatesearch": Repository("WikiLeaks, cablegatesearch.net"),
    "nara": _NATIONAL_ARCHIVES,
    "foia": Repository(
        "U.S. Department of State, Freedom of Information Act", relation="released by"
    ),
    "frus": Repository(SERIES_OF_VOLUMES, edited=True, genre="telegram"),
}
# The panel that hears appeals numbers its own cases: `ISCAP No. 2009-040`.
_OF_THE_PANEL = "ISCAP "
_PANEL = "Interagency Security Classification Appeals Panel"
# What the wire calls an airgram: `A-12`, `A–128`, `CA-3400`.
_AIRGRAM = late_pattern(r"C?A[-–]\d")


def repository_of(cable: Cable, source: str) -> Repository:
    """Where a cable is kept or was published that was found in a page of this form."""
    known = _REPOSITORIES.get(source, NOWHERE)
    if source == "nara" and (year := electronic_telegrams(cable.id)):
        known = replace(known, place=f"Electronic Telegrams, {year}, {known.place}")
    if source == "foia" and (cable.release_case or cable.release_document):
        known = _released(cable, known)
    if source == "frus":
        known = replace(known, name=volume_of(cable), place=document_of(cable))
    if known.genre == "telegram" and _AIRGRAM.match(cable.message_number):
        known = replace(known, genre="airgram")
    return known


def _released(cable: Cable, known: Repository) -> Repository:
    """A release with its numbers: `Case No. F-2014-20439, Doc. No. C05765907`; one of the panel is the panel's."""
    case, document = (
        " ".join(each.split()) for each in (cable.release_case, cable.release_document)
    )
    if case.startswith(_OF_THE_PANEL):
        numbers = (case, f"document no. {document}" if document else "")
        known = replace(known, name=_PANEL)
    else:
        numbers = (f"Case No. {case}" if case else "", f"Doc. No. {document}" if document else "")
    return replace(known, place=", ".join(filter(None, numbers)))


def electronic_telegrams(ident: str) -> str:
    """The year of the file unit of NARA's electronic telegrams that has a cable; "" for one that is none of them."""
    found = _ELECTRONIC.fullmatch(ident)
    return found["year"] if found else ""


def volume_of(cable: Cable) -> str:
    """The volume by its title, or as much of it as its name tells: `..., 1969–1976, Volume E–9, Part 1`."""
    if named := " ".join(cable.volume.split()):
        return named
    found = _IN_A_VOLUME.fullmatch(cable.id)
    if found is None:
        return SERIES_OF_VOLUMES
    first, last = found["first"], found["last"]
    parts = [SERIES_OF_VOLUMES, f"{first}–{first[:2]}{last}" if last else first]
    if volume := _VOLUME.fullmatch(found["rest"]):
        number = int(volume["number"])
        parts.append(f"Volume E–{number}" if volume["electronic"] else f"Volume {_roman(number)}")
        if volume["part"]:
            parts.append(f"Part {volume['part']}")
    return ", ".join(parts)


def document_of(cable: Cable) -> str:
    """`doc. 2`, by the number in the volume; the id where that is no document's."""
    found = _IN_A_VOLUME.fullmatch(cable.id)
    return (
        f"doc. {found['document']}" if found and found["document"] else " ".join(cable.id.split())
    )


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        while number >= value:
            written, number = written + letters, number - value
    return written
