"""What an index remembers of its sources, also when the power fails between two steps."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from search.errors import IndexDamaged, IndexOutdated
from search.manifest import Double, Holding, Manifest, Source, announce, read, settle

BUILT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def source(path: str, *cables: Holding, digest: str = "d") -> Source:
    return Source(path, f"seen {path}", digest, "v1", cables)


def manifest(*sources: Source) -> Manifest:
    return Manifest({each.path: each for each in sources}, BUILT)


def store(folder: Path, content: Manifest) -> None:
    announce(folder, content)
    settle(folder)


WHOLE = Holding("07A1", 90, 5, {"encoding": 1, "paragraph-cut": 2})
CUT = Holding("07A1", 40, 2, {"paragraph-cut": 7})


def test_there_and_back(tmp_path: Path) -> None:
    content = manifest(
        source("/p", WHOLE), Source("/q", "q", reason="empty", advice="fetch it", line=3)
    )
    store(tmp_path, content)
    assert read(tmp_path) == content


def test_name_that_is_no_text_survives(tmp_path: Path) -> None:
    content = manifest(source("/p\udcff"))
    store(tmp_path, content)
    assert read(tmp_path) == content


def test_no_index_has_no_sources(tmp_path: Path) -> None:
    assert read(tmp_path) == Manifest()


def test_the_page_with_most_text_counts(tmp_path: Path) -> None:
    content = manifest(source("/a", CUT), source("/b", WHOLE), source("/c", WHOLE))
    assert [rank[1] for rank in content.ranks()["07A1"]] == ["/b", "/c", "/a"]
    assert content.problems() == {"paragraph-cut": 2, "encoding": 1}
    assert content.doubles() == (
        Double("07A1", "seen /b", "seen /c"),
        Double("07A1", "seen /b", "seen /a"),
    )


def test_what_was_announced_and_not_settled_is_unsure(tmp_path: Path) -> None:
    """The commit may have come through or not: each page that was about to change is read again."""
    same, before, after = source("/same", WHOLE), source("/x", CUT), source("/x", WHOLE, digest="e")
    gone, new = source("/gone", Holding("07B2", 1, 1)), source("/new", Holding("07C3", 1, 1))
    store(tmp_path, manifest(same, before, gone))
    announce(tmp_path, manifest(same, after, new))
    found = read(tmp_path).sources
    assert found["/same"] == same
    assert not found["/same"].unsure
    for path, cables in {"/x": (CUT, WHOLE), "/gone": gone.cables, "/new": new.cables}.items():
        assert found[path].unsure
        assert found[path].cables == cables


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"version": 1}', '{"version": 1, "built": null, "sources": [{}]}']
)
def test_damaged(tmp_path: Path, text: str) -> None:
    (tmp_path / "sources.json").write_text(text, "utf-8")
    with pytest.raises(IndexDamaged, match="--rebuild"):
        read(tmp_path)


def test_of_another_version(tmp_path: Path) -> None:
    (tmp_path / "sources.json").write_text('{"version": 99, "built": null, "sources": []}', "utf-8")
    with pytest.raises(IndexOutdated, match="--rebuild"):
        read(tmp_path)
