"""The header's functions on text that nobody wrote: none raises, and each gives what its type says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date as Date
from datetime import datetime

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Recipient, Reference
from indexer import header

FRAGMENTS = [
    *("REF: ", "REF A) ", "SUBJECT: ", "SUBJ ", "TAGS: ", "TAGS ", "E.O. 12958: DECL: 01/07/2014"),
    *("Classified By: ", "CLASSIFIED BY AMBASSADOR ", " for reasons 1.4 (b) and (d)", "DCM ", "X1"),
    *(
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "\t",
        "\xa0",
        "\\\n",
        "1. (C) ",
        "¶2. ",
        "Summary: ",
        "END SUMMARY",
    ),
    *("06 STATE 123", "PARIS 12 AND 13", "RIO\nDE JANEIRO 12", "(A) ", "B. ", "E-MAIL", "(NOTAL)"),
    *("JOHN F. SMITH", "O'BRIEN", "McCONNELL", "TO RUEHC/SECSTATE WASHDC PRIORITY 1234", "INFO "),
    *("XMT BEIRUT, KABUL", "UNCLAS SECTION 01 OF 04 GUANGZHOU 000376", "R 230844Z MAR 07", "BT"),
    *("VZCZCXRO7807", "DE RUEHGZ #0376/01 0820844", "(CLINTON, HILLARY)", "ECONEFIN", "-----"),
    *(
        ",",
        ";",
        "(",
        ")",
        "((((",
        "-",
        "/",
        "'06 ",
        "2006 ",
        "0",
        "O",
        "é",
        "´",
        "ß",
        "\x00",
        "\x0c",
    ),
]
TEXTS = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=5), max_size=40).map("".join)

# What gives a tuple, with the type of its items; what gives text or nothing.
LISTS: list[tuple[Callable[[str], tuple[object, ...]], type]] = [
    (header.tags, str),
    (header.references, Reference),
    (header.recipients, Recipient),
    (header.info_recipients, Recipient),
    (header.caveats, str),
    (header.classified_by, str),
    (header.reasons, str),
    (header.signed_by, str),
]
PLAIN: list[Callable[[str], str]] = [
    header.subject,
    header.summary,
    header.display_subject,
    header.canonical_id,
]
MAYBE: list[Callable[[str], str | None]] = [
    header.classification,
    header.executive_order,
    header.transmission_id,
    header.sender,
    header.precedence,
]


@given(text=TEXTS)
@settings(max_examples=examples(400))
def test_every_function_takes_any_text(text: str) -> None:
    for many, kind in LISTS:
        assert all(isinstance(each, kind) for each in many(text)), many
    for plain in PLAIN:
        assert isinstance(plain(text), str), plain
    for maybe in MAYBE:
        assert maybe(text) != "", maybe
    assert isinstance(header.date(text), datetime | None)
    assert isinstance(header.declassify_on(text), Date | None)
    number = header.message_number(text)
    assert number is None or number[1] >= 0


@given(text=TEXTS)
@settings(max_examples=examples(200))
def test_what_is_found_is_tidy(text: str) -> None:
    subject = header.subject(text)
    assert subject == " ".join(subject.split())
    tags = header.tags(text)
    assert len(set(tags)) == len(tags)
    assert all(tag == tag.strip() != "" for tag in tags)
    for name in (*header.classified_by(text), *header.signed_by(text)):
        assert any(letter.isalpha() for letter in name)
    for reference in header.references(text, 2007, "07GUANGZHOU376"):
        assert reference.id is None or header.canonical_id(reference.id) == reference.id
        assert reference.id is None or reference.kind == "cable"
        assert reference.text
    for recipient in (*header.recipients(text), *header.info_recipients(text)):
        assert recipient.name.strip()


@given(text=st.text(alphabet="ABCDEFGHIJKLMNOPRSTUVWY'.-:/ 12\"()", max_size=60))
@settings(max_examples=examples(300))
def test_title_case_changes_nothing_but_case(text: str) -> None:
    shown = header.display_subject(text)
    assert shown.upper() == text.upper()
    assert header.display_subject(shown.upper()) == shown


# A function that took time in the square of the length would not come back from these.
LONG = 10_000
UNITS = [
    *(
        "-",
        "9",
        "A",
        "(",
        " ",
        "\t",
        "\n",
        ".",
        "* ",
        "A. ",
        "A) ",
        "REF: ",
        "SUBJECT: a ",
        "STATE 12 ",
    ),
    *(
        "AND ",
        "1. (U) ",
        "TO A\n",
        "INFO ",
        "XMT A, ",
        "Classified By: A ",
        "1.4 (b) ",
        "12/",
        "(A, ",
    ),
    *(
        "ECON ",
        "SUMMARY ",
        "END ",
        "SMITH\n",
        "06 ",
        "LA PAZ 1, ",
        "E.O. 12958: ",
        "DECL: ",
        "¶",
        "O'",
    ),
    *(
        "R 230844Z ",
        "UNCLAS ",
        "C O N F ",
        "U.S.",
        "RUEHC/",
        "123 AND ",
        "A\n\n",
        "SIPDIS ",
        "=",
        "x \n",
    ),
]


@pytest.mark.parametrize("label", ["", "REF: ", "SUBJECT: ", "Classified By: "])
@pytest.mark.parametrize("unit", UNITS)
def test_text_of_any_length_is_read(label: str, unit: str) -> None:
    text = label + unit * (LONG // len(unit))
    for many, _ in LISTS:
        assert isinstance(many(text), tuple)
    for plain in PLAIN:
        assert isinstance(plain(text), str)
    for maybe in MAYBE:
        assert maybe(text) != ""
    assert isinstance(header.date(text), datetime | None)
    assert isinstance(header.declassify_on(text), Date | None)
