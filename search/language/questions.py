"""Questions in sentences: a text becomes a tree of words, and a tree is asked for with any of its words.

Owns what `match="any"` means and which words of a question are left out. Must not know plans or engines.
"""

from __future__ import annotations

from functools import lru_cache

from search.fields import BY_NAME
from search.language.stop_words import STOP_WORDS
from search.language.tree import (
    DEFAULT_FIELD,
    And,
    Everything,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    SameCable,
    Word,
    simplify,
)
from search.text.analysis import analyse, words_of

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
    """What a query looks for and marks, its parts still joined by AND: the tree without its stop words.

    They stay where there is no other word that could be looked for, in phrases, and behind a sign (`=the`).
    """
    return _without_stop_words(query.tree)


def left_out_words(query: Query) -> tuple[str, ...]:
    """The stop words of a question that are not looked for, as they were typed, each once."""
    tree = query.tree
    kept = asked(query)
    if not isinstance(tree, And) or kept is tree:
        return ()
    parts = kept.parts if isinstance(kept, And) else (kept,)
    return tuple(
        dict.fromkeys(
            part.text
            for part in tree.parts
            # A sign between words, the & of `A & B`, is none.
            if isinstance(part, Word) and part not in parts and words_of(part.text)
        )
    )


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
        case Not() | Range() | SameCable():
            return True
        case Word(_, field) | Phrase(_, field) | Prefix(_, field):
            return BY_NAME[field].kind != "text"
        case And(parts) | Or(parts):
            return all(_chooses(part) for part in parts)
        case _:
            return False


# Asked for by the plan, by what is told of it and by what is marked.
@lru_cache(maxsize=256)
def _without_stop_words(tree: Node) -> Node:
    """The tree without the stop words of its AND, unless nothing else there could be found by its words."""
    if not isinstance(tree, And):
        return tree
    capitals = _all_in_capitals(tree)
    kept = tuple(part for part in tree.parts if not _is_stop_word(part, capitals=capitals))
    if len(kept) == len(tree.parts) or all(_chooses(part) for part in kept):
        return tree
    return simplify(And(kept))


def _is_stop_word(node: Node, *, capitals: bool) -> bool:
    """Whether a word says nothing. `WHO`, typed so among words that are not in capitals, is a name."""
    if not isinstance(node, Word) or node.field != DEFAULT_FIELD:
        return False
    if not capitals and len(node.text) > 1 and node.text.isupper():
        return False
    tokens = words_of(node.text)
    return all(token.term in STOP_WORDS for token in tokens)


def _all_in_capitals(tree: And) -> bool:
    """Whether the whole question was typed in capitals, which then say nothing."""
    words = [part.text for part in tree.parts if isinstance(part, Word)]
    return all(word.isupper() for word in words if any(map(str.isalpha, word)))
