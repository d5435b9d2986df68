"""Our own JSON lines: a bad line costs itself, and a good one gives an equal cable."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest

from corpus.cable_json import cable_to_json
from corpus.model import Cable, Paragraph, Part, Problem, Segment, SegmentKind, Version
from indexer.inputs.jsonl import Exported, looks_like_json, read_lines, recognise
from indexer.page import SetAside

CABLE = Cable(
    id="07GUANGZHOU900101",
    subject="Harbour Lanterns \u2028 and “quotes”",
    paragraphs=(Paragraph("p1", 1, "U", None, Part.BODY, "Line\nand line. \ud83d"),),
    problems=(Problem("encoding", "a byte", 3),),
    segments=(Segment(SegmentKind.PARAGRAPH, "1. (U) Line\r\nand line. \x00\n", None, "p1"),),
    source="scoop",
    address="pages/a.html",
    digest="0" * 64,
    versions=(Version("nara", "b.txt", "1" * 64),),
)


def line(cable: Cable) -> bytes:
    return json.dumps(cable_to_json(cable)).encode() + b"\n"


def read(data: bytes, limit: int = 1_000_000) -> list[Exported | SetAside]:
    return list(read_lines(io.BytesIO(data), "x.jsonl", limit))


def test_cables_come_back_equal_with_their_own_addresses() -> None:
    other = replace(CABLE, id="08LAPAZ1")
    data = line(CABLE) + b"\n" + line(other)
    assert recognise(data)
    assert read(data) == [Exported(CABLE, "x.jsonl:line 1"), Exported(other, "x.jsonl:line 3")]


def test_the_last_line_needs_no_line_end_and_the_first_may_have_a_mark() -> None:
    data = b"\xef\xbb\xbf" + line(CABLE).rstrip()
    assert recognise(data)
    assert read(data) == [Exported(CABLE, "x.jsonl:line 1")]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (b"{", "no JSON: "),
        (b"[1]", "the cable should be an object, but is a list"),
        (b'{"id": "x"}', "has no field"),
        (line(CABLE).replace(b'"subject"', b'"topic"').rstrip(), "no field 'subject'"),
        (line(CABLE)[:300], "no JSON"),
        (b"\xff" + line(CABLE).rstrip(), "not UTF-8"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"id": 1' + b"0" * 5_000 + b"}", "holds no cable"),
        (line(replace(CABLE, id=" ")).rstrip(), "its id is no text"),
        (line(replace(CABLE, id="\ud800")).rstrip(), "its id is no text"),
        (b'{"id": "' + b"x" * 1_000_000 + b'"}', "more than 1,000,000 bytes"),
    ],
)
def test_a_bad_line_is_set_aside_with_its_number(bad: bytes, words: str) -> None:
    good, aside, other = read(line(CABLE) + bad + b"\n" + line(CABLE))
    assert good == Exported(CABLE, "x.jsonl:line 1")
    assert isinstance(aside, SetAside)
    assert (aside.address, aside.line) == ("x.jsonl", 2)
    assert words in aside.reason
    assert other == Exported(CABLE, "x.jsonl:line 3")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b'{"a": 1}',
        b'{"id": "1", "text": "SUBJECT: x"}',
        b"SUBJECT: x",
        b"<html>",
        b'[{"id": 1}]',
    ],
)
def test_other_files_are_no_export(data: bytes) -> None:
    assert not recognise(data)


def test_an_export_is_known_from_its_beginning() -> None:
    assert recognise(line(replace(CABLE, segments=CABLE.segments * 10_000))[:65_536])
    assert looks_like_json(b'  {"a": 1}')
    assert not looks_like_json(b"{\\rtf1")
