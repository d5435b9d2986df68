"""What the box suggests: each suggestion with what the box would hold if it were taken.

Must not know which there are: they are handed in.
"""

from __future__ import annotations

from collections.abc import Iterable

from search.answers.completion import Suggestion
from webui.asking.address import State, build, cable_path

_NAMES = {"word": "word", "post": "post", "tag": "TAGS", "cable": "cable", "value": "value"}


def suggestions(state: State, found: Iterable[Suggestion]) -> list[dict[str, str]]:
    """For each suggestion its `text`, its `kind` and `meaning` for people, and `q`, the question with it taken up.

    A cable has the `url` of its page instead: who takes it, wants it.
    """
    return [_shown(state, each) for each in found]


def _shown(state: State, one: Suggestion) -> dict[str, str]:
    shown = {"text": one.text, "kind": _NAMES[one.kind], "meaning": one.meaning}
    if one.kind == "cable":
        return {**shown, "url": build(state.afresh(), cable_path(one.text))}
    return {**shown, "q": state.q[: one.start] + one.question}
