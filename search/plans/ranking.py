"""What ranks a paragraph higher than the BM25 of its words alone; no paragraph is found or lost by it.

Owns the clauses that only score and their weights. Must not know an engine: it hands over `search.plans.plan.Bonus`.

Each weight was chosen by measuring, and what each gained stands in docs/ranking.md; `benchmarks/ranking.py` measures
them again. BM25's k1 1.2 and b 0.75 are tantivy's own, which it has no setting for, so every engine has them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from search.fields import BY_NAME, CONTEXT, Field
from search.language.tree import DEFAULT_FIELD, And, Node, Or, Phrase, Word
from search.plans.plan import Bonus, Flat, Term, TermSequence
from search.text.analysis import Token, words_of

# A word as it was typed, beside its stem: `reports` before `reporting` for who typed `reports`.
EXACT_WEIGHT = 0.2
# Two words that follow each other in the question and in the paragraph, in this order.
PAIR_WEIGHT = 0.03
# The same two words in the cable's subject; and a word there as it was typed.
SUBJECT_PAIR_WEIGHT = 0.2
SUBJECT_EXACT_WEIGHT = 0.2
# A word that stands over a paragraph, in its heading or in the cable's subject, and not in the paragraph.
CONTEXT_WEIGHT = 0.6
_TEXT, _SUBJECT, _SECTION = BY_NAME["text"], BY_NAME["subject"], BY_NAME["section"]


def bonuses(tree: Node) -> tuple[Bonus, ...]:
    """The clauses that raise scores.

    They are the exact form of each word, each two words of an AND that are neighbours, and words over a paragraph.

    What is excluded gives none, nor does what is exact already (phrases, prefixes, values).
    """
    # What stands over a paragraph and not in it can help another word only.
    return tuple(_bonuses(tree, helped=isinstance(tree, And | Or)))


def _bonuses(node: Node, *, helped: bool) -> Iterator[Bonus]:
    match node:
        case Word(text, name) if BY_NAME[name].kind == "text":
            for token in words_of(text):
                yield Bonus(Term(_field(name).exact, token.term), EXACT_WEIGHT)
                if name == DEFAULT_FIELD:
                    yield Bonus(Term(_SUBJECT.exact, token.term), SUBJECT_EXACT_WEIGHT)
                if helped and name == DEFAULT_FIELD:
                    over = Flat(Term(CONTEXT, token.stem))
                    yield Bonus(over, CONTEXT_WEIGHT, Term(_TEXT.name, token.stem))
        case Phrase(text, name) if name == DEFAULT_FIELD:
            terms = tuple(token.term for token in words_of(text))
            for field in (_SUBJECT, _SECTION):
                if len(terms) > 1:
                    yield Bonus(TermSequence(field.exact, terms), EXACT_WEIGHT)
                elif terms:
                    yield Bonus(Term(field.exact, terms[0]), EXACT_WEIGHT)
        case And(parts):
            for part in parts:
                yield from _bonuses(part, helped=helped)
            yield from _pairs(parts)
        case Or(parts):
            for part in parts:
                yield from _bonuses(part, helped=helped)
        case _:
            return


def _pairs(parts: tuple[Node, ...]) -> Iterator[Bonus]:
    """Neighbours in one field; the words of `F-16` are next to each other in any case, or not found."""
    for left, right in pairwise(parts):
        match left, right:
            case Word(_, name), Word(_, other) if name == other and BY_NAME[name].kind == "text":
                before, behind = words_of(left.text)[-1:], words_of(right.text)[:1]
                for first, second in zip(before, behind, strict=False):
                    yield _pair(_field(name), first, second, PAIR_WEIGHT)
                    if name == DEFAULT_FIELD:
                        yield _pair(_SUBJECT, first, second, SUBJECT_PAIR_WEIGHT)


def _pair(field: Field, first: Token, second: Token, weight: float) -> Bonus:
    """Words as they stand: those have places."""
    return Bonus(TermSequence(field.exact, (first.term, second.term)), weight)


def _field(name: str) -> Field:
    return _TEXT if name == DEFAULT_FIELD else BY_NAME[name]


def rarity(units: int, having: int) -> float:
    """How much a term that so many of all units have weighs: BM25's inverse document frequency, as Lucene has it."""
    return math.log(1 + (units - having + 0.5) / (having + 0.5))
