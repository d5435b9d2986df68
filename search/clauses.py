"""One clause of a question: what a word, a phrase or a range means in the field it was written for.

Owns how each kind of field reads its values, and what becomes of a value that it can't read. Must not know how
clauses are joined or where they stood. Each function gives the clause (None: nothing is left of it) and, if
it could not be read as it was written, a sentence about that.
"""

from __future__ import annotations

import re

from search import dates
from search.analysis import analyse
from search.fields import BY_NAME, Field
from search.query import DEFAULT_FIELD, And, Node, Phrase, Prefix, Range, Word

Clause = tuple[Node | None, str | None]

# A whole number; nine digits are more than any cable has paragraphs, and fit every engine's integers.
_NUMBER = re.compile(r"[0-9]{1,9}")
# What follows a value in a sentence or a list and is not part of it: `tag:KIPR, origin:Guangzhou`.
_BEHIND_VALUE = ",;"

_RANGED = ("date", "number")
_FORM = {
    "date": "A date is written 2007, 2007-03, 2007-03-23 or 2007-03-23T08:44",
    "number": "A number has one to nine digits",
}


def word(field: Field, text: str, star: int | None = None, *, exact: bool = False) -> Clause:
    """A word without its stars; `star` is where in `text` the first one stood, None without any."""
    text = _without_colon(text) if field.kind == "text" else text.rstrip(_BEHIND_VALUE)
    if not text:
        sign = "comma" if star is None else "*"
        return None, f"There is nothing before the {sign} to look for."
    if field.kind in _RANGED:
        if star is not None:
            return _single(field, text)[0], f"{field.label} takes no *."
        return _single(field, text)
    if star is None:
        return (Phrase if exact else Word)(text, field.name), None
    if star == 0:
        return Word(text, field.name), "A * needs letters before it; it is left out."
    if star < len(text):
        beginning, _ = word(field, text[:star], star)
        return beginning, "A * works at the end of a word only; the rest is left out."
    return prefix(field, text, Word)


def prefix(field: Field, text: str, otherwise: type[Word] | type[Phrase] = Phrase) -> Clause:
    """What a star ended; in a field of words it must be one word, and is what it was without the star `otherwise`."""
    if field.kind in _RANGED:
        return _single(field, text)[0], f"{field.label} takes no *."
    if field.kind == "text" and len(analyse(text)) != 1:
        return otherwise(text, field.name), "A * works at the end of a single word; it is left out."
    return Prefix(text, field.name), None


def phrase(field: Field, text: str) -> Clause:
    """What stood between quotation marks, with single blanks."""
    if field.kind in _RANGED:
        return _single(field, text)
    return Phrase(text, field.name), None


def between(field: Field, low: str | None, high: str | None) -> Clause:
    """A range with both ends, None for an open one."""
    if field.kind not in _RANGED:
        parts = tuple(_of_text(bound) for bound in (low, high) if bound is not None)
        return (And(parts) if len(parts) == 2 else parts[0] if parts else None), _no_range(field)
    bad = [bound for bound in (low, high) if bound is not None and _span(field, bound) is None]
    if bad:
        low, high = (None if bound in bad else bound for bound in (low, high))
        return Range(low, high, field.name), f"{_FORM[field.kind]}; “{bad[0]}” is left open."
    first = _span(field, low) if low is not None else None
    last = _span(field, high) if high is not None else None
    if first and last and first[0] > last[1]:
        return Range(high, low, field.name), "This range ends before it begins; it is turned round."
    return Range(low, high, field.name), None


def compared(field: Field, operator: str, text: str) -> Clause:
    """`>`, `>=`, `<` or `<=` and a bound; a strict one becomes the bound's neighbour of the same precision."""
    if field.kind not in _RANGED:
        return _of_text(text), _no_range(field)
    if _span(field, text) is None:
        return _single(field, text)
    if operator in (">=", "<="):
        bound: str | None = text
    else:
        bound = _neighbour(field, text, 1 if operator == ">" else -1)
    if bound is None:
        return Range(text, text, field.name), f"Nothing lies beyond {text}; {operator} is left out."
    low, high = (bound, None) if operator.startswith(">") else (None, bound)
    return Range(low, high, field.name), None


def _without_colon(text: str) -> str:
    """A colon that ends a word is a mark of punctuation: the `Note` of `Note: see below`."""
    return text.rstrip(":") or text


def _of_text(text: str) -> Word:
    """A value that its field can't read, as a word to look for."""
    return Word(_without_colon(text))


def _single(field: Field, text: str) -> Clause:
    if _span(field, text) is None:
        return _of_text(text), f"{_FORM[field.kind]}; “{text}” is read as a word of the text."
    return Range(text, text, field.name), None


def span(field_name: str, text: str) -> tuple[int, int] | None:
    """The first and the last number of a date or number as typed; None if it is none."""
    return _span(BY_NAME[field_name], text)


def _span(field: Field, text: str) -> tuple[int, int] | None:
    if field.kind == "date":
        return dates.span(text)
    return (int(text), int(text)) if _NUMBER.fullmatch(text) else None


def _neighbour(field: Field, text: str, step: int) -> str | None:
    if field.kind == "date":
        return dates.after(text) if step > 0 else dates.before(text)
    number = str(int(text) + step)
    return number if _NUMBER.fullmatch(number) else None


def _no_range(field: Field) -> str:
    ranged = ", ".join(each.name for each in BY_NAME.values() if each.kind in _RANGED)
    kind = "words" if field.kind == "text" else "whole values"
    return f"{field.name}: takes {kind}, no range ({ranged} do); it is read as words of the {DEFAULT_FIELD}."
