"""What a hit is that is no paragraph: the head of a cable, a heading, a note, a passage of another version."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from memory_engine import MemoryIndex

from corpus.model import (
    Cable,
    Footnote,
    Paragraph,
    Part,
    Passage,
    Recipient,
    Reference,
    Segment,
    SegmentKind,
    Version,
)
from search.answers.unit_names import place_name
from search.units import units
from webui import create_app

WIKILEAKS = Version("wikileaks", "/private/pages/7.html", "01")
LAKE = Cable(
    id="frus1969-76ve09p1/d7",
    subject="The lake and its levels",
    tags=("SENV",),
    sender="Embassy in Bolivia",
    recipients=(Recipient("Department of State", "RUEHC", "PRIORITY"),),
    references=(Reference("State 777 about turbines", "73STATE777"),),
    signed_by=("Siracusa",),
    paragraphs=(
        Paragraph("p1", 1, "C", "The lake", Part.BODY, "It has risen."),
        Paragraph(
            "p2", 2, "C", "Steamers, wharves and the lake", Part.BODY, "Steamers call again."
        ),
        Paragraph(
            "p3", 3, "C", "Steamers, wharves and the lake", Part.COMMENT, "The quay is too low."
        ),
        Paragraph("p4", 4, None, None, Part.BODY, "End."),
    ),
    segments=(
        Segment(SegmentKind.HEADER, "FM AMEMBASSY LA PAZ\nTO SECSTATE WASHDC PRIORITY\n", "from"),
        Segment(SegmentKind.PARAGRAPH, "1. It has risen.\n", anchor="p1"),
    ),
    source_note="National Archives, RG 59. Drafted by Oblitas.",
    footnotes=(
        Footnote("2", "Not found <b>.", "p2"),
        Footnote("3", "The quay was raised in 1975.", "p3"),
    ),
    source="frus",
    versions=(WIKILEAKS,),
    passages=(
        Passage(WIKILEAKS, Paragraph("p5", 5, "S", None, Part.BODY, "A sunken dredger remains.")),
    ),
)
OTHER = Cable(
    id="73LAPAZ8",
    subject="Quay repairs",
    paragraphs=(Paragraph("p1", 1, None, None, Part.BODY, "Masons were hired for the quay."),),
)
AT = "/cable/frus1969-76ve09p1/d7"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    index = MemoryIndex()
    with index.writer() as writer:
        writer.put(LAKE)
        writer.put(OTHER)
    return create_app(index.searcher()).test_client()


def page(client: FlaskClient, path: str, **asked: str) -> str:
    response = client.get(f"{path}?{urlencode(asked)}")
    assert response.status_code == 200
    return unescape(response.text)


def heading(html: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", html, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<span class=\"soft.*|<[^>]*>", "", found[1]).split())


def rows(html: str) -> list[tuple[str, str]]:
    """Where the rows of the cards lead, and what each is called."""
    return re.findall(r'<a class="pass" href="([^"]*)"><span class="where"><b>([^<]*)</b>', html)


def test_a_subject_that_is_shown_whole_has_no_dots(client: FlaskClient) -> None:
    """The header behind it is another text."""
    said = re.findall(r'<span class="said"[^>]*>(.*?)</span>', page(client, "/search", q="levels"))
    assert [re.sub("<[^>]*>", "", each) for each in said] == [LAKE.subject]


@pytest.mark.parametrize(
    ("q", "row", "fragment", "count"),
    [
        ("levels", "in the subject", "head", "1 subject or header in 1 cable"),
        ("amembassy", "in the header", "head", "1 subject or header in 1 cable"),
        ("siracusa", "in the header", "head", "1 subject or header in 1 cable"),
        ("raised", "note 3 to ¶3", "n3", "1 note in 1 cable"),
        ("oblitas", "source note", "source", "1 note in 1 cable"),
    ],
)
def test_what_is_no_paragraph_has_a_row_that_leads_to_its_place(
    client: FlaskClient, q: str, row: str, fragment: str, count: str
) -> None:
    html = page(client, "/search", q=q)
    assert rows(html) == [(f"{AT}?q={q}#{fragment}", row)]
    assert heading(html) == count
    assert "What would find something" not in html
    opened = page(client, AT, q=q)
    assert f'id="{fragment}"' in opened
    assert '<mark id="h1">' in opened
    assert "1 hit</span>" in opened


def test_a_heading_is_a_row_where_no_paragraph_under_it_is_one(client: FlaskClient) -> None:
    assert [row for _, row in rows(page(client, "/search", q="steamers lake"))] == ["¶2"]
    asked = "wharves lake"
    html = page(client, "/search", q=asked)
    assert rows(html) == [
        (f"{AT}?q=wharves+lake#s-p2", "heading over ¶2 to ¶3"),
    ]
    assert 'id="s-p2"' in page(client, AT, q=asked)


def test_a_passage_of_another_version_leads_to_the_comparison(client: FlaskClient) -> None:
    html = page(client, "/search", q="dredger", c="73LAPAZ8")
    assert rows(html) == [
        (
            "/compare?a=frus1969-76ve09p1%2Fd7&b=frus1969-76ve09p1%2Fd7~2&at=b-p5&c=73LAPAZ8#b-p5",
            "in version 2, ¶5",
        )
    ]
    opened = page(client, AT, q="dredger")
    passage = opened[opened.index('id="v2-p5"') :]
    assert "sunken <mark" in passage[: passage.index("</article>")]


def test_the_paragraphs_of_a_comparison_have_names(client: FlaskClient) -> None:
    html = page(client, "/compare", a=LAKE.id, b=OTHER.id)
    assert 'id="a-p4"' in html
    assert 'id="b-p1"' in html


def test_the_head_comes_first_and_the_rest_is_counted_apart(client: FlaskClient) -> None:
    html = page(client, "/search", q="quay")
    assert heading(html) == "2 paragraphs in 2 cables"
    assert "<span>Also 1 subject or header, 1 note</span>" in html
    assert rows(html)[0] == ("/cable/73LAPAZ8?q=quay#head", "in the subject")
    assert "<bdi><mark>Quay</mark> repairs</bdi></a></h2>" in html


def test_what_a_card_does_not_show_is_said(client: FlaskClient) -> None:
    index = MemoryIndex()
    many = replace(
        LAKE,
        paragraphs=tuple(
            Paragraph(f"p{n}", n, None, None, Part.BODY, "Turbines.") for n in range(1, 8)
        ),
        footnotes=(Footnote("2", "On the turbines of the power house by the lake.", "p2"),),
    )
    with index.writer() as writer:
        writer.put(many)
    html = page(create_app(index.searcher()).test_client(), "/search", q="turbines")
    assert [row for _, row in rows(html)] == ["in the header", "¶1", "¶2", "¶3"]
    assert ">4 more paragraphs, 1 more note</a>" in html


def test_pages_count_what_is_listed(client: FlaskClient) -> None:
    index = MemoryIndex()
    with index.writer() as writer:
        for number in range(15):
            writer.put(replace(OTHER, id=f"73LAPAZ{number + 1}"))
    client = create_app(index.searcher()).test_client()
    html = page(client, "/search", q="quay", view="paragraphs")
    assert heading(html) == "15 paragraphs in 15 cables"
    assert "<span>Also 15 subjects or headers</span>" in html
    assert html.count('class="pass"') == 20
    last = page(client, "/search", q="quay", view="paragraphs", page="2")
    assert last.count('class="pass"') == 10
    assert "There is no page" not in last
    assert "of 30 results" in page(client, "/cable/73LAPAZ1", q="quay", view="paragraphs")
    assert "of 15 cables" in page(client, "/cable/73LAPAZ1", q="quay")


def test_hits_are_walked_in_the_order_of_the_page(client: FlaskClient) -> None:
    html = page(client, AT, q="lake OR quay OR priority OR turbines")
    found = re.findall(r'<mark id="h(\d+)">([^<]*)</mark>', html)
    assert [int(number) for number, _ in found] == list(range(1, len(found) + 1))
    # Subject, addressee, the headings, ¶3, note 3, the reference beside the text; not a second time the raw header.
    assert [word for _, word in found] == [
        "lake", "PRIORITY", "lake", "lake", "quay", "quay", "turbines",
    ]  # fmt: skip
    assert "<mark>PRIORITY</mark>" in html
    bar = html[html.index('class="hits"') :]
    assert (
        "3 in the subject and header, 2 in headings, 1 in paragraphs, 1 in notes"
        in bar[: bar.index("</div>")]
    )
    assert "hit 4 of 7 " in html
    assert "note 3 to ¶3: hit 6 of 7" in html
    assert "subject and header: hits 1 to 2 of 7" in html


def test_a_hit_in_a_link_has_its_way_on_behind_the_link(client: FlaskClient) -> None:
    html = page(client, AT, q="senv")
    assert '<bdi><mark id="h1">SENV</mark></bdi></a><span class="step">hit 1 of 1</span>' in html


def test_what_is_folded_away_is_open_if_it_was_hit(client: FlaskClient) -> None:
    assert '<details open><summary class="small">Full header' in page(client, AT, q="siracusa")
    assert '<details><summary class="small">Full header' in page(client, AT, q="lake")


def test_a_header_without_other_rows_is_on_the_page(client: FlaskClient) -> None:
    index = MemoryIndex()
    with index.writer() as writer:
        writer.put(replace(OTHER, segments=(Segment(SegmentKind.HEADER, "ZNR UUUUU ZZH\n"),)))
    html = page(create_app(index.searcher()).test_client(), "/cable/73LAPAZ8", q="uuuuu")
    assert 'ZNR <mark id="h1">UUUUU</mark>' in html


def test_stop_words_are_marked_in_phrases_only(client: FlaskClient) -> None:
    words = [
        word for _, word in re.findall(r'<mark id="h(\d+)">([^<]*)', page(client, AT, q="the lake"))
    ]
    assert set(words) == {"lake"}
    phrase = page(client, AT, q='"the lake"')
    assert '<mark id="h2">The lake</mark>' in phrase
    assert '<mark id="h1">The</mark>' in page(client, AT, q="the")


@pytest.mark.parametrize("unit", units(LAKE), ids=lambda unit: unit.anchor)
def test_every_unit_has_its_address_its_citation_and_its_place_in_a_collection(
    client: FlaskClient, unit: object
) -> None:
    anchor = unit.anchor  # type: ignore[attr-defined]
    own = f"{AT}/p/{place_name(anchor)}"
    assert client.get(f"{AT}/p/{anchor.upper()}?q=lake").location == f"{own}?q=lake"
    there = page(client, own, q="lake")
    # It is marked, and a browser brings it into view without a script; what can be done with it stands open.
    (here,) = re.findall(r"<(?:article|header|h2|dd|li) [^>]*\bautofocus[^>]*>", there)
    assert f'id="{anchor}"' in here
    assert re.search(r'class="(?:\w+ )?here"', here)
    assert f'<a href="{own}" data-copy>' in there
    assert f'<a href="{own}?q=lake" rel="nofollow" data-copy>' in there
    assert f'<a href="{AT}/cite/{anchor}?q=lake"' in there
    assert page(client, AT).count(f'id="{anchor}"') == 1
    assert "autofocus" not in page(client, AT)
    assert client.get(f"{AT}/cite/{anchor}").status_code == 200
    collected = page(client, "/collection", c=f"{LAKE.id}#{anchor}")
    assert f'href="{AT}?c=frus1969-76ve09p1%2Fd7%23{anchor}#{anchor}"' in collected
    for form in ("csv", "jsonl", "ris", "bib", "csl.json", "atom", "txt"):
        text = client.get(f"/collection.{form}?{urlencode({'c': f'{LAKE.id}#{anchor}'})}").text
        assert anchor in text
        assert "/private" not in text


def test_a_name_that_is_none_tells_those_that_are(client: FlaskClient) -> None:
    missing = client.get(f"{AT}/p/n9")
    assert missing.status_code == 404
    assert (
        "has no part n9; it has p1, p2, p3, p4, head, s-p1, s-p2, source, n2, n3, v2-p5."
        in missing.text
    )


def test_a_collection_counts_what_it_has(client: FlaskClient) -> None:
    asked = [("c", "73LAPAZ8"), ("c", f"{LAKE.id}#n3"), ("c", f"{LAKE.id}#p2")]
    html = client.get(f"/collection?{urlencode(asked)}").text
    assert "1 cable and 1 paragraph, 1 note." in html
    assert "note 3 to ¶3" in html


def facet(html: str, label: str) -> list[tuple[str, str, int]]:
    """The values of a panel: what each is called, where it leads and its count."""
    panel = html[html.index(f"<summary>{label}") :].split("</details>")[0]
    return [
        (value, url, int(count))
        for url, value, count in re.findall(
            r'<a href="([^"]*)" rel="nofollow"><bdi>([^<]*)</bdi>.*?class="num">(\d+)',
            panel,
            re.DOTALL,
        )
    ]


def test_where_it_was_found_is_a_filter_that_counts_everything(client: FlaskClient) -> None:
    html = page(client, "/search", q="quay OR oblitas OR levels")
    values = facet(html, "Found in")
    assert {value: count for value, _, count in values} == {
        "Text and headings": 2,
        "Subject and header": 3,
        "Notes": 2,
    }
    for _, url, count in values:
        narrowed = client.get(url).text
        numbers = re.findall(r"(\d+) (?:paragraph|subject|heading|note|passage)", heading(narrowed))
        assert sum(map(int, numbers)) == count
    chosen = page(client, "/search", q="quay", **{"in": "notes"})
    assert "Found in: <bdi>Notes</bdi>" in chosen
    assert heading(chosen) == "1 note in 1 cable"
    assert "Notes" in page(client, "/values/in", q="quay")


@pytest.mark.parametrize("q", ["quay OR oblitas OR levels", "lake", "wharves lake", ""])
def test_every_number_of_a_panel_is_what_its_link_finds(client: FlaskClient, q: str) -> None:
    html = page(client, "/search", q=q)
    for label in re.findall(r"<summary>([A-Z][^<]*?)(?: <span|</summary>)", html):
        if label in ("Found in", "Show as table", "Export", "More") or label.startswith("Sort"):
            continue
        for value, url, count in facet(html, label):
            found = re.search(r"(\d+) paragraph", heading(client.get(url).text))
            assert (label, value, int(found[1]) if found else 0) == (label, value, count)


def test_a_heading_over_a_row_is_marked_where_it_helped(client: FlaskClient) -> None:
    html = page(client, "/search", q="lake quay")
    assert "<bdi>Steamers, wharves and the <mark>lake</mark></bdi>" in html
