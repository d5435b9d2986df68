"""The errors of this room.

WebError                    the message is one sentence for the user
└── BadAddress              an address that asks for more than a page may: the web answers 400
"""

from __future__ import annotations


class WebError(Exception):
    """Anything this room gives up on; the message is one sentence for the user."""


class BadAddress(WebError):
    """An address with a question too long, or with too many filters."""
