"""Into a reference manager and back: what a record was made of is what a program of its format reads in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import bibtexparser
import pytest
import rispy
import zotero
from bibtexparser.middlewares import LatexDecodingMiddleware
from odd_cables import ODD_CABLES

from search.answers.answer import summary
from search.answers.unit_names import unit_named
from search.exports.about import About
from search.exports.entries import Entry
from search.exports.formats import FORMAT_OF
from search.exports.works import Work, work

Fields = dict[str, object]
# Half of a surrogate pair is written as JSON writes it, and is no sign afterwards.
NAMES = tuple(name for name in ODD_CABLES if name != "half a sign")


def facts(cited: Work) -> Fields:
    """What every format keeps; a span is its first day here, its last one is tested with the dates."""
    return {
        "author": cited.author,
        "recipients": list(cited.recipients),
        "title": cited.title,
        "number": cited.number,
        "archive": cited.archive,
        "location": cited.location,
        "url": cited.url,
        "keywords": list(cited.keywords),
        "date": list(cited.date),
        "pinpoint": cited.pinpoint("para."),
    }


def name_of(text: str) -> str:
    return text.removesuffix(",")


def from_ris(text: str) -> Fields:
    (record,) = rispy.loads(text)
    return {
        "author": name_of(next(iter(record.get("authors", [])), "")),
        "recipients": [name_of(each) for each in record.get("secondary_authors", [])],
        "title": record.get("title", ""),
        "number": record["call_number"],
        "archive": record.get("name_of_database", ""),
        "location": record["accession_number"],
        "url": next(iter(record.get("urls", [])), ""),
        "keywords": record.get("keywords", []),
        "date": [int(part) for part in record.get("date", "").split("/")[:3] if part],
        "pinpoint": record.get("start_page", ""),
    }


MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def from_bibtex(text: str) -> Fields:
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    (entry,) = library.entries
    found = {field.key: str(field.value) for field in entry.fields}

    def text_of(key: str) -> str:
        # The inner pair of braces, which keeps a name or a title as it is.
        value = found.get(key, "")
        return value[1:-1] if key in ("author", "title") and value.startswith("{") else value

    year, month, day = (re.split("[–-]", text_of(key))[0] for key in ("year", "month", "day"))
    return {
        "author": text_of("author"),
        "recipients": text_of("recipient").split("; ") if text_of("recipient") else [],
        # The reader has no other sign for this one.
        "title": text_of("title").replace("ˆ", "^"),
        "number": text_of("number"),
        "archive": text_of("organization"),
        "location": text_of("library"),
        "url": found.get("url", ""),
        "keywords": text_of("keywords").split(", ") if text_of("keywords") else [],
        "date": [
            *([int(year)] if year else []),
            *([MONTHS.index(month) + 1] if month else []),
            *([int(day)] if day else []),
        ],
        "pinpoint": text_of("note"),
    }


def from_csl(text: str) -> Fields:
    (item,) = json.loads(text)
    return {
        "author": next((each["literal"] for each in item.get("author", [])), ""),
        "recipients": [each["literal"] for each in item.get("recipient", [])],
        "title": item.get("title", ""),
        "number": item["number"],
        "archive": item.get("archive", ""),
        "location": item.get("archive_location", ""),
        "url": item.get("URL", ""),
        "keywords": item["keyword"].split(", ") if "keyword" in item else [],
        "date": item.get("issued", {"date-parts": [[]]})["date-parts"][0],
        "pinpoint": item.get("note", "").replace("paragraph", "para."),
    }


READERS: dict[str, Callable[[str], Fields]] = {
    "ris": from_ris,
    "bib": from_bibtex,
    "csl.json": from_csl,
}


def exported(name: str, format_name: str, anchor: str) -> tuple[Work, str]:
    cable = ODD_CABLES[name]
    unit = unit_named(cable, anchor) if anchor else None
    entry = Entry(summary(cable), unit, cable)
    text = b"".join(FORMAT_OF[format_name].encoded([entry], About())).decode()
    return work(cable, unit), text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("format_name", READERS)
@pytest.mark.parametrize("anchor", ["", "p12"])
def test_what_goes_in_comes_back(name: str, format_name: str, anchor: str) -> None:
    cited, text = exported(name, format_name, anchor)
    expected, found = facts(cited), READERS[format_name](text)
    if format_name == "csl.json":
        # Processors print it between number and archive: the number does not stand there once more.
        expected["location"] = cited.place
    if format_name == "bib":
        # One field has them all.
        expected["recipients"] = [one for name in cited.recipients for one in name.split("; ")]
    assert found == expected


@pytest.mark.parametrize("name", NAMES)
def test_zotero_reads_the_records(name: str) -> None:
    cited, text = exported(name, "ris", "")
    (item,) = zotero.ris(text)
    assert item["itemType"] == "letter"
    kinds = [each["creatorType"] for each in item.get("creators", [])]
    assert kinds == ["author"] * bool(cited.author) + ["recipient"] * len(cited.recipients)
    kept = (item.get("title", ""), item["callNumber"], item["archiveLocation"], item.get("url", ""))
    assert kept == (cited.title, cited.number, cited.location, cited.url)
