"""The classification that a reader is shown."""

from __future__ import annotations

import pytest

from corpus.handling import shown_classification
from corpus.model import Cable, Paragraph, Part


def paragraph(mark: str | None) -> Paragraph:
    return Paragraph("p1", 1, mark, None, Part.BODY, "Text.")


@pytest.mark.parametrize(
    ("classification", "caveats", "mark", "shown"),
    [
        ("UNCLASSIFIED", (), "U", "UNCLASSIFIED"),
        ("UNCLASSIFIED", (), None, "UNCLASSIFIED"),
        ("UNCLASSIFIED", ("SIPDIS", "SENSITIVE"), None, "UNCLASSIFIED//SBU"),
        ("UNCLASSIFIED", (), "SBU", "UNCLASSIFIED//SBU"),
        ("UNCLASSIFIED", (), "SBU/NF", "UNCLASSIFIED//SBU"),
        ("CONFIDENTIAL", (), "SBU", "CONFIDENTIAL"),
        ("UNCLASSIFIED//FOR OFFICIAL USE ONLY", (), "SBU", "UNCLASSIFIED//FOR OFFICIAL USE ONLY"),
        (None, (), "SBU", None),
    ],
)
def test_sensitive_but_unclassified_is_said(
    classification: str | None, caveats: tuple[str, ...], mark: str | None, shown: str | None
) -> None:
    cable = Cable(
        id="07LIMA1",
        classification=classification,
        caveats=caveats,
        paragraphs=(paragraph("U"), paragraph(mark)),
    )
    assert shown_classification(cable) == shown
