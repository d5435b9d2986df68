"""How well questions are ranked holds the floors it once reached. Floors only rise; docs/ranking.md has the figures."""

from __future__ import annotations

import json
from pathlib import Path

from measuring import measuring

COLLECTIONS = ("cran", "cacm", "med")
# Lucene's BM25 (k1 1.2, b 0.75) on the same collections.
LUCENE = {"cran": 0.359, "cacm": 0.494, "med": 0.690}


def test_judged_collections(
    root: Path, shared: Path, ranking_floors: dict[str, dict[str, float]]
) -> None:
    folders = [str(shared.resolve() / "data/ranking" / name) for name in COLLECTIONS]
    reached = json.loads(measuring(root, "ranking", *folders, "--json"))
    assert set(reached) == set(COLLECTIONS)
    for name, figures in reached.items():
        assert figures["ndcg@10"] >= 0.99 * LUCENE[name]
        for measure, floor in ranking_floors[name].items():
            assert figures[measure] >= floor, (name, measure)
    mean = sum(figures["ndcg@10"] for figures in reached.values())
    assert mean >= 1.03 * sum(LUCENE.values())
