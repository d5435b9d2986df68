"""The query language: a line of text becomes a tree of `search.language.tree`, whatever the line is.

Owns the syntax, its repairs and the limits of a question. Must not know how a tree is searched.

    putian injunction        both words, in one paragraph; AND may be written
    shoes OR footwear        either; NOT binds tighter than AND, and AND tighter than OR
    NOT comment, -comment    the paragraphs without it
    "more shoes", =shoes     exactly these words, unstemmed
    injunct*                 words that begin so; inj*tion and w?man are patterns
    injuction~, putien~2     words at most one letter, or two, away
    "monkey busi*"           words in this order, the last of which begins so; also F-1*
    *tion, /whea?t/          words that end so, or that a regular expression matches whole
    "shoes putian"~5         these words, unstemmed, in any order, at most five others among them
    shoes NEAR/5 putian      the same for two words with their stems
    section:putian           a word of the heading; section:(putian OR fujian) gives the field to a whole group
    date:2007-03             also date:>=2007, date:[2006-01 TO 2007-06], date:March 2007, date:3/2007
    same:cable               the other words may stand in different paragraphs of one cable
    like:07ROME1#p2          paragraphs of other cables that share its heaviest words
    A. Q. Khan               initials, with blanks or without, are one word: A.Q.
    08\\:54                   a backslash takes the meaning from the character after it

What other search programs have is understood (`w/5`, `&&`, `{2006 TO 2007}`), or said to be left out (`wheat^2`).
Pasted text is read as text (`search.language.pasted`); of two ways to read a line the problem has the other one.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from corpus.late_dataclasses import dataclass
from corpus.late_patterns import late_pattern
from search.fields import BY_NAME, FIELDS, Field
from search.language import clauses, pasted
from search.language.characters import quoted_with_signs, word_with_signs
from search.language.clauses import Clause
from search.language.group import Group
from search.language.nearness_signs import nearness
from search.language.plain import plain
from search.language.tree import (
    ADDRESS,
    ANY_LETTER,
    ANY_LETTERS,
    DEFAULT_FIELD,
    OPERATOR,
    And,
    Everything,
    Fuzzy,
    Like,
    Loose,
    Near,
    Node,
    Not,
    Or,
    PatternPhrase,
    Phrase,
    Prefix,
    Range,
    Regexp,
    SameCable,
    Wildcard,
    Word,
)
from search.text import initials, showable
from search.text.analysis import words_of
from search.text.nearness import MOST_BETWEEN

# What a question may cost: the characters of its words (operators, field names and blanks are free), and its clauses.
MAX_CHARACTERS = 500
MAX_CLAUSES = 64
# What is looked at of a line at all: enough for any tree within these limits to be read again as it prints itself.
_MAX_INPUT = 8 * MAX_CHARACTERS
# What to do with a question that is too long: most are lists of names.
BATCH = "For a list of names use the page /batch, or cablegram batch FILE."
# So many problems with the same message are told.
_MOST_ALIKE = 3

_TEXT = BY_NAME[DEFAULT_FIELD]
_QUOTES = '"“”„«»'

# Fields of those who send and those who are sent to.
_CORRESPONDENTS = ("from", "to", "info")

# Stands in the line where a blank of `A. Q.` was, so that a word of the text goes on over it: a letter, like the
# signs of a pattern, that is in no text.
_INSIDE_INITIALS = "\U0001e8c2"

_BLANKS = late_pattern(rf"[\s{_INSIDE_INITIALS}]+")
_OPENING = late_pattern(r"\(")
_CLOSING = late_pattern(r"\)")
# `AND` or `NEAR/5` between words, also in `NOT(` and `OR"`; not `ANDES`, not `OR:`.
_OPERATOR = late_pattern(rf"(?:{OPERATOR.pattern})(?=[\s(){_QUOTES}]|\Z)")
_MEANS = {"&&": "AND", "||": "OR"}
# Something follows that may be what an operator is about.
_FOLLOWED = late_pattern(r"\s*[^\s)]")
# A minus, or a dash that was made of one, or Lucene's `!`, right before what it excludes: `-comment`, `–"more shoes"`,
# `-(a b)`, `!comment`. Not the `--` between two words, and not the em dash of a sentence.
_MINUS = late_pattern(rf"[-!‐‑‒–−](?=[\w(\\={_QUOTES}])")
# The name of a field, before its value: `section:putian`, `SUBJECT: review`.
_FIELD = late_pattern(r"([A-Za-z][A-Za-z_-]*):")
_OPERATOR_BEHIND_BLANK = late_pattern(rf"(?<=\s){_OPERATOR.pattern}")
# After the name of a field: no value. `subject:` at the end, `(subject:)`, `subject: AND putian`.
_NO_VALUE = late_pattern(rf"\s*(?:\Z|\)|(?:{OPERATOR.pattern})(?=[\s(){_QUOTES}]|\Z))")
# `"more shoes"`, in which printers' marks may stand, or between printers' marks: `“more shoes”`, `«more shoes»`.
_QUOTED = late_pattern(r'"((?:\\.|[^"\\])*)"|[“”„«»]((?:\\.|[^"“”„«»\\])*)["“”„«»]', re.DOTALL)
# The same without its end, `"more shoes`; the last group is empty then, but not in `"more shoes” today`.
_HALF_QUOTED = late_pattern(rf"[{_QUOTES}]((?:\\.|[^{_QUOTES}\\])*)([{_QUOTES}]?)", re.DOTALL)
# `[2006-01 TO 2007-06]`, also with a lower-case `to` and without its end; `*` leaves a side open. A brace leaves the
# bound itself out, as in Lucene: `{2006 TO 2007]`.
_BOUND = rf"([^\s\[\]{{}}(){_INSIDE_INITIALS}]+)"
_RANGE = late_pattern(rf"([\[{{])\s*{_BOUND}\s+(?:TO|to)\s+{_BOUND}\s*([\]}}]?)")
# The same with bounds of several words, `[March 2006 TO 4 June 2007]`.
_WORDS_OF_BOUND = rf"([^\[\]{{}}(){_INSIDE_INITIALS}]+?)"
_RANGE_OF_WORDS = late_pattern(
    rf"([\[{{])\s*{_WORDS_OF_BOUND}\s+(?:TO|to)\s+{_WORDS_OF_BOUND}\s*([\]}}])"
)
# The same without a field's name before it, where a small `to` is none of a range: `[2 to 5]`.
_RANGE_ALONE = late_pattern(rf"([\[{{])\s*{_BOUND}\s+TO\s+{_BOUND}\s*([\]}}])(?=[\s)^]|\Z)")
# A regular expression between strokes, `/whea?t/`; the `/s/` of a signature and `/home/` are none.
_REGEXP = late_pattern(r"/((?:\\[^\s/]|[^\s/\\])+)/(?=[\s)^]|\Z)")
_SIGN_OF_REGEXP = late_pattern(r"[.*+?|()\[\]{}\\^$]")
# The weight of a word in Lucene, `wheat^2`, `"more shoes"^1.5`.
_WEIGHT = late_pattern(r"\^[0-9]*\.?[0-9]*(?=[\s)]|\Z)")
# The words that may be one date, behind `date:`: `4 Mar 1974`, `March 1974 to May 1974`.
_DATE_WORDS = late_pattern(rf"[^\s{_QUOTES}()\[\]\\]+(?:[ \t]+[^\s{_QUOTES}()\[\]\\]+){{1,6}}")
# What joins two dates, of which the first is one by itself: `1974 to 1976`.
_JOINS_DATES = frozenset({"to", "until", "-", "–"})
# The sign of `date:>=2007` or `paragraphs:<20`, with its bound right behind.
_COMPARISON = late_pattern(rf"(>=|<=|>|<)(?=[^\s(){_QUOTES}])")
# The sign of an exact word, `=shoes`; not the one of `a = b`.
_EXACT = late_pattern(r"=(?=[\w\\])")
# A word: all up to a blank, a quotation mark or a parenthesis that has no backslash before it.
_WORD = late_pattern(rf"(?:\\.|[^\s{_QUOTES}()\\]|\\\Z)+", re.DOTALL)
# The same where a value is no words: `from:A. Q.` is two.
_VALUE = late_pattern(rf"(?:\\.|[^\s{_QUOTES}{_INSIDE_INITIALS}()\\]|\\\Z)+", re.DOTALL)
_STARS = late_pattern(r"\*+")
# What follows a loose phrase, `"more shoes"~5`, or a word, `shoes~2`; the number may be missing.
_TILDE = late_pattern(r"~([0-9]{0,3})")


@dataclass(frozen=True, slots=True)
class QueryProblem:
    """What could not be read as it was written: where (characters from 0) and a sentence about it.

    `other` is the question in the other reading, "" where there is none.
    """

    position: int
    message: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A question as it was understood.

    With `problems`, `repaired` is the question that `tree` answers, itself without problems; None if nothing in the
    line can be looked for, and then `tree` finds nothing. `cut` is the one that says that the end of the line was left
    out, "" where all of it is asked for.
    """

    tree: Node
    problems: tuple[QueryProblem, ...] = ()
    repaired: str | None = None
    cut: str = ""


def parse(text: str) -> Parsed:
    """Read a question. Never raises; a blank one asks for everything. `parse(str(tree)).tree == tree`."""
    text = showable.showable(text)
    if (known := plain(text) if text.strip() else Everything()) is not None:
        return Parsed(known)
    tree = (parser := _Parser(text)).read()
    if tree is None:
        tree = Phrase(" ".join(text.split())[:MAX_CHARACTERS].rstrip())
    problems = _few(sorted(_with_others(parser, text), key=lambda problem: problem.position))
    if not _says_something(tree):
        problems.append(QueryProblem(0, "There is no letter and no digit to look for."))
        return Parsed(tree, tuple(problems), cut=parser.cut)
    return Parsed(tree, tuple(problems), str(tree) if problems else None, parser.cut)


def _with_others(parser: _Parser, text: str) -> list[QueryProblem]:
    """The problems; the first of each habit of reading with what the line asks for where that is left alone."""
    told = list(parser.problems)
    for habit in dict.fromkeys(parser.habits.values()):
        place = next(n for n, each in enumerate(told) if parser.habits.get(each) == habit)
        if other := _Parser(text, without=habit).read():
            told[place] = replace(told[place], other=str(other))
    return told


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
        case (
            Word(text, field)
            | Phrase(text, field)
            | Prefix(text, field)
            | PatternPhrase(text, field)
            | Loose(text, _, field)
        ):
            return BY_NAME[field].kind != "text" or bool(words_of(text))
        case Near(left, right):
            return _says_something(left) or _says_something(right)
        case SameCable():
            return False
        case _:
            return True


class _Parser:
    """One pass over the line, with its open groups on a stack: nesting costs no recursion.

    Readings that have another beside them are habits, each with a name: `capitals`, `header`, `opening`, `nearness`.
    One of them can be left alone.
    """

    def __init__(self, text: str, without: str = "") -> None:
        self.problems: list[QueryProblem] = []
        self.habits: dict[QueryProblem, str] = {}
        self.cut = ""
        self._without = without
        # The letters that stand for signs inside a tree have no place in a question.
        signs = (ANY_LETTER, ANY_LETTERS, _INSIDE_INITIALS)
        line = text[:_MAX_INPUT].translate({ord(sign): " " for sign in signs})
        self._text = initials.filled(line, _INSIDE_INITIALS)
        self._position = 0
        self._groups = [Group(0, _TEXT)]
        self._clauses = 0
        self._characters = 0
        self._full = False
        # Operators that are words of a text.
        self._words = pasted.signs_among_capitals(self._text) if self._has("capitals") else ()
        self._told_of_words = False
        # Where the last operator is that is none of these.
        operators = (found.start() for found in _OPERATOR_BEHIND_BLANK.finditer(self._text))
        self._last_operator = max(
            (each for each in operators if each not in self._words), default=-1
        )
        # Whether the line is one of a header: what follows is of its field.
        self._in_header = False
        if len(text) > _MAX_INPUT:
            self._cut(_MAX_INPUT, f"Only the first {_MAX_INPUT:,} characters were searched.")

    def read(self) -> Node | None:
        """The tree of the line, None if there is nothing in it."""
        self._opening()
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

    def _choice(self, habit: str, position: int, message: str) -> None:
        """A reading was chosen that has another beside it."""
        if not self._full:
            self._problem(position, message)
            self.habits[self.problems[-1]] = habit

    def _cut(self, position: int, message: str) -> None:
        """The rest of the line is left out."""
        self._problem(position, f"{message} {BATCH}")
        self.cut = self.cut or f"{message} {BATCH}"

    def _has(self, habit: str) -> bool:
        return habit != self._without

    def _opening(self) -> None:
        """The number and the mark of a paragraph, which are no part of its text."""
        if self._has("opening") and (match := self._take(pasted.OPENING)):
            left_out = match[0].strip()
            self._choice(
                "opening",
                match.end() - len(match[0].lstrip()),
                f"“{left_out}” is a number or a mark and no part of the text; it was left out.",
            )

    def _item(self) -> None:
        """An operator, a parenthesis, or a clause with its field."""
        group = self._groups[-1]
        position = self._position
        if self._take(_CLOSING):
            if len(self._groups) > 1:
                self._close()
            else:
                self._problem(position, "No parenthesis is open here; it is left out.")
            self._weight()
        elif ADDRESS.match(self._text, position):
            self._word(group.field)
        elif position in self._words and (match := self._take(_OPERATOR)):
            self._word_among_capitals(match[0], position)
        elif self._regexp_here():
            self._value(group.field)
        elif match := self._take(_OPERATOR):
            self._operator(match[0], position)
        elif self._take(_MINUS):
            group.negate("-", position)
        elif match := self._take(_FIELD):
            self._field(match[1], position)
        else:
            self._value(group.field)

    def _regexp_here(self) -> re.Match[str] | None:
        """What stands between two strokes, where it is a regular expression."""
        match = _REGEXP.match(self._text, self._position)
        return match if match and _SIGN_OF_REGEXP.search(match[1]) else None

    def _operator(self, sign: str, position: int) -> None:
        group = self._groups[-1]
        meant = _MEANS.get(sign, sign)
        if meant == "NOT":
            group.negate("NOT", position)
        elif meant not in ("AND", "OR"):
            self._near(sign, position)
        elif not group.join(meant, position):
            self._problem(position, f"Nothing stands before this {sign}; it is left out.")

    def _word_among_capitals(self, sign: str, position: int) -> None:
        """An operator in a line of capitals, as a word; said once."""
        if not self._told_of_words:
            self._told_of_words = True
            said = f"{sign} was read as a word, as this line is in capitals."
            self._choice("capitals", position, said)
        self._add((Word(sign, self._groups[-1].field.name), None), position)

    def _near(self, sign: str, position: int) -> None:
        asked = nearness(sign)
        group = self._groups[-1]
        followed = _FOLLOWED.match(self._text, self._position) is not None
        if asked.doubtful and not (self._has("nearness") and followed and group.ends_with_a_word):
            self._add((Word(sign, group.field.name), None), position)
            return
        if asked.doubtful:
            self._choice("nearness", position, asked.message)
        elif asked.message:
            self._problem(position, asked.message)
        if asked.between is None:
            group.join("AND", position)
        elif not group.near(min(asked.between, MOST_BETWEEN), sign, position):
            self._problem(position, f"No word stands before this {sign}; it is left out.")
        elif message := clauses.too_far(asked.between):
            self._problem(position, message)

    def _weight(self) -> None:
        """A weight behind a phrase or a group, which every word has alike."""
        if match := self._take(_WEIGHT):
            self._problem(match.start(), clauses.no_weight(match[0]))

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
        nothing = not self._regexp_here() and _NO_VALUE.match(self._text, self._position)
        if field and nothing:
            self._problem(position, f"Nothing follows {name}: here; it is read as a word.")
            self._add((Word(name), None), position)
        elif field and self._is_header_line(name, position):
            self._header_line(field, name, position)
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
            if self._in_header:  # `REF:` ends the subject
                self._groups[0].field = _TEXT
            self._word(self._groups[-1].field)

    def _is_header_line(self, name: str, position: int) -> bool:
        """Whether a name begins a line of a header: the first thing of the question, or behind such a one."""
        first = self._in_header or not self._text[:position].strip()
        if len(self._groups) > 1 or not first or not self._has("header"):
            return False
        rest = self._position
        if not pasted.is_header_line(name, self._text, rest):
            return False
        return self._last_operator < rest

    def _header_line(self, field: Field, name: str, position: int) -> None:
        """A line of a header, `TO: SECSTATE WASHDC`: all of it is of the field, if that has words; else it is text."""
        if field.kind in ("date", "number"):
            self._take(_BLANKS)
            self._value(field)
            return
        group = self._groups[0]
        only_mark = pasted.ONLY_MARK.match(self._text, self._position)
        if field.kind == "text" and not only_mark:
            self._in_header = True
            self._take(pasted.SUBJECT_MARK)
            group.field = field
            message = f"All words behind {name}: were looked for in the field {field.name}."
            if field.name in _CORRESPONDENTS:
                self._leave_out_precedence()
        else:
            group.field = _TEXT
            message = f"This was read as text, {name}: too."
            self._add((Word(name), None), position)
        self._choice("header", position, message)

    def _leave_out_precedence(self) -> None:
        """`PRIORITY 5322` behind the last addressee says how it was sent, and not to whom."""
        end = max(self._position, len(self._text) - pasted.LONGEST_PRECEDENCE)
        if match := pasted.PRECEDENCE.search(self._text, end):
            start = match.end() - len(match[0].lstrip())
            self._problem(
                start, f"“{match[0].strip()}” is no part of an addressee; it was left out."
            )
            self._text = self._text[: match.start()]

    def _value(self, field: Field) -> None:
        """What the name of a field is followed by, or what stands without one."""
        position = self._position
        if self._take(_OPENING):
            self._groups.append(Group(position, field))
        elif match := self._take(_QUOTED) or self._take(_HALF_QUOTED):
            self._phrase(field, match, position)
        elif field is not _TEXT and (match := self._take(_RANGE_OF_WORDS) or self._take(_RANGE)):
            if not match[4]:
                self._problem(position, "This range is not closed; it ends with ].")
            self._range(field, match, position)
        elif field is _TEXT and (match := self._take(_RANGE_ALONE)):
            bounds = [bound for bound in match.group(2, 3) if bound != "*"]
            if bounds and all(map(clauses.reads_as_date, bounds)):
                self._problem(
                    position, f"A range without a field was read as dates: date:{match[0]}."
                )
                self._range(BY_NAME["date"], match, position)
            else:
                self._add(clauses.between(field, *match.group(2, 3)), position)
        elif match := self._regexp_here():
            self._position = match.end()
            self._add(clauses.regexp(field, match[1]), position)
            self._weight()
        elif field is not _TEXT and (match := self._take(_COMPARISON)):
            text, _ = self._characters_of_word(field)
            self._add(clauses.compared(field, match[1], text), position)
        else:
            self._word(field)

    def _range(self, field: Field, match: re.Match[str], position: int) -> None:
        """A range as `_RANGE` has it: a brace leaves its bound out."""
        low, high = (None if bound == "*" else bound for bound in match.group(2, 3))
        without = (match[1] == "{", match[4] == "}")
        self._add(clauses.between(field, low, high, without=without), position)
        self._weight()

    def _phrase(self, field: Field, match: re.Match[str], position: int) -> None:
        closed = match.re.pattern == _QUOTED.pattern or bool(match[2])
        quoted = (match[1] if match[1] is not None else match[2]).replace(_INSIDE_INITIALS, " ")
        text = " ".join(quoted_with_signs(quoted).split())
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
        self._weight()

    def _word(self, field: Field) -> None:
        position = self._position
        exact = self._take(_EXACT) is not None
        text, changes = self._characters_of_word(field)
        self._add(clauses.word(field, text, changes, exact=exact), position)

    def _characters_of_word(self, field: Field) -> tuple[str, int | None]:
        """A word without its backslashes, its signs as the tree has them; and the changes that a `~` allows."""
        if field.kind == "date" and (date := self._date_of_words()):
            return date, None
        if address := self._take(ADDRESS):
            return address[0], None
        match = self._take(_WORD if field.kind == "text" else _VALUE)
        raw = match[0].replace(_INSIDE_INITIALS, "") if match else ""
        word = word_with_signs(raw)
        start = self._position - len(raw)
        for place, message in word.messages:
            self._problem(start + place, message)
        return word.text, word.changes

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
            self._cut(position, f"Only the first {MAX_CLAUSES} terms were searched.")
            self._full = True
        elif self._characters > MAX_CHARACTERS:
            self._cut(position, f"Only the first {MAX_CHARACTERS} characters were searched.")
            self._full = True
            if first and isinstance(node, Word | Phrase | Prefix | Wildcard | Fuzzy | Loose):
                self._groups[-1].add(Phrase(node.text[:MAX_CHARACTERS].rstrip(), node.field))
        else:
            self._put(node, position)


def _cost(node: Node) -> tuple[int, int]:
    """The clauses of a node and the characters of their words."""
    match node:
        case Word(text) | Phrase(text) | Prefix(text) | Wildcard(text) | Fuzzy(text) | Like(text):
            return 1, len(text)
        case Loose(text) | PatternPhrase(text) | Regexp(text):
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
