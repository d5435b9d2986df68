"""Which names are one person's, in a cable and in a collection; what the archive decides, and how it is undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.model import Cable, NamedPerson, Paragraph, Part
from search.people.decisions import BadDecisions, Decision, read_decisions, write_decisions
from search.people.forms import given_agree, natural, parted
from search.people.naming import names_of
from search.people.persons import people_of
from search.people.recognizers import VARIABLE, NoRecognizer, recognizer


def entries(
    *names: str | tuple[str, int], decisions: tuple[Decision, ...] = ()
) -> set[frozenset[str]]:
    """The persons of so many names."""
    counted = [(name, 5) if isinstance(name, str) else name for name in names]
    return {frozenset(each.values) for each in people_of(counted, decisions).all}


@pytest.mark.parametrize(
    ("listed", "name"),
    [
        ("Mora, Anna L.", "Anna L. Mora"),
        ("Mora, Anton P., Jr.", "Anton P. Mora Jr."),
        ("Mora, Anton P. Jr.", "Anton P. Mora Jr."),
        ("Mora (Morra), Anna", "Anna Mora"),
        ("Mora, Anna “Annie,”", "Anna Mora"),
        ("Anna Mora", "Anna Mora"),
        ("", ""),
    ],
)
def test_a_listed_name_is_turned(listed: str, name: str) -> None:
    assert natural(listed) == name


def test_a_name_has_a_family_and_given_names() -> None:
    assert parted("Anna L. Mora") == (("Anna", "L."), "Mora")
    assert parted("Jan van der Kolk") == (("Jan",), "van der Kolk")
    assert parted("Wang Weifeng") == (("Weifeng",), "Wang")
    assert parted("Anton Mora Jr.") == (("Anton",), "Mora")
    assert parted("Mora") == ((), "Mora")
    assert parted("") == ((), "")


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("Anna L.", "Anna", True),
        ("A. L.", "Anna Lucia", True),
        ("A.L.", "Anna Lucia", True),
        ("William", "Bill", True),
        ("Konstantine", "Constantine", True),
        ("Anna L.", "Anna M.", False),
        ("Anna", "Anton", False),
        ("", "Anton", True),
    ],
)
def test_given_names_agree(one: str, other: str, agree: bool) -> None:
    assert given_agree(tuple(one.split()), tuple(other.split())) is agree


def test_forms_of_one_name_are_one_person() -> None:
    one = frozenset({"Anna L. Mora", "Anna Mora", "A. Mora", "Mora"})
    assert entries(("Anna L. Mora", 9), "Anna Mora", "A. Mora", "Mora") == {one}
    assert entries("José Quispe", "Jose Quispe") == {frozenset({"José Quispe", "Jose Quispe"})}
    for one, other in (("Georgios Mora", "George Mora"), ("Dimitri Weiss", "Dimitrios Weiss")):
        assert entries(one, other) == {frozenset({one, other})}


def test_what_could_be_two_people_stays_by_itself() -> None:
    apart = {frozenset({"Anna Mora"}), frozenset({"Anton Mora"}), frozenset({"Mora"})}
    assert entries("Anna Mora", "Anton Mora", "Mora") == apart
    assert frozenset({"A. Mora"}) in entries("Anna Mora", "Anton Mora", "A. Mora")
    # A surname that comes far more often than the person may be others' too, and a name that stands once a slip; one
    # that stands first is nobody's.
    assert entries("Anna Mora", ("Mora", 50)) == {frozenset({"Anna Mora", "Mora"})}
    assert frozenset({"Mora"}) in entries("Anna Mora", ("Mora", 51))
    assert frozenset({"Mora"}) in entries(("Anna Mora", 1), ("Mora", 2))
    assert frozenset({"Wang"}) in entries("Wang Weifeng", ("Wang", 1))


def test_holders_of_an_office_are_known_in_every_spelling() -> None:
    assert frozenset({"Muammar Qadhafi", "Gaddafi"}) in entries("Muammar Qadhafi", "Gaddafi")


def test_a_decision_joins_and_parts_and_is_undone(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    assert read_decisions(file) == ()
    same = Decision(True, "Anna Mora", "Anna Weiss", "married")
    apart = Decision(False, "Anna L. Mora", "A. Mora")
    write_decisions(file, (same, apart))
    assert read_decisions(file) == (same, apart)
    names = ("Anna Mora", "Anna Weiss", "Tom Quispe")
    joined = {frozenset({"Anna Mora", "Anna Weiss"}), frozenset({"Tom Quispe"})}
    assert entries(*names, decisions=(same,)) == joined
    assert entries(*names) == {frozenset({name}) for name in names}
    parted_ones = {frozenset({"Anna L. Mora"}), frozenset({"A. Mora"})}
    assert entries("Anna L. Mora", "A. Mora", decisions=(apart,)) == parted_ones
    # What names nobody here changes nothing.
    assert entries("Anna Mora", decisions=(Decision(True, "Nobody", "Anna Mora"),)) == {
        frozenset({"Anna Mora"})
    }


def test_a_wrong_line_is_told(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("decision,one,other\n# a remark\n\nsame,Anna Mora\n", encoding="utf-8")
    with pytest.raises(BadDecisions, match="line 4"):
        read_decisions(file)
    file.write_bytes(b"\xff\xfe\xff")
    with pytest.raises(BadDecisions, match="can't be read"):
        read_decisions(file)
    with pytest.raises(BadDecisions, match="can't be written"):
        write_decisions(tmp_path / "none" / "people.csv", ())


def cable(*texts: str, **more: object) -> Cable:
    paragraphs = tuple(
        Paragraph(f"p{at}", at, None, None, Part.BODY, text) for at, text in enumerate(texts, 1)
    )
    return replace(
        Cable("74PORTO1", datetime(1974, 1, 1, tzinfo=UTC)), paragraphs=paragraphs, **more
    )  # type: ignore[arg-type]


def under(found: Cable) -> list[str]:
    """The names under which a cable's people are counted, those of its header first."""
    named = names_of(found)
    return [
        each.name
        for each in (*named.header, *(x for of_one in named.people.values() for x in of_one))
    ]


def test_within_a_cable_a_surname_is_its_persons() -> None:
    assert under(cable("Minister Anna Mora left.", "Mora said no.")) == ["Anna Mora"] * 2
    assert under(cable("Anna Mora met Anton Mora.", "Mora said no."))[-1] == "Mora"
    assert under(cable("Mora said no.", signed_by=("MORA",))) == ["Mora", "Mora"]
    assert under(cable("Lomax said no.", classified_by=("Anna Lomax",))) == ["Anna Lomax"] * 2
    assert under(cable("x", tags=("OVIP", "MORA, ANNA"))) == ["Anna Mora"]
    assert under(cable("KISSINGER", signed_by=("KISSINGER",)))[0] == "Henry A. Kissinger"


def test_tags_of_editors_say_who_it_is() -> None:
    people = (NamedPerson("Mora, Anna L.", "p_MAL_1", "Consul", ("Mora", "Anna")),)
    assert under(cable("Mora said no. Anna Mora left.", people=people)) == ["Anna L. Mora"] * 2


def test_a_person_is_found_by_any_form() -> None:
    people = people_of([("Anna L. Mora", 5), ("Anna Mora", 2), ("Tom Mora", 1), ("Lomax", 3)])
    assert [each.name for each in people.named("anna mora")] == ["Anna L. Mora"]
    assert [each.name for each in people.named("Mora, Anna")] == ["Anna L. Mora"]
    assert [each.name for each in people.named("MORA")] == ["Anna L. Mora", "Tom Mora"]
    assert people.named("Nobody") == ()
    assert people.one("mora") is None
    assert people.one("anna-l-mora") == people.named("anna mora")[0]
    assert [each.name for each in people.holding("LOM")] == ["Lomax"]
    assert len(people.holding("")) == 3


def test_keys_are_unlike() -> None:
    people = people_of([("Ann-Mora", 5), ("Ann Mora", 2)])
    assert len({each.key for each in people.all}) == len(people.all)


def test_another_reader_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "search.people.reading:read_names")
    assert recognizer()(["Minister Mora left."])[0].people[0].form == "Mora"
    monkeypatch.setenv(VARIABLE, "no_such_module:read")
    with pytest.raises(NoRecognizer, match="no_such_module"):
        recognizer()
