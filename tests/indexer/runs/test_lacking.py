"""What another version of a cable has and the shown one lacks, for pairs of versions of each kind."""

from __future__ import annotations

import sys
from dataclasses import replace
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import (
    Cable,
    Footnote,
    Paragraph,
    Part,
    Passage,
    Problem,
    Segment,
    SegmentKind,
    Version,
)
from indexer.runs.passages import passages

A, B, C = (Version("scoop", name, "d") for name in "abc")
ONE = "The harbor authority inspected six lock gates on November 7, and found them sound."
TWO = "Engineer Ana Flores of the tug company said that two of them leak."
THREE = "Nobody would say who pays for it."
HIDDEN = "XXXXXXXXXXXX"


def cable(
    *texts: str, subject: str = "Lock gates", sections: tuple[str | None, ...] = (), start: int = 1
) -> Cable:
    """A cable with these paragraphs, numbered from `start` on, under these headings."""
    return Cable(
        "06ROME1",
        subject=subject,
        paragraphs=tuple(
            Paragraph(
                f"p{number}", number, "U", sections[at] if sections else None, Part.BODY, text
            )
            for at, (number, text) in enumerate(enumerate(texts, start))
        ),
    )


def lacks(shown: Cable, *others: Cable) -> list[str]:
    """The texts that are found in the others only."""
    given = zip((A, B, C), ([other] for other in others), strict=False)
    return [each.paragraph.text for each in passages(shown, given)]


WHOLE = cable(ONE, TWO, THREE)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(WHOLE, id="equal"),
        pytest.param(cable(ONE, TWO), id="without the last paragraph"),
        pytest.param(cable(ONE, THREE), id="without one in the middle"),
        pytest.param(cable(ONE, TWO, THREE, start=4), id="other numbers"),
        pytest.param(cable(THREE, ONE, TWO), id="another order"),
        pytest.param(cable(f"{ONE} {TWO}", THREE), id="joined"),
        pytest.param(cable(f"{ONE} 2. (U) {TWO} 3. (SBU) {THREE}"), id="joined with numbers"),
        pytest.param(cable(f"{ONE} 7) {TWO}"), id="joined with another number"),
        pytest.param(cable(f"1. (U) {ONE}"), id="its own number in the text"),
        pytest.param(cable(*ONE.split(", ")), id="split"),
        pytest.param(cable(f"{TWO[20:]} {THREE[:6]}"), id="cut elsewhere, at words"),
        pytest.param(cable(f"(C//NF) {ONE}", TWO), id="a portion mark in the text"),
        pytest.param(cable(ONE.replace("found", "fou- nd")), id="a hyphen at the end of a line"),
        pytest.param(cable(ONE.replace(", and", ",and")), id="a blank lost behind a comma"),
        pytest.param(cable(ONE.replace("lock gates", "lockgates")), id="a blank lost"),
        pytest.param(cable(ONE.replace(" ", "\n ")), id="blanks"),
        pytest.param(cable(ONE.upper().replace(".", "")), id="capitals, no full stop"),
        pytest.param(cable(TWO.replace("Ana Flores", HIDDEN)), id="a name blacked out"),
        pytest.param(cable(TWO.replace("Engineer Ana Flores", HIDDEN)), id="at the beginning"),
        pytest.param(cable(TWO.replace("leak", HIDDEN)), id="at the end"),
        pytest.param(cable(TWO.replace("Ana", HIDDEN).replace("two", HIDDEN)), id="two names"),
        pytest.param(cable(f"{HIDDEN} {HIDDEN}.", "-----", "", "2."), id="nothing to find"),
        pytest.param(cable("Lock gates"), id="the subject as text"),
        pytest.param(cable("LOCK GATES:", subject=""), id="no subject"),
    ],
)
def test_nothing_is_lacking(other: Cable) -> None:
    assert lacks(WHOLE, other) == []


@pytest.mark.parametrize(
    ("shown", "other", "expected"),
    [
        pytest.param(cable(ONE, TWO), WHOLE, [THREE], id="a paragraph more at the end"),
        pytest.param(cable(ONE, THREE), WHOLE, [TWO], id="in the middle"),
        pytest.param(
            cable(ONE, TWO.replace("Ana Flores", HIDDEN)), WHOLE, [TWO, THREE], id="shown blacked"
        ),
        pytest.param(
            cable(ONE, TWO.replace("Ana", HIDDEN)),
            cable(TWO.replace("leak", HIDDEN)),
            [TWO.replace("leak", HIDDEN)],
            id="both, not the same",
        ),
        pytest.param(
            cable(ONE, TWO), cable(f"{TWO} {THREE}"), [f"{TWO} {THREE}"], id="partly there"
        ),
        pytest.param(cable(ONE), cable(f"{ONE} {TWO}"), [f"{ONE} {TWO}"], id="longer"),
        pytest.param(
            WHOLE, cable(ONE.replace("six", "seven")), [ONE.replace("six", "seven")], id="a word"
        ),
        pytest.param(
            WHOLE, cable(TWO.replace("two of", "of")), [TWO.replace("two of", "of")], id="one less"
        ),
        pytest.param(cable("It cost 1 23 dollars."), cable("12 3"), ["12 3"], id="numbers"),
        pytest.param(cable("It is part of war."), cable("art of war"), ["art of war"], id="inside"),
        pytest.param(
            cable(ONE, TWO), cable(f"{TWO} {ONE}"), [f"{TWO} {ONE}"], id="joined in another order"
        ),
        pytest.param(
            cable(f"{TWO} It paid."),
            cable(TWO.replace("leak", HIDDEN) + " It wept."),
            [TWO.replace("leak", HIDDEN) + " It wept."],
            id="blacked out and other words",
        ),
    ],
)
def test_what_is_lacking(shown: Cable, other: Cable, expected: list[str]) -> None:
    assert lacks(shown, other) == expected


LONG = " ".join(f"w{n}" for n in range(100))


@pytest.mark.parametrize(
    ("other", "lacking"),
    [
        (LONG.replace(" w40 w41 w42 w43 w44 w45 w46 w47", ""), False),  # a line
        (LONG.replace(" w90 w91 w92 w93 w94 w95 w96 w97", ""), False),  # the last line but one
        (LONG.replace(" w40", ""), True),  # a word, which may be a `not`
        (LONG.replace(" w2 w3 w4 w5 w6", ""), True),  # two words are no text around it
        (f"{LONG.partition(' w30')[0]} w96 w97 w98 w99", True),  # far away
        (f"{LONG.partition(' w80')[0]} w96", True),  # one word that does not end there either
        (f"{LONG} {LONG.partition(' w30')[0]}", True),  # backwards
    ],
)
def test_lines_lost_in_the_middle_are_not_lacking(other: str, lacking: bool) -> None:
    assert lacks(cable(f"v0 {LONG}", "end"), cable(other)) == ([other] if lacking else [])


def test_a_number_in_the_shown_text() -> None:
    """Its paragraphs were joined, and those of the other version too, without the number."""
    assert lacks(cable(f"{ONE} 2. (U) {TWO}"), cable(f"{ONE} {TWO}")) == []
    counted = TWO.replace("two of", "of")
    assert lacks(cable(f"{ONE} {TWO}"), cable(f"{ONE} {counted}")) == [f"{ONE} {counted}"]


def test_a_page_mark_in_the_shown_text() -> None:
    words = TWO.split()
    marked = " ".join([*words[:6], "PAGE 02 ROME 00001 121530Z", *words[6:]])
    assert lacks(cable(marked), cable(TWO)) == []


def test_headings_and_end_marks_between_joined_paragraphs() -> None:
    shown = cable(ONE, TWO, sections=("Summary", "Comment on the gates"))
    ended = [Segment(SegmentKind.END_MARK, "END\nSUMMARY.", None, "p1")]
    shown = replace(shown, segments=tuple(ended))
    for text in (
        f"Summary: {ONE} End summary. Comment on the gates 2. {TWO}",
        f"{ONE} COMMENT ON THE GATES: {TWO}",
        "-- Comment on the gates --",
    ):
        assert lacks(shown, cable(text)) == []
    odd = f"{ONE} On the gates {TWO}"
    assert lacks(shown, cable(odd)) == [odd]


def test_a_heading_that_is_shown_nowhere() -> None:
    """It is a passage of its own, unless a paragraph under it is one."""
    other = cable(ONE, TWO, sections=("Six gates", "Comment"))
    [found] = passages(cable(ONE, TWO, sections=("Comment", "Comment")), [(A, [other])])
    assert found.paragraph == Paragraph("heading", None, None, "Six gates", Part.BODY, "Six gates")
    shown = cable(ONE, "More than one gate.")
    found_too = passages(shown, [(A, [cable(ONE, TWO, sections=("Comment", "Comment"))])])
    assert [each.paragraph.text for each in found_too] == [TWO]


def test_a_subject_that_is_shown_nowhere() -> None:
    other = cable(ONE, subject="Lock gates of the harbor")
    [found] = passages(WHOLE, [(A, [other])])
    assert (found.paragraph.anchor, found.paragraph.text) == ("subject", "Lock gates of the harbor")
    # The title of a page is the page's.
    guessed = replace(
        other,
        subject="Lock gates | Some site",
        problems=(Problem("subject-from-title", ""),),
    )
    assert lacks(WHOLE, guessed) == []


def test_a_note_that_is_shown_nowhere() -> None:
    notes = (Footnote("3", THREE, "p1"), Footnote("4", "It was the port.", "p1"))
    other = replace(cable(ONE), footnotes=notes, source_note="Source: a box.")
    found = passages(WHOLE, [(A, [other])])
    assert [(each.paragraph.anchor, each.paragraph.text) for each in found] == [
        ("source", "Source: a box."),
        ("n4", "It was the port."),
    ]
    assert lacks(other, cable("It was the port.", "Source: a box.")) == []


def test_what_stands_in_the_head_can_be_found_there() -> None:
    lines = [
        Segment(SegmentKind.HEADER, "REF: LIMA 12\n", "references"),
        Segment(SegmentKind.HEADER, "Classified by:\n", "classified_by"),
        Segment(SegmentKind.CHROME, "Share this\n"),
    ]
    shown = replace(WHOLE, segments=tuple(lines))
    other = cable("REF LIMA 12. Classified by:", "Share this")
    assert lacks(shown, other) == ["Share this"]


def test_what_an_earlier_version_has_is_not_named_again() -> None:
    shown, second, third = cable(ONE), cable(ONE, TWO, THREE), cable(THREE, f"{TWO} {THREE}")
    given = [(A, [second]), (B, [third]), (C, [cable("Another text.")])]
    assert passages(shown, given) == (
        Passage(A, second.paragraphs[1]),
        Passage(A, second.paragraphs[2]),
        Passage(C, cable("Another text.").paragraphs[0]),
    )


def test_names_are_those_of_the_version_and_each_is_there_once() -> None:
    double = Paragraph("p1", 1, None, "A heading", Part.BODY, TWO)
    other = Cable(
        "06ROME1",
        subject="Quays",
        paragraphs=(
            Paragraph("subject", None, None, None, Part.BODY, THREE),
            Paragraph("p1", 1, None, "Gates and more gates", Part.BODY, ONE),
            double,
            Paragraph("p1", 1, None, None, Part.BODY, "A third."),
            double,
        ),
    )
    found = passages(cable(ONE), [(A, [other]), (B, [cable("Fourth.")])])
    assert [(each.version, each.paragraph.anchor, each.paragraph.text) for each in found] == [
        (A, "subject-2", "Quays"),
        (A, "subject", THREE),
        (A, "heading", "Gates and more gates"),
        (A, "p1", TWO),
        (A, "p1-2", "A third."),
        (B, "p1", "Fourth."),
    ]


words = st.sampled_from(["ana", "not", "2.", "7", HIDDEN, "(SBU)", "co-", "operate", "Ana's"])
texts = st.lists(words, max_size=8).map(" ".join)
cables = st.builds(
    lambda texts, subject, sections: cable(*texts, subject=subject, sections=tuple(sections)),
    st.lists(texts, max_size=4),
    texts,
    st.lists(st.none() | texts, min_size=4, max_size=4),
)


@given(cables, st.lists(cables, max_size=3))
def test_what_was_found_once_is_found_again_in_what_was_found(
    shown: Cable, others: list[Cable]
) -> None:
    """So that the passages of an export stay what they are, and those of no version are told twice."""
    versions = tuple(Version("", str(number), "") for number in range(len(others)))
    found = passages(
        shown, [(version, [each]) for version, each in zip(versions, others, strict=True)]
    )
    names = [(each.version, each.paragraph.anchor) for each in found]
    assert len(set(names)) == len(names)
    again = [
        (version, [Cable("", paragraphs=tuple(e.paragraph for e in found if e.version == version))])
        for version in versions
    ]
    assert passages(replace(shown, versions=versions, passages=found), again) == found
    assert lacks(shown, shown) == []


@pytest.mark.parametrize("word", ["ha ", "ha. 2. ", f"ha {HIDDEN} ", "ha ho ", "a b c d "])
def test_the_work_grows_with_the_length_and_no_faster(word: str) -> None:
    """Texts of few words stand in one another in very many places."""

    def work(size: int) -> int:
        count = 0

        def seen(frame: FrameType, event: str, argument: object) -> None:
            nonlocal count
            count += event in {"call", "c_call"}

        other = cable(word * size + "end")
        shown = cable(word * size, word * size)
        sys.setprofile(seen)
        try:
            assert lacks(shown, other)
        finally:
            sys.setprofile(None)
        return count

    assert work(400) < 3 * work(200)
