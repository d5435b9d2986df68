"""The forms of a name: each spelling of one person finds the others, and none of them loses a part of it."""

from __future__ import annotations

import pytest

from search.batch.names import forms
from search.text.analysis import analyse


def terms(*texts: str) -> set[tuple[str, ...]]:
    return {tuple(token.term for token in analyse(text)) for text in texts}


@pytest.mark.parametrize(
    ("name", "also"),
    [
        ("Khan, A.Q.", ["A. Q. Khan", "KHAN A.Q."]),
        ("Dr A. Q. Khan", ["A.Q. Khan", "Khan, A. Q."]),
        ("Dr. Abdul Qadeer Khan", ["A.Q. Khan", "Khan, Abdul Qadeer", "Abdul Khan", "Abdul Q. Khan"]),
        ("Khan, Abdul Qadeer, Dr.", ["Abdul Qadeer Khan", "A.Q. Khan"]),
        ("KING, Martin Luther, Jr.", ["Martin Luther King", "M.L. King", "King, Martin"]),
        ("Smith; John", ["John Smith", "J. Smith"]),
        ('"Smith, John (alias Jack)"', ["John Smith"]),
        ("Jean-Paul Sartre", ["J.P. Sartre", "Sartre, Jean Paul"]),
        ("Ludwig van Beethoven", ["van Beethoven, Ludwig", "L. van Beethoven"]),
        ("van der Berg, Jan", ["Jan van der Berg", "J. van der Berg"]),
        ("Bashar al-Assad", ["al-Assad, Bashar", "Bashar al Assad"]),
        ("Osama bin Laden", ["bin Laden, Osama", "O. bin Laden"]),
        ("Müller, Hans", ["Hans Muller", "Hans Mueller", "H. Mueller"]),
        ("Ødegård", ["Odegard", "Oedegaard"]),
        ("Путин, Владимир", ["Владимир Путин", "Vladimir Putin", "V. Putin"]),
        ("習近平", ["習近平", "Xi Jinping"]),
        ("Ḥusayn ʿAbd al-Nāṣir", ["Husayn Abd al-Nasir", "H. Abd al-Nasir"]),
        ("King", ["King"]),
        ("General Smith", ["Smith"]),
    ],
)  # fmt: skip
def test_the_forms_of_a_name(name: str, also: list[str]) -> None:
    assert terms(*also) <= terms(*forms(name))


@pytest.mark.parametrize(
    ("name", "never"),
    [
        ("Khan, A.Q.", ["Khan", "A. Khan"]),
        ("Abdul Qadeer Khan", ["Khan", "A. Khan"]),
        ("Bashar al-Assad", ["Assad", "Bashar"]),
        ("KING, Martin Luther, Jr.", ["Martin Luther"]),
    ],
)
def test_a_part_of_a_name_is_no_form_of_it(name: str, never: list[str]) -> None:
    assert not terms(*never) & terms(*forms(name))


@pytest.mark.parametrize("text", ["--", "", ",", "1 2 3", "(x)", "a b c d e f g h i j k"])
def test_what_is_no_name_has_no_forms(text: str) -> None:
    assert forms(text) == ()


def test_no_form_comes_twice() -> None:
    every = forms("Müller, Hans-Jürgen")
    assert len(terms(*every)) == len(every)
