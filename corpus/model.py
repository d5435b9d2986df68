"""The model of a cable, as every other room of the house sees it.

Owns the central, frozen types: `Cable`, `Paragraph`, `Segment` and what they are made of. Must not
know how a cable was found, parsed, indexed or shown: nothing here reads a file or a page.
"""

from __future__ import annotations

from datetime import date as Date
from datetime import datetime
from enum import StrEnum
from typing import Literal, NamedTuple

from corpus.late_dataclasses import dataclass


class SegmentKind(StrEnum):
    """What a stretch of a page was taken for. Every character of a page is in exactly one segment."""

    CHROME = "chrome"  # what the page adds and the cable never had
    HEADER = "header"  # a header field; `Segment.field` names it
    HEADING = "heading"  # the title of a section
    PARAGRAPH = "paragraph"  # text of the paragraph named by `Segment.anchor`
    PAGE_MARK = "page-mark"  # put into the text by the wire
    RULE = "rule"  # dashes, underlines, boxes
    BLANK = "blank"  # white space only
    END_MARK = "end-mark"  # END SUMMARY, signature, NNNN, BT
    DUPLICATE = "duplicate"  # a header or body that occurs twice, its second copy
    UNPLACED = "unplaced"  # text the parser could not place: also a problem and a paragraph


class Part(StrEnum):
    """The role of the section a paragraph stands in."""

    SUMMARY = "summary"
    INTRODUCTION = "introduction"
    BACKGROUND = "background"
    BODY = "body"
    COMMENT = "comment"
    ACTION_REQUEST = "action request"
    BIOGRAPHY = "biography"
    SIGNATURE = "signature"


ReferenceKind = Literal[
    "cable", "email", "tel", "report", "book", "fax", "memo", "meeting", "web", "other"
]
DatePrecision = Literal["minute", "day", "month", "year"]


class Segment(NamedTuple):
    """A stretch of a page, verbatim.

    `text` keeps every character, line ends included: the segments of a page, those of all its cables joined in order,
    are the page. `field` names the header field of a header segment (`subject`, `tags`, ...); `anchor` the
    paragraph that a paragraph segment (or the end mark taken off it) belongs to.
    """

    # A tuple and no dataclass: a page has a hundred of them, and they take a third of the time to make.
    kind: SegmentKind
    text: str
    field: str | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, the unit that is indexed, found and linked to.

    `anchor` is its stable name inside the cable (`p11`, `p4b` for a number that comes again, `u1` for one
    without a number). `mark` is the portion mark without its parentheses (`SBU`, `S/NF`) or None.
    `section` is the heading as printed, without rules, or None. `text` is the reading text: no
    number, no mark, no page marks; wrapped lines joined by blanks, and `\n` only where a line
    break carries meaning (sub-items, rows of a table).
    """

    anchor: str
    number: int | None
    mark: str | None
    section: str | None
    part: Part
    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """One item of a REF line. `id` is the canonical id of the cable meant, None where there is none."""

    text: str
    id: str | None = None
    kind: ReferenceKind = "cable"
    bullet: str | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """One addressee. `name` as printed, `route` its routing indicator, `serial` the number it got there."""

    name: str
    route: str | None = None
    precedence: str | None = None
    serial: str | None = None
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """A place that sends cables. `code` is its spelling in message references (`GUANGZHOU`, `SANJOSE`).

    `name` is for people (`San Jose`), `country` and `region` too; empty where the tables know none.
    """

    code: str
    name: str
    country: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the parser was not sure of. `line` is the line of the page, from 1, where there is one."""

    code: str
    message: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note that the editors of a publication added to a cable; never part of the cable's own text.

    `number` is the mark as printed ("2", "*"; "" where it has none), `anchor` names the paragraph that the mark
    stands in, None where it stands in the header.
    """

    number: str
    text: str
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """Another place in which a cable was found, named as the cable itself names its own; see `Cable`."""

    source: str
    address: str
    digest: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that another version of a cable has and the cable as it is shown lacks; see `Cable.passages`.

    `version` is one of the cable's `versions`; `paragraph` is as that version has it, its anchor among them.
    """

    version: Version
    paragraph: Paragraph


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person whom the editors of a publication tagged in a cable.

    `name` is as their list of persons has it (`Mora, Anna L.`), `id` theirs (`p_MAL_1`), `office` what the list says of
    the person, "" where there is no list; `forms` are the words of the cable that they tagged, each once.
    """

    name: str
    id: str
    office: str = ""
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cable:
    """One telegram with its metadata, its paragraphs, and its part of the partition of the page it was found in.

    `id` is canonical, as its archive writes it.

    `date` is the date that is printed on it, by the clock of the place it was sent from, and as precise as
    `date_precision` says. Its time zone is that of the place: UTC for a date-time group (`230844Z`), none where a clock
    is printed ("8 p.m.") and nothing tells on which meridian. A date that is not known to the minute is the first
    moment of its day, month or year, in UTC. `date_end` is the last minute, day, month or year of a date that is a
    span and that no single one names ("February 1 to 3"), in the same form.

    `source` names the form it was found in (`scoop`, `wikileaks`, `nara`, `specimen`, ...), `address` the
    file or address it came from, `digest` the SHA-256 of the page's bytes, in hexadecimal. `segments` begin with the
    page's line `first_line`, from 1: a page may have several cables, and each has its own lines. The lines of problems
    are the page's.

    Of cables that were published by editors: `source_note` says which archive holds the original, `footnotes` are
    theirs, `volume` is how that edition is cited, by its title page: title, editors, publisher; `place` is where the
    dateline says it was sent from. `message_number` is the number that the sender gave
    it, as printed (`19342`, `A-12`), where the id does not tell it. `url` is the address of its page on the web. All
    of these are empty where there are none.

    `people` are the persons whom those editors tagged in it.

    Of cables that were released on request: `release_case` is the number of the request, `release_document` that of the
    document in it, as stamped on the page (`F-2014-20439`, `C05765907`); "" where no stamp has them.

    `versions` are the other places in which the same cable was found, the one with most text first; they are empty
    until cables of several pages are brought together, which is for the index to do. `passages` are the paragraphs of
    those whose text stands nowhere in this one.
    """

    id: str
    date: datetime | None = None
    date_precision: DatePrecision = "minute"
    origin: Post | None = None
    subject: str = ""
    classification: str | None = None
    caveats: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    sender: str | None = None
    recipients: tuple[Recipient, ...] = ()
    info_recipients: tuple[Recipient, ...] = ()
    precedence: str | None = None
    executive_order: str | None = None
    declassify_on: Date | None = None
    classified_by: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    transmission_id: str | None = None
    signed_by: tuple[str, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    problems: tuple[Problem, ...] = ()
    segments: tuple[Segment, ...] = ()
    source: str = "telegram"
    address: str = ""
    digest: str = ""
    footnotes: tuple[Footnote, ...] = ()
    source_note: str = ""
    place: str = ""
    message_number: str = ""
    url: str = ""
    versions: tuple[Version, ...] = ()
    passages: tuple[Passage, ...] = ()
    date_end: datetime | None = None
    first_line: int = 1
    volume: str = ""
    release_case: str = ""
    release_document: str = ""
    people: tuple[NamedPerson, ...] = ()
