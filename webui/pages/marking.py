"""Runs of a text, marked where they matched, as safe HTML. The one place where markup is made outside a template."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from search.answers.results import SnippetRun
from search.text.analysis import fold
from webui.asking.questions import Marker
from webui.templating import joined

_START, _END = Markup("<mark>"), Markup("</mark>")
_HIT = Markup('<mark id="h{}">{}</mark>{}')
_STEP = Markup('<span class="step">{}{}{}</span>')
_GAP = Markup('<span class="gap">')
_GAP_END = Markup('</span><span class="{}"> ({})</span>')
_SEEN, _HEARD = "size", "unseen"
_WAY = Markup(' <a href="#h{}">{}</a>')


def whole(runs: Iterable[SnippetRun]) -> Markup:
    """A text with its matches marked, everything in it escaped."""
    return Markup(joined(_pieces(runs)))


def _pieces(runs: Iterable[SnippetRun]) -> list[str]:
    pieces: list[str] = []
    for run in runs:
        pieces += (_START, run.text, _END) if run.marked else (run.text,)
    return pieces


def snippet(runs: Sequence[SnippetRun], text: str) -> Markup:
    """A stretch of `text` with its matches marked, and with dots where the text goes on."""
    shown = "".join([run.text for run in runs]).strip()
    start, end = shown[:_EDGE], shown[-_EDGE:]
    before = "" if text.lstrip().startswith(start) else "… "
    after = "" if text.rstrip().endswith(end) else " …"
    return Markup(joined((before, *_pieces(runs), after)))


# Two stretches of a snippet with a gap between them are no part of the text: its ends are looked for by themselves.
_EDGE = 40


class Hits:
    """The hits of one page, numbered in the order in which its texts are handed in: as they stand on the page.

    Each can be linked to as `#h1`, `#h2`, ... Without a marker nothing is marked.
    """

    def __init__(self, marker: Marker | None) -> None:
        self._marker = marker
        self.total = 0
        self.words: Counter[str] = Counter()
        self.places: Counter[str] = Counter()
        self._seen: defaultdict[str, set[str]] = defaultdict(set)

    def leave(self, text: str) -> MarkedText:
        """A text in which nothing is marked."""
        return MarkedText(self, ((SnippetRun(text), 0),))

    def mark(self, text: str, place: str, *fields: str, gaps: tuple[Gap, ...] = ()) -> MarkedText:
        """A text whose hits are numbered, and counted for the place, which is what they are told under."""
        found = self._marked(text, place, fields, frozenset())
        return replace(found, gaps=gaps) if gaps else found

    def mark_linked(self, text: str, place: str, *fields: str) -> MarkedText:
        """A text that is a link: the first hit in it is numbered and counted, and the way on stands behind the link."""
        return self._marked(text, place, fields, frozenset(), most=1, linked=True)

    def mark_again(self, text: str, place: str, *fields: str, linked: bool = False) -> MarkedText:
        """The same of a text that comes again: words that were hit at that place before are marked and not counted."""
        known = frozenset(self._seen[place])
        return self._marked(text, place, fields, known, most=1 if linked else None, linked=linked)

    def _marked(
        self,
        text: str,
        place: str,
        fields: tuple[str, ...],
        known: frozenset[str],
        *,
        most: int | None = None,
        linked: bool = False,
    ) -> MarkedText:
        if self._marker is None:
            return self.leave(text)
        first = self.total + 1
        runs: list[tuple[SnippetRun, int]] = []
        for run in self._marker(text, fields):
            number = 0
            full = most is not None and self.total - first + 1 >= most
            if run.marked and not full and (word := fold(run.text)) not in known:
                self.total += 1
                number = self.total
                self.words[run.text.lower()] += 1
                self.places[place] += 1
                self._seen[place].add(word)
            runs.append((run, number))
        hit = self.total >= first
        ends = (first, self.total) if hit else (0, 0)
        return MarkedText(self, tuple(runs), *ends, linked)


@dataclass(frozen=True, slots=True)
class Gap:
    """Where something is missing from a text, from `start` to `end`. `label` says what and how much; it is seen behind
    the place where the text itself does not tell (`seen`), and else heard."""

    start: int
    end: int
    label: str
    seen: bool


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text with its hits numbered through the page, from `first` to `last` (0 and 0: no hit).

    `gaps` are in order, and none overlaps another.

    One that is `linked` stands in a link. It becomes HTML when the page is written: how many hits the page has is known
    only then.
    """

    of: Hits
    runs: tuple[tuple[SnippetRun, int], ...]
    first: int = 0
    last: int = 0
    linked: bool = False
    gaps: tuple[Gap, ...] = ()

    @property
    def behind(self) -> Markup:
        """The way on from a hit in a link, to stand behind the link."""
        there = self.linked and self.first
        return _step(self.first, self.of.total) if there else Markup("")

    @property
    def hits(self) -> int:
        """How many hits it has."""
        return self.last - self.first + 1 if self.first else 0

    @property
    def plain(self) -> str:
        """The text by itself."""
        return "".join(run.text for run, _ in self.runs)

    def __html__(self) -> Markup:
        """The text, escaped; behind each hit the links to the one before and the one after.

        The style sheet shows those of the hit that the address names, so that walking the hits needs no script.
        """
        if self.gaps:
            return self._with_gaps()
        return Markup(joined(self._shown(self.runs)))

    def _with_gaps(self) -> Markup:
        """The same with each gap in an element of its own; a hit over a gap's end is cut there, and numbered once."""
        pieces: list[str] = []
        ends = iter(self.gaps)
        gap = next(ends, None)
        at = 0
        for run, number in self.runs:
            text = run.text
            while gap is not None and text:
                edge = gap.start if at < gap.start else gap.end
                if at + len(text) < edge:
                    break
                part, text = text[: edge - at], text[edge - at :]
                if part:
                    pieces += self._shown(((replace(run, text=part), number),))
                    number = 0
                at = edge
                if edge == gap.start:
                    pieces.append(_GAP)
                else:
                    pieces.append(_GAP_END.format(_SEEN if gap.seen else _HEARD, gap.label))
                    gap = next(ends, None)
            if text:
                pieces += self._shown(((replace(run, text=text), number),))
                at += len(text)
        return Markup(joined(pieces))

    def _shown(self, runs: Iterable[tuple[SnippetRun, int]]) -> list[str]:
        pieces: list[str] = []
        for run, number in runs:
            if number:
                way_on = "" if self.linked else _step(number, self.of.total)
                pieces.append(_HIT.format(number, run.text, way_on))
            else:
                pieces += _pieces((run,))
        return pieces


@dataclass(frozen=True, slots=True)
class Step:
    """The way on from a place that the address names: to its own first hit, and to the last one before it."""

    label: str
    first: int
    last: int
    of: Hits

    def __html__(self) -> Markup:
        """`¶4: hits 3 to 5 of 9 previous next`."""
        total = self.of.total
        count = (
            f"hit {self.first} of {total}"
            if self.first == self.last
            else f"hits {self.first} to {self.last} of {total}"
        )
        return _STEP.format(
            f"{self.label}: {count}",
            _way(self.first - 1, total, "previous"),
            _way(self.first, total, "next"),
        )


def step(text: MarkedText, label: str) -> Step | None:
    """The way on from the place where a text stands, None where it has no hit."""
    return Step(label, text.first, text.last, text.of) if text.first else None


def _step(number: int, total: int) -> Markup:
    return _STEP.format(
        f"hit {number} of {total}",
        _way(number - 1, total, "previous"),
        _way(number + 1, total, "next"),
    )


def _way(number: int, total: int, word: str) -> Markup:
    return _WAY.format(number, word) if 1 <= number <= total else Markup("")
