"""A page becomes its cables: the one entrance to the parser.

Owns the order of the steps: lines, chrome, small forms, header, body, and the cable put together by `indexer.assembly`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import Cable, Paragraph, Part, Problem, SegmentKind
from indexer.assembly import assemble
from indexer.body.cuts import page_cut
from indexer.body.doubles import cable_starts, place_doubles
from indexer.body.endings import place_ending
from indexer.body.flat import Joined, part_flat
from indexer.body.frames import may_have_frames
from indexer.body.later_sections import place_later_sections
from indexer.body.paragraphs import read_body
from indexer.body.sections import missing_sections
from indexer.body.small_forms import place_small_forms
from indexer.body.text import reading_text
from indexer.errors import NotACable
from indexer.grammar.marks import leading_mark
from indexer.header.attention import attention_lines
from indexer.header.header import Header
from indexer.header.labels import label_header, numbered_statement
from indexer.header.split_fields import join_split_fields
from indexer.lines.html import visible_lines
from indexer.lines.lines import Line, segments, split_lines
from indexer.lines.spacing import join_spacing
from indexer.page import PageFacts, RawPage
from indexer.sources import frus, strip_chrome
from indexer.sources.foia import NAME as _RELEASED
from indexer.sources.foia_stamp import release_numbers
from indexer.sources.mail_signature import place_mail_signature
from indexer.sources.mail_text import place_mail_text
from indexer.sources.specimen import NAME as SPECIMEN
from indexer.sources.specimen import is_specimen, take_notice

# Fields that open the drafter's part of a header: text without a label behind the first of them is the cable's own.
_DRAFTED = frozenset({"subject", "eo", "tags", "references", "classified_by"})
# Fields that speak for a cable; a page of prose has none or one of them by chance.
_TELLING = frozenset(
    {"subject", "eo", "tags", "dtg", "de", "class", "from", "transmission", "references"}
)
# Asked for on every line; a member of an Enum takes a look-up in Python.
_RULE, _HEADER = SegmentKind.RULE, SegmentKind.HEADER
# How far from its first line a header may reach.
_HEADER_REACH = 400


def parse(page: RawPage) -> tuple[Cable, ...]:
    """The cables of a page, at least one; all their segments, joined, are the page (for HTML: its visible text).

    Each has the lines from its own first one to the next cable's: what the page has before the first goes with the
    first, what it has behind the last with the last. Raises `NotACable`, and nothing else, when there is none.
    """
    if page.markup == "tei":
        return (frus.read_document(page),)
    lines = visible_lines(page.text) if page.markup == "html" else split_lines(page.text)
    noticed = take_notice(lines)
    facts = strip_chrome(lines, page.facts)
    place_mail_signature(lines, mail=page.mail)
    if page.mail:
        place_mail_text(lines)
    join_spacing(lines)
    text = page.text if page.markup == "text" else "".join([line.text for line in lines])
    # NARA's own releases have the wire's lines as they were sent.
    archived = facts.source != "nara"
    part_flat(lines, text, Joined(short=archived, whole=facts.joined))
    place_small_forms(lines, damaged=archived and (" of 0" in text or " 0F 0" in text))
    starts = cable_starts(lines)
    parts = [lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    # What the page says of its cable is said of the first; those spliced on behind it speak for themselves.
    framed = may_have_frames(text)
    readings = [
        _read(part, page, facts if number == 0 else PageFacts(source=facts.source), framed=framed)
        for number, part in enumerate(parts)
    ]
    return tuple(
        assemble(
            reading.header.said,
            part,
            reading.facts,
            page,
            paragraphs=reading.paragraphs,
            segments=segments(part),
            first_line=part[0].number if number else 1,
            signer=reading.signer or reading.facts.signer or None,
            source=SPECIMEN if noticed and is_specimen(part) else facts.source,
            problems=page.problems + reading.problems,
            release=release_numbers(part) if facts.source == _RELEASED else ("", ""),
        )
        for number, (part, reading) in enumerate(zip(parts, readings, strict=True))
    )


@dataclass(frozen=True, slots=True)
class _Placed:
    """Where the header stands, from line `first` to the body at `end`; `said` is what the field functions read.

    `drafted` is the first line of the drafter's part.
    """

    said: Header
    first: int
    drafted: int
    end: int


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the lines of one cable gave, before it is put together."""

    header: _Placed
    facts: PageFacts
    paragraphs: tuple[Paragraph, ...]
    signer: str | None
    problems: tuple[Problem, ...]


def _read(lines: list[Line], page: RawPage, facts: PageFacts, *, framed: bool) -> _Reading:
    """Place every line of one cable. Raises `NotACable` if too little speaks for one."""
    place_later_sections(lines)
    place_doubles(lines)
    header = _place_header(lines)
    unplaced, problems = _unplaced_paragraphs(lines, header)
    signer = place_ending(lines, parted=True)
    doubts: list[Problem] = []
    body = read_body(
        lines[header.end :], first_unnumbered=len(unplaced) + 1, doubts=doubts, framed=framed
    )
    _check(page, lines, header, body, facts)
    if not body:
        missing = Problem(
            "text-missing", "behind the header no text was found; the page may have been cut"
        )
        problems = (*problems, missing)
    elif signer is None and not facts.closed and (cut := page_cut(lines, body[-1])) is not None:
        problems = (*problems, cut)
    lacking = missing_sections(lines, signed=bool(signer or facts.signer))
    problems = (*problems, *doubts, *([lacking] if lacking is not None else []))
    return _Reading(header, facts, unplaced + body, signer, facts.problems + problems)


def _place_header(lines: Sequence[Line]) -> _Placed:
    """Place every line that belongs to a field; the body begins behind the last one of the first run of fields."""
    first = next(
        (at for at, line in enumerate(lines) if line.kind is None and not line.blank), len(lines)
    )
    zone = lines[first : first + _HEADER_REACH]
    own = [line if line.kind is None or line.kind is _RULE else None for line in zone]
    words = [line.words if line else "" for line in own]
    labels = label_header(own)
    join_split_fields(words, labels)
    kept = numbered_statement(words, labels)
    labelled = [at for at, label in enumerate(labels) if label is not None]
    for at in labelled:
        if at not in kept:
            zone[at].assign(_HEADER, labels[at])
    if not labelled:
        return _Placed(Header(""), first, first, first)
    drafted = next((at for at in labelled if labels[at] in _DRAFTED), labelled[-1])
    # Behind the drafted fields the first text without a label is body; later fields stay header where they stand.
    end = next(
        (at for at in range(drafted, len(zone)) if zone[at].kind is None and not zone[at].blank),
        len(zone),
    )
    reach = labelled[-1] + 1
    said = Header.labelled(words[:reach], labels[:reach])
    return _Placed(said, first, first + drafted, first + end)


def _unplaced_paragraphs(
    lines: Sequence[Line], header: _Placed
) -> tuple[tuple[Paragraph, ...], tuple[Problem, ...]]:
    """What stands between the wire's fields and belongs to none: reported, and indexed so that it can be found."""
    paragraphs: list[Paragraph] = []
    problems: list[Problem] = []
    wraps: list[str] = []
    drafted = not _DRAFTED.isdisjoint(header.said.fields)
    for handed_on in attention_lines(lines[header.first : header.drafted], drafted=drafted):
        handed_on.assign(_HEADER, "pass")
    for line in [*lines[header.first : header.drafted], None]:
        if line is not None and line.kind is None and not line.blank:
            if not wraps:
                problems.append(
                    Problem(
                        "unplaced",
                        "text among the header's fields that belongs to none of them",
                        line.number,
                    )
                )
            wraps.append(line.words)
            line.assign(SegmentKind.UNPLACED, None, f"u{len(paragraphs) + 1}")
        elif wraps:
            mark, rest = leading_mark(wraps[0])
            text = reading_text([rest, *wraps[1:]])
            paragraphs.append(
                Paragraph(f"u{len(paragraphs) + 1}", None, mark, None, Part.BODY, text)
            )
            wraps = []
    return tuple(paragraphs), tuple(problems)


def _check(
    page: RawPage,
    lines: Sequence[Line],
    header: _Placed,
    body: Sequence[Paragraph],
    facts: PageFacts,
) -> None:
    """Raises `NotACable` unless enough on the page speaks for a cable."""
    telling = len(header.said.fields.keys() & _TELLING)
    if telling >= 2 or facts.id:
        return
    if all(line.blank for line in lines):
        raise NotACable("the page has no text", advice="leave it out or fetch it again")
    numbered = sum(paragraph.number is not None for paragraph in body)
    marked = sum(paragraph.mark is not None for paragraph in body)
    page_marks = sum(line.kind is SegmentKind.PAGE_MARK for line in lines)
    if page_marks and (telling or facts.source == "nara"):
        return
    if numbered >= 2 and (marked or page_marks or telling):
        return
    kind = "HTML page" if page.markup == "html" else "text"
    raise NotACable(
        f"no cable found: this {kind} has no header field such as SUBJECT, TAGS or E.O. and no numbered paragraphs",
        advice="give a page that shows the cable itself",
    )
