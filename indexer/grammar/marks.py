"""Portion marks, page marks, rules and classification lines: the small forms that stand on every page.

Pure functions over one line's words (without outer blanks). Knows nothing of pages or paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from corpus.posts import post_by_spelling
from indexer.grammar.vocabulary import LEVEL, MARK_CAVEATS, MARK_LEVELS, MARK_OF_WORDS, any_of

# The inside of a portion mark: levels and caveats joined by slashes or dashes: `SBU`, `S/NF`, `C//NF`,
# `C - ENTIRE TEXT`, `SBU/NOFORN`, `U/FOUO`, `C/REL TO USA, GBR`. Words in full occur: `(CONFIDENTIAL)`.
_MARK_LEVEL = any_of(MARK_LEVELS)
_MARK_CAVEAT = any_of([*MARK_CAVEATS, r"REL(?:\.? TO)?(?:[ ,/A-Z]{0,40})"])
# The inside of a mark as a pattern without groups, for use in other patterns.
MARK = rf"{_MARK_LEVEL}(?:\s*[-/]{{1,2}}\s*{_MARK_CAVEAT})*"
_ENTIRE = r"(?:(?:\s*[-:,–])?\s*ENTIRE\s+(?:TEXT|MESSAGE|CABLE|PARA(?:GRAPH)?)\.?)"
# `(SBU)`, `((S)`, `SBU)`, `( C )`, `(SBU/NF)`, `(C - ENTIRE TEXT)`, `[U]`; anchored where it is used.
PORTION_MARK = re.compile(
    rf"(?:\({{1,2}}|\[)?\s*(?P<mark>{_MARK_LEVEL}(?:\s*[-/]{{1,2}}\s*{_MARK_CAVEAT})*)"
    rf"(?P<entire>{_ENTIRE})?\s*[)\]]{{1,2}}",
    re.IGNORECASE,
)
_MARKING_LETTERS = frozenset("UCSLT")
_MARK_JOINT = re.compile(r"\s*[-/]{1,2}\s*")


@lru_cache(maxsize=1024)
def normal_mark(text: str) -> str:
    """The usual spelling of a portion mark: `s//noforn` and `S - NF` are `S/NF`."""
    pieces = [piece.strip().upper() for piece in _MARK_JOINT.split(text.strip()) if piece.strip()]
    return "/".join(MARK_OF_WORDS.get(piece, piece) for piece in pieces)


# A marking as pages are stamped with it: `UNCLASSIFIED`, `SECRET//NOFORN`, `S E C R E T`, `CONFIDENTIAL - REL TO USA`.
_MARKING = re.compile(rf"{LEVEL}(?:\s*[-/]{{1,2}}\s*{_MARK_CAVEAT})*")


def is_marking(words: str) -> bool:
    """Whether a line says how a page is classified, and nothing else: `UNCLASSIFIED`, `SECRET//NOFORN`."""
    return (
        words[:1] in _MARKING_LETTERS and len(words) <= 60 and _MARKING.fullmatch(words) is not None
    )


# A level alone in its parentheses, as nearly every mark is: known without the pattern.
_PLAIN_MARKS = {f"({level}": MARK_OF_WORDS.get(level, level) for level in MARK_LEVELS}
_LONGEST_PLAIN = max(map(len, _PLAIN_MARKS)) + 1
_CLOSING = frozenset(")]")
# What a mark can begin with; other signs than those of ASCII the pattern has to tell.
_MARK_BEGINS = frozenset("([ \t" + "".join({level[0] for level in MARK_LEVELS}))


def leading_mark(words: str) -> tuple[str | None, str]:
    """The portion mark a text starts with, and the text behind it; (None, the text) without one.

    A mark without its opening parenthesis (`SBU) The ...`) counts, as does a doubled one (`((S)`).
    """
    end = words.find(")", 0, _LONGEST_PLAIN)
    plain = _PLAIN_MARKS.get(words[:end]) if end > 0 else None
    if plain is not None and words[end + 1 : end + 2] not in _CLOSING:
        return plain, words[end + 1 :].lstrip(" :.-\t")
    first = words[:1]
    if first.isascii() and first.upper() not in _MARK_BEGINS and not first.isspace():
        return None, words
    match = PORTION_MARK.match(words)
    if match is None:
        return None, words
    return normal_mark(match["mark"]), words[match.end() :].lstrip(" :.-\t")


class PageMark(NamedTuple):
    """What a page mark says: the post as printed, the message number, page and pages where given."""

    post: str
    number: int
    page: int
    pages: int | None = None


# The wire's section mark at the top of each later page: `GUANGZHOU 00000376  002 OF 004`, in 2005 also with a decimal:
# `GUANGZHOU 00000377  001.2 OF 002`. Posts have one to four words. Archives damaged some: the point lost (`002 2 OF
# 003`), a zero for the O (`002 0F 003`), small letters (`Guangzhou 00000413 003.2 of 003`).
_WIRE_POST = r"[A-Z][A-Za-z'.]*(?:[ -][A-Z][A-Za-z'.]*){0,3}"
_WIRE_PAGE = re.compile(
    rf"(?P<post>{_WIRE_POST})\s+(?P<number>\d{{4,8}})\s+(?P<page>\d{{3}})(?:[. ]\d)?"
    r"\s+(?:[O0]F|of)\s+(?P<pages>\d{3})"
)
# What travels with the Secretary or another has a second number of a series that is named for it: `TOSEC 070044`,
# `SECTO 6005`, `TOAID 12`, `VANTO 3`.
_SERIES_NUMBER = r"(?:\s*/?\s*(?:TO(?!TAL)[A-Z]{3}|[A-Z]{3,4}TO)\s{0,4}\d{1,6})"
# The same inside a line of text that lost its line ends: what stands behind the post, the number with all its zeros.
_INNER_PAGE = re.compile(
    r"(?<=[A-Za-z.'])\s{1,4}\d{8}\s{1,4}\d{3}(?:[. ]\d)?\s{1,4}(?:[O0]F|of)\s{1,4}\d{3}(?!\d|\.\d)"
)
# The words before it that may be its post's; the longest end of them that is a post's name is it.
_WORDS_BEFORE = re.compile(rf"(?<![\w-]){_WIRE_POST}\Z")
_LONGEST_POST = 40
_ALL_DIGITS = 8
# The page line of the 1970s: `PAGE 02        LA PAZ 02423  202130Z`, with `01 OF 02` between in telegrams of
# several sections; `PAGE 02  STATE  190211 TOSEC 070044`. The 1980s counted the pages: `PAGE 01 OF 02    SAN SA 08801
# 00 OF 02  111511Z   C01/03  003991`.
_NARA_PAGE = re.compile(
    r"PAGE\s+(?P<page>\d{1,3})(?:\s+OF\s+\d{1,3})?\s+"
    r"(?P<post>[A-Z][A-Z'.]*(?:[ -][A-Z][A-Z'.]*){0,3})\s+(?P<number>\d{3,6})"
    rf"{_SERIES_NUMBER}?(?:\s+(?P<part>\d{{1,2}})\s+OF\s+\d{{1,2}})?(?:\s+(?P<time>\d{{6}}Z).{{0,24}})?"
)

# A count in words, as some wrote it: `SECTION TWO OF THREE`.
COUNTED = ("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE")
COUNT_WORD = rf"(?:{'|'.join(COUNTED)})"
_LATER = rf"(?P<page>0?[2-9]|[1-9]\d|(?!ONE){COUNT_WORD})"
_COUNT = rf"(?P<pages>\d{{1,2}}|{COUNT_WORD})"
_POST_AND_NUMBER = (
    r"(?P<post>[A-Z][A-Z'.]*(?:[ -][A-Z][A-Z'.]*){0,3})\s+(?P<number>\d{1,8})"
    rf"(?:\s?/\s?\d{{1,2}}(?!\d))?{_SERIES_NUMBER}?"
)
# The class line that opens each later section of a telegram: `UNCLAS SECTION 02 OF 03 TOKYO 000010`, `LIMITED OFFICIAL
# USE SECTION 2 OF 7 LA PAZ 6614`, `S E C R E T FINAL SECTION OF 02 ...`, the section's number perhaps behind the
# telegram's (`SECTION 2 OF 2 LA PAZ 2117/2`); the first section's is the header's.
_SECTION_LINE = re.compile(
    rf"[A-Z][A-Z /]{{2,40}}?\s+(?:SECTION\s+{_LATER}\s+OF|FINAL SECTION OF)\s+{_COUNT}[ ,]\s*"
    rf"{_POST_AND_NUMBER}(?:\s+[A-Z]{{4,12}})*"
)
# The same with the count behind: `LIMITED OFFICIAL USE LA PAZ 2117/2 SECTION 2 OF 2`.
_SECTION_BEHIND = re.compile(
    rf"{LEVEL}[ ,/]+{_POST_AND_NUMBER}\s+(?:SECTION\s+{_LATER}\s+OF|FINAL SECTION OF)\s+{_COUNT}"
)

_LONGEST_MARK = 80
# What the two forms with an OF have in common: `002 OF 004`, `FINAL SECTION OF 02`.
_OF_NUMBER = re.compile(rf" (?:[O0]F|of)\s+(?:\d|{COUNT_WORD})")


def page_mark(words: str) -> PageMark | None:
    """The page mark that the whole line is, else None."""
    # Two of the three forms have an OF or end with three digits, the third begins with PAGE; hardly a line does.
    if words.startswith("PAGE"):
        return _read_mark(words) if len(words) <= _LONGEST_MARK else None
    if not (" OF " in words or words[-3:].isdecimal()) or len(words) > _LONGEST_MARK:
        return None
    # Prose has no number behind the OF.
    return _read_mark(words) if _OF_NUMBER.search(words) is not None else None


def inner_page_marks(text: str) -> Iterator[tuple[int, int]]:
    """Where the wire's page marks stand inside a line: their starts and ends, in order."""
    for match in _INNER_PAGE.finditer(text):
        before = _WORDS_BEFORE.search(text, max(0, match.start() - _LONGEST_POST), match.start())
        if before is None:
            continue
        # `LOCK GATES AND DREDGING GUANGZHOU 00000413 ...`: only the post's words are the mark's.
        starts = [before.start() + word.start() for word in re.finditer(r"[^ -]+", before.group())]
        known = (at for at in starts if post_by_spelling(text[at : match.start()]) is not None)
        yield next(known, starts[-1]), match.end()


def _read_mark(words: str) -> PageMark | None:
    match = _WIRE_PAGE.fullmatch(words)
    if match and (len(match["number"]) == _ALL_DIGITS or match["post"].isupper()):
        return PageMark(
            match["post"], int(match["number"]), int(match["page"]), int(match["pages"])
        )
    match = _NARA_PAGE.fullmatch(words)
    if match:
        return PageMark(match["post"], int(match["number"]), int(match["page"]))
    if "SECTION" not in words:
        return None
    match = _SECTION_LINE.fullmatch(words) or _SECTION_BEHIND.fullmatch(words)
    if match:
        pages = counted(match["pages"])
        page = counted(match["page"]) if match["page"] else pages
        return PageMark(match["post"], int(match["number"]), page, pages)
    return None


def counted(written: str) -> int:
    """`02` and `TWO` are 2."""
    return int(written) if written.isdigit() else COUNTED.index(written.upper()) + 1


# The same marks of the 1970s inside a line, as archives have them: `... GR   UNCLASSIFIED    PAGE 02   ATHENS  02211
# 01 OF 03  141122Z ECON ...`.
_INNER_NARA = re.compile(
    rf"(?:{LEVEL}\s+)?PAGE\s+\d{{1,3}}\s+[A-Z][A-Z'.]*(?:[ -][A-Z][A-Z'.]*){{0,3}}\s+\d{{3,6}}"
    r"(?:\s+\d{1,2}\s+OF\s+\d{1,2})?\s+\d{6}Z"
)


def without_page_marks(words: str) -> str:
    """A line without the page marks inside it, a blank in the place of each; a line that is one stays."""
    if " OF " not in words and "PAGE" not in words and " of " not in words and " 0F " not in words:
        return words
    marks = sorted(
        [match.span() for match in _INNER_NARA.finditer(words)] + [*inner_page_marks(words)]
    )
    for start, end in reversed(marks):
        if (start, end) != (0, len(words)):
            words = f"{words[:start].rstrip()} {words[end:].lstrip()}"
    return words


# A line of nothing but drawing: `-----`, `======`, `--------- ---`, `* * *`, `____`, U+2010 to U+2015.
_RULE = re.compile(r"[-=_*~.‐-―][-=_*~.‐-― \t]*")

STROKES = frozenset("-=_*~.\u2010\u2011\u2012\u2013\u2014\u2015")


def is_rule(words: str) -> bool:
    """A drawn line of at least three strokes: never a lone `-`, which some writers use for a blank line."""
    return (
        words[:1] in STROKES
        and _RULE.fullmatch(words) is not None
        and len(words) - words.count(" ") >= 3
    )


# The text above a signature, a title or a page's end has ended: a full stop, a colon, a closing sign.
_SENTENCE_ENDS = frozenset(".!?:;)\"”’']*")
# The wire's end signs: `NNNN`, `BT`, `#0376`, `##`, `#####`; the Department's own archive's: `<< END OF DOCUMENT >>`,
# its brackets perhaps still escaped.
_MESSAGE_END = re.compile(
    r"N{3,6}|BT|#+(?:\d{1,5})?|@+|(?:<|&lt;){0,2}\s*END OF (?:MESSAGE|CABLE|DOCUMENT)\s*(?:>|&gt;){0,2}|"
    r"END (?:TEXT|CABLE|MESSAGE)\.?|"
    r"MINIMI[ZS]E (?:CONSIDERED|FOR .{2,40})\.?"
)
# What closes a part: `END SUMMARY.`, `END COMMENT`, `End Summary and Comment.`; a line of its own or the end of
# a paragraph.
END_OF_PART = re.compile(
    r"\(?(?:END\s+(?:OF\s+)?(?P<what>SUMMARY|COMMENTS?|INTRODUCTION|BACKGROUND|ACTION REQUEST|"
    r"BIO(?:\w+)?|NOTE|TEXT|QUOTE|CABLE|"
    r"UNCLASSIFIED TEXT)(?:\s+AND\s+\w+)?)\s*[.)]*",
    re.IGNORECASE,
)


def ends_sentence(words: str) -> bool:
    """Whether a text has come to an end: its last sign is one that closes."""
    return words.rstrip()[-1:] in _SENTENCE_ENDS


# Words with which no text ends: `... of the`, `... took part in`, `..., and`.
_SMALL_WORDS = frozenset(
    {
        "and", "or", "but", "nor", "of", "the", "a", "an", "for", "to", "in", "on", "with", "by", "from",
        "at", "into", "between", "against", "among", "under", "about", "its", "their", "his", "her", "our",
        "this", "these", "those", "which", "who", "whose", "as", "than", "is", "are", "was", "were", "has",
        "have", "had", "will", "would", "be", "been", "if", "because",
    }
)  # fmt: skip
_OPEN_SIGNS = frozenset(",([/&")


def stops_short(words: str) -> bool:
    """Whether a text surely goes on: its last word or sign is one that nothing ends with (`... of the`, `word-`)."""
    words = words.rstrip()
    last = words[-1:]
    if last.isalpha():
        return words[words.rfind(" ") + 1 :].lower() in _SMALL_WORDS
    return last in _OPEN_SIGNS or (last == "-" and words[-2:-1].isalnum())


def is_message_end(words: str) -> bool:
    """Whether a line is the wire's end sign, or what stands beside it: `NNNN`, `BT`, `#0376`, `MINIMIZE CONSIDERED`."""
    return len(words) < 40 and _MESSAGE_END.fullmatch(words) is not None
