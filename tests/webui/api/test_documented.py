"""The page about the API has its endpoints and their parameters, and no others."""

from __future__ import annotations

import re
from pathlib import Path

from webui.api.endpoints import ENDPOINTS, FILTERS


def test_the_table_is_the_table(root: Path) -> None:
    page = (root / "docs" / "api.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(/[^`]*)` \| (.+?) \| (.+) \|$", page, re.MULTILINE)
    assert [(path, summary) for path, summary, _ in rows] == [
        (each.path, each.summary) for each in ENDPOINTS
    ]
    for (_, _, names), endpoint in zip(rows, ENDPOINTS, strict=True):
        own = [each for each in endpoint.parameters if each not in FILTERS]
        assert re.findall(r"`([^`]+)`", names) == [each.name for each in own]
        assert ("filters" in names) == (len(own) < len(endpoint.parameters))
