"""How a cable, or one paragraph of it, is cited: in words by Chicago and by MLA, and as a record of a bibliography.

Owns the wording of the three styles. Must not know where a citation is shown. `docs/citations.md` tells the rules, and
where a well-known program writes it differently.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from corpus.dates import MONTHS
from corpus.model import Cable
from search.exports.bibtex import bibtex_record
from search.exports.csl import csl_record
from search.exports.ris import ris_record
from search.exports.works import GENRE, Work, work
from search.units import Unit

Style = Literal["chicago-note", "chicago", "mla", "bibtex", "ris", "csl-json"]
STYLES: tuple[Style, ...] = get_args(Style)

LABELS: dict[Style, str] = {
    "chicago-note": "Chicago, note",
    "chicago": "Chicago, bibliography",
    "mla": "MLA",
    "bibtex": "BibTeX",
    "ris": "RIS",
    "csl-json": "CSL-JSON",
}

# The MLA Handbook, 9th edition, section 6.40: only May, June and July are written out.
_SHORT_MONTHS = (
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation. `label` is the style for people; `text` is plain text, of several lines for the last three."""

    style: Style
    label: str
    text: str


def citation(cable: Cable, unit: Unit | None = None, style: Style = "chicago-note") -> Citation:
    """The citation of a cable, or of one unit of it, in a style."""
    return Citation(style, LABELS[style], _text(work(cable, unit), style))


def citations(cable: Cable, unit: Unit | None = None) -> tuple[Citation, ...]:
    """The same in every style, in the order in which they are offered."""
    return tuple(citation(cable, unit, style) for style in STYLES)


def _text(cited: Work, style: Style) -> str:
    match style:
        case "chicago-note":
            return _chicago_note(cited)
        case "chicago":
            return _chicago_bibliography(cited)
        case "mla":
            return _mla(cited)
        case "bibtex":
            return bibtex_record(cited)
        case "ris":
            return ris_record(cited)
        case "csl-json":
            return json.dumps([csl_record(cited)], ensure_ascii=False, indent=2)


def _chicago_note(cited: Work) -> str:
    """Chicago Manual of Style, 18th edition: the elements between commas, one sentence."""
    title = f"“{cited.title},” " if cited.title else ""
    author = f"{cited.author}, " if cited.author else ""
    rest = (
        f"{GENRE} {cited.number}",
        _american_date(cited.date, cited.date_end),
        cited.pinpoint("para."),
        cited.place,
        cited.archive,
        cited.url,
    )
    return _sentence(author + title + _with_commas(rest))


def _chicago_bibliography(cited: Work) -> str:
    """The same elements between full stops. A bibliography names the whole work: no paragraph."""
    parts = (
        cited.author,
        _quoted(cited.title),
        f"{_first_upper(GENRE)} {cited.number}",
        _american_date(cited.date, cited.date_end),
        cited.place,
        cited.archive,
        cited.url,
    )
    return " ".join(_sentence(part) for part in parts if part)


def _mla(cited: Work) -> str:
    """MLA Handbook, 9th edition, 5.1 ff.: author and title end with a full stop, the rest stands between commas."""
    rest = (
        f"{_first_upper(GENRE)} {cited.number}",
        _british_date(cited.date, cited.date_end),
        cited.pinpoint("par."),
        cited.archive,
        cited.place,
        cited.url,
    )
    parts = (cited.author, _quoted(cited.title), _with_commas(rest))
    return " ".join(_sentence(part) for part in parts if part)


def _quoted(title: str) -> str:
    """A title in quotation marks, the full stop that follows inside them."""
    if not title:
        return ""
    return f"“{title}”" if title.endswith(("?", "!", ".")) else f"“{title}.”"


def _sentence(text: str) -> str:
    if text.endswith((".", ".”", "?”", "!”")):
        return text
    return f"{text[:-1]}.”" if text.endswith("”") else f"{text}."


def _with_commas(parts: Iterable[str]) -> str:
    """The parts between commas; a closing quotation mark stands behind its comma."""
    return ", ".join(filter(None, parts)).replace("”, ", ",” ")


def _first_upper(text: str) -> str:
    return text[0].upper() + text[1:]


def _american_date(date: tuple[int, ...], end: tuple[int, ...]) -> str:
    """`March 23, 2007`, `March 2007`, `2007`; `February 1–3, 1973` for a span; `n.d.` without a date."""
    match (date, end):
        case ((year, month, day), (other, same, last)) if (year, month) == (other, same):
            return f"{MONTHS[month - 1]} {day}–{last}, {year}"
        case ((year, month), (other, last)) if year == other:
            return f"{MONTHS[month - 1]}–{MONTHS[last - 1]} {year}"
        case ((year, month, day), (other, *_)) if year == other:
            return f"{MONTHS[month - 1]} {day}–{_american_date(end, ())}"
        case ((_, *_), (_, *_)):
            return f"{_american_date(date, ())}–{_american_date(end, ())}"
        case ((year, month, day), _):
            return f"{MONTHS[month - 1]} {day}, {year}"
        case ((year, month), _):
            return f"{MONTHS[month - 1]} {year}"
        case ((year,), _):
            return f"{year}"
        case _:
            return "n.d."


def _british_date(date: tuple[int, ...], end: tuple[int, ...]) -> str:
    """`23 Mar. 2007`, `Mar. 2007`, `2007`; `1–3 Feb. 1973` for a span."""
    match (date, end):
        case ((year, month, day), (other, same, last)) if (year, month) == (other, same):
            return f"{day}–{last} {_SHORT_MONTHS[month - 1]} {year}"
        case ((year, month), (other, last)) if year == other:
            return f"{_SHORT_MONTHS[month - 1]}–{_SHORT_MONTHS[last - 1]} {year}"
        case ((year, month, day), (other, *_)) if year == other:
            return f"{day} {_SHORT_MONTHS[month - 1]}–{_british_date(end, ())}"
        case ((_, *_), (_, *_)):
            return f"{_british_date(date, ())}–{_british_date(end, ())}"
        case ((year, month, day), _):
            return f"{day} {_SHORT_MONTHS[month - 1]} {year}"
        case ((year, month), _):
            return f"{_SHORT_MONTHS[month - 1]} {year}"
        case ((year,), _):
            return f"{year}"
        case _:
            return ""
