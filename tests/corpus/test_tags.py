from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from corpus.table_files import read_table
from corpus.tags import KINDS, Tag, repair_tag, tag, tags


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("KIPR", Tag("KIPR", "program", "Intellectual Property Rights")),
        ("ETRD", Tag("ETRD", "subject", "Foreign Trade")),
        ("CH", Tag("CH", "geographic", "China")),
        ("BL", Tag("BL", "geographic", "Bolivia")),
        ("PFOR", Tag("PFOR", "subject", "Foreign Policy and Relations")),
        ("PINT", Tag("PINT", "subject", "Internal Political Affairs")),
        ("UNGA/C-6", Tag("UNGA/C-6", "organisation", "UN General Assembly Sixth Committee")),
        ("AS", Tag("AS", "geographic", "Australia")),
        ("AL", Tag("AL", "geographic", "Albania")),
    ],
)
def test_tags_have_a_kind_and_a_meaning(code: str, expected: Tag) -> None:
    assert tag(code) == expected


def test_case_and_blanks_do_not_count() -> None:
    assert tag(" kipr ") == tag("KIPR")
    assert tag("colombo  plan") == tag("COLOMBO PLAN")
    assert tag("Colombo Plan") is not None


def test_unknown_tags_are_none() -> None:
    assert tag("ZZZZ") is None
    assert tag("") is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ETRD", ("ETRD",)),
        ("etrd", ("ETRD",)),
        ("ECONEFIN", ("ECON", "EFIN")),
        ("PHUMBA", ("PHUM", "BA")),
        ("KIPRETRDCH", ("KIPR", "ETRD", "CH")),
        ("ECON KISL", ("ECON", "KISL")),
        ("KWWMN", ("KWMN",)),
        ("RU", ("RS",)),
        ("CLINTON HILLARY", ("CLINTON, HILLARY",)),
        ("SENVEAGREAIDTBIOECONSOCIXR", ("SENV", "EAGR", "EAID", "TBIO", "ECON", "SOCI", "XR")),
        ("NATOIRAQ", ("NATO", "IRAQ")),
    ],
)
def test_repair(text: str, codes: tuple[str, ...]) -> None:
    assert repair_tag(text) == codes


@pytest.mark.parametrize(
    "text",
    ["MEDIA REACTION REPORT", "(BANZER)", "ZZZZ", "PUTIAN", "UNGA/C-6", "ETRDZZ", "X", "ÉÉÉÉÉÉ"],
)
def test_what_is_not_known_stays_as_it_is(text: str) -> None:
    assert repair_tag(text) == (text,)


def test_no_text_is_no_tag() -> None:
    assert repair_tag("") == ()
    assert repair_tag(" \n") == ()


def test_places_alone_are_not_parted() -> None:
    # IR, AN and IS are places, but nobody wrote three places by writing IRANIS.
    assert repair_tag("IRANIS") == ("IRANIS",)


def test_a_run_with_two_readings_is_left_alone() -> None:
    # Either AF is the place before SNAR, or AR the one behind AFSN: a guess either way.
    assert tag("AFSN") is not None
    assert repair_tag("AFSNAR") == ("AFSNAR",)


def test_of_two_readings_the_one_with_fewer_codes_counts() -> None:
    # Not the three places CA, SC and BR behind ETRD.
    assert tag("SC") is not None
    assert repair_tag("ETRDCASCBR") == ("ETRD", "CASC", "BR")


def test_the_longest_run_is_parted_and_a_longer_one_is_damage() -> None:
    assert repair_tag("PGOV" * 20) == ("PGOV",) * 20
    assert repair_tag("PGOV" * 21) == ("PGOV" * 21,)


def test_a_run_of_many_readings_ends() -> None:
    assert repair_tag("CASC" * 20) == ("CASC",) * 20
    run = "AFSNAR" + "CASC" * 15
    assert repair_tag(run) == (run,)


def test_tags_are_whole() -> None:
    rows = read_table("tags")
    assert max(Counter(row["tag"] for row in rows).values()) == 1
    assert [each.code for each in tags()] == [row["tag"] for row in rows]
    for each in tags():
        assert each.code == " ".join(each.code.upper().split()) != ""
        assert each.kind in KINDS
        if each.kind == "geographic":
            assert len(each.code) == 2
            assert each.meaning


def test_spellings_lead_to_what_the_table_says() -> None:
    for row in read_table("tag_spellings"):
        assert tag(row["as_written"]) is None, "a code may not be a spelling of another"
        assert repair_tag(row["as_written"]) == tuple(row["tags"].split("; "))
        assert row["reason"]


@pytest.mark.shared
def test_nothing_of_the_given_list_is_lost(shared: Path) -> None:
    with (shared / "vocab" / "tags.csv").open(encoding="utf-8") as lines:
        given = {
            row["tag"]
            for row in csv.DictReader(lines)
            # A heading of the list that was taken for a place.
            if row["meaning"] != "LD REGION TAGS"
        }
    assert {code for code in given if tag(code) is None} == set()
