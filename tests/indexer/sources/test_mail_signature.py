"""The signature under a mail is the mail's: chrome of its own kind, and the cable's signer is read over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.model import Cable, SegmentKind
from indexer.inputs.files import read
from indexer.inputs.finding import PageFile
from indexer.page import RawPage
from indexer.parse import parse
from indexer.sources.mail_signature import FIELD

HEADER = "UNCLAS GUANGZHOU 000413\n\nSUBJECT: THE LAMP AT THE QUAY\nTAGS: KIPR\n\n"
BODY = (
    "1. (U) The lamp was lit in the harbor on Monday.\n\n"
    "2. (U) It was dark again on Tuesday, and nobody knew why.\n"
)
CABLE = HEADER + BODY + "QUILL\n"
SENDER = (
    "Ann E. Stroop\nPolitical Officer, Embassy Cairo\nTel: +20 2 2797 3300\nstroop@example.org\n"
)


def signature(cable: Cable) -> str:
    """What was taken for a mail's signature."""
    return "".join(
        segment.text
        for segment in cable.segments
        if segment.kind is SegmentKind.CHROME and segment.field == FIELD
    )


def read_page(text: str, *, mail: bool = False) -> Cable:
    (cable,) = parse(RawPage(text, "page", "text", "0" * 64, mail=mail))
    assert "".join(segment.text for segment in cable.segments) == text
    return cable


@pytest.mark.parametrize(
    "signed",
    [
        f"-- \n{SENDER}",
        f"\n-- \n{SENDER}\n\n",
        "-- \nAnn Stroop\n",
        "-- \nAnn Stroop\nPOL/ECON\n",
        "-- \r\nAnn Stroop\r\nEmbassy Cairo\r\n",
        "-- \nDr. Ann Stroop, Jr.\n12 Garden St.\n202-555-0143\n",
        "-- \nAnn Stroop\n\nEmbassy Cairo\n\nThis email is UNCLASSIFIED, stroop@example.org\n",
    ],
)
def test_a_mails_signature_is_the_mails(signed: str) -> None:
    cable = read_page(CABLE + signed)
    assert cable.signed_by == ("QUILL",)
    assert [paragraph.text for paragraph in cable.paragraphs] == [
        "The lamp was lit in the harbor on Monday.",
        "It was dark again on Tuesday, and nobody knew why.",
    ]
    assert signature(cable).strip() == signed.strip()


def test_without_a_signer_nobody_signed() -> None:
    cable = read_page(HEADER + BODY + "\n-- \nAnn Stroop\nEmbassy Cairo\n")
    assert cable.signed_by == ()
    assert signature(cable)


def test_a_line_that_lost_its_blank_is_one_in_a_mail_only() -> None:
    text = f"{CABLE}--\n{SENDER}"
    mailed = read_page(text, mail=True)
    assert mailed.signed_by == ("QUILL",)
    assert signature(mailed) == f"--\n{SENDER}"
    assert not signature(read_page(text))
    assert "stroop@example.org" in read_page(text).paragraphs[-1].text


# What a cable has of its own: each of these lines of dashes is the cable's, and all of its words are found.
NEIGHBOURS = {
    "an empty line over the signer": "--\nQUILL\n",
    "the same, with a blank": "-- \nQUILL\n",
    "a rule": "---\nAnn Stroop\nEmbassy Cairo\n",
    "two rules": "-- --\nAnn Stroop\nEmbassy Cairo\n",
    "a title between dashes": "--\nHarbor Fees\n--\n\n3. (U) They rose.\n",
    "an item whose dashes stand alone": "-- \nPost urges the Department to act soon.\n",
    "an item that goes on": "-- \nFees at the quay, which rose in May and will\nrise again\n",
    "items above": "-- first, the fees\n\n-- \nFree Trade Now\n",
    "a dash and its item": "-- Ann Stroop, Embassy Cairo\n",
    "a long dash": "\u2014 \nAnn Stroop\nEmbassy Cairo\n",
    "a list of who was there": "--\nAnn Stroop, Ambassador\nBob Lin, DCM\n",
    "whom to ask": "--\nAnn Stroop\nstroop@example.org\n",
    "the class at the end": "-- \nUNCLASSIFIED\n",
    "the wire's end": "-- \nNNNN\n",
    "the end of a part": "-- \nEnd Summary\n",
    "a paragraph behind it": "-- \nAnn Stroop\n\n3. (U) Ann Stroop wrote this.\n",
    "a marked paragraph behind it": "-- \nAnn Stroop\n\n(U) Ann Stroop wrote this\n",
    "a number of one": "-- \n4. Ann Stroop\n",
    "items under it": "-- \nAnn Stroop\n- a pilot\n- a painter\n",
    "a word for a part": "-- \nComment\n",
    "a caption": "-- \nSIPDIS\n",
    "a long list": "-- \n" + "".join(f"Port of {name}\n" for name in "ABCDEFGHIJKL"),
    "a long line": "-- \nAnn Stroop\n" + "Embassy Cairo and the Consulate General, " * 3 + "\n",
}


# In a mail an address behind two dashes is the sender's.
_OF_A_SENDER = frozenset({"whom to ask"})


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_a_cables_own_dashes_are_its_own(name: str) -> None:
    text = HEADER + BODY + NEIGHBOURS[name]
    assert not signature(read_page(text))
    assert bool(signature(read_page(text, mail=True))) is (name in _OF_A_SENDER)


def test_blanks_at_each_lines_end_tell_nothing() -> None:
    text = (CABLE.replace("QUILL\n", "") + "--\nAnn Stroop\nBob Lin\n").replace("\n", " \n")
    cable = read_page(text)
    assert not signature(cable)
    assert "Bob Lin" in cable.paragraphs[-1].text


def test_a_signature_alone_is_none() -> None:
    text = "-- \nAnn Stroop\n\n" + HEADER + BODY
    assert not signature(read_page(text))


MAIL = (
    "From: Ann Stroop <stroop@example.org>\nTo: bob@example.org\nSubject: Fwd: a cable\n"
    "Date: Mon, 23 Mar 2009 10:12:00 +0000\nMIME-Version: 1.0\nContent-Type: {kind}\n\n"
)


IN_HTML = SENDER.replace("\n", "<br>\n")


def from_file(path: Path, data: str) -> list[Cable]:
    path.write_bytes(data.encode())
    return [
        cable
        for page in read(PageFile(path, "a"))
        if isinstance(page, RawPage)
        for cable in parse(page)
    ]


@pytest.mark.parametrize(
    "data",
    [
        MAIL.format(kind="text/plain; charset=utf-8") + f"{CABLE}-- \n{SENDER}",
        MAIL.format(kind="text/plain; charset=utf-8") + f"{CABLE}--\n{SENDER}",
        MAIL.format(kind="text/plain; format=flowed") + f"{CABLE}-- \n{SENDER}",
        MAIL.format(kind="text/plain") + "".join(f"> {line}\n" for line in f"{CABLE}-- \n{SENDER}".split("\n")),
        "From ann@example.org Mon Mar 23 10:12:00 2009\n" + MAIL.format(kind="text/plain") + f"{CABLE}--\n{SENDER}",
        MAIL.format(kind="text/html") + f"<html><body><pre>{CABLE}</pre>-- <br>{IN_HTML}</body></html>",
    ],
    ids=["mail", "blank lost", "flowed", "quoted", "mailbox", "html"],
)  # fmt: skip
def test_in_mail(tmp_path: Path, data: str) -> None:
    (cable,) = from_file(tmp_path / "x.eml", data)
    assert cable.signed_by == ("QUILL",)
    assert "Stroop" in signature(cable)
    assert not any("Stroop" in paragraph.text for paragraph in cable.paragraphs)
