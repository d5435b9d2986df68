"""The MLA Handbook, 9th edition: works cited, 5.1 ff.

Author and title end with a full stop, the rest stands between commas. A letter's description names its addressee. The
day on which an undated work of the web was looked at comes last (5.111).
"""

from __future__ import annotations

from datetime import date as Date

from search.exports.styles.dates import british, units_of
from search.exports.styles.wording import described, first_upper, quoted, sentences, with_commas
from search.exports.works import Work

PARAGRAPH = "par."


def entry(cited: Work, today: Date | None) -> str:
    """An entry of the list of works cited; a paragraph stands where a page number would."""
    rest = (
        first_upper(described(cited, addressed=True)),
        british(cited.date, cited.date_end) or cited.printed_day,
        cited.pinpoint(PARAGRAPH),
        cited.archive,
        cited.place,
        cited.url,
    )
    return sentences(
        (cited.author, quoted(cited.title), with_commas(rest), _accessed(cited, today))
    )


def _accessed(cited: Work, today: Date | None) -> str:
    if today is None or cited.dated or not cited.url:
        return ""
    return f"Accessed {british(units_of(today), ())}"
