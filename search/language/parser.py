"""The query language: a line of text becomes a tree of `search.language.tree`, whatever the line is.

Owns the syntax, its repairs and the limits of a question. Must not know how a tree is searched.

    putian injunction        both words, in one paragraph; AND may be written
    shoes OR footwear        either; NOT binds tighter than AND, and AND tighter than OR
    NOT comment, -comment    the paragraphs without it
    "more shoes", =shoes     exactly these words, unstemmed
    injunct*                 words that begin so; inj*tion and w?man are patterns
    injuction~, putien~2     words at most one letter, or two, away
    "shoes putian"~5         these words, unstemmed, in any order, at most five others among them
    shoes NEAR/5 putian      the same for two words with their stems
    section:putian           a word of the heading; section:(putian OR fujian) gives the field to a whole group
    date:2007-03             also date:>=2007, date:[2006-01 TO 2007-06], date:March 2007, date:3/2007
    same:cable               the other words may stand in different paragraphs of one cable
    like:07ROME1#p2          paragraphs of other cables that share its heaviest words
    A. Q. Khan               initials, with blanks or without, are one word: A.Q.
    http\\://example          a backslash takes the meaning from the character after it
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from search.fields import BY_NAME, FIELDS, Field
from search.language import clauses
from search.language.clauses import Clause
from search.language.group import Group
from search.language.tree import (
    ANY_LETTER,
    ANY_LETTERS,
    DEFAULT_FIELD,
    And,
    Everything,
    Fuzzy,
    Like,
    Loose,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    SameCable,
    Wildcard,
    Word,
)
from search.text import initials
from search.text.analysis import analyse
from search.text.nearness import MOST_BETWEEN

# What a question may cost: the characters of its words (operators, field names and blanks are free), and its clauses.
MAX_CHARACTERS = 500
MAX_CLAUSES = 64
# What is looked at of a line at all: enough for any tree within these limits to be read again as it prints itself.
_MAX_INPUT = 8 * MAX_CHARACTERS
# So many problems with the same message are told.
_MOST_ALIKE = 3

_TEXT = BY_NAME[DEFAULT_FIELD]
_QUOTES = '"“”„«»'

# Stands in the line where a blank of `A. Q.` was, so that a word of the text goes on over it: a letter, like the
# signs of a pattern, that is in no text.
_INSIDE_INITIALS = "\U0001e8c2"

_BLANKS = re.compile(rf"[\s{_INSIDE_INITIALS}]+")
_OPENING = re.compile(r"\(")
_CLOSING = re.compile(r"\)")
# `AND` or `NEAR/5` between words, also in `NOT(` and `OR"`; not `ANDES`, not `OR:`.
_OPERATOR = re.compile(rf"(AND|OR|NOT|NEAR/([0-9]{{1,3}}))(?=[\s(){_QUOTES}]|\Z)")
# A minus, or a dash that was made of one, right before what it excludes: `-comment`, `–"more shoes"`, `-(a b)`. Not the
# `--` between two words, and not the em dash of a sentence.
_MINUS = re.compile(rf"[-‐‑‒–−](?=[\w(\\={_QUOTES}])")
# The name of a field, before its value: `section:putian`, `SUBJECT: review`.
_FIELD = re.compile(r"([A-Za-z][A-Za-z_-]*):")
# After the name of a field: no value. `subject:` at the end, `(subject:)`, `subject: AND putian`.
_NO_VALUE = re.compile(rf"\s*(?:\Z|\)|(?:AND|OR|NOT|NEAR/[0-9]{{1,3}})(?=[\s(){_QUOTES}]|\Z))")
# `"more shoes"`, in which printers' marks may stand, or between printers' marks: `“more shoes”`, `«more shoes»`.
_QUOTED = re.compile(r'"((?:\\.|[^"\\])*)"|[“”„«»]((?:\\.|[^"“”„«»\\])*)["“”„«»]', re.DOTALL)
# The same without its end, `"more shoes`; the last group is empty then, but not in `"more shoes” today`.
_HALF_QUOTED = re.compile(rf"[{_QUOTES}]((?:\\.|[^{_QUOTES}\\])*)([{_QUOTES}]?)", re.DOTALL)
# `[2006-01 TO 2007-06]`, also with a lower-case `to` and without its end; `*` leaves a side open.
_BOUND = rf"([^\s\[\](){_INSIDE_INITIALS}]+)"
_RANGE = re.compile(rf"\[\s*{_BOUND}\s+(?:TO|to)\s+{_BOUND}\s*(\]?)")
# The same with bounds of several words, `[March 2006 TO 4 June 2007]`.
_WORDS_OF_BOUND = rf"([^\[\](){_INSIDE_INITIALS}]+?)"
_RANGE_OF_WORDS = re.compile(rf"\[\s*{_WORDS_OF_BOUND}\s+(?:TO|to)\s+{_WORDS_OF_BOUND}\s*(\])")
# The words that may be one date, behind `date:`: `4 Mar 1974`, `March 1974 to May 1974`.
_DATE_WORDS = re.compile(rf"[^\s{_QUOTES}()\[\]\\]+(?:[ \t]+[^\s{_QUOTES}()\[\]\\]+){{1,6}}")
# What joins two dates, of which the first is one by itself: `1974 to 1976`.
_JOINS_DATES = frozenset({"to", "until", "-", "–"})
# The sign of `date:>=2007` or `paragraphs:<20`, with its bound right behind.
_COMPARISON = re.compile(rf"(>=|<=|>|<)(?=[^\s(){_QUOTES}])")
# The sign of an exact word, `=shoes`; not the one of `a = b`.
_EXACT = re.compile(r"=(?=[\w\\])")
# A word: all up to a blank, a quotation mark or a parenthesis that has no backslash before it.
_WORD = re.compile(rf"(?:\\.|[^\s{_QUOTES}()\\]|\\\Z)+", re.DOTALL)
# The same where a value is no words: `from:A. Q.` is two.
_VALUE = re.compile(rf"(?:\\.|[^\s{_QUOTES}{_INSIDE_INITIALS}()\\]|\\\Z)+", re.DOTALL)
# A character of a word, the first group, if a backslash stood before it: the `:` of `http\://example`.
_CHARACTER = re.compile(r"\\(.)|.", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_STARS = re.compile(r"\*+")
# What follows a loose phrase, `"more shoes"~5`, or a word, `shoes~2`; the number may be missing.
_TILDE = re.compile(r"~([0-9]{0,3})")
_TILDE_AT_END = re.compile(r"~([0-9]{0,3})\Z")
# A `?` that is a sign has letters, or another sign, behind it: `w?rd`, `wom?n*`; not the one of `Putian?`.
_SIGN_BEHIND = re.compile(r"[^\W_]|\*")


@dataclass(frozen=True, slots=True)
class QueryProblem:
    """What could not be read as it was written: where (characters from 0) and a sentence about it."""

    position: int
    message: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """A question as it was understood.

    With `problems`, `repaired` is the question that `tree` answers, itself without problems; None if nothing in the
    line can be looked for, and then `tree` finds nothing.
    """

    tree: Node
    problems: tuple[QueryProblem, ...] = ()
    repaired: str | None = None


def parse(text: str) -> Parsed:
    """Read a question. Never raises; a blank one asks for everything. `parse(str(tree)).tree == tree`."""
    if not text.strip():
        return Parsed(Everything())
    parser = _Parser(text)
    tree = parser.read()
    if tree is None:
        tree = Phrase(" ".join(text.split())[:MAX_CHARACTERS].rstrip())
    problems = _few(sorted(parser.problems, key=lambda problem: problem.position))
    if not _says_something(tree):
        problems.append(QueryProblem(0, "There is no letter and no digit to look for."))
        return Parsed(tree, tuple(problems))
    return Parsed(tree, tuple(problems), str(tree) if problems else None)


def _few(problems: list[QueryProblem]) -> list[QueryProblem]:
    """Of many problems with one message the first ones, and how many more there are: a line of parentheses has one at
    each. What is said once, of a line that was cut, stays.
    """
    told: Counter[str] = Counter()
    kept: list[QueryProblem] = []
    left: list[QueryProblem] = []
    for problem in problems:
        told[problem.message] += 1
        (kept if told[problem.message] <= _MOST_ALIKE else left).append(problem)
    if not left:
        return kept
    more = QueryProblem(left[0].position, f"And {len(left):,} more like these.")
    return sorted([*kept, more], key=lambda problem: problem.position)


def _says_something(node: Node) -> bool:
    match node:
        case And(parts) | Or(parts):
            return any(_says_something(part) for part in parts)
        case Not(part):
            return _says_something(part)
        case Word(text, field) | Phrase(text, field) | Prefix(text, field) | Loose(text, _, field):
            return BY_NAME[field].kind != "text" or bool(analyse(text))
        case Near(left, right):
            return _says_something(left) or _says_something(right)
        case SameCable():
            return False
        case _:
            return True


class _Parser:
    """One pass over the line, with its open groups on a stack: nesting costs no recursion."""

    def __init__(self, text: str) -> None:
        self.problems: list[QueryProblem] = []
        # The letters that stand for signs inside a tree have no place in a question.
        signs = (ANY_LETTER, ANY_LETTERS, _INSIDE_INITIALS)
        line = text[:_MAX_INPUT].translate({ord(sign): " " for sign in signs})
        self._text = initials.filled(line, _INSIDE_INITIALS)
        self._position = 0
        self._groups = [Group(0, _TEXT)]
        self._clauses = 0
        self._characters = 0
        self._full = False
        if len(text) > _MAX_INPUT:
            self._problem(
                _MAX_INPUT, f"A line has at most {_MAX_INPUT} characters; the rest is left out."
            )

    def read(self) -> Node | None:
        """The tree of the line, None if there is nothing in it."""
        while not self._full and self._position < len(self._text):
            if not self._take(_BLANKS):
                self._item()
        while len(self._groups) > 1:
            self._problem(self._groups[-1].position, "This parenthesis is not closed.")
            self._close()
        self._end()
        return self._groups[0].node()

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self._text, self._position)
        if match:
            self._position = match.end()
        return match

    def _problem(self, position: int, message: str) -> None:
        if not self._full:  # what comes after a cut is the cut's own doing
            self.problems.append(QueryProblem(position, message))

    def _item(self) -> None:
        """An operator, a parenthesis, or a clause with its field."""
        group = self._groups[-1]
        position = self._position
        if self._take(_CLOSING):
            if len(self._groups) > 1:
                self._close()
            else:
                self._problem(position, "No parenthesis is open here; it is left out.")
        elif match := self._take(_OPERATOR):
            if match[1] == "NOT":
                group.negate("NOT", position)
            elif match[2]:
                self._near(match[1], int(match[2]), position)
            elif not group.join(match[1], position):
                self._problem(position, f"Nothing stands before this {match[1]}; it is left out.")
        elif self._take(_MINUS):
            group.negate("-", position)
        elif match := self._take(_FIELD):
            self._field(match[1], position)
        else:
            self._value(group.field)

    def _near(self, sign: str, between: int, position: int) -> None:
        if not self._groups[-1].near(min(between, MOST_BETWEEN), sign, position):
            self._problem(position, f"No word stands before this {sign}; it is left out.")
        elif message := clauses.too_far(between):
            self._problem(position, message)

    def _close(self) -> None:
        self._end()
        group = self._groups.pop()
        node = group.node()
        if node is None:
            self._problem(group.position, "There is nothing between these parentheses.")
        else:
            self._put(node, group.position)

    def _put(self, node: Node, position: int) -> None:
        """Put what was read into the innermost group."""
        if not self._groups[-1].add(node):
            self._problem(
                position,
                "NEAR joins two single words of one field; this is looked for anywhere in the paragraph.",
            )

    def _end(self) -> None:
        """The innermost group ends here: an operator that still waits is left out."""
        if waiting := self._groups[-1].waiting:
            self._problem(waiting[1], f"Nothing follows this {waiting[0]}; it is left out.")

    def _field(self, name: str, position: int) -> None:
        field = BY_NAME.get(name.lower())
        nothing = _NO_VALUE.match(self._text, self._position)
        if field and nothing:
            self._problem(position, f"Nothing follows {name}: here; it is read as a word.")
            self._add((Word(name), None), position)
        elif field:
            self._take(_BLANKS)
            if self._take(_MINUS):
                self._groups[-1].negate("-", position)
            self._value(field)
        else:
            if not nothing and not self._text[self._position].isspace():
                names = ", ".join(each.name for each in FIELDS)
                self._problem(
                    position,
                    f"There is no field “{name}”, so it is read as text. The fields are: {names}.",
                )
            self._position = position
            self._word(self._groups[-1].field)

    def _value(self, field: Field) -> None:
        """What the name of a field is followed by, or what stands without one."""
        position = self._position
        if self._take(_OPENING):
            self._groups.append(Group(position, field))
        elif match := self._take(_QUOTED) or self._take(_HALF_QUOTED):
            self._phrase(field, match, position)
        elif field is not _TEXT and (match := self._take(_RANGE_OF_WORDS) or self._take(_RANGE)):
            if not match[3]:
                self._problem(position, "This range is not closed; it ends with ].")
            low, high = (None if bound == "*" else bound for bound in match.group(1, 2))
            self._add(clauses.between(field, low, high), position)
        elif field is not _TEXT and (match := self._take(_COMPARISON)):
            text, _ = self._characters_of_word(field)
            self._add(clauses.compared(field, match[1], text), position)
        else:
            self._word(field)

    def _phrase(self, field: Field, match: re.Match[str], position: int) -> None:
        closed = match.re is _QUOTED or bool(match[2])
        quoted = (match[1] if match[1] is not None else match[2]).replace(_INSIDE_INITIALS, " ")
        text = " ".join(_ESCAPE.sub(r"\1", quoted).split())
        starred = self._take(_STARS)
        tilde = self._take(_TILDE) if closed else None
        if not closed:
            self._problem(position, "This quotation mark is not closed.")
        if text and tilde:
            between = int(tilde[1]) if tilde[1] else None
            self._add(clauses.loose(field, text, between), position)
        elif text:
            self._add((clauses.prefix if starred else clauses.phrase)(field, text), position)
        elif closed:
            self._problem(position, "There is nothing between these quotation marks.")

    def _word(self, field: Field) -> None:
        position = self._position
        exact = self._take(_EXACT) is not None
        text, changes = self._characters_of_word(field)
        self._add(clauses.word(field, text, changes, exact=exact), position)

    def _characters_of_word(self, field: Field) -> tuple[str, int | None]:
        """A word without its backslashes, its signs as the tree has them; and the changes that a `~` allows."""
        if field.kind == "date" and (date := self._date_of_words()):
            return date, None
        match = self._take(_WORD if field.kind == "text" else _VALUE)
        raw = match[0].replace(_INSIDE_INITIALS, "") if match else ""
        changes: int | None = None
        kept: list[str] = []
        end = len(raw)
        # A tilde with a word before it; `~500` is a number.
        if (tilde := _TILDE_AT_END.search(raw)) and _unescaped(raw, tilde.start()):
            changes, end = int(tilde[1] or 1), tilde.start()
        for match in _CHARACTER.finditer(raw, 0, end):
            if match[0] == "*":
                kept.append(ANY_LETTERS)
            elif match[0] == "?" and _SIGN_BEHIND.search(raw, match.end(), end):
                kept.append(ANY_LETTER)
            else:
                kept.append(match[1] or match[0])
        return "".join(kept), changes

    def _date_of_words(self) -> str:
        """A date of several words, the longest; "" where a word or a date stands alone."""
        match = _DATE_WORDS.match(self._text, self._position)
        if match is None:
            return ""
        first, second = match[0].split()[:2]
        if clauses.reads_as_date(first) and second not in _JOINS_DATES:
            return ""
        ends = [len(match[0]), *(blank.start() for blank in _BLANKS.finditer(match[0]))]
        for end in sorted(ends, reverse=True)[:-1]:
            if clauses.reads_as_date(match[0][:end]):
                self._position += end
                return match[0][:end]
        return ""

    def _add(self, clause: Clause, position: int) -> None:
        """Put a clause into the innermost group, within the limits."""
        node, message = clause
        if message:
            self._problem(position, message)
        if node is None:
            return
        count, length = _cost(node)
        first = self._clauses == 0
        self._clauses += count
        self._characters += length
        if self._clauses > MAX_CLAUSES:
            self._problem(position, f"Only the first {MAX_CLAUSES} terms were searched.")
            self._full = True
        elif self._characters > MAX_CHARACTERS:
            self._problem(
                position,
                f"Only the first {MAX_CHARACTERS} characters were searched.",
            )
            self._full = True
            if first and isinstance(node, Word | Phrase | Prefix | Wildcard | Fuzzy | Loose):
                self._groups[-1].add(Phrase(node.text[:MAX_CHARACTERS].rstrip(), node.field))
        else:
            self._put(node, position)


def _unescaped(raw: str, place: int) -> bool:
    """Whether a character behind other ones of a word has its meaning: an even number of backslashes is before it."""
    before = raw[:place]
    return bool(before) and (len(before) - len(before.rstrip("\\"))) % 2 == 0


def _cost(node: Node) -> tuple[int, int]:
    """The clauses of a node and the characters of their words."""
    match node:
        case Word(text) | Phrase(text) | Prefix(text) | Wildcard(text) | Fuzzy(text) | Like(text):
            return 1, len(text)
        case Loose(text):
            return 1, len(text)
        case Near(left, right):
            return 2, len(left.text) + len(right.text)
        case Range(low, high):
            return 1, len(low or "") + len(high or "")
        case And(parts) | Or(parts):
            costs = [_cost(part) for part in parts]
            return sum(count for count, _ in costs), sum(length for _, length in costs)
        case Not(part):
            return _cost(part)
        case SameCable() | Everything():
            return 0, 0
