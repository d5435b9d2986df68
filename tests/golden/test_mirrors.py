"""Pages of mirrors, rebuilt around a specimen's wire text in the three known layouts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.model import Cable

TABLE = """Currently released so far... 251287 / 251,287
Identifier Created Classification Origin
09ACCRA900031 2009-02-17 10:45 SECRET Embassy Accra

Cable title: GHANA: CONTAINER SCANNERS
Tags: SNAR PREL

"""
BANNER = """US embassy cable - 09ACCRA900031

Disclaimer
Identifier: 09ACCRA900031
Wikileaks: View 09ACCRA900031 at a mirror
Origin: Embassy Accra
Created: 2009-02-17 10:45:00
Classification: SECRET//NOFORN
Tags: SNAR PREL
Redacted: This cable was not redacted by Wikileaks.

"""
LABELLED = """Reference ID: 09ACCRA900031

Created: 2009-02-17 10:45

Released: 2011-08-30 01:44

Classification: SECRET

Origin: Embassy Accra

"""


@pytest.fixture(scope="module")
def wire(root: Path) -> str:
    text = (root / "corpus/samples/telegrams/09ACCRA900031.txt").read_text(encoding="utf-8")
    return text[text.index("VZCZC") if "VZCZC" in text else text.index("DE RU") :]


@pytest.mark.parametrize("layout", ["table", "banner", "labelled"])
def test_the_cable_is_the_plain_one(layout: str, wire: str, read: Callable[[str], Cable]) -> None:
    if layout == "labelled":
        page = LABELLED + wire.replace("\n", "\n\n")
    else:
        page = {"table": TABLE, "banner": BANNER}[layout] + wire
    cable, plain = read(page), read(wire)
    assert "".join(segment.text for segment in cable.segments) == page
    assert cable.source == "mirror"
    assert cable.id == plain.id
    assert cable.date == plain.date
    assert cable.origin == plain.origin
    assert cable.classification == plain.classification
    assert cable.tags == plain.tags
    assert cable.paragraphs == plain.paragraphs
