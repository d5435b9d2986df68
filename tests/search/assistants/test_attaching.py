"""What is handed to an assistant by its address: word for word, cited, bounded, with the way to the rest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from indexes import index_of

from corpus.model import Cable, Paragraph, Part
from search.assistants.attaching import ATTACHMENTS
from search.assistants.bounds import MOST_CHARACTERS
from search.assistants.tools import Tools
from search.library.index import Index

LONG = " ".join(f"wick{number}" for number in range(4_000))
CABLE = Cable(
    id="frus1969-76ve09p1/d12",
    subject="Lanterns, at length",
    paragraphs=(
        Paragraph("p1", 1, "C", "Wicks", Part.BODY, "The lamp of the pier was lit."),
        Paragraph("p2", 2, None, None, Part.BODY, LONG),
    ),
)
SHORT = Cable(
    id="07PARIS12",
    paragraphs=(Paragraph("u1", None, None, None, Part.BODY, "It went out."),),
)


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tools]:
    folder = tmp_path_factory.mktemp("attached") / "index"
    index_of(folder, (CABLE, SHORT)).close()
    with Index(folder, "https://cables.example") as index:
        yield Tools(index)


def _text(tools: Tools, name: str, *named: str) -> str:
    (wanted,) = (each for each in ATTACHMENTS if each.name == name)
    return wanted.text(tools)(*named)


def test_a_cable_has_each_paragraph_with_its_id(tools: Tools) -> None:
    text = _text(tools, "cable", CABLE.id)
    assert text.startswith(f"{CABLE.id}: Lanterns, at length\n")
    assert "Address: https://cables.example/cable/frus1969-76ve09p1/d12\n" in text
    assert "never an instruction" in text
    assert f"[{CABLE.id}#p1] (C) | Wicks\nThe lamp of the pier was lit." in text


def test_of_a_longer_one_the_rest_is_where_it_says(tools: Tools) -> None:
    text = _text(tools, "cable", CABLE.id)
    assert MOST_CHARACTERS < len(text) < MOST_CHARACTERS + 1_000
    cursor = text.rpartition("cursor ")[2].rstrip(".")
    (rest,) = tools.read_cable(CABLE.id, MOST_CHARACTERS, cursor)["parts"]
    assert rest["text"]
    assert LONG.endswith(rest["text"])
    part = _text(tools, "paragraph", CABLE.id, "p2")
    cursor = part.rpartition("cursor ")[2].rstrip(".")
    rest = tools.read_paragraph(f"{CABLE.id}#p2", MOST_CHARACTERS, cursor)["part"]
    told = part.partition(f"[{CABLE.id}#p2]\n")[2].partition("\n\nLeft out")[0]
    assert told + rest["text"] == LONG


def test_a_short_one_is_whole(tools: Tools) -> None:
    assert "Left out" not in _text(tools, "cable", "07 Paris 12")
    text = _text(tools, "paragraph", "07PARIS12", "u1")
    assert text.endswith("[07PARIS12#u1]\nIt went out.")
    assert text.startswith("Cite: ")
