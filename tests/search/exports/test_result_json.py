"""The one JSON shape of an answer."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from memory_engine import MemoryIndex

from corpus.model import Cable, DatePrecision, Paragraph, Part, Post
from search.answers.results import SnippetRun
from search.asking.advice import advise
from search.exports.result_json import result_to_json, snippet_html
from search.language.parser import parse
from search.language.tree import Query

CABLE = Cable(
    id="07GUANGZHOU376",
    date=datetime(2007, 3, 23, 8, 44, tzinfo=UTC),
    origin=Post("GUANGZHOU", "Guangzhou", "China"),
    subject="Second <Review>",
    tags=("KIPR",),
    paragraphs=(Paragraph("p12", 12, "SBU", "Putian", Part.COMMENT, "Nike & <b>shoes</b>"),),
    source="scoop",
)


def ask(question: str, cable: Cable = CABLE, **more: object) -> dict[str, object]:
    index = MemoryIndex()
    with index.writer() as writer:
        writer.put(cable)
    parsed = parse(question)
    query = Query(parsed.tree, facets=("section", "tag"), **more)  # type: ignore[arg-type]
    searcher = index.searcher()
    result = searcher.search(query)
    found = result_to_json(question, parsed, result, advise(searcher, question, query, result))
    assert json.loads(json.dumps(found)) == found
    return found


def test_the_whole_shape() -> None:
    found = ask("nike shoes*")
    assert found.pop("milliseconds") >= 0  # type: ignore[operator]
    (hit,) = found["hits"]  # type: ignore[misc]
    assert hit.pop("score") > 0
    assert found == {
        "query": "nike shoes*",
        "reading": "nike AND shoes*",
        "problems": [],
        "repaired": None,
        "incomplete": False,
        "unfound": [],
        "total": {"paragraphs": 1, "cables": 1, "others": {}, "telegrams": None},
        "recognised_cables": [],
        "any_words": None,
        "unknown_values": [],
        "notes": [],
        "after": "",
        "hits": [hit],
        "groups": [
            {
                "cable": "07GUANGZHOU376",
                "total": 1,
                "others": {},
                "anchors": ["p12"],
                "versions": [],
            },
        ],
        "facets": {
            "section": [{"value": "Putian", "count": 1}],
            "tag": [{"value": "KIPR", "count": 1}],
        },
        "more": {},
        "more_uncounted": [],
    }
    assert hit == {
        "cable": "07GUANGZHOU376",
        "unit": "paragraph",
        "name": "¶12",
        "under": [],
        "title": "Second &lt;Review&gt;",
        "anchor": "p12",
        "url": "/cable/07GUANGZHOU376/p/12",
        "number": 12,
        "mark": "SBU",
        "section": "Putian",
        "part": "comment",
        "snippet": "<mark>Nike</mark> &amp; &lt;b&gt;<mark>shoes</mark>&lt;/b&gt;",
        "text": "Nike & <b>shoes</b>",
        "subject": "Second <Review>",
        "date": "2007-03-23T08:44Z",
        "origin": "Guangzhou",
        "country": "China",
        "classification": None,
        "tags": ["KIPR"],
        "source": "scoop",
        "date_end": None,
        "date_utc": "2007-03-23T08:44Z",
    }


def test_problems_and_the_repaired_question() -> None:
    found = ask("(nike")
    assert found["problems"] == [
        {"position": 0, "message": "This parenthesis is not closed.", "other": ""}
    ]
    assert found["repaired"] == "nike"


def test_single_paragraphs_have_no_groups() -> None:
    assert ask("nike", grouped=False)["groups"] == []


@pytest.mark.parametrize(
    ("precision", "shown"),
    [
        ("year", "2007"),
        ("month", "2007-03"),
        ("day", "2007-03-24"),
        ("minute", "2007-03-24T01:44+08:00"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(precision: DatePrecision, shown: str) -> None:
    abroad = datetime(2007, 3, 24, 1, 44, tzinfo=timezone(timedelta(hours=8)))
    cable = Cable(id="X", date=abroad, date_precision=precision, paragraphs=CABLE.paragraphs)
    (hit,) = ask("nike", cable)["hits"]  # type: ignore[misc]
    assert hit["date"] == shown
    assert hit["date_utc"] == ("2007-03-23T17:44Z" if precision == "minute" else shown)


def test_a_date_that_is_a_span_has_an_end() -> None:
    first, last = (datetime(2007, 2, day, tzinfo=UTC) for day in (1, 3))
    cable = Cable("X", first, "day", date_end=last, paragraphs=CABLE.paragraphs)
    (hit,) = ask("nike", cable)["hits"]  # type: ignore[misc]
    assert (hit["date"], hit["date_end"], hit["date_utc"]) == (
        "2007-02-01",
        "2007-02-03",
        "2007-02-01",
    )


def test_a_time_without_a_zone_is_not_said_to_be_in_utc() -> None:
    clock = datetime(1949, 12, 31, 20)  # noqa: DTZ001 - no zone is the point
    (hit,) = ask("nike", Cable("X", clock, paragraphs=CABLE.paragraphs))["hits"]  # type: ignore[misc]
    assert hit["date"] == hit["date_utc"] == "1949-12-31T20:00"


def test_a_cable_without_date_has_none() -> None:
    (hit,) = ask("nike", Cable(id="X", paragraphs=CABLE.paragraphs))["hits"]  # type: ignore[misc]
    assert hit["date"] is None


def test_a_mark_that_a_cable_writes_is_text() -> None:
    runs = (SnippetRun("</mark><script>"), SnippetRun('"&', marked=True))
    assert snippet_html(runs) == "&lt;/mark&gt;&lt;script&gt;<mark>&quot;&amp;</mark>"
