"""Mail: the cable is the body's or an attachment's, and the mail's own headers are never part of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from wrapping import mail, mail_with, mailbox, mhtml, zipped

from indexer.inputs import mail_parts
from indexer.inputs.files import Item, read
from indexer.inputs.finding import PageFile
from indexer.page import PassedOver, RawPage, SetAside
from indexer.runs.worker import cables_of

Inside = Callable[..., list[Item]]

CABLE = (
    "SUBJECT: The lamp\nTAGS: KIPR\n\n1. (U) It was lit in the harbor on Monday.\n\n"
    " - one of the quays\n\nFrom the tower it could be seen. São Tomé.\n\n2. (U) It was dark.\n"
)
HEADERS = (
    "From: Ann Quill <ann@example.org>\nTo: bob@example.org\nSubject: Fwd: a cable\n"
    "Date: Mon, 23 Mar 2009 10:12:00 +0000\n"
)
PLAIN = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8"
NO_CABLE = PassedOver("a", "pages without a cable")


@pytest.fixture
def inside(tmp_path: Path) -> Inside:
    def of(data: bytes | str) -> list[Item]:
        path = tmp_path / "file"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return list(read(PageFile(path, "a")))

    return of


def texts(items: list[Item]) -> list[tuple[str, str]]:
    return [(item.address, item.text) for item in items if isinstance(item, RawPage)]


def stuffed(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(
        f" {line}" if line[:5] == "From " or line[:1] == " " else line for line in lines
    )


FORWARDED = "From: Bob\nSent: Monday, March 23, 2009 10:12 AM\nTo: Ann\nSubject: RE: a cable\n\n"


@pytest.mark.parametrize(
    "written",
    [
        f"{HEADERS}{PLAIN}\n\n{CABLE}",
        f"{HEADERS}\n{CABLE}",
        f"Received: from a\n by b; x\nMessage-ID: <1@b>\nfrom: ann\n\n{CABLE}",
        f"{HEADERS}{PLAIN}\n\n{CABLE}".replace("\n", "\r\n"),
        f"{HEADERS}{PLAIN}; format=flowed\n\n{stuffed(CABLE)}",
        f"{HEADERS}{PLAIN[:-5]}unknown-8bit\n\n{CABLE}",
        f"{HEADERS}\n" + "".join(f"> {line}\n" for line in CABLE.splitlines()),
        f"{HEADERS}\n" + "".join(f">> {line}\n" for line in CABLE.splitlines()),
        f"{HEADERS}\n---------- Forwarded message ---------\n{HEADERS}\n\n{CABLE}",
        f"{HEADERS}\nBegin forwarded message:\n\n{FORWARDED}{CABLE}",
        f"{HEADERS}\n*From:* Bob\n*Sent:* Monday\n*To:* Ann\n*Subject:* x\n\n{CABLE}",
        FORWARDED + CABLE,
        FORWARDED.replace(": ", ":\t") + CABLE,
        f"{len(HEADERS.encode()) + len(CABLE.encode()) + 1}\n{HEADERS}\n{CABLE}<?xml version='1.0'?>",
    ],
    ids=[
        *("plain", "bare", "received", "crlf", "flowed", "unknown charset", "quoted"),
        *(
            "quoted twice",
            "forwarded",
            "begin forwarded",
            "bold headers",
            "outlook",
            "tabs",
            "emlx",
        ),
    ],
)
def test_the_body_is_the_page(inside: Inside, written: str) -> None:
    [(address, text)] = texts(inside(written))
    assert address == "a"
    assert text.strip("\n") == CABLE.strip("\n")


@pytest.mark.parametrize(
    "page",
    [
        "From: AMEMBASSY ANKARA\nTo: SECSTATE\nDate: 2003-10-17\nSubject: A LAMP\nTAGS: KIPR\n\n1. (U) x\n",
        "FROM AMEMBASSY ANKARA\nTO SECSTATE WASHDC\nSUBJECT: A LAMP\n\n1. (U) x\n",
        "From the embassy on Mon Mar 23 we heard of it in 2009\nSUBJECT: A LAMP\n\n1. (U) x\n",
        "MRN: 13 BAMAKO 1043\nDate/DTG: Sep 06, 2013\nFrom: AMEMBASSY BAMAKO\nAction: WASHDC\n\n1. (U) x\n",
        CABLE,
    ],
)
def test_a_page_that_begins_like_a_mail_is_no_mail(inside: Inside, page: str) -> None:
    assert texts(inside(page)) == [("a", page)]


def test_a_note_over_a_forwarded_cable_is_counted(inside: Inside) -> None:
    note, cable = inside(
        f"{HEADERS}\nHi,\nsee below.\n\n-----Original Message-----\n{FORWARDED}{CABLE}"
    )
    assert cables_of(note) == NO_CABLE
    assert isinstance(cable, RawPage)
    assert cable.text == CABLE


def test_attachments_are_read_like_files(inside: Inside) -> None:
    message = mail()
    for name, data in (
        ("café.txt", CABLE.encode()),
        ("x.zip", zipped({"in.txt": CABLE.encode()})),
        ("notes.md", b"# **Lamps**\n"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100),
        ("logo.png", b"\x89PNG\r\n\x1a\n"),
    ):
        kind = ("image", "png") if name == "logo.png" else ("application", "octet-stream")
        message.add_attachment(data, maintype=kind[0], subtype=kind[1], filename=name)
    items = inside(message.as_bytes())
    assert texts(items) == [
        ("a", "See the cable that is attached.\n"),
        ("a/café.txt", CABLE),
        ("a/x.zip/in.txt", CABLE),
        ("a/notes.md", "Lamps\n"),
    ]
    assert cables_of(items[0]) == NO_CABLE
    [aside] = [item for item in items if isinstance(item, SetAside)]
    assert aside.address == "a/old.doc"
    assert PassedOver("a", "parts of mail that are no pages") in items


def test_a_mail_without_a_cable_is_set_aside_if_it_is_all_there_is(inside: Inside) -> None:
    [page] = inside(f"{HEADERS}\nLunch?\n")
    assert isinstance(cables_of(page), SetAside)


def test_a_mail_in_a_mail(inside: Inside) -> None:
    message = mail("fyi\n")
    message.add_attachment(mail(CABLE))
    assert texts(inside(message.as_bytes()))[1] == ("a", CABLE)


@pytest.mark.parametrize(("plain", "kept"), [(CABLE, CABLE), ("See the HTML.\n", "<pre>")])
def test_of_two_forms_of_a_text_the_whole_one_is_read(
    inside: Inside, plain: str, kept: str
) -> None:
    message = mail(plain)
    message.add_alternative(f"<html><pre>{CABLE}</pre></html>", subtype="html")
    items = inside(message.as_bytes())
    [(_, text)] = texts(items)
    assert kept in text
    assert items[-1] == PassedOver("a", "other forms of the same mail")


def test_a_mailbox_is_its_messages(inside: Inside) -> None:
    moved = CABLE.replace("\nFrom", "\n>From").encode()
    first = HEADERS.encode() + b"\n" + moved
    items = inside(
        mailbox(
            first, mail_with("b.txt", CABLE.encode(), "text/plain"), HEADERS.encode() + b"\nhi\n"
        )
    )
    assert [address for address, _ in texts(items)] == [
        *("a:message 1", "a:message 2", "a:message 2/b.txt", "a:message 3"),
    ]
    assert texts(items)[0][1].strip("\n") == CABLE.strip("\n")
    assert [cables_of(items[number]) for number in (1, 3)] == [NO_CABLE] * 2


def test_messages_are_bounded(inside: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_parts, "MOST_BYTES", 10_000)
    large = mail_with("x.txt", b"x" * 20_000, "text/plain")
    whole, aside, last = inside(mailbox(mail(CABLE).as_bytes(), large, mail(CABLE).as_bytes()))
    assert isinstance(aside, SetAside)
    assert "more than 10,000 bytes" in aside.reason
    assert isinstance(whole, RawPage)
    assert isinstance(last, RawPage)
    [aside] = inside(large)
    assert isinstance(aside, SetAside)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (
            "".join(
                f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n"
                for n in range(3_000)
            ),
            "each other",
        ),
        (
            "".join(
                f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(40)
            )
            + "--b40\n\nx\n",
            "too deep",
        ),
        ("--b0\n\nx\n" * 100_001, "more than 100,000 parts"),
    ],
)
def test_mails_made_to_hurt_are_set_aside(inside: Inside, body: str, reason: str) -> None:
    head = f"{HEADERS}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b0\n\n"
    aside = next(item for item in inside(head + body) if isinstance(item, SetAside))
    assert reason in aside.reason


def test_cost_is_in_proportion_to_the_length(inside: Inside) -> None:
    head = f"{HEADERS}MIME-Version: 1.0\nContent-Type: text/html\n\n"
    for piece in ("<", "from:", "> ", "\nfrom: a", "\n ", "-- original message", "--b\n"):
        inside(head + piece * 90_000)
        message = mail(piece * 9_000)
        message.add_alternative(piece * 9_000, subtype="html")
        inside(message.as_bytes())


def test_a_sealed_mail_is_named(inside: Inside) -> None:
    [aside] = inside(f"{HEADERS}MIME-Version: 1.0\nContent-Type: application/pkcs7-mime\n\nAAAA\n")
    assert isinstance(aside, SetAside)
    assert "encrypted" in aside.reason


def test_a_saved_page_has_its_address_and_its_frames_are_counted(inside: Inside) -> None:
    page = f"<html><pre>{CABLE}</pre></html>".encode()
    items = inside(mhtml(page, "http://example.org/x", more=[("text/html", b"<p>An advert</p>")]))
    whole, frame, rest = items
    assert isinstance(whole, RawPage)
    assert (whole.text, whole.url, whole.among) == (page.decode(), "http://example.org/x", "")
    assert cables_of(frame) == NO_CABLE
    assert rest == PassedOver("a", "parts of mail that are no pages", 2)


def test_a_saved_page_without_a_cable_is_set_aside(inside: Inside) -> None:
    assert isinstance(cables_of(inside(mhtml(b"<p>Opening hours</p>"))[0]), SetAside)


GMAIL = (
    "<div>see below<br><br><div class=gmail_quote><div class=gmail_attr>---------- Forwarded message ---------<br>"
    "From: <strong>Bob</strong> &lt;<a href=mailto:b@example.org>b@example.org</a>&gt;<br>"
    "Date: Mon, Mar 23, 2009<br>Subject: RE: a cable<br>To: Ann<br></div><br><br>{}</div></div>"
)
OUTLOOK = (
    "<p>FYI</p><div><p><b><span>From:</span></b><span> Bob <br><b>Sent:</b> Monday<br><b>To:</b> Ann<br>"
    "<b>Subject:</b> RE: a cable<o:p></o:p></span></p></div>{}"
)


@pytest.mark.parametrize("form", [GMAIL, OUTLOOK], ids=["gmail", "outlook"])
def test_a_message_forwarded_in_html_is_read_without_its_headers(inside: Inside, form: str) -> None:
    message = mail()
    message.set_content(form.format(CABLE.replace("\n", "<br>\n")), subtype="html")
    note, cable = inside(message.as_bytes())
    assert cables_of(note) == NO_CABLE
    assert isinstance(cable, RawPage)
    [one] = cables_of(cable)
    assert (one.subject, len(one.paragraphs)) == ("The lamp", 2)


def test_other_html_stays_html(inside: Inside) -> None:
    page = f"<html><pre>From: AMEMBASSY ANKARA\n{CABLE}</pre></html>\n"
    message = mail()
    message.set_content(page, subtype="html", cte="8bit")
    assert texts(inside(message.as_bytes())) == [("a", page)]
