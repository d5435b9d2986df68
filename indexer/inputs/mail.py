"""Mail: messages (.eml), mailboxes (mbox), and web pages that a browser saved as a message (MHTML).

Owns how a message is taken apart into its body and its attachments; its own headers are no part of a page. Must not
know what the parts are: they are read like files.

The sources: RFC 5322 for a message, RFC 2045, 2046 and 2557 for its parts, RFC 3676 for text that flows, RFC 4155 for a
mailbox. Python's `mailbox` reads mailboxes too, but only one that is a file on disk, and notes where each message is.
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
from typing import BinaryIO, Literal

from corpus.web_address import is_web_address
from indexer.inputs.containers import About, Budget, Inside, Member, named
from indexer.inputs.costs import too_costly
from indexer.inputs.encodings import decode_text
from indexer.lines.html import visible_lines
from indexer.page import PassedOver, RawPage, SetAside

Kind = Literal["mail", "mailbox"]

# A message is held in memory; mail servers take some 25 to 50 megabytes. Bytes.
MOST_BYTES = 60_000_000
# A message in a message in a message.
_MOST_DEPTH = 20
# Each part is held as an object; a mail has some dozen. Lines that may begin one are counted.
_MOST_PARTS = 100_000
# So many bytes of a file are enough to see that it is a message: the first headers may be those of many mail servers.
_LOOKED_AT = 16_384

# A header's name and its colon: `Message-ID: <1@example.org>`. What goes on with a header begins with a blank.
_HEADER = re.compile(rb"([!-9;-~]{1,60}):(?:[ \t]|\r?$)?")
# Headers that only mail has: one of them in the first run of headers, with a sender, makes a message.
_TELLING = frozenset(
    {
        *(b"message-id", b"mime-version", b"return-path", b"delivered-to"),
        *(b"content-transfer-encoding", b"x-mailer", b"dkim-signature"),
        *(b"in-reply-to", b"x-gmail-labels", b"snapshot-content-location", b"x-mozilla-status"),
    }
)
# What Outlook writes where it saves a message as text: `From: ...`, `Sent: ...`, `To: ...`, `Subject: ...`. A cable has
# no line `Sent:`.
_OUTLOOK = frozenset({b"from", b"sent", b"subject"})
# `Date: Mon, 23 Mar 2009 10:12:00 +0000`, the form that RFC 5322 asks for.
_MAIL_DATE = re.compile(
    rb"^date:[ \t]*(?:(?:mon|tue|wed|thu|fri|sat|sun),[ \t]*)?"
    rb"\d{1,2} [a-z]{3} \d{4} \d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|gmt|ut)",
    re.IGNORECASE | re.MULTILINE,
)
# `From: Ann <ann@example.org>`
_MAIL_SENDER = re.compile(rb"^(?:from|sender):.*@", re.IGNORECASE | re.MULTILINE)
# What begins each message of a mailbox: `From ann@example.org Mon Mar 23 10:12:00 2009`, in some with a zone, or with
# the year before the time.
_MAILBOX_LINE = re.compile(
    rb"From (?:\S.{0,300}? )?(?:mon|tue|wed|thu|fri|sat|sun),? "
    rb"[^\n]{1,20}\d\d?:\d\d[^\n]{0,30}\r?\n",
    re.IGNORECASE,
)
# A line of a mailbox that would begin a message is moved by a mark: `>From the embassy ...`, `>>From`.
_MOVED_LINE = re.compile(rb"^>(>*From )", re.MULTILINE)
# Apple's Mail writes the size of the message in a line before it: `4711`.
_SIZE_LINE = re.compile(rb"\d{1,9}[ \t]*\r?\n")

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

# What a reply or a forwarded message quotes begins with `>`, once or several times: `> 1. (SBU) The lamp`.
_QUOTED = re.compile(rb"^(?:>[ \t]?){1,9}", re.MULTILINE)
_MOSTLY = 0.8
# Text that flows has a blank before a line that begins with one, with `>` or with `From` (RFC 3676, 4.4).
_STUFFED = re.compile(rb"^ ", re.MULTILINE)
# The line over the headers of a message that was forwarded in the text of another: `-----Original Message-----`,
# `---------- Forwarded message ---------`, `Begin forwarded message:`.
_FORWARDED = (
    rb"[ \t]*(?:-{2,20} ?(?:original message|forwarded (?:message|by)[^\n]{0,100}) ?-{0,20}|begin forwarded message:)"
    rb"[ \t]*\r?\n(?:[ \t]*\r?\n)?"
)
# Its headers: `From:`, `*From:*`, `Sent:`, ..., in a run of three or more.
_QUOTED_HEADER = rb"[ \t]*\*?(?:from|sent|date|to|cc|bcc|subject|reply-to|importance|attachments):\*?[ \t][^\n]*\n"
_FORWARD = re.compile(
    rb"^(?:%s(?:%s){2,12}|(?=[ \t]*\*?from:)(?:%s){3,12})(?=[ \t]*\r?\n|\Z)"
    % (_FORWARDED, _QUOTED_HEADER, _QUOTED_HEADER),
    re.IGNORECASE | re.MULTILINE,
)


def recognise(head: bytes) -> Kind | None:
    """Whether a file that starts with these bytes is a message or a mailbox."""
    if _MAILBOX_LINE.match(head):
        behind = head[head.index(b"\n") + 1 :]
        return "mailbox" if not behind or _HEADER.match(behind) else None
    return "mail" if _is_message(head) else None


def _is_message(head: bytes) -> bool:
    size = _SIZE_LINE.match(head)
    run = head[size.end() if size else 0 : _LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    run = run.lstrip(b"\r\n") if not size else run
    names: set[bytes] = set()
    end = 0
    for line in run.splitlines(keepends=True):
        if not line.strip():
            break
        end += len(line)
        if line[:1] in b" \t" and names:
            continue
        header = _HEADER.match(line)
        if header is None:
            if end < len(run):  # else the line is cut where we stopped to look
                return False
            break
        names.add(header[1].lower())
    if names >= _OUTLOOK:
        return True
    if not names & {b"from", b"sender", b"return-path"}:
        return False
    if names & _TELLING:
        return True
    headers = run[:end]
    return bool(_MAIL_DATE.search(headers) and _MAIL_SENDER.search(headers))


def messages(stream: BinaryIO, address: str) -> Iterator[Inside]:
    """The messages of a mailbox, in its order; the address of one is `box.mbox:message 12`.

    `stream` stands at the start. No more is held than one message.
    """
    about = About(among=address)
    number, size = 0, 0
    lines: list[bytes] = []
    before_blank = True
    while line := stream.readline(MOST_BYTES):
        if before_blank and _MAILBOX_LINE.match(line):
            if number:
                yield _message(lines, size, f"{address}:message {number}", about)
            number, size, lines = number + 1, 0, []
        else:
            size += len(line)
            if size <= MOST_BYTES:
                lines.append(line)
        before_blank = not line.strip()
    if number:
        yield _message(lines, size, f"{address}:message {number}", about)


def _message(lines: list[bytes], size: int, address: str, about: About) -> Inside:
    if size > MOST_BYTES:
        return _too_large(address)
    data = _MOVED_LINE.sub(rb"\1", b"".join(lines))
    return Member(address, io.BytesIO(data), about)


def _too_large(address: str) -> SetAside:
    reason = f"the message has more than {MOST_BYTES:,} bytes"
    return SetAside(address, reason, "save its attachments as files")


def parts(stream: BinaryIO, address: str, about: About, budget: Budget) -> Iterator[Inside]:
    """The body of a message and its attachments, as members of it; pictures and the like are counted.

    The body has the message's own address, an attachment `mail.eml/name.pdf`. Raises `ArchiveOvergrown`.
    """
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        yield _too_large(address)
        return
    if data.count(b"\n--") > _MOST_PARTS:
        reason = f"the mail has more than {_MOST_PARTS:,} parts"
        yield SetAside(address, reason, "save them as files")
        return
    if size := _SIZE_LINE.match(data):
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
        about = self._said(part, among=counts)
        if part.get_content_type() == "text/plain":
            if str(part.get_param("format", "")).lower() == "flowed":
                data = _STUFFED.sub(b"", data)
            texts = list(_forwarded(data))
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
        if _FORWARD.search(seen):
            yield from _forwarded(seen)

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


def _forwarded(data: bytes) -> Iterator[bytes]:
    """A text and the messages that were forwarded in it, without their headers and without the marks of a quotation."""
    lines = [line for line in data.split(b"\n") if line.strip()]
    quoted = sum(line.startswith(b">") for line in lines)
    if lines and quoted > len(lines) * _MOSTLY:
        data = _QUOTED.sub(b"", data)
    at = 0
    for head in _FORWARD.finditer(data):
        if data[at : head.start()].strip():
            yield data[at : head.start()]
        at = head.end()
    rest = data[at:] if at else data
    if rest.strip():
        yield _unquoted(rest.lstrip(b"\r\n") if at else rest)


def _unquoted(data: bytes) -> bytes:
    lines = [line for line in data.split(b"\n") if line.strip()]
    quoted = sum(line.startswith(b">") for line in lines)
    return _QUOTED.sub(b"", data) if quoted > len(lines) * _MOSTLY else data
