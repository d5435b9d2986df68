"""The signature under a mail: a line of two dashes and a blank, and behind it who sent the mail, not the cable.

RFC 3676, 4.3: the line is exactly `-- `, and what stands behind it belongs to the signature. Cables have such lines of
their own: two dashes stand for an empty line, before an item, around a title; and many archives left a blank at the end
of each line, so that the blank says nothing. So the lines behind have to be a sender's too: short, a name first, no
sentence, nothing that a cable has. Where the line lost its blank, the page has to be a mail's own text as well.

Owns that decision, and places these lines as chrome. Must not know how a mail is read, nor who signed the cable.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from corpus.model import SegmentKind
from indexer.body.text import is_item
from indexer.grammar.marks import END_OF_PART, is_message_end, is_rule, leading_mark, stops_short
from indexer.grammar.vocabulary import captions_in, level_alone
from indexer.lines.headings import part_of, title_share
from indexer.lines.lines import Line

FIELD = "mail_signature"
_DASHES = "--"
# The custom is four lines (the McQuary limit); those of officials have title, office, street, telephones and a class.
_MOST_LINES = 10
_LONGEST_LINE = 80
# What only a sender's lines have: `quill@example.org`, `Tel: +20 2 2797 3300`, `www.example.org`.
_CONTACT = re.compile(
    r"\S@\S+\.\w|\b(?:tel|telephone|phone|ph|cell|mobile|fax|office|desk|dsn|ivg|voip|direct|e-?mail)\b\.?\s?[:.+(\d]|"
    r"https?:|www\.|\+\d[\d ().-]{6,}",
    re.IGNORECASE,
)
# The end of a sentence, which an initial, `Jr.`, `St.` or a telephone's number is not: `... saw it.`, `... it. We`.
_SENTENCE = re.compile(r"[a-z]{4,}[.!?](?:\s|$)|\b(?:is|are|was|were|has|have|will|would)\s[a-z]")
# A paragraph's number at a line's start: `9. (U) The`, `¶9.`; a street's number has no stop.
_NUMBERED = re.compile(r"¶|\(?\d{1,3}[.)](?!\d)")
# A person, or an office: words with capitals, perhaps with initials, commas and strokes: `Ann E. Quill`, `POL/ECON`.
_NAMED = re.compile(r"[^\W\d_][^\d:;!?]{2,60}")
_MOSTLY = 0.75
# So many of a page's lines end in a blank if its archive left one at each.
_EACH_LINE = 0.2


def place_mail_signature(lines: Sequence[Line], *, mail: bool = False) -> bool:
    """Place the signature of a mail, with the line that parts it from the text; says whether there is one.

    `mail` says that the page is a mail's own text: then the line may have lost its blank.
    """
    at = _separator(lines)
    if at is None:
        return False
    behind = [line for line in lines[at + 1 :] if line.kind is None and not line.blank]
    if not _is_senders([line.words for line in behind]):
        return False
    sure = (
        lines[at].text.rstrip("\r\n") == _DASHES + " "
        and not _end_in_blanks(lines)
        and not _has_items(lines[:at])
    )
    # What a cable might have as well is only a mail's, and with a sender's address or telephone.
    reached = mail and any(_CONTACT.search(line.words) for line in behind)
    if not (sure or reached):
        return False
    for line in lines[at:]:
        if line.kind is None:
            line.assign(SegmentKind.CHROME, FIELD)
    return True


def _separator(lines: Sequence[Line]) -> int | None:
    """The index of the last line of two dashes, if few lines stand below it and some text above."""
    own = (
        at for at in range(len(lines) - 1, -1, -1) if lines[at].kind is None and not lines[at].blank
    )
    for at in islice(own, _MOST_LINES + 1):
        if lines[at].words == _DASHES:
            return at if any(not line.blank for line in lines[:at]) else None
    return None


def _end_in_blanks(lines: Sequence[Line]) -> bool:
    """Whether the page has blanks at the ends of its lines anyway."""
    filled = [line.text.rstrip("\r\n") for line in lines if not line.blank]
    return sum(text[-1:] == " " for text in filled) > _EACH_LINE * len(filled)


def _has_items(lines: Sequence[Line]) -> bool:
    """Whether two dashes stand before items, or for an empty line, further up; a line drawn under a title is none."""
    return any(
        line.kind is None and line.words.startswith(_DASHES) and not is_rule(line.words)
        for line in lines
    )


def _is_senders(words: Sequence[str]) -> bool:
    """Whether lines are those of a mail's sender: a name or an office first, and none that a cable may have."""
    if not words or not _is_name(words[0]):
        return False
    # `QUILL`: who signed the cable.
    if len(words) == 1 and words[0].isupper() and " " not in words[0]:
        return False
    return not any(_is_of_cable(each) for each in words)


def _is_name(words: str) -> bool:
    return (
        _NAMED.fullmatch(words) is not None
        and title_share(words) >= _MOSTLY
        and part_of(words) is None
        and not captions_in(words)
    )


def _is_of_cable(words: str) -> bool:
    return (
        len(words) > _LONGEST_LINE
        or (_CONTACT.search(words) is None and _SENTENCE.search(words) is not None)
        or _NUMBERED.match(words) is not None
        or leading_mark(words)[0] is not None
        or is_item(words)
        or is_rule(words)
        or is_message_end(words)
        or level_alone(words) is not None
        or END_OF_PART.fullmatch(words) is not None
        or stops_short(words)
    )
