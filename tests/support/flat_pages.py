"""Pages as a third of WikiLeaks' have them: a paragraph a line, or several; made of cables that were read line by line.

A cable's segments say what each of its lines is. They are written anew: the lines of a paragraph joined, rules and
titles behind the sentence above them, page marks in mid-sentence, the signature behind the last sentence, WikiLeaks'
pilcrow before each number. What is read from the new page is compared with what was read from the old one. Pages that
were really cut are made here too, for the alarms.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.model import Cable, Paragraph, SegmentKind
from indexer.errors import NotACable
from indexer.page import RawPage
from indexer.parse import parse

# What closes a part stands behind its paragraph when the lines are joined, and on its own line before.
_END_OF_PART = re.compile(r"\(?END (?:OF )?\w+(?: AND \w+)?[.)]*$", re.IGNORECASE)
_NO_LETTER = re.compile(r"\W+")
_BEFORE_BODY = frozenset({SegmentKind.HEADER, SegmentKind.BLANK, SegmentKind.CHROME})


@dataclass(frozen=True, slots=True)
class Layout:
    """How a page is written: `together` so many paragraphs on a line, 0 for all of them."""

    together: int
    pilcrows: bool
    rules_inside: bool
    marks_inside: bool
    signed_inside: bool


LAYOUTS = {
    "a paragraph a line": Layout(1, True, True, True, True),
    "a paragraph a line, nothing inside": Layout(1, True, False, False, False),
    "without pilcrows": Layout(1, False, True, True, True),
    "two paragraphs a line": Layout(2, True, True, True, True),
    "all on one line": Layout(0, False, True, True, True),
}


def real_cables(root: Path, shared: Path) -> Iterator[Cable]:
    """The samples, and the telegrams of the 1970s, each read from its own page."""
    samples = sorted((root / "corpus/samples").rglob("*.*"))
    pages = [
        RawPage(
            path.read_text("utf-8"),
            path.name,
            "html" if path.suffix == ".html" else "text",
            "0" * 64,
        )
        for path in samples
        if path.suffix in {".html", ".txt"}
    ]
    rows = (shared / "data/aad/telegrams.jsonl").read_text("utf-8").splitlines()
    pages += [RawPage(json.loads(row)["text"], "aad", "text", "0" * 64) for row in rows]
    for page in pages:
        try:
            yield from parse(page)
        except NotACable:
            continue


def flat(cable: Cable, layout: Layout) -> str:
    """The cable as a page of that layout."""
    header, blocks, signature = _taken_apart(cable, layout)
    lines: list[str] = []
    held = 0
    for kind, text in blocks:
        inside = (kind == "title" and layout.rules_inside and "--" in text) or kind == "end"
        if kind == "mark":
            inside = layout.marks_inside
        if kind == "text" and text.startswith("¶") and not layout.pilcrows:
            text = text[1:]
        joined = kind == "text" and lines and (layout.together == 0 or 0 < held < layout.together)
        if lines and (inside or joined or (kind == "rest" and layout.marks_inside)):
            lines[-1] += "  " + text
        else:
            lines.append(text)
            held = 0
        held += kind == "text"
        if kind == "title" and not inside:
            held = layout.together
    if signature and layout.signed_inside and lines:
        lines[-1] += " " + signature
    elif signature:
        lines.append(signature)
    return header + "\n" + "\n\n".join(lines) + "\n"


def _taken_apart(cable: Cable, layout: Layout) -> tuple[str, list[tuple[str, str]], str]:
    """The header as it stands; texts, titles, page marks and ends of parts in their order; the signature."""
    header = ""
    signature = ""
    blocks: list[tuple[str, str]] = []
    seen: set[str] = set()
    numbers = {each.anchor: each.number for each in cable.paragraphs}
    rule = ""
    for segment in cable.segments:
        words = " ".join(segment.text.split()).replace("\xa0", " ")
        kind = segment.kind
        if kind is SegmentKind.HEADER and not blocks:
            header += segment.text if segment.text.endswith("\n") else segment.text + "\n"
        elif kind is SegmentKind.BLANK and not blocks:
            header += "\n"
        elif kind is SegmentKind.RULE:
            rule = words
            if blocks and blocks[-1][0] == "title" and not blocks[-1][1].endswith("--"):
                blocks[-1] = ("title", f"{blocks[-1][1]} {'-' * 14}")
        elif kind is SegmentKind.HEADING:
            blocks.append(("title", f"{'-' * 14} {words}" if rule else words))
            rule = ""
        elif kind is SegmentKind.PARAGRAPH and segment.anchor:
            rule = ""
            number = numbers[segment.anchor]
            words = words.lstrip("¶ ")
            if segment.anchor in seen:
                blocks.append(("rest", words))
            else:
                lead = "¶" if number is not None and words[:1].isdigit() else ""
                blocks.append(("text", lead + words))
            seen.add(segment.anchor)
        elif kind is SegmentKind.PAGE_MARK and blocks and cable.origin is not None:
            if blocks[-1][0] != "mark":
                page = 2 + sum(each == "mark" for each, _ in blocks)
                blocks.append(("mark", f"{cable.origin.name.upper()} 00000123  {page:03d} OF 009"))
        elif kind is SegmentKind.END_MARK and segment.field == "part":
            blocks.append(("end", words))
        elif kind is SegmentKind.END_MARK and segment.field == "signature":
            signature = words
    while blocks and blocks[-1][0] in {"mark", "title"}:
        blocks.pop()
    return header, blocks, signature


def facts(paragraph: Paragraph) -> tuple[int | None, str | None, str, str]:
    """What is compared: number, mark, section and the text's letters: a hyphen at a line's end joins or does not."""
    text = _END_OF_PART.sub("", " ".join(paragraph.text.split()))
    return (
        paragraph.number,
        paragraph.mark,
        " ".join((paragraph.section or "").split()),
        _NO_LETTER.sub("", text),
    )


def read_flat(text: str) -> Cable | None:
    """The first cable of such a page, None if it has none."""
    try:
        return parse(RawPage(text, "flat", "text", "0" * 64))[0]
    except NotACable:
        return None


def share_kept(cable: Cable, read: Cable | None) -> tuple[int, int]:
    """How many of the cable's paragraphs are alike in what was read from its page, and how many there are."""
    again = {facts(each) for each in read.paragraphs} if read is not None else set()
    return sum(facts(each) in again for each in cable.paragraphs), len(cable.paragraphs)


def cut_page(cable: Cable, draw: random.Random) -> str | None:
    """The cable's page, a paragraph a line or as it was, cut in the middle of a sentence; None if it is short."""
    text = flat(cable, LAYOUTS["a paragraph a line, nothing inside"])
    if draw.random() < 0.5:
        text = "".join(
            segment.text for segment in cable.segments if segment.kind is not SegmentKind.CHROME
        )
    body = len(text) * 2 // 3
    places = [
        m.end()
        for m in re.finditer(r"(?<=[a-z,] )[a-z]{2,} (?=[a-z]{2,} )", text)
        if m.end() > body
    ]
    return text[: draw.choice(places)].rstrip() if places else None
