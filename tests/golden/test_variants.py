"""The user's page as other programs save it, and as accidents leave it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest

from corpus.model import Cable
from indexer.page import RawPage
from indexer.parse import parse

SHELL_C = """Celebrating 25 Years of Scoop
Special: Up To 25% Off Scoop Pro Learn More
Search
"""
BYLINE = "Friday, 23 March 2007, 8:44 am\nCable: Somebody\n"
ADVERT = """
Advertisement - scroll to continue reading

Are you getting our free newsletter?
Subscribe to the weekly letter of the site, which comes on every Monday.

"""


@pytest.fixture(scope="module")
def seed(shared: Path) -> str:
    return (shared / "seed/scoop-07GUANGZHOU376.txt").read_text(encoding="utf-8")


def body_of(cable: Cable) -> list[tuple[int | None, str | None, str | None, str]]:
    return [(p.number, p.mark, p.section, p.text) for p in cable.paragraphs]


def codes(cable: Cable) -> set[str]:
    return {problem.code for problem in cable.problems}


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.replace("\n", "\r\n"),
        lambda s: s.replace("\n", "\r"),
        lambda s: SHELL_C + s.replace("\n\n", "\n" + BYLINE + "\n", 1),
        lambda s: s.replace("seized by U.S.\nCustoms;", "seized by U.S.\n" + ADVERT + "Customs;"),
        lambda s: s.replace(" ", "\xa0", 400),
        lambda s: re.sub(r"\n", "  \n", s),
        lambda s: "<html><body><pre>" + escape(s) + "</pre></body></html>",
        lambda s: "<p>" + escape(s).replace("\n\n", "</p><p>").replace("\n", "<br>") + "</p>",
        lambda s: "<html><body>" + escape(s).replace("\n", "<br>\n") + "</body></html>",
        lambda s: s.replace("\n", "\n\n"),
    ],
    ids=[
        "crlf",
        "cr",
        "shell c",
        "advert inside",
        "nbsp",
        "trailing blanks",
        "pre",
        "p br",
        "br",
        "double spaced",
    ],
)
def test_the_same_cable(
    change: Callable[[str], str], seed: str, read: Callable[[str], Cable]
) -> None:
    text = change(seed)
    page = RawPage(text, "page", "html" if text.startswith("<") else "text", "0" * 64)
    (cable,) = parse(page)
    plain = read(seed)
    assert body_of(cable) == body_of(plain)
    assert (cable.id, cable.date, cable.subject, cable.references) == (
        plain.id,
        plain.date,
        plain.subject,
        plain.references,
    )


def test_an_element_around_every_line(seed: str) -> None:
    """The breaks between paragraphs are lost with the empty lines; numbers, marks and most titles are not."""
    lines = "".join(f"<p>{escape(line)}</p>\n" for line in seed.split("\n") if line.strip())
    (cable,) = parse(RawPage(lines, "page", "html", "0" * 64))
    assert [p.number for p in cable.paragraphs if p.number] == list(range(1, 17))
    assert cable.subject.endswith("Highlights Regional Differences")
    assert len({p.section for p in cable.paragraphs if p.section}) >= 5
    assert "Kiribati" not in " ".join(p.text for p in cable.paragraphs)


def test_without_the_time_the_pages_own_counts(seed: str, read: Callable[[str], Cable]) -> None:
    text = seed.replace("R 230844Z MAR 07\n", "").replace("\n\n", "\n" + BYLINE + "\n", 1)
    cable = read(text)
    assert cable.id == "07GUANGZHOU376"
    assert cable.date is not None
    assert cable.date.isoformat() == "2007-03-23T08:44:00+00:00"
    assert "date-from-page" in codes(cable)


def test_two_pages_in_one_file(seed: str, read: Callable[[str], Cable], root: Path) -> None:
    other = (root / "corpus/samples/scoop-text/07WELLINGTON900015.txt").read_text(encoding="utf-8")
    cables = parse(RawPage(seed + "\n" + other, "page", "text", "0" * 64))
    assert [cable.id for cable in cables] == ["07GUANGZHOU376", "07WELLINGTON900015"]
    assert [cable.source for cable in cables] == ["scoop", "specimen"]
    assert body_of(cables[0]) == body_of(read(seed))
    assert body_of(cables[1]) == body_of(read(other))
    for cable in cables:
        assert "Kiribati" not in " ".join(p.text for p in cable.paragraphs)


def test_the_same_page_twice(seed: str, read: Callable[[str], Cable]) -> None:
    assert body_of(read(seed + "\n" + seed)) == body_of(read(seed))


def test_a_twin_with_another_number_is_another_cable(seed: str) -> None:
    twin = seed.replace("#0376", "#0377").replace("00000376", "00000377")
    cables = parse(RawPage(seed + "\n" + twin, "page", "text", "0" * 64))
    assert [cable.id for cable in cables] == ["07GUANGZHOU376", "07GUANGZHOU377"]
    assert body_of(cables[0]) == body_of(cables[1])


@pytest.mark.parametrize("share", [0.3, 0.5])
def test_a_cut_page_says_so(share: float, seed: str, read: Callable[[str], Cable]) -> None:
    cut = seed[: int(len(seed) * share)]
    cut = cut[: cut.rindex(" the ") + 4]
    cable = read(cut)
    assert "page-cut" in codes(cable)
    assert "page-cut" not in codes(read(seed))


def test_a_tag_that_was_cut_is_no_text(root: Path) -> None:
    page = (root / "corpus/samples/scoop/07GUANGZHOU376.html").read_text(encoding="utf-8")
    cut = page[: page.index("express mail")] + "express<b"
    (cable,) = parse(RawPage(cut, "page", "html", "0" * 64))
    assert cable.paragraphs[-1].text.endswith("express")
    assert "page-cut" in codes(cable)
