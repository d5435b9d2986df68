"""How a list is read, however it was saved: nothing of it is lost, and what can't be read is named by its line."""

from __future__ import annotations

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from search.batch.lines import Line, NoList, decoded, read_lines
from search.language.tree import Filter


@pytest.mark.parametrize(
    ("content", "text", "told"),
    [
        ("\ufeffZoë".encode(), "Zoë", ""),
        ("Zoë".encode("utf-16"), "Zoë", ""),
        ("Zoë\n".encode("cp1252"), "Zoë\n", "The list is not in UTF-8; it was read as Windows-1252."),
        (b"", "", ""),
    ],
)  # fmt: skip
def test_encodings(content: bytes, text: str, told: str) -> None:
    assert decoded(content) == (text, told)


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04...", b"%PDF-1.7", b"a\0b", b"\x81\x8d", b"\xff\xfeab\xd8"]
)
def test_what_is_no_text_is_told(content: bytes) -> None:
    with pytest.raises(NoList, match=r"^This (is|begins) .*\.$"):
        decoded(content)


def test_plain_lines_keep_their_numbers_and_all_they_have() -> None:
    text = '\ufeffKhan, A.Q.\r\n\r\n  "Smith; John"  \rO\'Brien\n\n=HYPERLINK(1)\n\u2028x\n'
    assert [(each.number, each.text) for each in read_lines(text).lines] == [
        (1, "Khan, A.Q."), (3, '"Smith; John"'), (4, "O'Brien"), (6, "=HYPERLINK(1)"), (7, "x"),
    ]  # fmt: skip
    assert read_lines(text).notes == ()
    assert read_lines(" \n\n").lines == ()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table(delimiter: str) -> None:
    rows = [
        ["Name", "LABEL", "origin", "tag", "Since", "until", "born"],
        ['"Khan, A.Q.; Dr"', "the boss", "Paris|La Paz", "KIPR", "March 1974", "1975", "1936"],
        [""] * 7,
        ["", "nobody"],
        ["Smith"],
        ["Smith", "", "", "", "soon"],
        ["a"] * 8,
    ]
    read = read_lines("\n\n" + "\n".join(delimiter.join(row) for row in rows))
    khan, nobody, smith, soon, many = read.lines
    filters = (Filter("origin", ("Paris", "La Paz")), Filter("tag", ("KIPR",)))
    assert khan.text == "Khan, A.Q.; Dr"
    assert sorted(khan.filters, key=lambda each: each.field) == sorted(
        filters, key=lambda each: each.field
    )
    assert (khan.label, khan.since, khan.until) == ("the boss", "1974-03", "1975")
    assert (nobody.number, nobody.problem) == (6, "There is nothing to search for in this row.")
    assert smith == Line(7, "Smith")
    assert soon.problem.startswith("In the column since: “soon” is not a date.")
    assert many.problem.startswith("This row has 8 cells and the heading 7:")
    assert read.notes == (
        "Line 3 was read as the heading of a table: name, label, origin, tag, since, until.",
        "Columns not used: born.",
    )


def test_a_query_with_a_name_beside_it() -> None:
    read = read_lines('query,name\n"""spent fuel"" OR plutonium",Fuel\n')
    assert read.lines == (Line(2, '"spent fuel" OR plutonium', "Fuel"),)
    labelled = read_lines("query,name,label\nx,y,z\n")
    assert labelled.lines == (Line(2, "x", "z"),)
    assert "Columns not used: name." in labelled.notes


def test_a_quotation_mark_that_is_not_closed_swallows_nothing() -> None:
    text = 'name,label\n"Smith,a\nJones,b\n"Two\nlines",c\n5" gun,d\nPeel,e\n'
    read = read_lines(text).lines
    assert [(each.number, each.text, each.label) for each in read] == [
        (2, '"Smith', "a"), (3, "Jones", "b"), (4, "Two lines", "c"), (6, '5" gun', "d"), (7, "Peel", "e"),
    ]  # fmt: skip


def test_a_column_twice_is_told() -> None:
    with pytest.raises(NoList, match="has the column origin twice"):
        read_lines("name,origin,origin\na,b,c")


@given(st.text(alphabet="ab,;\t\"'\n\r |\ufeff", max_size=60))
@settings(max_examples=examples(200))
def test_every_line_of_a_plain_list_is_there(text: str) -> None:
    lines = read_lines(f"x{text}").lines
    kept = "".join("".join(each.text.split()) for each in lines)
    assert kept == "".join(f"x{text}".split())


@given(st.lists(st.text(alphabet="ab,\"' \n", max_size=12), min_size=1, max_size=6))
@settings(max_examples=examples(200))
def test_every_letter_of_a_table_is_there(rows: list[str]) -> None:
    body = "\n".join(rows)
    read = read_lines(f"name,label\n{body}").lines
    kept = "".join(f"{each.text}{each.label}" for each in read)
    assert [kept.count(letter) for letter in "ab"] == [body.count(letter) for letter in "ab"]
