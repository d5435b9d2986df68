"""The pages of one cable."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient
from memory_engine import MemoryIndex

from corpus.model import Cable, Problem, Segment, SegmentKind
from webui import create_app

CABLE = "/cable/07GUANGZHOU901"


class Pre(HTMLParser):
    """Joins what stands in <pre>, as a browser reads it: the first line end after the tag does not count."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "pre":
            self.inside = True
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "pre"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts[-1] += data


def received_text(html: str) -> str:
    reader = Pre()
    reader.feed(html)
    return "".join(text.removeprefix("\n") for text in reader.texts)


def test_the_header(client: FlaskClient) -> None:
    html = client.get(CABLE).text
    assert "<h1><bdi>Harbour inspectors seize counterfeit shoes</bdi></h1>" in html
    assert '<time datetime="2007-03-23T08:44Z">23 March 2007, 08:44 UTC</time>' in html
    for text in ("SECSTATE WASHDC", "AMEMBASSY BEIJING", "VZCZCXRO0001", "12958: N/A", "SIPDIS"):
        assert text in html
    assert 'href="/search?tag=KIPR"' in html
    assert 'href="/search?origin=Guangzhou"' in html


def test_a_date_is_as_precise_as_it_is_known(client: FlaskClient) -> None:
    assert (
        '<time datetime="2007-05-01">1 May 2007</time>' in client.get("/cable/07GUANGZHOU902").text
    )
    month = client.get("/cable/frus1969-76ve09p1/d12").text
    assert '<time datetime="1973-02">February 1973</time>' in month


def test_paragraphs_have_their_anchors(client: FlaskClient) -> None:
    html = client.get(CABLE).text
    assert re.findall(r'<article class="para" id="(\w+)"', html) == [
        "u1", "p1", "p2", "p3", "p4", "p4b",
    ]  # fmt: skip
    assert re.search(r'href="/cable/07GUANGZHOU901/p/4b" rel="nofollow"[^>]*>¶4b</a>', html)
    assert re.search(r'href="/cable/07GUANGZHOU901/p/u1"[^>]*>unnumbered 1</a>', html)
    assert '<span class="badge c"><bdi>C</bdi></span>' in html
    assert html.count("Sandals and More Sandals</h2>") == 1


def test_hits_are_marked_and_numbered(client: FlaskClient) -> None:
    html = client.get(f"{CABLE}?q=sandals").text
    assert re.findall(r'<mark id="(h\d+)">([^<]*)</mark>', html) == [
        ("h1", "SANDALS"), ("h2", "sandals"), ("h3", "Sandals"), ("h4", "Sandals"), ("h5", "sandal"), ("h6", "sandals"),
    ]  # fmt: skip
    assert "6 hits" in html
    assert 'hit 2 of 6 <a href="#h1">previous</a> <a href="#h3">next</a>' in html
    assert 'hit 1 of 6 <a href="#h2">next</a>' in html
    assert '¶4: hit 6 of 6 <a href="#h5">previous</a> <a href="#h6">next</a>' in html


def test_the_words_that_like_stands_for_are_marked(client: FlaskClient) -> None:
    html = client.get("/cable/07GUANGZHOU901?q=like:07GUANGZHOU902").text
    marked = {word.lower() for word in re.findall(r"<mark[^>]*>([^<]*)</mark>", html)}
    assert {"sandal", "sandals"} <= marked
    assert "harbour" not in marked
    assert "<mark" not in client.get("/cable/07GUANGZHOU901?q=-like:07GUANGZHOU902").text


def test_a_question_without_hits_here_says_so(client: FlaskClient) -> None:
    html = client.get(f"{CABLE}?q=lake").text
    assert "<mark" not in html
    assert "No match in this cable." in html


def test_without_a_question_there_is_no_bar(client: FlaskClient) -> None:
    assert "Hits in this cable" not in client.get(CABLE).text


def test_references(client: FlaskClient) -> None:
    html = client.get(CABLE).text
    assert '<a href="/cable/07GUANGZHOU902"><bdi>A) Guangzhou 902</bdi></a>' in html
    assert '<span class="soft"><bdi>Sandals, continued</bdi></span>' in html
    assert "<bdi>B) 06 Beijing 12345</bdi> (not in this collection)</span>" in html
    assert "(email)</span>" in html
    assert "(which cable is meant is not certain)</span>" in html


def test_what_cites_a_cable_and_the_same_as_a_picture(client: FlaskClient) -> None:
    html = client.get("/cable/07GUANGZHOU902").text
    cited_by = html[html.index('id="cited"') :]
    assert '<a href="/cable/07GUANGZHOU901"><bdi>07GUANGZHOU901</bdi></a>' in cited_by
    picture = html[html.index('<svg class="graph"') : html.index("</svg>")]
    assert '<a href="/cable/07GUANGZHOU901" tabindex="-1">' in picture
    assert 'text-anchor="middle">07GUANGZHOU902</text>' in picture
    other = client.get(CABLE).text
    picture = other[other.index('<svg class="graph"') : other.index("</svg>")]
    assert ">06BEIJING12345</text>" in picture
    assert picture.count("<a ") == 1


def test_similar_paragraphs_with_the_words_they_share(client: FlaskClient) -> None:
    html = client.get("/cable/07GUANGZHOU902").text
    like = html[html.index('id="like"') :]
    assert 'href="/cable/07GUANGZHOU901#p' in like
    assert re.search(r"shares <bdi>[^<]*sandals", like)
    assert 'href="/cable/07GUANGZHOU902/similar"' in like


def test_what_can_be_done_with_a_cable_and_with_a_paragraph(client: FlaskClient) -> None:
    html = client.get(f"{CABLE}?q=sandals").text
    assert '<a href="/cable/07GUANGZHOU901/cite?q=sandals"' in html
    assert '<a href="/collection.txt?c=07GUANGZHOU901"' in html
    # What the script shows at each paragraph, and the same on the page of one.
    said = dict(re.findall(r'data-(cite|like|collect)="([^"]*)"', html))
    place = client.get(f"{CABLE}/p/4b?q=sandals").text
    for url in (said["cite"], said["like"]):
        assert f'<a href="{url.replace("{}", "p4b")}" rel="nofollow">' in place
    assert said["collect"].replace("{}", "p4b") == (
        "/cable/07GUANGZHOU901?q=sandals&amp;c=07GUANGZHOU901%23p4b#p4b"
    )
    assert 'href="/cable/07GUANGZHOU901/p/4b?q=sandals&amp;c=07GUANGZHOU901%23p4b"' in place


def test_a_collection_goes_along_and_can_be_left(client: FlaskClient) -> None:
    html = client.get(f"{CABLE}?c=07GUANGZHOU901%23p3").text
    assert 'rel="nofollow" data-kept="/cable/07GUANGZHOU901#p3"' in html
    place = client.get(f"{CABLE}/p/3?c=07GUANGZHOU901%23p3").text
    assert '<a href="/cable/07GUANGZHOU901/p/3" rel="nofollow">Remove from collection' in place
    assert '<a href="/cable/07GUANGZHOU902?c=07GUANGZHOU901%23p3">' in html
    assert 'href="/search?tag=KIPR&amp;c=07GUANGZHOU901%23p3"' in html


def test_a_cable_and_a_paragraph_are_cited(client: FlaskClient) -> None:
    whole = client.get(f"{CABLE}/cite").text
    for label in ("Chicago, note", "Chicago, bibliography", "MLA", "BibTeX", "RIS", "CSL-JSON"):
        assert f">{label}</h2>" in whole
    assert "Harbour inspectors seize counterfeit shoes" in whole
    assert "para. 3" not in whole
    part = client.get(f"{CABLE}/cite/p3?q=sandals").text
    assert "para. 3" in part
    assert '<a href="/cable/07GUANGZHOU901?q=sandals#p3">Back to the cable</a>' in part
    assert 'href="/collection.ris?c=07GUANGZHOU901%23p3"' in part
    assert "/somewhere/private" not in whole + part


def test_other_names_of_a_paragraph_lead_to_its_citation(client: FlaskClient) -> None:
    answer = client.get("/cable/07Guangzhou901/cite/4B?q=x")
    assert answer.location == "/cable/07GUANGZHOU901/cite/p4b?q=x"
    missing = client.get(f"{CABLE}/cite/77")
    assert missing.status_code == 404
    assert "has no paragraph 77; it has u1, p1" in missing.text


def test_the_header_as_it_was_received_is_folded_away(client: FlaskClient) -> None:
    assert "SUBJECT: HARBOUR INSPECTORS\n  SEIZE SANDALS" in client.get(CABLE).text


def test_problems_lead_to_their_line(client: FlaskClient) -> None:
    html = client.get(CABLE).text
    assert '<a href="/cable/07GUANGZHOU901/received#s1">line 3</a>' in html
    assert "Paragraph 4 comes twice." in html
    assert 'id="s1"' in client.get(f"{CABLE}/received").text


def test_the_source_is_shown_without_the_folder(client: FlaskClient) -> None:
    html = client.get(CABLE).text
    assert "harbour.html" in html
    assert "/somewhere" not in html
    follow = client.get("/cable/07GUANGZHOU902").text
    assert '<a href="https://example.org/cables/902" rel="noopener noreferrer">' in follow


def test_as_received_is_the_whole_page(client: FlaskClient) -> None:
    html = client.get(f"{CABLE}/received").text
    assert received_text(html) == (
        "Example Gazette\nSUBJECT: HARBOUR INSPECTORS\n  SEIZE SANDALS\n\n1. (SBU) Summary: inspectors"
        "\nGUANGZHOU 00000901 002 OF 002\n   stray <b>words</b>"
    )
    assert "header: subject" in html
    assert "page furniture" in html
    assert '<a href="/cable/07GUANGZHOU901#p1">¶1</a>' in html


def test_the_lines_of_a_cable_that_begins_within_its_page_are_the_page_s() -> None:
    text = "E.O. 12958: N/A\nSUBJECT: The second of the page\n"
    cable = Cable(
        "07LIMA2",
        problems=(Problem("x", "Lost.", 42),),
        segments=(Segment(SegmentKind.BLANK, "\n"), Segment(SegmentKind.HEADER, text, "subject")),
        first_line=41,
    )
    index = MemoryIndex()
    with index.writer() as writer:
        writer.put(cable)
    client = create_app(index.searcher()).test_client()
    html = client.get("/cable/07LIMA2").text
    assert '<a href="/cable/07LIMA2/received#s1">line 42</a>' in html
    received = client.get("/cable/07LIMA2/received").text
    assert "The part of the original page with this cable, from line 41: all" in received
    assert received_text(received) == "\n" + text


def test_a_cable_whose_page_was_not_kept_says_so(client: FlaskClient) -> None:
    assert "was not kept" in client.get("/cable/07GUANGZHOU902/received").text
    assert "/received" not in client.get("/cable/07GUANGZHOU902").text


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/cable/2007GUANGZHOU00901", "/cable/07GUANGZHOU901"),
        ("/cable/07%20Guangzhou%20901?q=harbour", "/cable/07GUANGZHOU901?q=harbour"),
        ("/cable/07guangzhou901/received", "/cable/07GUANGZHOU901/received"),
        ("/cable/FRUS1969-76VE09P1/d12", "/cable/frus1969-76ve09p1/d12"),
        ("/cable/07guangzhou901/p/3?q=sandals", "/cable/07GUANGZHOU901/p/3?q=sandals"),
        ("/cable/07GUANGZHOU901/p/p3", "/cable/07GUANGZHOU901/p/3"),
        ("/cable/07GUANGZHOU901/p/P4B", "/cable/07GUANGZHOU901/p/4b"),
        ("/cable/07GUANGZHOU901/p/4b).", "/cable/07GUANGZHOU901/p/4b"),
        ("/cable/07GUANGZHOU901/p/?n=%C2%B64B&q=x", "/cable/07GUANGZHOU901/p/4b?q=x"),
        ("/cable/07GUANGZHOU901/p/?q=x", "/cable/07GUANGZHOU901?q=x"),
        ("/cable/frus1969-76ve09p1/D12/p/1", "/cable/frus1969-76ve09p1/d12/p/1"),
    ],
)
def test_other_spellings_lead_to_the_one_address(client: FlaskClient, path: str, to: str) -> None:
    response = client.get(path)
    assert response.status_code == 302
    assert response.location == to


@pytest.mark.parametrize(
    "path",
    [
        "/cable/07GUANGZHOU1",
        "/cable/nonsense",
        "/cable/",
        "/cable/07GUANGZHOU901/p/99",
        "/cable/07GUANGZHOU901/p/u9",
        "/cable/07GUANGZHOU901/p/four",
        "/cable/07GUANGZHOU1/received",
        "/cable/07GUANGZHOU1/p/1",
    ],
)
def test_what_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert re.search("<h1>(Page not found|This (cable|paragraph) is not here)</h1>", response.text)


def test_what_is_not_there_is_named(client: FlaskClient) -> None:
    assert "07GUANGZHOU1 is not in this collection" in client.get("/cable/07GUANGZHOU1").text
    missing = client.get("/cable/07GUANGZHOU901/p/99").text
    assert "07GUANGZHOU901 has no paragraph 99; it has " in missing
    assert '<a href="/cable/07GUANGZHOU901">Go to 07GUANGZHOU901</a>' in missing
    hostile = client.get("/cable/<script>alert(1)</script>").text
    assert "<script>alert" not in hostile


def test_neighbours_of_the_post(client: FlaskClient) -> None:
    first, second = client.get(CABLE).text, client.get("/cable/07GUANGZHOU902").text
    assert '<a href="/cable/07GUANGZHOU902" rel="next">Later from Guangzhou' in first
    assert 'rel="prev"' not in first
    assert '<a href="/cable/07GUANGZHOU901" rel="prev">Earlier from Guangzhou' in second


def test_walking_the_results_over_the_pages(client: FlaskClient) -> None:
    """From the first result to the last by "next" alone, as many as were found, and back again."""
    html = client.get("/search?q=week&sort=oldest").text
    match = re.search(r'<h2><a href="([^"]*)"', html)
    there: list[str] = []
    while match:
        there.append(match[1].replace("&amp;", "&"))
        page = client.get(there[-1]).text
        assert f"{len(there)} of 45 cables" in page
        assert 'href="/search?q=week&amp;sort=oldest' in page
        match = re.search(r'<a href="([^"]*)" rel="next">Next result', page)
    assert len(there) == len(set(there)) == 45
    back = [there[-1]]
    while match := re.search(r'<a href="([^"]*)" rel="prev">', client.get(back[-1]).text):
        back.append(match[1].replace("&amp;", "&"))
    assert back == there[::-1]


def test_single_paragraphs_are_walked_too(client: FlaskClient) -> None:
    asked = "q=week&view=paragraphs&sort=oldest"
    results = client.get(f"/search?{asked}").text
    first, *_, last = re.findall(r'<h2><a href="/cable/(\w+)\?', results)
    opened = client.get(f"/cable/{first}?{asked}").text
    assert "1 of 270 results" in opened
    assert 'rel="prev"' not in opened
    after = re.search(r'<a href="/cable/(\w+)\?[^"]*view=paragraphs#(p\d|head)" rel="next"', opened)
    assert after
    assert (
        f'href="/cable/{after[1]}?q=week&amp;sort=oldest&amp;view=paragraphs#{after[2]}"' in results
    )
    # Behind the last of a page comes the first of the next one.
    at_the_end = client.get(f"/cable/{last}?{asked}").text
    assert re.search(r'view=paragraphs&amp;page=2#(?:p\d|head)" rel="next"', at_the_end)


def test_the_header_says_who_wrote_what_to_whom_and_when(client: FlaskClient) -> None:
    html = client.get(CABLE).text
    head, rest, *_ = re.findall(r'<dl class="fields">(.*?)</dl>', html, re.DOTALL)
    terms = re.findall(r"<dt>([^<]*)</dt>", head)
    assert terms == ["From", "To", "Info", "Precedence", "Captions", "TAGS"]
    assert (
        '<a href="/search?origin=Guangzhou" title="As printed: AMCONSUL GUANGZHOU">Consulate '
        '<bdi>Guangzhou</bdi></a><span class="soft">, China</span>'
    ) in head
    assert (
        '<a href="/search?to=SECSTATE+WASHDC" title="As printed: SECSTATE WASHDC PRIORITY RUEHC 5511">'
        '<bdi>Department of State</bdi></a><span class="soft">, Priority</span>'
    ) in head
    assert 'title="As printed: AMEMBASSY BEIJING RUEHBJ">Embassy Beijing</bdi>' in head
    assert '<bdi title="As printed: ROUTINE">Routine</bdi>' in head
    assert "<bdi>230844Z MAR 07</bdi>" in rest
    # Known to the day only: no group of hours and minutes is made up.
    assert "date-time group" not in client.get("/cable/07GUANGZHOU902").text


def test_a_printed_form_that_was_hit_stands_beside_what_people_call_it(client: FlaskClient) -> None:
    html = client.get(f"{CABLE}?q=secstate").text
    assert "<bdi>Department of State</bdi>" in html
    assert re.search(r'<mark id="h1">SECSTATE</mark>.* WASHDC, Priority</span>', html)
