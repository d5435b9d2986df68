"""How a volume is cited: what its header says of title, editors and imprint, as one text."""

from __future__ import annotations

import pytest
from frus_volumes import DATELINE, document, volume

from indexer.sources import frus
from indexer.sources.frus.document import read_document
from indexer.sources.frus.volume import edition_of, volume_of

BODY = f"<opener>{DATELINE}</opener><p>1. Lanterns arrived.</p>"
TITLE = '<title type="complete">Foreign Relations, 1977–1980,\n   Volume XCIX, Lanterns</title>'
SERIES = '<title type="series">Foreign Relations</title><title type="volume">Lanterns</title>'
ONE = '<editor role="primary">A. Lampe</editor><editor role="general">C. Kerze</editor>'
TWO = '<editor role="primary">A. Lampe</editor><editor role="primary">B. Docht</editor>'
THREE = f'{TWO}<editor role="primary">C. Kerze</editor>'
IMPRINT = (
    "<publicationStmt><publisher>Printing Office</publisher><pubPlace>Washington</pubPlace><date>2014</date>"
    "</publicationStmt>"
)
LINES = "<publicationStmt><publisher>Office<lb/>Bureau <hi>of</hi> Lanterns</publisher></publicationStmt>"


def edition(header: str, body: str = BODY) -> str:
    """What the cable of a volume with this header says of it."""
    (page,) = frus.documents(volume(document(body), header=header), "v.xml")
    cable = read_document(page)
    assert cable.volume == edition_of(page)
    assert volume_of(page) == "frus1977-80v99"
    return cable.volume


@pytest.mark.parametrize(
    ("header", "cited"),
    [
        (TITLE, ""),
        (f"{TITLE}{IMPRINT}", " (Washington: Printing Office, 2014)"),
        (f"{TITLE}{ONE}{IMPRINT}", ", ed. A. Lampe (Washington: Printing Office, 2014)"),
        (f"{TITLE}{TWO}", ", eds. A. Lampe and B. Docht"),
        (f"{TITLE}{THREE}", ", eds. A. Lampe, B. Docht, and C. Kerze"),
        (f"{TITLE}{LINES}", " (Office, Bureau of Lanterns)"),
        (f"{SERIES}{TITLE}<date>1999</date>", ""),
    ],
)
def test_title_editors_and_imprint(header: str, cited: str) -> None:
    assert edition(header) == f"Foreign Relations, 1977–1980, Volume XCIX, Lanterns{cited}"


@pytest.mark.parametrize("header", ["", SERIES, ONE, IMPRINT])
def test_no_title_no_edition(header: str) -> None:
    assert edition(header) == ""


def test_a_title_cannot_end_its_instruction() -> None:
    assert edition('<title type="complete">Lanterns?&gt;&lt;b/&gt;</title>') == ""
    assert (
        edition('<title type="complete">Lanterns &amp; &lt;Lamps&gt;</title>')
        == "Lanterns & <Lamps>"
    )


def test_a_documents_own_words_are_none() -> None:
    body = f"{BODY}<p><title type='complete'>Other</title><date>1900</date><publisher>X</publisher></p>"
    assert edition("", body) == ""
    assert edition(TITLE, body).endswith("Lanterns")
