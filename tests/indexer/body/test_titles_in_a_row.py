"""Titles under which nothing stands, forms and lists: none of their lines is lost."""

from __future__ import annotations

import pytest
from found import lost_lines
from harbor import cable, sections, texts


def test_two_titles_in_a_row_stand_together() -> None:
    read = cable(
        "\nII. THE HARBOR\n\nTug Crews\n---------\n\n1. (U) They wait.\n\nFees\n----\n\n2. (U) They rise.\n"
    )
    assert sections(read) == ["II. THE HARBOR – Tug Crews", "Fees"]
    assert lost_lines(read) == []


def test_the_part_is_that_of_the_last_title_that_names_one() -> None:
    read = cable("\nSUMMARY\n-------\n\nTug Crews Wait\n--------------\n\n1. (U) They wait.\n")
    assert read.paragraphs[0].part == "summary"
    assert read.paragraphs[0].section == "SUMMARY – Tug Crews Wait"


@pytest.mark.parametrize(
    "form",
    [
        "Case Number: 70411\n\nRank/Name: LTC HORATIO QUILL\n\nPlace of Birth: TIMBUKTU\n\n",
        "NAME: HORATIO QUILL\n\nDATE OF BIRTH: 3/4/1950\n\n",
        "Unit: Kite Department\n\nCourse: Parachute Basic\n\nStart: May\n\nEnd: June\n\n",
    ],
)
def test_a_form_is_text(form: str) -> None:
    lines = [line for line in form.split("\n") if line]
    read = cable(f"\n1. (U) The person is this:\n\n{form}2. (U) We ask for an answer.\n")
    assert read.paragraphs[0].text.split("\n")[1:] == lines
    assert sections(read) == [None, None]
    # Without numbers it is a paragraph, or several.
    read = cable(
        f"\nThe person whom we have in mind is this.\n\n{form}We ask for an answer by May.\n"
    )
    assert lost_lines(read) == []
    assert all(line in "\n".join(text for _, text in texts(read)) for line in lines)


def test_one_label_with_a_title_behind_it_is_a_title() -> None:
    read = cable(
        "\n1. (U) The port.\n\nComment: A Mixed Bag\n\n2. (U) We doubt it.\n\n"
        "Putian: Shoes and More Shoes\n\n3. (U) They sell.\n"
    )
    assert sections(read) == [None, "Comment: A Mixed Bag", "Putian: Shoes and More Shoes"]


@pytest.mark.parametrize(
    "items",
    [
        ["--(3)New Fees Would Hurt Shippers", "--(4)Tug Crews Hold Pilot Captive", "--(5)Fog"],
        ["-New Fees Would Hurt Shippers", "-Tug Crews Hold Pilot Captive", "-Fog"],
        ["*New Fees", "*Tug Crews", "*Fog and Tides"],
        ["-- New Fees", "-- Tug Crews", "-- Fog and Tides"],
        [
            "New Fees Would Hurt Shippers",
            "Tug Crews Hold Pilot Captive",
            "Fog on the River",
            "Tides and Mud",
        ],
    ],
)
def test_a_table_of_contents_is_text(items: list[str]) -> None:
    body = "\n\n".join(
        ["1. (U) The contents of this letter:", *items, "2. (U) Fees rise.", "3. (U) Tugs wait."]
    )
    read = cable(f"\n{body}\n")
    assert [anchor for anchor, _ in texts(read)] == ["p1", "p2", "p3"]
    assert lost_lines(read) == []
    assert all(item in read.paragraphs[0].text for item in items[:-1])


@pytest.mark.parametrize("title", ["--SUMMARY--", "*Comment*", "* Tug Crews *", "-- Fees --"])
def test_a_title_between_signs_is_one(title: str) -> None:
    read = cable(f"\n1. (U) The port.\n\n{title}\n\n2. (U) We doubt it.\n")
    assert sections(read)[1] == title.strip("*- ")


def test_titles_behind_the_last_paragraph_are_found() -> None:
    read = cable("\n1. (U) The port.\n\nSUMMARY\n-------\n\nEND SUMMARY\n\n2. (U) We doubt it.\n")
    assert lost_lines(read) == []


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("In a quarrel that began in", "a port, crews were fined.", True),
        ("They spoke with the Minister of", "Foreign Affairs in May.", True),
        ("They spoke of fees, of tugs,", "of mud and of fog.", True),
        ("They spoke of fees and tugs.", "a few left.", False),
        ("They spoke of fees and tugs", "Others left.", False),
        ("They spoke of:", "a. tugs", False),
    ],
)
def test_an_empty_line_in_mid_sentence(above: str, below: str, joined: bool) -> None:
    read = cable(f"\n{above}\n\n{below}\nThey have not paid. They will not.\n")
    assert len(read.paragraphs) == (1 if joined else 2)
    if joined:
        assert f"{above} {below}" in read.paragraphs[0].text


DOUBLE = """The following is the first part of our harbor report.  The

port raised its lighterage fees on March 20, and the tug

crews asked the authority for a share of them.  Shippers

have appealed to the city, which will hear them in May at

the earliest, and have asked the consular corps for help

in the meantime.



The tug crews number about four hundred.  Most of them live

on the south bank and have worked in the harbor for years,

and few of them belong to a union.  Their spokesman told us

so.
"""


def test_double_spacing_below_a_single_spaced_header() -> None:
    first, second = cable("\n" + DOUBLE).paragraphs
    assert first.text.endswith("have asked the consular corps for help in the meantime.")
    assert second.text.startswith(
        "The tug crews number about four hundred. Most of them live on the south bank"
    )


def test_short_paragraphs_are_not_double_spacing() -> None:
    names = "\n\n".join(
        f"{name} Harbor"
        for name in ("Lin", "Quill", "Stroop", "Marzipan", "Tromp", "Arnall", "Hodges", "Lindt")
    )
    read = cable(f"\n1. (U) The ports are these:\n\n{names}\n\n2. (U) They are all.\n")
    assert read.paragraphs[0].text.count("\n") >= 6


def test_a_list_of_people_is_text_to_its_end() -> None:
    people = [
        "Horatio Quill, Consul",
        "Ottoline Marzipan, Pilot",
        "Jan Stroop, Harbor Master",
        "Lin Wei, Shipper",
    ]
    body = "\n\n".join(["1. (U) Participants:", *people, "2. (U) They talked of fees."])
    read = cable(f"\n{body}\n")
    assert read.paragraphs[0].text.split("\n")[1:] == people
    assert sections(read) == [None, None]


def test_a_title_with_the_archives_pilcrow() -> None:
    read = cable("\n¶1. (U) The port.\n\n------\n¶A. FEES AND TUGS\n------\n\n¶2. (U) They wait.\n")
    assert sections(read) == [None, "A. FEES AND TUGS"]


@pytest.mark.parametrize(
    "item", ["¶B. 08 BEIJING 4411", "(B) SAN JOSE 01073", "C. STATE 11209 (NOTAL)"]
)
def test_a_reference_in_the_text_opens_no_section(item: str) -> None:
    read = cable(
        f"\nREF: A. LIMA 3\n\nThe text is this.\n\n{item}\n\n1. (U) The port.\n\n2. (U) Tugs.\n"
    )
    assert set(sections(read)) == {None}
    assert lost_lines(read) == []


def test_a_field_under_a_title_ends_the_row() -> None:
    read = cable(
        "\n1. (U) The port.\n\nFees and Tugs\n\nREF: BEIJING 12\n\nREF: BEIJING 12\n\n2. (U) They wait.\n"
    )
    assert lost_lines(read) == []
