"""Did you mean: the question with the words that an index does not have replaced by its own.

Owns when a word is replaced and by which. Must not know an engine: it asks a `Lexicon`.
"""

from __future__ import annotations

from search.fields import BY_NAME
from search.language.tree import DEFAULT_FIELD, And, Node, Not, Or, Phrase, Word
from search.plans.rewriting import Lexicon, forms, spellings_alike
from search.text.analysis import analyse

# In a short word two other letters make another word: `cat`, `dog`.
_SHORT = 4


def corrected(tree: Node, lexicon: Lexicon) -> Node | None:
    """The tree with each word that no paragraph has replaced by the nearest that some have; None if nothing changes.

    The nearest is that with the fewest changes, then that of most paragraphs. What is excluded is left alone, and so
    are patterns and misspellings that say so themselves.
    """
    changed = _corrected(tree, lexicon)
    return changed if changed != tree else None


def _corrected(node: Node, lexicon: Lexicon) -> Node:
    match node:
        case And(parts):
            return And(tuple(_corrected(part, lexicon) for part in parts))
        case Or(parts):
            return Or(tuple(_corrected(part, lexicon) for part in parts))
        case Word(text, field) if BY_NAME[field].kind == "text":
            return Word(_in_words(text, field, lexicon, exact=False), field)
        case Phrase(text, field) if BY_NAME[field].kind == "text":
            return Phrase(_in_words(text, field, lexicon, exact=True), field)
        case Word(text, field) | Phrase(text, field) if BY_NAME[field].kind == "keyword":
            folded = BY_NAME[field].normal(text)
            if lexicon.count(field, folded, values=True):
                return node
            return type(node)(_nearest(folded, field, lexicon, values=True) or text, field)
        case Not():
            return node
        case _:
            return node


def _in_words(text: str, field: str, lexicon: Lexicon, *, exact: bool) -> str:
    """A text with its unknown words replaced, everything between them kept."""
    field = "text" if field == DEFAULT_FIELD else field
    kept = []
    end = 0
    for token in analyse(text):
        # The word itself is one of its forms, and nearly always known.
        if lexicon.count(f"{field}_exact", token.term):
            continue
        others = () if exact else forms(lexicon, f"{field}_exact", token.stem)
        if any(lexicon.count(f"{field}_exact", term) for term in others):
            continue
        if better := _nearest(token.term, f"{field}_exact", lexicon):
            kept.append(text[end : token.start] + better)
            end = token.end
    return "".join(kept) + text[end:]


def _nearest(term: str, field: str, lexicon: Lexicon, *, values: bool = False) -> str | None:
    limit = 1 if len(term) <= _SHORT else 2
    found = sorted(spellings_alike(term, limit, lexicon.spellings(field, "", values=values)))
    for distance in range(1, limit + 1):
        counted = [
            (-lexicon.count(field, spelling, values=values), spelling)
            for at, spelling in found
            if at == distance
        ]
        living = [each for each in sorted(counted) if each[0]]
        if living:
            return living[0][1]
    return None
