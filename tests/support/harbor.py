"""A cable about a harbor, with a body of the test's own: names and events are invented."""

from __future__ import annotations

from corpus.model import Cable
from indexer.page import RawPage
from indexer.parse import parse

HEADER = """VZCZCXYZ0000
PP RUEHWEB

DE RUEHGZ #0413 0811505
ZNR UUUUU ZZH
P 221505Z MAR 09
FM AMCONSUL GUANGZHOU
TO RUEHC/SECSTATE WASHDC PRIORITY 3645
UNCLAS SECTION 01 OF 02 GUANGZHOU 000413

SIPDIS

E.O. 12958: N/A
TAGS: ETRD KIPR CH
SUBJECT: HARBOR FEES RISE
"""
LONG = "The port raised its lighterage fees on March 20, and the tug crews asked the authority for a share of them."


def cable(body: str) -> Cable:
    text = HEADER + body
    (read,) = parse(RawPage(text, "page", "text", "0" * 64))
    assert "".join(segment.text for segment in read.segments) == text
    return read


def texts(read: Cable) -> list[tuple[str, str]]:
    return [(paragraph.anchor, paragraph.text) for paragraph in read.paragraphs]


def sections(read: Cable) -> list[str | None]:
    return [paragraph.section for paragraph in read.paragraphs]
