"""The Publication Manual of the American Psychological Association, 7th edition.

A document of an archive has its author, its date with the year first, its title, what it is in brackets, and where it
is kept; without an author the title comes first, without a title the brackets stand for it (9.12, 9.19, 9.22; the
style's own page on archival documents and collections). The list names the whole work, a paragraph stands in the text
(8.13). The day of retrieval is only for what is meant to change (9.16): no cable is.
"""

from __future__ import annotations

from datetime import date as Date

from search.exports.styles.dates import year_first
from search.exports.styles.wording import (
    described,
    first_upper,
    kept,
    quoted,
    sentence,
    with_commas,
    without_stop,
)
from search.exports.works import Work

PARAGRAPH = "para."
# A title of an archive's document may be very long; in the text its first words do.
_WORDS = 5


def entry(cited: Work, today: Date | None) -> str:
    """An entry of the list of references."""
    what = f"[{first_upper(described(cited, addressed=True))}]"
    title = f"{without_stop(cited.title)} {what}" if cited.title else what
    date = f"({_day(cited)})"
    opening = (cited.author, date, title) if cited.author else (title, date)
    where = with_commas(kept(cited)) if cited.repository.edited else ""
    parts = [*opening, *((first_upper(where),) if where else kept(cited))]
    said = " ".join(_ended(part) for part in parts if part)
    return f"{said} {cited.url}".rstrip()


def in_text(cited: Work, today: Date | None) -> str:
    """What the text says in parentheses."""
    who = cited.author or quoted(_few_words(cited.title), "")
    year = f"{cited.date[0]}" if cited.date else _day(cited)
    if cited.date_end and cited.date_end[0] != cited.date[0]:
        year = f"{year}–{cited.date_end[0]}"
    who = who or f"[{first_upper(described(cited, addressed=False))}]"
    return f"({with_commas((who, year, cited.pinpoint(PARAGRAPH)))})"


def _day(cited: Work) -> str:
    in_doubt = cited.printed_day if cited.dated else ""
    return year_first(cited.date, cited.date_end) or in_doubt or "n.d."


def _ended(part: str) -> str:
    return f"{part}." if part.endswith("]") else sentence(part)


def _few_words(title: str) -> str:
    words = title.split()
    return " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")
