"""A text with its matches marked: the whole of it, or the stretch of a paragraph that shows the question best.

Owns the window and the runs, the same for every engine because they are made from the paragraph and the question
alone. Must not know engines or HTML: what is given is verbatim text in runs, marked or not, for others to escape.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from search.answers.matching import Marked, find, sought
from search.answers.results import SnippetRun
from search.fields import BY_NAME
from search.language.tree import DEFAULT_FIELD, Node
from search.text.analysis import Words

# A snippet's length in words, and how many of them stand before the first mark.
WORDS = 30
HALF = WORDS // 2
_LEAD = 6
# What stands between the two stretches of a snippet.
GAP = " … "
TEXT_FIELD = "text"
# Where words are long (tables, noise), a snippet ends earlier.
_LONGEST = 400
# How far from a word its punctuation is looked for.
_EDGE = 24


class Marker:
    """What one question marks in texts of one kind: made once, used for every text that is shown.

    `fields` name what the texts are: `text` for a unit's own words, `subject` or `section` for what stands over it, two
    of these for what is both.
    Words asked for without a field are marked in each, those asked for in a field in that one alone. What is excluded
    is never marked.
    """

    def __init__(self, tree: Node, *fields: str) -> None:
        names = (BY_NAME[field].name for field in fields or (TEXT_FIELD,))
        self._patterns = sought(tree, {DEFAULT_FIELD, *names})

    def mark(self, text: str) -> tuple[SnippetRun, ...]:
        """The whole text in runs, marked where the question matched; joined they are the text."""
        words = Words(text)
        return _runs(words, find(words, self._patterns), 0, len(text))

    def matched(self, text: str) -> int:
        """How many different things that the question asks for stand in a text."""
        return len({match.pattern for match in find(Words(text), self._patterns)})

    def snippet(self, text: str) -> tuple[SnippetRun, ...]:
        """The stretch of a paragraph, about `WORDS` words, that shows most of what the question asks for.

        Where two stretches of half that length show more of it than one, it is those two, with `GAP` between them. The
        runs joined are a part of the text, from blank to blank, but for that gap; unmarked and from its beginning if
        the paragraph's own words don't match.
        """
        words = Words(text)
        matches = find(words, self._patterns)
        windows = _two_windows(words, matches) or (_window(words, matches, WORDS),)
        runs: list[SnippetRun] = []
        for start, end in windows:
            if runs:
                runs.append(SnippetRun(GAP))
            runs += _runs(words, matches, start, end)
        return tuple(runs)


class SubjectMarker:
    """What one question marks in the subjects of cables, the same one for each hit of a cable."""

    def __init__(self, tree: Node) -> None:
        self._marker = Marker(tree, "subject")
        self._last: tuple[str, tuple[SnippetRun, ...]] = ("", ())

    def mark(self, subject: str) -> tuple[SnippetRun, ...]:
        """The whole subject in runs."""
        if subject != self._last[0]:
            self._last = subject, self._marker.mark(subject)
        return self._last[1]


def mark(text: str, tree: Node, *fields: str) -> tuple[SnippetRun, ...]:
    """A whole text marked, for one of few questions that are asked about many texts; see `Marker`."""
    return _marker(tree, fields).mark(text)


@lru_cache(maxsize=64)
def _marker(tree: Node, fields: tuple[str, ...]) -> Marker:
    return Marker(tree, *fields)


def _two_windows(words: Words, matches: list[Marked]) -> tuple[tuple[int, int], ...] | None:
    """Two shorter stretches, where they show more different things than one longer one."""
    wanted = {match.pattern for match in matches}
    if len(wanted) < 2:
        return None
    first = _first_word(len(words), matches, WORDS)
    shown = _patterns_in(matches, first, WORDS)
    if shown == wanted:
        return None
    one = _first_word(len(words), matches, HALF)
    seen = _patterns_in(matches, one, HALF)
    rest = [match for match in matches if match.pattern not in seen]
    other = _first_word(len(words), rest, HALF)
    if len(seen | _patterns_in(rest, other, HALF)) <= len(shown):
        return None
    low, high = sorted((one, other))
    if high - low <= HALF:
        return None
    found = _stretch(words, matches, low, HALF), _stretch(words, matches, high, HALF)
    # A phrase that begins in the first may reach into the other.
    return found if found[0][1] < found[1][0] else None


def _patterns_in(matches: list[Marked], first: int, length: int) -> set[int]:
    return {match.pattern for match in matches if first <= match.first < first + length}


def _window(words: Words, matches: list[Marked], length: int) -> tuple[int, int]:
    """Where the best stretch of so many words begins and ends, in characters."""
    if not words:
        return 0, _end(words.text, 0, len(words.text))
    return _stretch(words, matches, _first_word(len(words), matches, length), length)


def _stretch(words: Words, matches: list[Marked], first: int, length: int) -> tuple[int, int]:
    """Where the stretch of so many words from the first one on begins and ends, in characters."""
    text = words.text
    last = min(first + length, len(words)) - 1
    shown = [match for match in matches if first <= match.first <= last]
    last = max([last, *[match.last for match in shown]])  # a phrase that begins inside is whole
    start = 0 if first == 0 else _blank_before(text, words.start(first))
    if shown and words.end(shown[0].last) - start > _LONGEST:
        start = words.start(shown[0].first)
    end = len(text) if last == len(words) - 1 else words.end(last)
    return start, _end(text, start, end)


def _first_word(length: int, matches: list[Marked], size: int) -> int:
    """Where a window of `size` words holds the most different patterns, then the most matches; then the earliest."""
    best, best_worth = 0, (0, 0)
    inside: dict[int, int] = {}
    left = right = different = 0
    for start in (0, *[max(0, min(match.first - _LEAD, length - size)) for match in matches]):
        while right < len(matches) and matches[right].first < start + size:
            entering = matches[right].pattern
            inside[entering] = inside.get(entering, 0) + 1
            different += inside[entering] == 1
            right += 1
        while left < right and matches[left].first < start:
            leaving = matches[left].pattern
            inside[leaving] -= 1
            different -= inside[leaving] == 0
            left += 1
        worth = (different, right - left)
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
    for at in range(end, min(limit, end + _EDGE)):
        if text[at].isspace():
            return at
    return end


def _runs(words: Words, matches: list[Marked], start: int, end: int) -> tuple[SnippetRun, ...]:
    """The text from `start` to `end` in runs; matches that overlap or touch share one mark."""
    text = words.text
    runs: list[SnippetRun] = []
    position = start
    for low, high in _spans(words, matches):
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


def _spans(words: Words, matches: list[Marked]) -> Iterator[tuple[int, int]]:
    """The characters of the matches, in their order, overlapping ones as one."""
    low = high = -1
    for match in matches:
        start, end = words.start(match.first), words.end(match.last)
        if start > high:
            if high >= 0:
                yield low, high
            low, high = start, end
        else:
            high = max(high, end)
    if high >= 0:
        yield low, high
