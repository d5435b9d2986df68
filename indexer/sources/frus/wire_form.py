"""Documents that print a telegram as the wire had it: its header line by line, perhaps its page breaks too.

Owns what the electronic volumes add to the other form: transcripts, with a paragraph for each line or group of lines
of the wire. The lines are read as those of any other telegram (`indexer.header.labels`, `indexer.body.paragraphs`).
Must not know TEI.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from statistics import median

from corpus.model import Paragraph, SegmentKind
from corpus.posts import post_by_spelling
from indexer.body.endings import place_ending
from indexer.body.paragraphs import read_body
from indexer.body.small_forms import place_small_forms
from indexer.grammar.vocabulary import is_caption_line
from indexer.header.labels import label_header
from indexer.lines.lines import Line
from indexer.sources.frus.layout import Laid
from indexer.sources.frus.placing import FIELD_OF_LIST, LABELS

# An airgram's form has its labels with a colon: `TO : All diplomatic posts`, `FROM: Amembassy BELGRADE`.
_FORM_LABEL = re.compile(r"(?P<label>TO|FROM|INFO)\s*:\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_AS_WIRE = {"TO": "TO", "FROM": "FM", "INFO": "INFO"}
# The rest of the form: its head, and the sender's number below it: `USUN 140`, `075525`, `A-128`, `STATE 207669 TOSEC
# 100402`, `WARSAW 1337`; the distribution office's number: `4G`, `50`.
_FORM_HEAD = re.compile(
    r"(?:TELEGRAM|AIRGRAM)?\s*(?:Department of State)?(?:\s+US Mission)?", re.IGNORECASE
)
_FORM_NUMBER = re.compile(
    r"(?:(?P<post>[A-Z][A-Z .-]{1,30}) )?(?:A-)?\d{1,6}(?: TOSEC \d{1,6})?|\d{1,2}[A-Z]?",
    re.IGNORECASE,
)
_FORM_DATE = re.compile(r"DATE\s*:.{0,60}", re.IGNORECASE)
# `PAGE 01 WARSAW 01634 071251 Z`, `O 071218 Z APR 73`: the time as other telegrams have it has no blank.
_PARTED_TIME = re.compile(r"\b(\d{6}) Z\b")
# Fields that speak for the wire's own header; two of them are one.
_TELLING = frozenset(
    {"dtg", "from", "to", "eo", "tags", "class", "action", "subject", "references"}
)
_ENOUGH = 2
# How far the header may reach, in lines, and how long a line of the wire is.
_REACH = 150
_WIRE_WIDTH = 75


def mend_times(texts: Sequence[Laid]) -> None:
    """Take out the blank that transcripts have in the wire's times, for the patterns that look for them."""
    for laid in texts:
        for line in laid.words:
            if len(line.words) < _WIRE_WIDTH:
                line.words = _PARTED_TIME.sub(r"\1Z", line.words)


def place_page_breaks(texts: Sequence[Laid]) -> bool:
    """Place the wire's page breaks, the class lines around them and its end signs; False where none is printed."""
    lines = [line for laid in texts for line in laid.words]
    if not any(line.page_mark for line in lines):
        return False
    place_small_forms(lines)
    return True


def place_header(texts: Sequence[Laid], *, paged: bool, listed: bool) -> str:
    """Place the lines of a header that is printed before the text, and give them for the functions of `indexer.header`.

    `paged`: the wire's page breaks are printed; `listed`: other fields of the header are set as lists. "", and nothing
    placed, where no header is printed.
    """
    lines: list[tuple[Line | None, Laid]] = []
    for laid in texts:
        if len(lines) > _REACH:
            break
        # Without page breaks a paragraph holds a whole field; with them each line of the wire is one.
        if not paged:
            lines.append((None, laid))
        lines.extend((line, laid) for line in laid.words if line.kind is None)
    own = [
        Line(_as_wire(line.words), line.number) if line is not None else None for line, _ in lines
    ]
    words = [line.words if line is not None else "" for line in own]
    labels = label_header(own)
    if len(_TELLING.intersection(labels)) < (1 if listed else _ENOUGH):
        return ""
    last = max(at for at, label in enumerate(labels) if label is not None)
    for laid, group in groupby(zip(lines, labels, strict=True), key=lambda each: each[0][1]):
        _place_block(
            [(line, label) for (line, _), label in group if line is not None],
            laid is lines[last][1],
        )
    for line, _ in lines[:last]:
        if line is not None and line.kind is None and _is_form(line.words):
            line.assign(SegmentKind.HEADER, "form")
    return "\n".join(words[: last + 1])


def _place_block(lines: Sequence[tuple[Line, str | None]], is_last: bool) -> None:
    """Place the lines of a paragraph in which a field stands: all of them, but prose behind the header's last field."""
    labelled = [at for at, (_, label) in enumerate(lines) if label is not None]
    if not labelled:
        return
    if is_last and any(len(line.words) > _WIRE_WIDTH for line, _ in lines[labelled[-1] + 1 :]):
        return
    last = "form"
    for line, label in lines:
        last = label or last
        line.assign(SegmentKind.HEADER, last)


def listed_header(blocks: Sequence[Laid]) -> str:
    """The fields that are set as lists, `SUBJECT:` and its items, as lines of a header; a break stands behind each."""
    found: list[str] = []
    group = 0
    for laid in blocks:
        if laid.block.group_type not in FIELD_OF_LIST:
            continue
        if laid.block.group != group and found:
            found.append("")
        group = laid.block.group
        for line in laid.words:
            if found and found[-1].endswith(":"):
                found[-1] += f" {line.words}"
            elif line.words.upper() in LABELS:
                found.append(f"{line.words}:")
            else:
                found.append(line.words)
    return "\n".join(_as_wire(line) for line in found)


def _as_wire(words: str) -> str:
    # Editors write captions with small letters: `Exdis`, `NODIS CHEROKEE`, `STADIS Exdis`.
    if is_caption_line(words.upper()):
        return words.upper()
    label = _FORM_LABEL.fullmatch(words)
    return f"{_AS_WIRE[label['label'].upper()]} {label['rest']}" if label else words


def _is_form(words: str) -> bool:
    if _FORM_HEAD.fullmatch(words) or _FORM_DATE.fullmatch(words):
        return True
    number = _FORM_NUMBER.fullmatch(words)
    return number is not None and (
        number["post"] is None or post_by_spelling(number["post"]) is not None
    )


def read_wire_text(
    blocks: Sequence[Laid], texts: Sequence[Laid]
) -> tuple[tuple[Paragraph, ...], str | None]:
    """The paragraphs of a text that is printed with the wire's page breaks, mended over them, and the signer's line.

    `blocks` are all of the document, `texts` those of its text; the lines that are placed stay what they are.
    """
    sizes = [len(laid.block.reading) for laid in texts if not laid.placed]
    # Where the blocks are no longer than a line, each of them is one, and no break stands between them.
    parted = bool(sizes) and median(sizes) > _WIRE_WIDTH
    lines: list[Line] = []
    for laid in blocks:
        if parted and lines:
            lines.append(Line("\n", 0))
        lines.extend(laid.lines)
    signer = place_ending(lines)
    return read_body(lines), signer
