"""Which addresses may be followed: the one rule for every page, feed and export.

An address comes with a page of somebody else's and may be anything, `javascript:alert(1)` included.
"""

from __future__ import annotations

import re

from corpus.late_patterns import late_pattern

# Without what a browser would read otherwise than it is shown: blanks, quotation marks, brackets, a backslash.
_WEB_ADDRESS = late_pattern(r"https?://[^\s\"'<>{}|\\^`]+", re.IGNORECASE)


def is_web_address(text: str) -> bool:
    """Whether a text is an address of the web, and nothing besides."""
    return _WEB_ADDRESS.fullmatch(text) is not None
