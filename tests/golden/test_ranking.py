"""How well questions are ranked holds the floors it once reached. Floors only rise; docs/ranking.md has the figures."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

COLLECTIONS = ("cran", "cacm", "med")
# Lucene's BM25 (k1 1.2, b 0.75) on the same collections.
LUCENE = {"cran": 0.359, "cacm": 0.494, "med": 0.690}


@pytest.fixture
def floors(root: Path) -> dict[str, dict[str, float]]:
    text = (root / "tests/golden/ranking.json").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


def test_judged_collections(
    root: Path,
    shared: Path,
    floors: dict[str, dict[str, float]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "path", [str(root), *sys.path])
    from benchmarks import ranking

    reached = {
        name: ranking.rank(ranking.read_collection(shared / "data/ranking" / name))
        for name in COLLECTIONS
    }
    for name, figures in reached.items():
        assert figures["ndcg@10"] >= 0.99 * LUCENE[name]
        for measure, floor in floors[name].items():
            assert figures[measure] >= floor, (name, measure)
    mean = sum(figures["ndcg@10"] for figures in reached.values())
    assert mean >= 1.03 * sum(LUCENE.values())


def test_known_items(
    root: Path,
    shared: Path,
    floors: dict[str, dict[str, float]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "path", [str(root), *sys.path])
    from benchmarks import known_items

    cables = known_items.cables(shared)
    reached = known_items.measure(cables)
    reached["volumes"] = known_items.measure_volumes(cables, known_items.volume_cables(shared))
    assert reached["volumes"]["questions"] > 200
    assert not any(reached["chrome"].values()), reached["chrome"]
    for name in ("subject", "heading", "head", "headed", "cited", "reference", "volumes"):
        for measure, floor in floors[name].items():
            assert reached[name][measure] >= floor, (name, measure)
