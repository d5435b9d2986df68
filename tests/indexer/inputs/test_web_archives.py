"""Web archives: each page with its address and date, everything else counted, and never much in memory."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli
import pytest
from measuring import measuring
from wrapping import (
    STAMP,
    URL,
    Capture,
    mail_with,
    mailbox,
    mhtml,
    wacz,
    warc,
    zipped,
    zst,
)

from corpus.cable_json import cable_to_json
from corpus.model import Cable
from indexer.inputs import containers
from indexer.inputs.files import Item, read
from indexer.inputs.finding import PageFile
from indexer.page import PassedOver, RawPage, SetAside
from indexer.runs.worker import cables_of

Inside = Callable[..., list[Item]]

PAGE = b"<html><body><pre>SUBJECT: The lamp\nTAGS: KIPR\n\n1. (U) It was lit.\n</pre></body></html>"
OTHER = b"<html><body><p>Opening hours: nine to five</p></body></html>"
HTML = ("Content-Type", "text/html")


@pytest.fixture
def inside(tmp_path: Path) -> Inside:
    def of(data: bytes, name: str = "a") -> list[Item]:
        path = tmp_path / "file"
        path.write_bytes(data)
        return list(read(PageFile(path, name)))

    return of


def texts(items: list[Item]) -> list[str]:
    return [item.text for item in items if isinstance(item, RawPage)]


def said(items: list[Item]) -> list[str]:
    return [str(item) for item in items if not isinstance(item, RawPage)]


@pytest.mark.parametrize("packed", [False, True], ids=["warc", "warc.gz"])
def test_a_page_has_its_address_on_the_web_and_the_date_of_its_capture(
    inside: Inside, packed: bool
) -> None:
    [page] = inside(warc(PAGE, packed=packed))
    assert isinstance(page, RawPage)
    assert (page.text, page.url) == (PAGE.decode(), URL)
    assert page.address == f"a/{STAMP}/{URL}"
    found = cables_of(page)
    assert isinstance(found, tuple)
    assert (found[0].url, found[0].address) == (URL, page.address)


def test_captures_that_are_no_pages_are_counted(inside: Inside) -> None:
    items = inside(
        warc(
            Capture(b"<html>Not found</html>", status="404 Not Found"),
            Capture(b"", status="301 Moved Permanently"),
            Capture(b"<html>Not found</html>", status="404 Not Found"),
            PAGE,
            Capture(b"\x89PNG\r\n\x1a\n", headers=(("Content-Type", "image/png"),)),
            Capture(b"\x89PNG\r\n\x1a\n"),  # whatever it calls itself
            Capture(b"p {}", headers=(("Content-Type", "text/css"),)),
            Capture(b""),
            revisits=3,
        )
    )
    assert texts(items) == [PAGE.decode()]
    # Equal ones are added up where they are told.
    assert sorted(said(items)) == [
        "a (2 captures with the HTTP status 404)",
        "a (3 captures of unchanged pages, revisit records)",
        "a (3 captures that are no pages)",
        "a (captures that are no pages)",
        "a (captures with the HTTP status 301)",
    ]


def test_pages_without_a_cable_are_counted_and_not_set_aside(inside: Inside) -> None:
    items = inside(warc(OTHER, PAGE, OTHER))
    assert [cables_of(item) for item in items if item is not items[1]] == [
        PassedOver("a", "pages without a cable")
    ] * 2


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("br", brotli.compress),
        ("zstd", zst),
        ("gzip, br", lambda data: brotli.compress(gzip.compress(data))),
        # What is not packed as it claims to be, or in a way that nobody knows, stays as it is.
        ("gzip", lambda data: data),
        ("br", lambda data: data),
        ("zstd", lambda data: data),
        ("identity", lambda data: data),
    ],
)
@pytest.mark.parametrize("chunked", [False, True])
def test_bodies_are_unpacked(
    inside: Inside, coding: str, pack: Callable[[bytes], bytes], chunked: bool
) -> None:
    page = PAGE.replace(b"lit", b"lit " * 20_000)
    body = pack(page)
    headers = [HTML, ("Content-Encoding", coding)]
    if chunked:
        size = 10_000
        pieces = [body[at : at + size] for at in range(0, len(body), size)]
        body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
        headers.append(("Transfer-Encoding", "chunked"))
    assert texts(inside(warc(Capture(body, headers=tuple(headers))))) == [page.decode()]


def test_the_encoding_that_the_server_names_is_believed(inside: Inside) -> None:
    page = "<html><p>SUBJECT: Москва</p></html>".encode("cp1251")
    named = (("Content-Type", 'text/html; charset="windows-1251"'),)
    [item] = inside(warc(Capture(page, headers=named)))
    assert isinstance(item, RawPage)
    assert "Москва" in item.text
    # UTF-8 shows itself, whatever a server says.
    [item] = inside(warc(Capture("<p>Łódź</p>".encode(), headers=named)))
    assert isinstance(item, RawPage)
    assert "Łódź" in item.text


def test_resources_and_conversions_are_read_and_what_a_crawler_notes_is_not(inside: Inside) -> None:
    plain = (("Content-Type", "text/plain"),)
    items = inside(
        warc(
            Capture(PAGE, kind="resource", headers=plain),
            Capture(PAGE, kind="conversion", headers=plain),
            Capture(PAGE, url="urn:text:1", kind="resource", headers=plain),
            Capture(PAGE, kind="metadata", headers=plain),
        )
    )
    assert len(texts(items)) == 2
    assert said(items) == ["a (captures that are no pages)"]


def test_an_arc_is_read(inside: Inside) -> None:
    """The form of the Internet Archive before WARC: a line before each capture."""
    response = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    head = b"1 0 Alexa Internet\nURL IP-address Archive-date Content-type Archive-length\n"
    data = b"filedesc://x.arc 0.0.0.0 20101128180301 text/plain %d\n%s\n" % (len(head), head)
    data += b"%s 1.2.3.4 20101128180301 text/html %d\n%s\n" % (
        URL.encode(),
        len(response),
        response,
    )
    [page] = inside(data)
    assert isinstance(page, RawPage)
    assert (page.text, page.url, page.address) == (PAGE.decode(), URL, f"a/{STAMP}/{URL}")


def test_a_wacz_is_its_web_archive(inside: Inside) -> None:
    items = inside(wacz(PAGE, OTHER))
    assert texts(items) == [PAGE.decode(), OTHER.decode()]
    assert said(items) == ["a (3 parts of a web archive that are no pages)"]


def test_a_page_in_a_page_s_archive(inside: Inside) -> None:
    """A capture may be a .zip, and a web archive may be in one."""
    capture = Capture(zipped({"x.html": PAGE}), headers=(("Content-Type", "application/zip"),))
    [page] = [
        item for item in inside(zipped({"b.wacz": wacz(capture)})) if isinstance(item, RawPage)
    ]
    assert (page.text, page.url) == (PAGE.decode(), URL)
    assert page.address == f"a/b.wacz/archive/data.warc.gz/{STAMP}/{URL}/x.html"


@pytest.mark.parametrize("packed", [False, True])
def test_web_archives_cut_anywhere_are_read_as_far_as_they_go(inside: Inside, packed: bool) -> None:
    whole = warc(*[PAGE] * 5, packed=packed)
    for cut in range(7, len(whole) - 4, max(1, len(whole) // 50)):
        items = inside(whole[:cut])
        assert (
            any(isinstance(item, SetAside) for item in items)
            or cut > len(whole) - 8
            or all(text == PAGE.decode() for text in texts(items))
        )
    items = inside(whole[: len(whole) * 3 // 4])
    assert PAGE.decode() in texts(items)
    asides = [str(item) for item in items if isinstance(item, SetAside)]
    assert any(
        "in the middle of this capture" in aside or "whole part" in aside for aside in asides
    )


def test_nothing_is_printed_about_a_record_of_a_false_length(
    inside: Inside, capfd: pytest.CaptureFixture[str]
) -> None:
    data = warc(PAGE, PAGE)
    at = data.rindex(b"Content-Length: ")
    inside(data[:at] + b"Content-Length: 40\r\n" + data[data.index(b"\n", at) + 1 :])
    assert capfd.readouterr() == ("", "")


def test_headers_without_end_are_not_gathered(inside: Inside) -> None:
    data = b"WARC/1.0\r\nWARC-Type: response\r\nX-A: " + b"x" * 3_000_000 + b"\r\n\r\n"
    [aside] = inside(data)
    assert isinstance(aside, SetAside)
    assert "headers of more than" in aside.reason


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_a_capture_that_grows_to_a_mountain_is_stopped(
    inside: Inside, monkeypatch: pytest.MonkeyPatch, coding: str
) -> None:
    monkeypatch.setattr(containers, "FREE_BYTES", 1_000_000)
    pack = {"gzip": gzip.compress, "br": brotli.compress, "zstd": zst}[coding]
    bomb = Capture(pack(b" " * 15_000_000), headers=(HTML, ("Content-Encoding", coding)))
    *_, aside = inside(warc(PAGE, bomb))
    assert isinstance(aside, SetAside)
    assert "come out of it" in aside.reason


def wrapped(page: bytes) -> dict[str, bytes]:
    """A page in every container."""
    return {
        "warc": warc(page),
        "warc.gz": warc(page, packed=True),
        "warc.zst": zst(warc(page)),
        "wacz": wacz(page),
        "mhtml": mhtml(page),
        "mail": mail_with("cable.html", page),
        "mailbox": mailbox(mail_with("cable.html", page), mail_with("2.txt", b"nothing\n")),
        "zip": zipped({"cable.html": page}),
        "zip of a wacz": zipped({"x.wacz": wacz(page)}),
        "zip of a mail": zipped({"x.eml": mail_with("cable.html", page)}),
    }


def cables(items: list[Item]) -> list[Cable]:
    return [
        cable for item in items if isinstance(found := cables_of(item), tuple) for cable in found
    ]


def test_a_page_is_the_same_cable_in_every_container(inside: Inside, root: Path) -> None:
    def without_place(cable: Cable) -> str:
        written: dict[str, Any] = cable_to_json(cable)
        return json.dumps({**written, "address": "", "url": ""}, sort_keys=True)

    for page in sorted((root / "corpus/samples").glob("*/*.html")):
        data = page.read_bytes()
        alone = [without_place(cable) for cable in cables(inside(data))]
        assert alone
        for name, packed in wrapped(data).items():
            found = cables(inside(packed))
            assert [without_place(cable) for cable in found] == alone, (page.name, name)
            known = name in {"warc", "warc.gz", "warc.zst", "wacz", "mhtml", "zip of a wacz"}
            assert {cable.url for cable in found} == {URL if known else ""}


def test_a_large_web_archive_takes_little_memory(root: Path) -> None:
    """By far less than its size; `docs/speed.md` has 2 GB, made and read by the same program."""
    for packing in ([], ["--gz"]):
        cost = json.loads(measuring(root, "web_archive", "--megabytes", "40", *packing))
        assert cost["cables"] == cost["made"] > 100
        assert cost["bytes"] > 40_000_000
        assert cost["peak_mb"] < 120
