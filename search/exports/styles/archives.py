"""How the archives themselves ask to be cited; one that asks nothing has no form of its own.

The National Archives: "Citing Records in the National Archives of the United States", General Information Leaflet 17
(2010), and "Citing Foreign Affairs Records": from the record up to the building, semicolons between; of a telegram who
sent it to whom, its number, its date; for what was read on line where and when. The Office of the Historian: "Citing
the Foreign Relations series": series, subseries, volume, title, editors, imprint, number of the document (never a
page), its address and the day it was read. Behind it stands where the original is, as the source note says.
"""

from __future__ import annotations

import re
from datetime import date as Date

from corpus.late_patterns import late_pattern
from search.exports.repositories import electronic_telegrams
from search.exports.styles.dates import SHORT_MONTHS, american, units_of
from search.exports.styles.wording import (
    correspondents,
    described,
    first_upper,
    quoted,
    sentence,
    with_commas,
    without_stop,
)
from search.exports.works import Work

NATIONAL_ARCHIVES, HISTORIAN = "National Archives", "Office of the Historian"

_SERIES = "Central Foreign Policy Files, 1973–1979"
_GROUP = "General Records of the Department of State, Record Group 59"
_BUILDING = "National Archives at College Park, College Park, MD"
_DATABASES = "the Access to Archival Databases at www.archives.gov"
# Where the original is, in a source note: `Source: National Archives, RG 59, Central Files 1970–73, POL 27. Secret`.
# The full stop of an initial or of `U.S.` ends nothing.
_ORIGINAL = late_pattern(r"^Source: (?P<where>.+?(?<![ .][A-Z]))\.(?= |\Z)", re.MULTILINE)


def asked_by(cited: Work) -> str:
    """Whose form a work has, "" if its archive asks for none."""
    if cited.repository.edited:
        return HISTORIAN
    return NATIONAL_ARCHIVES if cited.source == "nara" else ""


def own_form(cited: Work, today: Date | None) -> str:
    """The form of the archive; "" where it asks for none."""
    match asked_by(cited):
        case "National Archives":
            return _of_the_national_archives(cited, today)
        case "Office of the Historian":
            return _of_the_historian(cited, today)
        case _:
            return ""


def _of_the_national_archives(cited: Work, today: Date | None) -> str:
    who = correspondents(cited)
    year = electronic_telegrams(cited.id)
    record = with_commas(
        (
            first_upper(described(cited, addressed=not who)),
            who,
            quoted(without_stop(cited.title), ""),
            american(cited.date, cited.date_end),
            cited.pinpoint("para."),
        )
    )
    unit = f"Electronic Telegrams, {year}" if year else ""
    steps = filter(None, (record, unit, _SERIES, _GROUP, _BUILDING))
    day = american(units_of(today), ()) if today else ""
    read = with_commas((f"retrieved from {cited.url or _DATABASES}", day))
    return f"{'; '.join(steps)} [{read}]."


def _of_the_historian(cited: Work, today: Date | None) -> str:
    document = re.sub(r"\Adoc\. ", "Document ", cited.place)
    day = f" [accessed {_plain_day(today)}]" if today and cited.url else ""
    said = with_commas((cited.archive, document, cited.pinpoint("para."), cited.url)) + day
    found = _ORIGINAL.search(cited.source_note)
    original = f"Original: {' '.join(found['where'].split())}" if found else ""
    return " ".join(
        filter(None, (sentence(said) if not day else f"{said}.", original and f"{original}."))
    )


def _plain_day(day: Date) -> str:
    """`27 Oct 2011`, as the Office writes it."""
    return f"{day.day} {SHORT_MONTHS[day.month - 1][:3]} {day.year}"
