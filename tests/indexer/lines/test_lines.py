"""Lines: each is classified once, however many steps of the parser ask."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from indexer.grammar import labels, marks
from indexer.lines import lines
from indexer.page import RawPage
from indexer.parse import parse


def test_no_step_asks_the_grammar_twice_about_a_line(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, Counter[str]] = {"opening": Counter(), "page_mark": Counter()}

    def opening(words: str) -> labels.Opening | None:
        asked["opening"][words] += 1
        return labels.opening(words)

    def page_mark(words: str) -> marks.PageMark | None:
        asked["page_mark"][words] += 1
        return marks.page_mark(words)

    monkeypatch.setattr(lines, "opening", opening)
    monkeypatch.setattr(lines, "page_mark", page_mark)
    rows = (shared / "data/aad/telegrams.jsonl").read_text("utf-8").splitlines()[:40]
    for row in rows:
        text = json.loads(row)["text"]
        parse(RawPage(text, "page", "text", "00"))
        standing = Counter(line.words for line in lines.split_lines(text))
        assert asked["opening"].keys() & standing.keys()
        for counted in asked.values():
            assert counted <= standing
            counted.clear()
