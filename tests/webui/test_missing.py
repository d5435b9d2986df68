"""The pages of the missing record: what they list, that each number leads to what it counts, and what a cable lacks."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from indexes import index_of

from corpus.model import Cable, Paragraph, Part, Post, Problem, Reference, Segment, SegmentKind
from corpus.omissions import Size
from webui import create_app
from webui.pages.gaps import gaps_of, total_sizes

LIMA = Post("LIMA", "Lima", "Peru", "Western Hemisphere")
# A link around a number, perhaps with a word behind it: `<a href="/search?q=x">1,284</a>`, `>3 paragraphs</a>`.
NUMBER = re.compile(r'<a href="([^"]+)"[^>]*>([0-9][0-9,]*)(?: ([a-z]+))?</a>')
# What a page of results says that it found.
FOUND = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


def cable(number: int, *texts: str, cites: tuple[Reference, ...] = (), **more: object) -> Cable:
    return Cable(
        f"07LIMA{number}",
        date=datetime(2007, 1 + number % 12, 3, tzinfo=UTC),
        origin=LIMA,
        subject=f"Lanterns {number}",
        references=cites,
        paragraphs=tuple(
            Paragraph(f"p{n}", n, None, None, Part.BODY, text) for n, text in enumerate(texts, 1)
        ),
        **more,  # type: ignore[arg-type]
    )


SURE = Reference("07 LIMA 5", "07LIMA5")
GUESSED = Reference("ROME 77", "07ROME77")
CABLES = (
    cable(
        1,
        "He met XXXXXXXXXXXX there.",
        "Lamps are [2½ lines not declassified] here.",
        cites=(SURE,),
    ),
    cable(
        2,
        "The rest is (GARBLED).",
        "It is [name not declassified] and [B1].",
        cites=(SURE, GUESSED),
    ),
    cable(4, "All is here.", cites=(Reference("07 LIMA 1", "07LIMA1"), GUESSED)),
    cable(
        9,
        "Part.",
        cites=(Reference("a letter", None, "other"),),
        problems=(Problem("partial-extract", "only a part"),),
    ),
    cable(12, "Nothing.", segments=(Segment(SegmentKind.CHROME, "RELEASED IN PART B6\n"),)),
    Cable(
        "frus1969-76ve09p1/d12",
        message_number="77",
        origin=Post("ROME", "Rome", "Italy"),
        date=datetime(2007, 2, 1, tzinfo=UTC),
    ),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    with closing(index_of(tmp_path_factory.mktemp("missing"), CABLES)) as searcher:
        yield create_app(searcher).test_client()


def test_what_is_cited_and_not_here(client: FlaskClient) -> None:
    html = client.get("/missing").text
    rows = re.findall(r'<tr><th scope="row"><bdi>(.*?)</bdi></th>(.*?)</tr>', html, re.DOTALL)
    listed = {
        name: re.sub(r"<[^>]*>", " ", rest).split()
        for name, rest in rows
        if "LIMA" in name or "ROME" in name
    }
    assert listed == {
        "07LIMA5": ["Lima", "2007", "2", "07LIMA1", "07LIMA2", "year", "printed"],
        "07ROME77": [
            "Rome",
            "2007",
            "2",
            "07LIMA2",
            "07LIMA4",
            "year",
            "inferred",
            "printed",
            "in",
            "a",
            "volume",
            "here",
        ],
    }


def test_the_gaps_of_a_numbering(client: FlaskClient) -> None:
    html = client.get("/missing/numbers/2007LIMA").text
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', html, re.DOTALL)
    plain = [(span, re.sub(r"<[^>]*>", " ", rest).split()) for span, rest in rows]
    assert plain == [
        ("3", ["1", "0"]),
        ("5 to 8", ["4", "1"]),
        ("10 to 11", ["2", "0"]),
    ]
    assert html.count('class="is"') == 5
    assert html.count('class="cited"') == 1
    assert client.get("/missing/numbers/2007lima").status_code == 200
    assert client.get("/missing/numbers/2007ROME").status_code == 404


def test_one_numbering_is_in_no_order(client: FlaskClient) -> None:
    html = client.get("/missing/numbers").text
    assert "<p>1 numbering. A post" in html


def test_a_span_number_by_number(client: FlaskClient) -> None:
    html = client.get("/missing/numbers/2007LIMA?first=4&last=6").text
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', html, re.DOTALL)
    assert [(span, re.sub(r"<[^>]*>", " ", rest).split()) for span, rest in rows] == [
        ("4", ["here"]),
        ("5", ["missing", "2"]),
        ("6", ["missing", "none"]),
    ]
    assert 'href="/cable/2007LIMA4"' in html
    assert client.get("/cable/2007LIMA4", follow_redirects=True).status_code == 200


def count_at(client: FlaskClient, url: str, word: str) -> int:
    """How much the page behind a link has: of results what they say, of a table its rows."""
    html = client.get(url, follow_redirects=True).text
    if urlsplit(url).path == "/search":
        said = re.sub(r"<[^>]*>", "", FOUND.findall(html)[0])
        counts = {
            name.rstrip("s"): int(n.replace(",", ""))
            for n, name in re.findall(r"([0-9,]+) ([a-z]+)", said)
        }
        if word:
            return counts[word.rstrip("s")]
        return max(each for name, each in counts.items() if name != "cable" or len(counts) == 1)
    return html.count('class="soft">missing</span>') or html.count('<tr><th scope="row">')


@pytest.mark.parametrize("page", ["/missing", "/missing/numbers/2007LIMA", "/missing/numbers"])
def test_each_number_is_a_link_to_what_it_counts(client: FlaskClient, page: str) -> None:
    html = client.get(page).text
    main = html[html.index("<main") : html.index("</main>")]
    checked = 0
    for url, number, word in NUMBER.findall(main):
        target, count = unescape(url), int(number.replace(",", ""))
        if urlsplit(target).path == "/search":
            assert count_at(client, target, word) == count, (target, number)
            checked += 1
        elif "first=" in target:
            first, last = (int(each) for each in re.findall(r"(?:first|last)=([0-9]+)", target))
            # The highest number leads to itself.
            assert first == last == count or count_at(client, target, "") == count, target
            checked += 1
    assert checked >= 2
    # And no number of a table stands by itself, but for the nought.
    cells = re.findall(r"<td[^>]*>([0-9][0-9,]*)</td>", main)
    assert set(cells) <= {"0"}


def test_the_table_for_a_request(client: FlaskClient) -> None:
    response = client.get("/missing.csv?post=Lima")
    assert response.headers["Content-Disposition"] == 'attachment; filename="missing-cables.csv"'
    rows = list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))
    assert [(row["cable"], row["cited by"], row["citing cables"]) for row in rows] == [
        ("07LIMA5", "2", "07LIMA1; 07LIMA2")
    ]
    assert rows[0]["request"] == "Telegram 5 from Lima of 2007 (07LIMA5), cited in 07LIMA1; 07LIMA2"
    gaps = client.get("/missing/numbers/2007LIMA.csv").text
    assert [row["numbers"] for row in csv.DictReader(io.StringIO(gaps.removeprefix("\ufeff")))] == [
        "1",
        "4",
        "2",
    ]


def test_a_post_and_a_year(client: FlaskClient) -> None:
    assert (
        "1 cable</a> <bdi>from Lima, of 2007</bdi>"
        in client.get("/missing?post=lima&year=2007").text
    )
    assert "No cable <bdi>of 1999</bdi> is cited" in client.get("/missing?year=1999").text
    assert client.get("/missing?year=99").status_code == 400
    assert "There is no page 9." in client.get("/missing?page=9").text


def test_a_cable_shows_what_is_missing_in_place_and_in_all(client: FlaskClient) -> None:
    html = client.get("/cable/07LIMA1").text
    assert (
        '<span class="gap">XXXXXXXXXXXX</span><span class="size"> (1 name taken out)</span>' in html
    )
    assert (
        '<span class="gap">[2½ lines not declassified]</span>'
        '<span class="unseen"> (missing: not declassified: 2½ lines)</span>' in html
    )
    side = html[html.index('id="gone"') :]
    assert "Names taken out</a> 1 place; 1 name" in side
    assert "Not declassified</a> 1 place; 2½ lines" in side
    assert "Partial extract</a> the whole cable" in client.get("/cable/07LIMA9").text
    assert (
        "Withheld under an exemption</a> the whole cable; B6" in client.get("/cable/07LIMA12").text
    )
    assert 'id="gone"' not in client.get("/cable/07LIMA4").text


def test_hits_are_marked_inside_a_gap_and_over_its_end(client: FlaskClient) -> None:
    html = client.get("/cable/07LIMA1?q=declassified").text
    assert re.search(
        r'<span class="gap">\[2½ lines not <mark id="h1">declassified</mark>.*?\]</span>', html
    )
    html = client.get('/cable/07LIMA1?q="are+2½+lines"').text
    # A hit over the end of a gap is one hit, cut in two.
    assert html.count('<mark id="h') == 1
    assert html.count("<mark") == 2


def test_gaps_and_sums() -> None:
    assert [each.label for each in gaps_of("[B1] and [...] and [1 line deleted]")] == [
        "withheld under B1",
        "left out",
        "missing: redacted: 1 line",
    ]
    sizes = [
        (Size(2, "paragraph"), Size(11, "line")),
        (Size(2.5, "line"),),
        (Size(1, "line", "less than"),),
    ]
    assert total_sizes(sizes) == ["13½ lines", "less than 1 line"]
    assert total_sizes([(Size(None, "name"),)] * 2) == ["2 times several names"]


def test_the_api_has_the_same(client: FlaskClient) -> None:
    found = client.get("/api/v1/missing?size=1").json
    assert found["total"] == 2
    assert found["following"] == 1
    assert found["lacking"][0]["id"] == "07LIMA5"
    assert found["lacking"][0]["citing"] == ["07LIMA1", "07LIMA2"]
    second = client.get("/api/v1/missing?size=1&from=1").json
    assert [(each["key"], each["reprinted"]) for each in second["lacking"]] == [
        ("2007ROME77", True)
    ]
    series = client.get("/api/v1/missing/numbers").json["numberings"]
    assert [(each["series"], each["held"], each["missing"]) for each in series] == [
        ("2007LIMA", 5, 7)
    ]
    gaps = client.get("/api/v1/missing/numbers/2007LIMA").json["ranges"]
    assert gaps[1] == {"first": 5, "last": 8, "numbers": 4, "cited": 1}
    omitted = client.get("/api/v1/cables/07LIMA2/omissions").json["omissions"]
    assert [
        (each["anchor"], each["kind"], each["size"], each["exemptions"]) for each in omitted
    ] == [
        ("p1", "garbled", "", []),
        ("p2", "not declassified", "1 name", []),
        ("p2", "exemption", "", ["B1"]),
    ]
    assert client.get("/api/v1/missing/numbers/2007ROME").status_code == 404


def test_an_index_without_anything_has_the_pages(tmp_path: object) -> None:
    from memory_engine import MemoryIndex

    client = create_app(MemoryIndex().searcher()).test_client()
    html = client.get("/missing").text
    assert "No cable is cited and missing." in html
    assert "Nothing is marked as missing." in html
    assert client.get("/missing/numbers").status_code == 200
    assert client.get("/missing.csv").status_code == 200
