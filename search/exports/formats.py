"""The formats of an export: ONE table, for the command line, the pages, the API and the documentation.

Owns their names, and how a format's writer is given what it needs. Must not know how entries are found.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from corpus.cable_json import cable_to_json
from corpus.late_dataclasses import dataclass
from search.exports.about import About
from search.exports.bibtex import bibtex
from search.exports.csl import csl_json
from search.exports.entries import Entry
from search.exports.feed import feed
from search.exports.plain_text import plain, reading_lines, unit_lines
from search.exports.result_json import unit_to_json
from search.exports.ris import ris
from search.exports.table import table
from search.exports.works import Work, work

Write = Callable[[Iterable[Entry], About], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format. `name` is also the ending of its addresses and files.

    `cites` says that it needs the whole cable for a unit too, `listing` that it never does.
    """

    name: str
    label: str
    media_type: str
    write: Write
    cites: bool = False
    listing: bool = False

    def whole(self, *, grouped: bool) -> bool:
        """Whether entries must have their whole cable: those of cables (`grouped`), or those of units."""
        return self.cites or (grouped and not self.listing)

    def encoded(self, entries: Iterable[Entry], about: About) -> Iterator[bytes]:
        """The export in UTF-8, a piece at a time; half of a surrogate pair is written as JSON writes it."""
        for text in self.write(entries, about):
            yield text.encode("utf-8", "backslashreplace")


def _citing(write: Callable[[Iterable[Work]], Iterator[str]]) -> Write:
    """A writer of works as a writer of entries."""
    return lambda entries, about: write(
        replace(work(each.loaded, each.unit), note=each.note) for each in entries
    )


def json_lines(entries: Iterable[Entry], about: About) -> Iterator[str]:
    """A cable as `cablegram export` writes it, a unit as `cablegram show --json` does; one a line."""
    for entry in entries:
        one = (
            unit_to_json(entry.cable.id, entry.unit) if entry.unit else cable_to_json(entry.loaded)
        )
        yield f"{json.dumps(one, ensure_ascii=False)}\n"


def plain_text(entries: Iterable[Entry], about: About) -> Iterator[str]:
    """Each to read, as `cablegram show` prints it, with the note on it and its address; a line of dashes between
    them."""
    for place, entry in enumerate(entries):
        if place:
            yield f"\n{'-' * 72}\n\n"
        cable, unit = entry.cable, entry.unit
        if unit:
            for line in unit_lines(cable.subject, cable.id, unit):
                yield f"{plain(line)}\n"
        else:
            for line in reading_lines(entry.loaded):
                yield f"{plain(line)}\n"
        if entry.note:
            yield f"\nNote: {entry.note}\n"
        yield f"\n{about.link(entry.path)}\n"


FORMATS: tuple[Format, ...] = (
    Format("csv", "CSV", "text/csv", table, listing=True),
    Format("jsonl", "JSON lines", "application/jsonl", json_lines),
    Format("ris", "RIS", "application/x-research-info-systems", _citing(ris), cites=True),
    Format("bib", "BibTeX", "application/x-bibtex", _citing(bibtex), cites=True),
    Format(
        "csl.json",
        "CSL-JSON",
        "application/vnd.citationstyles.csl+json",
        _citing(csl_json),
        cites=True,
    ),
    Format("atom", "Atom feed", "application/atom+xml", feed),
    Format("txt", "Plain text", "text/plain", plain_text),
)
FORMAT_OF: dict[str, Format] = {each.name: each for each in FORMATS}
