"""What stands around every page: the box with the question, and the collection that goes along in every link."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from webui.asking.address import CHOSEN, COLLECTED, State, build, pairs
from webui.pages.wording import Link, shortened


@dataclass(frozen=True, slots=True)
class Box:
    """The question in the box, what else its form sends along, and the way to what was collected so far.

    `instead` searches for a cable's number that led to the cable, None where none did.
    """

    q: str = ""
    kept: tuple[tuple[str, str], ...] = ()
    collection: Link | None = None
    instead: Link | None = None


def box(state: State, number: str = "") -> Box:
    """The box of a page of results: another question keeps the filters, the order and the view.

    `number` is what was typed for the cable that is shown.
    """
    text = shortened(number.replace('"', " "), 60)
    collected = len(state.collected)
    return Box(
        state.q,
        tuple(pairs(state.asking(""))),
        Link(f"Collection ({collected})", build(state.collection, "/collection"))
        if collected
        else None,
        Link(text, build(state.asking(f'"{text}"'))) if text else None,
    )


def kept(url: str, collected: tuple[str, ...], chosen: tuple[str, ...] = ()) -> str:
    """A link of the site with the collection in it, and the collections that are read; what has its own, or is for
    programs, is left as it is."""
    if (
        not (collected or chosen)
        or not url.startswith("/")
        or url.startswith(("/api/", "/static/"))
    ):
        return url
    parts = urlsplit(url)
    there = {pair.partition("=")[0] for pair in parts.query.split("&")}
    pairs = [(CHOSEN, one) for one in chosen if CHOSEN not in there]
    pairs += [(COLLECTED, one) for one in collected if COLLECTED not in there]
    if not pairs:
        return url
    added = urlencode(pairs)
    return parts._replace(query="&".join(filter(None, (parts.query, added)))).geturl()
