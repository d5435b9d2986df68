"""Tables made up and damaged: nothing is raised, and each line is read once."""

from __future__ import annotations

import csv
import io

import pytest
from endless import Counted
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from rows_of_cables import BODY, DUMP_NAMES, DUMPED, NAMES, ROW, written

from indexer.inputs import catalogue, dump, rows, tables
from indexer.page import RawPage, SetAside

_TABLE = written(NAMES, ROW, ROW, ROW)
_DUMP = written(DUMP_NAMES, DUMPED, DUMPED, quoting=csv.QUOTE_ALL)
_CUTS = st.lists(
    st.tuples(st.floats(0, 1), st.floats(0, 0.2), st.sampled_from([b"", b'"', b",", b"\n", b"\\"])),
    max_size=6,
)


def damaged(data: bytes, cuts: list[tuple[float, float, bytes]]) -> bytes:
    for start, size, put in cuts:
        at = int(start * len(data))
        data = data[:at] + put + data[at + int(size * len(data)) :]
    return data


@given(st.sampled_from([_TABLE, _DUMP]), _CUTS)
@settings(max_examples=examples(150))
def test_damaged_tables(table: bytes, cuts: list[tuple[float, float, bytes]]) -> None:
    data = damaged(table, cuts)
    dialect = dump.dialect_of(data)
    if dialect is not None:
        found = list(dump.read_rows(io.BytesIO(data), "t.csv", 10_000, dialect))
        assert all(isinstance(each, RawPage | SetAside) for each in found)
    known = tables.recognise(data)
    if isinstance(known, tables.Table):
        found = list(tables.read_rows(io.BytesIO(data), "t.csv", 10_000, known))
        assert all(isinstance(each, RawPage | SetAside) for each in found)


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
@settings(max_examples=examples(150))
def test_anything(data: bytes) -> None:
    dump.dialect_of(data)
    tables.recognise(data)
    if catalogue.recognise(data):
        list(catalogue.read_rows(io.BytesIO(data), "t.json", 10_000))


@given(
    st.lists(
        st.lists(st.text('ab"\n\\,;1 ', max_size=12), min_size=3, max_size=3),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=examples(150))
def test_what_was_written_is_read(table: list[list[str]]) -> None:
    data = written(*table, quoting=csv.QUOTE_ALL)
    found = list(rows.read_rows(io.BytesIO(data), rows.Dialect(b",", 3), 10_000))
    assert [each.fields for each in found if isinstance(each, rows.Row)] == [
        tuple(field.encode() for field in row) for row in table
    ]


@pytest.mark.parametrize(
    "line",
    [b'"\n', b'1979LAPAZ06001,"x\n', b"x\n", b'https://a.example/?1,31 jul 1979,"\n', b",,,,,,,\n"],
)
def test_each_line_is_read_once(line: bytes) -> None:
    data = written(NAMES, ROW) + line * 20_000 + written(ROW)
    table = tables.recognise(data)
    assert isinstance(table, tables.Table)
    stream = Counted(data)
    found = list(tables.read_rows(stream, "t.csv", 1_000_000, table))
    assert stream.reads == data.count(b"\n") + 1
    assert isinstance(found[0], RawPage)
    assert BODY not in str(found[0])
