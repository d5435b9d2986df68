"""What a mail's sender wrote around a cable: a greeting over it, a close under it, and the footer of a mailing list.

Owns that decision, and places these lines as chrome; only a mail's own text has them. The signature behind `-- ` is
`indexer.sources.mail_signature`'s. Must not know how a mail is read, nor who signed the cable.

Sources: the footer is the one that Mailman adds to each message unless told otherwise: a line of underscores, the
list's name with `mailing list`, its address and its page. The close is that of letters: `Best regards,` and a name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import SegmentKind
from indexer.grammar.marks import leading_mark
from indexer.header.signatures import stands_behind
from indexer.lines.headings import mostly_upper, title_share
from indexer.lines.lines import Line

FIELD = "mail_text"
# `_______________________________________________`: Mailman's has 47.
_FOOTER_RULE = re.compile(r"_{20,}")
_OF_LIST = re.compile(
    r"\bmailing list\b|\bunsubscribe\b|\blistinfo\b|\bgroups?\b.*@", re.IGNORECASE
)
# A line of the footer has the list's words, an address or a page.
_FOOTER_LINE = re.compile(rf"{_OF_LIST.pattern}|\S@\S+\.\w|https?://", re.IGNORECASE)
_MOST_FOOTER = 8
_LONGEST = 120
# `Best,`, `Kind regards`, `Many thanks,`, `Sincerely yours,`; a name may stand behind it: `Best, Ann`.
_CLOSE = re.compile(
    r"(?:(?:kind|best|warm)(?:est)? (?:regards|wishes)|all the best|best|regards|cheers|(?:many )?thanks(?: again)?|"
    r"thank you|sincerely(?: yours)?|yours(?: (?:sincerely|truly|faithfully))?)"
    r"(?P<sign>\s?[,.!-]*)(?P<name>\s.{1,30})?",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][^\d:;!?]{1,40}")
_MOST_NAMES = 3
# A paragraph's number, which no greeting has.
_NUMBERED = re.compile(r"¶|\(?\d{1,3}[.)](?!\d)")
# So many lines may stand over a cable, and so many fields near the first are its header.
_MOST_ABOVE = 40
_ENOUGH_FIELDS = 2
_NEAR = 60


def place_mail_text(lines: Sequence[Line]) -> None:
    """Place what a mail has over and under its cable, line by line; nothing where no header of a cable is found."""
    top = _top(lines)
    if top is None:
        return
    above = [line for line in lines[:top] if _is_own(line)]
    if len(above) <= _MOST_ABOVE and not any(_is_of_cable(line.words) for line in above):
        _take(above)
    _place_footer(lines[top:])
    _place_close(lines[top:])


def _is_own(line: Line) -> bool:
    return line.kind is None and not line.blank


def _take(lines: Sequence[Line]) -> None:
    for line in lines:
        line.assign(SegmentKind.CHROME, FIELD)


def _is_of_cable(words: str) -> bool:
    return _NUMBERED.match(words) is not None or leading_mark(words)[0] is not None


def _top(lines: Sequence[Line]) -> int | None:
    """Where the cable begins: at the first line that surely opens a field of a header, or is a page mark."""
    for at, line in enumerate(lines):
        if line.kind is not None or line.blank:
            continue
        if line.page_mark or (line.opens is not None and line.opens.sure):
            near = (other for other in lines[at : at + _NEAR] if _is_own(other))
            fields = {other.opens.field for other in near if other.opens is not None}
            return at if len(fields) >= _ENOUGH_FIELDS else None
    return None


def _place_footer(lines: Sequence[Line]) -> None:
    own = [line for line in lines if _is_own(line)]
    for at in range(len(own) - 1, max(len(own) - _MOST_FOOTER, 0) - 1, -1):
        if _FOOTER_RULE.fullmatch(own[at].words):
            behind = [line.words for line in own[at + 1 :]]
            if any(len(words) > _LONGEST for words in behind):
                return
            if any(map(_OF_LIST.search, behind)) and all(map(_FOOTER_LINE.search, behind)):
                _take(own[at:])
            return


def _place_close(lines: Sequence[Line]) -> None:
    """Place a close and the name under it, behind the end of a cable: a signature in capitals, or an end sign."""
    own = [at for at, line in enumerate(lines) if _is_own(line)]
    for place in range(len(own) - 1, max(len(own) - 2 - _MOST_NAMES, 0), -1):
        at = own[place]
        words = lines[at].words
        close = _CLOSE.fullmatch(words)
        if close is not None and (close["name"] is None or close["sign"]):
            over = next((line for line in reversed(lines[:at]) if not line.blank), None)
            ended = over is not None and (mostly_upper(over.words) or stands_behind(over.words))
            if lines[at - 1].blank and ended:
                _take([lines[each] for each in own[place:]])
            return
        if not _is_name(words):
            return


def _is_name(words: str) -> bool:
    return _NAME.fullmatch(words) is not None and title_share(words) == 1 and not words.isupper()
