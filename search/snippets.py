"""Which words of a text a question matched, and the stretch of a paragraph that shows it best.

Owns snippets and marks, the same for every engine because they are made from the paragraph and the question alone.
Must not know engines or HTML: what is given is verbatim text in runs, marked or not, for others to escape.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from search.analysis import Token, analyse
from search.fields import BY_NAME
from search.nearness import stretches
from search.query import (
    DEFAULT_FIELD,
    And,
    Fuzzy,
    Loose,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Wildcard,
    Word,
)
from search.results import SnippetRun
from search.spelling import alike, pattern, pattern_term

# A snippet's length in words, and how many of them stand before the first mark.
WORDS = 30
_LEAD = 6
# Where words are long (tables, noise), a snippet ends earlier.
_LONGEST = 400
# How far from a word its punctuation is looked for.
_EDGE = 24


@dataclass(frozen=True, slots=True)
class _Pattern:
    """Consecutive words: stems, terms, or one beginning of a term."""

    words: tuple[str, ...]
    exact: bool = False
    prefix: bool = False

    def find(self, tokens: list[Token]) -> Iterator[tuple[int, int]]:
        """The first and the last word of each match."""
        size, first = len(self.words), self.words[0]
        if self.prefix:
            starts = [at for at, token in enumerate(tokens) if token.term.startswith(first)]
        elif self.exact:
            starts = [at for at, token in enumerate(tokens) if token.term == first]
        else:
            starts = [at for at, token in enumerate(tokens) if token.stem == first]
        for start in starts:
            if size == 1 or self._matches(tokens[start : start + size]):
                yield start, start + size - 1

    def _matches(self, tokens: list[Token]) -> bool:
        return self.words == tuple(token.term if self.exact else token.stem for token in tokens)


@dataclass(frozen=True, slots=True)
class _Spelling:
    """Any term of a pattern, or with `changes` any term that is so many letters away."""

    term: str
    changes: int = 0

    def find(self, tokens: list[Token]) -> Iterator[tuple[int, int]]:
        """Each word that matches."""
        for place, token in enumerate(tokens):
            if self._matches(token.term):
                yield place, place

    def _matches(self, term: str) -> bool:
        if self.changes:
            return alike(self.term, term, self.changes) is not None
        return pattern(self.term).fullmatch(term) is not None


@dataclass(frozen=True, slots=True)
class _Close:
    """Different words, terms or stems, near each other."""

    words: tuple[str, ...]
    exact: bool
    between: int

    def find(self, tokens: list[Token]) -> Iterator[tuple[int, int]]:
        """Each of the words in a stretch that holds them all, by itself."""
        places: dict[str, list[int]] = {word: [] for word in self.words}
        for place, token in enumerate(tokens):
            word = token.term if self.exact else token.stem
            if word in places:
                places[word].append(place)
        inside = {
            place
            for first, last in stretches(list(places.values()), self.between)
            for found in places.values()
            for place in found
            if first <= place <= last
        }
        for place in sorted(inside):
            yield place, place


_Sought = _Pattern | _Spelling | _Close


@dataclass(frozen=True, slots=True)
class _Match:
    """The words from `first` to `last`, both included, matched the pattern of that number."""

    first: int
    last: int
    pattern: int


def mark(text: str, tree: Node, field: str = DEFAULT_FIELD) -> tuple[SnippetRun, ...]:
    """The whole text in runs, marked where the question matched; joined they are the text.

    `field` names what the text is, `subject` or `section` where it is no paragraph: words asked for in that field
    alone are marked too, and those asked for in another are not. What is excluded is never marked.
    """
    tokens = analyse(text)
    return _runs(text, tokens, _find(tokens, _patterns(tree, field)), 0, len(text))


def snippet(text: str, tree: Node) -> tuple[SnippetRun, ...]:
    """The stretch of a paragraph, about `WORDS` words, that shows most of what the question asks for.

    The runs joined are a part of the text, from blank to blank; unmarked and from its beginning if the
    paragraph's own words don't match.
    """
    tokens = analyse(text)
    matches = _find(tokens, _patterns(tree, DEFAULT_FIELD))
    start, end = _window(text, tokens, matches)
    return _runs(text, tokens, matches, start, end)


def _patterns(tree: Node, field: str) -> list[_Sought]:
    """What the question looks for in a text of that field, each once."""
    return list(dict.fromkeys(_each_pattern(tree, {DEFAULT_FIELD, field})))


def _each_pattern(node: Node, fields: set[str]) -> Iterator[_Sought]:
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _each_pattern(part, fields)
        case Not(Not(part)):
            yield from _each_pattern(part, fields)
        case Word(text, field) | Phrase(text, field) | Prefix(text, field) if field in fields:
            tokens = analyse(text)
            if BY_NAME[field].kind != "text" or not tokens:
                return
            if isinstance(node, Prefix) and len(tokens) == 1:
                yield _Pattern((tokens[0].term,), prefix=True)
            elif isinstance(node, Word):
                yield _Pattern(tuple(token.stem for token in tokens))
            else:
                yield _Pattern(tuple(token.term for token in tokens), exact=True)
        case Wildcard(text, field) if field in fields and BY_NAME[field].kind == "text":
            if term := pattern_term(text):
                yield _Spelling(term)
        case Fuzzy(text, changes, field) if field in fields and BY_NAME[field].kind == "text":
            for token in analyse(text):
                yield _Spelling(token.term, changes)
        case Loose(text, between, field) if field in fields and BY_NAME[field].kind == "text":
            words = tuple(dict.fromkeys(token.term for token in analyse(text)))
            yield _Close(words, exact=True, between=between)
        case Near(left, right, between) if left.field in fields:
            stems = [token.stem for side in (left, right) for token in analyse(side.text)]
            yield _Close(tuple(dict.fromkeys(stems)), exact=False, between=between)
        case _:
            return


def _find(tokens: list[Token], patterns: list[_Sought]) -> list[_Match]:
    """The matches in the order of the text, and then of the patterns."""
    found = [
        _Match(first, last, number)
        for number, sought in enumerate(patterns)
        for first, last in sought.find(tokens)
    ]
    found.sort(key=lambda match: (match.first, match.pattern))
    return found


def _window(text: str, tokens: list[Token], matches: list[_Match]) -> tuple[int, int]:
    """Where the snippet begins and ends, in characters."""
    if not tokens:
        return 0, _end(text, 0, len(text))
    first = _first_word(len(tokens), matches)
    last = min(first + WORDS, len(tokens)) - 1
    shown = [match for match in matches if first <= match.first <= last]
    last = max([last, *(match.last for match in shown)])  # a phrase that begins inside is whole
    start = 0 if first == 0 else _blank_before(text, tokens[first].start)
    if shown and tokens[shown[0].last].end - start > _LONGEST:
        start = tokens[shown[0].first].start
    end = len(text) if last == len(tokens) - 1 else tokens[last].end
    return start, _end(text, start, end)


def _first_word(length: int, matches: list[_Match]) -> int:
    """Where a window of `WORDS` words holds the most different patterns, then the most matches; then the earliest."""
    best, best_worth = 0, (0, 0)
    inside: Counter[int] = Counter()
    left = right = 0
    for start in (0, *(max(0, min(match.first - _LEAD, length - WORDS)) for match in matches)):
        while right < len(matches) and matches[right].first < start + WORDS:
            inside[matches[right].pattern] += 1
            right += 1
        while left < right and matches[left].first < start:
            inside[matches[left].pattern] -= 1
            left += 1
        worth = (len(+inside), right - left)
        if worth > best_worth:
            best, best_worth = start, worth
    return best


def _blank_before(text: str, position: int) -> int:
    """The beginning of what a word stands in, `(USD` for `USD`."""
    start = position
    while start > max(0, position - _EDGE):
        if text[start - 1].isspace():
            return start
        start -= 1
    return position


def _end(text: str, start: int, end: int) -> int:
    """The end of what the last word stands in, `goods,` for `goods`; earlier where the snippet gets too long."""
    limit = min(len(text), start + _LONGEST)
    if end >= limit:
        return limit if limit == len(text) else _blank_before(text, limit)
    blank = next((at for at in range(end, min(limit, end + _EDGE)) if text[at].isspace()), end)
    return min(blank, limit)


def _runs(
    text: str, tokens: list[Token], matches: list[_Match], start: int, end: int
) -> tuple[SnippetRun, ...]:
    """`text[start:end]` in runs; matches that overlap or touch share one mark."""
    runs: list[SnippetRun] = []
    position = start
    for low, high in _spans(tokens, matches):
        low, high = max(low, position), min(high, end)
        if low >= high:
            continue
        if position < low:
            runs.append(SnippetRun(text[position:low]))
        runs.append(SnippetRun(text[low:high], marked=True))
        position = high
    if position < end:
        runs.append(SnippetRun(text[position:end]))
    return tuple(runs)


def _spans(tokens: list[Token], matches: list[_Match]) -> Iterator[tuple[int, int]]:
    """The characters of the matches, in their order, overlapping ones as one."""
    low = high = -1
    for match in matches:
        start, end = tokens[match.first].start, tokens[match.last].end
        if start > high:
            if high >= 0:
                yield low, high
            low, high = start, end
        else:
            high = max(high, end)
    if high >= 0:
        yield low, high
