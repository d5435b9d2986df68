"""Each format, read back by a program that reads it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import bibtexparser
import feedparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from memory_engine import MemoryIndex

from corpus.cable_json import cable_from_json
from corpus.model import Cable, DatePrecision
from search.answers.ordering import Order
from search.answers.results import SearchResult
from search.engines.protocols import Searcher
from search.exports.about import About
from search.exports.bibtex import bibtex_record
from search.exports.csl import csl_record
from search.exports.entries import FIRST_PIECE, Entry, named, results
from search.exports.formats import FORMAT_OF, FORMATS
from search.exports.ris import ris_record
from search.exports.table import COLUMNS, cell
from search.exports.works import work
from search.language.tree import Query

SITE = About("Cables about lanterns", "https://cables.example", "/search.x?q=a&b", "/search?q=a&b")


def written(name: str, entries: list[Entry], about: About = SITE) -> str:
    return b"".join(FORMAT_OF[name].encoded(entries, about)).decode()


def test_csv_has_fixed_columns_and_no_formula(entries: list[Entry]) -> None:
    text = written("csv", entries)
    heading, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert text.startswith("\ufeffcable,paragraph,date,")
    assert tuple(heading) == COLUMNS
    assert rows[1] == [
        "07GUANGZHOU901",
        "p11",
        "2007-03-23T08:44Z",
        "Guangzhou",
        "China",
        "CONFIDENTIAL",
        "Lanterns and the Guild: Who Is Right",
        "KIPR; ETRD",
        "The Quay",
        "body",
        "C",
        "Half of the lanterns\n-- by weight",
        "wikileaks",
        "https://cables.example/cable/07GUANGZHOU901/p/11",
        "",
        "2007-03-23T08:44Z",
    ]
    assert rows[0][0] == "07GUANGZHOU901"
    assert not any((*rows[0][1:2], *rows[0][8:12]))
    assert len(rows) == 4
    assert not [value for row in rows for value in row if value.lstrip()[:1] in tuple("=+-@")]
    assert rows[3][6].startswith("'=HYPERLINK")


@pytest.mark.parametrize(
    "value", ["=1", " =1", "\t=1", "\r\n=1", "+1", "-1", "@A", "＝1", "\x00=1"]
)
def test_a_cell_is_no_formula(value: str) -> None:
    assert cell(value).startswith("'")


@pytest.mark.parametrize("value", ["", "a=1", "07GUANGZHOU901", "1-2", "'quoted'"])
def test_any_other_cell_is_as_it_was(value: str) -> None:
    assert cell(value) == value


def test_json_lines_are_read_back_equal(
    entries: list[Entry], lanterns: Cable, hostile: Cable
) -> None:
    whole, paragraph, other, _ = map(json.loads, written("jsonl", entries).splitlines())
    assert cable_from_json(whole) == lanterns
    assert cable_from_json(other) == hostile
    assert paragraph == {
        "cable": "07GUANGZHOU901",
        "anchor": "p11",
        "unit": "paragraph",
        "name": "¶11",
        "under": [],
        "number": 11,
        "mark": "C",
        "section": "The Quay",
        "part": "body",
        "text": "Half of the lanterns\n-- by weight",
    }


def test_ris_is_read_by_rispy(entries: list[Entry]) -> None:
    whole, paragraph, hostile, last = rispy.loads(written("ris", entries))
    assert whole["type_of_reference"] == "PCOMM"
    # The comma makes a body of it: without one its last word is a family name to many readers.
    assert whole["authors"] == ["U.S. Consulate Guangzhou,"]
    assert whole["title"] == "Lanterns and the Guild: Who Is Right"
    assert whole["date"] == "2007/03/23/"
    assert whole["year"] == "2007"
    assert whole["accession_number"] == "07GUANGZHOU901"
    assert whole["keywords"] == ["KIPR", "ETRD"]
    assert whole["urls"] == ["https://example.org/cable/07GUANGZHOU901.html"]
    assert "start_page" not in whole
    assert paragraph["start_page"] == "para. 11"
    assert paragraph["notes"] == ["Half of the lanterns -- by weight"]
    assert hostile["title"] == '=HYPERLINK("x") & {50%} of $_#~^\\ <b>"quoted"</b> ER - }'
    assert "date" not in hostile
    assert last["id"] == "08LAPAZ666:p1"


def test_bibtex_is_read_by_bibtexparser(entries: list[Entry], hostile: Cable) -> None:
    library = bibtexparser.parse_string(
        written("bib", entries),
        append_middleware=[LatexDecodingMiddleware()],
    )
    assert not library.failed_blocks
    assert [each.key for each in library.entries] == [
        "07GUANGZHOU901",
        "07GUANGZHOU901:p11",
        "08LAPAZ666",
        "08LAPAZ666:p1",
    ]
    fields = [{field.key: field.value for field in entry.fields} for entry in library.entries]
    assert fields[1] == {
        "author": "U.S. Consulate Guangzhou",
        "title": "Lanterns and the Guild: Who Is Right",
        "howpublished": "Diplomatic cable 07GUANGZHOU901",
        "number": "07GUANGZHOU901",
        "year": "2007",
        "month": "mar",
        "day": "23",
        "organization": "WikiLeaks",
        "library": "07GUANGZHOU901",
        "recipient": "U.S. Department of State",
        "url": "https://example.org/cable/07GUANGZHOU901.html",
        "note": "para. 11",
        "keywords": "KIPR, ETRD",
    }
    # The decoder makes of the circumflex the accent of its shape.
    assert fields[2]["title"].replace("ˆ", "^") == " ".join(hostile.subject.split())


def test_csl_json_is_a_list_of_items(entries: list[Entry]) -> None:
    items = json.loads(written("csl.json", entries))
    assert [item["id"] for item in items] == [
        "07GUANGZHOU901",
        "07GUANGZHOU901:p11",
        "08LAPAZ666",
        "08LAPAZ666:p1",
    ]
    assert items[0]["issued"] == {"date-parts": [[2007, 3, 23]]}
    assert items[1]["note"] == "paragraph 11"
    assert "issued" not in items[2]


def test_the_feed_is_read_by_feedparser(entries: list[Entry]) -> None:
    about = About("Lanterns & <more>", "https://cables.example", "/a.atom?q=a&b", "/a", "/a?page=2")
    found = feedparser.parse(written("atom", entries, about).encode())
    assert not found.bozo, found.get("bozo_exception")
    assert found.feed.title == "Lanterns & <more>"
    assert found.feed.updated == "2007-03-23T08:44:00Z"
    links = {link.rel: link.href for link in found.feed.links}
    assert links == {
        "self": "https://cables.example/a.atom?q=a&b",
        "alternate": "https://cables.example/a",
        "next": "https://cables.example/a?page=2",
    }
    assert [entry.link for entry in found.entries] == [
        "https://cables.example/cable/07GUANGZHOU901",
        "https://cables.example/cable/07GUANGZHOU901/p/11",
        "https://cables.example/cable/08LAPAZ666",
        "https://cables.example/cable/08LAPAZ666/p/1",
    ]
    assert len({entry.id for entry in found.entries}) == 4
    assert found.entries[1].summary == "Half of the lanterns\n-- by weight"
    assert found.entries[2].updated == "1800-01-01T00:00:00Z"
    assert [tag.term for tag in found.entries[2].tags] == ["+A", "@B"]


def test_plain_text_is_the_cable_to_read(entries: list[Entry]) -> None:
    whole, paragraph, *_ = written("txt", entries).split(f"\n{'-' * 72}\n\n")
    assert whole.startswith("07GUANGZHOU901  Lanterns and the Guild: Who Is Right\n")
    assert "p11  (C) Half of the lanterns\n-- by weight\n" in whole
    assert whole.endswith("\nhttps://cables.example/cable/07GUANGZHOU901\n")
    assert paragraph == (
        "07GUANGZHOU901  Lanterns and the Guild: Who Is Right\n"
        "The Quay\n"
        "p11  (C) Half of the lanterns\n-- by weight\n"
        "\nhttps://cables.example/cable/07GUANGZHOU901/p/11\n"
    )


@pytest.mark.parametrize("name", FORMAT_OF)
def test_an_export_of_nothing_is_well_formed(name: str) -> None:
    text = written(name, [])
    match name:
        case "csl.json":
            assert json.loads(text) == []
        case "atom":
            assert not feedparser.parse(text.encode()).bozo
        case "csv":
            assert text.count("\r\n") == 1
        case _:
            assert text == ""


class Counting:
    """A searcher that counts how often it is asked."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self.searches = 0
        self.orders = 0
        self.cables = 0

    def search(self, query: Query) -> SearchResult:
        self.searches += 1
        return self._searcher.search(query)

    def order(self, query: Query) -> Order:
        self.orders += 1
        return self._searcher.order(query)

    def read(self, cables: Sequence[str], positions: Sequence[int]) -> Any:
        return self._searcher.read(cables, positions)

    def get(self, cable_id: str) -> Cable | None:
        self.cables += 1
        return self._searcher.get(cable_id)


@pytest.mark.parametrize("name", FORMAT_OF)
@pytest.mark.parametrize("grouped", [True, False])
def test_the_first_bytes_come_before_the_rest_is_read(
    searcher_of: Callable[[int], Searcher], name: str, grouped: bool
) -> None:
    counting = Counting(searcher_of(3 * FIRST_PIECE))
    form = FORMAT_OF[name]
    listed = results(counting, Query(grouped=grouped), whole=form.whole(grouped=grouped))  # type: ignore[arg-type]
    stream = form.encoded(listed, SITE)
    assert counting.searches == 0
    assert next(stream)
    assert counting.searches <= 1
    assert counting.cables <= 1
    assert len(b"".join(stream)) > 10_000
    # However many there are: one search for the first piece, one for the order of all.
    assert (counting.searches, counting.orders) == (1, 1)


@pytest.mark.parametrize("grouped", [True, False])
def test_every_result_is_there_once(searcher_of: Callable[[int], Searcher], grouped: bool) -> None:
    listed = results(searcher_of(250), Query(grouped=grouped), whole=False)
    paths = [entry.path for entry in listed]
    assert len(paths) == len(set(paths)) == (250 if grouped else 750)


def test_named_cables_and_paragraphs_come_in_their_order(lanterns: Cable) -> None:
    index = MemoryIndex()
    with index.writer() as writer:
        writer.put(lanterns)
    names = ["07GUANGZHOU901#u1", "07 Guangzhou 901", "none", "07GUANGZHOU901#p99"]
    assert [entry.path for entry in named(index.searcher(), names)] == [
        "/cable/07GUANGZHOU901/p/u1",
        "/cable/07GUANGZHOU901",
    ]


def test_names_and_media_types_are_each_their_own() -> None:
    assert len({each.name for each in FORMATS}) == len(FORMATS)
    assert len({each.media_type for each in FORMATS}) == len(FORMATS)


@pytest.mark.parametrize(
    ("precision", "first", "last", "bibtex", "ris", "csl"),
    [
        ("day", (1973, 2, 1), (1973, 2, 3),
         ["year = {1973}", "month = feb", "day = {1--3}", "date = {1973-02-01/1973-02-03}"],
         "1973/02/01/to 1973-02-03", [[1973, 2, 1], [1973, 2, 3]]),
        ("day", (1973, 12, 31), (1974, 1, 2),
         ["year = {1973--1974}", "date = {1973-12-31/1974-01-02}"],
         "1973/12/31/to 1974-01-02", [[1973, 12, 31], [1974, 1, 2]]),
        ("month", (1973, 3, 1), (1973, 5, 1),
         ["year = {1973}", 'month = mar # "--" # may', "date = {1973-03/1973-05}"],
         "1973/03//to 1973-05", [[1973, 3], [1973, 5]]),
        ("year", (1949, 1, 1), (1951, 1, 1),
         ["year = {1949--1951}", "date = {1949/1951}"],
         "1949///to 1951", [[1949], [1951]]),
    ],
)  # fmt: skip
def test_a_date_that_is_a_span(
    precision: DatePrecision,
    first: tuple[int, int, int],
    last: tuple[int, int, int],
    bibtex: list[str],
    ris: str,
    csl: list[list[int]],
) -> None:
    begins, ends = (datetime(*each, tzinfo=UTC) for each in (first, last))
    cited = work(Cable("X", begins, precision, date_end=ends))
    lines = [line.strip(" ,") for line in bibtex_record(cited).splitlines()]
    assert [line for line in lines if line.startswith(("year", "month", "day", "date"))] == bibtex
    assert f"DA  - {ris}\n" in ris_record(cited)
    assert csl_record(cited)["issued"] == {"date-parts": csl}
