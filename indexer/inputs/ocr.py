"""Pictures of pages: PDF documents without text, read by tesseract, where that is installed.

Owns everything that touches pypdfium2, which draws the pages (an extra: `pip install 'cablegram[ocr]'`), and the
program tesseract, which reads them. What it read with little confidence is told, paragraph by paragraph. Must not know
what the text says.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import fmean, median
from typing import Any

from corpus.model import Problem
from indexer.inputs.finding import unread
from indexer.page import RawPage, SetAside
from search.system.disk import machine_fault

PROGRAM = "tesseract"
# Dots an inch at which tesseract reads best; the unit of PDF is a seventy-second of an inch.
_DOTS = 300
_POINTS = 72
# A page of a telegram fills some 9 million dots; what has more is a poster, or was made to hurt.
_MOST_DOTS = 40_000_000
# A page takes some seconds; a telegram has one to ten.
_MOST_PAGES = 200
_MOST_SECONDS = 120
# Paragraphs that were read with less confidence than this are told, in percent.
_SURE = 85
# What of a row of tesseract's says which line a word stands on.
_COLUMNS = ("page_num", "block_num", "par_num", "line_num")
# Lines that stand apart by more than so many usual distances have an empty line between them.
_GAP = 1.5


@dataclass(slots=True)
class _Line:
    """A line as tesseract saw it: how far below the top of the page it stands, in dots; its words, how sure it is."""

    top: int
    words: list[str]
    confidence: list[float]


def read_pictures(data: bytes, address: str, digest: str, reason: str) -> RawPage | SetAside:
    """The text of a PDF whose pages are pictures, or why it is not read; `reason` says why it has none itself."""
    program = shutil.which(PROGRAM)
    if program is None or importlib.util.find_spec("pypdfium2") is None:
        advice = (
            "to have it recognised, install the program tesseract and pip install 'cablegram[ocr]'"
        )
        return SetAside(address, reason, advice)
    try:
        blocks = [block for page in _pages(data, program) for block in _blocks(page)]
    except _TooMuch as error:
        return SetAside(address, f"{reason}, and {error}", "split it, or save its text")
    except (OSError, subprocess.SubprocessError, ValueError, RuntimeError) as error:
        if machine_fault(error):
            return unread(address, error)
        fault = " ".join(str(error).split())[:200] or type(error).__name__
        return SetAside(
            address, f"{reason}, and they can't be recognised ({fault})", "save its text"
        )
    words = [each for block in blocks for line in block for each in line.confidence]
    if not words:
        return SetAside(address, f"{reason}, and no text was recognised in them", "save its text")
    lines: list[str] = []
    unsure: list[Problem] = []
    for block in blocks:
        first = len(lines) + 1
        lines += [" ".join(line.words) for line in block]
        mean = fmean(each for line in block for each in line.confidence)
        if mean < _SURE:
            last = len(lines)
            place = f"line {first}" if first == last else f"lines {first} to {last}"
            unsure.append(
                Problem("ocr-unsure", f"{place}: recognised with {mean:.0f}% confidence", first)
            )
        lines.append("")
    mean = fmean(words)
    message = f"the text was read from pictures of pages by tesseract, with {mean:.0f}% confidence"
    problems = (Problem("ocr", message), *unsure)
    return RawPage("\n".join(lines), address, "text", digest, problems)


class _TooMuch(Exception):
    """Recognising costs more than it may; the message says what."""


def _pages(data: bytes, program: str) -> Iterator[list[_Line]]:
    """The lines of each page, from the top."""
    import pypdfium2

    document: Any = pypdfium2.PdfDocument(data)
    try:
        if len(document) > _MOST_PAGES:
            raise _TooMuch(f"it has {len(document):,} pages, more than {_MOST_PAGES:,}")
        with tempfile.TemporaryDirectory(prefix="cablegram-") as folder:
            for number in range(len(document)):
                picture = Path(folder) / "page.pgm"
                _draw(document[number], picture)
                yield _recognised(picture, program)
    finally:
        document.close()


def _draw(page: Any, picture: Path) -> None:
    """Draw a page in grey, in the plainest of formats."""
    width, height = page.get_size()
    scale = _DOTS / _POINTS
    if width * height * scale * scale > _MOST_DOTS:
        raise _TooMuch(f"a page of it is {width:,.0f} by {height:,.0f} points large")
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        head = f"P5 {bitmap.width} {bitmap.height} 255\n".encode()
        rows = memoryview(bitmap.buffer).cast("B")
        with picture.open("wb") as file:
            file.write(head)
            for row in range(bitmap.height):
                start = row * bitmap.stride
                file.write(rows[start : start + bitmap.width])
    finally:
        bitmap.close()
        page.close()


def _blocks(lines: Sequence[_Line]) -> Iterator[Sequence[_Line]]:
    """The lines of a page in runs between gaps: what tesseract itself calls a paragraph ends in mid-sentence."""
    drops = [below.top - above.top for above, below in pairwise(lines)]
    usual = median(drops) if drops else 0
    start = 0
    for at, drop in enumerate(drops, 1):
        if drop > usual * _GAP:
            yield lines[start:at]
            start = at
    if lines:
        yield lines[start:]


def _recognised(picture: Path, program: str) -> list[_Line]:
    """The lines that stand in a picture, from the top (tesseract's TSV has a word a row, in an order of its own)."""
    done = subprocess.run(  # noqa: S603 - the program that was found, and a file of ours
        [program, str(picture), "stdout", "--dpi", str(_DOTS), "--psm", "4", "tsv"],
        capture_output=True,
        timeout=_MOST_SECONDS,
        check=False,
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise ValueError(said or f"tesseract ended with {done.returncode}")
    rows = csv.DictReader(
        io.StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    lines: dict[tuple[str, ...], _Line] = {}
    for row in rows:
        text = (row.get("text") or "").strip()
        here = tuple(row.get(name) or "" for name in _COLUMNS)
        if row.get("level") == "4":
            lines[here] = _Line(int(row["top"]), [], [])
        elif row.get("level") == "5" and text and here in lines:
            lines[here].words.append(text)
            lines[here].confidence.append(float(row["conf"]))
    return sorted((line for line in lines.values() if line.words), key=lambda line: line.top)
