"""Terms over time, collections, comparisons, and the page of the index."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from corpus.sample_cables import samples_folder
from indexer.runs.build import build as build_index
from search.asking.over_time import MOST_PERIODS, Window, counts, window_in, words
from search.asking.term_counts import PeriodCount, term_counts
from search.engines import open_searcher
from search.engines.protocols import Searcher
from search.language.tree import Query
from webui import create_app
from webui.api.endpoints import ENDPOINTS, ROOT
from webui.asking.address import MAX_COLLECTED, MAX_QUESTION, State
from webui.asking.term_address import MAX_TERMS, TermState, build_terms, parse_terms
from webui.errors import BadAddress
from webui.pages.status import age
from webui.pages.terms import terms_page

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20).map(str.strip).filter(bool)
dates = st.sampled_from(("", "2007", "2007-03"))
term_states = st.builds(
    TermState,
    st.lists(texts, max_size=MAX_TERMS, unique=True).map(tuple),
    st.sampled_from(("year", "month")),
    dates,
    dates,
    st.lists(texts, max_size=3).map(lambda items: State().collecting(*items).collected),
)


@given(term_states)
def test_an_address_of_terms_is_read_back(state: TermState) -> None:
    question = urlsplit(build_terms(state)).query
    assert parse_terms(parse_qsl(question, keep_blank_values=True)) == state


def test_too_much_in_an_address_of_terms() -> None:
    many = [("t", str(number)) for number in range(MAX_TERMS + 1)]
    with pytest.raises(BadAddress, match="more than 6 terms"):
        parse_terms(many)
    with pytest.raises(BadAddress, match="longer than 2,000"):
        parse_terms([("t", "x" * (MAX_QUESTION + 1))])
    assert parse_terms([("t", " "), ("unit", "week"), ("q", "x")]) == TermState()


def test_words_are_added_up_by_period(searcher: Searcher) -> None:
    shown = Window("year", "2007", "2007")
    there = counts(searcher, Query(), "year")
    # 07GUANGZHOU901 has 36 words, 902 has 3; five weekly reports of 2007 have five paragraphs of 5 words each.
    assert words(searcher, shown, there) == {"2007": 36 + 3 + 5 * 5 * 5}


def test_the_rate_of_a_term_is_its_paragraphs_per_million_words(searcher: Searcher) -> None:
    shown = window_in("year", "2006", "2007")
    (before, year) = term_counts(
        searcher, ("sandals", "week"), shown, {"2006": 0, "2007": 2_000_000}
    )
    assert (before.period, before.paragraphs, before.rate(1)) == ("2006", (0, 25), 0.0)
    assert (year.period, year.paragraphs) == ("2007", (4, 25))
    assert (year.rate(0), year.rate(1)) == (2.0, 12.5)


def test_terms_have_bars_and_a_table_that_lead_to_the_search(client: FlaskClient) -> None:
    html = client.get("/terms?t=sandals&t=week&since=2001&c=08LAPAZ666").text
    cells = re.findall(r'<td><a href="([^"]*)">([\d,.]+) \((\d+)\)</a></td>', html)
    assert unescape(cells[-1][0]) == "/search?q=week&since=2009&until=2009&c=08LAPAZ666"
    assert '<th scope="row">2007</th><td>164</td>' in html
    assert 'href="/search?q=sandals&amp;since=2007&amp;until=2007&amp;c=08LAPAZ666"' in html
    assert "24,390.2 (4)" in html
    assert html.count("<svg") == 2
    assert 'href="/terms?t=week&amp;since=2001&amp;c=08LAPAZ666">Remove' in html


def test_terms_by_month_and_without_any(client: FlaskClient) -> None:
    html = client.get("/terms?t=sandals&unit=month&since=2007&until=2007").text
    assert '<th scope="row">March 2007</th>' in html
    assert "June 2007" not in client.get("/terms").text
    assert "Enter a word, a phrase" in client.get("/terms").text


def test_terms_of_all_centuries_show_what_the_collection_has_and_say_so(
    client: FlaskClient,
) -> None:
    html = client.get("/terms?t=sandals&unit=month&since=1000&until=9999").text
    assert "to December 2009: the collection has no words before or after that." in html
    assert '<th scope="row">March 2007</th>' in html
    assert "9999</th>" not in html
    assert "Shown are" not in client.get("/terms?t=sandals&unit=month&since=2006&until=2009").text
    assert "Shown are" not in client.get("/terms?t=sandals").text


def test_terms_in_more_months_than_are_shown_say_so() -> None:
    months = [f"{year}-{month:02}" for year in range(1970, 2010) for month in range(1, 13)]
    counted = [PeriodCount(month, 1, (1,)) for month in months[-MOST_PERIODS:]]
    page = terms_page(TermState(("x",), "month"), counted)
    assert page.extent == (
        "Shown are September 1976 to December 2009: never more than 400 months, the latest."
    )


def test_an_empty_term_counts_nothing(client: FlaskClient) -> None:
    assert client.get("/terms?t=%28&t=--").status_code == 200


def test_a_collection_of_cables_and_paragraphs(client: FlaskClient) -> None:
    html = client.get("/collection?c=07GUANGZHOU901%23p3&c=08lapaz666&c=99NOWHERE1").text
    assert "1 cable and 1 paragraph." in html
    assert "A sandal maker asked for help." in html
    assert "<bdi>99NOWHERE1</bdi> is not in the index." in html
    assert 'href="/collection?c=08lapaz666&amp;c=99NOWHERE1">Remove' in html
    for name in ("csv", "ris", "bib", "csl.json", "atom", "jsonl", "txt"):
        assert f'href="/collection.{name}?c=07GUANGZHOU901%23p3&amp;c=08lapaz666' in html
    assert 'href="/search?c=07GUANGZHOU901%23p3' in html
    assert 'href="/compare?a=07GUANGZHOU901&amp;b=08LAPAZ666' in html


def test_an_empty_collection_says_how_to_fill_it(client: FlaskClient) -> None:
    html = client.get("/collection").text
    assert "Your collection is empty." in html
    assert "Download:" not in html


def test_what_was_collected_is_named_on_every_page_of_the_way(client: FlaskClient) -> None:
    for url in (
        "/search?q=sandals",
        "/cable/07GUANGZHOU901?q=x",
        "/values/tag?q=week",
        "/terms?t=x",
    ):
        html = client.get(f"{url}&c=07GUANGZHOU902&c=08LAPAZ666%23p1").text
        assert (
            '<a href="/collection?c=07GUANGZHOU902&amp;c=08LAPAZ666%23p1">Collection (2)</a>'
            in html
        )
        assert "Collection (" not in client.get(url).text


def test_a_full_collection_takes_no_more(client: FlaskClient) -> None:
    full = "&".join(f"c=0{number}" for number in range(MAX_COLLECTED))
    assert "The collection is full" in client.get(f"/cable/07GUANGZHOU901?{full}").text
    assert client.get(f"/collection?{full}&c=more").status_code == 400


def test_two_cables_side_by_side(client: FlaskClient) -> None:
    html = client.get("/compare?a=02LAPAZ10&b=2003lapaz11").text
    assert 'Nothing new in week <em class="only">10.</em>' in html
    assert 'Nothing new in week <em class="only">11.</em>' in html
    assert "All paragraphs differ." in html
    assert 'href="/compare?a=03LAPAZ11&amp;b=02LAPAZ10" rel="nofollow">Swap sides' in html
    apart = client.get("/compare?a=07GUANGZHOU901&b=07Guangzhou902").text
    assert 'href="/cable/07GUANGZHOU901#p3"' in apart
    # What belongs to nothing on the other side stands beside it all the same, each on its own side.
    assert "No matching paragraph" not in apart
    sides = apart[apart.index('<div class="pair">') :].split('<span class="whose">')
    assert re.findall(r'id="(.*?)"', sides[1])[:6] == [
        f"a-{each}" for each in ("u1", "p1", "p2", "p3", "p4", "p4b")
    ]
    assert re.findall(r'id="(.*?)"', sides[2])[0] == "b-p1"
    longer = client.get("/compare?a=02LAPAZ10&b=07GUANGZHOU902").text
    assert len(re.findall('<div class="pair">', longer)) == 1
    same = client.get("/compare?a=07GUANGZHOU901&b=07GUANGZHOU901").text
    assert "Their texts are equal." in same
    assert same.count('<em class="only">') == 1  # that of the legend


def test_a_cable_that_is_not_here_cannot_be_compared(client: FlaskClient) -> None:
    html = client.get("/compare?a=07GUANGZHOU901&b=99NOWHERE%3Cb%3E").text
    assert "The cable 99NOWHERE&lt;b&gt; is not in this collection." in html
    assert "Enter two cable numbers" in client.get("/compare").text


def test_a_side_is_picked_by_words_or_from_what_is_around_the_other(client: FlaskClient) -> None:
    html = client.get("/compare?a=07GUANGZHOU901&b=sandals&c=08LAPAZ666").text
    assert "Cables found by “sandals”" in html
    assert "is not in this collection" not in html
    assert '<option value="08LAPAZ666">' in html
    (picked, *_) = re.findall(r'<li><a href="(/compare\?a=07GUANGZHOU901&amp;b=[^"]*)"', html)
    assert unescape(picked).endswith("&c=08LAPAZ666")
    assert "Swap sides" in client.get(unescape(picked)).text
    around = client.get("/compare?a=&b=07GUANGZHOU901&c=08LAPAZ666%23p1").text
    assert "From your collection" in around
    assert 'href="/compare?a=08LAPAZ666&amp;b=07GUANGZHOU901&amp;c=08LAPAZ666%23p1"' in around
    assert "a=07GUANGZHOU901&amp;b=07GUANGZHOU901" not in around
    assert client.get(f"/compare?a={'x' * (MAX_QUESTION + 1)}").status_code == 400
    assert client.get("/compare?a=%28&b=--").status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        "q=sandals",
        "q=sandals+week&match=any",
        "q=week+-sandals&origin=La+Paz&since=2002&until=2004",
        "q=sandals&mark=U&mark=SBU&-part=comment",
        "tag=KIPR",
        "q=harbour+refused&same=cable",
        "q=sandals+OR+week&-origin=La+Paz",
        "q=tag:KIPR+(sandals+OR+harbour)",
    ],
)
def test_a_search_leads_to_its_trend_with_the_same_paragraphs(
    client: FlaskClient, asked: str
) -> None:
    html = client.get(f"/search?{asked}&c=08LAPAZ666").text
    (trend,) = re.findall(r'href="([^"]*)" rel="nofollow">Trend of this search', html)
    assert "c=08LAPAZ666" in unescape(trend)
    shown = client.get(unescape(trend)).text
    assert shown.count("<svg") == 1
    found = client.get(f"/api/v1/search?{asked}&facet=year&facet_limit=0&size=1").json
    dated = sum(each["count"] for each in found["facets"]["year"])
    (told,) = re.findall(r'<span class="soft small">([\d,]+) paragraphs?</span>', shown)
    assert int(told) == dated > 0


def test_a_search_for_everything_has_no_trend(client: FlaskClient) -> None:
    assert "Trend of this search" not in client.get("/search").text
    # With the filters it is longer than a term may be.
    many = "&".join(f"tag={letter * 300}" for letter in "ABCDEFG")
    assert "Trend of this search" not in client.get(f"/search?q=week+OR+sandals&{many}").text


def test_the_cables_most_like_one(client: FlaskClient, searcher: Searcher) -> None:
    cable = client.get("/cable/07GUANGZHOU902?c=08LAPAZ666").text
    assert (
        'href="/cable/07GUANGZHOU902/similar?c=08LAPAZ666" rel="nofollow">More like this' in cable
    )
    html = client.get("/cable/07GUANGZHOU902/similar").text
    best = [each.hit for each in searcher.similar("07GUANGZHOU902", 20, cables=True)]
    listed = re.findall(r'<h2><a href="/cable/([^"#]*)#([^"]*)"', html)
    assert listed == [(hit.cable.id, hit.anchor) for hit in best]
    assert listed
    assert 'href="/search?q=like%3A07GUANGZHOU902"' in html
    assert client.get("/cable/07guangzhou902/similar").status_code == 302
    assert client.get("/cable/99NOWHERE1/similar").status_code == 404
    assert "No other cable shares" in client.get("/cable/08LAPAZ666/similar").text


def test_years_without_words_are_a_gap_and_not_a_zero() -> None:
    counted = [
        PeriodCount("1973", 10, (1,)),
        PeriodCount("1974", 10, (0,)),
        *(PeriodCount(str(year), 0, (0,)) for year in (1975, 1976)),
        PeriodCount("1977", 10, (2,)),
    ]
    page = terms_page(TermState(("x",)), counted)
    (row,) = page.rows
    assert [bar.gap for bar in row.bars] == [False, False, True, True, False]
    assert [(line.label, line.gap) for line in page.table] == [
        ("1973", False),
        ("1974", False),
        ("1975 to 1976", True),
        ("1977", False),
    ]
    assert row.total == "3 paragraphs"


def test_the_page_about_the_api_has_examples_that_answer(client: FlaskClient) -> None:
    html = client.get("/api").text
    examples = [unescape(each) for each in re.findall(r'<dd><a href="(/api/[^"]*)"', html)]
    assert len(examples) == 6
    for example in examples:
        answer = client.get(example)
        assert answer.status_code == 200, example
        assert answer.is_json
    assert client.get(examples[0]).json["total"]["cables"] > 0
    for endpoint in ENDPOINTS:
        assert f"<code>{ROOT}{endpoint.path}</code>" in html


def test_an_index_in_memory_tells_what_it_holds(client: FlaskClient) -> None:
    html = client.get("/status").text
    assert "<dt>Cables</dt><dd>49</dd>" in html
    assert "Everything was read." in html


def test_an_index_on_disk_tells_its_age_and_what_was_set_aside(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "diary.txt").write_text("Dear diary, nothing of interest happened.", "utf-8")
    folder = tmp_path / "index"
    with samples_folder() as samples:
        build_index([str(samples / "telegrams"), str(pages)], folder)
    searcher = open_searcher(folder)
    html = create_app(searcher, folder=folder).test_client().get("/status").text
    searcher.close()
    assert "<dt>Cables</dt><dd>6</dd>" in html
    assert re.search(
        r"<dt>Built</dt><dd>\d+ \w+ \d{4}, \d\d:\d\d UTC, (just now|\d+ minutes? ago)<", html
    )
    assert "<bdi>diary.txt</bdi>" in html
    assert "1 page or file could not be read as cables." in html
    assert str(tmp_path) not in html


def test_each_kind_of_possible_reading_error_leads_to_its_cables(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with samples_folder() as samples:
        build_index([str(samples)], folder)
    searcher = open_searcher(folder)
    client = create_app(searcher, folder=folder).test_client()
    html = client.get("/status").text
    kinds = re.findall(r'<dt><a href="(/search\?q=problem%3A([^"]*))">([^<]*)</a></dt>', html)
    assert kinds
    groups = searcher.search(Query(size=100, per_cable=1)).groups
    cables = [cable for group in groups if (cable := searcher.get(group.cable.id))]
    having = {cable.id: {each.code for each in cable.problems} for cable in cables}
    for url, encoded, name in kinds:
        assert encoded.replace("-", " ").capitalize() == name
        found = set(
            re.findall(r'<h2><a href="/cable/([^?"]*)', client.get(f"{url}&view=cables").text)
        )
        assert found == {one for one, codes in having.items() if encoded in codes}
    found = client.get("/api/v1/search?q=has:problems").json
    assert found["total"]["cables"] == sum(bool(codes) for codes in having.values()) > 1
    searcher.close()


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=5, minutes=59), "5 hours ago"),
        (datetime(2007, 3, 23, tzinfo=UTC) - datetime(2006, 3, 23, tzinfo=UTC), "365 days ago"),
    ],
)
def test_ages(span: timedelta, said: str) -> None:
    assert age(span) == said
