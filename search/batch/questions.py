"""What a line of a list asks: the question that `cablegram search` would be given for it.

Owns the ways in which a line may be meant. Must not know a file, nor an index. What is made here prints itself as a
line of the query language, and the count of the line is the count of that question.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

from corpus.late_dataclasses import dataclass
from search.batch.initials import SpeltOut
from search.batch.lines import Line
from search.batch.names import forms
from search.language.clauses import MOST_CHANGES
from search.language.parser import MAX_CHARACTERS, parse
from search.language.plain import is_plain_phrase
from search.language.tree import (
    DEFAULT_FIELD,
    And,
    Filter,
    Fuzzy,
    Node,
    Or,
    Phrase,
    Query,
    Range,
    Word,
    rewrite,
    simplify,
)
from search.text.analysis import analyse

# words: as the search box reads it; exact: these words as they stand, in this order; names: the forms of a name.
How = Literal["words", "exact", "names"]
HOWS: tuple[How, ...] = get_args(How)
MOST_LETTERS = MOST_CHANGES
# Words of fewer letters are looked for as they stand: with a letter changed they are any word.
_FEWEST_LETTERS = 3
# So many phrases of so many letters are no more than one search takes.
_FEW_PHRASES, _SHORT = 10, 40
_NO_WORD = "There is no letter and no digit to look for."
_TOO_LONG = (
    f"This is too long for one search, which takes 64 terms and {MAX_CHARACTERS} characters."
)


@dataclass(frozen=True, slots=True)
class Choices:
    """How lines are meant, the filters of all of them, and with `words` how many letters a word may be off."""

    how: How = "words"
    letters: int = 0
    filters: tuple[Filter, ...] = ()
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A line with its question. With a `problem` there is none; `notes` say what was read otherwise than written."""

    line: Line
    query: Query | None = None
    notes: tuple[str, ...] = ()
    problem: str = ""

    @property
    def written(self) -> str:
        """The question as a line of the query language, "" for none."""
        return str(self.query.tree) if self.query else ""


def asked(
    line: Line, choices: Choices, spelt_out: Callable[[str], SpeltOut] = lambda name: SpeltOut()
) -> Asked:
    """The question of a line; `spelt_out` says what the initials of a name stand for."""
    if line.problem:
        return Asked(line, problem=line.problem)
    notes: tuple[str, ...] = ()
    tree: Node | None
    if choices.how == "exact":
        tree = _phrase(_bare(line.text))
    elif choices.how == "names":
        names = forms(line.text)
        more = spelt_out(line.text) if names else SpeltOut()
        tree, left_out = _any_of_these(names, more.forms)
        notes = (*more.notes, *left_out)
        if tree is None:
            tree = _phrase(_bare(line.text))
    else:
        parsed = parse(line.text)
        if parsed.problems and parsed.repaired is None:
            return Asked(line, problem=parsed.problems[0].message)
        if parsed.cut:
            return Asked(line, problem=_TOO_LONG)
        notes = tuple(each.message for each in parsed.problems)
        tree = _off(parsed.tree, choices.letters) if choices.letters else parsed.tree
    if tree is None:
        return Asked(line, problem=_NO_WORD)
    if line.since or line.until:
        tree = simplify(And((tree, Range(line.since or None, line.until or None, "date"))))
    made = choices.how != "words" or choices.letters or line.since or line.until
    if made and not _surely_read(tree) and parse(str(tree)).tree != tree:
        return Asked(line, problem=_TOO_LONG)
    filters = _filters(line.filters, choices.filters)
    return Asked(line, Query(tree, filters, seconds=choices.seconds), notes)


def _surely_read(tree: Node) -> bool:
    """Whether a question is short phrases of plain words, which the parser reads as they are printed."""
    phrases = tree.parts if isinstance(tree, Or) else (tree,)
    return len(phrases) <= _FEW_PHRASES and all(
        isinstance(each, Phrase) and len(each.text) <= _SHORT and is_plain_phrase(each.text)
        for each in phrases
    )


def _bare(text: str) -> str:
    """A line without the quotation marks that stand around all of it."""
    for opening, closing in ('""', "''", "“”", "„“", "«»"):
        if len(text) > 1 and text[0] == opening and text[-1] == closing:
            return text[1:-1]
    return text


def _phrase(text: str) -> Node | None:
    words = " ".join(text.split())
    return Phrase(words) if analyse(words) else None


def _any_of_these(
    names: tuple[str, ...], more: tuple[str, ...]
) -> tuple[Node | None, tuple[str, ...]]:
    """Any of the forms, with as many more as one question takes, and a sentence on those that it does not."""
    taken = list(more)
    while taken and sum(map(len, (*names, *taken))) > MAX_CHARACTERS:
        del taken[-1]
    left_out = more[len(taken) :]
    note = f"Too long for one question, and not searched for: {', '.join(left_out)}."
    return _any((*names, *taken)), ((note,) if left_out else ())


def _any(names: tuple[str, ...]) -> Node | None:
    if not names:
        return None
    phrases = tuple(map(Phrase, names))
    return phrases[0] if len(phrases) == 1 else Or(phrases)


def _off(tree: Node, letters: int) -> Node:
    """The same with each word of the text at most so many letters off."""

    def change(node: Node) -> Node:
        if not isinstance(node, Word) or node.field != DEFAULT_FIELD:
            return node
        tokens = analyse(node.text)
        if len(tokens) != 1 or len(tokens[0].term) < _FEWEST_LETTERS:
            return node
        return Fuzzy(tokens[0].term, letters)

    return rewrite(tree, change)


def _filters(own: tuple[Filter, ...], of_all: tuple[Filter, ...]) -> tuple[Filter, ...]:
    """Both: what a line says of a field goes before what is said of all lines."""
    named = {each.field for each in own}
    return (*own, *(each for each in of_all if each.field not in named))
