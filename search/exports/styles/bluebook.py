"""The Bluebook, 21st edition: A Uniform System of Citation, for law reviews.

A cable is unpublished correspondence (rule 17.2.3): what it is, `from` and `to`, its subject, the place in it, the day
in parentheses; paragraphs are `¶ 12` and not pages where they are numbered (rule 3.3), footnotes `n.3` (rule 3.2(b)).
What an archive holds or published says so in parentheses where no address does (17.2), a document of an edition
stands `in` it (15.5.1), and the web address comes last; one that has no day is followed by the day of the last visit
(18.2.2(c)). Months are those of table T12, `Dep’t` and `Nat’l` those of table T6.
"""

from __future__ import annotations

from datetime import date as Date

from corpus.late_patterns import late_pattern
from search.exports.styles.dates import SHORT_MONTHS, american, units_of
from search.exports.styles.wording import first_upper, listed, sentence, with_commas, without_stop
from search.exports.works import Work

PARAGRAPH = "¶"
# Of names of institutions; `Secretary` only in a name of its own.
_ABBREVIATED = (
    (late_pattern(r"\bDepartment\b"), "Dep’t"),
    (late_pattern(r"\bNational\b"), "Nat’l"),
)
# `note 3` of the pinpoints.
_NOTE = late_pattern(r"note (?P<number>\S+)")


def footnote(cited: Work, today: Date | None) -> str:
    """A citation as it stands in a footnote."""
    who = f" from {_short(cited.author)}" if cited.author else ""
    to = f" to {_short(listed(cited.recipients))}" if cited.recipients else ""
    head = f"{first_upper(cited.genre)} {cited.number}{who}{to}"
    named = with_commas((head, without_stop(cited.title)))
    day = american(cited.date, cited.date_end, SHORT_MONTHS) or cited.printed_day or "undated"
    said = " ".join(filter(None, (named, _pinpoint(cited), f"({day})", _held(cited))))
    volume = with_commas((f"in {cited.archive}", cited.place)) if cited.repository.edited else ""
    return sentence(with_commas((said, volume, cited.url)) + _last_visited(cited, today))


def _pinpoint(cited: Work) -> str:
    spot = cited.pinpoint(PARAGRAPH)
    note = _NOTE.fullmatch(spot)
    return f"n.{note['number']}" if note else spot


def _held(cited: Work) -> str:
    """`(on file with U.S. Nat’l Archives, ...)`; nothing for a publisher whose address stands in the citation."""
    kept = cited.repository
    if kept.edited or not kept.name or (cited.url and kept.relation == "published by"):
        return ""
    return f"({kept.relation} {_short(with_commas((kept.name, kept.place)))})"


def _last_visited(cited: Work, today: Date | None) -> str:
    if today is None or cited.dated or not cited.url:
        return ""
    return f" (last visited {american(units_of(today), (), SHORT_MONTHS)})"


def _short(name: str) -> str:
    for word, short in _ABBREVIATED:
        name = word.sub(short, name)
    return name
