"""PDF documents: the text of a telegram comes out whole, and a document made to hurt is set aside."""

from __future__ import annotations

import io
import shutil
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from indexer.inputs import ocr, pdf
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


ROWS = (
    ("SUBJECT:", "WHEAT", "HARVEST", "IN", "THE", "NORTH"),
    ("1.", "(U)", "The", "wheat", "harvest", "was", "good."),
    ("It", "was", "late."),
)
LINES = "".join(" ".join(row) + "\n" for row in ROWS)


def word_by_word(form: str, width: float = 5.0) -> bytes:
    """The content of a page whose words are placed one by one, in PDF's words for each: `{x}`, `{y}`, `{w}`."""
    placed = []
    for number, row in enumerate(ROWS):
        x = 60.0
        for word in row:
            shown = word.replace("(", r"\(").replace(")", r"\)")
            # A scan is never quite straight.
            y = 700 - 12 * number + x / 500
            placed.append(form.replace("{x}", f"{x}").replace("{y}", f"{y}").replace("{w}", shown))
            x += len(word) * width + width
    return "\n".join(placed).encode()


@pytest.mark.parametrize("width", [5.0, 2.4], ids=["wide", "narrow"])
@pytest.mark.parametrize(
    "form",
    [
        "BT 3 Tr 1 0 0 1 {x} {y} Tm 50 Tz /F 8 Tf 9.6 TL ({w}) Tj T* ET",
        "BT 3 Tr 1 0 0 1 {x} {y} Tm 50 Tz /F 8 Tf ({w}) Tj ET",
        "BT 3 Tr 1 0 0 1 {x} {y} Tm 50 Tz /F 8 Tf ({w} ) Tj ET",
        "q 1 0 0 1 {x} {y} cm BT 50 Tz /F 8 Tf ({w}) Tj ET Q",
        "BT 3 Tr /F 8 Tf {x} {y} Td ({w}) Tj ET",
    ],
    ids=["hocr-pdf", "squeezed", "with blanks", "moved page", "moved line"],
)
def test_words_that_are_placed_one_by_one_stand_on_their_lines(form: str, width: float) -> None:
    page = read(document(word_by_word(form, width)))
    assert isinstance(page, RawPage)
    assert [line.rstrip() for line in page.text.splitlines()] == LINES.splitlines()
    unseen = [problem.code for problem in page.problems]
    assert unseen == (["ocr"] if "3 Tr" in form else [])


@pytest.mark.parametrize(
    ("content", "text"),
    [
        # Letters placed one by one are no words, a raised number is no line, a column begins a line of its own.
        (
            b"".join(
                b"BT /F 8 Tf %d 700 Td (%c) Tj ET " % (60 + 4.8 * at, letter)
                for at, letter in enumerate(b"HARVEST")
            ),
            "HARVEST\n",
        ),
        (
            b"BT /F 10 Tf 12 TL 40 700 Td (It was lit) Tj 3 Ts (2) Tj 0 Ts T* (once.) Tj ET",
            "It was lit2\nonce.\n",
        ),
        (typed(["one two", "three", "four"]), "one two\nthree\nfour\n"),
    ],
    ids=["letters", "raised", "plain"],
)
def test_other_pages_stay_as_they_are(content: bytes, text: str) -> None:
    page = read(document(content))
    assert isinstance(page, RawPage)
    assert (page.text, page.problems) == (text, ())


@pytest.fixture
def no_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr.shutil, "which", lambda name: None)


def test_a_document_of_pictures_is_named(no_tesseract: None) -> None:
    aside = read(document(b"q 1 0 0 1 0 0 cm Q"))
    assert isinstance(aside, SetAside)
    assert "no text" in aside.reason
    assert "install the program tesseract" in aside.advice
    assert "cablegram[ocr]" in aside.advice


def test_a_text_without_letters_is_none(no_tesseract: None) -> None:
    """What hocr-pdf writes with a font that does not say its letters."""
    hidden = b"BT 3 Tr /F 8 Tf 9.6 TL 60 700 Td (\\000\\000\\000\\000) Tj T* (\\000\\000) Tj ET"
    aside = read(document(hidden))
    assert isinstance(aside, SetAside)
    assert "does not say which letters" in aside.reason


def fake_tesseract(folder: Path, rows: Sequence[str], code: int = 0) -> str:
    """A program that says what tesseract would say of each picture."""
    names = "level page_num block_num par_num line_num word_num left top width height conf text"
    (folder / "said").write_text(
        "\n".join(["\t".join(names.split()), *rows]) + "\n", encoding="utf-8"
    )
    program = folder / "tesseract"
    program.write_text(
        f'#!/bin/sh\necho "no such language" >&2\ncat "{folder}/said"\nexit {code}\n'
    )
    program.chmod(0o755)
    return str(program)


def seen(place: str, top: int, *words: tuple[str, float]) -> list[str]:
    """The rows of a line: itself, and its words with how sure each is."""
    where = f"1\t{place.replace(' ', chr(9))}"
    line = f"4\t{where}\t0\t10\t{top}\t100\t20\t-1\t"
    return [line, *(f"5\t{where}\t1\t10\t{top}\t50\t20\t{sure}\t{word}" for word, sure in words)]


def test_pictures_are_recognised_and_what_is_unsure_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        *seen("1 1 1", 100, ("SUBJECT:", 96), ("Lamps", 94)),
        *seen("2 1 1", 180, ("1.", 90), ("(U)", 50), ("lt", 40)),
        # In an order of its own: this line stands between two others.
        *seen("2 1 3", 240, ("dark.", 60)),
        *seen("3 1 1", 210, ("was", 60), ('"lit', 60)),
        *seen("4 1 1", 270, (" ", 0)),
    ]
    program = fake_tesseract(tmp_path, rows)
    monkeypatch.setattr(ocr.shutil, "which", lambda name: program)
    page = read(document(b"q Q"))
    assert isinstance(page, RawPage)
    assert page.text == 'SUBJECT: Lamps\n\n1. (U) lt\nwas "lit\ndark.\n'
    assert [(problem.code, problem.line) for problem in page.problems] == [
        ("ocr", None),
        ("ocr-unsure", 3),
    ]
    assert "69% confidence" in page.problems[0].message
    assert page.problems[1].message == "lines 3 to 5: recognised with 60% confidence"


@pytest.mark.parametrize(
    ("rows", "code", "reason"), [([], 1, "no such language"), ([], 0, "no text was recognised")]
)
def test_pictures_that_are_not_recognised_are_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: list[str], code: int, reason: str
) -> None:
    program = fake_tesseract(tmp_path, rows, code)
    monkeypatch.setattr(ocr.shutil, "which", lambda name: program)
    aside = read(document(b"q Q"))
    assert isinstance(aside, SetAside)
    assert reason in aside.reason


def test_posters_and_whole_books_are_not_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr.shutil, "which", lambda name: "tesseract")
    large = document(b"q Q").replace(b"[0 0 612 792]", b"[0 0 9612 9792]")
    monkeypatch.setattr(ocr, "_MOST_PAGES", 2)
    for data, reason in ((large, "points large"), (document(*[b"q Q"] * 3), "3 pages")):
        aside = read(data)
        assert isinstance(aside, SetAside)
        assert reason in aside.reason


def test_a_scan_is_read_by_tesseract() -> None:
    """A page drawn in large letters; the words are all that is asked for."""
    assert shutil.which("tesseract"), "tesseract is not installed: scripts/tesseract does it"
    lines = ["SUBJECT: THE LAMP", "1. IT WAS LIT IN THE HARBOR."]
    picture = document(typed(lines).replace(b"/F 10 Tf 12 TL", b"7 Tr /F 24 Tf 40 TL"))
    assert isinstance(read(picture), RawPage)  # its text lies unseen over nothing
    drawn = Image.new("L", (1_700, 700), 255)
    pen = ImageDraw.Draw(drawn)
    for number, line in enumerate(lines):
        pen.text((100, 100 + 120 * number), line, fill=0, font=ImageFont.load_default(64))
    data = io.BytesIO()
    drawn.save(data, "PDF", resolution=200)
    page = read(data.getvalue())
    assert isinstance(page, RawPage)
    assert {"SUBJECT:", "LAMP", "HARBOR."} <= set(page.text.split())
    assert page.problems[0].code == "ocr"


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
