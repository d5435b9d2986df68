"""Kate L. Turabian, A Manual for Writers of Research Papers, Theses, and Dissertations, 9th edition, notes style.

It is Chicago's for students, and differs where it says so: a paragraph is `par.` (section 24.7, the abbreviations of
bibliographic terms). An undated work on the web has the day it was looked at (15.4.1.3), like Chicago's.
"""

from __future__ import annotations

from datetime import date as Date

from search.exports.styles import chicago
from search.exports.works import Work

PARAGRAPH = "par."


def note(cited: Work, today: Date | None) -> str:
    """A note."""
    return chicago.note(cited, today, PARAGRAPH)


def bibliography(cited: Work, today: Date | None) -> str:
    """The entry of the list at the end."""
    return chicago.bibliography(cited, today)
