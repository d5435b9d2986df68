"""From bytes to a page: what a file is, is told by its content, and every repair is said."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from indexer.inputs.files import Content, Item, decode, fingerprint, read
from indexer.inputs.finding import PageFile
from indexer.page import PassedOver, RawPage, SetAside
from indexer.runs.worker import cables_of

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
        (b"%PDF-1.4\nstream", "the PDF document is damaged"),
        (b"Rar!\x1a\x07\x00", "a RAR archive"),
        (b"LZIP\x01\x0c", "an lzip archive"),
        (b"BM\x36\x00\x0c\x00\x00\x00\x00\x00\x36", "a bitmap"),
        (b'begin 644 lamp.txt\nM4U5"2D5\n', "a uuencoded file"),
        (b"bplist00\xd1", "a Safari web archive"),
        (b"!BDN\x00", "an Outlook data file"),
        (b"%!PS-Adobe-3.0\n", "a PostScript document"),
        (b"-----BEGIN PGP MESSAGE-----\n\nSUBJECT: x\nTAGS: y\n", "an encrypted message"),
        (b"version https://git-lfs.github.com/spec/v1\noid", "Git keeps elsewhere"),
        (
            b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?><x>SUBJECT</x>',
            "office document",
        ),
        (
            b'<?xml version="1.0"?>\n<office:document xmlns="x">SUBJECT</office:document>',
            "office document",
        ),
        (b"\r\n%PDF-1.4\nstream\n%%EOF\n", "the PDF document is damaged"),
        (b"BEGIN:VCALENDAR\r\nSUBJECT: x\nTAGS: y\n", "a calendar"),
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


@pytest.mark.parametrize(
    "text",
    [
        "BM TRADING OF LIMA\nSUBJECT: x\n",
        "begin 644 things that we said\nSUBJECT: x\n",
        "-----BEGIN PGP PUBLIC KEY BLOCK-----\nSUBJECT: x\n",
        "ID 376\nSUBJECT: x\n",
        "Date: 1\nftyp\n",
        "The form is:\n%PDF-1.4\nas said above.\n",
    ],
)
def test_text_that_begins_like_another_kind_is_text(text: str) -> None:
    assert page_of(text.encode()).text == text


def test_a_line_like_no_telegram_s_is_told_with_its_number(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_bytes(b"SUBJECT: x\n" + b"lantern " * 1_400_000 + b"\nmore\n")
    [aside] = read(PageFile(file, "long.txt"))
    assert isinstance(aside, SetAside)
    assert (aside.line, aside.advice) == (2, "break it into lines")
    assert "11,200,000 characters" in aside.reason
    file.write_bytes(b"SUBJECT: x\n" + b"lantern \n" * 1_400_000)
    assert [type(item) for item in read(PageFile(file, "long.txt"))] == [RawPage]


def test_a_nul_here_and_there_is_damage_and_no_binary() -> None:
    text = (
        "1. (U) A telegram with\x00one NUL in it.\n" + "2. (U) It is read as far as it goes.\n" * 9
    )
    page = page_of(text.encode())
    assert page.text == text.replace("\0", "\ufffd")
    assert [problem.code for problem in page.problems] == ["nul"]


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


def items(path: Path, data: bytes, limit: int = 20_000_000) -> list[Item]:
    path.write_bytes(data)
    return list(read(PageFile(path, "seen as"), limit))


def test_digest_is_of_the_bytes(tmp_path: Path) -> None:
    data = TEXT.encode("utf-8-sig")
    [page] = items(tmp_path / "page", data)
    assert isinstance(page, RawPage)
    assert (page.digest, page.address) == (hashlib.sha256(data).hexdigest(), "seen as")
    assert fingerprint(PageFile(tmp_path / "page", "seen as")) == page.digest


def test_limit_counts_bytes(tmp_path: Path) -> None:
    assert isinstance(items(tmp_path / "page", b"12345", limit=5)[0], RawPage)
    [aside] = items(tmp_path / "page", b"12345", limit=4)
    assert isinstance(aside, SetAside)
    assert aside.reason == "it has more than 4 bytes, and a page may have 4"
    told = fingerprint(PageFile(tmp_path / "page", "page"), limit=4)
    assert isinstance(told, SetAside)
    assert told.reason == "the file has 5 bytes, and a page may have 4"


def test_file_that_vanished_between_finding_and_reading(tmp_path: Path) -> None:
    file = PageFile(tmp_path / "gone", "gone")
    for aside in (fingerprint(file), *read(file)):
        assert isinstance(aside, SetAside)
        assert "not there any more" in aside.reason


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_json_that_is_not_of_cables_is_named(tmp_path: Path, mark: bytes) -> None:
    [aside] = items(tmp_path / "x", mark + b'{"id": "1", "text": "SUBJECT: x"}\n' * 3)
    assert isinstance(aside, SetAside)
    assert "JSON" in aside.reason
    assert "cablegram export" in aside.advice


def test_what_a_page_quotes_makes_it_no_container(tmp_path: Path) -> None:
    """A telegram that tells of a row, of an object or of an archive is a telegram."""
    text = 'SUBJECT: x\n\n1. (U) "1","12/28/1966 18:48","66ROME1","Embassy Rome",\n{"id": "07ROME1"}\nPK\n'
    [page] = items(tmp_path / "x", text.encode())
    assert isinstance(page, RawPage)
    assert page.text == text


VOLUME = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/frus/ns/1.0">
<teiHeader><fileDesc><publicationStmt><idno type="frus">frus1969-76v00</idno></publicationStmt></fileDesc></teiHeader>
<text><body>
<div type="document" xml:id="d1"><head>1. Telegram 12 From the Embassy in Japan to the Department of State</head>
<p>1. The lanterns were lit.</p></div>
<div type="document" xml:id="d2"><head>2. Memorandum of Conversation</head><p>They met.</p></div>
<div type="document" xml:id="d3"><head>3. Telegram 13 From the Embassy in Japan to the Department of State</head>
<p>1. They went out again.</p></div>
{end}"""


def test_volume_is_taken_apart_and_what_is_no_telegram_is_counted(tmp_path: Path) -> None:
    whole = VOLUME.format(end="</body></text></TEI>")
    one, other, passed = items(tmp_path / "x", whole.encode())
    assert [each.address for each in (one, other)] == ["seen as#d1", "seen as#d3"]  # type: ignore[union-attr]
    assert passed == PassedOver("seen as", "documents that are no telegrams", 1)


def test_damage_of_a_volume_is_told(tmp_path: Path) -> None:
    *_, aside = items(tmp_path / "x", VOLUME.format(end="<div>").encode())
    assert isinstance(aside, SetAside)
    assert "the XML is damaged" in aside.reason
    assert aside.line == 10


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">',
    ],
    ids=["reads a file", "grows"],
)
def test_volume_with_entities_of_its_own_is_not_read(tmp_path: Path, declared: str) -> None:
    volume = VOLUME.format(end="</body></text></TEI>").replace(
        "<TEI", f"<!DOCTYPE TEI [{declared}]><TEI", 1
    )
    asides = items(tmp_path / "x", volume.encode())
    assert all(isinstance(aside, SetAside) for aside in asides)
    assert "entity" in asides[0].reason  # type: ignore[union-attr]


HOSTILE = {
    "entities": '<!DOCTYPE html [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">]><p>' + "&b;" * 10_000,
    "nested": "<div>" * 100_000 + "SUBJECT: x",
    "scripts": "<html><script>" + "SUBJECT: x\n1. (U) y" * 1000 + "</script><body onload=x()>",
    "attributes": "<p " + 'a="b" ' * 100_000 + ">",
    "unknown section": "<p><![x[SUBJECT: x]]></p>",
    "half of a reference": "<p>&#" + "9" * 100_000,
    "code points that are none": "<p>&#xD800;&#x110000;&#0;" * 1000,
}
# What the library that reads markup takes square time for: it is counted, and not tried.
SQUARE = {
    "tags": "<a b=" * 100_000,
    "comments": "<!--" * 100_000,
    "comments that almost end": "<!-- ->" * 100_000,
    "sections": "<![CDATA[ >" * 100_000,
    "elements": "<b>x</b>" * 200_000,
    "character references": "<p>" + "&lt;" * 1_000_001,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_page_made_to_hurt_is_read_or_set_aside(tmp_path: Path, text: str) -> None:
    [page] = items(tmp_path / "x", text.encode())
    assert isinstance(page, RawPage)
    cables = cables_of(page)
    assert isinstance(cables, SetAside)
    assert "Cablegram failed" not in cables.reason


@pytest.mark.parametrize("text", SQUARE.values(), ids=SQUARE)
def test_page_that_would_take_for_ever_is_set_aside(tmp_path: Path, text: str) -> None:
    [aside] = items(tmp_path / "x", f"<p>{text}".encode())
    assert isinstance(aside, SetAside)
    assert "markup" in aside.reason


def test_signs_of_less_in_a_page_are_no_broken_markup(tmp_path: Path) -> None:
    page = "<html><pre>" + "1. (U) Prices rose by < 3 and > 2 percent.\n" * 5_000 + "</pre>"
    assert isinstance(items(tmp_path / "x", page.encode())[0], RawPage)


def test_scripts_are_not_text(tmp_path: Path) -> None:
    page = f"<html><script>SUBJECT: Alert</script><body><pre>{HEADER}1. (U) The lamp.\n2. (U) It went out.</pre>"
    [item] = items(tmp_path / "x", page.encode())
    cables = cables_of(item)
    assert isinstance(cables, tuple)
    assert "Alert" not in "".join(segment.text for segment in cables[0].segments)


HEADER = "R 230844Z MAR 07\n\nUNCLAS GUANGZHOU 900101\n\nSUBJECT: x\n\n"
