"""Titles and offices around the name of who classified a cable."""

from __future__ import annotations

import pytest

from indexer.header import classified_by


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Titles that the service makes of short forms, and titles with a slip in them.
        ("Classified By: PolMilCouns Sam Hillmore", ("Sam Hillmore",)),
        ("Classified By: A/PolChief Sam Hillmore", ("Sam Hillmore",)),
        ("CLASSIFIED BY: AMBASADOR SAM HILLMORE, REASON 1.4 (B)", ("Sam Hillmore",)),
        ("Classified By: Politcal Counsler Sam Hillmore", ("Sam Hillmore",)),
        # Offices that no table has, before a title.
        ("Classified By: APHIS Area Director Sam Hillmore, reasons 1.4", ("Sam Hillmore",)),
        ("Classified By: IRPO Director Sam Hillmore; Reasons 1.4 (B)", ("Sam Hillmore",)),
        (
            "Classified By: Director Sam Hillmore, Iran Regional Presence Office, Dubai, UAE",
            ("Sam Hillmore",),
        ),
        ("Classified By: EAP/MTS DIR SAM HILLMORE", ("Sam Hillmore",)),
        ("Classified By: Special Envoy for Climate Change Sam Hillmore", ("Sam Hillmore",)),
        # A place behind a title is no name.
        ("Classified By: Sam Hillmore Consul General Frankfurt", ("Sam Hillmore",)),
        ("Classified By: Sam Hillmore DCM Kabul", ("Sam Hillmore",)),
    ],
)
def test_titles_no_table_lists(text: str, expected: tuple[str, ...]) -> None:
    assert classified_by(text) == expected
