"""From bytes to a page: what a file is, is told by its content, and every repair is said."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from indexer.finding import PageFile
from indexer.page import RawPage, SetAside
from indexer.reading import Content, decode, load, read

TEXT = "SUBJECT: Über die Grenze\n\n1. (U) São Tomé, “Łódź”.\n"


def decoded(data: bytes) -> RawPage | SetAside:
    return decode(Content(data, "d", "page"))


def page_of(data: bytes) -> RawPage:
    page = decoded(data)
    assert isinstance(page, RawPage), page
    return page


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16 big-endian", "utf-32"],
)
def test_unicode_is_read_without_a_problem(data: bytes) -> None:
    page = page_of(data)
    assert (page.text, page.problems) == (TEXT, ())


@pytest.mark.parametrize(
    ("data", "text", "name"),
    [
        ("a\nÜber – “das”".encode("cp1252"), "a\nÜber – “das”", "windows-1252"),
        ("a\nÜber \x81".encode("latin-1"), "a\nÜber \x81", "latin-1"),
        (
            b'<meta charset="iso-8859-1">\n' + "“é”".encode("cp1252"),
            '<meta charset="iso-8859-1">\n“é”',
            "windows-1252",
        ),
        (
            b'<meta http-equiv=Content-Type content="text/html; charset=windows-1251">\n'
            + "Москва".encode("cp1251"),
            '<meta http-equiv=Content-Type content="text/html; charset=windows-1251">\nМосква',
            "windows-1251",
        ),
    ],
    ids=["windows-1252", "latin-1", "declared latin-1", "declared windows-1251"],
)
def test_other_encodings_are_read_and_told(data: bytes, text: str, name: str) -> None:
    page = page_of(data)
    assert page.text == text
    [problem] = page.problems
    assert (problem.code, problem.line) == ("encoding", 2)
    assert problem.message.endswith(name)


def test_stray_bytes_in_utf8_are_repaired_alone() -> None:
    page = page_of("São Tomé\nLuís, André".encode() + b" \x96 na\xefve \x81")
    assert page.text == "São Tomé\nLuís, André – naïve \x81"
    [problem] = page.problems
    assert (problem.code, problem.line) == ("encoding", 2)
    assert problem.message.endswith(": 3")


def test_utf16_that_was_cut_is_read_as_far_as_it_goes() -> None:
    page = page_of(TEXT.encode("utf-16")[:-1])
    assert page.text == TEXT[:-1] + "\ufffd"
    assert [problem.line for problem in page.problems] == [3]


def test_stray_bytes_cost_time_in_proportion() -> None:
    """Half a million of them; a reader that starts again at each takes hours."""
    text = page_of(("éé".encode() + b"\xe9") * 500_000).text
    assert text == "ééé" * 500_000


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "white space"),
        (b"%PDF-1.4\nstream", "a PDF document"),
        (b"PK\x03\x04rest", "a ZIP archive"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"\xff\xd8\xff\xe0", "a JPEG picture"),
        (b"{\\rtf1 SUBJECT", "an RTF document"),
        (b"SUBJECT\x00: x", "a binary file"),
        (b"\x01\x02\x03 noise", "a binary file"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, reason: str) -> None:
    aside = decoded(data)
    assert isinstance(aside, SetAside)
    assert reason in aside.reason
    assert aside.advice


def test_a_control_character_here_and_there_is_noise_and_no_binary() -> None:
    text = "1. (U) Transmission noise \x07 in an old telegram.\f\n" * 3
    assert page_of(text.encode()).text == text


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("<!DOCTYPE html><p>x", "html"),
        ("\n  <html lang='en'>", "html"),
        ("<!-- saved from a page --><b>x", "html"),
        ('<?xml version="1.0"?><TEI>', "html"),
        ("1. (U) text</p>\n<p>2.</p> and <br/> so on", "html"),
        ("SUBJECT: x < y\n1. (U) a <b and c> d", "text"),
        ("1. (U) See <a href=x>this</a>.", "text"),
        ("<<REF A>> 1. (U) x", "text"),
    ],
)
def test_markup_is_found_by_content(text: str, markup: str) -> None:
    assert page_of(text.encode()).markup == markup


def test_line_ends_stay_as_they_are() -> None:
    assert page_of(b"a\r\nb\rc\n").text == "a\r\nb\rc\n"


def test_digest_is_of_the_bytes(tmp_path: Path) -> None:
    data = TEXT.encode("utf-8-sig")
    (tmp_path / "page").write_bytes(data)
    page = read(PageFile(tmp_path / "page", "seen as"))
    assert isinstance(page, RawPage)
    assert (page.digest, page.address) == (hashlib.sha256(data).hexdigest(), "seen as")


def test_limit_counts_bytes(tmp_path: Path) -> None:
    path = tmp_path / "page"
    path.write_bytes(b"12345")
    assert isinstance(load(PageFile(path, "page"), limit=5), Content)
    aside = load(PageFile(path, "page"), limit=4)
    assert isinstance(aside, SetAside)
    assert "5 bytes, more than the 4" in aside.reason


def test_file_that_vanished_between_finding_and_reading(tmp_path: Path) -> None:
    aside = load(PageFile(tmp_path / "gone", "gone"))
    assert isinstance(aside, SetAside)
    assert "not there any more" in aside.reason
