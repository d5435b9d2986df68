"""Mail: which files are messages (.eml, MHTML) or mailboxes (mbox), and the messages of a mailbox.

Owns how they begin. What is in a message is told by `indexer.inputs.mail_parts`.

The sources: RFC 5322 for a message, RFC 4155 for a mailbox. Python's `mailbox` reads mailboxes too, but only one
that is a file on disk, and notes where each message is.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import BinaryIO, Literal

from indexer.inputs import mail_parts
from indexer.inputs.containers import About, Inside, Member

Kind = Literal["mail", "mailbox"]

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


def recognise(head: bytes) -> Kind | None:
    """Whether a file that starts with these bytes is a message or a mailbox."""
    if _MAILBOX_LINE.match(head):
        behind = head[head.index(b"\n") + 1 :]
        return "mailbox" if not behind or _HEADER.match(behind) else None
    return "mail" if _is_message(head) else None


def _is_message(head: bytes) -> bool:
    size = mail_parts.SIZE_LINE.match(head)
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
    while line := stream.readline(mail_parts.MOST_BYTES):
        if before_blank and _MAILBOX_LINE.match(line):
            if number:
                yield _message(lines, size, f"{address}:message {number}", about)
            number, size, lines = number + 1, 0, []
        else:
            size += len(line)
            if size <= mail_parts.MOST_BYTES:
                lines.append(line)
        before_blank = not line.strip()
    if number:
        yield _message(lines, size, f"{address}:message {number}", about)


def _message(lines: list[bytes], size: int, address: str, about: About) -> Inside:
    if size > mail_parts.MOST_BYTES:
        return mail_parts.too_large(address)
    data = _MOVED_LINE.sub(rb"\1", b"".join(lines))
    return Member(address, io.BytesIO(data), about)
