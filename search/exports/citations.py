"""How a cable, or one paragraph of it, is cited: in words by every style, and as a record of a bibliography.

Owns ONE table of the styles, and what of a cable is not known and so left out. Must not know where a citation is shown.
`docs/citations.md` tells the rules, and where a well-known program writes it differently.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date as Date
from typing import Literal, get_args

from corpus.late_dataclasses import dataclass
from corpus.model import Cable
from search.exports.bibtex import bibtex_record
from search.exports.csl import csl_record
from search.exports.ris import ris_record
from search.exports.styles import apa, archives, bluebook, chicago, mla, turabian
from search.exports.works import Work, work
from search.units import Unit

Style = Literal[
    "chicago-note", "chicago", "mla", "apa", "apa-text", "bluebook", "turabian-note", "turabian", "archive",
    "bibtex", "ris", "csl-json",
]  # fmt: skip
STYLES: tuple[Style, ...] = get_args(Style)
# Records for programs; the others are sentences for people.
RECORDS: tuple[Style, ...] = ("bibtex", "ris", "csl-json")

LABELS: dict[Style, str] = {
    "chicago-note": "Chicago, note",
    "chicago": "Chicago, bibliography",
    "turabian-note": "Turabian, note",
    "turabian": "Turabian, bibliography",
    "mla": "MLA",
    "apa": "APA",
    "apa-text": "APA, in the text",
    "bluebook": "Bluebook",
    "archive": "As the archive asks",
    "bibtex": "BibTeX",
    "ris": "RIS",
    "csl-json": "CSL-JSON",
}

_WRITERS: dict[Style, Callable[[Work, Date | None], str]] = {
    "chicago-note": chicago.note,
    "chicago": chicago.bibliography,
    "turabian-note": turabian.note,
    "turabian": turabian.bibliography,
    "mla": mla.entry,
    "apa": apa.entry,
    "apa-text": apa.in_text,
    "bluebook": bluebook.footnote,
    "archive": archives.own_form,
    "bibtex": lambda cited, today: bibtex_record(cited),
    "ris": lambda cited, today: ris_record(cited),
    "csl-json": lambda cited, today: json.dumps([csl_record(cited)], ensure_ascii=False, indent=2),
}


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation. `label` is the style for people; `text` is plain text, of several lines for the records."""

    style: Style
    label: str
    text: str


def citation(
    cable: Cable,
    unit: Unit | None = None,
    style: Style = "chicago-note",
    today: Date | None = None,
) -> Citation:
    """The citation of a cable, or of one unit of it, in a style; its text is "" for an archive that asks for no form.

    `today` is the day of access, which stands only where the style asks for it: with the archives' own forms, and else
    with what is on the web and has no date. None leaves it out.
    """
    return _cited(work(cable, unit), style, today)


def citations(
    cable: Cable, unit: Unit | None = None, today: Date | None = None
) -> tuple[Citation, ...]:
    """The same in every style that there is for it, in the order in which they are offered."""
    cited = work(cable, unit)
    return tuple(one for style in STYLES if (one := _cited(cited, style, today)).text)


def left_out(cable: Cable, unit: Unit | None = None) -> tuple[str, ...]:
    """What a citation has as a rule and the cable does not say, by the words for it; citations do without."""
    cited = work(cable, unit)
    known = {
        "sender": cited.author,
        "recipient": cited.recipients,
        "subject": cited.title,
        "date": cited.date or cited.printed_day,
        "archive or publisher": cited.archive,
        "web address": cited.url,
        # Only a release has one.
        "number of the release": cited.place if cited.source == "foia" else "none",
    }
    return tuple(name for name, value in known.items() if not value)


def _cited(cited: Work, style: Style, today: Date | None) -> Citation:
    label = archives.asked_by(cited) if style == "archive" else ""
    return Citation(style, label or LABELS[style], _WRITERS[style](cited, today))
