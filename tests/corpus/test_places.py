"""Which places a text names. The sentences are invented."""

from __future__ import annotations

from cProfile import Profile

import pytest

from corpus.places import Context, context, place, place_name, places_in, post_point
from corpus.posts import posts
from corpus.table_files import read_table

NOWHERE = Context("", frozenset())
LA_PAZ = context("Bolivia", ("PREL", "BL", "CI"))
AMMAN = context("Jordan", ("JO", "IS"))


def _names(text: str, about: Context = NOWHERE) -> list[str]:
    return list(places_in(text, about))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The harvest in Bolivia failed.", ["Bolivia"]),
        ("BOLIVIAN AND PERUVIAN GROWERS MET", ["Bolivia", "Peru"]),
        ("growers of upper volta", []),
        ("Upper Volta's growers", ["Burkina Faso"]),
        ("the FRG, the GDR and the USSR", ["West Germany", "East Germany", "Soviet Union"]),
        ("a visit to Saigon, then to Ho Chi\nMinh City", ["Ho Chi Minh City, Vietnam"]),
        ("Viet-Nam and VIET NAM", ["Vietnam"]),
        ("Port-au-Prince, PORT AU PRINCE", ["Port-au-Prince, Haiti"]),
        ("Côte d'Ivoire, Cote d'Ivoire, IVORY COAST", ["Côte d'Ivoire"]),
        ("Papua New Guinea and New Mexico", ["Papua New Guinea"]),
        ("Guinea-Bissau, Equatorial Guinea, GUINEA PIG", ["Guinea-Bissau", "Equatorial Guinea"]),
        ("Nigerien and Nigerian herders", ["Niger", "Nigeria"]),
        ("the Dominican Republic and the DOMINICAN GROWERS", ["Dominican Republic"]),
        ("In Milano, Romania and Omania", ["Romania"]),
        ("womanly Omanis", ["Oman"]),
        ("the Warsaw Pact and the Persian Gulf", []),
        ("Perus Boliviana", []),
        ("", []),
    ],
)
def test_countries_and_their_peoples(text: str, names: list[str]) -> None:
    assert _names(text) == names


@pytest.mark.parametrize(
    ("text", "about", "names"),
    [
        ("The GOB and the GOC agreed.", LA_PAZ, ["Bolivia", "Chile"]),
        ("The GOB and the GOC agreed.", NOWHERE, []),
        ("GOB", context("Brazil", ("BL",)), ["Brazil"]),
        ("the PRC and the DPRK", NOWHERE, ["China", "North Korea"]),
        ("the ROC", context("Taiwan", ()), ["Taiwan"]),
        ("Korea and the Congo", NOWHERE, []),
        ("Korean exports", context("South Korea", ("KS",)), ["South Korea"]),
        ("Korean exports", context("Japan", ("KS", "KN")), []),
    ],
)
def test_short_forms_mean_what_the_cable_is_about(
    text: str, about: Context, names: list[str]
) -> None:
    assert _names(text, about) == names


@pytest.mark.parametrize(
    ("text", "about", "names"),
    [
        ("Ambassador Jordan left.", AMMAN, []),
        ("Growers in Jordan left.", NOWHERE, ["Jordan"]),
        ("Vernon Jordan left.", NOWHERE, []),
        ("Syria, Lebanon and Jordan", NOWHERE, ["Syria", "Lebanon", "Jordan"]),
        ("Growers in Georgia", NOWHERE, []),
        ("Growers in Georgia", context("Georgia", ()), ["Georgia"]),
        ("Indian communities", LA_PAZ, []),
        ("Indian growers in India", NOWHERE, ["India"]),
        ("Mr. Holland spoke; Mr. Ireland and Minister France too", NOWHERE, []),
    ],
)
def test_persons_and_other_places_of_the_name(text: str, about: Context, names: list[str]) -> None:
    assert _names(text, about) == names


@pytest.mark.parametrize(
    ("text", "about", "names"),
    [
        ("Growers in Cochabamba", LA_PAZ, ["Cochabamba, Bolivia"]),
        ("Growers in Cochabamba", NOWHERE, []),
        ("Growers in Cochabamba, Bolivia", NOWHERE, ["Cochabamba, Bolivia", "Bolivia"]),
        ("Paris, PARIS and Jack J. Paris", NOWHERE, ["Paris, France"]),
        ("Embassy Paris believes; AMEMBASSY PARIS; PARIS 1234", NOWHERE, []),
        ("IN READING THE LETTER", context("United Kingdom", ("UK",)), []),
        ("NICE WEATHER IN NICE", context("France", ("FR",)), []),
        ("a harbour in Nice", context("France", ("FR",)), ["Nice, France"]),
        ("a Nice harbour", context("France", ("FR",)), []),
        ("Los Angeles", context("Chile", ("CI",)), []),
        ("Los Angeles", NOWHERE, ["Los Angeles, United States"]),
        ("San Jose", NOWHERE, ["San José, Costa Rica"]),
        ("THE WHITE HOUSE", context("United States", ("US",)), []),
        ("Victoria and Washington spoke", NOWHERE, []),
    ],
)
def test_cities(text: str, about: Context, names: list[str]) -> None:
    assert _names(text, about) == names


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("burma", "Burma"),
        ("Myanmar", "Burma"),
        ("peking", "Beijing, China"),
        ("la  paz", "La Paz, Bolivia"),
        ("La Paz, Bolivia", "La Paz, Bolivia"),
        ("bogota", "Bogotá, Colombia"),
        ("upper volta", "Burkina Faso"),
        ("korea", "korea"),
        ("nowhere", "nowhere"),
    ],
)
def test_a_place_is_asked_for_under_any_name(written: str, name: str) -> None:
    assert place_name(written) == name
    assert place_name(name) == name


def test_every_place_that_can_be_named_is_somewhere() -> None:
    named = {row["country"] for row in read_table("country_names")} - {""}
    assert [name for name in named if place(name) is None] == []
    la_paz = place("La Paz, Bolivia")
    assert la_paz is not None
    assert (round(la_paz.latitude), round(la_paz.longitude), la_paz.is_country) == (-16, -68, False)


def test_nearly_every_post_is_somewhere() -> None:
    lost = {each.code for each in posts() if post_point(each.code) is None}
    assert lost == {
        *("BENIN", "FESTTWO", "FSINFATC", "PARTO", "SECTO", "TOSEC", "USCBP", "USDAFAS"),
    }


def test_the_tables_know_the_countries_of_posts() -> None:
    named = {row["country"] for row in read_table("country_names")}
    assert {each.country for each in posts()} - named == {"Jerusalem"}


@pytest.mark.parametrize("text", ["San ", "LA ", "Bolivia, ", "X" * 5, " " * 5, "U.", "GOB "])
def test_hostile_text_takes_no_longer_than_its_length(text: str) -> None:
    def calls(times: int) -> int:
        profile = Profile()
        profile.enable()
        try:
            places_in(text * times, LA_PAZ)
        finally:
            profile.disable()
        return sum(entry.callcount for entry in profile.getstats())

    calls(10)
    assert calls(10_000) < 11 * calls(1_000)
