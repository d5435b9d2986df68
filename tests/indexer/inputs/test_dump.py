"""The cables.csv dump: each row a cable, a broken row a sentence with its line, whatever comes before or behind it."""

from __future__ import annotations

import csv
import io
import re
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from endless import Counted, Endless

from indexer.inputs.dump import NAME, read_rows, recognise
from indexer.page import RawPage, SetAside
from indexer.parse import parse

HEADER = (
    'DE RUEHGZ #0101 0820844\nR 230844Z MAR 07\nFM AMCONSUL GUANGZHOU\nTO RUEHC/SECSTATE WASHDC "1"'
)
BODY = """UNCLAS GUANGZHOU 900101

E.O. 12958: N/A
TAGS: ECON, KIPR, CH
SUBJECT: Harbour "Lanterns", and a \\ backslash

1. (SBU) The wickmakers said: "half of them are copies",
and left.

2. (U) It went on.
"""


def row(
    number: int, header: str = HEADER, body: str = BODY, date: str = "3/23/2007 8:44"
) -> list[str]:
    origin = "Consulate Guangzhou"
    return [
        *(
            str(number),
            date,
            f"07GUANGZHOU{900100 + number}",
            origin,
            "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
        ),
        *("06GUANGZHOU1|06STATE2", header, body),
    ]


def written(*rows: list[str], **how: object) -> bytes:
    """Rows as the dump has them, unless `how` says otherwise."""
    form = {
        "quoting": csv.QUOTE_ALL,
        "doublequote": False,
        "escapechar": "\\",
        "lineterminator": "\n",
        **how,
    }
    text = io.StringIO()
    csv.writer(text, **form).writerows(rows)
    return text.getvalue().encode()


def read(data: bytes, limit: int = 1_000_000) -> list[RawPage | SetAside]:
    return list(read_rows(io.BytesIO(data), "cables.csv", limit))


def pages(data: bytes) -> list[RawPage]:
    found = read(data)
    assert all(isinstance(each, RawPage) for each in found), found
    return [each for each in found if isinstance(each, RawPage)]


def test_a_row_is_a_page_and_keeps_every_character() -> None:
    [page] = pages(written(row(1)))
    assert page.text == f"{HEADER}\n\n{BODY}"
    assert page.address == "cables.csv:line 1"
    assert len(page.digest) == 64
    [cable] = parse(page)
    assert "".join(segment.text for segment in cable.segments) == page.text
    assert (cable.id, cable.source, cable.address) == ("07GUANGZHOU900101", NAME, page.address)
    assert cable.date == datetime(2007, 3, 23, 8, 44, tzinfo=UTC)
    assert cable.subject == 'Harbour "Lanterns", and a \\ backslash'
    assert [paragraph.number for paragraph in cable.paragraphs] == [1, 2]


def test_what_the_columns_say_stands_in_for_what_the_text_lost() -> None:
    [page] = pages(written(row(1, "This record is a partial extract.", "1. (U) Text.\n")))
    [cable] = parse(page)
    assert cable.id == "07GUANGZHOU900101"
    assert cable.origin is not None
    assert cable.origin.code == "GUANGZHOU"
    assert cable.date == datetime(2007, 3, 23, 8, 44, tzinfo=UTC)
    assert cable.classification == "UNCLASSIFIED//FOR OFFICIAL USE ONLY"


@pytest.mark.parametrize(
    ("date", "when"),
    [
        ("12/28/1966 18:48", datetime(1966, 12, 28, 18, 48, tzinfo=UTC)),
        ("2/5/2010 9:03", datetime(2010, 2, 5, 9, 3, tzinfo=UTC)),
        ("2008-04-25 08:54", datetime(2008, 4, 25, 8, 54, tzinfo=UTC)),
        ("2008-04-25 00:00", datetime(2008, 4, 25, tzinfo=UTC)),
    ],
)
def test_dates(date: str, when: datetime) -> None:
    assert dated(date) == (when, "minute")


@pytest.mark.parametrize("date", ["2008-04-25", "4/25/2008"])
def test_a_date_without_a_time_is_good_for_the_day(date: str) -> None:
    assert dated(date) == (datetime(2008, 4, 25, tzinfo=UTC), "day")


def dated(date: str) -> tuple[datetime | None, str]:
    data = written(row(1, date=date))
    assert recognise(data)
    [page] = pages(data)
    assert page.facts is not None
    return page.facts.created, page.facts.precision


def test_a_date_that_is_none_is_a_problem() -> None:
    [page] = pages(written(row(1, date="13/45/2007 8:44")))
    assert [problem.code for problem in page.problems] == ["date-unreadable"]


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"lineterminator": "\r\n"},
        {"doublequote": True, "escapechar": None},
        {"quoting": csv.QUOTE_MINIMAL},
        {"quoting": csv.QUOTE_MINIMAL, "doublequote": True, "escapechar": None},
    ],
    ids=["as the dump", "other line ends", "doubled marks", "few marks", "few doubled marks"],
)
def test_forms_of_the_same_rows(how: dict[str, object]) -> None:
    if how.get("escapechar", "\\") is None:
        rows = [row(number, HEADER, BODY.replace("\\", "/")) for number in (1, 2, 3)]
    else:
        rows = [row(number) for number in (1, 2, 3)]
    data = written(*rows, **how)
    assert recognise(data)
    assert [page.text for page in pages(data)] == [f"{each[6]}\n\n{each[7]}" for each in rows]


def test_line_ends_behind_a_backslash() -> None:
    """MySQL writes the line ends inside fields so."""
    data = written(row(1)).replace(b'copies\\",\n', b'copies\\",\\\n')
    assert pages(data)[0].text == f"{HEADER}\n\n{BODY}"


def test_a_backslash_before_anything_else_is_text() -> None:
    data = written(row(1)).replace(b"Harbour", rb"H\arbour")
    assert "SUBJECT: H\\arbour" in pages(data)[0].text


@pytest.mark.parametrize(
    ("spoil", "words", "line"),
    [
        (lambda text: text.replace(b'"Consulate Guangzhou",', b""), "7 columns instead of 8", 1),
        (lambda text: text.replace(b'"Consulate Guangzhou"', b'"a","b"'), "9 columns", 1),
        (lambda text: text.replace(b'"Consulate', b'"The "Consulate"'), "not escaped", 1),
        (lambda text: text[: text.rindex(b'"')] + b"\n", "never closed", 1),
        (lambda text: text[: len(text) // 2] + b"\n", "never closed", 1),
        (lambda text: text.replace(b"half", b"half" * 300_000), "more than 1,000,000 bytes", 1),
        (lambda text: text.replace(b"half", b"half\n" * 300_000), "more than 1,000,000 bytes", 1),
    ],
    ids=["column lost", "column more", "stray mark", "mark lost", "cut", "long line", "long row"],
)
def test_a_broken_row_costs_itself_only(
    spoil: Callable[[bytes], bytes], words: str, line: int
) -> None:
    first, broken, last = written(row(1)), written(row(2)), written(row(3))
    for before, behind in ((first, last), (first, b""), (b"", last)):
        data = before + spoil(broken) + behind
        found = read(data)
        [aside] = [each for each in found if isinstance(each, SetAside)]
        if behind or "never closed" not in words:
            assert words in aside.reason
        assert aside.address == "cables.csv"
        assert aside.line == line + before.count(b"\n")
        good = [each.facts.id for each in found if isinstance(each, RawPage) and each.facts]
        assert good == ["07GUANGZHOU900101"] * bool(before) + ["07GUANGZHOU900103"] * bool(behind)
        if behind:
            start = data[: data.index(b'"3",')].count(b"\n") + 1
            assert found[-1].address == f"cables.csv:line {start}"


def test_many_broken_rows_in_a_row() -> None:
    data = b"".join(
        written(row(number)) if number % 3 == 0 else written(row(number))[:400] + b"\n"
        for number in range(1, 31)
    )
    found = read(data)
    assert sum(isinstance(each, RawPage) for each in found) == 10
    assert sum(isinstance(each, SetAside) for each in found) == 20


def test_an_escaped_row_inside_a_body_is_text() -> None:
    quoted = 'The leak had the line\n"7","3/23/2007 8:44","07GUANGZHOU900107","Consulate Guangzhou"\nin it.'
    [page, _] = pages(written(row(1, HEADER, quoted), row(2)))
    assert page.text == f"{HEADER}\n\n{quoted}"


def test_empty_lines_between_rows_are_passed() -> None:
    assert len(pages(written(row(1)) + b"\n \n" + written(row(2)))) == 2


def test_the_last_row_needs_no_line_end() -> None:
    assert len(pages(written(row(1), row(2)).rstrip(b"\n"))) == 2


def test_a_row_that_is_not_utf8_is_read_and_told() -> None:
    data = written(row(1)) + written(row(2, HEADER, "1. (U) São Tomé\n")).decode().encode("cp1252")
    one, other = pages(data)
    assert one.problems == ()
    assert other.text.endswith("São Tomé\n")
    assert [problem.code for problem in other.problems] == ["encoding"]


def test_a_mark_at_the_start_of_the_file() -> None:
    data = b"\xef\xbb\xbf" + written(row(1), row(2))
    assert recognise(data)
    assert [page.facts and page.facts.id for page in pages(data)] == [
        "07GUANGZHOU900101",
        "07GUANGZHOU900102",
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"SUBJECT: x",
        b'"id","date","reference"\n',
        b"1,2,3\n",
        b"1. (U) On 3/23/2007 8:44, 07GUANGZHOU1,",
        b"\x00" * 100,
    ],
)
def test_other_files_are_no_dump(data: bytes) -> None:
    assert not recognise(data)


def test_memory_does_not_grow_with_the_dump() -> None:
    peaks = []
    for rows in (50, 1_000):
        made = (written(row(1, HEADER, BODY * 20)) for _ in range(rows))
        stream = io.BufferedReader(Endless(made))
        tracemalloc.start()
        count = sum(1 for _ in read_rows(stream, "cables.csv", 1_000_000))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert count == rows
    assert peaks[1] < peaks[0] * 1.5


@pytest.mark.parametrize(
    "line",
    [
        b'"1","3/23/2007 8:44","07GUANGZHOU1","x\n',
        b'"1","3/23/2007 8:44","07GUANGZHOU1",\n',
        b'"\n',
        b'\\"\n',
        b"x\n",
    ],
)
def test_damaged_dumps_are_read_in_one_pass(line: bytes) -> None:
    """Each byte is looked at once: the stream is read to its end, and no line of it twice."""
    data = Counted(written(row(1)) + line * 20_000 + written(row(2)))
    found = list(read_rows(data, "cables.csv", 1_000_000))
    assert data.reads == data.getvalue().count(b"\n") + 1
    assert isinstance(found[0], RawPage)
    assert isinstance(found[-1], RawPage)
    assert len(re.findall(rb'(?m)^"1",', line)) * 20_000 <= len(found)


@pytest.mark.parametrize(
    "ident",
    [
        *(
            "07LIMA1\n2",
            "07LIMA\r1",
            "07LIMA1\x1b[2J",
            "07LIMA\u2028X",
            "07LIMA\u202e1",
            "07LIMA\x85X",
        ),
        *(".", "..", "..."),
    ],
)
def test_a_row_whose_id_can_name_no_cable_is_set_aside(ident: str) -> None:
    other = [ident if field == "07GUANGZHOU900102" else field for field in row(2)]
    first, aside, last = read_rows(
        io.BytesIO(written(row(1), other, row(3))), "cables.csv", 1_000_000
    )
    assert isinstance(first, RawPage)
    assert isinstance(last, RawPage)
    assert isinstance(aside, SetAside)
    assert "can name no cable" in aside.reason
    assert aside.reason.isprintable()
    assert aside.line
