"""A writer that commits and goes on: what is seen then, what a reader of its own finds, what is left when it dies."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from corpus.model import Cable, Paragraph, Part
from search.engines import ENGINES, open_searcher, open_writer, prepare
from search.engines.manifest import MANIFEST_FILE
from search.errors import IndexMissing
from search.language.tree import Query, Word

Build = Callable[[str, str], Cable]

pytestmark = pytest.mark.parametrize("engine", ENGINES)


def found(folder: Path, word: str) -> int:
    with closing(open_searcher(folder)) as searcher:
        return searcher.search(Query(Word(word))).paragraphs


class DiedError(Exception):
    pass


def mark_before_death(folder: Path, cable: Cable) -> tuple[str, str]:
    """The mark that a writer finds which puts a cable and dies."""
    with suppress(DiedError), open_writer(folder) as writer:
        found = writer.mark()
        writer.put(cable)
        raise DiedError
    return found


def test_what_was_committed_on_the_way_outlives_the_writer(
    tmp_path: Path, cable: Build, engine: str
) -> None:
    def write_and_die() -> None:
        with open_writer(tmp_path / "new", engine) as writer:
            writer.put(cable("07PARIS1", "alpha"))
            with pytest.raises(IndexMissing):
                found(tmp_path / "new", "alpha")
            writer.checkpoint()
            assert found(tmp_path / "new", "alpha") == 1
            writer.put(cable("07PARIS2", "alpha"))
            writer.put(cable("07PARIS1", "beta"))
            assert found(tmp_path / "new", "alpha") == 1
            writer.checkpoint()
            assert (found(tmp_path / "new", "alpha"), found(tmp_path / "new", "beta")) == (1, 1)
            writer.put(cable("07PARIS3", "alpha"))
            raise DiedError

    with pytest.raises(DiedError):
        write_and_die()
    assert (found(tmp_path / "new", "alpha"), found(tmp_path / "new", "beta")) == (1, 1)
    with open_writer(tmp_path / "new") as writer:
        assert writer.delete("07PARIS1")
        assert not writer.delete("07PARIS3")
        writer.checkpoint()
        assert not writer.delete("07PARIS1")
        writer.put(cable("07PARIS1", "gamma"))
    assert [found(tmp_path / "new", word) for word in ("alpha", "beta", "gamma")] == [1, 0, 1]


def test_a_rebuild_is_not_seen_before_its_end(tmp_path: Path, cable: Build, engine: str) -> None:
    with open_writer(tmp_path, engine) as writer:
        writer.put(cable("07PARIS1", "alpha"))
    with open_writer(tmp_path, engine, rebuild=True) as writer:
        writer.put(cable("07PARIS2", "beta"))
        writer.checkpoint()
        assert (found(tmp_path, "alpha"), found(tmp_path, "beta")) == (1, 0)
        committed = writer.committed()
        assert committed is not None
        with closing(committed):
            assert committed.get("07PARIS2") == cable("07PARIS2", "beta")
            assert committed.get("07PARIS1") is None
    assert (found(tmp_path, "alpha"), found(tmp_path, "beta")) == (0, 1)


def test_a_rebuild_of_a_damaged_index_takes_no_place_before_its_end(
    tmp_path: Path, cable: Build, engine: str
) -> None:
    """Else its list of sources would still be the old one's if it broke off."""
    with open_writer(tmp_path, engine) as writer:
        writer.put(cable("07PARIS1", "alpha"))
    manifest = tmp_path / MANIFEST_FILE
    manifest.write_bytes(b"{")
    with open_writer(tmp_path, engine, rebuild=True) as writer:
        writer.put(cable("07PARIS2", "alpha"))
        writer.checkpoint()
        assert manifest.read_bytes() == b"{"
    assert found(tmp_path, "alpha") == 1


def test_a_commit_leaves_another_mark_and_nothing_else_does(
    tmp_path: Path, cable: Build, engine: str
) -> None:
    with open_writer(tmp_path, engine) as writer:
        marks = [writer.mark()]
        writer.put(cable("07PARIS1", "alpha"))
        assert writer.mark() == marks[-1]
        for number in range(3):
            writer.put(cable(f"07PARIS{number}", "alpha"))
            writer.checkpoint()
            assert writer.mark() not in marks
            marks.append(writer.mark())
        assert writer.delete("07PARIS2")
    with open_writer(tmp_path) as writer:
        last = writer.mark()
        assert last not in marks
        assert last[0] == marks[0][0]
    # A writer that changed nothing: an announced commit that it comes behind must not be taken for made.
    with open_writer(tmp_path) as writer:
        assert not writer.delete("07PARIS9")
        writer.checkpoint()
        assert writer.mark() == last
    with open_writer(tmp_path) as writer:
        assert writer.mark() == last
        writer.put(cable("07PARIS3", "alpha"))
    newest = mark_before_death(tmp_path, cable("07PARIS4", "alpha"))
    assert newest not in (*marks, last)
    assert mark_before_death(tmp_path, cable("07PARIS4", "alpha")) == newest
    with open_writer(tmp_path, rebuild=True) as writer:
        assert writer.mark()[0] != last[0]
    with open_writer(tmp_path) as writer:
        assert writer.mark()[0] != last[0]


def test_a_prepared_cable_is_put_as_the_cable_itself(
    tmp_path: Path, cable: Build, engine: str
) -> None:
    bare = Cable(id="07PARIS9", subject="Nothing below")
    with open_writer(tmp_path, engine) as writer:
        for each in (cable("07PARIS1", "alpha"), bare):
            writer.put_prepared(each.id, prepare(writer.engine, each))
    with closing(open_searcher(tmp_path)) as searcher:
        assert searcher.get("07PARIS1") == cable("07PARIS1", "alpha")
        assert searcher.get("07PARIS9") == bare
        assert searcher.stats().cables == 2
    assert found(tmp_path, "alpha") == 1


def test_what_can_not_be_stored_is_refused_before_anything_is_written(engine: str) -> None:
    halved = Paragraph("p1", 1, None, None, Part.BODY, "half \ud800 of a pair")
    with pytest.raises(ValueError, match="surrogates"):
        prepare(engine, Cable(id="07PARIS1", paragraphs=(halved,)))


def test_a_number_that_is_too_large_is_refused(engine: str, tmp_path: Path, cable: Build) -> None:
    vast = Paragraph("p1", 1 << 70, None, None, Part.BODY, "alpha")
    with open_writer(tmp_path, engine) as writer:
        with pytest.raises((ValueError, OverflowError)):
            writer.put(Cable(id="07PARIS1", paragraphs=(vast,)))
        writer.put(cable("07PARIS2", "alpha"))
    assert found(tmp_path, "alpha") == 1
