"""The share of fields that are right against NARA's metadata holds the floor it once reached. Floors only rise."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("form", ["whole", "lossy"])
def test_accuracy(form: str, root: Path, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [str(root), *sys.path])
    from benchmarks import accuracy

    floors = json.loads((root / "tests/golden/accuracy.json").read_text(encoding="utf-8"))[form]
    scores, misses = accuracy.measure(accuracy.telegrams(shared), lossy=form == "lossy")
    assert set(scores) == set(floors)
    for field, (right, counted) in scores.items():
        assert counted >= 125, f"{field}: too few telegrams have it"
        assert 100 * right / counted >= floors[field], [
            miss for miss in misses if miss.field == field
        ]


def test_every_entry_set_aside_has_its_reason(root: Path) -> None:
    lines = (root / "benchmarks/nara_entries.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "id,field,reason"
    assert len(lines) < 70
    for line in lines[1:]:
        ident, field, reason = line.split(",", 2)
        assert ident
        assert field
        assert len(reason) > 10
