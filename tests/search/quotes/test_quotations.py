"""Which quotations a draft has: marks of all kinds, over lines and paragraphs, set off, inside each other."""

from __future__ import annotations

import pytest

from search.quotes.drafts import blocks_of
from search.quotes.quotations import Quotation, quotations


def found(draft: str) -> list[Quotation]:
    return list(quotations(blocks_of(draft)))


def texts(draft: str) -> list[str]:
    return [each.text for each in found(draft)]


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        ("He said “the lamp is lit” and left.", ["the lamp is lit"]),
        ('He said "the lamp is lit" and left.', ["the lamp is lit"]),
        ("Er sagte „the lamp is lit“ und ging.", ["the lamp is lit"]),
        ("Er sagte „the lamp is lit” und ging.", ["the lamp is lit"]),
        ("Il dit «the lamp is lit» et partit.", ["the lamp is lit"]),
        ("Il dit « the lamp is lit » et partit.", ["the lamp is lit"]),
        ("He said ‘the lamp is lit’ and left.", ["the lamp is lit"]),
        ("He said 'the lamp is lit' and left.", ["the lamp is lit"]),
        ("He said 「the lamp is lit」 and left.", ["the lamp is lit"]),
        # Opened by a printer's mark, closed by a typewriter's.
        ('He said “the lamp is lit" and left.', ["the lamp is lit"]),
        # Apostrophes are no marks.
        ("The judge's lamp, the ministers' lamps, O’Brien’s and rock ’n’ roll.", []),
        ("‘the judge’s lamp isn’t lit’, he said", ["the judge’s lamp isn’t lit"]),
        ("‘the ministers’ offices were dark’, he said", ["the ministers’ offices were dark"]),
        ("'the ministers' offices were dark', he said", ["the ministers' offices were dark"]),
        ("‘the ministers’ and ‘the judges’", ["the ministers", "the judges"]),
        ("It was the '90s and the '70s.", []),
        # Inches, and a mark left alone.
        ('a pipe of 12" and one of 10" there', []),
        # Marks beside brackets, dashes and the signs of Markdown.
        ("(“lamp one”) – “lamp two”—“lamp three”, *“lamp four”*",
         ["lamp one", "lamp two", "lamp three", "lamp four"]),
        ("“lamp one,” he said, “lamp two.”", ["lamp one,", "lamp two."]),
        # Over lines, with a word parted at the end of one.
        ("He said “the lamp\nis lit by the min-\nister” and left.",
         ["the lamp is lit by the min\u00adister"]),
        # Over paragraphs, opened again in each.
        ("“The lamp is lit.\n\n“The harbor is dark.\n\n“All is well.” So he said.",
         ["The lamp is lit.\nThe harbor is dark.\nAll is well."]),
        ("\"The lamp is lit.\n\n\"All is well.\" So he said.", ["The lamp is lit.\nAll is well."]),
        # Not opened again, but closed before another begins.
        ("“The lamp is lit.\n\nAll is well.” So he said.", ["The lamp is lit.\nAll is well."]),
        # Its end is missing: up to the paragraph's.
        ("“The lamp is lit and the harbor dark.\n\nHe said no more.",
         ["The lamp is lit and the harbor dark."]),
        # Set off.
        ("It says:\n\n> The lamp is lit\n> and dark.\n>\n> All is well.\n\nSo it says.",
         ["The lamp is lit and dark.\nAll is well."]),
        ("It says:\n\n    The lamp is lit and the harbor\n    is dark tonight.\n\nSo it says, and more than that.",
         ["The lamp is lit and the harbor is dark tonight."]),
        ("> “The lamp is lit.”", ["The lamp is lit."]),
        ("> “The lamp” is lit “tonight”", ["“The lamp” is lit “tonight”"]),
        # An indented first line sets nothing off, nor does an indented title.
        ("   The lamp was lit by the keeper of the\nharbor, and it was dark.\n\n        The Lamp\n\nMore text.",
         []),
        # All of it stands in: nothing is deeper than the rest.
        ("  The lamp was lit by the keeper of the harbor.\n\n  It was dark and nobody saw the lamp there.", []),
    ],
)  # fmt: skip
def test_quotations(draft: str, expected: list[str]) -> None:
    assert texts(draft) == expected


def test_a_quotation_has_those_inside_it() -> None:
    [one] = found("“He said ‘the lamp is lit’ and “go” to me”, she wrote.")
    assert one.text == "He said ‘the lamp is lit’ and “go” to me"
    assert [each.text for each in one.inner] == ["the lamp is lit", "go"]


def test_the_line_is_that_of_the_draft() -> None:
    assert [each.line for each in found("One.\n\nTwo\nthree.\n\n“lamp a” and\n“lamp b”\n")] == [
        6,
        7,
    ]
    assert found("“The lamp is lit and the harbor dark.")[0].unclosed


def test_notes_do_not_go_on_with_a_text_that_a_mark_leaves_open() -> None:
    draft = "He said “the lamp is lit and the harbor dark.[^1]\n\n[^1]: See “the tower”.\n"
    assert texts(draft) == ["the lamp is lit and the harbor dark.[^1]", "the tower"]


@pytest.mark.parametrize(
    "draft", ["", "\n\n", '"', "“", "“”", '""', "‘’ '' «» \"", ">", "> \n>", "[^1]:"]
)
def test_nothing_is_quoted(draft: str) -> None:
    assert texts(draft) == []


def test_each_is_told_by_the_line_in_which_it_begins() -> None:
    draft = "He wrote\nthat “the lamps\nwere lit”, “they were counted”\nand “no more of\nit”.\n\n“Another”"
    assert [each.line for each in quotations(blocks_of(draft))] == [2, 3, 4, 7]


def test_a_word_that_a_line_end_parts_stands_in_both_lines() -> None:
    (block,) = blocks_of("a minis-\nter and “he said so”\nof it")
    assert block.text == "a minis\xadter and “he said so” of it"
    assert [block.line_at(place) for place in (0, 7, 8, 9, block.text.index("of"))] == [
        1,
        1,
        2,
        2,
        3,
    ]
