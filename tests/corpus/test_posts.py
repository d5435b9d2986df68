from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from corpus import reference
from corpus.model import Post
from corpus.posts import (
    compact,
    nara_post,
    post,
    post_by_nara_letters,
    post_by_routing,
    post_by_spelling,
    post_kind,
    posts,
    routing_name,
)
from corpus.table_files import read_table

REGIONS = {
    "Africa",
    "East Asia and Pacific",
    "Europe and Eurasia",
    "International Organizations",
    "Near East",
    "South and Central Asia",
    "United States",
    "Western Hemisphere",
}


def code_of(text: str) -> str | None:
    found = post_by_spelling(text)
    return found.code if found else None


def test_a_post_has_a_name_a_country_and_a_region() -> None:
    assert post("GUANGZHOU") == Post("GUANGZHOU", "Guangzhou", "China", "East Asia and Pacific")
    assert post("ABIDJAN") == Post("ABIDJAN", "Abidjan", "Côte d'Ivoire", "Africa")
    assert post("STATE") == Post("STATE", "Department of State", "United States", "United States")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("LAPAZ", "La Paz"),
        ("SANJOSE", "San Jose"),
        ("RIODEJANEIRO", "Rio de Janeiro"),
        ("USUNNEWYORK", "USUN New York"),
        ("AITTAIPEI", "AIT Taipei"),
        ("ADDISABABA", "Addis Ababa"),
        ("PORTAUPRINCE", "Port-au-Prince"),
        ("DARESSALAAM", "Dar es Salaam"),
    ],
)
def test_names_are_written_for_people(code: str, name: str) -> None:
    found = post(code)
    assert found is not None
    assert found.name == name


def test_post_takes_canonical_codes_only() -> None:
    assert post("guangzhou") is None
    assert post("SECSTATE") is None
    assert post("") is None


@pytest.mark.parametrize(
    ("code", "kind"),
    [("GUANGZHOU", "consulate"), ("LAPAZ", "embassy"), ("GENEVA", "mission"), ("BENIN", None)],
)
def test_kind_of_a_post(code: str, kind: str | None) -> None:
    assert post_kind(code) == kind


def test_routing_indicators_lead_to_posts() -> None:
    assert post_by_routing("RUEHGZ") == post("GUANGZHOU")
    assert post_by_routing(" ruehgz ") == post("GUANGZHOU")
    assert post_by_routing("RUEHC") == post("STATE")
    assert post_by_routing("RUEHXX") is None
    assert routing_name("RUEHGZ") == "AMCONSUL GUANGZHOU"
    assert routing_name("RUEHXX") is None


def test_an_indicator_of_no_post_has_a_name_all_the_same() -> None:
    assert post_by_routing("RUEAIIA") is None
    assert routing_name("RUEAIIA") == "CIA WASHINGTON DC"


def test_a_run_of_indicators_stands_for_each_of_them() -> None:
    for indicator in ("RUEAWJA", "RUEAWJB", "RUEAWJD"):
        assert routing_name(indicator) == "DEPT OF JUSTICE WASHINGTON DC"
        assert post_by_routing(indicator) == post("USDOJ")
    assert routing_name("RUEAWJE") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("GUANGZHOU", "GUANGZHOU"),
        ("guangzhou", "GUANGZHOU"),
        ("Consulate Guangzhou", "GUANGZHOU"),
        ("American Consulate General Guangzhou", "GUANGZHOU"),
        ("AMCONSUL GUANGZHOU", "GUANGZHOU"),
        ("La Paz", "LAPAZ"),
        ("AMEMBASSY LA PAZ", "LAPAZ"),
        ("AMEMBASSY\nLA  PAZ", "LAPAZ"),
        ("São Paulo", "SAOPAULO"),
        ("Port-au-Prince", "PORTAUPRINCE"),
        ("PORT AU PRINCE", "PORTAUPRINCE"),
        ("St. Petersburg", "STPETERSBURG"),
        ("N'Djamena", "NDJAMENA"),
        ("Embassy The Hague", "THEHAGUE"),
        ("Mexico City", "MEXICO"),
        ("SECSTATE WASHDC", "STATE"),
        ("SECSTATE WASHINGTON DC", "STATE"),
        ("SECSTATE", "STATE"),
        ("Department of State", "STATE"),
        ("DEPT OF STATE WASHINGTON DC", "STATE"),
        ("Secretary of State", "STATE"),
        ("DEPT OF COMMERCE WASHDC", "USDOC"),
        ("VAT", "VATICAN"),
        ("Embassy Vatican", "VATICAN"),
        ("USUN", "USUNNEWYORK"),
        ("USMISSION USUN NEW YORK", "USUNNEWYORK"),
        ("USMISSION USUN NEW YORK NY", "USUNNEWYORK"),
        ("US Mission Geneva", "GENEVA"),
        ("USMISSION GENEVA", "GENEVA"),
        ("Mission USNATO", "USNATO"),
        ("USINT HAVANA", "HAVANA"),
        ("REO BASRAH", "BASRAH"),
        ("AIT Taipei", "AITTAIPEI"),
        ("American Institute Taiwan, Taipei", "AITTAIPEI"),
        ("Taipei", "TAIPEI"),
        ("Newdehli", "NEWDELHI"),
        ("RIO DE JANIERO", "RIODEJANEIRO"),
        ("0TTAWA", "OTTAWA"),
        ("UNESCO Paris", "UNESCOPARIS"),
    ],
)
def test_spellings(text: str, code: str) -> None:
    assert code_of(text) == code


@pytest.mark.parametrize(
    "text", ["", " ", "AMEMBASSY", "Embassy", "Putian", "—", "Гуанчжоу", "the"]
)
def test_what_is_no_post_is_not_guessed(text: str) -> None:
    assert post_by_spelling(text) is None


@pytest.mark.parametrize("each", posts(), ids=lambda each: each.code)
def test_every_post_is_found_by_its_code_and_by_its_name(each: Post) -> None:
    assert post_by_spelling(each.code) == each
    by_name = post_by_spelling(each.name)
    assert by_name is not None
    assert by_name.name == each.name


def test_posts_are_whole() -> None:
    placeless = {"BENIN", "FESTTWO", "PARTO", "SECTO", "TOSEC"}
    for each in posts():
        assert re.fullmatch(r"[A-Z]+", each.code)
        assert each.name == each.name.strip() != ""
        assert (each.region in REGIONS) is (each.code not in placeless)
        assert bool(each.country) is (each.code not in placeless)
    assert len({each.code for each in posts()}) == len(read_table("posts"))


def test_spellings_are_rows_of_their_own_with_a_reason() -> None:
    rows = read_table("post_spellings")
    assert max(Counter(row["as_written"] for row in rows).values()) == 1
    for row in rows:
        assert compact(row["as_written"]) == row["as_written"] != ""
        assert post(row["as_written"]) is None, "a code may not be a spelling of another post"
        assert post(row["code"]) is not None
        assert row["reason"]
        assert code_of(row["as_written"]) == row["code"]


def test_routing_rows_name_known_posts() -> None:
    rows = read_table("routing")
    assert max(Counter(row["indicator"] for row in rows).values()) == 1
    for row in rows:
        assert re.fullmatch(r"[A-Z]+(?: THRU [A-Z]+)?", row["indicator"])
        assert row["name"]
        assert row["post"] == "" or post(row["post"]) is not None


@pytest.mark.parametrize(
    ("code", "letters"),
    [
        ("LAPAZ", "LAPAZ"),
        ("BUENOSAIRES", "BUENOS"),
        ("NEWDELHI", "NEWDE"),
        ("USUNNEWYORK", "USUNN"),
        ("THEHAGUE", "THEHA"),
        ("PORTAUPRINCE", "PORTA"),
        ("NDJAMENA", "NDJAME"),
        ("STATE", "STATE"),
        ("TAIPEI", "TAIPEI"),
        ("NOWHERELAND", "NOWHER"),
    ],
)
def test_nara_cuts_a_post_to_six_characters_with_blanks(code: str, letters: str) -> None:
    assert nara_post(code) == letters


def test_cut_posts_are_recognised_where_they_mean_one_post_only() -> None:
    assert post_by_nara_letters("BUENOS") == post("BUENOSAIRES")
    assert post_by_nara_letters("USUNN") == post("USUNNEWYORK")
    # Both begin with SAN, but the six characters are those of the name with its blank.
    assert post_by_nara_letters("SANJO") == post("SANJOSE")
    assert post_by_nara_letters("SANSA") == post("SANSALVADOR")
    # UNESCO Paris has two codes.
    assert post_by_nara_letters("UNESCO") is None
    assert post_by_nara_letters("") is None


def test_the_door_gives_the_same_look_ups() -> None:
    assert reference.post("GUANGZHOU") == post("GUANGZHOU")
    assert reference.post_by_spelling("AMEMBASSY LA PAZ") == post("LAPAZ")
    assert reference.tag("KIPR") is not None


@pytest.mark.shared
def test_nothing_of_the_given_lists_is_lost(shared: Path) -> None:
    with (shared / "vocab" / "origins.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            assert code_of(row["mrn_origin"]), row
    with (shared / "vocab" / "routing_indicators.csv").open(encoding="utf-8") as lines:
        ours = {row["indicator"]: row for row in read_table("routing")}
        for row in csv.DictReader(lines):
            mine = ours[row["routing_indicator"]]
            assert mine["name"] == row["name_acp117_2010"]
            assert row["mrn_origin"] in ("", mine["post"])
