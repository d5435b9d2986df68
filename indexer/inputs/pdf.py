"""PDF documents, as NARA gives out its telegrams: their text, page by page.

Owns everything that touches pypdf, which is an extra: `pip install 'cablegram[pdf]'`. Must not know what the text says.

A PDF is a program for a printer and may be written to hurt. pypdf bounds what one page can cost; the number of pages,
the length of the text and the time for a document are bounded here.
"""

from __future__ import annotations

import importlib.util
import io
import logging
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.model import Problem
from indexer.inputs import ocr
from indexer.inputs.finding import unread
from indexer.inputs.placed_words import Piece, straightened
from indexer.page import RawPage, SetAside
from search.system.disk import machine_fault

_SIGNATURE, _END = b"%PDF-", b"%%EOF"
# Programs read a document that has something before it: an empty line, the headers of a web server. Bytes.
_BEGINS_WITHIN, _ENDS_WITHIN = 1_024, 2_048

_ADVICE = "save its text as a text file"
# A volume of telegrams has some hundred pages; a telegram has one to ten.
_MOST_PAGES = 2_000
_MOST_CHARACTERS = 20_000_000
# Of the processor's time. A page of text takes some hundredths of a second.
_MOST_SECONDS = 120
# What pypdf may do for one page: bytes unpacked of a stream, tokens read in it, forms drawn by it.
_LIMITS = {
    "zlib_maximum_output_length": 20_000_000,
    "lzw_maximum_output_length": 20_000_000,
    "run_length_maximum_output_length": 20_000_000,
    "array_based_stream_maximum_output_length": 20_000_000,
    "stream_decoding_work_maximum_length": 60_000_000,
    "stream_parsing_work_maximum_count": 1_000_000,
    "xform_maximum_invocations_per_extraction": 50,
    "page_tree_maximum_entries": _MOST_PAGES,
}

# Lines stand closer than so many times the size of their letters only where something is raised or lowered, and further
# apart than so many only with an empty line between, or in a text of double spacing. A gap is so many usual distances.
_LEAST_LEADING, _MOST_LEADING = 0.9, 1.6
_GAP = 1.5
# The ways of drawing text that nobody sees (ISO 32000-1, 9.3.6), as programs lay it over the picture of a page.
_UNSEEN = (3, 7)
# A line is level that rises by less than this share of its length.
_LEVEL = 0.1
# A font that does not say which letters its signs are gives these instead of text.
_NO_LETTERS = re.compile("[\x00-\x08\x0e-\x1f\ufffd]")
_MOSTLY = 0.5
_MOST_EMPTY = 3


class _TooMuch(Exception):
    """The document costs more than a document may; the message says what."""


class _Warnings(logging.Handler):
    """Gathers what pypdf warns of, instead of printing it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message."""
        self.messages.append(record.getMessage())


def recognise(data: bytes) -> bool:
    """Whether a file is a PDF document, by its first bytes, or by its first lines and its last."""
    if data.startswith(_SIGNATURE):
        return True
    begins = data[:_BEGINS_WITHIN].find(_SIGNATURE)
    return begins > 0 and data[begins - 1] in b"\r\n\0\xbf" and _END in data[-_ENDS_WITHIN:]


def read_document(data: bytes, address: str, digest: str) -> RawPage | SetAside:
    """The text of a PDF as one page, or why there is none. `digest` is the SHA-256 of the bytes."""
    if importlib.util.find_spec("pypdf") is None:
        reason = "it is a PDF document, and the library that reads those is not installed"
        return SetAside(address, reason, f"pip install 'cablegram[pdf]', or {_ADVICE}")
    warnings = _Warnings()
    logger = logging.getLogger("pypdf")
    before = logger.propagate
    logger.addHandler(warnings)
    logger.propagate = False
    try:
        read = _text(data)
    except _TooMuch as error:
        return SetAside(address, f"the PDF document {error}", f"split it, or {_ADVICE}")
    except Exception as error:
        if machine_fault(error):
            return unread(address, error)
        # Damage shows itself as whatever went wrong first: a missing key, a wrong type, a number that is none.
        fault = " ".join(f"{type(error).__name__}: {error}".split()).strip(": ")
        return SetAside(address, f"the PDF document is damaged ({fault[:200]})", _ADVICE)
    finally:
        logger.removeHandler(warnings)
        logger.propagate = before
    if read is None:
        reason = "the PDF document is encrypted, and opens with a password only"
        return SetAside(address, reason, "save it again without the password")
    text, unseen = read
    missing = _no_text(text)
    if missing:
        return ocr.read_pictures(data, address, digest, missing)
    problems: tuple[Problem, ...] = ()
    if warnings.messages:
        said = " ".join(warnings.messages[0].split())[:200]
        message = f"the PDF document is not quite sound ({len(warnings.messages)}): {said}"
        problems = (Problem("pdf-damaged", message),)
    if unseen:
        message = "the text was read from a picture by a program (OCR); how surely is not known"
        problems = (*problems, Problem("ocr", message))
    return RawPage(text, address, "text", digest, problems)


def _no_text(text: str) -> str:
    """Why a text is none; "" for one that is."""
    letters = "".join(text.split())
    if not letters:
        return "the PDF document has no text; it may hold pictures of pages"
    if len(_NO_LETTERS.findall(letters)) > len(letters) * _MOSTLY:
        return "the PDF document does not say which letters its text is made of"
    return ""


class _Page:
    """A page as it is drawn, piece by piece: an empty line of a PDF is nothing but a gap between two others.

    The gaps matter: an empty line ends a subject or a paragraph.
    """

    def __init__(self) -> None:
        self.plain = ""  # its text without the gaps
        self.sizes: Counter[float] = Counter()
        self.unseen = (
            0  # characters that are drawn so that nobody sees them: a text that lies over a picture
        )
        self._unseen = False
        self._pieces: list[Piece] = []
        self._lines: list[
            tuple[int, float]
        ] = []  # the piece that begins each, and how high it stands

    def note(self, operator: bytes, operands: Sequence[object]) -> None:
        """Note whether what is drawn from here on is seen (`3 Tr`: it is not)."""
        if operator == b"Tr" and operands:
            self._unseen = operands[0] in _UNSEEN

    def add(
        self, text: str, page: Sequence[float], line: Sequence[float], font: object, size: float
    ) -> None:
        """Keep a piece; the two matrices, in the order of PDF, say where on the page it begins (pypdf calls this)."""
        del font
        x = line[4] * page[0] + line[5] * page[2] + page[4]
        height = line[4] * page[1] + line[5] * page[3] + page[5]
        level = all(abs(each[1]) + abs(each[2]) <= abs(each[0]) * _LEVEL for each in (page, line))
        tall = abs(size * line[3] * page[3])
        self._pieces.append(Piece(text, x, height, tall, level))
        if self._unseen:
            self.unseen += len(text.strip())

    def finish(self, plain: str) -> None:
        """The page is drawn, and `plain` is what pypdf makes of it."""
        straight = straightened(self._pieces)
        if straight is not None:
            self._pieces = straight
            plain = "".join(piece.text for piece in straight)
        self.plain = plain
        fresh = True
        for number, piece in enumerate(self._pieces):
            if fresh and piece.text.strip():
                self._lines.append((number, piece.height))
                self.sizes[round(piece.size, 1)] += 1
            fresh = piece.text.endswith("\n") if piece.text else fresh

    def drops(self) -> Iterator[float]:
        """How far below the one before it each line stands."""
        return (above - below for (_, above), (_, below) in pairwise(self._lines))

    def text(self, leading: float) -> str:
        """The text with its gaps as empty lines, for lines that stand so far apart otherwise."""
        pieces = [piece.text for piece in self._pieces]
        for (number, _), drop in zip(self._lines[1:], self.drops(), strict=True):
            if 0 < leading * _GAP < drop:
                pieces[number] = "\n" * min(round(drop / leading) - 1, _MOST_EMPTY) + pieces[number]
        spaced = "".join(pieces)
        return (spaced if spaced.split() == self.plain.split() else self.plain).strip("\n") + "\n"


def _leading(pages: Sequence[_Page]) -> float:
    """How far apart lines of a document stand that have none between them, in the unit of its pages; 0 for none."""
    sizes = sum((page.sizes for page in pages), Counter[float]())
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    least, most = size * _LEAST_LEADING, size * _MOST_LEADING
    near = Counter(
        round(drop, 1) for page in pages for drop in page.drops() if least <= drop <= most
    )
    return near.most_common(1)[0][0] if near else 0.0


def _text(data: bytes) -> tuple[str, bool] | None:
    """The text of all pages, each ending a line, and whether it lies unseen over pictures; None if encrypted."""
    import pypdf

    end = time.process_time() + _MOST_SECONDS

    def check(*_: object) -> None:
        if time.process_time() > end:
            raise _TooMuch(f"takes more than {_MOST_SECONDS} seconds to read")

    limits = pypdf.get_configuration().with_overwrites(**_LIMITS)
    with pypdf.apply_configuration(limits):
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return None
        pages: list[_Page] = []
        length = 0
        for each in reader.pages:
            check()
            if len(pages) == _MOST_PAGES:
                raise _TooMuch(f"has more than {_MOST_PAGES:,} pages")
            page = _Page()

            def before(
                operator: bytes, operands: Sequence[object], *_: object, here: _Page = page
            ) -> None:
                check()
                here.note(operator, operands)

            page.finish(each.extract_text(visitor_operand_before=before, visitor_text=page.add))
            pages.append(page)
            length += len(page.plain)
            if length > _MOST_CHARACTERS:
                raise _TooMuch(f"has more than {_MOST_CHARACTERS:,} characters of text")
    leading = _leading(pages)
    unseen = sum(page.unseen for page in pages) * 2 > sum(len(page.plain) for page in pages)
    return "".join(page.text(leading) for page in pages), unseen
