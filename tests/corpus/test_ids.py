from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.ids import IdSpan, canonical_id, find_ids, lookup_key
from corpus.model import Post
from corpus.posts import posts
from corpus.table_files import read_table


@pytest.mark.parametrize(
    "spelling",
    [
        "07GUANGZHOU376",
        "07 Guangzhou 376",
        "2007GUANGZHOU00376",
        "07guangzhou376_a",
        "07 GUANGZHOU 00000376",
        " 2007 guangzhou #376 ",
        "07-Guangzhou-376",
        "2007 Guangzhou 376",
        "07 GUANGZHOU\n376",
    ],
)
def test_every_spelling_has_one_key(spelling: str) -> None:
    assert lookup_key(spelling) == "2007GUANGZHOU376"


@pytest.mark.parametrize(
    ("spelling", "key"),
    [
        ("1974LAPAZ00173", "1974LAPAZ173"),
        ("1974LAPAZ00173_b", "1974LAPAZ173"),
        ("74 La Paz 173", "1974LAPAZ173"),
        ("66BUENOSAIRES2481", "1966BUENOSAIRES2481"),
        ("65STATE1", "2065STATE1"),
        ("00STATE1", "2000STATE1"),
        ("99 State 1", "1999STATE1"),
        ("06 SECSTATE 1234", "2006STATE1234"),
        ("07 São Paulo 0012", "2007SAOPAULO12"),
        ("06 Port-au-Prince 7", "2006PORTAUPRINCE7"),
        ("06 VAT 12", "2006VATICAN12"),
        ("070TTAWA12", "2007OTTAWA12"),
        ("1976BUENOS03462", "1976BUENOSAIRES3462"),
        ("1979USUNN04608", "1979USUNNEWYORK4608"),
        ("1979STATE268392", "1979STATE268392"),
        ("05TAIPEI123", "2005TAIPEI123"),
        ("05AITTAIPEI123", "2005AITTAIPEI123"),
        ("08NOWHERE12", "2008NOWHERE12"),
        ("07GUANGZHOU000", "2007GUANGZHOU0"),
        ("frus1969-76ve09p1/d12", "frus1969-76ve09p1/d12"),
        ("FRUS1969-76VE09P1/D12", "frus1969-76ve09p1/d12"),
    ],
)
def test_keys(spelling: str, key: str) -> None:
    assert lookup_key(spelling) == key


def test_nara_letters_count_in_the_years_of_nara_only() -> None:
    assert lookup_key("2006BUENOS12") == "2006BUENOS12"


@pytest.mark.parametrize("text", ["", "GUANGZHOU", "376", "PUTIAN SHOES", "2007", "中山"])
def test_text_that_is_no_id_is_its_own_key(text: str) -> None:
    assert lookup_key(text) == text


@given(st.text())
@example("ß07ABC1")
@example("x_a_b")
@example("07ıABC1")
def test_a_key_is_its_own_key(text: str) -> None:
    assert lookup_key(lookup_key(text)) == lookup_key(text)


@given(
    st.sampled_from(posts()),
    st.integers(1966, 2065),
    st.integers(0, 999_999),
    st.data(),
)
def test_all_spellings_of_any_id_agree(
    post: Post, year: int, number: int, data: st.DataObject
) -> None:
    code = post.code
    key = f"{year}{code}{number}"
    assert lookup_key(canonical_id(year, code, number)) == key
    blank = data.draw(st.sampled_from(["", " ", "  ", "\t", "-"]))
    zeros = "0" * data.draw(st.integers(0, 5))
    written = data.draw(st.sampled_from([f"{year}", f"{year % 100:02d}"]))
    suffix = data.draw(st.sampled_from(["", "_a", "_B"]))
    spelling = f"{written}{blank}{code}{blank}{zeros}{number}{suffix}"
    assert lookup_key(spelling) == lookup_key(spelling.lower()) == key


@pytest.mark.parametrize("row", read_table("post_spellings"), ids=lambda row: row["as_written"])
def test_every_misspelt_post_is_corrected(row: dict[str, str]) -> None:
    assert lookup_key(f"07{row['as_written']}12") == f"2007{row['code']}12"


@pytest.mark.parametrize(
    ("parts", "cablegate", "nara"),
    [
        ((2007, "GUANGZHOU", 376), "07GUANGZHOU376", "2007GUANGZ00376"),
        ((1974, "LAPAZ", 173), "74LAPAZ173", "1974LAPAZ00173"),
        ((1966, "BUENOSAIRES", 2481), "66BUENOSAIRES2481", "1966BUENOS02481"),
        ((1979, "STATE", 268392), "79STATE268392", "1979STATE268392"),
        ((2000, "STATE", 7), "00STATE7", "2000STATE00007"),
    ],
)
def test_each_archive_writes_ids_its_own_way(
    parts: tuple[int, str, int], cablegate: str, nara: str
) -> None:
    assert canonical_id(*parts) == cablegate
    assert canonical_id(*parts, archive="cablegate") == cablegate
    assert canonical_id(*parts, archive="nara") == nara


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("07GUANGZHOU376", [("07GUANGZHOU376", "2007GUANGZHOU376")]),
        ("please see 07 Guangzhou 376, thanks", [("07 Guangzhou 376", "2007GUANGZHOU376")]),
        ("(06 SAN JOSE 1234)", [("06 SAN JOSE 1234", "2006SANJOSE1234")]),
        ("'07 Port-au-Prince #12.", [("07 Port-au-Prince #12", "2007PORTAUPRINCE12")]),
        ("2008 Ho Chi Minh City 12", [("2008 Ho Chi Minh City 12", "2008HOCHIMINHCITY12")]),
        ("06 St. Petersburg 12", [("06 St. Petersburg 12", "2006STPETERSBURG12")]),
        ("06 N'Djamena 12", [("06 N'Djamena 12", "2006NDJAMENA12")]),
        ("1974LAPAZ00173_b and more", [("1974LAPAZ00173_b", "1974LAPAZ173")]),
        ("1976BUENOS03462", [("1976BUENOS03462", "1976BUENOSAIRES3462")]),
        (
            "in 2007 and 06 PARIS 12; 07GUANGZHOU51",
            [("06 PARIS 12", "2006PARIS12"), ("07GUANGZHOU51", "2007GUANGZHOU51")],
        ),
        (
            "frus1969-76ve09p1/d12 cites 74 LA PAZ 173",
            [("frus1969-76ve09p1/d12", "frus1969-76ve09p1/d12"), ("74 LA PAZ 173", "1974LAPAZ173")],
        ),
        ("in FRUS1969-76VE09P1/D12.", [("FRUS1969-76VE09P1/D12", "frus1969-76ve09p1/d12")]),
    ],
)
def test_ids_among_other_words(text: str, found: list[tuple[str, str]]) -> None:
    assert [(text[span.start : span.end], span.key) for span in find_ids(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "injunction",
        "12 March 2007",
        "E.O. 12958",
        "Guangzhou 376",
        "x07GUANGZHOU376",
        "07GUANGZHOU376x",
        "07NOWHERE12",
        "20 shoes and 30 boots",
        "07 12 13",
    ],
)
def test_what_is_no_id_is_not_found(text: str) -> None:
    assert find_ids(text) == ()


@given(st.text())
@example("07 paris 06 paris 12 paris 5")
@example("frus1969-76va1/d1 76 vat 1")
def test_spans_are_in_order_and_inside_the_text(text: str) -> None:
    spans = find_ids(text)
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(span.key == lookup_key(text[span.start : span.end]) for span in spans)


def test_a_span_says_where_and_what() -> None:
    assert find_ids("see 07GUANGZHOU376") == (IdSpan(4, 18, "2007GUANGZHOU376"),)


@pytest.mark.parametrize("piece", ["07 ", "07a ", "07 a-", "a'", "07 paris ", "frus1969-76"])
def test_long_text_takes_time_in_proportion(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    # The processor's time, whatever else the machine does: in proportion it is a fraction of a second, else minutes.
    start = time.process_time()
    find_ids(text)
    lookup_key(text)
    assert time.process_time() - start < 10


@pytest.mark.shared
def test_the_numbers_of_real_telegrams_are_read_and_written(shared: Path) -> None:
    with (shared / "data" / "aad" / "telegrams.jsonl").open(encoding="utf-8") as lines:
        numbers = [json.loads(line)["id"] for line in lines]
    assert numbers
    for number in numbers:
        key = lookup_key(number)
        year, code, serial = key[:4], key[4:].rstrip("0123456789"), key.lstrip("0123456789")
        serial = serial[len(code) :]
        assert canonical_id(int(year), code, int(serial), archive="nara") == number
        assert lookup_key(f"{year[2:]} {code} {serial}") == key
