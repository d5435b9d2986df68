"""The beginning of a telegram's text: the sender's number, and the fields that stand in its first lines.

Pure functions over text. Must not know blocks or lines.

A telegram of the series begins `19342. Subject: Turkey, Greece, Cyprus: The View From Moscow. Ref: (A) Ankara 5761.`
The number is the telegram's, not a paragraph's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.tags import tag
from indexer.grammar.marks import PORTION_MARK, leading_mark
from indexer.header import tags as read_tags
from indexer.sources.frus.sentences import sentence_end

# The number alone, which is taken off the text: `19342. `; in a series of its own, `Secto 6005. `, it can't be taken
# for a paragraph's and stays.
_NUMBER = re.compile(r"(?P<number>\d{1,6})\.\s+(?=\S)")
_SERIES_NUMBER = re.compile(r"(?P<series>[A-Z][A-Za-z]{2,9}) (?P<number>\d{1,6})\.\s")
# The labels, as the telegrams abbreviate them (`Re: Suez.` in the 1950s, but not `Re: Embtel 12`); what is behind one
# reaches to the next or to the sentence's end.
_LABEL = re.compile(
    r"\b(?:(?P<subject>Sub(?:j(?:ect)?)?|(?-i:Re)(?=: (?-i:[A-Z“\"])(?!(?:rtel|mbtel|eptel|y |our ))))|"
    r"(?P<references>Ref(?:s|tels?|erences?)?)|(?P<tags>TAGS)|"
    r"(?P<eo>E\.?O\.? ?\d{5}))\.?\s?:\s*",
    re.IGNORECASE,
)
# `A-Amman 687; B-Amman 689`, with a long dash behind the letter.
_DASHED_BULLET = re.compile(r"\b(?P<letter>[A-Z])—(?=[A-Z])")
_DOTTED_END = re.compile(r"(?:\b\w\.){2,}\Z")
# How many letters at a subject's end are looked at.
_TAIL = 60
_CLOSING_MARK = re.compile(rf" {PORTION_MARK.pattern}\Z", re.IGNORECASE)
_DIGITS = re.compile(r"\d{1,9}")
# The largest number that a first paragraph has where the ones before it are omitted.
_LATEST_FIRST = 9
# The number stands in the first paragraph; what the editors set above the text may stand before it.
_FIRST_PARAGRAPHS = 2


@dataclass(frozen=True, slots=True)
class Fields:
    """What the first lines say; "" and () where they say nothing. `references` is the list's text as printed."""

    subject: str = ""
    references: str = ""
    tags: tuple[str, ...] = ()
    executive_order: str = ""

    def filled_from(self, other: Fields) -> Fields:
        """These fields, and of another's those that are empty here."""
        return Fields(
            self.subject or other.subject,
            self.references or other.references,
            self.tags or other.tags,
            self.executive_order or other.executive_order,
        )


@dataclass(frozen=True, slots=True)
class MessageNumber:
    """The sender's number as printed, the word of its series ("" for none), and where it stands alone in the text.

    `size` is how many letters at the start of paragraph `at` (from 0) it takes; 0 where it does not stand alone.
    """

    printed: str
    series: str = ""
    at: int = 0
    size: int = 0


def message_number(texts: Sequence[str], titled: str) -> MessageNumber:
    """The sender's number for a telegram, by the texts of its paragraphs and what its title says (`828/Secto 574`)."""
    series = next((part.split()[0] for part in titled.split("/") if " " in part.strip()), "")
    for at, text in enumerate(texts[:_FIRST_PARAGRAPHS]):
        alone = _NUMBER.match(text)
        if alone:
            # Behind another paragraph it needs a label to be known for what it is.
            surely = at == 0 or _LABEL.search(text) is not None
            if surely and _is_messages(alone, text, texts[at + 1 :], titled):
                return MessageNumber(titled or alone["number"], series, at, alone.end())
            break
        in_series = _SERIES_NUMBER.match(text)
        if in_series and not titled:
            printed = f"{in_series['series']} {in_series['number']}"
            return MessageNumber(printed, in_series["series"])
    return MessageNumber(titled, series)


def _is_messages(number: re.Match[str], text: str, following: Sequence[str], titled: str) -> bool:
    """Whether the number before a paragraph is the telegram's own, and not the paragraph's."""
    value = int(number["number"])
    if value in {int(each) for each in _DIGITS.findall(titled)}:
        return True
    numbers = (int(found["number"]) for each in following if (found := _NUMBER.match(each)))
    follower = next(numbers, None)
    if value <= _LATEST_FIRST and follower == value + 1:
        return False
    return value != 1 or follower == 1 or _LABEL.match(text, number.end()) is not None


def read_fields(text: str) -> Fields:
    """The fields of the first lines of a telegram, its number taken off."""
    values: dict[str, str] = {}
    labels = list(_LABEL.finditer(text))
    limits = [*(label.start() for label in labels[1:]), len(text)]
    for label, limit in zip(labels, limits, strict=False):
        name = label.lastgroup or ""
        value = text[label.end() : sentence_end(text, label.end(), limit)].strip()
        if value:
            values.setdefault(name, f"{label.group()}{value}" if name == "eo" else value)
    subject = values.get("subject", "")
    # A mislabelled subject stands where TAGS should: `TAGS: US-Turkey Relations`.
    codes = tuple(each for each in read_tags(f"TAGS: {values.get('tags', '')}") if tag(each))
    if not subject and not codes:
        subject = values.get("tags", "")
    return Fields(
        subject=_closed(subject),
        references=_DASHED_BULLET.sub(r"\g<letter>) ", values.get("references", "")).rstrip("."),
        tags=codes,
        executive_order=values.get("eo", "").rstrip(". "),
    )


def _closed(subject: str) -> str:
    """A subject without its portion mark and its full stop: `(C) U.S. Relations With Turkey.`"""
    _, text = leading_mark(subject)
    if not _DOTTED_END.search(text[-_TAIL:]):
        text = text.rstrip(".")
    tail = text[-_TAIL:]
    return f"{text[:-_TAIL]}{_CLOSING_MARK.sub('', tail)}".strip()
