"""From what was read to cables, and which version of the reader did it.

Owns the line that no fault of the parser's crosses: one page must not cost the user all the others. Must not know files
or an index.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path

from bs4.exceptions import ParserRejectedMarkup

from corpus.model import Cable
from indexer.errors import NotACable
from indexer.inputs.files import Item
from indexer.inputs.jsonl import Exported
from indexer.page import PassedOver, RawPage, SetAside
from indexer.parse import parse

# What decides, besides our own code, how a page is read.
_LIBRARIES = ("beautifulsoup4", "pypdf")


def cables_of(item: Item) -> tuple[Cable, ...] | SetAside | PassedOver:
    """The cables of what was read, or why there are none."""
    if isinstance(item, RawPage):
        return parse_page(item)
    return (item.cable,) if isinstance(item, Exported) else item


def parse_page(page: RawPage) -> tuple[Cable, ...] | SetAside:
    """The cables of a page, or why there are none.

    A fault of the parser's own is told like any other reason: one page must not cost the user all the others.
    """
    try:
        return parse(page)
    except NotACable as error:
        return SetAside(page.address, error.reason, error.advice, error.line)
    except ParserRejectedMarkup:
        reason = "its markup is too broken to be read"
        return SetAside(page.address, reason, "save it again, or as text")
    except Exception as error:
        fault = f"{type(error).__name__}: {error}".strip(": ")
        return SetAside(
            page.address, f"Cablegram failed on it ({fault})", "please report it with the page"
        )


def cut_short(cables: Iterable[Cable], address: str) -> SetAside | None:
    """What is said of a page that was cut: its cables are indexed as far as they go, and the user hears of it."""
    for cable in cables:
        for problem in cable.problems:
            if problem.code == "page-cut":
                reason = f"{problem.message}; {cable.id} is kept as far as it goes"
                return SetAside(address, reason, "", problem.line)
    return None


@cache
def reader_version() -> str:
    """A fingerprint of everything that decides how a page is read: a page is read again when it is another."""
    digest = hashlib.sha256()
    house = Path(__file__).resolve().parent.parent
    rooms = (
        *(house / "indexer").rglob("*.py"),
        *(house / "corpus").glob("*.py"),
        *(house / "corpus" / "tables").rglob("*"),
    )
    for file in sorted(
        file for file in rooms if file.is_file() and "__pycache__" not in file.parts
    ):
        digest.update(file.relative_to(house).as_posix().encode() + b"\0" + file.read_bytes())
    for library in _LIBRARIES:
        try:
            digest.update(f"{library} {metadata.version(library)}".encode())
        except (
            metadata.PackageNotFoundError
        ):  # an extra that is not installed: its pages are set aside
            continue
    return digest.hexdigest()[:16]
