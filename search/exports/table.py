"""CSV: what spreadsheets and statistics programs read.

Owns the columns, which are the same for every export, and the care that a spreadsheet needs. Must not know a question.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from corpus.dates import iso_date
from corpus.late_patterns import late_pattern
from search.exports.about import About
from search.exports.entries import Entry
from search.exports.result_json import iso_date_utc

COLUMNS = (
    "cable", "paragraph", "date", "origin", "country", "classification", "subject", "tags", "section", "part",
    "mark", "text", "source", "link", "date_end", "date_utc",
)  # fmt: skip
_NOTED = ("note",)

# A spreadsheet takes a cell that begins so for a formula and runs it: `=HYPERLINK(...)`, `+1`, `-- first item`, `@SUM`,
# in full width too; a tab or a line end before it is passed over. An apostrophe says that it is text.
_FORMULA = late_pattern(r"[\s]*[=+\-@＝＋－＠]")
# What no cell can hold: the control characters but tab and line feed.
_CONTROL = late_pattern(r"[\x00-\x08\x0b-\x1f\x7f]")


def table(entries: Iterable[Entry], about: About) -> Iterator[str]:
    """A heading and a row an entry, as RFC 4180 has them; the columns of the paragraph are empty for a whole cable.

    For a head, a heading, a note, a passage of another version `paragraph` has its anchor and `part` its kind.

    It begins with the mark by which spreadsheets know UTF-8. A collection's has a column more, for
    the notes on its entries.
    """
    row = io.StringIO()
    writer = csv.writer(row)
    row.write("\ufeff")
    writer.writerow((*COLUMNS, *_NOTED) if about.noted else COLUMNS)
    yield _taken(row)
    for entry in entries:
        notes = (entry.note,) if about.noted else ()
        writer.writerow([cell(value) for value in (*entry_values(entry, about), *notes)])
        yield _taken(row)


def rows(entries: Iterable[Entry], about: About) -> Iterator[dict[str, str]]:
    """The same for a program: each row by its columns, the values as they are in the cable."""
    for entry in entries:
        yield dict(zip(COLUMNS, entry_values(entry, about), strict=True))


def cell(value: str) -> str:
    """A value as a cell that a spreadsheet shows and does not run."""
    if not value or value.isalnum():  # as most cells of a long table
        return value
    shown = _CONTROL.sub(" ", value)
    return f"'{shown}" if _FORMULA.match(shown) else shown


def entry_values(entry: Entry, about: About) -> tuple[str, ...]:
    """What stands in the columns for an entry, before it is made safe for a cell."""
    cable, unit, paragraph = entry.cable, entry.unit, entry.paragraph
    kind = unit.kind.value if unit else ""
    return (
        cable.id,
        unit.anchor if unit else "",
        iso_date(cable.date, cable.date_precision) or "",
        cable.origin,
        cable.country,
        cable.classification or "",
        cable.subject,
        "; ".join(cable.tags),
        (paragraph.section or "") if paragraph else "",
        paragraph.part.value if paragraph else kind,
        (paragraph.mark or "") if paragraph else "",
        unit.text if unit else "",
        cable.source,
        about.link(entry.path),
        iso_date(cable.date_end, cable.date_precision) or "",
        iso_date_utc(cable.date, cable.date_precision) or "",
    )


def _taken(row: io.StringIO) -> str:
    text = row.getvalue()
    row.seek(0)
    row.truncate()
    return text
