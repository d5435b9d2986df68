"""JSON of cables by the names of their fields: tables, answers of a catalogue, an object a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rows_of_cables import NAMES, ROW, TEXT, aside, cables, items, second

from corpus.dates import iso_date
from indexer.inputs import catalogue
from indexer.page import RawPage, SetAside


def as_json(*rows: list[str]) -> list[dict[str, str]]:
    return [dict(zip(NAMES, row, strict=True)) for row in rows]


RECORD = {
    "naId": 1234,
    "title": "COPPER SURVEY TEAM VISIT",
    "localIdentifier": "1979LAPAZ06001",
    "productionDates": [{"logicalDate": "1979-07-31"}],
}


@pytest.mark.parametrize(
    "value",
    [
        as_json(ROW),
        {"rows": as_json(ROW)},
        {
            "body": {
                "hits": {"total": 1, "hits": [{"_id": "x", "_source": {"record": as_json(ROW)[0]}}]}
            }
        },
        {
            "documentNumber": "1979LAPAZ06001",
            "draftDate": "31 jul 1979",
            "messageText": TEXT.split("\n"),
        },
        {
            **RECORD,
            "date": "1979-07-31",
            "digitalObjects": [{"objectType": "PDF", "extractedText": TEXT}],
        },
        {
            **RECORD,
            "date": "1979-07-31",
            "digitalObjects": [{"extractedText": TEXT[:150]}, {"extractedText": TEXT[150:]}],
        },
    ],
)
def test_json_with_names(value: object, tmp_path: Path) -> None:
    (cable,) = cables(json.dumps(value, indent=1).encode(), tmp_path, "telegrams.json")
    assert (cable.id, cable.source, cable.tags) == ("1979LAPAZ06001", "nara", ("SNAR", "BL", "PE"))
    assert iso_date(cable.date, cable.date_precision) == "1979-07-31"
    assert len(cable.paragraphs) == 2
    assert cable.address == "telegrams.json#1"


def test_json_a_line(tmp_path: Path) -> None:
    lines = [json.dumps(each) for each in as_json(ROW, second(ROW, "1979LAPAZ06002"))]
    data = "\n".join([*lines, "", "{]", '{"a": 1}']).encode()
    found = items(data, tmp_path, "telegrams.jsonl")
    assert [each.address for each in found if isinstance(each, RawPage)] == [
        "telegrams.jsonl:line 1",
        "telegrams.jsonl:line 2",
    ]
    assert [(each.line, each.reason) for each in found if isinstance(each, SetAside)] == [
        (4, "the line is no JSON"),
        (5, "the line holds no cable"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b'{"text": "1. (U) No.", "author": "Quill"}',
        b'[{"title": "Fees", "date": "2007"}]',
        b"[1, 2, 3]",
        b'{"a": {"text": "x"}}',
    ],
)
def test_other_json(data: bytes) -> None:
    assert not catalogue.recognise(data)


def test_damaged_json_and_json_without_cables(tmp_path: Path) -> None:
    damaged = json.dumps({"rows": as_json(ROW)}, indent=1).encode()[:-3]
    assert aside(damaged, tmp_path, "t.json").reason == "the JSON is damaged"
    none = b'[{"text": "",\n "subject": "", "id": "x"}]'
    assert aside(none, tmp_path, "t.json").reason == "it is JSON, but not of cables"
    deep = b'{"text": "", "id": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    assert isinstance(items(deep, tmp_path, "t.json")[0], SetAside)
