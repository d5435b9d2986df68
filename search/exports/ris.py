"""RIS: what EndNote, Zotero and library catalogues read.

Owns the tags of one work. Must not know who asked. The tags are those of the RIS specification of 2011.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from search.exports.works import Work


def ris_record(cited: Work) -> str:
    """A work as a record, `TY` to `ER`. The paragraph, if it is one, is its start page (`SP`) and its note (`N1`).

    What its collector noted is a second note.

    It is a personal communication, of which the specification's `A2` is the recipient: of the types that Zotero and
    EndNote read this is the one that keeps sender, recipients, archive and place in it. As a government document
    (`GOVDOC`, Zotero's "report") it would have its recipients as editors of a series.
    """
    year, month, day = (*(f"{part:02}" for part in cited.date), "", "", "")[:3]
    # The last part of a date is free text: `1973/02/01/to 1973-02-03`.
    until = f"to {'-'.join(f'{part:02}' for part in cited.date_end)}" if cited.date_end else ""
    fields = [
        ("TY", "PCOMM"),
        ("ID", cited.key),
        # A comma behind it says that a body's name is one, and its last word no person's family name (the manual of
        # EndNote on corporate authors; Zotero and pandoc 3.9 read it so, see findings/ris-corporate-author.sh).
        ("AU", _body(cited.author)),
        *(("A2", _body(name)) for name in cited.recipients),
        ("TI", cited.title),
        ("M3", cited.genre),
        ("CN", cited.number),
        ("AN", cited.location),
        ("PY", year),
        ("DA", f"{year}/{month}/{day}/{until}"),
        ("DB", cited.archive),
        ("UR", cited.url),
        ("SP", cited.pinpoint("para.")),
        ("N1", cited.text),
        ("N1", cited.note),
        *(("KW", keyword) for keyword in cited.keywords),
    ]
    if not year:
        fields.remove(("DA", "///"))
    lines = [f"{tag}  - {_line(value)}" for tag, value in fields if value]
    return "\n".join((*lines, "ER  - ")) + "\n"


def _body(name: str) -> str:
    return f"{name}," if name and "," not in name else name


def ris(works: Iterable[Work]) -> Iterator[str]:
    """Works as records, an empty line between them."""
    for cited in works:
        yield ris_record(cited) + "\n"


def _line(value: str) -> str:
    """A value on one line: a line that begins like a tag would end it."""
    return " ".join(value.split())
