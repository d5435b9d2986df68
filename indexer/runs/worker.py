"""From what was read to what the ledger and the engine need of it: the work that any process can do.

Owns that work, and the line that no fault of the parser's crosses: one page must not cost the user all the others. Must
not know a ledger or an index."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from corpus.model import Cable
from indexer.errors import NotACable
from indexer.inputs.costs import too_long, too_many_lines
from indexer.inputs.files import Item
from indexer.inputs.finding import unread
from indexer.inputs.jsonl import Exported
from indexer.page import PassedOver, RawPage, SetAside
from indexer.parse import parse
from indexer.runs.bounds import OutOfTime, bounded, limited_time
from indexer.runs.versions import facts
from search.engines import prepare
from search.people.recognizers import reader_told
from search.sources.records import Facts
from search.system.disk import machine_fault

# What decides how a page is read: our own code, from the bytes of an input to its cables, and tables; libraries.
_READING = (
    "corpus/*.py",
    "corpus/omissions/*.py",
    "corpus/tables/**/*",
    "indexer/assembly.py",
    "indexer/page.py",
    "indexer/parse.py",
    "indexer/body/**/*.py",
    "indexer/grammar/**/*.py",
    "indexer/header/**/*.py",
    "indexer/inputs/**/*.py",
    "indexer/lines/**/*.py",
    "indexer/sources/**/*.py",
    "search/documents/*.py",
    "search/telegrams/signatures.py",
)
_LIBRARIES = ("beautifulsoup4", "py7zr", "pypdf", "pypdfium2", "rensa", "warcio")
# How long one page may take, in seconds of the processor; a long telegram takes a tenth of one.
MOST_SECONDS = 60
# What is said of the pages of a web archive or a mailbox that are no pages of cables.
NO_CABLE = "pages without a cable"


def cables_of(item: Item) -> tuple[Cable, ...] | SetAside | PassedOver:
    """The cables of what was read, or why there are none."""
    if isinstance(item, RawPage):
        return parse_page(item)
    return (item.cable,) if isinstance(item, Exported) else item


def parse_page(page: RawPage) -> tuple[Cable, ...] | SetAside | PassedOver:
    """The cables of a page, or why there are none; of many pages that are no pages of cables there is a count.

    A fault of the parser's own is told like any other reason: one page must not cost the user all the others.
    """
    if (aside := too_many_lines(page) or _too_long(page)) is not None:
        return aside
    try:
        with limited_time(MOST_SECONDS):
            return parse(page)
    except OutOfTime:
        reason = f"reading it takes more than {MOST_SECONDS:,} seconds of the processor"
        return SetAside(page.address, reason, "split it, or save it as text")
    except MemoryError as error:
        if bounded() is None:
            return unread(page.address, error)
        reason = (
            f"reading it takes more than the {bounded():,} bytes of memory that a reader may have"
        )
        return SetAside(page.address, reason, "split it")
    except NotACable as error:
        if page.among:
            return PassedOver(page.among, NO_CABLE)
        return SetAside(page.address, error.reason, error.advice, error.line)
    except Exception as error:
        if machine_fault(error):
            return unread(page.address, error)
        fault = f"{type(error).__name__}: {error}".strip(": ")
        return SetAside(
            page.address, f"Cablegram failed on it ({fault})", "please report it with the page"
        )


def _too_long(page: RawPage) -> SetAside | None:
    # Markup may stand on one line; what it costs was looked at when it was read.
    return too_long(page) if page.markup == "text" else None


def cut_short(cables: Iterable[Cable], address: str) -> SetAside | None:
    """What is said of a page that was cut: its cables are indexed as far as they go, and the user hears of it."""
    for cable in cables:
        for problem in cable.problems:
            if problem.code == "page-cut":
                reason = f"{problem.message}; {cable.id} is kept as far as it goes"
                return SetAside(address, reason, "", problem.line)
    return None


def files_that_read(house: Path) -> list[Path]:
    """Our own files, below the folder of the rooms, that decide how a page is read; in order."""
    found = {file for pattern in _READING for file in house.glob(pattern)}
    return sorted(file for file in found if file.is_file() and "__pycache__" not in file.parts)


def reader_version() -> str:
    """What decides how a page is read: a page is read again when it is another.

    A fingerprint of ours, and behind it who reads names, if not the rules. Raises NoRecognizer.
    """
    names = reader_told()
    return f"{_fingerprint()} {names}" if names else _fingerprint()


@cache
def _fingerprint() -> str:
    digest = hashlib.sha256()
    house = Path(__file__).resolve().parent.parent.parent
    for file in files_that_read(house):
        digest.update(file.relative_to(house).as_posix().encode() + b"\0" + file.read_bytes())
    if shutil.which("tesseract"):
        digest.update(b"tesseract")
    for library in _LIBRARIES:
        try:
            digest.update(f"{library} {metadata.version(library)}".encode())
        except (
            metadata.PackageNotFoundError
        ):  # an extra that is not installed: its pages are set aside
            continue
    return digest.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class ReadyCable:
    """A cable that was read: the facts for the ledger, and what the engine's writer is given.

    `prepared` is None for a cable that no index can hold; `fault` then says why.
    """

    facts: Facts
    prepared: bytes | None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Ready:
    """What came of a page: its cables, or why there are none; `found` is where, `cut` what is said of a cut page."""

    found: str
    cables: tuple[ReadyCable, ...] | SetAside | PassedOver
    cut: SetAside | None = None


def make_ready(engine: str, items: Sequence[Item]) -> list[Ready]:
    """Parse what was read and prepare its cables for an engine."""
    return [_ready(engine, item) for item in items]


def _ready(engine: str, item: Item) -> Ready:
    found = item.place if isinstance(item, Exported) else item.address
    cables = cables_of(item)
    if isinstance(cables, SetAside | PassedOver):
        return Ready(found, cables)
    ready = []
    for cable in cables:
        try:
            ready.append(ReadyCable(facts(cable, found), prepare(engine, cable)))
        except ValueError as error:
            ready.append(ReadyCable(facts(cable, found), None, str(error)))
    return Ready(found, tuple(ready), cut_short(cables, found))
