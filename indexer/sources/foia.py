"""Cables that the Department of State released under the Freedom of Information Act, as its reading room has them.

Owns what the release adds: its stamps at the top and foot of each page, and the exemptions in the margin. The release's
stamp says how the release is classified, never the cable. What was withheld stays in the text where the page says so
there (`[B1]`, a box). The form that the Department prints since 2010 is `indexer.sources.foia_form`'s,
what numbers a stamp has `indexer.sources.foia_stamp`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.model import SegmentKind
from indexer.grammar.vocabulary import level_alone
from indexer.lines.lines import Line
from indexer.page import Form, PageFacts
from indexer.sources.foia_form import NEAR, SENSITIVE, Said, form_at, read_form
from indexer.sources.foia_stamp import RELEASE

NAME = "foia"

# An exemption of the Act, or of the executive order for it: `B1`, `B7(C)`, `(b)(6)`, `1.4(D)`, `1.4 D`, `25X1`.
_EXEMPTION = (
    r"(?:B[1-9](?:\([A-F]\))?|\(?[bB]\)?\([1-9]\)(?:\([A-F]\))?|1\.[45] ?\(?[A-H]\)?|25X[1-9]|NR)"
)
_EXEMPTIONS = rf"{_EXEMPTION}(?:[ ,;/]{{1,3}}{_EXEMPTION}){{0,8}}"
# What a stamp is made of, in any order: `UNCLASSIFIED`, `U.S. Department of State`, `Case No. F-2013-00001`, `Doc No.
# C00000001`, `Date: 01/02/2014`, `Page 2 of 3`, `RELEASED IN PART B1, 1.4(D)`; on stamps of later years without the
# words before them: `FL-2018-00001 C06000000 "UNCLASSIFIED" 5/1/2018 Page 2`; and of the stamp of the panel that hears
# appeals (32 CFR 2003.11), over several lines: `DECLASSIFIED UNDER AUTHORITY OF THE INTERAGENCY SECURITY CLASSIFICATION
# APPEALS PANEL` / `E.O. 13526, SECTION 5.3(b)(3)` / `ISCAP No. 2009-040, document no. 7`.
_OF_RELEASE = (
    r"(?:(?:U\. ?S\.|US|United States) )?Department of State|"
    r"Case (?:No|Number)\.?:? ?[A-Z]{1,3}-\d{4}-\d{2,7}|[A-Z]{1,2}-\d{4}-\d{4,7}|"
    r"Doc(?:ument)? (?:No|Number|ID)\.?:? ?C?\d{5,10}|C\d{8}|"
    r"(?:RELEASED?|DENIED|EXCISED?|Released?|Denied) (?:IN|in) (?:FULL|PART|Full|Part|full|part)|"
    r"REVIEW AUTHORITY:.{0,100}|Review Authority:.{0,100}|"
    r"DECLASSIFIED (?:IN (?:FULL|PART)|UNDER AUTHORITY OF(?: THE)?)|"
    r"INTERAGENCY SECURITY CLASSIFICATION APPEALS PANEL\.?|"
    r"ISCAP(?: APPEAL)? N[oO]\. ?\d{4}-\d{1,4}(?:, ?(?:document|DOCUMENT) (?:no|NO)\. ?\d{1,3})?|"
    r"DECLASSIFICATION DATE:? ?[A-Z][A-Za-z]{2,8} \d{1,2}, \d{4}|"
    r"(?:Approved for Release|APPROVED FOR RELEASE):? ?\d{4}/\d\d/\d\d"
)
_BESIDE = (
    r"[\"“]?UNCLASSIFIED[\"”]?|(?:Date:? ?)?\d{1,2}/\d{1,2}/\d{4}|[Pp]age:? ?\d{1,4}(?: of \d{1,4})?|B-\d{11}|"
    r"E\.O\. ?\d{5},? (?:SECTION|Section) \d\.\d(?:\([a-z0-9]\))*|"
    rf"{_EXEMPTION}(?![\w(])"
)
# Some stand in brackets: `[RELEASED IN FULL]`, `(RELEASED IN PART: B1)`.
_PIECES = re.compile(rf"[\[(]?(?:(?:{_OF_RELEASE}|{_BESIDE})[\s,:;|~]*)+[\])]?")
_SURE = re.compile(_OF_RELEASE)
_PAGE = re.compile(r"(?:Page|PAGE)[ :]{1,2}\d{1,3}(?: (?:of|OF) \d{1,3})?")
# One of them stands in every release: `MRN`, `Case No.`, `RELEASED IN FULL`, `Released in Part`, `"UNCLASSIFIED"`.
_HINTS = (
    "MRN",
    "Case N",
    "SED IN ",
    "SE IN ",
    "sed in ",
    "NIED IN ",
    "oc No",
    'SIFIED"',
    "SIFIED”",
)
# What says how the release itself is classified since: `Classified by DAS, A/GIS, DoS on 05/01/2013 ~ Class: SECRET`,
# `Classification Extended on : 09/30/2015 ~ Class: CONFIDENTIAL ~ Reason: 1.4(D)`.
_RECLASSIFIED = re.compile(
    r"(?:~ )?(?:(?:Re)?[Cc]lassified by .{2,60} on|Classification Extended on) ?:? ?\d{1,2}/\d{1,2}/\d{4} ?~.*|"
    r"~.{0,80}~.{0,80}"
)
# Exemptions alone on a line, or in the margin behind the text of one.
_MARGIN_ALONE = re.compile(_EXEMPTIONS)
_MARGIN = re.compile(rf"(?<=\S)(?=[ \t\xa0]{{4,}}{_EXEMPTIONS}\s*\Z)")
# The head of the Department's own form for telegrams, which stands over the wire's lines until the 1990s: `INCOMING` /
# `TELEGRAM` / `Department of State`, `Department of State    INCOMING TELEGRAM`.
_HEAD = re.compile(
    r"(?:(?:INCOMING|OUTGOING|TELEGRAM|(?:U\.?S\.? )?(?:DEPARTMENT OF STATE|Department of State))\s*){1,4}"
)
_LONGEST = 250
# What a stamp or a class line over the form's head may open.
_STAMPED = frozenset({"class", "caveats"})
# How far down a page a stamp without a number tells what it is.
_REACH = 60


def recognise(lines: Sequence[Line], text: str) -> bool:
    """A stamp of the release, or the form with its message reference number."""
    if not any(hint in text for hint in _HINTS):
        return False
    return form_at(lines) is not None or any(
        _is_release(line.words) and ("No" in line.words or at < _REACH)
        for at, line in enumerate(lines)
    )


def strip(lines: list[Line]) -> PageFacts:
    """Place stamps and exemptions as chrome; make the labels of the form those of the wire."""
    said = Said()
    top = form_at(lines)
    if top is not None:
        said = read_form(lines, top)
        _place_foot(lines[top:])
    _place_head(lines)
    lines[:] = _without_margins(lines)
    closed = _place_stamps(lines)
    return PageFacts(
        source=NAME,
        id=said.id,
        created=said.date.date,
        precision=said.date.precision,
        classification=said.level,
        closed=closed or bool(said.signer),
        info="\n".join(said.info),
        signer=said.signer,
    )


def _place_head(lines: Sequence[Line]) -> None:
    """Place the head of the form over the wire's first line; further down the same words are the cable's."""
    for line in lines[:_REACH]:
        if line.kind is not None or line.blank or len(line.words) >= _LONGEST:
            continue
        if _HEAD.fullmatch(line.words):
            line.assign(SegmentKind.HEADER, "form")
        elif line.page_mark or (line.opens is not None and line.opens.field not in _STAMPED):
            return


def _is_release(words: str) -> bool:
    """Whether a line is a stamp for sure: nothing but pieces of one, among them one that nothing else has."""
    return (
        0 < len(words) < _LONGEST
        and _PIECES.fullmatch(words) is not None
        and _SURE.search(words) is not None
    )


def _place_stamps(lines: Sequence[Line]) -> bool:
    """Place the stamps as chrome, those over several lines too; says whether one stands behind the text."""
    run: list[Line] = []
    last = text = -1
    for at, line in enumerate([*lines, Line("", 0)]):
        words = line.words
        if line.kind is not None or line.blank or len(words) >= _LONGEST:
            pass
        elif _PIECES.fullmatch(words):
            run.append(line)
            continue
        elif _RECLASSIFIED.fullmatch(words):
            line.assign(SegmentKind.CHROME, RELEASE)
        else:
            text = at
        if any(_is_release(each.words) for each in run):
            _place_run(run)
            _place_frame(lines[max(0, at - len(run) - NEAR) : at + NEAR], first=last < 0)
            last = at
        else:
            _place_exemptions(run)
        run = []
    return last > text >= 0


def _place_run(run: Sequence[Line]) -> None:
    """A stamp's lines; a level on one of its own is the cable's if the stamp has one already: it frames the page."""
    leveled = any("UNCLASSIFIED" in each.words and level_alone(each.words) is None for each in run)
    for line in run:
        if not (leveled and level_alone(line.words)):
            line.assign(SegmentKind.CHROME, RELEASE)


def _place_frame(lines: Sequence[Line], *, first: bool) -> None:
    """The cable's own marking, which stands beside a stamp at the top and the foot of each page, and the page's number.

    A level UNCLASSIFIED may be the release's as well as the cable's. Beside the first stamp the cable begins: what
    limits it further is its own there.
    """
    for line in lines:
        if line.kind is not None or line.blank:
            continue
        level = level_alone(line.words)
        if level == "UNCLASSIFIED":
            line.assign(SegmentKind.CHROME, RELEASE)
        elif (
            level is not None
            or _PAGE.fullmatch(line.words)
            or (not first and line.words in SENSITIVE)
        ):
            line.assign(SegmentKind.PAGE_MARK)


def _place_exemptions(run: Sequence[Line]) -> None:
    for line in run:
        if _MARGIN_ALONE.fullmatch(line.words):
            line.assign(SegmentKind.CHROME, "exemption")


def _without_margins(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, each with exemptions in its margin parted from them."""
    for line in lines:
        words = line.words
        margin = None
        if line.kind is None and words[-1:] in _LAST_SIGNS and len(words) < _LONGEST:
            margin = _MARGIN.search(line.text)
        if margin is None:
            yield line
            continue
        yield Line(line.text[: margin.start()], line.number, line.inside)
        exemptions = Line(line.text[margin.start() :], line.number, line.inside)
        exemptions.assign(SegmentKind.CHROME, "exemption")
        yield exemptions


# What exemptions end with.
_LAST_SIGNS = frozenset("123456789)ABCDEFGHR")


def _place_foot(lines: Sequence[Line]) -> None:
    """The marking behind everything else: a level, `SBU`."""
    for line in reversed(lines):
        if line.kind is not None or line.blank:
            continue
        if line.words in SENSITIVE or level_alone(line.words) is not None:
            line.assign(SegmentKind.END_MARK, "classification")
        elif not _PIECES.fullmatch(line.words[:_LONGEST]):
            return


SOURCE = Form(NAME, recognise, strip)
