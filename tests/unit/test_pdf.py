"""PDF documents: the text of a telegram comes out whole, and a document made to hurt is set aside."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import pytest

from indexer.inputs import pdf
from indexer.inputs.files import Content, decode
from indexer.page import RawPage, SetAside
from indexer.parse import parse

STAMP = "Declassified/Released US Department of State EO Systematic Review 30 JUN 2005"
FIRST = [
    *(STAMP, "", "Message Text", "UNCLASSIFIED", "", "PAGE 01        LA PAZ 90173  092203Z", ""),
    *(
        "R 092130Z JAN 74",
        "FM AMEMBASSY LA PAZ",
        "TO SECSTATE WASHDC 1234",
        "",
        "UNCLAS LA PAZ 90173",
    ),
    *("", "E.O. 11652: N/A", "TAGS: EAGR, BL", "SUBJ: ORCHARDS ON THE ESCARPMENT (DRY)", ""),
    *("1. THE GROWERS EXPECT HALF OF A HARVEST. THREE WELLS WERE", "PROMISED AND ONE WAS DUG.", ""),
]
SECOND = [STAMP, "UNCLASSIFIED", "", "PAGE 02        LA PAZ 90173  092203Z", "", "2. IT IS DRY."]


def document(*contents: bytes, more: bytes = b"", flate: bool = False, page: bytes = b"") -> bytes:
    """A PDF with one page for each content stream; `more` are further objects, from number 4 on."""
    objects: dict[int, bytes] = {
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>"
    }
    kids = []
    for number, content in enumerate(contents):
        at = 10 + 2 * number
        packed = zlib.compress(content, 9) if flate else content
        form = b"/Filter /FlateDecode " if flate else b""
        objects[at + 1] = b"<< %s/Length %d >>\nstream\n%s\nendstream" % (form, len(packed), packed)
        objects[at] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F 3 0 R >> %s >> >>" % (at + 1, page)
        )
        kids.append(b"%d 0 R" % at)
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[2] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    data = b"%PDF-1.4\n"
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    data += more
    start = len(data)
    data += b"xref\n0 1\n0000000000 65535 f \n"
    for number, at in sorted(places.items()):
        data += b"%d 1\n%010d 00000 n \n" % (number, at)
    return data + b"trailer\n<< /Size 10000 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start


def typed(lines: Sequence[str]) -> bytes:
    """The content of a page with these lines on it."""
    shown = [line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines]
    return (
        "BT /F 10 Tf 12 TL 40 760 Td " + " ".join(f"({line}) Tj T*" for line in shown) + " ET"
    ).encode()


def read(data: bytes) -> RawPage | SetAside:
    return decode(Content(data, "d" * 64, "telegram.pdf"))


@pytest.mark.parametrize("flate", [False, True])
def test_a_telegram_comes_out_whole(flate: bool) -> None:
    page = read(document(typed(FIRST), typed(SECOND), flate=flate))
    assert isinstance(page, RawPage)
    assert page.text == "\n".join(FIRST).rstrip() + "\n" + "\n".join(SECOND) + "\n"
    assert (page.digest, page.markup, page.problems) == ("d" * 64, "text", ())
    [cable] = parse(page)
    assert (cable.id, cable.source) == ("1974LAPAZ90173", "nara")
    assert cable.subject == "ORCHARDS ON THE ESCARPMENT (DRY)"
    assert [paragraph.number for paragraph in cable.paragraphs] == [1, 2]
    assert cable.paragraphs[0].text.endswith("PROMISED AND ONE WAS DUG.")
    assert "".join(segment.text for segment in cable.segments) == page.text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (typed(["a", "b", "c", "", "d", "", "", "e"]), "a\nb\nc\n\nd\n\n\ne\n"),
        (typed(["a", "", "b", "", "c", "", "d"]), "a\nb\nc\nd\n"),
        (typed(["a", *[""] * 20, "b", "c", "d"]), "a\n\n\n\nb\nc\nd\n"),
        (
            b"BT /F 1 Tf 10 0 0 10 40 700 Tm (a) Tj 10 0 0 10 40 688 Tm (b) Tj"
            b" 10 0 0 10 40 664 Tm (c) Tj ET",
            "a\nb\n\nc\n",
        ),
        (
            b".5 0 0 .5 0 0 cm BT /F 20 Tf 40 700 Td (a) Tj 0 -24 Td (b) Tj 0 -48 Td (c) Tj ET",
            "a\nb\n\nc\n",
        ),
        (
            b"BT /F 10 Tf 40 700 Td (a) Tj 0 -12 Td (b) Tj 300 12 Td (c) Tj 0 -12 Td (d) Tj ET",
            "a\nb\nc\nd\n",
        ),
    ],
    ids=["gaps", "double spacing", "a large gap", "scaled letters", "a scaled page", "columns"],
)
def test_gaps_are_empty_lines(content: bytes, text: str) -> None:
    page = read(document(content))
    assert isinstance(page, RawPage)
    assert page.text == text


def test_a_document_of_pictures_is_named() -> None:
    aside = read(document(b"q 1 0 0 1 0 0 cm Q"))
    assert isinstance(aside, SetAside)
    assert "no text" in aside.reason
    assert "OCR" in aside.advice


def test_a_document_without_the_library_is_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf.importlib.util, "find_spec", lambda name: None)
    aside = read(document(typed(FIRST)))
    assert isinstance(aside, SetAside)
    assert "not installed" in aside.reason
    assert "cablegram[pdf]" in aside.advice


def test_a_document_that_is_not_quite_sound_is_read_and_told() -> None:
    whole = document(typed(FIRST), typed(SECOND))
    page = read(whole.replace(b"startxref\n", b"startxref\n1"))
    assert isinstance(page, RawPage)
    assert "IT IS DRY" in page.text
    [problem] = page.problems
    assert problem.code == "pdf-damaged"


def test_what_the_library_warns_of_is_not_printed(capfd: pytest.CaptureFixture[str]) -> None:
    whole = document(typed(FIRST), typed(SECOND))
    for cut in range(9, len(whole), 97):
        read(whole[:cut] + b"\n%%EOF\n")
    assert capfd.readouterr() == ("", "")


def test_documents_cut_anywhere_are_read_or_set_aside() -> None:
    whole = document(typed(FIRST), typed(SECOND), flate=True)
    for cut in range(6, len(whole), 31):
        found = read(whole[:cut])
        assert isinstance(found, RawPage | SetAside)


FORM = (
    b"%d 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 1 1]"
    b" /Resources << /XObject << /X %d 0 R >> >> /Length %d >>\nstream\n%s\nendstream\nendobj\n"
)


def test_forms_that_draw_each_other_many_times_are_bounded() -> None:
    """Ten forms, each drawing the next one ten times: ten thousand million in all."""
    forms = b"".join(FORM % (100 + n, 101 + n, 60, b"/X Do\n" * 10) for n in range(10))
    page = b"/XObject << /X 100 0 R >>"
    found = read(document(b"/X Do\n" * 10, more=forms, page=page))
    assert isinstance(found, SetAside)


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b"q " * 300_000,
        b"(" * 100_000,
        b"<<" * 100_000,
        b"BT " + b"(x) Tj " * 100_000,
        b" " * 60_000_000,
    ],
    ids=["arrays", "states", "strings", "dictionaries", "texts", "blanks"],
)
@pytest.mark.no_cover
def test_pages_made_to_hurt_are_read_or_set_aside(content: bytes) -> None:
    found = read(document(content, flate=True))
    assert isinstance(found, RawPage | SetAside)


def test_too_many_pages_are_set_aside() -> None:
    found = read(document(*[b"BT ET"] * 2_001))
    assert isinstance(found, SetAside)
    assert "more than 2,000" in found.reason or "damaged" in found.reason


def test_a_document_with_a_password_is_named() -> None:
    encrypt = b"4 0 obj\n<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>\nendobj\n" % (
        b"00" * 32,
        b"11" * 32,
    )
    data = document(typed(FIRST), more=encrypt)
    data = data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 4 0 R /ID [<00> <00>]")
    data = data.replace(b"10 1\n", b"4 1\n%010d 00000 n \n10 1\n" % data.index(b"4 0 obj"), 1)
    aside = read(data)
    assert isinstance(aside, SetAside)
    assert "password" in aside.reason
