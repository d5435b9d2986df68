"""Documents of office programs: a line for each paragraph, with the numbers that the program counts."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from wrapping import docx, mail_with, zipped
from wrapping import docx_paragraph as p

from indexer.inputs import containers
from indexer.inputs.files import Item
from indexer.page import RawPage, SetAside
from indexer.runs.worker import cables_of

Inside = Callable[[bytes], list[Item]]

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = b"<Types/>"
LONG = "The lamp was lit in the harbor on Monday, and it could be seen from the tower, from the quay and from the sea. "


def text_of(items: list[Item]) -> str:
    [page] = items
    assert isinstance(page, RawPage), page
    return page.text


def test_paragraphs_are_lines_and_long_ones_stand_by_themselves(inside: Inside) -> None:
    body = (
        p("SUBJECT: The lamp")
        + p("TAGS: KIPR")
        + p("")
        + p(f"1. {LONG}")
        + p(f"2. {LONG}")
        + p("NNNN")
    )
    expected = f"SUBJECT: The lamp\nTAGS: KIPR\n\n1. {LONG.strip()}\n\n2. {LONG.strip()}\n\nNNNN\n"
    assert text_of(inside(docx(body))) == expected


@pytest.mark.parametrize(
    ("run", "text"),
    [
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", "a\tb"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:t>c</w:t></w:r>", "a\nb\nc"),
        ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/></w:r>", "a-b"),
        (
            "<w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>",
            "new",
        ),
        (
            "<w:moveFrom><w:r><w:t>x</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>y</w:t></w:r></w:moveTo>",
            "y",
        ),
        ("<w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink>", "link"),
        ("<w:sdt><w:sdtContent><w:r><w:t>field</w:t></w:r></w:sdtContent></w:sdt>", "field"),
        ("<w:smartTag><w:r><w:t>Lima</w:t></w:r></w:smartTag>", "Lima"),
        ("<w:fldSimple w:instr='PAGE'><w:r><w:t>7</w:t></w:r></w:fldSimple>", "7"),
        ("<w:r><w:instrText>PAGE</w:instrText><w:t>7</w:t></w:r>", "7"),
        ("<w:r><w:sym w:font='Symbol' w:char='F0B7'/><w:t>x</w:t></w:r>", "·x"),
        ("<w:r><w:t>&#233;</w:t></w:r>", "é"),
    ],
)
def test_everything_that_is_seen_is_text(inside: Inside, run: str, text: str) -> None:
    assert (
        text_of(
            inside(docx(f"<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>{run}</w:p>"))
        )
        == f"{text}\n"
    )


def test_a_text_box_is_read_once(inside: Inside) -> None:
    box = "<w:txbxContent>" + p("boxed") + "</w:txbxContent>"
    body = (
        "<w:p><w:r><mc:AlternateContent xmlns:mc='m'><mc:Choice>"
        + box
        + "</mc:Choice><mc:Fallback>"
        "<w:pict>"
        + box
        + "</w:pict></mc:Fallback></mc:AlternateContent><w:t>around</w:t></w:r></w:p>"
    )
    assert text_of(inside(docx(body))) == "boxed\naround\n"


NUMBERING = (
    "<w:abstractNum w:abstractNumId='5'>"
    "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='(%2)'/></w:lvl>"
    "<w:lvl w:ilvl='2'><w:numFmt w:val='bullet'/><w:lvlText w:val='o'/></w:lvl></w:abstractNum>"
    "<w:num w:numId='2'><w:abstractNumId w:val='5'/></w:num>"
)


def counts(level: int, number: int = 2) -> str:
    return f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{number}'/></w:numPr>"


def test_numbers_that_word_counts_are_written(inside: Inside) -> None:
    body = "".join(
        [
            *(
                p("(U) one", counts(0)),
                p("(U) two", counts(0)),
                p("first", counts(1)),
                p("second", counts(1)),
            ),
            *(
                p("dot", counts(2)),
                p("between"),
                p("three", "<w:pStyle w:val='Para'/>"),
                p("again", counts(1)),
            ),
            *(p("off", "<w:pStyle w:val='Para'/>" + counts(0, 0)), p("", counts(0))),
        ]
    )
    styles = f"<w:style w:styleId='Para'><w:pPr>{counts(0)}</w:pPr></w:style>"
    text = text_of(inside(docx(body, numbering=NUMBERING, styles=styles)))
    expected = "1. (U) one|2. (U) two|(a) first|(b) second|- dot|between|3. three|(a) again|off|"
    assert text.rstrip("\n").split("\n") == expected.rstrip("|").split("|")


def test_rows_of_a_table_are_lines_and_notes_stand_at_the_end(inside: Inside) -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"

    body = f"<w:tbl>{row(p('Oil'), p('2 francs'))}{row(p('a') + p('b'), p('c'))}</w:tbl>"
    body += "<w:p><w:r><w:t>Lit</w:t><w:footnoteReference w:id='2'/></w:r></w:p>"
    notes = (
        "<w:footnote w:type='separator' w:id='0'><w:p/></w:footnote>"
        "<w:footnote w:id='2'><w:p><w:r><w:footnoteRef/><w:t> On Monday</w:t></w:r></w:p></w:footnote>"
    )
    text = text_of(inside(docx(body, footnotes=notes)))
    assert text == "Oil  2 francs\na\nb\nc\nLit[2]\n\n\n[2] On Monday\n"


ODT = (
    '<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:style="s">'
    "<office:automatic-styles><text:list-style style:name='L1'><text:list-level-style-number text:level='1'"
    " style:num-format='1' style:num-suffix='.'/><text:list-level-style-number text:level='2'"
    " style:num-format='a' style:num-suffix=')'/></text:list-style></office:automatic-styles>"
    "<office:body><office:text>{}</office:text></office:body></office:document-content>"
)


def odt(body: str) -> bytes:
    kind = b"application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": kind, "content.xml": ODT.format(body).encode()}, zipfile.ZIP_STORED)


def item(text: str, more: str = "") -> str:
    return f"<text:list-item><text:p>{text}</text:p>{more}</text:list-item>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            "<text:h>SUMMARY</text:h><text:p>a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d</text:p>",
            "SUMMARY\na   b\tc\nd",
        ),
        ("<text:p>It <text:span>was</text:span> <text:a>lit</text:a></text:p>", "It was lit"),
        (
            "<text:list text:style-name='L1'>"
            + item("one")
            + item("two", f"<text:list>{item('inner')}</text:list><text:p>goes on</text:p>")
            + "</text:list><text:p>between</text:p><text:list text:style-name='L1'>"
            + item("one")
            + "</text:list>",
            "1. one\n2. two\na) inner\ngoes on\nbetween\n1. one",
        ),
        (
            "<text:tracked-changes><text:p>old</text:p></text:tracked-changes><text:p>new</text:p>",
            "new",
        ),
        ("<text:p>x<office:annotation><text:p>mine</text:p></office:annotation>y</text:p>", "xy"),
        (
            "<text:p>Lit<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            "<text:p>On Monday</text:p></text:note-body></text:note>.</text:p>",
            "Lit[1].\n\nOn Monday",
        ),
        (
            "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
            "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>",
            "a  b",
        ),
    ],
)
def test_opendocument(inside: Inside, body: str, text: str) -> None:
    assert text_of(inside(odt(body))) == f"{text}\n"


@pytest.mark.parametrize(
    "make",
    [
        lambda lines: docx("".join(map(p, lines))),
        lambda lines: odt(
            "".join(
                f"<text:p>{line.replace('  ', '<text:s/><text:s/>')}</text:p>" for line in lines
            )
        ),
    ],
)
def test_a_telegram_is_the_same_cable(
    inside: Inside, root: Path, make: Callable[..., bytes]
) -> None:
    page = root / "corpus/samples/telegrams/03ANKARA900030.txt"
    lines = page.read_text(encoding="utf-8").splitlines()
    [alone] = cables_of(*inside(page.read_bytes()))
    for data in (make(lines), mail_with("cable.docx", make(lines), "application/octet-stream")):
        found = [each for each in map(cables_of, inside(data)) if isinstance(each, tuple)]
        [cable] = found[0]
        assert (cable.id, cable.subject, cable.tags) == (alone.id, alone.subject, alone.tags)
        assert cable.paragraphs == alone.paragraphs


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (docx("<w:p>"), "damaged"),
        (docx(""), "has no text"),
        (docx("<w:p>" * 300 + "</w:p>" * 300), "too deep"),
        (
            zipped(
                {
                    "[Content_Types].xml": TYPES,
                    "word/document.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
                }
            ),
            "entity",
        ),
    ],
)
def test_documents_that_are_broken_or_made_to_hurt_are_set_aside(
    inside: Inside, data: bytes, reason: str
) -> None:
    [aside] = inside(data)
    assert isinstance(aside, SetAside)
    assert reason in aside.reason


def test_a_document_that_grows_to_a_mountain_is_stopped(
    inside: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(containers, "FREE_BYTES", 1_000_000)
    [aside] = inside(docx(p("x" * 8_000_000)))
    assert isinstance(aside, SetAside)
    assert "come out of it" in aside.reason


def test_documents_with_any_byte_changed_are_read_or_set_aside(inside: Inside) -> None:
    whole = docx(p("SUBJECT: The lamp") + p("1. (U) It was lit."), numbering=NUMBERING)
    for at in range(0, len(whole), 7):
        data = bytearray(whole)
        data[at] ^= 0x55
        for found in inside(bytes(data)):
            assert isinstance(found, RawPage | SetAside)


def test_a_document_that_lost_its_end_is_not_taken_apart(inside: Inside) -> None:
    whole = docx(p("SUBJECT: The lamp") + p("TAGS: KIPR"))
    [aside] = inside(whole[: whole.index(b"PK\x01\x02")])
    assert isinstance(aside, SetAside)
    assert "no part of it was read" in aside.reason
