"""The answers to an assistant, as JSON has them.

Owns their names. Every text of a cable in them is material that is quoted. A text is "" and a list empty where there
is nothing; `left_out` tells what an answer does not have and how to ask for it, "" if it has everything.
"""

from __future__ import annotations

import sys

# Pydantic, by which the protocol's library describes these, takes no other before Python 3.12.
if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    from typing_extensions import TypedDict


class Passage(TypedDict):
    """A paragraph or another part of a cable that was found. `id` names it everywhere: `07GUANGZHOU376#p12`.

    `kind` is `paragraph`, `head` (subject and header), `heading`, `note` or `version`. `text` is the whole of it if
    `whole` is true, else the stretch around what matched; `characters` is the length of the whole. `versions` are the
    ids of other versions of the same telegram, which are no further source.
    """

    id: str
    cable: str
    anchor: str
    name: str
    kind: str
    address: str
    citation: str
    subject: str
    date: str
    origin: str
    classification: str
    mark: str
    section: str
    text: str
    whole: bool
    characters: int
    versions: list[str]


class Found(TypedDict):
    """A page of what was found. `reading` is the question as it was understood, `others` count what is no paragraph."""

    reading: str
    paragraphs: int
    cables: int
    others: dict[str, int]
    passages: list[Passage]
    notes: list[str]
    left_out: str
    cursor: str


class Counted(TypedDict):
    """A value and how many of the paragraphs have it."""

    value: str
    paragraphs: int


class Values(TypedDict):
    """The values of a field among what was found, the most frequent first."""

    field: str
    paragraphs: int
    cables: int
    values: list[Counted]
    notes: list[str]
    left_out: str
    cursor: str


class PartOfCable(TypedDict):
    """A part of a cable to read. `from_character` is where `text` begins in it, 0 for its beginning."""

    id: str
    anchor: str
    name: str
    kind: str
    address: str
    citation: str
    mark: str
    section: str
    text: str
    from_character: int
    characters: int


class VersionOfCable(TypedDict):
    """A version of the same telegram under another id: `copy`, `extract`, `retransmission` or `corrected copy`; whether
    it has the fullest text, and what share of the words of the shorter one, of it and the fullest, the other has."""

    id: str
    kind: str
    fullest: bool
    share: float
    address: str
    citation: str


class CableToRead(TypedDict):
    """A cable: its header, and as many of its parts as the answer may hold."""

    id: str
    address: str
    citation: str
    subject: str
    date: str
    origin: str
    country: str
    sender: str
    recipients: list[str]
    info_recipients: list[str]
    classification: str
    caveats: list[str]
    tags: list[str]
    web_page: str
    source: str
    possible_reading_errors: list[str]
    versions: list[VersionOfCable]
    paragraphs: int
    parts: list[PartOfCable]
    left_out: str
    cursor: str


class ParagraphToRead(TypedDict):
    """One part of a cable, with the subject and the date of the cable, and the ids of its neighbours."""

    part: PartOfCable
    subject: str
    date: str
    origin: str
    classification: str
    before: str
    after: str
    left_out: str
    cursor: str


class RelatedCable(TypedDict):
    """A cable that is cited or cites. `printed` is the reference as printed; the rest is "" if the index lacks it."""

    id: str
    printed: str
    in_index: bool
    address: str
    citation: str
    subject: str
    date: str
    origin: str


class ReferencesOfCable(TypedDict):
    """What a cable refers to, and what refers to it, the newest first."""

    id: str
    address: str
    citation: str
    cites: list[RelatedCable]
    cited_by: list[RelatedCable]
    cited_by_in_all: int
    left_out: str
    cursor: str


class Period(TypedDict):
    """A year, month or day: how many paragraphs have the term, and how many that are per million words of that time."""

    period: str
    paragraphs: int
    per_million_words: float


class Trend(TypedDict):
    """A term over time."""

    term: str
    periods: list[Period]


class Trends(TypedDict):
    """Several terms over the same time."""

    by: str
    trends: list[Trend]
    left_out: str


class Cited(TypedDict):
    """A citation; `not_known` are the things that it has as a rule and this cable does not tell."""

    id: str
    address: str
    style: str
    citation: str
    not_known: list[str]


class Difference(TypedDict):
    """A stretch of a quotation: `quoted` as it was given and `printed` as the cable has it, the same unless changed."""

    quoted: str
    printed: str
    changed: bool


class Checked(TypedDict):
    """What was found of a quotation. `verdict` is exact, altered, elsewhere, short or not_found; `message` says it in
    a sentence. The place is that of the words, or the nearest one, "" if there is none."""

    verdict: str
    message: str
    id: str
    cable: str
    anchor: str
    name: str
    address: str
    citation: str
    printed: str
    difference: list[Difference]
    likeness: float
    also_in: list[str]
    notes: list[str]
    left_out: str


class FieldToAsk(TypedDict):
    """A field of the query language and of filters."""

    name: str
    meaning: str
    example: str
    filter: bool
    facet: bool


class Collection(TypedDict):
    """What the index holds."""

    cables: int
    paragraphs: int
    first_year: str
    last_year: str
    origins: int
    fields: list[FieldToAsk]
    address: str
