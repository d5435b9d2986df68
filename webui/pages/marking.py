"""Runs of a text, marked where they matched, as safe HTML. The one place where markup is made outside a template."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from search.results import SnippetRun

# Cuts a text into runs by what a question matches; the second argument is the field that the text is.
Marker = Callable[[str, str], Iterable[SnippetRun]]

_MARK = Markup("<mark>{}</mark>")
_HIT = Markup('<mark id="h{}">{}</mark>{}')
_STEP = Markup('<span class="step">{}{}{}</span>')
_WAY = Markup(' <a href="#h{}">{}</a>')


def whole(runs: Iterable[SnippetRun]) -> Markup:
    """A text with its matches marked, everything in it escaped."""
    return Markup("").join(_MARK.format(run.text) if run.marked else run.text for run in runs)


def snippet(runs: Sequence[SnippetRun], text: str) -> Markup:
    """A stretch of `text` with its matches marked, and with dots where the text goes on."""
    shown = "".join(run.text for run in runs).strip()
    before = "" if text.lstrip().startswith(shown) else "… "
    after = "" if text.rstrip().endswith(shown) else " …"
    return before + whole(runs) + after


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A paragraph's text with its hits numbered through the cable, from `first` (0: no hit) to `last`."""

    text: Markup
    first: int = 0
    last: int = 0

    @property
    def hits(self) -> int:
        """How many hits it has."""
        return self.last - self.first + 1 if self.first else 0


def marked(runs: Iterable[SnippetRun], before: int, total: int) -> MarkedText:
    """A text in which each hit can be linked to as `#h1`, `#h2`, ...

    `before` counts the hits of the paragraphs before it, `total` those of the whole cable. Behind each mark stand the
    links to the one before and the one after: the style sheet shows them for the hit that the address names, so
    that walking the hits needs no script.
    """
    pieces: list[str] = []
    number = before
    for run in runs:
        if run.marked:
            number += 1
            pieces.append(_HIT.format(number, run.text, _step(number, total)))
        else:
            pieces.append(run.text)
    text = Markup("").join(pieces)
    return MarkedText(text, before + 1, number) if number > before else MarkedText(text)


def paragraph_step(hits: MarkedText, total: int, label: str) -> Markup:
    """The way on from a paragraph that the address names: to its own first hit, and to the last one before it."""
    if not hits.first:
        return Markup("")
    count = (
        f"hit {hits.first} of {total}"
        if hits.hits == 1
        else f"hits {hits.first} to {hits.last} of {total}"
    )
    return _STEP.format(
        f"{label}: {count}",
        _way(hits.first - 1, total, "previous"),
        _way(hits.first, total, "next"),
    )


def _step(number: int, total: int) -> Markup:
    return _STEP.format(
        f"hit {number} of {total}",
        _way(number - 1, total, "previous"),
        _way(number + 1, total, "next"),
    )


def _way(number: int, total: int, word: str) -> Markup:
    return _WAY.format(number, word) if 1 <= number <= total else Markup("")
