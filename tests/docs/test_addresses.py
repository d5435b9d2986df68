"""The document of the addresses names all that an address may say."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.language.tree import Filter
from webui.asking.address import SORTS, State, pairs
from webui.asking.facets import FACET_NAMES
from webui.asking.term_address import TermState, term_pairs

FULL = State(
    q="q",
    filters=(Filter("mark", ("U",)),),
    sort="newest",
    view="paragraphs",
    match="any",
    page=2,
    since="2001",
    until="2002",
    whole_cable=True,
    collected=("x",),
    chosen=("y",),
)
NAMES = {
    *FACET_NAMES,
    *SORTS,
    *(name for name, _ in pairs(FULL)),
    *(name for name, _ in term_pairs(TermState(("a",), "month", "2001", "2002", ("x",)))),
}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_a_name_of_an_address_is_documented(root: Path, name: str) -> None:
    text = (root / "docs" / "addresses.md").read_text(encoding="utf-8")
    assert f"`{name}`" in text or f"`{name}=" in text
