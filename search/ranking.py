"""What ranks a paragraph higher than the BM25 of its words alone; no paragraph is found or lost by it.

Owns the clauses that only score and their weights. Must not know an engine: it hands over `search.plan.Bonus`.

Each weight was chosen by measuring, and what each gained stands in docs/ranking.md; `benchmarks/ranking.py` measures
them again. BM25's k1 1.2 and b 0.75 are tantivy's own, which it has no setting for, so every engine has them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from search.analysis import Token, analyse
from search.fields import BY_NAME
from search.plan import Bonus, Term, TermSequence
from search.query import And, Node, Or, Word

# A word as it was typed, beside its stem: `reports` before `reporting` for who typed `reports`.
EXACT_WEIGHT = 0.2
# Two words that follow each other in the question and in the paragraph, in this order.
PAIR_WEIGHT = 0.1


def bonuses(tree: Node) -> tuple[Bonus, ...]:
    """The clauses that raise scores: the exact form of each word, and each two words of an AND that are neighbours.

    What is excluded gives none, nor does what is exact already (phrases, prefixes, values).
    """
    return tuple(_bonuses(tree))


def _bonuses(node: Node) -> Iterator[Bonus]:
    match node:
        case Word(text, name) if BY_NAME[name].kind == "text":
            for token in analyse(text):
                yield Bonus(Term(BY_NAME[name].exact, token.term), EXACT_WEIGHT)
        case And(parts):
            for part in parts:
                yield from _bonuses(part)
            yield from _pairs(parts)
        case Or(parts):
            for part in parts:
                yield from _bonuses(part)
        case _:
            return


def _pairs(parts: tuple[Node, ...]) -> Iterator[Bonus]:
    """Neighbours in one field; the words of `F-16` are next to each other in any case, or not found."""
    for left, right in pairwise(parts):
        match left, right:
            case Word(_, name), Word(_, other) if name == other and BY_NAME[name].kind == "text":
                before, behind = analyse(left.text)[-1:], analyse(right.text)[:1]
                yield from (
                    _pair(name, first, second)
                    for first, second in zip(before, behind, strict=False)
                )


def _pair(field: str, first: Token, second: Token) -> Bonus:
    return Bonus(TermSequence(field, (first.stem, second.stem)), PAIR_WEIGHT)
