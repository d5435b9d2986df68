"""A page put into the containers in which people have pages: web archives, mail, archives, documents of Word.

Owns how each is written, by the libraries that write them, or by hand where a byte matters. Must not know how they are
read.
"""

from __future__ import annotations

import gzip
import io
import quopri
import sys
import tarfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any, Literal
from uuid import uuid4

CAPTURED = "2010-11-28T18:03:01Z"
STAMP = "20101128180301"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
URL = "http://www.example.org/cables/1.html"


@dataclass(frozen=True)
class Capture:
    """One response in a web archive."""

    body: bytes
    url: str = URL
    status: str = "200 OK"
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    kind: str = "response"


def warc(*captures: Capture | bytes, packed: bool = False, revisits: int = 0) -> bytes:
    """A WARC with these captures, and with so many revisit records behind them."""
    records = warc_records(*captures, revisits=revisits)
    return b"".join(gzip.compress(record) if packed else record for record in records)


def warc_records(*captures: Capture | bytes, revisits: int = 0) -> list[bytes]:
    """The records of a WARC, one by one."""
    records = [_record("warcinfo", "", "application/warc-fields", b"software: a test\r\n")]
    for each in captures:
        capture = Capture(each) if isinstance(each, bytes) else each
        kind, block = dict(capture.headers)["Content-Type"], capture.body
        if capture.kind == "response":
            kind = "application/http; msgtype=response"
            block = _response(capture)
        records.append(_record(capture.kind, capture.url, kind, block))
    for number in range(revisits):
        block = _response(Capture(b""))
        url = f"http://www.example.org/again/{number}"
        records.append(_record("revisit", url, "application/http; msgtype=response", block))
    return records


def _response(capture: Capture) -> bytes:
    headers = "".join(f"{name}: {value}\r\n" for name, value in capture.headers)
    return f"HTTP/1.1 {capture.status}\r\n{headers}\r\n".encode() + capture.body


def _record(kind: str, url: str, content: str, block: bytes) -> bytes:
    """By hand: warcio's writer leaves a temporary file open (1.8.1)."""
    target = f"WARC-Target-URI: {url}\r\n" if url else ""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n{target}WARC-Date: {CAPTURED}\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid4()}>\r\n"
        f"Content-Type: {content}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def wacz(*captures: Capture | bytes) -> bytes:
    """A WACZ with these captures."""
    return zipped(
        {
            "archive/data.warc.gz": warc(*captures, packed=True),
            "indexes/index.cdx.gz": gzip.compress(b"org,example)/ 20101128180301 {}\n"),
            "pages/pages.jsonl": b'{"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}\n',
            "datapackage.json": b'{"profile": "data-package"}',
        }
    )


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A .zip with these members."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def docx(body: str, **more: str) -> bytes:
    """A document of Word with that body, and other parts (`numbering`, `styles`, `footnotes`) as given."""
    files = {
        "[Content_Types].xml": b"<Types/>",
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>".encode(),
    }
    for name, content in more.items():
        files[f"word/{name}.xml"] = f"<w:{name} {_W}>{content}</w:{name}>".encode()
    return zipped(files)


def docx_paragraph(text: str, settings: str = "", more: str = "") -> str:
    """A paragraph of one: its text, what its settings say, and what stands in its run behind the text."""
    return f"<w:p><w:pPr>{settings}</w:pPr><w:r><w:t>{text}</w:t>{more}</w:r></w:p>"


def tarred(
    files: dict[str, bytes],
    mode: Literal["w", "w:gz", "w:bz2", "w:xz"] = "w",
    form: int = tarfile.PAX_FORMAT,
) -> bytes:
    """A .tar with these members."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=mode, format=form) as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return data.getvalue()


def zstd_library() -> Any:
    """zstd, where this Python has it."""
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd


def zst(data: bytes) -> bytes:
    """The same packed by zstd."""
    packed: bytes = zstd_library().compress(data)
    return packed


def frame_to_skip(content: bytes, number: int = 0xD) -> bytes:
    """A frame of zstd that has something of its own: its mark, its size, and that (RFC 8878, 3.1.2)."""
    return bytes([0x50 + number, 0x2A, 0x4D, 0x18]) + len(content).to_bytes(4, "little") + content


def zst_with_dictionary(
    records: Sequence[bytes], dictionary: bytes, *, packed: bool = False
) -> bytes:
    """Records, a frame each, packed by a dictionary that stands in the first frame, as web archives have it."""
    zstd = zstd_library()
    known = zstd.ZstdDict(dictionary)
    frames = [zstd.compress(record, zstd_dict=known) for record in records]
    return frame_to_skip(zst(dictionary) if packed else dictionary) + b"".join(frames)


def mhtml(page: bytes, url: str = URL, more: Sequence[tuple[str, bytes]] = ()) -> bytes:
    """A page as Chromium saves it, with other parts beside it (what each is, and its bytes)."""
    edge = b"------MultipartBoundary--x----"
    packed = quopri.encodestring(page).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    parts = [
        b"Content-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: "
        + url.encode()
        + b"\r\n\r\n"
        + packed
    ]
    for kind, body in (("image/png", b"\x89PNG\r\n\x1a\n"), ("text/css", b"p {}"), *more):
        coded = quopri.encodestring(body).replace(b"\n", b"\r\n")
        parts.append(
            f"Content-Type: {kind}\r\nContent-Transfer-Encoding: quoted-printable\r\n"
            f"Content-Location: http://www.example.org/{kind}\r\n\r\n".encode()
            + coded
        )
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {url}\r\nSubject: A cable\r\n"
        "Date: Mon, 23 Mar 2009 10:12:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n'
        f'\tboundary="{edge[2:].decode()}"\r\n\r\n\r\n'
    ).encode()
    return head + b"".join(edge + b"\r\n" + part + b"\r\n" for part in parts) + edge + b"--\r\n"


def mail(text: str = "See the cable that is attached.\n") -> EmailMessage:
    """A message with that text, to which more can be attached."""
    message = EmailMessage()
    message["From"] = "Ann Quill <ann@example.org>"
    message["To"] = "bob@example.org"
    message["Subject"] = "Fwd: a cable"
    message["Date"] = "Mon, 23 Mar 2009 10:12:00 +0000"
    message["Message-ID"] = "<1@example.org>"
    message.set_content(text)
    return message


def mail_with(name: str, data: bytes, kind: str = "text/html") -> bytes:
    """A message to which a file is attached."""
    message = mail()
    main, _, sub = kind.partition("/")
    message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def mailbox(*messages: bytes) -> bytes:
    """An mbox of these messages."""
    return b"".join(
        b"From ann@example.org Mon Mar 23 10:12:00 2009\n" + each + b"\n" for each in messages
    )
