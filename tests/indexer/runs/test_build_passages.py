"""What the shown version of a cable lacks and another has: passages, whatever the runs were that brought them."""

from __future__ import annotations

from pathlib import Path

import pytest
from lamp_cable import (
    ALSO,
    HIDDEN,
    LONG,
    LONG_TEXTS,
    LONGER,
    SHORT,
    export,
    get,
    lacking,
    page,
    shown,
    texts,
)

from corpus.cable_json import cable_to_json
from indexer.runs import merging
from indexer.runs.build import build


def test_what_the_shown_version_lacks_is_told(at: Path, index: Path) -> None:
    for name, text in (("a", SHORT), ("b", LONGER), ("c", LONG), ("d", HIDDEN), ("e", ALSO)):
        (at / "p" / f"{name}.txt").write_text(text, "utf-8")
    build(["p"], index)
    assert [each.address for each in shown(index).versions] == [f"p/{n}.txt" for n in "deca"]
    assert lacking(index) == {"p/e.txt": ["The lamp of the pier was lit."]}
    (at / "p" / "e.txt").unlink()
    build(["p"], index)
    assert lacking(index) == {"p/c.txt": ["The lamp of the pier was lit."]}
    (at / "p" / "b.txt").write_text(page(*["The tug was new."] * 9), "utf-8")
    build(["p"], index)
    assert list(lacking(index)) == ["p/d.txt", "p/c.txt"]
    (at / "p" / "b.txt").unlink()
    build(["p"], index)
    assert shown(index).address == "p/d.txt"
    assert lacking(index) == {"p/c.txt": ["The lamp of the pier was lit."]}
    (at / "p" / "c.txt").unlink()
    (at / "p" / "d.txt").unlink()
    build(["p"], index)
    assert (lacking(index), shown(index).versions) == ({}, ())


def test_a_cable_in_one_place_is_compared_with_nothing(
    at: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def compare(*given: object) -> None:
        pytest.fail("there is no other version")

    monkeypatch.setattr(merging, "passages", compare)
    (at / "p" / "a.txt").write_text(SHORT, "utf-8")
    build(["p"], index)
    assert lacking(index) == {}


@pytest.mark.parametrize("place", ["a", "z"])
def test_what_an_export_brought_is_there_until_the_page_is(
    at: Path, index: Path, place: str
) -> None:
    """The page that a passage is from comes and goes, and so does a longer one, beside the export."""
    (at / "p" / "a.txt").write_text(LONG, "utf-8")
    (at / "p" / "b.txt").write_text(LONGER, "utf-8")
    build(["p"], index)
    cable = shown(index)
    expected = {"p/a.txt": ["The lamp of the pier was lit."]}
    assert lacking(index) == expected
    (at / "q").mkdir()
    export(cable_to_json(cable), f"q/{place}.jsonl")
    second = at / "second"
    build(["q"], second)
    assert shown(second) == cable
    (at / "p" / "b.txt").unlink()
    build(["p"], second)
    assert (lacking(second), texts(second)) == (expected, {"p/a.txt": [*LONG_TEXTS]})
    (at / "p" / "a.txt").unlink()
    build(["p", "q"], second)
    assert shown(second) == cable
    (at / "q" / "m.txt").write_text(page(*["The tug was new."] * 9), "utf-8")
    build(["q"], second)
    assert lacking(second)["p/a.txt"] == expected["p/a.txt"]
    assert lacking(second).keys() == {"p/a.txt", "p/b.txt"}
    (at / "q" / "m.txt").unlink()
    build(["q"], second)
    assert shown(second) == cable


@pytest.mark.parametrize("name", ["a.jsonl", "z.jsonl"], ids=["first", "last"])
def test_a_page_beside_an_export_of_before_there_were_passages(
    at: Path, index: Path, name: str
) -> None:
    """The export names the page and brought nothing of it; its text is there now."""
    (at / "p" / "m.txt").write_text(LONG, "utf-8")
    (at / "p" / "n.txt").write_text(LONGER, "utf-8")
    build(["p"], index)
    cable = shown(index)
    old = cable_to_json(cable)
    del old["passages"]
    export(old, f"p/{name}")
    (at / "p" / "n.txt").unlink()
    build(["p"], at / "second")
    assert shown(at / "second") == cable
    assert lacking(at / "second") == {"p/m.txt": ["The lamp of the pier was lit."]}


def test_a_passage_that_an_export_brought_and_that_cannot_be_shown_is_refused(
    at: Path, index: Path
) -> None:
    (at / "p" / "a.txt").write_text(LONG, "utf-8")
    (at / "p" / "b.txt").write_text(LONGER, "utf-8")
    build(["p"], index)
    odd = cable_to_json(shown(index))
    odd["passages"][0]["text"] = "half \ud800"
    export(odd)
    [aside] = build(["e.jsonl"], at / "second").set_aside
    assert aside.address == "e.jsonl:line 1"
    assert get(at / "second") is None
    assert build(["p"], index).changed is False
