"""A cable put together from its header, its paragraphs and what the page says of it.

Owns the choice between what several places say (wire, page marks, page), and the problems that come of it. Must not
place lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from string import digits

from corpus.ids import Archive, canonical_id, lookup_key
from corpus.model import Cable, Paragraph, Post, Problem, Segment, SegmentKind
from corpus.posts import (
    NARA_LETTERS,
    compact,
    post,
    post_by_nara_letters,
    post_by_routing,
    post_by_spelling,
)
from corpus.tags import tag
from indexer import header
from indexer.grammar.marks import PageMark
from indexer.grammar.near_words import one_slip
from indexer.grammar.vocabulary import LEVEL_OF_MARK, level_alone
from indexer.header.blocks import Block
from indexer.header.header import Header
from indexer.header.references.read import read_references
from indexer.lines.lines import Line
from indexer.page import PageFacts, RawPage

# NARA's archive holds the telegrams of these years and writes their ids its own way (`1974LAPAZ00173`).
_NARA_YEARS = range(1973, 1980)
_NARA = "nara"
# What is told of a date that the telegram does not give, by the page that does.
_DATES_FROM = {
    "scoop": ("date-from-page", "no date-time group: the date is the one that the page prints"),
    _NARA: ("date-from-record", "no date-time group: the date is the record's draft date"),
}
# So many fields that come again are a second header.
_FIELDS_OF_A_HEADER = 2
# PlusD tells copies of one cable apart by a letter: `07GUANGZHOU376_a`.
_COPY_SUFFIX = re.compile(r"_[a-z]$")


@dataclass(frozen=True, slots=True)
class _Message:
    """Where a message number stood: the post as far as it is known, and the number.

    `letters` are those of the post in NARA's document number.
    """

    post: Post | None
    number: int | None
    letters: str = ""


def _message(
    text: Header, lines: Sequence[Line], facts: PageFacts, problems: list[Problem]
) -> _Message:
    """Post and number of the message, from the surest place that has them."""
    said = header.message_number(text)
    kind = SegmentKind.PAGE_MARK
    marks = [mark for line in lines if line.kind is kind and (mark := line.page_mark)]
    de: tuple[str, int, int | None] | None = None
    origin = (
        (post_by_spelling(said[0]) if said else None)
        or next((found for mark in marks if (found := post_by_spelling(mark.post))), None)
        or (post_by_spelling(sender) if (sender := header.sender(text)) else None)
        or (post_by_routing(de[0]) if (de := header.de_line(text)) else None)
        or (post_by_spelling(facts.origin) if facts.origin else None)
        or (post(lookup_key(facts.id).strip(digits)) if facts.id else None)
    )
    if said or marks:
        number = said[1] if said else marks[0].number
        return _Message(origin, number, _letters(marks, origin, number))
    if de := de or header.de_line(text):
        problems.append(
            Problem(
                "number-short",
                f"only the last four digits of the message number are known: {de[1]:04d}",
            )
        )
        return _Message(origin, de[1])
    return _Message(origin, None)


def _letters(marks: Sequence[PageMark], origin: Post | None, number: int) -> str:
    """The post as the page lines of the 1970s have it, of which NARA made its document numbers; "" where none has it.

    `PAGE 01 NATO 03012` in a telegram that calls itself `USNATO 3012`: NARA's number is 1975NATO03012.
    """
    written = (
        compact(mark.post)
        for mark in marks
        if mark.number == number and mark.pages is None and len(mark.post) <= NARA_LETTERS
    )
    return next((each for each in written if post_by_nara_letters(each) == origin), "")


def _identity(
    message: _Message, year: int | None, facts: PageFacts, page: RawPage, problems: list[Problem]
) -> str:
    """The canonical id; a page that names none gets one from what is known, and a problem."""
    built = ""
    if message.post is not None and message.number is not None and year is not None:
        archive: Archive = "nara" if year in _NARA_YEARS else "cablegate"
        built = canonical_id(year, message.post.code, message.number, archive, message.letters)
    if facts.id:
        if built not in {"", facts.id} and lookup_key(built) != lookup_key(facts.id):
            problems.append(
                Problem(
                    "id-differs", f"the page calls this cable {facts.id}, its own header {built}"
                )
            )
        return _COPY_SUFFIX.sub("", facts.id)
    if built:
        return built
    if message.post is not None and message.number is not None:
        problems.append(
            Problem("year-unknown", "no date-time group: the year in the cable's id is missing")
        )
        return f"{message.post.code}{message.number}"
    problems.append(
        Problem("id-unknown", "no message number was found: the id is made from the page's digest")
    )
    return f"PAGE{page.digest[:12].upper() or '0'}"


def _framed(lines: Sequence[Line]) -> str | None:
    """The level on the lines that frame the pages of NARA's telegrams, for a class line that is misspelt."""
    kinds = (SegmentKind.PAGE_MARK, SegmentKind.END_MARK)
    framing = [line for line in lines if line.kind in kinds]
    return next((level for line in framing if (level := level_alone(line.words))), None)


def _classification(
    text: Header,
    lines: Sequence[Line],
    facts: PageFacts,
    paragraphs: Sequence[Paragraph],
    problems: list[Problem],
) -> str | None:
    said = header.classification(text) or facts.classification.upper() or _framed(lines)
    if said is not None:
        return said
    marks = {paragraph.mark.split("/")[0] for paragraph in paragraphs if paragraph.mark}
    highest = next((LEVEL_OF_MARK[mark] for mark in reversed(LEVEL_OF_MARK) if mark in marks), None)
    if highest is not None:
        problems.append(
            Problem(
                "classification-inferred",
                f"no classification line: {highest} is inferred from the portion marks",
            )
        )
    return highest


def _date(text: Header, facts: PageFacts, problems: list[Problem]) -> datetime | None:
    said = header.date(text)
    if said is not None and facts.created is not None and facts.source == _NARA:
        # `P 241550Z JAN 47`: a year of which the archive has nothing is a slip.
        said = said if said.year in _NARA_YEARS else None
    when = said or facts.created
    if said is None and when is not None and facts.source in _DATES_FROM:
        code, message = _DATES_FROM[facts.source]
        if all(problem.code != code for problem in problems):
            problems.append(Problem(code, message))
    de = header.de_line(text)
    if when is None:
        problems.append(Problem("date-missing", "no date-time group was found"))
    elif said is None and facts.precision in ("year", "month"):
        return when
    elif de is not None and de[2] is not None and de[2] != when.timetuple().tm_yday:
        problems.append(
            Problem(
                "julian-day",
                f"the DE line says day {de[2]:03d} of the year, the date-time group {when.timetuple().tm_yday:03d}",
            )
        )
    return when


def _subject(text: Header, lines: Sequence[Line], facts: PageFacts, problems: list[Problem]) -> str:
    subject = header.subject(text)
    if subject and facts.title and facts.source == _NARA and _is_cut(subject, facts.title, lines):
        message = f"the SUBJECT line is cut: {subject!r}; the subject is the record's"
        problems.append(Problem("subject-from-record", message))
        return facts.title
    if not subject and facts.title:
        problems.append(
            Problem("subject-from-title", "no SUBJECT line: the subject is the page's title")
        )
        return facts.title
    if not subject:
        problems.append(Problem("subject-missing", "no SUBJECT line was found"))
    return subject


def _is_cut(text: str, record: str, lines: Sequence[Line]) -> bool:
    """Whether a text is the beginning of what a record has whole: `REACTION TO` of `REACTION TO HARBOR FEES`.

    The rest must be lost: where the telegram has it, the archive took more into its field than the drafter did.
    """
    one, whole = compact(text), compact(record)
    if len(whole) <= len(one) or not whole.startswith(one):
        return False
    own = compact(" ".join(line.words for line in lines if line.kind is not SegmentKind.CHROME))
    return whole[len(one) :] not in own


def _tags(text: Header, facts: PageFacts) -> tuple[str, ...]:
    """The telegram's TAGS, or the page's where those are lost, or damaged and the archive's are not."""
    said = header.tags(text)
    if not facts.tags or (said and facts.source != _NARA):
        return said
    whole = header.tags(f"TAGS: {facts.tags}")
    return whole if not said or _are_damaged(said, whole) else said


def _of_second_header(
    text: Header, subject: str, tags: tuple[str, ...], problems: list[Problem]
) -> tuple[str, ...]:
    """All TAGS of a page with two headers that differ; what else the second says is told.

    Archives joined an extract and the whole cable, each with its own header. Two of its fields make one: a label alone
    may be quoted. What both have alike was placed as a copy, and does not stand here.
    """
    again = {field: text.blocks_of(field)[1:] for field in ("subject", "tags", "eo")}
    if sum(map(bool, again.values())) < _FIELDS_OF_A_HEADER:
        return tags
    told: list[str] = []
    for block in again["subject"]:
        other = header.subject(_alone(block))
        if compact(other) not in {"", compact(subject)}:
            told.append(f"the subject “{other}”")
    more = tuple(
        dict.fromkeys(code for block in again["tags"] for code in header.tags(_alone(block)))
    )
    if set(more) - set(tags):
        told.append(f"the TAGS {', '.join(more)}")
    order = header.executive_order(text)
    for block in again["eo"]:
        other = header.executive_order(_alone(block)) or ""
        if other and other != order:
            told.append(f"“{other}”")
    if told:
        message = f"a second header on the page has {' and '.join(told)}"
        problems.append(Problem("second-header", message))
    return tuple(dict.fromkeys((*tags, *more)))


def _alone(block: Block) -> str:
    """A field by itself, its label with it."""
    return "\n".join([block.label + block.lines[0], *block.lines[1:]])


def _are_damaged(codes: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether codes are those of a record with slips in them, or with some lost: `EC0N, B` of `ECON, BL`."""
    unknown = [code for code in codes if code not in whole and tag(code) is None]
    if len(codes) > len(whole) or not unknown:
        return False
    return all(any(one_slip(code, other) for other in whole) for code in codes)


def _numbering(paragraphs: Sequence[Paragraph], problems: list[Problem]) -> None:
    numbers = [paragraph.number for paragraph in paragraphs if paragraph.number is not None]
    if numbers and numbers[0] != 1:
        problems.append(Problem("numbering-late", f"the first numbered paragraph is {numbers[0]}"))
    for one, other in pairwise(numbers):
        if other <= one:
            problems.append(
                Problem("numbering-restart", f"paragraph {other} follows paragraph {one}")
            )
        elif other != one + 1:
            problems.append(Problem("numbering-gap", f"paragraph {other} follows paragraph {one}"))


def assemble(
    text: Header,
    lines: Sequence[Line],
    facts: PageFacts,
    page: RawPage,
    *,
    paragraphs: tuple[Paragraph, ...],
    segments: tuple[Segment, ...],
    first_line: int,
    signer: str | None,
    source: str,
    problems: tuple[Problem, ...],
    release: tuple[str, str] = ("", ""),
) -> Cable:
    """The cable whose header is `text`; `release` has the numbers of its case and document if it was released.

    Nothing is guessed in silence: each doubt becomes a problem.
    """
    doubts = list(problems)
    message = _message(text, lines, facts, doubts)
    when = _date(text, facts, doubts)
    year = when.year if when else None
    ident = _identity(message, year, facts, page, doubts)
    own = (
        (message.post.code, message.number) if message.post and message.number is not None else None
    )
    references, unsure = read_references(text, year, own)
    if not references and facts.references:
        # The list of a page where the telegram's own is lost.
        references, unsure = read_references(f"REF: {facts.references}", year, own)
    doubts.extend(unsure)
    if message.post is None:
        doubts.append(Problem("origin-unknown", "no post was found that sent this cable"))
    classification = _classification(text, lines, facts, paragraphs, doubts)
    subject = _subject(text, lines, facts, doubts)
    tags = _of_second_header(text, subject, _tags(text, facts), doubts)
    _numbering(paragraphs, doubts)
    return Cable(
        id=ident,
        date=when,
        date_precision=facts.precision if when is facts.created else "minute",
        origin=message.post,
        subject=subject,
        classification=classification,
        caveats=header.caveats(text),
        tags=tags,
        references=references,
        sender=header.sender(text),
        recipients=header.recipients(text),
        info_recipients=header.info_recipients(text)
        or (header.info_recipients(facts.info) if facts.info else ()),
        precedence=header.precedence(text),
        executive_order=header.executive_order(text),
        declassify_on=header.declassify_on(text),
        classified_by=header.classified_by(text),
        reasons=header.reasons(text),
        transmission_id=header.transmission_id(text),
        signed_by=header.signed_by(signer) if signer else (),
        paragraphs=paragraphs,
        problems=tuple(doubts),
        segments=segments,
        first_line=first_line,
        source=source,
        address=page.address,
        digest=page.digest,
        url=page.url,
        release_case=release[0],
        release_document=release[1],
    )
