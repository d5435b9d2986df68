"""Frames: a text that the cable hands on, between a line that begins it and one that ends it.

`BEGIN TEXT:` ... `END TEXT.`, `QUOTE` ... `UNQUOTE`, `Début du texte` ... `Fin du texte`. Owns which lines are such
ends, and which numbers inside a frame are the handed-on text's own. Must not place a line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from indexer.body.numbering import Start, choose_starts
from indexer.lines.lines import Line

# What is handed on: `BEGIN UNOFFICIAL TEXT OF LETTER`, `Begin talking points`, `Begin non-paper`; a part
# (`BEGIN SUMMARY`) is the cable's own.
_THING = (
    r"(?:[\w’'/-]+ ){0,3}(?:TEXT|TALKING POINTS|POINTS|NON-?PAPER|LETTER|STATEMENT|TRANSLATION|QUOTE|QUOTATION|"
    r"AIDE[- ]MEMOIRE|DEMARCHE|DOCUMENT|MESSAGE|NOTE VERBALE)(?: OF [^.:]{1,60})?"
)
_FRENCH = r"(?:DU|DE LA|DES|DE L['’]) ?(?:TEXTE|CITATION|LETTRE|NOTE|MESSAGE|TRADUCTION|DISCOURS)"
_SPANISH = (
    r"(?:DEL?|DE LA|EL|LA|DO|DA) (?:TEXTO|CITA|CARTA|NOTA|MENSAJE|TRADUCCI[OÓ]N|CITA[CÇ][AÃ]O)"
)
# The line, or its last words behind a sentence's end: `BEGIN TEXT:`, `3. (S) Begin talking points:`, `Debut du texte:`.
_BEGIN = re.compile(
    rf"(?:.*[.:;)]\s+)?[(\[*]*(?:BEGIN {_THING}|D[EÉ]BUT {_FRENCH}|"
    rf"(?:INICIO|IN[IÍ]CIO|COMIENZO|COMIENZA|EMPIEZA|PRINCIPIO) {_SPANISH})\s*[:.)\]*-]*",
    re.IGNORECASE,
)
_END = re.compile(
    rf"(?:.*[.!?:;)\"”’*]\s+)?[(\[*]*(?:END (?:OF )?{_THING}|FIN {_FRENCH}|(?:FIN|FIM|TERMINA|FINAL) {_SPANISH})"
    r"\s*[.:)\]*-]*",
    re.IGNORECASE,
)
# The wire's quotation marks, alone on their lines.
_QUOTE, _UNQUOTE = re.compile(r"QUOTE\s*[:.-]*"), re.compile(r"(?:UNQUOTE|END QUOTE)\s*[:.-]*")
# What a line that begins a frame has, and one that ends it, looked for in small letters: hardly a page has the first,
# and few of its lines have either.
_BEGINS = (
    "begin ",
    "\nquote",
    "but d",
    "inicio d",
    "início d",
    "comienz",
    "empieza ",
    "principio d",
)
_ENDS = ("end ", "\nunquote", "fin d", "fim d", "termina ", "final d")
_LONGEST = 120
_LINE_END = re.compile(r"\n")


class Frames(NamedTuple):
    """The ends of frames by the index of their line, and from where to where each reaches, the outermost ones."""

    begins: frozenset[int] = frozenset()
    ends: frozenset[int] = frozenset()
    spans: tuple[tuple[int, int], ...] = ()


NO_FRAMES = Frames()


def may_have_frames(text: str) -> bool:
    """Whether a page may have a frame, by its text: hardly one has, and its lines then need no look."""
    small = text.replace("\xa0", " ").lower()
    return (
        "begin " in small
        or "quote" in small
        or "but d" in small
        or "inicio d" in small
        or "início d" in small
        or "comienz" in small
        or "empieza " in small
        or "principio d" in small
    )


def find_frames(lines: Sequence[Line]) -> Frames:
    """The frames of a body; one that is never closed has a beginning and no span."""
    text = ("\n" + "\n".join([line.words for line in lines])).lower()
    if not any(hint in text for hint in _BEGINS):
        return NO_FRAMES
    begins: set[int] = set()
    ends: set[int] = set()
    spans: list[tuple[int, int]] = []
    # Where the frames begin that are open: quotations have other ends than the rest.
    held: list[tuple[int, bool]] = []
    depths = {True: 0, False: 0}
    for at in _worth_a_look(text):
        words = lines[at].words
        if len(words) > _LONGEST:
            continue
        quoted = _QUOTE.fullmatch(words) is not None
        if quoted or _BEGIN.fullmatch(words):
            begins.add(at)
            held.append((at, quoted))
            depths[quoted] += 1
            continue
        quoted = _UNQUOTE.fullmatch(words) is not None
        if quoted or _END.fullmatch(words):
            ends.add(at)
            # A quotation ends no other frame; what was never closed ends with the frame around it.
            if not depths[quoted]:
                continue
            while True:
                begun, kind = held.pop()
                depths[kind] -= 1
                if kind is quoted:
                    break
            if not held:
                spans.append((begun, at))
    return Frames(frozenset(begins), frozenset(ends), tuple(spans))


def _worth_a_look(text: str) -> list[int]:
    """The indices of the lines that have one of the hints; `text` is the lines, each behind a line's end."""
    starts = [match.start() for match in _LINE_END.finditer(text)]
    found: set[int] = set()
    for hint in _BEGINS + _ENDS:
        at = text.find(hint)
        while at >= 0:
            found.add(bisect_right(starts, at) - 1)
            at = text.find(hint, at + 1)
    return sorted(found)


def starts_with_frames(possible: Sequence[Start], frames: Frames) -> list[Start]:
    """The paragraphs' starts: the numbers inside a frame are its own text's, unless the cable's go on through it.

    They do where the first inside follows the one before the frame, and the one behind the frame does not.
    """
    if not frames.spans:
        return choose_starts(possible)
    inside: list[list[Start]] = [[] for _ in frames.spans]
    outside: list[Start] = []
    number = 0
    for start in possible:
        while number < len(frames.spans) and frames.spans[number][1] < start.at:
            number += 1
        held = number < len(frames.spans) and frames.spans[number][0] < start.at
        (inside[number] if held else outside).append(start)
    chain = choose_starts(outside)
    ends = [start.at for start in chain]
    own: set[int] = set()
    for (begin, _), starts in zip(frames.spans, inside, strict=True):
        behind = bisect_right(ends, begin)
        before = chain[behind - 1].number if behind else 0
        after = chain[behind].number if behind < len(chain) else None
        if starts and not (
            starts[0].number == before + 1 and (after is None or after > starts[0].number)
        ):
            own.update(start.at for start in starts)
    return choose_starts([start for start in possible if start.at not in own])
