"""One cable from two pages, indexed by the real command: both texts on the page that compares them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from html import unescape
from pathlib import Path

import pytest
from command_line import Run
from flask.testing import FlaskClient

from search.engines import open_searcher
from search.sources import FILE_NAME
from webui import create_app

CABLE = "07GUANGZHOU376"
FOUND = re.compile(r'<section aria-labelledby="found">.*?</section>', re.DOTALL)


@pytest.fixture
def two_pages(tmp_path: Path, root: Path) -> Path:
    """A page of Scoop as it is, and a copy from which ¶3 was lost and in which a word is another."""
    folder = tmp_path / "pages"
    folder.mkdir()
    page = (root / "corpus" / "samples" / "scoop" / f"{CABLE}.html").read_text("utf-8")
    (folder / "whole.html").write_text(page, "utf-8")
    start, end = page.index("3. (SBU) This time"), page.index("4. (SBU)")
    lossy = (page[:start] + page[end:]).replace("goods ranging from", "wares ranging from")
    (folder / "lossy.html").write_text(lossy, "utf-8")
    return folder


Opening = Callable[[], FlaskClient]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Opening]:
    """Opens the web over the index that the command made."""
    with ExitStack() as opened:

        def opening() -> FlaskClient:
            folder = tmp_path / "cablegram-index"
            searcher = opened.enter_context(closing(open_searcher(folder)))
            return create_app(searcher, folder=folder).test_client()

        yield opening


def found_in(client: FlaskClient) -> str:
    """What the cable's page says of where it was found."""
    match = FOUND.search(client.get(f"/cable/{CABLE}").text)
    assert match
    return match[0]


@pytest.mark.parametrize("order", [("whole.html", "lossy.html"), ("lossy.html", "whole.html")])
def test_two_versions_side_by_side(
    run: Run, two_pages: Path, client: Opening, order: tuple[str, str]
) -> None:
    for name in order:
        assert run("index", two_pages / name).code == 0
    web = client()
    [link] = re.findall(r'lossy\.html</bdi> <a href="([^"]+)"', found_in(web))
    assert unescape(link) == f"/compare?a={CABLE}&b={CABLE}~2"
    html = web.get(unescape(link)).text
    assert f"<h1><bdi>{CABLE} and {CABLE}~2</bdi></h1>" in html
    assert "2 of 17 paragraphs differ." in html
    assert '<em class="only">goods </em>' in html
    assert '<em class="only">wares </em>' in html
    # Beside these two the one that tells what is marked.
    assert html.count('<em class="only">') == 3
    assert len(re.findall(r"This time the USTR-led delegation", html)) == 1
    assert html.count("No matching paragraph") == 1
    for name in order:
        assert f"<bdi>A page of Scoop</bdi>: <bdi>{name}</bdi>" in html
    assert str(two_pages) not in html
    # The indexed text has a page with its paragraphs, the other one has not.
    assert html.count(f'<a class="no" href="/cable/{CABLE}#p') == 16
    assert html.count('<span class="no">') == 16
    assert f'href="/cable/{CABLE}#found"' in html


@pytest.mark.parametrize("order", [("whole.html", "lossy.html"), ("lossy.html", "whole.html")])
def test_what_the_shown_version_lacks_is_in_the_index(
    run: Run, two_pages: Path, tmp_path: Path, order: tuple[str, str]
) -> None:
    """Of the lossy page that is the paragraph with another word, and not the others; it goes along in a copy."""
    for name in order:
        assert run("index", two_pages / name).code == 0
    assert run("copy", "--to", "second", "--engine", "whoosh").code == 0
    for folder in ("cablegram-index", "second"):
        with closing(open_searcher(tmp_path / folder)) as searcher:
            cable = searcher.get(CABLE)
        assert cable
        [version] = cable.versions
        [passage] = cable.passages
        assert passage.version == version
        assert Path(version.address).name == "lossy.html"
        assert (passage.paragraph.anchor, passage.paragraph.number) == ("p2", 2)
        assert "wares ranging from" in passage.paragraph.text
        [shown] = [each for each in cable.paragraphs if each.anchor == "p2"]
        assert shown.text == passage.paragraph.text.replace("wares ranging", "goods ranging")


def test_a_version_in_any_spelling_with_itself_and_the_other_way_round(
    run: Run, two_pages: Path, client: Opening
) -> None:
    run("index", two_pages)
    web = client()
    turned = web.get("/compare?a=07+Guangzhou+376~2&b=07guangzhou376~1&c=08LAPAZ666").text
    assert f"<h1><bdi>{CABLE}~2 and {CABLE}</bdi></h1>" in turned
    assert '<em class="only">wares </em>' in turned
    assert f'href="/cable/{CABLE}?c=08LAPAZ666#p2"' in turned
    same = web.get(f"/compare?a={CABLE}~2&b={CABLE}~2").text
    assert "Their texts are equal." in same


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (f"{CABLE}~3", f"The cable {CABLE} has no version 3; the last one is 2."),
        (f"{CABLE}~0", f"The cable {CABLE} has no version 0; the last one is 2."),
        (f"{CABLE}~{'9' * 1_900}", f"The cable {CABLE} has no version 999999; the last one is 2."),
        ("07GUANGZHOU37~6", "The cable 07GUANGZHOU37 is not in this collection."),
        (f"{CABLE}~x", f"The cable {CABLE}~x is not in this collection."),
    ],
)
def test_a_version_that_is_not_there(
    run: Run, two_pages: Path, client: Opening, name: str, said: str
) -> None:
    run("index", two_pages)
    html = client().get("/compare", query_string={"a": CABLE, "b": name}).text
    assert re.findall(r'<p class="notice">([^<]*)', html) == [said]


def test_with_its_page_the_text_is_gone(run: Run, two_pages: Path, client: Opening) -> None:
    run("index", two_pages)
    (two_pages / "lossy.html").unlink()
    report = run("index", two_pages, "--json").json
    assert report["files"]["gone"] == 1
    web = client()
    assert "also" not in found_in(web)
    html = web.get(f"/compare?a={CABLE}&b={CABLE}~2").text
    assert f"The cable {CABLE} has no version 2; the last one is 1." in html
    with closing(sqlite3.connect(two_pages.parent / "cablegram-index" / FILE_NAME)) as connection:
        assert connection.execute("SELECT COUNT(*) FROM text").fetchone() == (0,)


def test_the_next_version_takes_over_when_the_longer_page_is_gone(
    run: Run, two_pages: Path, client: Opening
) -> None:
    run("index", two_pages)
    (two_pages / "whole.html").unlink()
    run("index", two_pages)
    web = client()
    assert "lossy.html" in found_in(web)
    assert "also" not in found_in(web)
    assert "wares ranging from" in web.get(f"/cable/{CABLE}").text


def test_texts_go_along_to_another_engine(run: Run, two_pages: Path, tmp_path: Path) -> None:
    run("index", two_pages)
    assert run("copy", "--to", "second", "--engine", "whoosh").code == 0
    folder = tmp_path / "second"
    with closing(open_searcher(folder)) as searcher:
        web = create_app(searcher, folder=folder).test_client()
        assert '<em class="only">wares </em>' in web.get(f"/compare?a={CABLE}&b={CABLE}~2").text


def test_of_a_place_that_only_an_export_names_nothing_can_be_compared(
    run: Run, two_pages: Path, tmp_path: Path
) -> None:
    run("index", two_pages)
    run("export", "-o", "cables.jsonl")
    run("index", "cables.jsonl", "--index", "second")
    folder = tmp_path / "second"
    with closing(open_searcher(folder)) as searcher:
        web = create_app(searcher, folder=folder).test_client()
        assert "lossy.html" in found_in(web)
        assert ">compare</a>" not in found_in(web)
        html = web.get(f"/compare?a={CABLE}&b={CABLE}~2").text
    assert f"Of version 2 of the cable {CABLE} only the place is known, and not the text." in html


def test_a_book_of_an_older_version_is_told_by_the_comparison(
    run: Run, two_pages: Path, client: Opening, caplog: pytest.LogCaptureFixture
) -> None:
    """The cable itself can still be read; where the index is, and what mends it, is for the log."""
    run("index", two_pages)
    with closing(sqlite3.connect(two_pages.parent / "cablegram-index" / FILE_NAME)) as connection:
        connection.executescript("DROP TABLE text; PRAGMA user_version = 2;")
    web = client()
    assert ">compare</a>" in found_in(web)
    answer = web.get(f"/compare?a={CABLE}&b={CABLE}~2")
    assert answer.status_code == 503
    assert "The reason is in the server&#39;s log" in answer.text
    assert "written by too old a version of Cablegram" in caplog.text
    again = run("index", two_pages)
    assert again.code == 2
    assert "--rebuild" in again.err
