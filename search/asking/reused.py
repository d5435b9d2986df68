"""Where the passages of a cable stand again: in later cables, and in the notes of an edition.

Owns how they are looked for. Must not know a page. Of the cables of an index the marks of `search.telegrams.signatures`
tell which have a row of words of a paragraph; these few are read, and their paragraphs and notes aligned with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from corpus.ids import lookup_key
from corpus.late_dataclasses import dataclass
from corpus.late_patterns import late_pattern
from corpus.model import Cable
from search.deadline import check
from search.engines.protocols import Searcher
from search.folders import Folders, folders_of
from search.telegrams.comparing import common_places
from search.telegrams.signatures import sampled_marks, words_of
from search.telegrams.store import Store, ask
from search.units import Unit, UnitKind, units

# So many words in common, near each other, are a passage; fewer are a phrase that anyone may use.
FEWEST_WORDS = 12
# A row of words that more cables have is everybody's. So many cables are read for one, those with most in common first.
_MOST_HOLDERS = 40
MOST_CABLES = 12
# A word of a text where it stands in it; `words_of` has what it is compared as.
_WORD = late_pattern(r"[^\W_]+")
_KINDS = (UnitKind.PARAGRAPH, UnitKind.NOTE)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reused:
    """Where a passage of a paragraph stands again: in which unit of which cable, how many of the words, and the
    stretches that both have, in the paragraph and there."""

    cable: Cable
    unit: Unit
    words: int
    here: tuple[Span, ...]
    there: tuple[Span, ...]


def reused(
    searcher: Searcher, folders: Folders, cable: Cable, without: Iterable[str] = ()
) -> dict[str, tuple[Reused, ...]]:
    """For the paragraphs of a cable, by their anchors, where passages of them stand in other cables, by date.

    `without` are the ids of the cables that are versions of the same telegram: those are compared whole.
    """
    left_out = {lookup_key(cable.id), *map(lookup_key, without)}
    none: list[tuple[str, set[str]]] = []
    found: dict[str, set[str]] = {}
    for folder in folders_of(folders):
        for name, anchors in ask(folder, lambda store: _places(store, cable, left_out), none):
            found.setdefault(name, set()).update(anchors)
    again: dict[str, list[Reused]] = {}
    for name, anchors in found.items():
        check()
        other = searcher.get(name)
        if other is not None:
            for anchor, each in _aligned(cable, anchors, other):
                again.setdefault(anchor, []).append(each)
    return {anchor: tuple(sorted(each, key=_order)) for anchor, each in again.items()}


def _order(one: Reused) -> tuple[str, str, int]:
    date = one.cable.date
    return date.isoformat() if date else "9999", one.cable.id, one.unit.place


def _places(store: Store, cable: Cable, left_out: set[str]) -> list[tuple[str, set[str]]]:
    """The cables that share a mark with paragraphs, most marks first, with the anchors of these paragraphs."""
    marks: dict[int, set[str]] = {}
    for each in cable.paragraphs:
        for mark in sampled_marks(words_of((each.text,))):
            marks.setdefault(mark, set()).add(each.anchor)
    shared: Counter[str] = Counter()
    anchors: dict[str, set[str]] = {}
    for mark, name in store.with_marks(sorted(marks), _MOST_HOLDERS):
        if lookup_key(name) not in left_out:
            shared[name] += 1
            anchors.setdefault(name, set()).update(marks[mark])
    nearest = sorted(shared, key=lambda name: (-shared[name], name))[:MOST_CABLES]
    return [(name, anchors[name]) for name in nearest]


def _aligned(cable: Cable, anchors: set[str], other: Cable) -> Iterator[tuple[str, Reused]]:
    """The best place in another cable for each of these paragraphs, if it has a passage of it."""
    there = [
        (unit, marks, tokens)
        for unit in units(other)
        if unit.kind in _KINDS
        and (tokens := _tokens(unit.text))
        and (marks := set(sampled_marks([word for word, _ in tokens])))
    ]
    for paragraph in cable.paragraphs:
        if paragraph.anchor not in anchors:
            continue
        tokens = _tokens(paragraph.text)
        own = set(sampled_marks([word for word, _ in tokens]))
        best: Reused | None = None
        for unit, marks, others in there:
            if not (own & marks):
                continue
            places = common_places([word for word, _ in tokens], [word for word, _ in others])
            if len(places) >= FEWEST_WORDS and (best is None or len(places) > best.words):
                best = Reused(
                    other,
                    unit,
                    len(places),
                    _spans(tokens, [place for place, _ in places]),
                    _spans(others, [place for _, place in places]),
                )
        if best is not None:
            yield paragraph.anchor, best


def _tokens(text: str) -> list[tuple[str, Span]]:
    """The words of a text as they are compared, each with its place."""
    return [
        (word, Span(found.start(), found.end()))
        for found in _WORD.finditer(text)
        for word in words_of((found[0],))
    ]


def _spans(tokens: Sequence[tuple[str, Span]], places: Sequence[int]) -> tuple[Span, ...]:
    """The stretches of words that follow each other."""
    made: list[Span] = []
    last = -2
    for place in places:
        span = tokens[place][1]
        if place == last + 1:
            made[-1] = Span(made[-1].start, span.end)
        else:
            made.append(span)
        last = place
    return tuple(made)
