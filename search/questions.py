"""Questions in sentences: a text becomes a tree of words, and a tree is asked for with any of its words.

Owns what `match="any"` means and which words of a question are left out. Must not know plans or engines.
"""

from __future__ import annotations

from search.analysis import analyse
from search.fields import BY_NAME
from search.query import (
    And,
    Everything,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Word,
    simplify,
)
from search.stop_words import STOP_WORDS

# A question's cost is bounded here as in the query language, whose limit is as high.
MOST_WORDS = 64


def question(text: str) -> Node:
    """The words of a text as they stand, without a syntax: for questions in sentences, and for texts like this one.

    Stop words are left out if there are others; `MOST_WORDS` are kept. A text without words asks for everything.
    """
    tokens = analyse(text)
    kept = [token for token in tokens if token.term not in STOP_WORDS] or tokens
    # Initials may have blanks between them, which no word of a question has: `A. Q.` is asked for as `A.Q.`.
    written = ("".join(text[token.start : token.end].split()) for token in kept[:MOST_WORDS])
    words = tuple(map(Word, written))
    return simplify(And(words)) if words else Everything()


def asked(query: Query) -> Node:
    """What a query looks for and marks, its parts still joined by AND: the tree, stop words dropped for `any`."""
    return _without_stop_words(query.tree) if query.match == "any" else query.tree


def any_of(tree: Node) -> Node:
    """The same question answered by any of its words: the parts of its AND are joined by OR.

    What chooses among paragraphs (an exclusion, a range, a value of a keyword field) is still required.
    """
    if not isinstance(tree, And):
        return tree
    words = tuple(part for part in tree.parts if not _chooses(part))
    rest = tuple(part for part in tree.parts if _chooses(part))
    return simplify(And((Or(words), *rest))) if words else tree


def _chooses(node: Node) -> bool:
    match node:
        case Not() | Range():
            return True
        case Word(_, field) | Phrase(_, field) | Prefix(_, field):
            return BY_NAME[field].kind != "text"
        case And(parts) | Or(parts):
            return all(_chooses(part) for part in parts)
        case _:
            return False


def _without_stop_words(tree: Node) -> Node:
    """The tree without the stop words of its AND, unless nothing else there could be found by its words."""
    if not isinstance(tree, And):
        return tree
    kept = tuple(part for part in tree.parts if not _is_stop_word(part))
    if all(_chooses(part) for part in kept):
        return tree
    return simplify(And(kept))


def _is_stop_word(node: Node) -> bool:
    if not isinstance(node, Word) or BY_NAME[node.field].kind != "text":
        return False
    tokens = analyse(node.text)
    return all(token.term in STOP_WORDS for token in tokens)
