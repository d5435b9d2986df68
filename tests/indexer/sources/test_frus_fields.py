"""The parts of a document of the FRUS volumes, each by its own words: titles, offices, notes, numbers, dates."""

from __future__ import annotations

import pytest

from corpus.dates import iso_date
from indexer.sources.frus.dating import sent
from indexer.sources.frus.offices import post_of
from indexer.sources.frus.opening import MessageNumber, message_number, read_fields
from indexer.sources.frus.sentences import sentences
from indexer.sources.frus.source_note import copies, marking, marking_of_opener
from indexer.sources.frus.title import list_of_offices, read_title


@pytest.mark.parametrize(
    ("title", "number", "sender", "recipients"),
    [
        (
            "19. Telegram 5222 From the Embassy in Bolivia to the Department of State",
            *("5222", "Embassy in Bolivia", ("Department of State",)),
        ),
        (
            "8. Telegram 5 From the Department of State to the Mission to the United Nations",
            *("5", "Department of State", ("Mission to the United Nations",)),
        ),
        (
            "9. Telegram From the Mission to the United Nations to the Department of State",
            *("", "Mission to the United Nations", ("Department of State",)),
        ),
        (
            "45. Telegram 182532/Tosec 80271 From the Department of State to Secretary of State Kissinger at Helsinki",
            *(
                "182532/Tosec 80271",
                "Department of State",
                ("Secretary of State Kissinger at Helsinki",),
            ),
        ),
        (
            "1. Airgram A–128 From the Department of State to All Diplomatic Posts, Washington, January 5, 1973.",
            *("A–128", "Department of State", ("All Diplomatic Posts",)),
        ),
        (
            "The Ambassador in Germany (McCloy) to the Secretary of State",
            *("", "Ambassador in Germany (McCloy)", ("Secretary of State",)),
        ),
        ("7. Telegram From the Embassy in Spain", "", "Embassy in Spain", ()),
        ("Editorial Note", "", "", ()),
    ],
)
def test_titles(title: str, number: str, sender: str, recipients: tuple[str, ...]) -> None:
    found = read_title(title)
    assert (found.number, found.sender, found.recipients) == (number, sender, recipients)


def test_a_title_may_have_the_date() -> None:
    title = read_title(
        "3. Telegram 140 From the Embassy in Spain, Madrid, January 17, 1973, 2308Z."
    )
    assert (title.text, title.place) == ("Telegram 140 From the Embassy in Spain", "Madrid")
    assert title.date == "January 17, 1973, 2308Z"


@pytest.mark.parametrize(
    ("written", "offices"),
    [
        ("the Embassies in Greece and Turkey", ("Embassy in Greece", "Embassy in Turkey")),
        (
            "the Embassies in Greece and the United Kingdom, and the Missions to the United Nations and NATO",
            (
                *("Embassy in Greece", "Embassy in the United Kingdom"),
                *("Mission to the United Nations", "Mission to NATO"),
            ),
        ),
        (
            "the Embassies in Trinidad and Tobago and Peru",
            ("Embassy in Trinidad and Tobago", "Embassy in Peru"),
        ),
        (
            "the Assistant Secretary of State for Near Eastern and South Asian Affairs (Atherton)",
            ("Assistant Secretary of State for Near Eastern and South Asian Affairs (Atherton)",),
        ),
        (
            "the Department of State, the Department of Defense, and the Joint Chiefs of Staff",
            ("Department of State", "Department of Defense", "Joint Chiefs of Staff"),
        ),
        ("", ()),
    ],
)
def test_lists_of_offices(written: str, offices: tuple[str, ...]) -> None:
    assert list_of_offices(written) == offices


@pytest.mark.parametrize(
    ("office", "place", "series", "code"),
    [
        ("Embassy in Bolivia", "", "", "LAPAZ"),
        ("Embassy in the Soviet Union", "Moscow", "", "MOSCOW"),
        ("Embassy in Germany", "", "", "BONN"),
        ("Embassy in Germany", "Berlin", "", "BERLIN"),
        ("Embassy in Vietnam", "Saigon", "", "SAIGON"),
        ("Embassy in Zaire", "Kinshasa", "", "KINSHASA"),
        ("Embassy in Turkey", "Geneva", "", "ANKARA"),
        ("Consulate General in Hong Kong", "Hong Kong", "", "HONGKONG"),
        ("Ambassador to Egypt (Eilts)", "", "", "CAIRO"),
        ("U.S. Mission to the United Nations", "New York", "", "USUNNEWYORK"),
        ("Mission to the North Atlantic Treaty Organization", "Brussels", "", "USNATO"),
        ("Mission in Geneva", "", "", "GENEVA"),
        ("Mission in West Berlin", "", "", "USBERLIN"),
        ("Department of State", "Washington", "", "STATE"),
        ("Secretary of State Vance", "New York", "Secto", "SECTO"),
        ("Secretary of State Vance", "Washington", "", "STATE"),
        ("Department of Defense Attaché at the Embassy in Romania", "Bucharest", "", "BUCHAREST"),
        ("Commander in Chief, Pacific (McCain)", "Honolulu", "", None),
        ("", "", "", None),
    ],
)
def test_posts(office: str, place: str, series: str, code: str | None) -> None:
    found = post_of(office, place, series)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("note", "found"),
    [
        (
            "Source: NA, RG 59. Secret; Immediate; Exdis. Drafted by X.",
            ("SECRET", ("EXDIS",), "IMMEDIATE"),
        ),
        (
            "Source: Box 4 (S.A. 1980). Secret; Exdis—Handle as Nodis.",
            ("SECRET", ("EXDIS", "NODIS"), None),
        ),
        (
            "Source: Box 2 (3). Limited Official Use; Niact Immediate.",
            ("LIMITED OFFICIAL USE", (), "NIACT IMMEDIATE"),
        ),
        (
            "Summary: Secret talks.\nSource: RG 59. Confidential.Sent for information.",
            ("CONFIDENTIAL", (), None),
        ),
        ("Source: RG 59. No classification marking.", (None, (), None)),
        ("Source: Secretary of State, Secret Files.", (None, (), None)),
    ],
)
def test_markings(note: str, found: tuple[str | None, tuple[str, ...], str | None]) -> None:
    mark = marking(note)
    assert (mark.classification, mark.caveats, mark.precedence) == found


def test_markings_of_older_volumes() -> None:
    mark = marking_of_opener("top secret  us urgent eyes only")
    assert (mark.classification, mark.caveats, mark.precedence) == (
        "TOP SECRET",
        ("EYES ONLY",),
        "US URGENT",
    )
    assert marking_of_opener("No. 85").classification is None


def test_copies() -> None:
    note = (
        "Source: RG 59. Secret. Sent for information Immediate to Ankara, Bonn (for the Embassy), and Nicosia; "
        "Priority to London; and to USUN. Also sent for information to SHAPE. Sent to Madrid, and repeated to Paris. "
        "In telegram 5, the Embassy repeated that it was sent for information."
    )
    assert [(each.name, each.precedence) for each in copies(note)] == [
        *(("Ankara", "IMMEDIATE"), ("Bonn", "IMMEDIATE"), ("Nicosia", "IMMEDIATE")),
        *(("London", "PRIORITY"), ("USUN", None), ("SHAPE", None), ("Paris", None)),
    ]


@pytest.mark.parametrize(
    ("texts", "titled", "found"),
    [
        (["19342. Subject: A.", "1. B"], "", MessageNumber("19342", "", 0, 7)),
        (["Tosec 12. Subject: A."], "182532/Tosec 12", MessageNumber("182532/Tosec 12", "Tosec")),
        (["Secto 6005. Subject: A."], "", MessageNumber("Secto 6005", "Secto")),
        (["A motto.", "1705. Subj: A."], "", MessageNumber("1705", "", 1, 6)),
        (["1. A", "2. B"], "", MessageNumber("")),
        (["1. Subject: A.", "1. B"], "", MessageNumber("1", "", 0, 3)),
        (["3. A", "4. B"], "", MessageNumber("")),
        ([], "", MessageNumber("")),
    ],
)
def test_message_numbers(texts: list[str], titled: str, found: MessageNumber) -> None:
    assert message_number(texts, titled) == found


@pytest.mark.parametrize(
    ("text", "subject", "references"),
    [
        ("Subject: Talks With Mr. Ford. For the Secretary.", "Talks With Mr. Ford", ""),
        (
            "Subj: (S) NATO (U). Ref: A. Paris 1 B. Rome 2 of 5 June. Deliver.",
            "NATO",
            "A. Paris 1 B. Rome 2 of 5 June",
        ),
        ("Ref: Algiers 1. For Sisco. Sub: Aid.", "Aid", "Algiers 1"),
        (
            "Subject: Policy of the U.S. References: A—Amman 1; B—Amman 2.",
            "Policy of the U.S.",
            "A) Amman 1; B) Amman 2",
        ),
        ("TAGS: US-Turkey Relations.", "US-Turkey Relations", ""),
        ("No label here.", "", ""),
    ],
)
def test_fields_of_the_first_paragraph(text: str, subject: str, references: str) -> None:
    fields = read_fields(text)
    assert (fields.subject, fields.references) == (subject, references)


EVE = {
    "doc-dateTime-min": "1949-12-30T19:00:00-05:00",
    "doc-dateTime-max": "1949-12-30T19:00:00-05:00",
}


@pytest.mark.parametrize(
    ("attributes", "dates", "printed", "date", "precision", "codes"),
    [
        ({}, ["1974-05-21T14:48:00"], "May 21, 1974, 1448Z.", "1974-05-21T14:48Z", "minute", []),
        ({}, ["1978-05-16T12:00:00"], "May 16, 1978, 1280Z", "1978-05-16T12:00Z", "minute", ["date-odd"]),
        ({}, ["1973-03-28T21:23:00"], "March 28, 1974, 2123Z", "1974-03-28T21:23Z", "minute", ["date-differs"]),
        # The clock that is printed is that of the place, whether its zone is known or not.
        ({}, ["1964-01-01T14:30:00"], "January 1, 1964, 2:30 p.m.", "1964-01-01T14:30", "minute", []),
        ({}, ["1964-01-01"], "January 1, 1964, 2:30 p.m.", "1964-01-01T14:30", "minute", []),
        ({}, [], "January 1, 1964—noon.", "1964-01-01T12:00", "minute", []),
        ({}, [], "January 1, 1964, 12:05 a. m.", "1964-01-01T00:05", "minute", []),
        ({}, ["1949-04-29T19:00:00-04:00"], "April 29, 1949—7 p. m.", "1949-04-29T19:00-04:00", "minute", []),
        ({}, ["1949-12-31T20:00:00-05:00"], "December 31, 1949—8 p. m.", "1949-12-31T20:00-05:00", "minute", []),
        ({}, ["1950-01-01T01:00:00Z"], "December 31, 1949—8 p. m.", "1949-12-31T20:00-05:00", "minute", []),
        # The publisher's clock tells the moment; the dateline the day and the hour.
        (EVE, ["1949-12-31T08:00:00+08:00"], "December 31, 1949—8 a. m.", "1949-12-31T08:00+08:00", "minute", []),
        (EVE, ["1949-12-31"], "December 31, 1949—8 a. m.", "1949-12-31T08:00+08:00", "minute", []),
        (EVE, ["1949-12-31"], "December 31, 1949", "1949-12-31", "day", []),
        (EVE, [], "December 30, 1949", "1949-12-30T19:00-05:00", "minute", []),
        (EVE, [], "", "1949-12-30T19:00-05:00", "minute", []),
        (EVE, [], "December 31, 1949, 0000Z", "1949-12-31T00:00Z", "minute", []),
        (EVE, [], "January 3, 1950—8 a. m.", "1950-01-03T08:00", "minute", ["date-differs"]),
        # The hours of a talk, and hours that mean one thing or another, are good for the day.
        ({}, ["1964-01-01T15:00:00"], "January 1, 1964, 3–4:30 p.m.", "1964-01-01", "day", []),
        ({}, ["1964-01-01T11:30:00"], "January 1, 1964, 11:30 a.m.–noon", "1964-01-01", "day", []),
        ({}, ["1964-01-01"], "January 1, 1964—midnight", "1964-01-01", "day", []),
        ({}, ["1964-01-01"], "January 1, 1964, 12 p.m.", "1964-01-01", "day", []),
        ({}, ["1964-01-01T14:30:00"], "January 1, 1964", "1964-01-01", "day", []),
        ({}, ["1964-01-01T14:30:00"], "January 1, 1964, 4 p.m.", "1964-01-01", "day", ["date-differs"]),
        ({}, ["1969"], "1969", "1969", "year", []),
        ({}, [], "November 31, 1975", None, "minute", ["date-missing"]),
        ({}, ["soon"], "November 6, 1975", "1975-11-06", "day", []),
        ({}, ["9999-12-31T23:00:00-05:00"], "", None, "minute", ["date-missing"]),
        ({}, ["1950-01-01T10:00:00+99:00"], "", None, "minute", ["date-missing"]),
    ],
)  # fmt: skip
def test_dates(
    attributes: dict[str, str],
    dates: list[str],
    printed: str,
    date: str | None,
    precision: str,
    codes: list[str],
) -> None:
    found = sent(attributes, [{"when": each} for each in dates], printed)
    assert iso_date(found.date, found.precision) == date
    assert (found.precision, found.end) == (precision, None)
    assert [problem.code for problem in found.problems] == codes


@pytest.mark.parametrize(
    ("marked", "printed", "first", "last", "precision"),
    [
        ({"from": "1973-02-01", "to": "1973-02-03"}, "", "1973-02-01", "1973-02-03", "day"),
        ({"notBefore": "1973-12-31", "notAfter": "1974-01-02"}, "undated", "1973-12-31", "1974-01-02", "day"),
        ({"from": "1973-02-01T10:00:00", "to": "1973-02-03T11:00:00"}, "", "1973-02-01", "1973-02-03", "day"),
        ({"from": "1973-02-01T10:00:00", "to": "1973-02-01T11:00:00"}, "", "1973-02-01", None, "day"),
        ({"from": "1973-02-01", "to": "1973-02-28"}, "", "1973-02", None, "month"),
        ({"notBefore": "1973-03", "notAfter": "1973-05"}, "", "1973-03", "1973-05", "month"),
        ({"notBefore": "1973-01", "notAfter": "1973-12-31"}, "", "1973", None, "year"),
        ({"notBefore": "1949-01-01", "notAfter": "1950-12-31"}, "", "1949", "1950", "year"),
        ({"notBefore": "1973-03-10", "notAfter": "1973"}, "", "1973-03-10", "1973-12-31", "day"),
        ({"from": "1973-02-03", "to": "1973-02-01"}, "", "1973-02-01", "1973-02-03", "day"),
        ({"notBefore": "1973", "notAfter": "9999"}, "", "1973", "9999", "year"),
        # An end that is open is no date.
        ({"notBefore": "1973-02-01"}, "", None, None, "minute"),
        ({"notAfter": "1973-02-01"}, "", None, None, "minute"),
        ({}, "February 1–3, 1973.", "1973-02-01", "1973-02-03", "day"),
        ({}, "Geneva, February 1 to 3, 1973.", "1973-02-01", "1973-02-03", "day"),
        ({}, "October 30–November 2, 1956", "1956-10-30", "1956-11-02", "day"),
        ({}, "December 31, 1973–January 2, 1974", "1973-12-31", "1974-01-02", "day"),
        ({}, "February 30–31, 1973", None, None, "minute"),
        ({"when": "1973-02-02"}, "February 1–3, 1973.", "1973-02-02", None, "day"),
    ],
)  # fmt: skip
def test_dates_that_are_spans(
    marked: dict[str, str], printed: str, first: str | None, last: str | None, precision: str
) -> None:
    found = sent({}, [marked] if marked else [], printed)
    assert (iso_date(found.date, found.precision), iso_date(found.end, found.precision)) == (
        first,
        last,
    )
    assert found.precision == precision
    years = {each[:4] for each in (first, last) if each}
    assert found.year == (int(years.pop()) if len(years) == 1 else None)


@pytest.mark.parametrize(
    ("least", "most", "first", "last", "precision"),
    [
        ("1949-04-11T00:00:00-05:00", "1949-04-11T23:59:59-05:00", "1949-04-11", None, "day"),
        ("1949-04-01", "1949-04-30", "1949-04", None, "month"),
        (
            "1949-04-01T00:00:00-05:00",
            "1949-04-03T23:59:59-05:00",
            "1949-04-01",
            "1949-04-03",
            "day",
        ),
        ("1949-01-01", "1950-12-31", "1949", "1950", "year"),
    ],
)
def test_dates_that_the_volume_gives(
    least: str, most: str, first: str, last: str | None, precision: str
) -> None:
    found = sent({"doc-dateTime-min": least, "doc-dateTime-max": most}, [], "undated")
    assert (iso_date(found.date, found.precision), iso_date(found.end, found.precision)) == (
        first,
        last,
    )
    assert (found.precision, found.problems) == (precision, ())


def test_sentences_do_not_end_at_abbreviations() -> None:
    assert sentences(
        "The U.S. Dept. of State met Gen. Haig. It agreed (in part.) Did it? Yes."
    ) == [
        *("The U.S. Dept. of State met Gen. Haig.", "It agreed (in part.)", "Did it?", "Yes."),
    ]
