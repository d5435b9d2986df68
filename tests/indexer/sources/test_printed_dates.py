from __future__ import annotations

import pytest

from corpus.dates import iso_date
from indexer.sources.dates import printed_date


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2007-03-23 08:44", "2007-03-23T08:44Z"),
        ("2007-03-23 00:00", "2007-03-23T00:00Z"),
        ("2007 March 23, 08:44 (Friday)", "2007-03-23T08:44Z"),
        ("2007 March 23 (Friday)", "2007-03-23"),
        ("2007-03-23", "2007-03-23"),
        ("1973 March", "1973-03"),
        ("1973-03", "1973-03"),
        (" 1973 ", "1973"),
        ("about 1973", None),
        ("1973 Brumaire", None),
        ("1973 Brumaire 2", None),
        ("1973-13", None),
        ("1973-02-30", None),
        ("0000", None),
        ("", None),
    ],
)
def test_a_printed_date_is_as_exact_as_it_is_printed(text: str, written: str | None) -> None:
    found = printed_date(text)
    assert iso_date(found.date, found.precision) == written


def test_midnight_may_stand_for_a_day() -> None:
    text = "1974 January 9, 00:00 (Wednesday)"
    found = printed_date(text, midnight_is_a_day=True)
    assert iso_date(found.date, found.precision) == "1974-01-09"
    found = printed_date(text.replace("00:00", "00:01"), midnight_is_a_day=True)
    assert iso_date(found.date, found.precision) == "1974-01-09T00:01Z"
