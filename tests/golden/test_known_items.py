"""How often one known cable or section is found holds the floors it once reached; docs/ranking.md has the figures."""

from __future__ import annotations

import json
from pathlib import Path

from measuring import measuring

SETS = ("subject", "heading", "head", "headed", "cited", "reference", "volumes")


def test_known_items(root: Path, shared: Path, ranking_floors: dict[str, dict[str, float]]) -> None:
    reached = json.loads(measuring(root, "known_items", str(shared.resolve()), "--json"))
    assert reached["volumes"]["questions"] > 200
    assert not any(reached["chrome"].values()), reached["chrome"]
    for name in SETS:
        for measure, floor in ranking_floors[name].items():
            assert reached[name][measure] >= floor, (name, measure)
