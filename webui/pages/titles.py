"""A cable's subject as a title: in title case, where it was printed in capitals.

Owns which letters of a marked subject are shown. What the title case of a word is `corpus.title_case` says; must not
know where a title stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from corpus.title_case import display_subject
from search.answers.results import SnippetRun
from webui.pages.marking import MarkedText


# The same cables are shown again and again, and a title takes a fifth of a millisecond.
@lru_cache(maxsize=4096)
def title_of(subject: str) -> str:
    """The subject in title case, letter for letter; as printed where a letter has no other case of the same length."""
    shown = display_subject(subject)
    return shown if len(shown) == len(subject) else subject


def marked_title(runs: Sequence[SnippetRun]) -> tuple[SnippetRun, ...]:
    """The same of a subject that is cut into runs; what was marked stays marked."""
    cased = _cut(runs)
    return tuple(SnippetRun(text, run.marked) for run, text in zip(runs, cased, strict=True))


def numbered_title(subject: MarkedText) -> MarkedText:
    """The same of one whose hits are numbered."""
    cased = _cut([run for run, _ in subject.runs])
    pieces = zip(subject.runs, cased, strict=True)
    return replace(
        subject, runs=tuple((replace(run, text=text), number) for (run, number), text in pieces)
    )


def _cut(runs: Sequence[SnippetRun]) -> list[str]:
    """The title of all runs together, cut as they are."""
    left = title_of("".join(run.text for run in runs))
    pieces = []
    for run in runs:
        pieces.append(left[: len(run.text)])
        left = left[len(run.text) :]
    return pieces
