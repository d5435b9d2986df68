"""The API over a small index with everything in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from indexes import index_of

from corpus.model import Cable, Paragraph, Part, Post, Reference
from search.engines.protocols import Searcher
from webui import create_app


def lantern(number: int) -> Cable:
    """One of a series; every third has no date."""
    return Cable(
        id=f"07GUANGZHOU{375 + number}",
        date=datetime(2000 + number % 9, 1 + number % 12, 3, tzinfo=UTC) if number % 3 else None,
        origin=Post("GUANGZHOU", "Guangzhou", "China", "East Asia and Pacific"),
        subject=f"Lanterns {number}",
        classification="CONFIDENTIAL",
        tags=("KIPR", f"X{number % 4}"),
        references=(Reference("A) Guangzhou 1", "07GUANGZHOU1"),),
        paragraphs=(
            Paragraph("p1", 1, "SBU", "Summary", Part.SUMMARY, "Lanterns <b>are</b> copied."),
            Paragraph("p11", 11, "C", None, Part.COMMENT, "Comment: lanterns burn."),
        ),
        address="/srv/pages/lantern.html",
    )


VOLUME = Cable(
    id="frus1969-76ve09p1/d12",
    subject="The lake",
    paragraphs=(Paragraph("u1", None, None, None, Part.BODY, "The lake has risen."),),
    source="frus",
)


@pytest.fixture(scope="session")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    cables = [*map(lantern, range(1, 31)), VOLUME]
    with closing(index_of(tmp_path_factory.mktemp("api"), cables)) as searcher:
        yield searcher


@pytest.fixture(scope="session")
def app(searcher: Searcher) -> Flask:
    return create_app(searcher)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
