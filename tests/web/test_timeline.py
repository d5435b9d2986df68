"""The timeline of the results: what its bars say, and where they lead."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape

from flask.testing import FlaskClient

from corpus.model import Cable, Paragraph, Part
from search.engines.memory_engine import MemoryIndex
from webui import create_app


def text_of(client: FlaskClient, url: str) -> str:
    return client.get(url).text


def rows(html: str) -> dict[str, tuple[int, int]]:
    """The table: what is said of each period, hits and all paragraphs."""
    found = re.findall(
        r'<tr><th scope="row">(?:<a [^>]*>)?([^<]+)(?:</a>)?</th><td>([\d,]+)</td><td>([\d,]+)</td></tr>',
        html,
    )
    return {label: (int(hits), int(of)) for label, hits, of in found}


def bars(html: str) -> list[tuple[str, str]]:
    """The titles and the addresses of the bars that lead somewhere."""
    links = re.findall(r'<a href="([^"]*)" rel="nofollow" tabindex="-1"><title>([^<]*)<', html)
    return [(title, unescape(url)) for url, title in links]


def test_years_first_with_the_empty_ones_between(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=week")
    table = rows(html)
    assert next(iter(table)) == "1973"
    assert list(table)[-1] == "2009"
    assert len(table) == 37
    assert table["1973"] == (0, 1)
    assert table["1990"] == (0, 0)
    assert sum(hits for hits, _ in table.values()) == 225


def test_a_bar_narrows_to_its_year_then_to_its_month(client: FlaskClient) -> None:
    years = {title[:4]: url for title, url in bars(text_of(client, "/search?q=week"))}
    assert years["2007"] == "/search?q=week&since=2007&until=2007"
    html = text_of(client, years["2007"])
    table = rows(html)
    assert next(iter(table)) == "January 2007"
    assert len(table) == 12
    assert "in 5 cables" in html
    month, url = bars(html)[0]
    html = text_of(client, url)
    days = rows(html)
    assert len(days) in (28, 30, 31)
    assert next(iter(days)) == f"1 {month.partition(':')[0]}"
    assert 'href="/search?q=week&amp;since=2007&amp;until=2007"' in html


def test_the_picture_and_the_table_have_the_same_links(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=sandals&mark=SBU")
    in_table = re.findall(r'<th scope="row"><a href="([^"]*)"', html)
    assert [unescape(url) for url in in_table] == [url for _, url in bars(html)]
    assert in_table


def test_chosen_years_are_seen_by_month(client: FlaskClient) -> None:
    table = rows(text_of(client, "/search?q=week&year=2006&year=2007"))
    assert next(iter(table)) == "January 2006"
    assert list(table)[-1] == "December 2007"


def test_dates_are_chips_and_inputs_and_limit_the_answer(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=week&since=2003&until=2004-06")
    assert "<span>From: <bdi>2003</bdi></span>" in html
    assert 'href="/search?q=week&amp;until=2004-06"' in html
    assert '<input name="until" value="2004-06"' in html
    years = set(re.findall(r'<time datetime="(\d{4}-\d\d)', html))
    assert years
    assert all("2003-01" <= year <= "2004-06" for year in years)


def test_what_has_no_date_is_said_with_a_link(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=evil")
    assert (
        'href="/search?q=evil+AND+NOT+has%3Adate" rel="nofollow">1 paragraph without a date' in html
    )
    assert "1 paragraph in 1 cable" in text_of(client, "/search?q=evil+AND+NOT+has%3Adate")
    assert "/search?q=NOT+has%3Adate" in text_of(client, "/search")


def test_what_is_known_to_the_month_only_has_no_bar_among_the_days(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=lake&since=1973-02&until=1973-02")
    assert "1 paragraph whose day is not known" in html


def test_a_date_that_is_none_is_a_sentence(client: FlaskClient) -> None:
    response = client.get("/search?since=soon")
    assert response.status_code == 400
    assert "&#39;soon&#39; is no date; write it as 2007" in response.text


def test_words_may_meet_anywhere_in_a_cable(client: FlaskClient) -> None:
    assert "0 paragraphs" in text_of(client, "/search?q=old+court")
    html = text_of(client, "/search?q=old+court&same=cable")
    assert "in 1 cable" in html
    assert re.search(r'aria-current="true">anywhere in a cable</a>', html)
    assert 'name="same" value="cable"' in html


def test_more_years_than_the_facets_ask_for_are_counted_all_the_same() -> None:
    index = MemoryIndex()
    with index.writer() as writer:
        for year in range(1750, 1950):
            text = Paragraph("p1", 1, None, None, Part.BODY, "The lake has risen.")
            writer.put(Cable(f"X{year}", datetime(year, 5, 1, tzinfo=UTC), paragraphs=(text,)))
    html = create_app(index.searcher()).test_client().get("/search?q=lake").text
    assert len(rows(html)) == 200
    assert {hits for hits, _ in rows(html).values()} == {1}
    panel = html[html.index("<summary>Year</summary>") :]
    assert panel[: panel.index("</details>")].count("<li") == 8
    assert "All 200 values" in panel
