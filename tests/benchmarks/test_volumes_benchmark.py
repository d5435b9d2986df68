"""The measurement of many volumes of FRUS in one run: memory is bounded, and each copy has an id of its own."""

from __future__ import annotations

import re
from pathlib import Path

from measuring import measuring

from benchmarks.volumes import write
from indexer.inputs.files import read
from indexer.inputs.finding import PageFile
from indexer.page import RawPage
from indexer.sources.frus import read_document

_TEXT = "The port has raised its fees, and shippers have appealed to the city. " * 40
# Megabytes; half of it is what Python and the engine take for one small volume.
_BOUND = 400


def volume(name: str, documents: int) -> str:
    texts = "".join(
        f'<div type="document" xml:id="d{at}" n="{at}"><head>{at}. Telegram {at} From the Embassy in Greece to the '
        f"Department of State</head><p>1. {_TEXT}</p><p>2. {_TEXT}</p></div>"
        for at in range(1, documents + 1)
    )
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:frus="http://history.state.gov/frus/ns/1.0" xml:id="{name}">'
        f'<teiHeader><idno type="frus">{name}</idno></teiHeader><text><body>{texts}</body></text></TEI>'
    )


def test_memory_is_bounded_over_volumes(root: Path, tmp_path: Path) -> None:
    (tmp_path / "frus1951v98.xml").write_text(volume("frus1951v98", 60), encoding="utf-8")
    (tmp_path / "frus1951v99.xml").write_text(volume("frus1951v99", 30), encoding="utf-8")
    printed = measuring(
        root, "volumes", str(tmp_path), "--copies", "2", "8", "--most-mb", str(_BOUND)
    )
    few, many = re.findall(r"\| (\d+) \| ([\d,]+) \| \d+ \| (\d+) \|", printed)
    assert (few[:2], many[:2]) == (("2", "90"), ("8", "360"))
    assert 0 < int(few[2]) <= int(many[2]) + 100
    assert int(many[2]) < _BOUND


def test_each_copy_is_a_volume_of_its_own(tmp_path: Path) -> None:
    original = tmp_path / "frus1951v98.xml"
    original.write_text(volume("frus1951v98", 1), encoding="utf-8")
    copies = tmp_path / "copies"
    copies.mkdir()
    write([original], 3, copies)
    pages = [
        page
        for path in sorted(copies.iterdir())
        for page in read(PageFile(path, path.name))
        if isinstance(page, RawPage)
    ]
    assert [read_document(page).id for page in pages] == [
        f"frus1951v98-00{at}/d1" for at in range(3)
    ]
