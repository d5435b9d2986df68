"""The words of a field are read once, unless they are too many to be kept."""

from __future__ import annotations

import pytest

from search.engines import kept
from search.engines.kept import KeptWords


def test_a_field_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 2)
    reads: list[str] = []

    def reading(field: str, *words: str) -> list[str]:
        reads.append(field)
        return list(words)

    words = KeptWords()
    for _ in range(2):
        assert words.of("few", lambda: reading("few", "a", "b")) == ["a", "b"]
        assert words.of("many", lambda: reading("many", "a", "b", "c")) == ["a", "b", "c"]
        assert words.of("none", lambda: reading("none")) == []
    assert reads == ["few", "many", "none", "many"]
