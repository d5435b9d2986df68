"""A question without what no unit of an index can have: seen in the dictionary, before anything is planned.

Owns which parts of a question an index's lack of a term takes away. Must not know an engine: it is told by one what its
index lacks. Of a long list of names most stand in no cable, and are to cost next to nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from search.fields import BY_NAME, CONTEXT
from search.language.tree import DEFAULT_FIELD, And, Node, Or, Phrase, Word
from search.text.analysis import words_of

# Says that no unit has a term: its field, the term.
Lacks = Callable[[str, str], bool]

_TEXT = BY_NAME["text"]
# Where the words of a phrase stand in their order: in a unit, or over it.
_PLACES = (_TEXT.exact, BY_NAME["subject"].exact, BY_NAME["section"].exact)


def there(tree: Node, lacks: Lacks) -> Node | None:
    """The question with what it can find, None for nothing at all.

    The units and their scores are those of the question as it was: a phrase that is left out of others stands nowhere,
    over a unit neither. What is not certain is left to the plan.
    """
    if isinstance(tree, Phrase) and tree.field == DEFAULT_FIELD:
        # By itself it is found in the text alone.
        return None if _lacking(_TEXT.exact, tree, lacks) else tree
    return _there(tree, lacks)


def _there(node: Node, lacks: Lacks) -> Node | None:
    match node:
        case Word(text, field) if field == DEFAULT_FIELD:
            words = words_of(text)
            if len(words) != 1:
                return node
            stem = words[0].stem
            return None if lacks(_TEXT.name, stem) and lacks(CONTEXT, stem) else node
        case Phrase(_, field) if field == DEFAULT_FIELD:
            return None if all(_lacking(place, node, lacks) for place in _PLACES) else node
        case And(parts):
            kept = []
            for part in parts:
                found = _there(part, lacks)
                if found is None:
                    return None
                kept.append(found)
            return And(tuple(kept))
        case Or(parts):
            found_of = [_there(part, lacks) for part in parts]
            some = tuple(part for part in found_of if part is not None)
            if not some:
                return None
            # A question of words alone is another kind of question than one of them or a phrase.
            if not all(isinstance(part, Phrase) for part in parts):
                return node
            return some[0] if len(some) == 1 else Or(some)
        case _:
            return node


def _lacking(place: str, phrase: Phrase, lacks: Lacks) -> bool:
    """Whether a place lacks a word of a phrase; one without a letter or a digit has none."""
    return any(lacks(place, token.term) for token in words_of(phrase.text))
