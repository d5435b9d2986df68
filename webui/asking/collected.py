"""What is put aside on the way, as an address writes it: `07ROME1`, `07ROME1#p2`, with a note `07ROME1#p2|see annex`.

Owns that spelling and its limits. Pure: must not know a request, a searcher or a page.
"""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

# A note is a line or two for oneself or an editor; it travels in every address.
MAX_NOTE = 300
# Mail programs, messengers and some browsers cut addresses that are longer.
LONG = 2_000
# What goes along in every link has to leave room for a question, and servers take some 8,000 characters at most.
MAX_ROOM = 6_000

_BAR = "|"
# The part of an address behind which a cable's name stands, and the one that leads to a place in it.
_CABLE, _PLACE = "/cable/", "/p/"


def item(name: str, note: str = "") -> str:
    """A name and its note as one value; "" without a name."""
    name, note = name.strip(), _lines(note)
    if not name:
        return ""
    return f"{name}{_BAR}{note}" if note else name


def name_of(one: str) -> str:
    """The cable, or the place in one, that an item names."""
    return one.partition(_BAR)[0].strip()


def note_of(one: str) -> str:
    """What its reader noted of it, "" for nothing."""
    return _lines(one.partition(_BAR)[2])


def in_one_form(one: str) -> str:
    """An item as addresses write it: what is built of it is read back equal."""
    return item(name_of(one), note_of(one))


def characters(items: tuple[str, ...]) -> int:
    """How many characters a collection has, however an address encodes them: a link that was cut has fewer."""
    return sum(map(len, items))


def named_in(text: str) -> str:
    """The name that a text gives: as it is, or out of the address of a page.

    `https://example.org/cable/07ROME1/p/2?q=x` is `07ROME1#p2`, `.../cable/07ROME1#p2` too.
    """
    text = text.strip()
    if _CABLE not in text:
        return text
    parts = urlsplit(text[text.index(_CABLE) + len(_CABLE) :])
    cable_id, _, place = parts.path.partition(_PLACE)
    anchor = unquote(place or parts.fragment)
    if anchor[:1].isdecimal():
        anchor = f"p{anchor}"
    return f"{unquote(cable_id)}#{anchor}" if anchor else unquote(cable_id)


def _lines(note: str) -> str:
    """A note with one kind of line end: a form sends both characters of Windows."""
    return note.replace("\r\n", "\n").replace("\r", "\n").strip()
