"""Persons in FRUS: whom the editors tagged, by the volume's list of persons."""

from __future__ import annotations

from frus_volumes import document, volume

from corpus.model import Cable, NamedPerson
from indexer.sources import frus

LIST = (
    '<div xml:id="persons"><list>'
    '<item><hi rend="strong"><persName xml:id="p_MAL_1">Mora, Anna L.</persName>,</hi> Consul until 1974;\n'
    "  Minister | from 1975? </item>"
    '<item><persName xml:id="p_WT">Weiss, T.</persName>, engineer</item>'
    '<item><persName xml:id="p_none">Nobody, Named</persName></item>'
    "</list></div>"
)


def read(body: str, above: str = LIST) -> Cable:
    (page,) = frus.documents(volume(above, document(body)), "v.xml")
    return frus.read_document(page)


def test_persons_have_the_name_and_office_of_the_list() -> None:
    cable = read(
        '<p><persName corresp="#p_MAL_1">Mora</persName> met <persName corresp="#p_WT">T.\n Weiss</persName>.</p>'
        '<closer><signed><persName corresp="#p_MAL_1"><hi>MORA</hi></persName></signed></closer>'
    )
    assert cable.people == (
        NamedPerson("Mora, Anna L.", "p_MAL_1", "Consul until 1974; Minister from 1975", ("Mora", "MORA")),
        NamedPerson("Weiss, T.", "p_WT", "engineer", ("T. Weiss",)),
    )  # fmt: skip


def test_without_a_list_a_person_has_the_longest_form() -> None:
    cable = read(
        '<p><persName corresp="#p_1">Mora</persName>, <persName corresp="#p_1">Anna Mora</persName></p>',
        above="",
    )
    assert cable.people == (NamedPerson("Anna Mora", "p_1", "", ("Mora", "Anna Mora")),)


def test_a_name_without_an_id_is_no_person_of_the_list() -> None:
    assert (
        read("<p><persName>Mora</persName> <persName corresp='#p_1'> </persName>left.</p>").people
        == ()
    )
