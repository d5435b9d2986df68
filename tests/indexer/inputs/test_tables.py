"""Tables of cables: columns known by their names, in CSV of any kind and in JSON; what can't be read is told."""

from __future__ import annotations

import csv
import io
import tracemalloc
from itertools import chain
from pathlib import Path

import pytest
from endless import Endless
from rows_of_cables import (
    BODY,
    DUMP_NAMES,
    DUMPED,
    HEADER,
    NAMES,
    ROW,
    TEXT,
    aside,
    cables,
    items,
    second,
    written,
)

from corpus.dates import iso_date
from corpus.table_files import read_table
from indexer.inputs import catalogue, dump, tables
from indexer.page import RawPage, SetAside

# The archive's tables.


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"delimiter": ";"},
        {"delimiter": "\t"},
        {"delimiter": "|"},
        {"quoting": csv.QUOTE_ALL},
        {"lineterminator": "\r\n"},
        {"quoting": csv.QUOTE_ALL, "doublequote": False, "escapechar": "\\"},
    ],
)
@pytest.mark.parametrize("above", [b"", b"\xef\xbb\xbf", b"sep=;\n", b"# Telegrams of 1979\n\n"])
def test_a_cable_a_row(how: dict[str, object], above: bytes, tmp_path: Path) -> None:
    data = above + written(NAMES, ROW, second(ROW, "1979LAPAZ06002"), **how)
    found = cables(data, tmp_path)
    assert [each.id for each in found] == ["1979LAPAZ06001", "1979LAPAZ06002"]
    cable = found[0]
    assert (cable.source, cable.tags, cable.signed_by) == ("nara", ("SNAR", "BL", "PE"), ("QUILL",))
    assert iso_date(cable.date, cable.date_precision) == "1979-07-31"
    assert cable.origin is not None
    assert cable.origin.code == "LAPAZ"
    assert cable.subject == 'COPPER SURVEY TEAM VISIT, "SECOND" PART'
    assert [each.text for each in cable.paragraphs] == [
        "TEAM WILL VISIT AFTER AUGUST 6, 1979.",
        "HARBOR IS CLOSED; PILOTS | CREWS ARE CALM.",
    ]
    first = data.count(b"\n", 0, data.index(b"https")) + 1
    assert cable.address == f"telegrams.csv:line {first}"
    assert "".join(each.text for each in cable.segments).replace("\r", "") == TEXT


@pytest.mark.parametrize(
    "names",
    [
        ["url", "DRAFT_DATE", "DOCNBR", "From Org", "SUBJ", "TAGS", "To Org", "Text"],
        ["Link", "draftDate", "documentNumber", "from", "subject", "tags", "to", "messageText"],
        ["#", "Date", "Doc No.", "Origin", "Title", "Tags", "Office", "Full text"],
        ["NA ID", "Cable date", "Document ID", "Post", "Subject Line", "TAG", "", "Body"],
        ["some", "Date Sent", "Telegram Number", "Embassy", "Subject", "other", "third", "Content"],
    ],
)
def test_other_names(names: list[str], tmp_path: Path) -> None:
    (cable,) = cables(written(names, ROW), tmp_path)
    assert (cable.id, cable.tags) == ("1979LAPAZ06001", ("SNAR", "BL", "PE"))
    assert iso_date(cable.date, cable.date_precision) == "1979-07-31"


def test_columns_in_another_order(tmp_path: Path) -> None:
    order = [7, 3, 2, 0, 5, 1, 6, 4]
    (cable,) = cables(written([NAMES[at] for at in order], [ROW[at] for at in order]), tmp_path)
    assert cable.id == "1979LAPAZ06001"


def test_what_a_text_has_lost_the_columns_give(tmp_path: Path) -> None:
    lost = "1. TEAM WILL VISIT.\n\n2. HARBOR IS CLOSED.\nQUILL"
    release = "Declassified/Released US Department of State EO Systematic Review 30 JUN 2005"
    text = f"{release}\nMessage Text\n\n{lost}\n\nMessage Attributes\n\nCopy: SINGLE\n{release}\n"
    (cable,) = cables(written(NAMES, [*ROW[:-1], text]), tmp_path)
    assert cable.subject == "COPPER SURVEY TEAM VISIT, SECOND PART"
    assert cable.tags == ("SNAR", "BL", "PE")
    assert [each.text for each in cable.paragraphs] == ["TEAM WILL VISIT.", "HARBOR IS CLOSED."]


def test_a_row_without_a_text_is_told(tmp_path: Path) -> None:
    found = items(written(NAMES, [*ROW[:-1], " "], ROW), tmp_path)
    assert isinstance(found[0], SetAside)
    assert "no text" in found[0].reason
    assert isinstance(found[1], RawPage)


def test_a_date_that_is_none_is_a_problem(tmp_path: Path) -> None:
    (cable,) = cables(written(NAMES, [ROW[0], "31 febr 1979", *ROW[2:]]), tmp_path)
    assert "date-unreadable" in {each.code for each in cable.problems}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda row: row.replace(b'SNAR, BL, PE"', b'SNAR, "BL", PE"', 1),
        lambda row: row.replace(b"LA PAZ,", b"LA PAZ,,", 1),
        lambda row: row.replace(b'QUILL"', b"QUILL"),
    ],
    ids=["mark inside", "column more", "never closed"],
)
def test_a_broken_row_costs_itself_only(spoil: object, tmp_path: Path) -> None:
    rows = [written(second(ROW, f"1979LAPAZ0600{number}")) for number in (1, 2, 3)]
    rows[1] = spoil(rows[1])  # type: ignore[operator]
    found = items(written(NAMES) + b"".join(rows), tmp_path)
    assert [type(each) for each in found] == [RawPage, SetAside, RawPage]


def test_memory_does_not_grow_with_the_table() -> None:
    table = tables.recognise(written(NAMES, ROW))
    assert isinstance(table, tables.Table)
    peaks = []
    for rows in (50, 1_000):
        made = (written([*ROW[:-1], TEXT * 20]) for _ in range(rows))
        stream = io.BufferedReader(Endless(chain([written(NAMES)], made)))
        tracemalloc.start()
        assert sum(1 for _ in tables.read_rows(stream, "t.csv", 1_000_000, table)) == rows
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5


# Copies of the dump.


@pytest.mark.parametrize("separator", [",", ";", "|", "\t"])
@pytest.mark.parametrize(
    "date",
    [
        "3/23/2007 8:44",
        "2007-03-23T08:44:00Z",
        "23.03.2007 08:44",
        "23 Mar 2007 08:44",
        "23/03/2007 08:44",
    ],
)
@pytest.mark.parametrize(
    "names", [None, DUMP_NAMES, ["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"]]
)
def test_copies_of_the_dump(
    separator: str, date: str, names: list[str] | None, tmp_path: Path
) -> None:
    row = [DUMPED[0], date, *DUMPED[2:]]
    rows = [*([names] if names else []), row, second(row, "07GUANGZHOU900102")]
    data = written(*rows, delimiter=separator, quoting=csv.QUOTE_ALL)
    found = cables(data, tmp_path)
    assert [each.id for each in found] == ["07GUANGZHOU900101", "07GUANGZHOU900102"]
    assert {iso_date(each.date, each.date_precision) for each in found} == {"2007-03-23T08:44Z"}
    assert {each.source for each in found} == {dump.NAME}
    assert [each.text for each in found[0].paragraphs] == ["They burn.", "So."]


@pytest.mark.parametrize(
    "names",
    [
        ["number", "created", "refid", "origin", "classification", "refs", "header", "content"],
        ["", "Date", "Reference", "Embassy", "Classification", "", "Header", "Text"],
        ["id", "datetime", "cable_id", "post", "level", "references", "raw_header", "cable_text"],
    ],
)
def test_names_of_copies(names: list[str], tmp_path: Path) -> None:
    bare = [*DUMPED[:6], HEADER.replace("R 230844Z MAR 07\n", ""), DUMPED[7]]
    (cable,) = cables(written(names, bare), tmp_path)
    assert (cable.id, cable.sender) == ("07GUANGZHOU900101", "AMCONSUL GUANGZHOU")
    assert iso_date(cable.date, cable.date_precision) == "2007-03-23T08:44Z"


def test_lines_above_the_dump(tmp_path: Path) -> None:
    for above in (b"\n", b"# cables, 2011\n\n", b"sep=,\n", b"id,when,what\n"):
        found = cables(above + written(DUMPED, quoting=csv.QUOTE_ALL), tmp_path)
        assert [each.id for each in found] == ["07GUANGZHOU900101"]
        line = above.count(b"\n") + 1
        assert found[0].address == f"telegrams.csv:line {line}"


def test_days_before_months_are_known_by_any_date_that_tells(tmp_path: Path) -> None:
    rows = [
        [*DUMPED[:1], date, *DUMPED[2:6], "", "1. (U) One.\n\n2. (U) Two."]
        for date in ("4/3/2007", "23/3/2007")
    ]
    found = cables(written(DUMP_NAMES, *rows), tmp_path)
    assert [iso_date(each.date, each.date_precision) for each in found] == [
        "2007-03-04",
        "2007-03-23",
    ]


def test_line_ends_written_as_letters(tmp_path: Path) -> None:
    row = [each.replace("\n", "\\n") for each in DUMPED]
    (cable,) = cables(written(DUMP_NAMES, row, delimiter="\t"), tmp_path)
    assert [each.text for each in cable.paragraphs] == ["They burn.", "So."]


def test_fields_without_marks_as_a_database_writes_them(tmp_path: Path) -> None:
    rows = [DUMPED, second(DUMPED, "07GUANGZHOU900102")]
    quoted = [[each.replace("They burn", 'They "burn"') for each in row] for row in rows]
    data = "".join("\t".join(each.replace("\n", "\\\n") for each in row) + "\n" for row in quoted)
    found = cables(data.encode(), tmp_path)
    assert [each.id for each in found] == ["07GUANGZHOU900101", "07GUANGZHOU900102"]
    assert [each.text for each in found[0].paragraphs] == ['They "burn".', "So."]


def test_a_dump_without_references(tmp_path: Path) -> None:
    row = [*DUMPED[:5], *DUMPED[6:]]
    found = cables(written(row, row), tmp_path)
    assert [each.id for each in found] == ["07GUANGZHOU900101"] * 2


def test_text_of_a_spreadsheet(tmp_path: Path) -> None:
    rows = written(NAMES, ROW, delimiter="\t").decode()
    for encoding in ("utf-16-le", "utf-16-be"):
        (cable,) = cables(("\ufeff" + rows).encode(encoding), tmp_path)
        assert cable.id == "1979LAPAZ06001"
        assert len(cable.paragraphs) == 2


def test_a_table_of_numbers_and_texts_alone(tmp_path: Path) -> None:
    (cable,) = cables(
        written(["Cable", "x", "y", "Text"], ["07GUANGZHOU900101", "", "", BODY]), tmp_path
    )
    assert cable.id == "07GUANGZHOU900101"


def test_seconds_since_1970(tmp_path: Path) -> None:
    row = [DUMPED[0], "1174639440", *DUMPED[2:6], "", DUMPED[7]]
    (cable,) = cables(written(DUMP_NAMES, row), tmp_path)
    assert iso_date(cable.date, cable.date_precision) == "2007-03-23T08:44Z"


# What can't be read is told, and is no telegram.


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (written(NAMES[:-1], *[ROW[:-1]] * 4), "without their texts"),
        (
            written(["07GUANGZHOU1", "2007-03-23", "x", "y", "z", "They burn."]),
            "no names that are known",
        ),
        (
            written(["1", "07GUANGZHOU1", "23 Mar 2007", "y", "z", "They burn."], delimiter=";"),
            "no names",
        ),
        (
            written(["7", "2007-03-23", "07GUANGZHOU1", "x", "They burn.", "y"], delimiter="|"),
            "no names",
        ),
        (written(["nr", "when", "what", "words"], *[["1", "x", "y", TEXT]] * 3), "it is a table"),
        (written(["nr", "words", "x"], *[["1", TEXT, TEXT]] * 3, delimiter=";"), "it is a table"),
    ],
)
def test_a_table_that_is_not_read(data: bytes, says: str, tmp_path: Path) -> None:
    found = aside(data, tmp_path)
    assert says in found.reason
    assert found.advice


@pytest.mark.parametrize(
    "text",
    [
        "UNCLAS LIMA 123\n\nTAGS: ECON, PREL, PGOV, KIPR, PE, BL\nSUBJECT: DATE, TEXT, FROM, ID\n\n1. No.\n",
        "REF: (A) 05 LIMA 45, (B) 12 MAY 2007, (C) STATE 123, D, E, F, G\n\n1. (U) No.\n",
        "Reference ID\tCreated\tClassification\tOrigin\n07LIMA123\t2007-03-23 08:44\tUNCLASSIFIED\tEmbassy Lima\n",
        "Subject: Text; From: Date\n",
        "On 3/23/2007, 07LIMA12, 07LIMA13, 07LIMA14, 07LIMA15 and 07LIMA16 came.\n",
    ],
)
def test_other_texts_are_no_tables(text: str) -> None:
    assert tables.recognise(text.encode()) is None
    assert dump.dialect_of(text.encode()) is None
    assert not catalogue.recognise(text.encode())


# The table of names.


def test_the_names() -> None:
    rows = read_table("columns")
    assert all(row["reason"] for row in rows)
    assert {row["field"] for row in rows} == {
        *(
            "id",
            "date",
            "origin",
            "subject",
            "tags",
            "references",
            "classification",
            "text",
            "header",
        ),
        "",
    }
    assert tables.column_of("document_number") == tables.column_of("Document Number")
    assert tables.column_of("Colour") is None
