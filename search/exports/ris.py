"""RIS: what EndNote, Zotero and library catalogues read.

Owns the tags of one work. Must not know who asked. The tags are those of the RIS specification of 2011.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from search.exports.works import GENRE, Work


def ris_record(cited: Work) -> str:
    """A work as a record, `TY` to `ER`. The paragraph, if it is one, is its start page (`SP`) and its note (`N1`)."""
    year, month, day = (*(f"{part:02}" for part in cited.date), "", "", "")[:3]
    # The last part of a date is free text: `1973/02/01/to 1973-02-03`.
    until = f"to {'-'.join(f'{part:02}' for part in cited.date_end)}" if cited.date_end else ""
    fields = [
        ("TY", "GOVDOC"),
        ("ID", cited.key),
        # A comma behind it says that a body's name is one, and its last word no person's family name (the manual of
        # EndNote on corporate authors; Zotero and pandoc 3.9 read it so, see findings/ris-corporate-author.sh).
        ("AU", f"{cited.author}," if cited.author and "," not in cited.author else cited.author),
        ("TI", cited.title),
        ("M3", GENRE),
        ("SN", cited.number),
        ("AN", cited.id),
        ("PY", year),
        ("DA", f"{year}/{month}/{day}/{until}"),
        ("DB", cited.archive),
        ("UR", cited.url),
        ("SP", cited.pinpoint("para.")),
        ("N1", cited.text),
        *(("KW", keyword) for keyword in cited.keywords),
    ]
    if not year:
        fields.remove(("DA", "///"))
    lines = [f"{tag}  - {_line(value)}" for tag, value in fields if value]
    return "\n".join((*lines, "ER  - ")) + "\n"


def ris(works: Iterable[Work]) -> Iterator[str]:
    """Works as records, an empty line between them."""
    for cited in works:
        yield ris_record(cited) + "\n"


def _line(value: str) -> str:
    """A value on one line: a line that begins like a tag would end it."""
    return " ".join(value.split())
