"""One clause of a question: what a word, a phrase or a range means in the field it was written for.

Owns how each kind of field reads its values, and what becomes of a value that it can't read. Must not know how
clauses are joined or where they stood. Each function gives the clause (None: nothing is left of it) and, if
it could not be read as it was written, a sentence about that.
"""

from __future__ import annotations

from corpus.late_patterns import late_pattern
from search.fields import BY_NAME, Field
from search.language.spelling import NotAnExpression, check_expression, pattern_term
from search.language.tree import (
    ANY_LETTER,
    ANY_LETTERS,
    DEFAULT_FIELD,
    And,
    Fuzzy,
    Like,
    Loose,
    Node,
    PatternPhrase,
    Phrase,
    Prefix,
    Range,
    Regexp,
    SameCable,
    Wildcard,
    Word,
)
from search.text import dates, written_dates
from search.text.analysis import analyse
from search.text.nearness import MOST_BETWEEN, MOST_WORDS
from search.text.written_dates import NoDate, Written

Clause = tuple[Node | None, str | None]

# A whole number; nine digits are more than any cable has paragraphs, and fit every engine's integers.
_NUMBER = late_pattern(r"[0-9]{1,9}")
# What follows a value in a sentence or a list and is not part of it: `tag:KIPR, origin:Guangzhou`.
_BEHIND_VALUE = ",;"

_RANGED = ("date", "number")


# The signs of a pattern, each `*` of a row (`in**tion`) as one; what a sentence ends with is no pattern (`Putian?`).
_SIGN = late_pattern(f"[{ANY_LETTER}{ANY_LETTERS}]")
_MANY_SIGNS = late_pattern(f"{ANY_LETTERS}{{2,}}")
# `same:` takes this word, for there is only one other scope, the paragraph, which is meant without it.
_SCOPE = "cable"
MOST_CHANGES = 2


def word(field: Field, text: str, changes: int | None = None, *, exact: bool = False) -> Clause:
    """A word, in which the signs of `search.language.tree` may stand; `changes` is what a `~` behind it asks for."""
    behind = ":" if field.kind == "text" else _BEHIND_VALUE
    body = text.rstrip(behind + ANY_LETTER + ANY_LETTERS)
    signs = "".join(_SIGN.findall(text[len(body) :]))
    # (Colons by themselves are a word of the text, if no engine's.)
    text = body + signs or _without_colon(text) * (field.kind == "text")
    plain = _SIGN.sub("", text)
    if not plain:
        sign = "*" if text else "comma"
        return None, f"There is nothing before the {sign} to look for."
    if not plain.strip():
        return None, "A blank by itself is left out."
    if field.kind in ("like", "scope"):
        return _special(field, plain)
    if changes is not None:
        return _fuzzy(field, plain, changes)
    if text != plain:
        return _pattern(field, _MANY_SIGNS.sub(ANY_LETTERS, text))
    if field.kind in _RANGED:
        return _single(field, text)
    if exact:
        return Phrase(" ".join(text.split()), field.name), None
    return Word(text, field.name), None


def _special(field: Field, text: str) -> Clause:
    if field.kind == "like":
        return Like(text), None
    if text.lower() == _SCOPE:
        return SameCable(), None
    return _of_text(text), f"same: takes the word {_SCOPE}; “{text}” is read as a word of the text."


def _pattern(field: Field, text: str) -> Clause:
    """A word with signs in it. Only one star, at its end, makes a prefix."""
    plain = _SIGN.sub("", text)
    if field.kind in _RANGED:
        return _single(field, plain)[0], f"{field.label} takes no * and no ?."
    if field.kind == "text" and pattern_term(text) is None:
        return _pattern_phrase(field, text, Word)
    if text == plain + ANY_LETTERS:
        return prefix(field, plain, Word)
    return Wildcard(text, field.name), None


def _pattern_phrase(field: Field, text: str, otherwise: type[Word] | type[Phrase]) -> Clause:
    """Several words of which some are patterns; a sign with no letter beside it is left out."""
    tokens = analyse(text)
    # A `?` at a word's end is a question mark.
    terms = [_MANY_SIGNS.sub(ANY_LETTERS, token.term).rstrip(ANY_LETTER) for token in tokens]
    kept = [term for term in terms if _SIGN.sub("", term)]
    signs = any(map(_SIGN.search, kept))
    message = None
    if len(kept) < len(tokens) or not signs:
        message = "A * or ? needs letters beside it; it is left out."
    if not kept or not signs:
        # (Of a blank that was escaped, and a star, nothing is left.)
        plain = _without_colon(" ".join(_SIGN.sub("", text).split()))
        return (otherwise(plain, field.name) if plain else None), message
    words = " ".join(kept)
    if len(kept) > 1:
        return PatternPhrase(words, field.name), message
    clause, more = _pattern(field, words)
    return clause, message or more


def regexp(field: Field, text: str) -> Clause:
    """What stood between two strokes: `/whea?t/`."""
    if field.kind not in ("text", "keyword"):
        plain = text.replace("\\", "")
        return Word(plain), f"{field.label} takes no regular expression; it was read as text."
    try:
        check_expression(text)
    except NotAnExpression as error:
        return Word(f"/{text}/", field.name), (
            f"/{text}/ is no regular expression ({error}); it was read as text."
        )
    return Regexp(text, field.name), None


def no_weight(sign: str) -> str:
    """What is said of a weight, `^2`."""
    return f"All words count alike; {sign} is left out."


def no_likeness(sign: str) -> str:
    """What is said of a likeness, `~0.8`."""
    return f"A ~ takes a number of letters; {sign} is read as ~1."


def _fuzzy(field: Field, text: str, changes: int) -> Clause:
    if field.kind in _RANGED:
        return _single(field, text)[0], f"{field.label} takes no ~."
    if field.kind == "text" and len(analyse(text)) != 1:
        return Word(text, field.name), "A ~ works behind a single word; it is left out."
    if changes == 0:
        return Phrase(text, field.name), "A ~0 changes nothing; the word itself is looked for."
    message = f"A word may be {MOST_CHANGES} letters away; ~{changes} is read as ~{MOST_CHANGES}."
    if changes > MOST_CHANGES:
        return Fuzzy(text, MOST_CHANGES, field.name), message
    return Fuzzy(text, changes, field.name), None


def loose(field: Field, text: str, between: int | None) -> Clause:
    """What stood between quotation marks with a `~` behind them."""
    if _SIGN.search(text):
        clause, message = loose(field, _SIGN.sub("", text), between)
        left_out = "A * or ? does not work with a ~ behind quotation marks; it is left out."
        return clause, f"{left_out} {message or ''}".strip()
    if field.kind != "text":
        return phrase(field, text)[0], f"{field.label} takes no ~ behind quotation marks."
    if between is None:
        return Phrase(text, field.name), "A ~ behind quotation marks takes a number, as in ~5."
    different = dict.fromkeys(token.term for token in analyse(text))
    if len(different) > MOST_WORDS:
        message = f"At most {MOST_WORDS} words can be asked to be near each other; they are looked for one by one."
        return And(tuple(Phrase(each, field.name) for each in different)), message
    return Loose(text, min(between, MOST_BETWEEN), field.name), too_far(between)


def too_far(between: int) -> str | None:
    """What is said of a distance beyond the limit."""
    if between <= MOST_BETWEEN:
        return None
    return f"At most {MOST_BETWEEN} words may stand between; {between} is read as {MOST_BETWEEN}."


def prefix(field: Field, text: str, otherwise: type[Word] | type[Phrase] = Phrase) -> Clause:
    """What a star ended; in a field of words it must be one word, and is what it was without the star `otherwise`."""
    if field.kind in ("like", "scope"):
        return _special(field, text)
    if field.kind in _RANGED:
        return _single(field, text)[0], f"{field.label} takes no * and no ?."
    # (The star of `"lan["*` stands beside no letter.)
    if _SIGN.search(text) or (
        field.kind == "text"
        and (len(analyse(text)) != 1 or pattern_term(text + ANY_LETTERS) is None)
    ):
        starred = text + ANY_LETTERS
        if field.kind == "text":
            return _pattern_phrase(field, starred, otherwise)
        return Wildcard(_MANY_SIGNS.sub(ANY_LETTERS, starred), field.name), None
    return Prefix(text, field.name), None


def phrase(field: Field, text: str) -> Clause:
    """What stood between quotation marks, with single blanks; the signs of patterns may stand in it."""
    if _SIGN.search(text):
        plain = _SIGN.sub("", text)
        if field.kind not in ("text", "keyword"):
            return phrase(field, plain)[0], f"{field.label} takes no * and no ?."
        if not plain.strip():
            return None, "There is nothing before the * to look for."
        if field.kind == "text":
            return _pattern_phrase(field, text, Phrase)
        text = _MANY_SIGNS.sub(ANY_LETTERS, text)
        return (
            (Prefix(plain, field.name), None)
            if text == plain + ANY_LETTERS
            else (Wildcard(text, field.name), None)
        )
    if field.kind in ("like", "scope"):
        return _special(field, text)
    if field.kind in _RANGED:
        return _single(field, text)
    return Phrase(text, field.name), None


def between(
    field: Field,
    low: str | None,
    high: str | None,
    *,
    without: tuple[bool, bool] = (False, False),
) -> Clause:
    """A range with both ends, None for an open one; `without` says which of them are not meant themselves."""
    if field.kind not in _RANGED:
        parts = tuple(_of_text(bound) for bound in (low, high) if bound is not None)
        return (And(parts) if len(parts) == 2 else parts[0] if parts else None), _no_range(field)
    told: list[str] = []
    bounds: list[str | None] = []
    for bound, last in ((low, False), (high, True)):
        read = None if bound is None else _read(field, bound)
        if isinstance(read, Written) and without[last]:
            # What lies behind a span begins behind its end, and what lies before it ends before it begins.
            inner = _neighbour(field, read.first if last else read.last, -1 if last else 1)
            if inner is None:
                told.append(f"Nothing lies beyond {bound}; it is left open.")
            read = None if inner is None else Written(inner, inner, read.note)
        if isinstance(read, NoDate):
            told.append(f"{read.reason} It is left open.".strip())
        elif read is not None and read.note:
            told.append(read.note)
        bounds.append(read[last] if isinstance(read, Written) else None)
    if any(without) and _cross(field, *bounds):
        told.append(f"Nothing lies between {low} and {high}; both are included.")
        return between(field, low, high)[0], " ".join(told)
    low, high = bounds
    if _cross(field, low, high):
        low, high = high, low
        told.append("This range ends before it begins; it is turned round.")
    return Range(low, high, field.name), " ".join(told) or None


def _cross(field: Field, low: str | None, high: str | None) -> bool:
    """Whether a range ends before it begins."""
    first = _span(field, low) if low is not None else None
    last = _span(field, high) if high is not None else None
    return bool(first and last and first[0] > last[1])


def compared(field: Field, operator: str, text: str) -> Clause:
    """`>`, `>=`, `<` or `<=` and a bound; a strict one becomes the bound's neighbour of the same precision."""
    text = _SIGN.sub("", text)
    if not text:
        # (Of `words:>*`.)
        return None, f"Nothing stands behind the {operator} of {field.name}: to compare with."
    if field.kind not in _RANGED:
        return _of_text(text), _no_range(field)
    read = _read(field, text)
    if isinstance(read, NoDate):
        return _single(field, text)
    # What lies before a span begins where it begins, and what lies after it where it ends.
    text = read.first if operator in (">=", "<") else read.last
    if operator in (">=", "<="):
        bound: str | None = text
    else:
        bound = _neighbour(field, text, 1 if operator == ">" else -1)
    if bound is None:
        return Range(text, text, field.name), f"Nothing lies beyond {text}; {operator} is left out."
    low, high = (bound, None) if operator.startswith(">") else (None, bound)
    return Range(low, high, field.name), read.note or None


def _without_colon(text: str) -> str:
    """A colon that ends a word is a mark of punctuation: the `Note` of `Note: see below`."""
    return text.rstrip(":") or text


def _of_text(text: str) -> Word:
    """A value that its field can't read, as a word to look for."""
    return Word(_without_colon(text))


def _single(field: Field, text: str) -> Clause:
    read = _read(field, text)
    if isinstance(read, NoDate):
        return _of_text(text), f"{read.reason} It was searched for as a word of the text."
    return Range(read.first, read.last, field.name), read.note or None


def _read(field: Field, text: str) -> Written | NoDate:
    """A date in any spelling or a number as it is written, and what is said of it."""
    if field.kind == "date":
        return written_dates.read(text)
    if _NUMBER.fullmatch(text):
        return Written(text, text)
    return NoDate(f"A number has one to nine digits; “{text}” is none.")


def reads_as_date(text: str) -> bool:
    """Whether a text is a date in one of the spellings that are known."""
    return isinstance(written_dates.read(text), Written)


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
    if field.name == DEFAULT_FIELD:
        return (
            "A range takes a field's name, as in date:[1973 TO 1979]; its words were searched for."
        )
    ranged = ", ".join(each.name for each in BY_NAME.values() if each.kind in _RANGED)
    kind = "words" if field.kind == "text" else "whole values"
    return f"{field.name}: takes {kind}, no range ({ranged} do); it is read as words of the text."
