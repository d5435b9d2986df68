"""Which words are names: by titles, offices, given names, what they do, and not by their capitals alone."""

from __future__ import annotations

import pytest

from search.people.reading import loud, read_names


def named(*texts: str, **more: object) -> list[list[str]]:
    """The forms that each text names."""
    return [[each.form for each in names.people] for names in read_names(texts, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Foreign Minister Quispe called.", ["Quispe"]),
        ("We met Vice Foreign Minister Anselm Rooker, who agreed.", ["Anselm Rooker"]),
        ("It was President Tamaro's idea.", ["Tamaro"]),
        ("It was President Tamaro’s idea.", ["Tamaro"]),
        ("Secretary of State Pemberley left.", ["Pemberley"]),
        ("Under Secretary of State for Political Affairs Pemberley left.", ["Pemberley"]),
        ("Dr. Oyelaran and Mr. Okoro-Banks came.", ["Oyelaran", "Okoro-Banks"]),
        ("Gen. Jan van der Kolk spoke.", ["Jan van der Kolk"]),
        ("Ambassador O'Halloran spoke.", ["O'Halloran"]),
        ("FonMin Tesfamarkos demurred.", ["Tesfamarkos"]),
        ("He saw Miriam Q. Tolland there.", ["Miriam Q. Tolland"]),
        ("He saw J. D. Tolland there.", ["J. D. Tolland"]),
        ("Tesfamarkos said that he knew.", ["Tesfamarkos"]),
        ("the Office's Wang Weifeng said so", ["Wang Weifeng"]),
        ("Xiadi Lomax, Deputy Director of the port, agreed.", ["Xiadi Lomax"]),
        ("the Minister of Trade (Quispe) agreed", ["Quispe"]),
        ("Drafted by Lomax and Pemberley; cleared by Rooker.", ["Lomax", "Pemberley", "Rooker"]),
        ("For Lomax from Pemberley. Please tell him.", ["Lomax", "Pemberley"]),
        # Capitals.
        ("FOREIGN MINISTER QUISPE CALLED IN THE AMBASSADOR.", ["Quispe"]),
        ("MR. MCTAVISH AND AMBASSADOR ROOKER AGREED.", ["McTavish", "Rooker"]),
        ("EDUARDO QUISPE TOLD US THAT HE KNEW.", ["Eduardo Quispe"]),
        # No names.
        ("The Foreign Ministry said so, and Washington agreed.", []),
        ("The Soviets said so.", []),
        ("The Declaration stated that it is so.", []),
        ("Summary: The Secretary General of the United Nations agreed.", []),
        ("On Monday the President met the Prime Minister.", []),
        ("THE PRESIDENT CALLED A GENERAL DEBATE ON MAJOR ISSUES.", []),
        ("A. Replace the engine. B. Provide the parts.", []),
        ("Turkey said that Moscow denied it.", []),
        ("", []),
        (" ", []),
        ("...", []),
    ],
)  # fmt: skip
def test_what_is_a_name(text: str, forms: list[str]) -> None:
    assert named(text) == [forms]


def test_a_name_stands_where_it_is_said_to() -> None:
    text = "We met Vice Foreign Minister Anselm Quill; Minister Rooker agreed."
    (found,) = read_names([text])
    for each in found.people:
        assert text[each.start : each.end] == each.form
    assert [each.title for each in found.people if each.form == "Rooker"] == ["Minister"]


def test_a_surname_alone_needs_its_cable() -> None:
    assert named("Lomax was there.") == [[]]
    assert named("Lomax was there.", "Minister Lomax left.") == [["Lomax"], ["Lomax"]]
    assert named("LOMAX WAS THERE AGAIN TODAY.", heard=["Anna Lomax"]) == [["Lomax"]]


def test_in_capitals_what_a_minister_does_is_no_name() -> None:
    text = (
        "THE MINISTER PREFERS THAT AMBASSADOR ARRANGE A VISIT. THE PRESIDENT SET TWO CONDITIONS AND FONMIN CONFIRMS "
        "THEM. LT. COLONEL RANK IS ENOUGH. MINISTER MORA TOLD AMBASSADOR WEISS TO ARRANGE IT."
    )
    assert named(text) == [["Mora", "Weiss"]]


@pytest.mark.parametrize(
    "begun",
    [
        "Citing",
        "Accompanying",
        "Reportedly",
        "Throughout",
        "SYG",
        "DAS",
        "Counselor-designate",
        "Says",
    ],
)
def test_what_begins_a_sentence_or_an_office_is_no_given_name(begun: str) -> None:
    texts = ("Anna Mora said so.", f"{begun} Mora, he left the port.", "Stanford Mora came too.")
    assert named(*texts) == [["Anna Mora"], ["Mora"], ["Stanford Mora"]]


def test_a_surname_is_not_what_is_called_after_it() -> None:
    assert named("Minister Lomax left.", "The Lomax Foundation paid.") == [["Lomax"], []]


def test_a_country_is_none_though_a_person_is_called_so() -> None:
    assert named("Mr. Jordan left.", "He went to Jordan.") == [["Jordan"], []]


def test_who_is_in_office_needs_nothing_else() -> None:
    assert named("We asked for Kissinger.", year=1974) == [["Kissinger"]]
    assert named("We asked for Kissinger.", year=1874) == [[]]
    assert named("We asked for Kissinger.") == [[]]


def test_whoever_speaks_twice_in_minutes_is_named() -> None:
    assert named("Quispe: No.", "Lomax: Yes.", "Quispe: Never.") == [["Quispe"], [], ["Quispe"]]
    assert named("Note: No.", "Note: Yes.") == [[], []]


def test_what_editors_tagged_is_taken_whole() -> None:
    tagged = {"Abd al-Munim al-Rashidi": "Rashidi, Abd al-Munim al-"}
    (found,) = read_names(["He saw Abd al-Munim al-Rashidi there."], tagged)
    assert [(each.form, each.how) for each in found.people] == [
        ("Abd al-Munim al-Rashidi", "tagged")
    ]


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("The Ministry of Trade and Industry agreed.", ["Ministry of Trade and Industry"]),
        ("He left the Department of State to the Embassy.", ["Department of State"]),
        ("The Bolivian Foreign Ministry agreed.", ["Bolivian Foreign Ministry"]),
        ("It was bought by the Putian Shoe Company of late.", ["Putian Shoe Company"]),
        ("The IMF and NATO agreed.", ["IMF", "NATO"]),
        ("The United Nations and the International Red Cross agreed.", ["United Nations", "Red Cross"]),
        ("THE UNITED NATIONS AND THE WHITE HOUSE SAID SO.", ["United Nations", "White House"]),
        ("The Company agreed with the Committee. The House of the Nations.", []),
        ("THE MINISTRY OF FOREIGN AFFAIRS SAID SO TODAY.", ["Ministry of Foreign Affairs"]),
    ],
)  # fmt: skip
def test_what_is_a_body(text: str, bodies: list[str]) -> None:
    (found,) = read_names([text])
    assert [each.form for each in found.bodies] == bodies


def test_a_text_is_loud_by_its_letters() -> None:
    assert loud("THE PRESIDENT SAID TO MCCONNELL THAT HE KNEW")
    assert not loud("The President said that he knew")
    assert not loud("1 2 3")
