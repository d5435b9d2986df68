"""The field table holds together: names, kinds, examples and what it takes from a cable."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from corpus.model import Cable, Paragraph, Part, Post, Recipient, Reference
from search.fields import (
    BY_NAME,
    COUNTED,
    DATE_SPAN,
    FACETS,
    FIELDS,
    HEAD_FIELDS,
    NUMBER_FIELDS,
    SHARED_FIELDS,
    TERM_FIELDS,
    VALUE_FIELDS,
    Field,
)
from search.language.parser import parse
from search.language.tree import (
    DEFAULT_FIELD,
    And,
    Like,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    SameCable,
    Word,
)
from search.units import units

PARAGRAPH = Paragraph("p12", 12, "SBU", "Putian: Shoes", Part.COMMENT, "Nike won.")
CABLE = Cable(
    id="07GUANGZHOU376",
    date=datetime(2007, 3, 23, 8, 44, tzinfo=UTC),
    origin=Post("GUANGZHOU", "Guangzhou", "China", "East Asia"),
    subject="Second Review",
    classification="UNCLASSIFIED",
    caveats=("SIPDIS",),
    tags=("KIPR", "ECON"),
    references=(
        Reference("A) Guangzhou 51", "07GUANGZHOU51"),
        Reference("an e-mail", kind="email"),
    ),
    sender="AMCONSUL GUANGZHOU",
    recipients=(Recipient("SECSTATE WASHDC"),),
    info_recipients=(Recipient("AMEMBASSY BEIJING"), Recipient("AMEMBASSY HANOI")),
    paragraphs=(PARAGRAPH,),
    source="scoop",
)
UNIT = units(CABLE)[0]
BARE = Cable(id="X", paragraphs=(Paragraph("u1", None, None, None, Part.BODY, "Text."),))


def named(tree: Node) -> set[str]:
    """The fields that a tree asks in."""
    match tree:
        case And(parts) | Or(parts):
            return {name for part in parts for name in named(part)}
        case Not(part):
            return named(part)
        case Word(_, field) | Phrase(_, field) | Prefix(_, field) | Range(_, _, field):
            return {field}
        case Like():
            return {"like"}
        case SameCable():
            return {"same"}
        case _:
            return set()


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_a_field_is_described_and_its_example_is_a_question_in_it(field: Field) -> None:
    parsed = parse(field.example)
    assert parsed.problems == ()
    # A scope says where other words meet.
    assert named(parsed.tree) == ({"same", "any"} if field.kind == "scope" else {field.name})
    assert field.label
    assert field.help.endswith(".")


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_a_field_has_what_its_kind_needs(field: Field) -> None:
    # Words without a field word are asked of other fields.
    assert (field.kind == "text" and field.name != DEFAULT_FIELD) == (field.words is not None)
    assert (field.kind in ("date", "number")) == (field.number is not None)
    assert field.kind != "keyword" or field.values is not None
    assert not field.facet or field.values is not None


def test_names_are_unique_and_lists_are_made_of_the_table() -> None:
    assert len(BY_NAME) == len(FIELDS)
    assert (
        *("text", "context", "text_exact", "subject_exact", "section_exact"),
        *("from_exact", "to_exact", "info_exact"),
    ) == TERM_FIELDS
    assert set(NUMBER_FIELDS) - set(DATE_SPAN) == {
        "date",
        "number",
        "paragraphs",
        "position",
        "stretch",
        "words",
    }
    assert set(DATE_SPAN) <= SHARED_FIELDS - set(BY_NAME)
    assert FACETS[:5] == ("section", "part", "mark", "classification", "origin")
    assert FACETS[5:] == (
        *("country", "region", "place", "tag", "year", "source", "in", "to"),
        *("person", "organization", "has", "redaction"),
    )
    assert set(COUNTED) - set(FACETS) == {"month", "day", "words", "exemption"} | HEAD_FIELDS
    assert set(COUNTED) <= set(VALUE_FIELDS)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("section", ("Putian: Shoes",)),
        ("part", ("comment",)),
        ("mark", ("SBU",)),
        ("classification", ("UNCLASSIFIED",)),
        ("origin", ("Guangzhou",)),
        ("country", ("China",)),
        ("region", ("East Asia",)),
        ("tag", ("KIPR", "ECON")),
        ("year", ("2007",)),
        ("source", ("scoop",)),
        ("id", ("2007GUANGZHOU376", "07GUANGZHOU376")),
        ("cites", ("2007GUANGZHOU51", "07GUANGZHOU51")),
        ("from", ("AMCONSUL GUANGZHOU",)),
        ("to", ("SECSTATE WASHDC",)),
        ("info", ("AMEMBASSY BEIJING", "AMEMBASSY HANOI")),
        ("caveat", ("SIPDIS",)),
        (
            "has",
            (
                *("subject", "date", "origin", "classification", "tags", "references"),
                *("section", "mark", "number", None, None),
            ),
        ),
        ("problem", ()),
    ],
)
def test_values_of_a_cable(name: str, values: tuple[str, ...]) -> None:
    take = BY_NAME[name].values
    assert take is not None
    assert take(CABLE, UNIT) == values


@pytest.mark.parametrize("name", VALUE_FIELDS)
def test_a_bare_cable_has_only_what_every_cable_has(name: str) -> None:
    take = BY_NAME[name].values
    assert take is not None
    values = [value for value in take(BARE, units(BARE)[0]) if value]
    assert bool(values) == (name in {"part", "source", "in", "unit", "id", "words"})


@pytest.mark.parametrize(
    ("name", "number", "of_bare"),
    [("date", 19577324, None), ("number", 12, None), ("paragraphs", 1, 1)],
)
def test_numbers_of_a_cable(name: str, number: int, of_bare: int | None) -> None:
    take = BY_NAME[name].number
    assert take is not None
    assert take(CABLE, UNIT) == number
    assert take(BARE, units(BARE)[0]) == of_bare


@pytest.mark.parametrize("spelling", ["07GUANGZHOU376", "2007 Guangzhou 00376", "07guangzhou376_a"])
def test_ids_are_compared_in_any_spelling(spelling: str) -> None:
    assert BY_NAME["id"].normal(spelling) == "2007guangzhou376"


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_what_is_the_cables_own_is_the_same_for_each_paragraph(field: Field) -> None:
    other = Paragraph(
        "u1",
        None,
        None,
        None,
        Part.BODY,
        "Minister Mora of the Ministry of Trade wrote another [B1] paragraph, and more of them: Peru.",
    )
    cited = (Reference("07 LIMA 12", "07LIMA12"), Reference("LIMA 13", "07LIMA13"))
    cable = replace(CABLE, paragraphs=(PARAGRAPH, other), references=cited)
    taken = [take for take in (field.words, field.values, field.number) if take is not None]
    printed = replace(cable, id="frus1969-76ve09p1/d2", message_number="12")
    same = all(
        len({take(one, unit) for unit in units(one)[:3]}) == 1
        for one in (cable, printed)
        for take in taken
    )
    assert field.shared == (same and bool(taken))
