"""Which words of a text a question matched, the same for every engine: found in the text itself, by the question alone.

Owns what each node of a question looks for in a text. Must not know engines, windows or HTML.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter

from corpus.late_dataclasses import dataclass
from search.fields import BY_NAME
from search.language.spelling import alike, expression, matching, pattern_term
from search.language.tree import (
    And,
    Fuzzy,
    Loose,
    Near,
    Node,
    Not,
    Or,
    PatternPhrase,
    Phrase,
    Prefix,
    Regexp,
    Wildcard,
    Word,
)
from search.text.analysis import Words, words_of
from search.text.nearness import stretches


@dataclass(frozen=True, slots=True)
class Marked:
    """The words from `first` to `last`, both included, matched the pattern of that number."""

    first: int
    last: int
    pattern: int


@dataclass(frozen=True, slots=True)
class _Sequence:
    """Consecutive words: stems or terms."""

    words: tuple[str, ...]
    exact: bool = False

    def find(self, words: Words) -> Iterable[tuple[int, int]]:
        """The first and the last word of each match."""
        forms = words.terms() if self.exact else words.stems()
        first, size = self.words[0], len(self.words)
        if first not in forms:
            return ()
        return [
            (place, place + size - 1)
            for place, form in enumerate(forms)
            if form == first and (size == 1 or self.words == tuple(forms[place : place + size]))
        ]


@dataclass(frozen=True, slots=True)
class _Beginning:
    """Any term that begins so."""

    letters: str

    def find(self, words: Words) -> Iterable[tuple[int, int]]:
        """Each word that matches."""
        begin = self.letters
        return [
            (place, place) for place, term in enumerate(words.terms()) if term.startswith(begin)
        ]


@dataclass(frozen=True, slots=True)
class _Spelling:
    """Any term that is so many letters away."""

    term: str
    changes: int

    def find(self, words: Words) -> Iterable[tuple[int, int]]:
        """Each word that matches."""
        return [
            (place, place)
            for place, term in enumerate(words.terms())
            if alike(self.term, term, self.changes) is not None
        ]


@dataclass(frozen=True, slots=True)
class _Matching:
    """Consecutive words, each a term that its regular expression matches whole."""

    expressions: tuple[str, ...]

    def find(self, words: Words) -> Iterable[tuple[int, int]]:
        """The first and the last word of each match."""
        terms = words.terms()
        different = set(terms)
        wanted = [set(matching(each, different)) for each in self.expressions]
        size = len(wanted)
        return [
            (place, place + size - 1)
            for place in range(len(terms) - size + 1)
            if all(term in each for term, each in zip(terms[place:], wanted, strict=False))
        ]


@dataclass(frozen=True, slots=True)
class _Close:
    """Different words, terms or stems, near each other."""

    words: tuple[str, ...]
    exact: bool
    between: int

    def find(self, words: Words) -> Iterable[tuple[int, int]]:
        """Each of the words in a stretch that holds them all, by itself."""
        places: dict[str, list[int]] = {word: [] for word in self.words}
        for place, form in enumerate(words.terms() if self.exact else words.stems()):
            if form in places:
                places[form].append(place)
        inside = {
            place
            for first, last in stretches(list(places.values()), self.between)
            for found in places.values()
            for place in found
            if first <= place <= last
        }
        return [(place, place) for place in sorted(inside)]


Sought = _Sequence | _Beginning | _Spelling | _Matching | _Close


def sought(tree: Node, fields: set[str]) -> tuple[Sought, ...]:
    """What a question looks for in a text that stands for these fields, each once; nothing of what it excludes."""
    return tuple(dict.fromkeys(_each(tree, fields)))


def find(words: Words, patterns: tuple[Sought, ...]) -> list[Marked]:
    """The matches in the order of the text, and then of the patterns."""
    found = [
        Marked(first, last, number)
        for number, each in enumerate(patterns)
        for first, last in each.find(words)
    ]
    if len(patterns) > 1:
        found.sort(key=attrgetter("first", "pattern"))
    return found


def _each(node: Node, fields: set[str]) -> Iterator[Sought]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _each(part, fields)
        case Not(Not(part)):
            yield from _each(part, fields)
        case Word(text, field) | Phrase(text, field) | Prefix(text, field) if field in fields:
            tokens = words_of(text)
            if BY_NAME[field].kind != "text" or not tokens:
                return
            if isinstance(node, Prefix) and len(tokens) == 1:
                yield _Beginning(tokens[0].term)
            elif isinstance(node, Word):
                yield _Sequence(tuple(token.stem for token in tokens))
            else:
                yield _Sequence(tuple(token.term for token in tokens), exact=True)
        case Wildcard(text, field) if field in fields and BY_NAME[field].kind == "text":
            if term := pattern_term(text):
                yield _Matching((expression(term),))
        case PatternPhrase(text, field) if field in fields:
            if patterns := tuple(expression(token.term) for token in words_of(text)):
                yield _Matching(patterns)
        case Regexp(text, field) if field in fields and BY_NAME[field].kind == "text":
            yield _Matching((text,))
        case Fuzzy(text, changes, field) if field in fields and BY_NAME[field].kind == "text":
            for token in words_of(text):
                yield _Spelling(token.term, changes)
        case Loose(text, between, field) if field in fields and BY_NAME[field].kind == "text":
            terms = tuple(dict.fromkeys(token.term for token in words_of(text)))
            yield _Close(terms, exact=True, between=between)
        case Near(left, right, between) if left.field in fields:
            stems = [token.stem for side in (left, right) for token in words_of(side.text)]
            yield _Close(tuple(dict.fromkeys(stems)), exact=False, between=between)
        case _:
            return
