"""What is shown of a paragraph, and what in it is marked."""

from __future__ import annotations

import pytest

from search.answers.results import SnippetRun
from search.answers.snippets import GAP, HALF, WORDS, Marker, SubjectMarker, mark
from search.language.parser import parse

TEXT = (
    "Nike requested two separate preliminary injunctions from the U.S. court; an injunction "
    "on F-16 parts was refused."
)
LONG = " ".join(f"w{number}" for number in range(200))


def marked(question: str, text: str = TEXT, field: str = "text") -> list[str]:
    return [run.text for run in mark(text, parse(question).tree, field) if run.marked]


def shown(question: str, text: str) -> str:
    """The snippet with its marks in brackets."""
    runs = Marker(parse(question).tree).snippet(text)
    return "".join(f"[{run.text}]" if run.marked else run.text for run in runs)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("injunction", ["injunctions", "injunction"]),
        ('"injunction"', ["injunction"]),
        ("=injunctions", ["injunctions"]),
        ('"preliminary injunctions"', ["preliminary injunctions"]),
        ('"preliminary injunction"', []),
        ('"injunctions preliminary"', []),
        ("injunct*", ["injunctions", "injunction"]),
        ("us", ["U.S."]),
        ("F-16", ["F-16"]),
        ("16", ["16"]),
        ("NIKE refund", ["Nike"]),
        ("nike OR court", ["Nike", "court"]),
        ("nike NOT court", ["Nike"]),
        ("nike -(court OR parts)", ["Nike"]),
        ('preliminary "preliminary injunctions"', ["preliminary injunctions"]),
        ('"separate preliminary" "preliminary injunctions"', ["separate preliminary injunctions"]),
        ("section:nike", []),
        ("subject:nike", []),
        ("origin:nike", []),
        ("text:nike", ["Nike"]),
        ("date:2007", []),
        ("--", []),
        ("", []),
    ],
)
def test_what_matched_is_marked(question: str, expected: list[str]) -> None:
    assert marked(question) == expected


@pytest.mark.parametrize(
    ("question", "field", "expected"),
    [
        ("subject:shoes", "subject", ["Shoes"]),
        ("shoes", "subject", ["Shoes"]),
        ("section:shoes", "subject", []),
        ("section:shoes", "section", ["Shoes"]),
        ("NOT section:shoes", "section", []),
    ],
)
def test_subject_and_heading_are_marked_by_their_own_words(
    question: str, field: str, expected: list[str]
) -> None:
    assert marked(question, "Putian: Shoes", field) == expected


def test_a_whole_text_keeps_every_character() -> None:
    assert mark(" <b>Putian</b>\n", parse("putian").tree) == (
        SnippetRun(" <b>"),
        SnippetRun("Putian", marked=True),
        SnippetRun("</b>\n"),
    )
    assert mark("", parse("putian").tree) == ()


def test_a_short_paragraph_is_shown_whole() -> None:
    assert shown("court", TEXT) == TEXT.replace("court", "[court]")


def test_without_a_match_the_beginning_is_shown() -> None:
    assert shown("subject:putian", LONG) == " ".join(f"w{n}" for n in range(WORDS))
    assert shown("", "") == ""


def test_the_window_begins_a_little_before_the_match() -> None:
    assert shown("w100", LONG) == (
        "w94 w95 w96 w97 w98 w99 [w100] " + " ".join(f"w{n}" for n in range(101, 94 + WORDS))
    )


def test_a_match_near_the_end_is_shown_with_more_before_it() -> None:
    assert shown("w199", LONG) == " ".join(f"w{n}" for n in range(170, 199)) + " [w199]"


def test_the_window_holds_as_many_different_words_as_it_can() -> None:
    text = f"alpha alpha alpha {LONG} alpha beta {LONG} beta beta"
    assert "[alpha] [beta]" in shown("alpha beta", text)


def test_the_beginning_is_preferred_where_it_shows_as_much() -> None:
    text = f"One two three four five six seven eight nine {LONG}"
    assert shown("nine", text).startswith("One two")


def test_a_phrase_longer_than_the_window_is_marked_whole() -> None:
    words = LONG.split()[20:60]
    assert f"[{' '.join(words)}]" in shown(f'"{" ".join(words)}"', LONG)


def test_punctuation_at_the_edges_stays_with_its_word() -> None:
    text = " ".join(f"(w{number})," for number in range(200))
    assert shown("w100", text).startswith("(w94), (w95)")
    assert shown("w100", text).endswith(f"(w{94 + WORDS - 1}),")


def test_words_without_end_make_no_snippet_without_end() -> None:
    runs = Marker(parse("needle").tree).snippet("x" * 100_000 + " needle " + "y" * 100_000)
    assert SnippetRun("needle", marked=True) in runs
    assert sum(len(run.text) for run in runs) <= 400


# Two stretches, where one can't show what is asked for.

FAR = f"alpha one {LONG} beta two {LONG} gamma three"


def test_two_stretches_show_words_that_are_far_apart() -> None:
    text = f"{LONG} alpha {LONG} beta {LONG}"
    found = shown("alpha beta", text)
    assert found.count(GAP) == 1
    first, second = found.split(GAP)
    assert "[alpha]" in first
    assert "[beta]" in second
    for stretch in (first, second):
        assert 1 < len(stretch.split()) <= HALF
        assert stretch.replace("[", "").replace("]", "") in text


def test_two_stretches_stand_in_the_order_of_the_text() -> None:
    text = f"{LONG} beta {LONG} alpha {LONG}"
    assert shown("alpha beta", text).index("[beta]") < shown("alpha beta", text).index("[alpha]")


def test_one_stretch_where_it_shows_as_much_as_two() -> None:
    assert GAP not in shown("alpha beta", f"{LONG} alpha w beta {LONG}")
    assert GAP not in shown("alpha", f"{LONG} alpha {LONG} alpha {LONG}")
    assert GAP not in shown("alpha nosuchword", f"{LONG} alpha {LONG}")


def test_two_stretches_show_the_most_of_three_words() -> None:
    found = shown("alpha beta gamma", FAR)
    assert found.count(GAP) == 1
    assert sum(f"[{word}]" in found for word in ("alpha", "beta", "gamma")) == 2
    # Two of them stand together: these, and the third.
    near = f"alpha {LONG} beta gamma {LONG}"
    assert all(
        f"[{word}]" in shown("alpha beta gamma", near) for word in ("alpha", "beta", "gamma")
    )


def test_the_parts_of_two_stretches_are_of_the_text_but_for_the_gap() -> None:
    runs = Marker(parse("alpha gamma").tree).snippet(FAR)
    assert [run.text for run in runs if run.marked] == ["alpha", "gamma"]
    assert SnippetRun(GAP) in runs
    assert runs[0].text == "alpha"
    assert "".join(run.text for run in runs).endswith("gamma three")


def test_a_phrase_that_reaches_into_the_other_stretch_makes_one() -> None:
    words = LONG.split()
    phrase = " ".join(words[5:60])
    found = shown(f'"{phrase}" w{70}', LONG)
    assert f"[{phrase}]" in found
    assert found.count(GAP) <= 1


# Titles and heads.


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("shoes", ["shoes", "Shoes"]),
        ("subject:shoe", ["shoes", "Shoes"]),
        ('"more shoes"', ["More shoes"]),
        ("text:shoes", []),
        ("section:shoes", []),
        ("NOT shoes", []),
        ("putian", []),
    ],
)
def test_a_title_is_marked_by_words_and_by_those_asked_of_subjects(
    question: str, expected: list[str]
) -> None:
    marker = SubjectMarker(parse(question).tree)
    subject = "More shoes: Shoes"
    for _ in range(2):  # the same one for each hit of a cable
        runs = marker.mark(subject)
        assert [run.text for run in runs if run.marked] == expected
        assert "".join(run.text for run in runs) == subject
    assert marker.mark("Wheat") == (SnippetRun("Wheat"),)
