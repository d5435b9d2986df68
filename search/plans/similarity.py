"""What a cable or a paragraph is about, as its heaviest words: how `like:` is looked for, and what two texts share.

Owns the choice of the words. Must not know an engine: it is told how many paragraphs have a word.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Protocol

from corpus.ids import lookup_key
from corpus.late_dataclasses import dataclass
from corpus.model import Cable
from search.language.stop_words import STOP_WORDS
from search.language.tree import And, Everything, Like, Node, Not, Or, Word, rewrite, simplify
from search.text.analysis import Token, analyse
from search.units import UnitKind

# So many words stand for a text. More find more paragraphs and no better ones.
_MOST_WORDS = 16
# A number alone, a date's or a paragraph's, makes nothing alike; nor does a single letter.
_SHORTEST = 2

_NOTHING = Not(Everything())


class Frequencies(Protocol):
    """What is asked of the index."""

    def counts(
        self, field: str, spellings: Iterable[str], *, values: bool = False
    ) -> Mapping[str, int]:
        """How many units have each term now."""

    def units(self) -> int:
        """How many units there are now."""

    def cable(self, key: str) -> Cable | None:
        """The cable of that look-up key, None if there is none."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """The words that stand for a text, heaviest first, the question with any of them, or why there is none."""

    tree: Node
    words: tuple[str, ...] = ()
    problem: str = ""


def as_words(text: str, index: Frequencies) -> Likeness:
    """What `like:` and a cable's id, with or without `#` and an anchor, looks for: its heaviest words elsewhere.

    A word is heavy if the text has it often and few paragraphs of the index have it (term frequency times inverse
    document frequency); one that no other paragraph can share counts nothing. What is alike shares two of them. The
    cable itself is left out.
    """
    name, _, anchor = text.partition("#")
    cable = index.cable(lookup_key(name))
    if cable is None:
        return Likeness(_NOTHING, problem=f'No cable "{name}" in this index.')
    texts = [each.text for each in cable.paragraphs if anchor in ("", each.anchor)]
    if anchor and not texts:
        return Likeness(_NOTHING, problem=f"{cable.id} has no paragraph {anchor}.")
    if not anchor:
        texts.append(cable.subject)
    words = heaviest(texts, index)
    if not words:
        return Likeness(_NOTHING, problem=f"{text} shares no word with any other paragraph.")
    return Likeness(sharing(words, cable.id), words)


def sharing(words: tuple[str, ...], cable_id: str) -> Node:
    """The question for what is like a cable, or one of its paragraphs, by its heaviest words: at least one."""
    return simplify(
        And((_two_of(words), Word(UnitKind.PARAGRAPH, "unit"), Not(Word(cable_id, "id"))))
    )


def _two_of(words: tuple[str, ...]) -> Node:
    """Two of the words at least: one alone makes nothing alike. The heaviest stand last, where they score most."""
    nodes = [Word(word, "text") for word in reversed(words)]
    if len(nodes) == 1:
        return nodes[0]
    return simplify(
        Or(
            tuple(
                And((node, Or(tuple(nodes[place:]))))
                for place, node in enumerate(nodes[:-1], start=1)
            )
        )
    )


def heaviest(texts: list[str], index: Frequencies) -> tuple[str, ...]:
    """The heaviest words of some texts, each in its most frequent form; equal ones by name."""
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for token in analyse(text):
            if _can_weigh(token):
                forms[token.stem][token.term] += 1
    total = index.units()
    having = index.counts("text", forms)
    weights = {
        stem: counted.total() * math.log(total / having[stem])
        for stem, counted in forms.items()
        if having[stem] > 1
    }
    best = sorted(weights, key=lambda stem: (-weights[stem], stem))
    return tuple(
        min(forms[stem], key=lambda term: (-forms[stem][term], term))
        for stem in best[:_MOST_WORDS]
        if weights[stem] > 0
    )


def in_words(tree: Node, words: tuple[str, ...]) -> Node:
    """A question with words, those that a search gave for it, in the place of `like:`; for marking them in a text."""
    any_of = simplify(Or(tuple(map(Word, words)))) if words else _NOTHING
    return rewrite(tree, lambda node: any_of if isinstance(node, Like) else node)


def shared(words: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Those of the words that a text has too, in any form."""
    stems = {token.stem for token in analyse(text)}
    return tuple(word for word in words if any(token.stem in stems for token in analyse(word)))


def _can_weigh(token: Token) -> bool:
    return (
        len(token.term) >= _SHORTEST and not token.term.isdigit() and token.term not in STOP_WORDS
    )
