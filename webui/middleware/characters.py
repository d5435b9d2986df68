"""What no page may hold: control characters, which HTML forbids and browsers drop or end a text at.

They come from the text of cables and from addresses (`%00`). Owns what is shown for them. Must not know a page.
"""

from __future__ import annotations

import re

from flask import Response

# The control characters but tab, line feed, form feed and carriage return. In UTF-8 no other character has such a byte.
_FORBIDDEN = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_BYTES = bytes(code for code in range(0x80) if _FORBIDDEN.match(bytes((code,))))
_SHOWN = "\ufffd".encode()


def shown(response: Response) -> Response:
    """The response; a page with U+FFFD for each such character."""
    if response.mimetype == "text/html" and not response.is_streamed:
        page = response.get_data()
        if len(page.translate(None, _BYTES)) != len(page):
            response.set_data(_FORBIDDEN.sub(_SHOWN, page))
    return response
