"""The timeline of the results: what its bars say, and where they lead."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from memory_engine import MemoryIndex

from corpus.model import Cable, DatePrecision, Paragraph, Part, Post
from search.engines import ENGINES, open_searcher, open_writer
from search.engines.protocols import IndexWriter
from webui import create_app
from webui.asking.neighbours import neighbours_of_post


def text_of(client: FlaskClient, url: str) -> str:
    return client.get(url).text


def rows(html: str) -> dict[str, tuple[int, int]]:
    """The table: what is said of each period, hits and all paragraphs."""
    found = re.findall(
        r'<tr><th scope="row">(?:<a [^>]*>)?([^<]+)(?:</a>)?</th><td>([\d,]+)</td><td>([\d,]+)</td></tr>',
        html,
    )
    return {label: (int(hits), int(of)) for label, hits, of in found}


def links(html: str) -> list[tuple[str, str]]:
    """The periods of the table that lead somewhere, with their addresses."""
    found = re.findall(r'<th scope="row"><a href="([^"]*)"[^>]*>([^<]*)<', html)
    return [(label, unescape(url)) for url, label in found]


def bars(html: str) -> list[tuple[str, str]]:
    """The titles and the addresses of the bars that lead somewhere."""
    links = re.findall(r'<a href="([^"]*)" rel="nofollow" tabindex="-1"><title>([^<]*)<', html)
    return [(title, unescape(url)) for url, title in links]


def test_years_first_and_many_empty_ones_are_cut_out(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=week")
    table = rows(html)
    assert next(iter(table)) == "1973"
    assert list(table)[-1] == "2009"
    assert len(table) == 11
    assert table["1973"] == (0, 1)
    assert table["1974 to 2000"] == (0, 0)
    assert html.count('class="cut"') == 1
    ticks = re.findall(r'<text x="[^"]*" y="46"[^>]*>([^<]*)<', html)
    assert ticks[0] == "1973"
    assert "2001" in ticks
    assert sum(hits for hits, _ in table.values()) == 225


def test_a_bar_narrows_to_its_year_then_to_its_month(client: FlaskClient) -> None:
    years = {title[:4]: url for title, url in bars(text_of(client, "/search?q=week"))}
    assert years["2007"] == "/search?q=week&since=2007&until=2007"
    html = text_of(client, years["2007"])
    table = rows(html)
    assert next(iter(table)) == "January 2007"
    assert len(table) == 12
    assert "in 5 cables" in html
    month, url = next(iter(links(html)))
    html = text_of(client, url)
    days = rows(html)
    assert len(days) in (28, 30, 31)
    assert next(iter(days)) == f"1 {month}"
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
    assert '<input id="until" name="until" value="June 2004"' in html
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


def test_a_wrong_date_marks_its_box_and_the_rest_is_searched_for(client: FlaskClient) -> None:
    html = text_of(client, "/search?q=week&since=soon&until=2004")
    assert "“soon” is not a date. Use 1974, March 1974 or 4 March 1974." in html
    box = re.search(r'<input id="since"[^>]*>', html)
    assert box is not None
    assert 'value="soon"' in box[0]
    assert 'aria-invalid="true" aria-describedby="since-wrong"' in box[0]
    assert 'id="since-wrong"' in html
    assert html.count("aria-invalid") == 1
    years = set(re.findall(r'<time datetime="(\d{4})', html))
    assert years
    assert max(years) <= "2004"
    # No link takes the wrong date along.
    assert "since=soon" not in html


def test_dates_may_be_typed_in_words_and_the_wrong_way_round(client: FlaskClient) -> None:
    right = rows(text_of(client, "/search?q=week&since=2003&until=2004-06"))
    told = text_of(client, "/search?q=week&since=June+2004&until=2003")
    assert rows(told) == right
    assert "From was after Until, so the two were swapped: 2003 to June 2004." in told
    doubtful = text_of(client, "/search?q=week&until=3/4/2004")
    assert "“3/4/2004” was read as 4 March 2004; for 3 April 2004 use 2004-04-03." in doubtful


def test_the_examples_in_the_boxes_are_the_collections_own(client: FlaskClient) -> None:
    html = text_of(client, "/search")
    assert re.findall(r'<input id="(?:since|until)"[^>]*placeholder="([^"]*)"', html) == [
        "1973",
        "2009",
    ]


def client_of(*dates: datetime | None) -> FlaskClient:
    index = MemoryIndex()
    text = Paragraph("p1", 1, None, None, Part.BODY, "The lake has risen.")
    with index.writer() as writer:
        for number, date in enumerate(dates):
            writer.put(Cable(f"X{number}", date, paragraphs=(text,)))
    return create_app(index.searcher()).test_client()


def test_a_collection_of_one_year_is_seen_by_months_and_one_of_a_day_not_at_all() -> None:
    year = [datetime(1974, month, 4, tzinfo=UTC) for month in (3, 9)]
    html = text_of(client_of(*year), "/search?q=lake")
    assert next(iter(rows(html))) == "January 1974"
    assert [title for title, _ in bars(html)] == ["March 1974: 1", "September 1974: 1"]
    assert re.findall(r'placeholder="(\w+ 1974)"', html) == ["March 1974", "September 1974"]
    month = [datetime(1974, 3, day, tzinfo=UTC) for day in (4, 9)]
    html = text_of(client_of(*month), "/search?q=lake")
    assert [title for title, _ in bars(html)] == ["4 March 1974: 1", "9 March 1974: 1"]
    html = text_of(client_of(month[0], month[0]), "/search?q=lake")
    assert bars(html) == []
    assert 'placeholder="4 March 1974"' in html
    html = text_of(client_of(None), "/search?q=lake")
    assert bars(html) == []
    assert "1 paragraph without a date" in html


def test_words_may_meet_anywhere_in_a_cable(client: FlaskClient) -> None:
    assert "Nothing found" in text_of(client, "/search?q=old+court")
    html = text_of(client, "/search?q=old+court&same=cable")
    assert "in 1 cable" in html
    assert '<b aria-current="true">same cable</b>' in html
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
    panel = html[html.index("<summary>Date</summary>") :]
    assert panel[: panel.index("</ul>")].count("<li") == 8
    assert "All 200 values" in panel


def put_dated(writer: IndexWriter) -> None:
    """Cables of one post around a turn of the year, by clocks of three zones; a span, a year, one undated."""
    paris = Post("PARIS", "Paris", "France", "Europe")
    eastern = timezone(timedelta(hours=-5))
    dates: dict[str, tuple[datetime | None, DatePrecision, datetime | None]] = {
        "49PARIS1": (datetime(1949, 12, 31, 20, tzinfo=eastern), "minute", None),
        "50PARIS2": (datetime(1950, 1, 1, 0, 30, tzinfo=UTC), "minute", None),
        "49PARIS3": (datetime(1949, 12, 31, tzinfo=UTC), "day", datetime(1950, 1, 2, tzinfo=UTC)),
        "49PARIS4": (datetime(1949, 1, 1, tzinfo=UTC), "year", None),
        "49PARIS5": (None, "minute", None),
    }
    text = Paragraph("p1", 1, None, None, Part.BODY, "The lake has risen.")
    with writer:
        for name, (date, precision, end) in dates.items():
            writer.put(Cable(name, date, precision, paris, name, date_end=end, paragraphs=(text,)))


def test_the_printed_day_is_shown_counted_and_found() -> None:
    index = MemoryIndex()
    put_dated(index.writer())
    client = create_app(index.searcher()).test_client()
    html = text_of(client, "/cable/49PARIS1")
    assert "31 December 1949, 20:00 UTC−05:00" in html
    assert 'datetime="1949-12-31T20:00-05:00"' in html
    assert "Z DEC 49" not in html
    assert "31 December 1949 to 2 January 1950" in text_of(client, "/cable/49PARIS3")
    assert rows(text_of(client, "/search?q=lake")) == {"1949": (3, 3), "1950": (2, 2)}
    assert "3 paragraphs in 3 cables" in text_of(client, "/search?q=lake&since=1949&until=1949")
    day = text_of(client, "/search?q=lake&since=1949-12-31&until=1949-12-31")
    assert "1 paragraph in 1 cable" in day
    assert "49PARIS1" in day
    assert "1 paragraph without a date" in text_of(client, "/search?q=lake")


@pytest.mark.parametrize("engine", ENGINES)
def test_the_cable_before_is_before_in_utc(engine: str, tmp_path: Path) -> None:
    """Of 31 December the one by the clock is the last: 1 a.m. of 1 January in UTC. The undated one has no place."""
    put_dated(open_writer(tmp_path, engine))
    searcher = open_searcher(tmp_path)
    found = []
    now = searcher.get("49PARIS4")
    while now is not None:
        found.append(now.id)
        after = neighbours_of_post(searcher, now).after
        now = searcher.get(after.id) if after else None
    assert found == ["49PARIS4", "49PARIS3", "50PARIS2", "49PARIS1"]
    last = searcher.get("49PARIS1")
    assert last is not None
    before = neighbours_of_post(searcher, last).before
    assert before is not None
    assert before.id == "50PARIS2"
    searcher.close()
