"""PDF documents, as NARA gives out its telegrams: their text, page by page.

Owns everything that touches pypdf, which is an extra: `pip install 'cablegram[pdf]'`. Must not know what the text says.

A PDF is a program for a printer and may be written to hurt. pypdf bounds what one page can cost; the number of pages,
the length of the text and the time for a document are bounded here.
"""

from __future__ import annotations

import importlib.util
import io
import logging
import time

from corpus.model import Problem
from indexer.page import RawPage, SetAside

SIGNATURE = b"%PDF-"

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
        text = _text(data)
    except _TooMuch as error:
        return SetAside(address, f"the PDF document {error}", f"split it, or {_ADVICE}")
    except Exception as error:
        # Damage shows itself as whatever went wrong first: a missing key, a wrong type, a number that is none.
        fault = " ".join(f"{type(error).__name__}: {error}".split()).strip(": ")
        return SetAside(address, f"the PDF document is damaged ({fault[:200]})", _ADVICE)
    finally:
        logger.removeHandler(warnings)
        logger.propagate = before
    if text is None:
        reason = "the PDF document is encrypted, and opens with a password only"
        return SetAside(address, reason, "save it again without the password")
    if not text.strip():
        reason = "the PDF document has no text; it may hold pictures of pages"
        return SetAside(address, reason, "have its text recognised (OCR) first")
    problems: tuple[Problem, ...] = ()
    if warnings.messages:
        said = " ".join(warnings.messages[0].split())[:200]
        message = f"the PDF document is not quite sound ({len(warnings.messages)}): {said}"
        problems = (Problem("pdf-damaged", message),)
    return RawPage(text, address, "text", digest, problems)


def _text(data: bytes) -> str | None:
    """The text of all pages, each ending a line; None if it needs a password."""
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
        pages: list[str] = []
        length = 0
        for page in reader.pages:
            check()
            if len(pages) == _MOST_PAGES:
                raise _TooMuch(f"has more than {_MOST_PAGES:,} pages")
            pages.append(page.extract_text(visitor_operand_before=check).rstrip("\n") + "\n")
            length += len(pages[-1])
            if length > _MOST_CHARACTERS:
                raise _TooMuch(f"has more than {_MOST_CHARACTERS:,} characters of text")
    return "".join(pages)
