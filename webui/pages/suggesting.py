"""What the box suggests: each suggestion with what the box would hold if it were taken.

Owns where in the question a suggestion goes. Must not know which there are: they are handed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from search.answers.completion import Suggestion
from search.text.analysis import analyse, fold
from webui.asking.address import State, build, cable_path

_NAMES = {"word": "word", "post": "post", "tag": "TAGS", "cable": "cable"}

# What stands behind the last blank of a question and is being typed: `tag:KI` of `shoes tag:KI`.
_LAST_CLAUSE = re.compile(r"\S*\Z")


def suggestions(state: State, found: Iterable[Suggestion]) -> list[dict[str, str]]:
    """For each suggestion its `text`, its `kind` and `meaning` for people, and `q`, the question with it taken up.

    A cable has the `url` of its page instead: who takes it, wants it.
    """
    return [_shown(state, each) for each in found]


def _shown(state: State, one: Suggestion) -> dict[str, str]:
    shown = {"text": one.text, "kind": _NAMES[one.kind], "meaning": one.meaning}
    if one.kind == "cable":
        return {**shown, "url": build(state.afresh(), cable_path(one.text))}
    return {**shown, "q": _with(state.q, one)}


def _with(text: str, one: Suggestion) -> str:
    """A word takes the place of the last word, whatever stands before it: `subject:rev`, `"more sho`. A post or TAGS
    are a clause: of the last one, or of a name of several words (`san j`)."""
    if one.kind == "word":
        tokens = analyse(text)
        return text[: tokens[-1].start if tokens else 0] + one.question
    if fold(one.text).startswith(fold(text)):
        return one.question
    clause = _LAST_CLAUSE.search(text)
    return text[: clause.start() if clause else 0] + one.question
