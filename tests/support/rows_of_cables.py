"""A row of a table of cables, and a file of rows read: what the tests of tables in CSV and in JSON share."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from corpus.model import Cable
from indexer.inputs.files import Item, read
from indexer.inputs.finding import PageFile
from indexer.page import RawPage, SetAside
from indexer.parse import parse

TEXT = """E.O. 12065: N/A
TAGS: SNAR, BL, PE
SUBJECT: COPPER SURVEY TEAM VISIT, "SECOND" PART

1. TEAM WILL VISIT AFTER AUGUST 6, 1979.

2. HARBOR IS CLOSED; PILOTS | CREWS ARE CALM.
QUILL"""
NAMES = [
    "Record URL",
    "Draft Date",
    "Document Number",
    "From",
    "Subject",
    "TAGS",
    "To",
    "Message Text",
]
ROW = [
    "https://aad.example.org/createpdf?rid=1",
    "31 jul 1979",
    "1979LAPAZ06001",
    "LA PAZ",
    "COPPER SURVEY TEAM VISIT, SECOND PART",
    "SNAR, BL, PE",
    "LIMA     STATE",
    TEXT,
]
HEADER = "DE RUEHGZ #0101 0820844\nR 230844Z MAR 07\nFM AMCONSUL GUANGZHOU\nTO SECSTATE WASHDC"
BODY = "UNCLAS GUANGZHOU 900101\n\nE.O. 12958: N/A\nTAGS: ECON\nSUBJECT: LANTERNS\n\n1. (U) They burn.\n\n2. (U) So.\n"
DUMPED = [
    "1",
    "3/23/2007 8:44",
    "07GUANGZHOU900101",
    "Consulate Guangzhou",
    "UNCLASSIFIED",
    "06STATE2",
    HEADER,
    BODY,
]
DUMP_NAMES = ["id", "date", "local_id", "origin", "classification", "references", "header", "body"]


def second(row: list[str], number: str) -> list[str]:
    return [number if each in {"1979LAPAZ06001", "07GUANGZHOU900101"} else each for each in row]


def written(*rows: list[str], **how: object) -> bytes:
    text = io.StringIO()
    csv.writer(text, **{"lineterminator": "\n", **how}).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue().encode()


def items(data: bytes, tmp_path: Path, name: str = "telegrams.csv") -> list[Item]:
    path = tmp_path / name
    path.write_bytes(data)
    return list(read(PageFile(path, name)))


def cables(data: bytes, tmp_path: Path, name: str = "telegrams.csv") -> list[Cable]:
    found = items(data, tmp_path, name)
    assert all(isinstance(each, RawPage) for each in found), found
    return [cable for each in found if isinstance(each, RawPage) for cable in parse(each)]


def aside(data: bytes, tmp_path: Path, name: str = "telegrams.csv") -> SetAside:
    (found,) = items(data, tmp_path, name)
    assert isinstance(found, SetAside), found
    assert found.address == name
    return found
