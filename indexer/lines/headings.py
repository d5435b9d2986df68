"""Headings: which short lines are the title of a section, and which part a title or a label opens.

Pure functions over text. Must not know lines or pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import Part
from indexer.grammar.marks import END_OF_PART

# Title words that name a part, looked for at the start of a heading or of a paragraph's label.
_PART_WORDS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    # `SUMMARY`, `SUMMARY AND COMMENT`, `BEGIN SUMMARY`, `EXECUTIVE SUMMARY`, `KEY POINTS`.
    (
        Part.SUMMARY,
        re.compile(
            r"(?:BEGIN |EXECUTIVE |INTRODUCTION AND )?SUMMARY\b|KEY POINTS\b", re.IGNORECASE
        ),
    ),
    (Part.INTRODUCTION, re.compile(r"(?:INTRODUCTION|INTRO|OVERVIEW)\b(?! of\b)", re.IGNORECASE)),
    (Part.BACKGROUND, re.compile(r"(?:BACKGROUND|CONTEXT|HISTORY)\b(?! of\b)", re.IGNORECASE)),
    (
        Part.ACTION_REQUEST,
        re.compile(
            r"(?:BEGIN )?ACTION REQUEST(?:ED)?\b|ACTION\s*:|REQUEST FOR (?:ACTION|GUIDANCE)\b|GUIDANCE REQUEST",
            re.IGNORECASE,
        ),
    ),
    (
        Part.COMMENT,
        re.compile(
            r"(?:BEGIN |POST |EMBASSY |CONSULATE |MISSION |CONCLUSION AND )?COMMENTS?\b|"
            r"CONCLUSIONS?\b|ANALYSIS\b(?! of\b)",
            re.IGNORECASE,
        ),
    ),
    (
        Part.BIOGRAPHY,
        re.compile(
            r"BIO(?:GRAPHI?C(?:AL)?|S|GRAPHY)?\b(?:\s+(?:NOTES?|DATA|INFORMATION|SKETCH))?",
            re.IGNORECASE,
        ),
    ),
)
# All of them at once: what it finds is the first that fits.
_ANY_PART = re.compile(
    "|".join(f"(?P<{part.name}>{pattern.pattern})" for part, pattern in _PART_WORDS), re.IGNORECASE
)
# With what such a word begins, in capitals.
_PART_BEGINS = frozenset(
    {
        *("BEG", "EXE", "INT", "SUM", "KEY", "OVE", "BAC", "CON", "HIS", "ACT", "REQ", "GUI"),
        *("POS", "EMB", "MIS", "COM", "ANA", "BIO"),
    }
)
# A label in front of a paragraph's text: one to four words and a colon, full stop or dash: `SUMMARY: A USTR-led
# ...`, `Comment. We ...`, `(Comment: ...`.
_INLINE_LABEL = re.compile(
    r"\(?(?P<label>[A-Za-z]++(?:(?: and| &|,)? [A-Za-z]++){0,3})\s*(?::|\.|--|-\s)"
)
# What closes a part stands behind its text: `SUMMARY: DAOUD EXPECTS LITTLE. END SUMMARY`.
_ENDS_PART = re.compile(rf"\S\s+(?:{END_OF_PART.pattern})\Z", re.IGNORECASE)
_LONGEST_END = 40  # characters
_SENTENCE_INSIDE = re.compile(r"[a-z]{2}[.!?]\s+[A-Z]")
_SUB_ITEM = re.compile(
    r"(?:[-*•·o]{1,2}\s|\(?[a-z]{1,2}[.)]\s|\(?\d{1,2}[.)]\s|\((?:\d{1,2}|[ivx]{1,4})\)\s)"
)
_WORD = re.compile(r"[^\W\d_][\w'’.&-]*")
# A quoted headline in a media reaction cable: `"Banks Under Water"`, often over two lines.
_QUOTED = re.compile(r"[\"“].{3,160}[\"”]", re.DOTALL)
# A quotation and no headline: it ends with its own full stop (`"The bank lends to hotels."`), or says who said it
# (`"Growers Blame the Bank," said the DAILY NUTMEG: "..."`).
_SAID = re.compile(r"[.!?][\"”]\Z|[,.!?][\"”]\s+[a-z]")
# `A. COUNTRY CONDITIONS`: a letter in front of a title.
_LETTERED = re.compile(r"[A-Z][.)]\s+(?P<title>[A-Z].*)")
_LETTER = re.compile(r"[^\W\d_]")
# Capitals of the Latin script and its accents; cables in other scripts have no headings in capitals.
_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-Þ]")
# The same for ASCII, which nearly every cable is: what is no letter, and no capital, is dropped.
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_NO_CAPITALS = bytes(code for code in range(128) if not chr(code).isupper())
_STRIPES = re.compile(r"[-=_*‐-―]{2,}")
# A title with its rule on its own line: `-- SUMMARY --`, `---- SUMMARY`, `SUMMARY ----`; two dashes on one side, or
# inside, are a sentence's (`--WE SHOULD BE AUTHORIZED TO`, `THE CABINET--CARLOS MIRANDA`, `Q. WHAT ABOUT --`).
_STRIPED = re.compile(r"[-=_*‐-―]{2}.*[-=_*‐-―]{2}|[-=_*‐-―]{4}.*|.*[-=_*‐-―]{4}")

# A title with signs around it: `* SUMMARY *`, `*Comment*`, `<<Outlook>>`; a sub-item has its star in front only.
_STARRED = re.compile(r"\*{1,3} ?([^*\s][^*]*?) ?\*{1,3}|<{1,2} ?([^<>\s][^<>]*?) ?>{1,2}")

# What a title may begin with: a quotation mark, a parenthesis, the dots of one that goes on: `...And Shippers Pay`.
_BEFORE_TITLE = "\"“'(‘.…"
# An item of a list whose sign stands close to its words: `--(5)Title`, `-Fees`, `*Tugs`; none that is signed on both
# sides (`--SUMMARY--`, `*Comment*`) is one.
_CLOSE_ITEM = re.compile(r"(?:[-–—]{1,2}|[*•·>]{1,2})\s?[\w(\[\"“].*(?<![-–—*<=_])")
_ITEM_SIGNS = frozenset("-–—*•·>")

# A row of a table: `E. TOTAL DISTRIBUTION 267,900 257,300 294,978`; `Wheat Sales 1973 1974` may be a title.
_FIGURES_AT_END = re.compile(r"\s(?!(?:19|20)\d\d\s)[\d,.]+\s+[\d,.]+$")
LONGEST_HEADING = 150


def part_of(title: str) -> Part | None:
    """The part a heading opens, None for one of the body: `Comment: Local Enforcement ...` is COMMENT."""
    bare = (_STRIPES.sub("", title) if _has_strokes(title) else title).strip(" \t()[]\"'")
    lettered = _LETTERED.match(bare)
    bare = lettered["title"] if lettered else bare
    begins = bare[:3].upper()
    if begins not in _PART_BEGINS and begins.isascii():
        return None
    match = _ANY_PART.match(bare)
    return Part[match.lastgroup] if match is not None and match.lastgroup else None


def _has_strokes(line: str) -> bool:
    """Whether a line may have a rule in it: hardly a title has."""
    return "-" in line or "=" in line or "_" in line or "*" in line or not line.isascii()


def inline_part(text: str) -> Part | None:
    """The part that a paragraph's own label opens (`SUMMARY: ...`, `Comment. ...`), None without one."""
    # Nearly no text begins with such a word.
    if (text[1:4] if text[:1] == "(" else text[:3]).upper() not in _PART_BEGINS:
        return None
    match = _INLINE_LABEL.match(text)
    if match is None:
        return None
    label = match["label"]
    part = part_of(label)
    # `Comment by the minister: ...` is a label too, but `Background checks. ...` is a sentence: a full stop or a dash
    # closes a label only if the label is the part's own word.
    if part is not None and (match.group().rstrip().endswith(":") or len(label.split()) <= 3):
        return part
    return None


def part_closed(text: str) -> bool:
    """Whether a text's last words say that a part has come to its end: `... deposits are small. End Comment.`."""
    tail = text[-_LONGEST_END:]
    return "END" in tail.upper() and _ENDS_PART.search(tail) is not None


def mostly_upper(text: str) -> bool:
    """More than nine tenths of the letters are capitals, of two letters at least."""
    if text.isascii():
        signs = text.encode()
        letters = len(signs.translate(None, _NO_LETTERS))
        capitals = letters if text.isupper() else len(signs.translate(None, _NO_CAPITALS))
    else:
        letters, capitals = len(_LETTER.findall(text)), len(_CAPITAL.findall(text))
    return letters >= 2 and capitals > 0.9 * letters


def title_share(text: str) -> float:
    """The share of the words of four letters and more that begin with a capital (all words, if none is that long)."""
    words = _WORD.findall(text)
    long = [w for w in words if len(w) >= 4] or words
    return sum(w[0].isupper() for w in long) / len(long) if long else 0.0


def heading_text(lines: Sequence[str]) -> str:
    """A heading as printed, without the rules around it, its lines joined: `---- SUMMARY ----` is `SUMMARY`.

    So is `* SUMMARY *`.
    """
    text = " ".join(
        [(_STRIPES.sub("", line) if _has_strokes(line) else line).strip(" |") for line in lines]
    )
    if text[:1] == "¶":  # WikiLeaks' own, as in `¶A. FEES AND TUGS`
        text = text[1:]
    starred = _STARRED.fullmatch(text) if text[:1] in {"*", "<"} else None
    return " ".join((starred[1] or starred[2] if starred else text).split())


def is_heading(
    lines: Sequence[str], *, ruled: bool, before_number: bool, numbered: bool, shouting: bool
) -> bool:
    """Whether a block of one to three lines, with breaks around it, is a section's title.

    `ruled`: a rule stands right above or below it. `before_number`: a numbered paragraph follows. `numbered`: the
    cable has numbered paragraphs. `shouting`: the whole cable is in capitals, which then say nothing.
    """
    text = heading_text(lines)
    if (
        not text
        or len(lines) > 3
        or len(text) > LONGEST_HEADING
        or not (text[0].isalpha() or any(map(str.isalpha, text)))
    ):
        return False
    if END_OF_PART.fullmatch(text) or _SUB_ITEM.match(text):
        return False
    if part_closed(text):
        return False
    if lines[0][:1] in _ITEM_SIGNS and _CLOSE_ITEM.fullmatch(lines[0]) and part_of(text) is None:
        return False
    if text[-1:].isdecimal() and _FIGURES_AT_END.search(text):
        return False
    first = text.lstrip(_BEFORE_TITLE)[:1]
    if not (first.isupper() or first.isdigit()):
        return False
    if ruled:
        return (
            len(lines) <= 2
            and _SENTENCE_INSIDE.search(text) is None
            and not text.endswith((",", ";"))
        )
    striped = len(lines) == 1 and _STRIPED.fullmatch(lines[0]) is not None
    known = part_of(text) is not None and len(text.split()) <= 4 and not text.endswith((",", ";"))
    if striped or (known and text.rstrip(".: ").isupper()):
        return True
    if text.endswith((".", ",", ";", "--")) or _SENTENCE_INSIDE.search(text):
        return False
    if mostly_upper(text) and not shouting:
        return len(text.split()) <= 14 and len(text) >= (3 if before_number else 4)
    if shouting:
        return (
            before_number and len(text.split()) <= 8 and len(lines) == 1 and not text.endswith(":")
        )
    if known:
        return True
    if not numbered:
        return (
            len(lines) <= 2
            and (
                title_share(text) >= 0.75
                or (_QUOTED.fullmatch(text) is not None and _SAID.search(text) is None)
            )
            and len(text) <= 110
        )
    if not before_number:
        # A title over an introduction to what is numbered anew: short, and in title case throughout.
        return (
            len(lines) == 1
            and 2 <= len(text.split()) <= 9
            and title_share(text) >= 0.8
            and not text.endswith(":")
        )
    return len(lines) <= 2 and (title_share(text) >= 0.6 or (len(text) <= 60 and " " in text))
