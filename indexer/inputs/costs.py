"""What a page may cost to read: one that was made to hurt, or is badly broken, is set aside before it is parsed.

Owns these limits. Must not know where a page comes from.
"""

from __future__ import annotations

from indexer.page import RawPage, SetAside

# What reading a page of markup may cost. The library that reads it goes to the end of the page for each tag or comment
# that is opened and never closed; so many characters may be looked at in vain, which takes a few seconds. And it keeps
# a kilobyte for each element; real pages have some thousands.
_MOST_IN_VAIN = 100_000_000
_MOST_ELEMENTS = 300_000
# Each reference to a character (`&#x000A;`, `&lt;`) is a piece of text to it.
_MOST_ENTITIES = 1_000_000
# A text's line is held as a line, as its words and as a paragraph at once: fifteen times its length in memory. A whole
# telegram collapsed into one has some hundred thousand characters.
_LONGEST_LINE = 10_000_000
# Each line of a page is an object, and is looked at by each step: 170 bytes and some ten microseconds. The longest
# telegrams have some ten thousand.
_MOST_LINES = 300_000
# What is opened, and what closes it.
_COMMENTS = (("<!--", "-->"), ("<![", "]>"))


def too_costly(page: RawPage) -> SetAside | None:
    """Why a page of markup is not read, if it was made to hurt or is badly broken."""
    text = page.text
    elements = text.count("<")
    if elements > _MOST_ELEMENTS:
        reason = f"its markup has {elements:,} elements, more than {_MOST_ELEMENTS:,}"
        return SetAside(page.address, reason, "save it as text")
    entities = text.count("&")
    if entities > _MOST_ENTITIES:
        reason = f"its markup has {entities:,} character references, more than {_MOST_ENTITIES:,}"
        return SetAside(page.address, reason, "save it as text")
    in_vain = sum(piece.count("<") * len(piece) for piece in text.split(">"))
    for opened, closed in _COMMENTS:
        end = text.rfind(closed) + 1
        in_vain += text.count(opened, end) * (len(text) - end)
    if in_vain > _MOST_IN_VAIN:
        reason = "its markup is broken: too many tags or comments are opened and never closed"
        return SetAside(page.address, reason, "save it again, or as text")
    return None


def too_many_lines(page: RawPage) -> SetAside | None:
    """Why a page is not read that has more lines than any telegram."""
    text = page.text
    if len(text) <= _MOST_LINES:
        return None
    lines = text.count("\n") + text.count("\r") - text.count("\r\n")
    if lines <= _MOST_LINES:
        return None
    reason = f"it has {lines:,} lines, more than {_MOST_LINES:,}"
    return SetAside(page.address, reason, "split it, or take the empty lines out")


def too_long(page: RawPage) -> SetAside | None:
    """Why a text is not read that has a line like no telegram's."""
    start = line = 0
    while len(page.text) - start > _LONGEST_LINE:
        line += 1
        end = page.text.find("\n", start)
        size = (end if end >= 0 else len(page.text)) - start
        if size > _LONGEST_LINE:
            reason = f"its line has {size:,} characters, more than {_LONGEST_LINE:,}"
            return SetAside(page.address, reason, "break it into lines", line)
        start = end + 1
    return None
