"""A message taken apart into its body and its attachments; its own headers are no part of a page.

Owns which part of a message is what. Must not know what the parts are: they are read like files.

The sources: RFC 5322 for a message, RFC 2045, 2046 and 2557 for its parts, RFC 3676 for text that flows.
"""

from __future__ import annotations

import email
import email.policy
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from email.header import decode_header
from email.message import Message
from typing import BinaryIO

from corpus.web_address import is_web_address
from indexer.inputs.containers import About, Budget, Inside, Member, named
from indexer.inputs.costs import too_costly
from indexer.inputs.encodings import decode_text
from indexer.inputs.forwarding import forwarded, has_forwarded, unstuffed
from indexer.lines.html import visible_lines
from indexer.page import PassedOver, RawPage, SetAside

# A message is held in memory; mail servers take some 25 to 50 megabytes. Bytes.
MOST_BYTES = 60_000_000
# A message in a message in a message.
_MOST_DEPTH = 20
# Each part is held as an object; a mail has some dozen. Lines that may begin one are counted.
_MOST_PARTS = 100_000
# Apple's Mail writes the size of the message in a line before it: `4711`.
SIZE_LINE = re.compile(rb"\d{1,9}[ \t]*\r?\n")

# What is read of the parts of a page that a browser saved, by what it says to be.
_TEXTS = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
# What is only for the eyes or for another program: `image/png`, `text/calendar`, `application/pgp-signature`.
_NO_TEXTS = re.compile(
    r"image/|audio/|video/|font/|text/(?:css|calendar|vcard|x-vcard|javascript|x-amp-html|rfc822-headers)|"
    r"application/(?:x-)?(?:javascript|pkcs7-signature|pgp-signature|pgp-keys)|message/delivery-status"
)
_ENCRYPTED = frozenset(
    {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
)
_NO_PAGES = "parts of mail that are no pages"
# A plain text with fewer letters than this share of the same message's HTML says only that one should look at that.
_STANDS_FOR_HTML = 0.5
# A tag or comment of HTML, to count what is not in one: `<br>`, `<!-- x -->`.
_TAG = re.compile(rb"<[^<>]{0,2000}>")
_NO_LETTERS = bytes(byte for byte in range(128) if not chr(byte).isalnum())
# Line ends as mail has them.
_CRLF = b"\r\n"


def parts(stream: BinaryIO, address: str, about: About, budget: Budget) -> Iterator[Inside]:
    """The body of a message and its attachments, as members of it; pictures and the like are counted.

    The body has the message's own address, an attachment `mail.eml/name.pdf`. Raises `ArchiveOvergrown`.
    """
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        yield too_large(address)
        return
    if data.count(b"\n--") > _MOST_PARTS:
        reason = f"the mail has more than {_MOST_PARTS:,} parts"
        yield SetAside(address, reason, "save them as files")
        return
    if size := SIZE_LINE.match(data):
        data = data[size.end() :][: int(size.group())]
    passed: Counter[str] = Counter()
    try:
        message = email.message_from_bytes(
            data.lstrip(b"\r\n").removeprefix(b"\xef\xbb\xbf"), policy=email.policy.compat32
        )
        found = list(_Walk(address, about, passed).members(message))
    except RecursionError:
        yield SetAside(address, "its parts stand in each other without end", "save them as files")
        return
    for inside in found:
        if isinstance(inside, Member) and isinstance(inside.stream, io.BytesIO):
            budget.spend(inside.stream.getbuffer().nbytes)
        yield inside
    yield from (PassedOver(address, what, count) for what, count in sorted(passed.items()))


class _Walk:
    """The way through the parts of one message."""

    def __init__(self, address: str, about: About, passed: Counter[str]) -> None:
        self._address = address
        self._about = about
        self._passed = passed
        self._number = 0
        self._pages: dict[
            int, str
        ] = {}  # the parts that are a saved page, by identity, with its address

    def members(self, message: Message) -> Iterator[Inside]:
        """What is in a message. A body is counted if there is no cable in it, where something else may have one."""
        leaves = list(self._leaves(message, 0))
        bodies = [leaf for leaf in leaves if not _is_attachment(leaf)]
        alone = len(leaves) == 1 and not self._about.among
        page = next((leaf for leaf in leaves if id(leaf) in self._pages), None)
        for leaf in leaves:
            if leaf in bodies and page is None:
                yield from self._body(leaf, counts=not alone)
            else:
                yield from self._attachment(leaf, counts=page is not None and leaf is not page)

    def _leaves(self, message: Message, depth: int) -> Iterator[Message]:
        """The parts that hold something, in their order; of several forms of one text the best."""
        self._number += 1
        kind = message.get_content_type()
        if kind in _ENCRYPTED or depth > _MOST_DEPTH:
            yield message
        elif kind == "multipart/alternative" and message.is_multipart():
            yield from self._leaves(self._best(message), depth + 1)
        elif kind == "multipart/related" and message.is_multipart():
            yield from self._related(message, depth)
        elif message.is_multipart():
            for part in _payload(message):
                yield from self._leaves(part, depth + 1)
        else:
            yield message

    def _related(self, message: Message, depth: int) -> Iterator[Message]:
        """A page with what belongs to it (RFC 2387): the root, other texts, and the rest counted."""
        inside = _payload(message)
        start = message.get_param("start")
        root = next((part for part in inside if start and part.get("Content-ID") == start), None)
        root = root or next((part for part in inside if not _is_picture(part)), None)
        snapshot = message.get("Snapshot-Content-Location") or (
            root and root.get("Content-Location")
        )
        if root is not None and snapshot:
            self._pages[id(root)] = str(snapshot)
        for part in inside:
            if part is root or part.is_multipart() or _is_attachment(part):
                yield from self._leaves(part, depth + 1)
            elif part.get_content_type() in _TEXTS:
                yield part
            else:
                self._passed[_NO_PAGES] += 1

    def _best(self, message: Message) -> Message:
        """Of the forms of one text the plain one, unless that only points to the other."""
        forms = _payload(message)
        plain = next((form for form in forms if form.get_content_type() == "text/plain"), None)
        other = next(
            (
                form
                for form in forms
                if form.get_content_type() in {"text/html", "multipart/related"}
            ),
            None,
        )
        self._passed["other forms of the same mail"] += len(forms) - 1
        if plain is None or other is None:
            return plain or other or forms[-1]
        html = other
        if other.is_multipart():
            html = next(
                (part for part in other.walk() if part.get_content_type() == "text/html"), other
            )
        letters = _letters(_TAG.sub(b"", _bytes(html)))
        return plain if _letters(_bytes(plain)) >= letters * _STANDS_FOR_HTML else other

    def _body(self, part: Message, *, counts: bool) -> Iterator[Inside]:
        if (aside := self._unreadable(part)) is not None:
            yield aside
            return
        data = _bytes(part)
        if not data.strip():
            self._passed[_NO_PAGES] += 1
            return
        about = replace(self._said(part, among=counts), mail=True)
        if part.get_content_type() == "text/plain":
            if str(part.get_param("format", "")).lower() == "flowed":
                data = unstuffed(data)
            texts = list(forwarded(data))
        else:
            texts = list(self._forwarded_in_markup(data, about.charset)) or [data]
        if len(texts) > 1:
            about = replace(about, among=about.among or self._address)
        yield from (Member(self._address, io.BytesIO(text), about) for text in texts)

    def _forwarded_in_markup(self, data: bytes, charset: str) -> Iterator[bytes]:
        """The texts of a body in HTML that has a forwarded message in it, as they are seen; none for another body."""
        lower = data.lower()
        if b"from:" not in lower or b"subject:" not in lower:
            return
        page = RawPage(decode_text(data, charset)[0], self._address, "html")
        if too_costly(page) is not None:
            return
        seen = "".join(line.text for line in visible_lines(page.text)).encode("utf-8", "replace")
        if has_forwarded(seen):
            yield from forwarded(seen)

    def _attachment(self, part: Message, *, counts: bool) -> Iterator[Inside]:
        if (aside := self._unreadable(part)) is not None:
            yield aside
            return
        if _is_picture(part):
            self._passed[_NO_PAGES] += 1
            return
        if id(part) in self._pages:
            inside: str | tuple[PassedOver, ...] = self._address
        else:
            inside = named(self._address, _name(part) or f"part {self._number}")
        if isinstance(inside, str):
            yield Member(inside, io.BytesIO(_bytes(part)), self._said(part, among=counts))
        else:
            yield from inside

    def _said(self, part: Message, *, among: bool) -> About:
        location = self._pages.get(id(part)) or part.get("Content-Location")
        url = "".join(str(location or "").split())
        charset = part.get_content_charset() if part.get_content_maintype() == "text" else ""
        return About(
            url=url if is_web_address(url) else self._about.url,
            charset=charset or "",
            among=self._about.among or (self._address if among else ""),
        )

    def _unreadable(self, part: Message) -> SetAside | None:
        if part.get_content_type() in _ENCRYPTED:
            return SetAside(
                self._address, "the mail is encrypted or sealed", "save it in the clear"
            )
        if part.is_multipart():
            reason = "its parts stand in each other too deep"
            return SetAside(self._address, reason, "save them as files")
        return None


def _payload(message: Message) -> list[Message]:
    found = message.get_payload()
    return [part for part in found if isinstance(part, Message)] if isinstance(found, list) else []


def _bytes(part: Message) -> bytes:
    """The bytes of a part; line ends of a text are those of a text, which mail sends as CR and LF (RFC 2046, 4.1.1)."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return b""
    coding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    sent_as_text = part.get_content_maintype() == "text" and coding != "base64"
    return data.replace(_CRLF, b"\n") if sent_as_text else data


def _letters(data: bytes) -> int:
    return len(data.translate(None, _NO_LETTERS))


def _is_picture(part: Message) -> bool:
    return bool(_NO_TEXTS.match(part.get_content_type()))


def _is_attachment(part: Message) -> bool:
    """Whether a part is no text of the message itself."""
    if part.get_content_type() not in _TEXTS:
        return True
    return part.get_content_disposition() == "attachment" or bool(_name(part))


def _name(part: Message) -> str:
    """The name of an attachment, whatever form it is written in: `=?utf-8?q?caf=C3=A9.txt?=`."""
    written = part.get_filename() or ""
    try:
        pieces = decode_header(written[:1_000])
        name = "".join(
            piece if isinstance(piece, str) else piece.decode(charset or "ascii", "replace")
            for piece, charset in pieces
        )
    except (ValueError, LookupError, email.errors.HeaderParseError):
        name = written
    return "".join(name.split("\n")).strip()


def too_large(address: str) -> SetAside:
    """What is said of a message that is longer than one may be."""
    reason = f"the message has more than {MOST_BYTES:,} bytes"
    return SetAside(address, reason, "save its attachments as files")
