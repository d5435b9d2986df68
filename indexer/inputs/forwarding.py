"""Messages that are forwarded in the text of another: each by itself, without its headers and its marks of a quotation.

Owns what mail programs write over such a message. Must not know what a message is made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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


def forwarded(data: bytes) -> Iterator[bytes]:
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


def unstuffed(data: bytes) -> bytes:
    """A text that flows, without the blank before some of its lines."""
    return _STUFFED.sub(b"", data)


def has_forwarded(data: bytes) -> bool:
    """Whether a message is forwarded in a text."""
    return _FORWARD.search(data) is not None
