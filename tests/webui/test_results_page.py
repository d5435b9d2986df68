"""The page of results, its filters, and the page of all values."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from memory_engine import MemoryIndex

from corpus.model import Cable, Paragraph, Part, Post
from webui import create_app
from webui.asking import address
from webui.asking.address import State, build
from webui.pages import values

LA_PAZ = Post("LAPAZ", "La Paz", "Bolivia", "Western Hemisphere")


def text_of(client: FlaskClient, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.text


def visible(html: str) -> str:
    """The words of a page, tags taken out and blanks made single."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_a_question_finds_paragraphs_grouped_by_cable(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=sandals")
    assert "paragraphs in 2 cables" in html
    assert 'href="/cable/07GUANGZHOU901?q=sandals#p1"' in html
    assert 'href="/cable/07GUANGZHOU901?q=sandals#p4"' in html
    assert "<mark>sandals</mark>" in html
    assert "¶4 SBU Sandals and More Sandals" in visible(html)


def test_single_paragraphs(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=week&view=paragraphs")
    assert html.count('class="card"') == html.count('class="pass"') == 20


def test_a_card_shows_three_paragraphs_and_says_how_many_more(client: FlaskClient) -> None:
    html = text_of(client, '/search?q=subject:"weekly+report+12"')
    assert html.count('class="pass"') == 3
    assert "2 more paragraphs" in html


def test_a_paragraph_without_a_number_is_linked_by_its_anchor(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=sensitive")
    assert "#u1" in html
    assert "unnumbered 1" in html


def test_one_value_chosen(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=sandals&section=Background")
    assert "1 paragraph in 1 cable" in html
    assert "Heading: <bdi>Background</bdi>" in html
    assert "Remove the filter Heading" in html


def test_two_values_of_a_field_are_alternatives(client: FlaskClient) -> None:
    either = text_of(client, "/search?origin=Guangzhou&origin=La+Paz&q=sandals+OR+lake")
    assert "in 3 cables" in either
    one = text_of(client, "/search?origin=Guangzhou&q=sandals+OR+lake")
    assert "in 2 cables" in one


def test_values_are_compared_folded(client: FlaskClient) -> None:
    assert "in 2 cables" in text_of(client, "/search?q=sandals&origin=GUANGZHOU")


def test_a_value_excluded(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=sandals&-classification=confidential")
    assert "in 1 cable" in html
    assert "07GUANGZHOU902" not in html
    assert "Classification is not: <bdi>confidential</bdi>" in html


def test_a_chosen_value_stays_visible_at_zero(client: FlaskClient) -> None:
    html = text_of(client, "/values/mark?q=lake&mark=TS")
    entry = re.search(r'<li class="on">.*?</li>', html, re.DOTALL)
    assert entry is not None
    assert visible(entry.group()).startswith("TS , chosen; remove 0")


def test_a_facet_offers_to_choose_and_to_exclude(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=sandals")
    assert 'href="/search?q=sandals&amp;part=summary"' in html
    assert 'href="/search?q=sandals&amp;-part=summary"' in html


def test_counts_ignore_their_own_filter(client: FlaskClient) -> None:
    html = visible(text_of(client, "/search?q=sandals&part=summary"))
    assert re.search(r"Body \d", html)


def test_years_stand_in_their_order(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=week")
    panel = html[html.index("<summary>Date</summary>") :].split("</details>")[0]
    years = re.findall(r"<bdi>(\d{4})</bdi></a>", panel)
    assert len(years) > 5
    assert years == sorted(years, reverse=True)


def test_clear_all_keeps_the_question(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=sandals&part=body&-mark=C")
    assert '<a href="/search?q=sandals">Clear all</a>' in html


def test_the_box_keeps_filters_and_order_but_not_the_page(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=week&tag=PGOV&-year=2001&sort=oldest&page=2")
    form = html[html.index("<form") : html.index("</form>")]
    assert '<input type="hidden" name="tag" value="PGOV">' in form
    assert '<input type="hidden" name="-year" value="2001">' in form
    assert '<input type="hidden" name="sort" value="oldest">' in form
    assert 'name="page"' not in form
    assert 'value="week"' in form


def test_paging(client: FlaskClient) -> None:
    first, last = text_of(client, "/search?q=week"), text_of(client, "/search?q=week&page=3")
    assert first.count('class="card"') == 20
    assert last.count('class="card"') == 5
    assert 'href="/search?q=week&amp;page=2" rel="next"' in first
    assert 'rel="prev"' not in first
    assert 'rel="next"' not in last
    assert '<b aria-current="page"><span class="unseen">Page </span>3</b>' in last
    ids = re.findall(r"/cable/(\w+)\?", first), re.findall(r"/cable/(\w+)\?", last)
    assert not set(ids[0]) & set(ids[1])


@pytest.mark.parametrize(
    ("asked", "named"),
    [("9", "9"), ("501", "501"), ("99999", "99,999"), ("9" * 5000, "999,999,999")],
)
def test_a_page_beyond_the_last_says_so(client: FlaskClient, asked: str, named: str) -> None:
    html = text_of(client, f"/search?q=week&page={asked}")
    assert f"There is no page {named}: the last one is 3." in html
    assert '<a href="/search?q=week&amp;page=3">Go to the last page</a>' in html
    assert 'href="/search?q=week&amp;page=3" rel="prev"' in html
    assert "There is no page" not in text_of(client, "/search?q=week&page=3")


def test_a_page_of_values_beyond_the_last_says_so(client: FlaskClient) -> None:
    html = text_of(client, "/values/tag?q=week&order=name&page=99999")
    assert "There is no page 99,999: the last one is 1." in html
    assert '<a href="/values/tag?q=week&amp;order=name">Go to the last page</a>' in html


def test_what_the_pages_of_values_do_not_list_is_told(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(values, "SIZE", 5)
    pages = [text_of(client, f"/values/tag?q=week&order=name&page={page}") for page in (1, 2, 10)]
    listed = [re.findall(r'"/search\?q=week&amp;tag=(\w+)"', page) for page in pages]
    assert [len(each) for each in listed[:2]] == [5, 5]
    assert not set(listed[0]) & set(listed[1])
    assert not any("The pages list" in page for page in pages)
    monkeypatch.setattr(address, "MAX_PAGE", 2)
    last = text_of(client, "/values/tag?q=week&order=name&page=2")
    assert "The pages list the first 10 of 46 values. For the others filter the list." in last


def test_sorting(client: FlaskClient) -> None:
    oldest = text_of(client, "/search?q=week&sort=oldest")
    newest = text_of(client, "/search?q=week&sort=newest")
    years = [re.findall(r'<time datetime="(\d{4})', html) for html in (oldest, newest)]
    assert years[0] == sorted(years[0])
    assert years[1] == sorted(years[1], reverse=True)
    assert 'aria-current="true">Oldest first</a>' in oldest


@pytest.mark.parametrize("spelling", ["07GUANGZHOU901", "07 Guangzhou 901", "2007guangzhou00901"])
def test_a_cables_number_leads_to_it(client: FlaskClient, spelling: str) -> None:
    answer = client.get("/search", query_string={"q": spelling, "origin": "La Paz", "c": "07X1"})
    assert answer.status_code == 302
    assert answer.location.startswith("/cable/07GUANGZHOU901?c=07X1&number=")
    html = client.get(answer.location).text
    # The words of the text can be searched for all the same, and are not taken for a number then.
    assert "Opened by its number." in html
    search = re.search(r'<a href="(/search[^"]*)">Search the text for', html)
    assert search is not None
    assert client.get(search[1].replace("&amp;", "&")).status_code == 200


def test_a_number_with_a_paragraph_leads_to_the_paragraph(client: FlaskClient) -> None:
    answer = client.get("/search", query_string={"q": "07GUANGZHOU901#p4b"})
    assert answer.location.endswith("/cable/07GUANGZHOU901?number=07GUANGZHOU901%23p4b#p4b")


def test_a_number_without_its_year_leads_to_the_only_cable_of_it() -> None:
    def client_of(*cables: Cable) -> FlaskClient:
        index = MemoryIndex()
        with index.writer() as writer:
            for each in cables:
                writer.put(each)
        return create_app(index.searcher()).test_client()

    def sent(year: int, number: int) -> Cable:
        text = Paragraph("p1", 1, None, None, Part.BODY, f"La Paz {number} and La Paz 1974.")
        date = datetime(year, 5, 1, tzinfo=UTC)
        return Cable(f"{year % 100}LAPAZ{number}", date, origin=LA_PAZ, paragraphs=(text,))

    one = client_of(sent(1974, 2423), sent(1975, 7), sent(1976, 1974))
    for spelling in ("LA PAZ 2423", "La Paz 02423", "lapaz #2423"):
        answer = one.get("/search", query_string={"q": spelling})
        assert answer.location.startswith("/cable/74LAPAZ2423?"), spelling
    # A place and a year, and a place and a small number, are words first.
    for words in ("La Paz 1974", "La Paz 7"):
        html = text_of(one, f"/search?q={words.replace(' ', '+')}")
        assert "Open <a" in html, words
    assert "Open <a" not in text_of(one, "/search?q=La+Paz+99999")
    two = client_of(sent(1974, 2423), sent(1975, 2423))
    html = text_of(two, "/search?q=LA+PAZ+2423")
    assert re.findall(r'<a href="/cable/(\w+)\?q=LA', html)[:2] == ["75LAPAZ2423", "74LAPAZ2423"]


@pytest.mark.parametrize(
    "question",
    ['"07GUANGZHOU901"', "-07GUANGZHOU901", "id:07GUANGZHOU901", "07GUANGZHOU901*", "07GUANGZHOU9"],
)
def test_what_is_no_number_by_itself_is_a_question(client: FlaskClient, question: str) -> None:
    assert client.get("/search", query_string={"q": question}).status_code == 200


def test_a_cables_number_among_other_words(client: FlaskClient) -> None:
    assert "Open <a" in text_of(client, "/search?q=see+07+Guangzhou+901+on+sandals")
    assert "Open <a" not in text_of(client, "/search?q=07GUANGZHOU999999")


def test_the_reading_line(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=sandals+harbour")
    assert "Searched for <bdi>sandals AND harbour</bdi>" in html
    assert "/search?q=%22sandals%22+AND+%22harbour%22" in html


def test_a_question_that_reads_as_written_has_no_reading_line(client: FlaskClient) -> None:
    assert "Searched for" not in text_of(client, "/search?q=tag:KIPR")


def test_an_error_of_syntax_is_shown_at_its_place_and_the_repair_offered(
    client: FlaskClient,
) -> None:
    html = text_of(client, "/search?q=sandals+AND+(harbour")
    assert "This parenthesis is not closed." in html
    assert "<bdi>sandals AND <u>(harbour</u></bdi>" in html
    assert 'Showing results for <a href="/search?q=sandals+AND+harbour">' in html


@pytest.mark.parametrize(
    "q", ["(", '"', "AND", "::", "-", "***", "a:b:c", "[TO]", "\x00", "\\", "((((", "�"]
)
def test_no_question_breaks_the_page(client: FlaskClient, q: str) -> None:
    assert client.get("/search", query_string={"q": q}).status_code == 200


def test_nothing_found_says_so_and_what_would_and_each_word(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=sandlas+harbour")
    assert "<h1><bdi>Nothing found for sandlas harbour</bdi></h1>" in html
    best = (
        'Did you mean <a href="/search?q=sandals+AND+harbour"><bdi>sandals AND harbour</bdi></a>?'
    )
    assert best in html
    words = visible(html[html.index('<ul class="counted">') :].split("</ul>")[0])
    assert re.fullmatch(r"sandlas no results harbour \d+ results", words)
    # Nothing else: no filters, no timeline, no export.
    assert 'class="facets"' not in html
    assert "<svg" not in html
    assert "Export" not in html


@pytest.mark.parametrize(
    ("asked", "text", "leads"),
    [
        ("q=lake&origin=Guangzhou", "lake without the filter Origin", "/search?q=lake"),
        ("q=sandals&since=2020", "sandals at any date", "/search?q=sandals"),
        (
            "q=old+court",
            "old court anywhere in the same cable",
            "/search?q=old+court&amp;same=cable",
        ),
        (
            "q=sandals+counterfeit+qqqqqqqq",
            "any of the words sandals counterfeit qqqqqqqq",
            "/search?q=sandals+counterfeit+qqqqqqqq&amp;match=any",
        ),
    ],
)
def test_the_best_that_finds_something_is_offered(
    client: FlaskClient, asked: str, text: str, leads: str
) -> None:
    html = text_of(client, f"/search?{asked}")
    assert f'Try <a href="{leads}"><bdi>{text}</bdi></a>' in html
    assert 'class="card"' in text_of(client, leads.replace("&amp;", "&"))


def test_nothing_is_offered_where_nothing_helps(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=qqqqqqqqqq")
    assert 'class="best"' not in html
    assert '<bdi>qqqqqqqqqq</bdi> <span class="num">no results</span>' in html


def test_the_words_of_a_question_with_any_of_them_are_said(client: FlaskClient) -> None:
    wider = text_of(client, "/search?q=sandals+counterfeit+xyzzy&match=any")
    assert "Any of these words may match" in wider
    # Another question asks for all of its words again.
    assert 'name="match"' not in wider[wider.index("<search") : wider.index("</search>")]


def test_filters_stand_in_the_order_of_researchers(client: FlaskClient) -> None:
    html = text_of(client, "/search")
    labels = re.findall(r"<summary>([^<]*)", html[html.index('id="filters"') :])
    first = ["Date", "Show as table", "Origin", "Classification", "Topic", "Section type", "More"]
    assert [label.strip() for label in labels][:8] == [*first[:5], "To", *first[5:]]


def test_values_look_like_what_they_are(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=sandals")
    filters = html[html.index('id="filters"') :]
    assert '<span class="badge c"><bdi>CONFIDENTIAL</bdi></span>' in filters
    assert "<bdi>Consulate Guangzhou</bdi>" in filters
    assert '<bdi>KIPR</bdi> <span class="soft">Intellectual Property Rights</span>' in filters
    assert "<bdi>Body</bdi>" in filters
    chip = text_of(client, "/search?q=sandals&since=2007-03&origin=Guangzhou")
    assert "From: <bdi>March 2007</bdi>" in chip
    assert "Origin: <bdi>Consulate Guangzhou</bdi>" in chip


def test_an_empty_question_shows_everything(client: FlaskClient) -> None:
    assert "in 49 cables" in text_of(client, "/search")


def test_all_values_of_a_facet(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=week")
    assert 'href="/values/tag?q=week"' in html
    page = text_of(client, "/values/tag?q=week")
    assert "46 values" in page
    assert 'href="/search?q=week&amp;tag=X17"' in page
    assert 'href="/search?q=week&amp;-tag=X17"' in page


def test_values_can_be_narrowed_and_put_in_order(client: FlaskClient) -> None:
    page = text_of(client, "/values/tag?q=week&find=x1&order=name")
    assert re.findall(r"<bdi>(X\d+)</bdi></a>", page) == [f"X{n}" for n in range(10, 20)]
    assert "10 values" in page


def test_values_of_no_facet_are_no_page(client: FlaskClient) -> None:
    assert client.get("/values/text").status_code == 404


def test_an_address_of_a_state_is_answered(client: FlaskClient) -> None:
    state = (
        State("sandals").including("section", 'A "quoted" & <heading>').excluding("mark", "S/NF")
    )
    assert client.get(build(state)).status_code == 200


def test_results_can_be_taken_along(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=sandals&-mark=U&page=2")
    for name in ("csv", "ris", "bib", "csl.json", "atom", "jsonl", "txt"):
        assert f'href="/search.{name}?q=sandals&amp;-mark=U"' in html
    assert 'href="/api/v1/search?q=sandals&amp;-mark=U"' in html
    assert '<link rel="alternate" type="application/atom+xml"' in html


def test_other_forms_that_were_found_are_named_and_can_be_left_out(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=sandal")
    assert "Matched on: <bdi>sandals</bdi>" in html
    assert 'href="/search?q=%22sandal%22" rel="nofollow">Exact words only' in html
    assert "Matched on" not in text_of(client, "/search?q=%22sandal%22")


def test_did_you_mean_also_where_something_was_found(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=harbour+OR+sandelz&mark=SBU")
    assert (
        'Did you mean <a href="/search?q=harbour+OR+sandals&amp;mark=SBU"><bdi>harbour OR sandals'
        in html
    )
    assert "Did you mean" not in text_of(client, "/search?q=harbour+OR+sandals")
