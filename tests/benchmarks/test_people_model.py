"""The measurement of a statistical model of names: what it is trained with, that it is trained, and the table."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import people_model
from benchmarks.people_gold import Block, GoldDocument, GoldVolume, Span
from search.people import statistical
from search.people.recognizers import MODEL


def volume(name: str) -> GoldVolume:
    documents = []
    for number in range(12):
        text = f"We met with Rooker about lamp {number}, and he agreed."
        blocks = [
            Block(text, [Span(12, 18, "p_RA_1")]),
            Block("The harbour was quiet."),
            Block("Source: a box.", note=True),
            Block("x" * 2_000, [Span(0, 1, "p_RA_1")]),
        ]
        documents.append(GoldDocument(f"d{number}", blocks, 1974))
    return GoldVolume(name, {"p_RA_1": "Rooker, Anselm"}, documents)


def test_a_model_is_trained_with_other_names_in_the_same_places() -> None:
    blocks = people_model.examples([volume("one")])
    named = [block for block in blocks if block.spans]
    said = {block.text[span.start : span.end] for block in named for span in block.spans}
    # Each text as it is and with a made-up name; no long one, and no note of a document whose notes have no tags.
    assert len(named) == 24
    assert "Rooker" in said
    assert len(said) > 6
    assert all(block.text.startswith("We met with ") for block in named)
    assert all(block.text.endswith(", and he agreed.") for block in named)
    assert len(blocks) == 36
    assert not any(block.note for block in blocks)
    assert people_model.examples([volume("one")]) == blocks


def test_a_trained_model_is_measured_on_the_other_volumes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(people_model, "volumes", lambda _folder: [volume("one"), volume("other")])
    monkeypatch.setenv(MODEL, "")
    given = ["people_model.py", ".", "--train", "one", "--keep", str(tmp_path), "--rounds", "40"]
    monkeypatch.setattr(sys, "argv", given)
    assert people_model.main() == 0
    statistical._loaded.cache_clear()
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Trained with 36 texts, 24 tagged names, of one")
    assert lines[1] == "en_frus_persons 1"
    table = [line.split() for line in lines[3:]]
    assert [row[:2] for row in table] == [["other", by] for by in ("rules", "model", "both")]
    # No rule tells a surname behind `met with`; the model has seen where one stands.
    rules, model, both = (float(row[3]) for row in table)
    assert rules == 0
    assert both == model > 0
