"""One cable as several pages have it: the pages, and what an index has of each.

Owns the texts and how they are read back. Must not know what a test does between.
"""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

from corpus.model import Cable, Version
from search import sources as manifests
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
HIDDEN = page("The lamp of the XXXXXXXX was lit.", "It went out again. Nobody lit it a third time.")
ALSO = page("It went out again.", "Nobody lit it.", "The lamp of the pier was lit.")


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
