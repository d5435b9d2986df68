"""What the shown version of a cable lacks and another has: passages, whatever the runs were that brought them."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from corpus.cable_json import cable_to_json
from corpus.model import Cable, Version
from indexer import settling
from indexer.build import build
from search import manifest as manifests
from search.engines import open_searcher

ID = "07GUANGZHOU900101"


def page(*paragraphs: str, cable: str = ID) -> str:
    """A telegram with these paragraphs."""
    numbered = "".join(f"\n{number}. (U) {text}\n" for number, text in enumerate(paragraphs, 1))
    head = f"R 230844Z MAR 07\n\nUNCLAS GUANGZHOU {cable.removeprefix('07GUANGZHOU')}\n"
    return f"DE RUEHGZ #0101/01 0820844\n{head}\nSUBJECT: The Lamp\n{numbered}"


SHORT = page("The lamp of the pier was lit.")
LONG = page("The lamp of the pier was lit.", "It went out again.")
LONGER = page("The lamp of the quay was lit.", "It went out again.", "Nobody lit it a third time.")
LONG_TEXTS = ("The lamp of the pier was lit.", "It went out again.")
OTHER = page("A cable for itself.", cable="07GUANGZHOU900102")


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the run is in, with a folder `p` for pages, in which there is one of another cable."""
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "other.txt").write_text(OTHER, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def get(index: Path) -> Cable | None:
    with closing(open_searcher(index)) as searcher:
        return searcher.get(ID)


def shown(index: Path) -> Cable:
    cable = get(index)
    assert cable is not None
    return cable


def lacking(index: Path) -> dict[str, list[str]]:
    """The texts that the cable as it is shown lacks, by where they were found; each version is one that it names."""
    cable = shown(index)
    found: dict[str, list[str]] = {}
    for each in cable.passages:
        assert each.version in cable.versions
        found.setdefault(each.version.address, []).append(each.paragraph.text)
    names = [(each.version, each.paragraph.anchor) for each in cable.passages]
    assert len(set(names)) == len(names)
    return found


def texts(index: Path) -> dict[str, list[str]]:
    """The paragraphs of the other versions, by where they were found; each is one that the cable names."""
    cable = get(index)
    found: dict[str, list[str]] = {}
    with manifests.read(index) as manifest:
        kept = manifest.versions(ID)
        for version in cable.versions if cable else ():
            text = manifest.text(ID, version)
            assert (text is not None) is (version in kept)
            if text is not None:
                assert Version(text.source, text.address, text.digest) == version
                found[version.address] = [paragraph.text for paragraph in text.paragraphs]
        assert len(found) == len(kept)
    return found


def export(cable: object, name: str = "e.jsonl") -> None:
    """Writes a cable's JSON as an export."""
    Path(name).write_text(json.dumps(cable) + "\n", "utf-8")


HIDDEN = page("The lamp of the XXXXXXXX was lit.", "It went out again. Nobody lit it a third time.")
ALSO = page("It went out again.", "Nobody lit it.", "The lamp of the pier was lit.")


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

    monkeypatch.setattr(settling, "passages", compare)
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
