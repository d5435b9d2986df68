"""Texts that a cable hands on, between `BEGIN TEXT` and `END TEXT`: their numbers and titles are their own."""

from __future__ import annotations

import pytest
from found import lost_lines
from harbor import cable, sections, texts


def _problems(body: str) -> list[str]:
    return [each.code for each in cable(body).problems if each.code.startswith("numbering")]


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("BEGIN TEXT:", "END TEXT."),
        ("Begin text of letter", "End text of letter"),
        ("BEGIN TALKING POINTS", "END TALKING POINTS"),
        ("(Begin unofficial translation:)", "(End unofficial translation.)"),
        ("QUOTE", "UNQUOTE"),
        ("Debut du texte:", "Fin du texte."),
        ("Début de la lettre", "Fin de la lettre"),
        ("Comienza el texto:", "Fin del texto."),
        ("Início do texto", "Fim do texto"),
    ],
)
def test_the_section_goes_on_behind_a_frame(begin: str, end: str) -> None:
    body = (
        f"\nRoads\n-----\n\n1. (U) He gave us this.\n\n{begin}\n\n1. We want water.\n\n"
        f"2. We want roads.\n\n{end}\n\n2. (U) He left.\n\n3. (U) We wait.\n"
    )
    read = cable(body)
    assert [anchor for anchor, _ in texts(read)] == ["p1", "p2", "p3"]
    assert sections(read) == ["Roads", "Roads", "Roads"]
    assert "2. We want roads." in read.paragraphs[0].text
    assert _problems(body) == []
    assert lost_lines(read) == []


def test_titles_inside_a_frame_end_with_it() -> None:
    read = cable(
        "\nRoads\n-----\n\n1. (U) He gave us this.\n\nBEGIN TEXT OF LETTER:\n\nWATER\n-----\n\n"
        "1. We want water.\n\nEnd text of letter.\n\n2. (U) He left.\n"
    )
    assert texts(read)[1] == ("u1", "1. We want water.\nEnd text of letter.")
    assert sections(read) == ["Roads", "WATER", "Roads"]


def test_a_frame_that_begins_behind_a_number() -> None:
    read = cable(
        "\n1. (U) See.\n\n2. (U) Begin talking points:\n\n1. Water is short.\n\n2. Roads are bad.\n\n"
        "End talking points.\n\n3. (U) He left.\n"
    )
    assert [each.number for each in read.paragraphs] == [1, 2, 3]


@pytest.mark.parametrize(
    ("before", "inside", "after", "numbers"),
    [
        (1, (2, 3), 4, [1, 2, 3, 4]),
        (1, (2, 3), None, [1, 2, 3]),
        (2, (1, 2), 3, [1, 2, 3]),
        (1, (2, 3), 2, [1, 2]),
        (2, (1, 2), None, [1, 2]),
    ],
)
def test_the_cables_numbers_may_go_on_inside(
    before: int, inside: tuple[int, int], after: int | None, numbers: list[int]
) -> None:
    top = "".join(f"{number}. (U) See below.\n\n" for number in range(1, before + 1))
    held = "".join(f"{number}. (U) Water is short.\n\n" for number in inside)
    last = "" if after is None else f"{after}. (U) He left.\n"
    read = cable(f"\n{top}BEGIN TEXT\n\n{held}END TEXT\n\n{last}")
    assert [each.number for each in read.paragraphs] == numbers


def test_a_frame_without_its_end_takes_no_number() -> None:
    read = cable(
        "\n1. (U) See below.\n\nBEGIN TEXT:\n\nDear Sir,\n\n2. (U) He left.\n\n3. (U) We wait.\n"
    )
    assert [each.number for each in read.paragraphs] == [1, 2, 3]
    assert sections(read) == [None, None, None]


def test_a_part_is_no_frame() -> None:
    read = cable("\nBEGIN SUMMARY\n\n1. (U) They wait.\n\nEND SUMMARY\n\n2. (U) They go.\n")
    assert sections(read) == ["BEGIN SUMMARY", None]
    assert [each.part for each in read.paragraphs] == ["summary", "body"]


def test_many_ends_and_beginnings_take_no_longer_than_they_must() -> None:
    read = cable("\n1. (U) See.\n\n" + "QUOTE\n\n" * 20_000 + "END TEXT OF IT\n\n" * 20_000)
    assert len(read.paragraphs) == 1
