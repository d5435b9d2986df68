"""A Whoosh index from elsewhere: none of its files is opened before somebody has asked for that."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from corpus.model import Cable, Paragraph, Part
from search.engines import open_searcher, open_writer, origin
from search.errors import IndexDamaged, NotTrusted

CABLE = Cable("07ROME1", paragraphs=(Paragraph("p1", 1, "U", None, Part.BODY, "The lamp."),))


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """A Whoosh index that was made here."""
    folder = tmp_path / "index"
    with open_writer(folder, "whoosh") as writer:
        writer.put(CABLE)
    return folder


def opens(folder: Path) -> bool:
    """Whether an index is opened, and answers."""
    with closing(open_searcher(folder)) as searcher:
        return searcher.get("07ROME1") is not None


def from_elsewhere(folder: Path) -> None:
    """Make a folder one that another machine has made."""
    (folder / "whoosh-1" / ".origin").unlink()


def test_what_was_made_here_is_opened_and_written_to_wherever_it_stands(index: Path) -> None:
    moved = index.with_name("moved")
    shutil.copytree(index, moved)
    assert opens(moved)
    with open_writer(moved) as writer:
        writer.put(CABLE)
    assert opens(moved)


@pytest.mark.parametrize("mark", [None, "", "x", "x y", "0" * 32 + " " + "0" * 64])
def test_what_was_not_is_neither_read_nor_written_to(index: Path, mark: str | None) -> None:
    from_elsewhere(index)
    if mark is not None:
        (index / "whoosh-1" / ".origin").write_text(mark)
    # Read, it would be damaged: so it is not read.
    (toc,) = (index / "whoosh-1").glob("_MAIN_*.toc")
    toc.write_bytes(b"no commit of Whoosh's")
    with pytest.raises(NotTrusted, match="CABLEGRAM_TRUST_WHOOSH=yes"):
        open_searcher(index)
    with pytest.raises(NotTrusted), open_writer(index):
        pass
    with open_writer(index, "whoosh", rebuild=True) as writer:
        writer.put(CABLE)
    assert opens(index)


def test_it_is_opened_if_that_is_asked_for(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from_elsewhere(index)
    monkeypatch.setenv("CABLEGRAM_TRUST_WHOOSH", "no")
    with pytest.raises(NotTrusted):
        open_searcher(index)
    monkeypatch.setenv("CABLEGRAM_TRUST_WHOOSH", "yes")
    assert opens(index)
    (toc,) = (index / "whoosh-1").glob("_MAIN_*.toc")
    toc.write_bytes(b"no commit of Whoosh's")
    with pytest.raises(IndexDamaged):
        open_searcher(index)


def test_a_mark_of_another_machine_is_none(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(origin, "_MACHINE", (tmp_path / "none",))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with pytest.raises(NotTrusted):
        open_searcher(index)
    # A machine without a number keeps a secret for each user, which nobody else may read.
    with open_writer(index, "whoosh", rebuild=True) as writer:
        writer.put(CABLE)
    assert opens(index)
    secret = tmp_path / "state" / "cablegram" / "machine"
    assert secret.stat().st_mode & 0o777 == 0o600
    secret.write_bytes(b"another")
    with pytest.raises(NotTrusted):
        open_searcher(index)
