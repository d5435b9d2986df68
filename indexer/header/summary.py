"""The summary of a cable, found in plain text.

Owns where it begins and ends. The parser proper places lines (`indexer.body.paragraphs`); this takes any text, a body
or a whole cable, and gives the summary's words alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from indexer.grammar.marks import ends_sentence, is_rule, leading_mark, page_mark
from indexer.grammar.vocabulary import is_caption_line, level_alone
from indexer.header.blocks import clean_lines
from indexer.lines.headings import mostly_upper, title_share

# A paragraph's number at a line's start: `1.`, `¶2.`, `3)`; not a decimal, not a year.
_NUMBER = re.compile(r"\s*(?P<sign>¶\s?)?\(?(?P<number>\d{1,2})\s?[.)](?!\d)[ \t]*")
_MARKS = r"(?:\(\s?(?:SBU|LOU|FOUO|TS|U|C|S)(?:\s?[-/]{1,2}\s?[A-Z/ ]{1,20})?\s?\)\s*[.:-]*\s*)"
# The label of the part: `SUMMARY:`, `BEGIN SUMMARY.`, `Executive Summary --`, `Summary and Comment:`, `SUMMARY (U):`;
_LABEL = (
    r"(?:BEGIN\s+|START\s+(?:OF\s+)?)?(?:EXECUTIVE\s+|INTRODUCTION\s*(?:AND|&|/)\s*)?SUMMARY"
    r"(?:\s*(?:AND|&|/|,)\s*(?:[A-Z]+\s?){1,4}?)?"
)
# ... in front of its text, with or without number and mark; `SUMMARY` alone is a heading, with or without stripes.
_INLINE = re.compile(
    rf"\s*(?:¶\s?)?(?:\(?\d{{1,2}}\s?[.)]\s*)?[\"'_*]*{_MARKS}{{0,2}}[-_*\"']*\s*\(?{_LABEL}[_*\"']*\s*{_MARKS}?(?:[:;.]+|-{{1,3}}|–|—)[-_*]*\s*{_MARKS}?",
    re.IGNORECASE,
)
_HEADING = re.compile(
    rf"[-=_*~ ‐-―]*(?:¶\s?)?(?:\(?\d{{1,2}}\s?[.)]\s*)?{_MARKS}{{0,2}}[-=_*~ ‐-―\"]*"
    rf"{_LABEL}\s*{_MARKS}?[-=_*~: .‐-―\"]*",
    re.IGNORECASE,
)
# What closes it: `END SUMMARY.`, `(End summary and comment.)`, `ENDSUMMARY`, `End of Summary`, `END SUM`.
_END = re.compile(
    r"[-(\[*_]{0,3} ?\bEND\s{0,9}(?:OF\s{1,9})?(?:EXECUTIVE\s{1,9}|INTRO(?:DUCTION)?\s{0,9}(?:AND|&|/)\s{0,9})?"
    r"SUM(?:MARY)?\b"
    r"(?:\s*(?:AND|&|/)\s*(?:ACTION REQUEST|COMMENT|INTRODUCTION|\w+))?[\s.:)\]*_-]*",
    re.IGNORECASE,
)
# The heading of the next part at the end of the summary's line: `... that fees rise. -------- Tugs --------`.
_HEADING_BEHIND = re.compile(r"(?<=[.!?)\"”]) [-=*_]{4,}[^-=*_]{3,60}[-=*_]{4,}$")
_LONGEST_SUMMARY = 120  # lines without an end mark further than that are not the summary's
_LONGEST_HEADING = 90
_LONGEST_LABEL = 160
# A drawn stroke, however long, is one sign: `--------SUMMARY-------`.
_STRIPES = re.compile(r"([-=_*~ ‐-―])\1+")
_TITLE_SHARE = 0.6


def summary(text: str) -> str:
    """The text of the summary, its lines joined by blanks; "" if there is none.

    Taken off are label, end mark, paragraph numbers, portion marks, rules and page marks.

    A summary under a heading reaches to its end mark or the next heading, one with a label in its paragraph to its end
    mark or the next paragraph.
    """
    lines = clean_lines(text)
    start = next((at for at, line in enumerate(lines) if _opens(line)), None)
    if start is None:
        return _closed_only(lines)
    inline = _label(lines[start]) if not _titled(lines[start]) else None
    first = lines[start][inline.end() :] if inline else ""
    number = _NUMBER.match(lines[start])
    taken = [first]
    closed = False
    for at in range(start, min(start + _LONGEST_SUMMARY, len(lines))):
        line = first if at == start else lines[at]
        end = _end(line, lines[at + 1] if at + 1 < len(lines) else "")
        if end is not None:
            taken = taken if at == start else [*taken, line]
            taken[-1] = line[:end]
            closed = True
            break
        if at > start:
            taken.append(line)
    if not closed:
        taken = taken[
            : 1
            + _reach(
                lines[start + 1 : start + _LONGEST_SUMMARY],
                inline=inline is not None,
                numbered=number is not None,
            )
        ]
    return _clean(taken, int(number["number"]) if number and inline else None)


def _opens(line: str) -> bool:
    return "summary" in line[:_LONGEST_LABEL].lower() and (
        _titled(line) or _label(line) is not None
    )


def _titled(line: str) -> bool:
    """Whether a line is the summary's heading: `---- SUMMARY ----`, `Summary and Comment`."""
    words = _STRIPES.sub("-", line.strip())
    return len(words) <= _LONGEST_HEADING and _HEADING.fullmatch(words) is not None


def _label(line: str) -> re.Match[str] | None:
    """The label a line begins with: its end is where the text begins."""
    return _INLINE.match(line, len(line) - len(line.lstrip()), _LONGEST_LABEL)


def _closed_only(lines: Sequence[str]) -> str:
    """A summary that only its end tells: paragraphs from the first to `END SUMMARY`; "" where none is the first."""
    ends = ((at, _end(line, "")) for at, line in enumerate(lines))
    last, end = next(((at, end) for at, end in ends if end is not None), (0, None))
    firsts = (
        at
        for at, line in enumerate(lines[: last + 1])
        if (n := _NUMBER.match(line)) and n["number"] == "1"
    )
    first = next(firsts, None)
    if end is None or first is None or last - first > _LONGEST_SUMMARY:
        return ""
    taken = [*lines[first:last], lines[last][:end]]
    number = _NUMBER.match(taken[0])
    taken[0] = taken[0][number.end() :] if number else taken[0]
    return _clean(taken, 1)


def _end(line: str, following: str) -> int | None:
    """Where the end mark begins in a line, or where the half of it does that stands before the line's end."""
    match = _END.search(line)
    if match:
        return match.start()
    words = line.rstrip().upper()
    if words.endswith((" END", "(END")) and following.lstrip()[:7].upper() == "SUMMARY":
        return len(words) - len("END")
    return None


def _is_next(lines: Sequence[str], at: int) -> bool:
    """Whether a new paragraph begins without a number: behind a blank line and a finished sentence."""
    if not at or lines[at - 1].strip():
        return False
    above = next((line for line in reversed(lines[:at]) if line.strip()), "")
    return not above or ends_sentence(above)


def _reach(lines: Sequence[str], *, inline: bool, numbered: bool) -> int:
    """How many further lines a summary without an end mark has."""
    words = False
    for at, line in enumerate(lines):
        stripped = line.strip()
        if not stripped:
            continue
        if is_rule(stripped):
            # The rule under the summary's own heading, or the one over the next.
            if words or inline:
                return at - (1 if at and _is_heading(lines[at - 1]) else 0)
            continue
        if _NUMBER.match(line) or (inline and not numbered and _is_next(lines, at)):
            if inline:
                return at
        elif (words or inline) and at and not lines[at - 1].strip() and _heads(lines, at):
            return at
        words = True
    return len(lines)


def _heads(lines: Sequence[str], at: int) -> bool:
    """Whether a line is a heading, with nothing or a rule under it."""
    under = lines[at + 1].strip() if at + 1 < len(lines) else ""
    return _is_heading(lines[at]) and (not under or is_rule(under))


def _is_heading(line: str) -> bool:
    words = line.strip()
    return (
        0 < len(words) <= _LONGEST_HEADING
        and page_mark(words) is None
        and level_alone(words) is None
        and not words.endswith((".", ",", ";"))
        and (mostly_upper(words) or (words[:1].isupper() and title_share(words) >= _TITLE_SHARE))
    )


def _clean(lines: Iterable[str], number: int | None) -> str:
    kept: list[str] = []
    paged = False
    for line in lines:
        words = line.strip()
        if not words or is_rule(words):
            continue
        if page_mark(words) or (paged and (level_alone(words) or is_caption_line(words))):
            paged = True
            continue
        if level_alone(words):
            continue
        paged = False
        match = _NUMBER.match(words)
        if match and _is_paragraph(match, words, number):
            number = int(match["number"])
            words = words[match.end() :]
            words = leading_mark(words)[1]
        elif not kept:
            words = leading_mark(words)[1]
        if not kept:
            label = _label(words)
            words = words[label.end() :] if label else words
        kept.append(words)
    return _HEADING_BEHIND.sub("", " ".join(" ".join(kept).split()))


def _is_paragraph(match: re.Match[str], words: str, last: int | None) -> bool:
    return (
        match["sign"] is not None
        or last is None
        or int(match["number"]) == last + 1
        or leading_mark(words[match.end() :])[0] is not None
    )
