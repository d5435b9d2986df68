"""The feed of a search has what came to the index last first, whatever the dates of the cables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest
from flask.testing import FlaskClient

from indexer.runs.build import build
from search.engines import open_searcher
from search.exports import arrivals
from search.sources import arrivals as news
from webui import create_app

PAGE = """Cablegate: Notes {number}

R 230844Z MAR {year}

UNCLAS GUANGZHOU {number}

SUBJECT: Notes {number}

1. (U) A lamp of {number}.

2. (U) Another lamp.
"""
Index = Callable[..., None]


class Clock:
    """Each moment is a minute after the one before."""

    minute = 0

    @classmethod
    def now(cls, zone: object) -> datetime:
        cls.minute += 1
        return datetime(2026, 7, 1, 10, cls.minute, tzinfo=UTC)


@pytest.fixture
def come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Index:
    """Has a cable come to the index."""
    monkeypatch.setattr(news, "datetime", Clock)
    (tmp_path / "pages").mkdir()

    def index(number: int, year: str, more: str = "") -> None:
        page = tmp_path / "pages" / f"{number}.txt"
        page.write_text(PAGE.format(number=number, year=year).rstrip() + more, "utf-8")
        build([str(tmp_path / "pages")], tmp_path / "index", workers=1)

    return index


@pytest.fixture
def client(come: Index, tmp_path: Path) -> Iterator[FlaskClient]:
    for number, year in ((900201, "06"), (900202, "09"), (900203, "04")):
        come(number, year)
    with closing(open_searcher(tmp_path / "index")) as searcher:
        yield create_app(searcher, folder=tmp_path / "index").test_client()


@pytest.mark.parametrize("few", [arrivals.FEW, 0])
def test_what_came_last_stands_first(
    client: FlaskClient, come: Index, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(arrivals, "FEW", few)
    monkeypatch.setattr(arrivals, "_AT_ONCE", 2)
    feed = feedparser.parse(client.get("/search.atom?q=lamp").data)
    assert not feed.bozo
    assert [each.title for each in feed.entries] == ["Notes 900203", "Notes 900202", "Notes 900201"]
    moments = [each.updated for each in feed.entries]
    assert moments == sorted(moments, reverse=True)
    assert moments[0] == feed.feed.updated
    assert all(each.startswith("2026-07-01T10:") for each in moments)
    # One that changes stays where it is: it came before.
    come(900201, "06", " It flickers.")
    again = feedparser.parse(client.get("/search.atom?q=lamp&sort=newest").data)
    assert [each.updated for each in again.entries] == moments
    # Another order is the one that was asked for, by the dates of the cables.
    oldest = feedparser.parse(client.get("/search.atom?q=lamp&sort=oldest").data)
    assert [each.title[-1] for each in oldest.entries] == ["3", "1", "2"]
    places = feedparser.parse(client.get("/search.atom?q=another&view=paragraphs").data)
    assert [each.title[:12] for each in places.entries] == [each.title for each in feed.entries]


@pytest.mark.parametrize("few", [arrivals.FEW, 0])
def test_a_feed_goes_on_on_its_next_page(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(arrivals, "FEW", few)
    monkeypatch.setattr("webui.views.export._FEED_PAGE", 2)
    first = feedparser.parse(client.get("/search.atom?q=lamp").data)
    (following,) = [link.href for link in first.feed.links if link.rel == "next"]
    second = feedparser.parse(client.get(following.removeprefix("http://localhost")).data)
    titles = [each.title for each in (*first.entries, *second.entries)]
    assert titles == ["Notes 900203", "Notes 900202", "Notes 900201"]
    assert all(link.rel != "next" for link in second.feed.links)
