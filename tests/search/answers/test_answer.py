"""Order, groups, pages and facets, with matches made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from corpus.model import Cable, Paragraph, Part, Post
from search.answers.answer import FacetCount, Match, answer, hit, summary
from search.answers.results import CableSummary, Facet, FacetValue, SearchResult, SnippetRun
from search.answers.snippets import Marker, SubjectMarker
from search.language.parser import parse
from search.language.tree import FacetOrder, Filter, Query, Sort, Word
from search.units import Unit, UnitKind, first_place

# Cable, place, score, date: B is the best and the oldest, D has no date.
MATCHES = [
    Match("A", 0, 1.0, 20),
    Match("A", 1, 3.0, 20),
    Match("B", 0, 5.0, 10),
    Match("C", 2, 3.0, 30),
    Match("D", 0, 3.0),
    Match("D", 1, 1.0),
    Match("D", 2, 1.0),
]


def load(match: Match) -> tuple[CableSummary, Unit]:
    text = f"{match.cable} {match.position}"
    anchor = f"p{match.position}"
    paragraph = Paragraph(anchor, match.position, "U", "Heading", Part.BODY, text)
    unit = Unit(UnitKind.PARAGRAPH, anchor, match.position, (text,), "", paragraph)
    return summary(Cable(id=match.cable)), unit


def ask(query: Query, matches: list[Match] = MATCHES) -> SearchResult:
    return answer(query, matches, {}, load, 0.0)


def found(result: SearchResult) -> list[str]:
    return [f"{hit.cable.id}{hit.anchor.removeprefix('p')}" for hit in result.hits]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("relevance", "B0 A1 C2 D0 A0 D1 D2"),
        ("newest", "C2 A0 A1 B0 D0 D1 D2"),
        ("oldest", "B0 A0 A1 C2 D0 D1 D2"),
    ],
)
def test_paragraphs_in_order(sort: Sort, expected: str) -> None:
    query = Query(sort=sort, grouped=False)
    assert found(ask(query)) == expected.split()
    assert found(ask(query, MATCHES[::-1])) == expected.split()
    assert ask(query).groups == ()


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("relevance", "B0 A1 A0 C2 D0 D1"),
        ("newest", "C2 A1 A0 B0 D0 D1"),
        ("oldest", "B0 A1 A0 C2 D0 D1"),
    ],
)
def test_cables_in_order_with_their_best_paragraphs(sort: Sort, expected: str) -> None:
    result = ask(Query(sort=sort, per_cable=2))
    assert found(result) == expected.split()
    assert {group.cable.id: group.total for group in result.groups} == {
        "A": 2,
        "B": 1,
        "C": 1,
        "D": 3,
    }
    assert [hit for group in result.groups for hit in group.hits] == list(result.hits)


@pytest.mark.parametrize("grouped", [True, False])
def test_pages_follow_each_other_and_totals_are_of_all(grouped: bool) -> None:
    query = Query(grouped=grouped, size=2, per_cable=9)
    whole = found(ask(replace(query, size=100)))
    pages = [ask(replace(query, page=page)) for page in range(1, 6)]
    assert [name for page in pages for name in found(page)] == whole
    assert {(page.paragraphs, page.cables) for page in pages} == {(7, 4)}
    assert found(pages[-1]) == []
    assert found(ask(replace(query, page=0))) == found(pages[0])


def test_a_hit_has_the_score_and_the_marks_of_the_question() -> None:
    (hit,) = ask(Query(Word("b"), size=1)).hits
    assert (hit.score, hit.section, hit.part, hit.url) == (5.0, "Heading", "body", "/cable/B/p/0")
    assert hit.snippet == (SnippetRun("B", marked=True), SnippetRun(" 0"))


def test_nothing_found() -> None:
    result = ask(Query(), [])
    assert (result.paragraphs, result.cables, result.hits, result.groups) == (0, 0, (), ())


def counted(values: dict[str, int], query: Query) -> Facet:
    count = FacetCount()
    for value, number in values.items():
        count.add(value, number)
    return count.facet(query, "mark")


def test_facet_values_are_ordered_by_count_and_name() -> None:
    facet = counted({"U": 1, "SBU": 3, "C": 1}, Query())
    assert facet == Facet("mark", (FacetValue("SBU", 3), FacetValue("C", 1), FacetValue("U", 1)), 0)


@pytest.mark.parametrize("order", [1, -1])
def test_spellings_of_one_value_are_one(order: int) -> None:
    values = dict(list({"San José": 1, "SAN JOSE": 2, "san  josé": 1}.items())[::order])
    assert counted(values, Query()).values == (FacetValue("san  josé", 4),)


def test_the_limit_says_what_it_left_out_and_keeps_what_is_chosen() -> None:
    values = {"A": 5, "B": 4, "C": 3, "D": 2}
    assert counted(values, Query(facet_limit=2)).more == 2
    assert counted(values, Query(facet_limit=0)).more == 0
    chosen = Query(
        facet_limit=1, filters=(Filter("mark", ("d",), ("Gone",)), Filter("tag", ("B",)))
    )
    assert counted(values, chosen) == Facet(
        "mark", (FacetValue("A", 5), FacetValue("D", 2), FacetValue("Gone", 0)), 2
    )


@pytest.mark.parametrize("order", ["count", "name"])
@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize("filters", [(), (Filter("mark", ("v 3",), ("Gone",)),)])
def test_page_after_page_of_values_is_all_of_them_in_order(
    order: FacetOrder, kept: bool, filters: tuple[Filter, ...]
) -> None:
    count = FacetCount()
    for number in range(97):
        count.add(f"V {number * 31 % 97}", number % 5)
    if kept:
        count.keep()
    query = Query(facet_order=order, facet_limit=0, filters=filters)
    every = count.facet(query, "mark").values
    assert len(every) == 97 + len(filters)
    ranks = [(-each.count, each.value) if order == "count" else each.value for each in every]
    assert ranks == sorted(ranks)
    for start in range(0, 100, 7):
        page = count.facet(replace(query, facet_start=start, facet_limit=start + 7), "mark")
        assert page.values[: len(every[start : start + 7])] == every[start : start + 7]
        assert len(page.values) + page.more == len(every)
        # What is chosen and stands further down comes behind the page.
        assert {each.value for each in page.values[7:]} <= {"V 3", "Gone"}


def test_a_summary_is_for_people() -> None:
    date = datetime(2007, 3, 23, tzinfo=UTC)
    post = Post("SANJOSE", "San José", "Costa Rica")
    cable = Cable(id="X", date=date, date_precision="day", origin=post, tags=("A",), source="s")
    assert summary(cable) == CableSummary(
        "X", "", date, "day", "San José", "Costa Rica", None, ("A",), "s"
    )


HEAD = Unit(UnitKind.HEAD, "head", first_place(UnitKind.HEAD), ("Wheat", "FM ROME", "Embassy"), "")


@pytest.mark.parametrize(
    ("question", "name", "text"),
    [
        ("wheat", "in the subject", "Wheat"),
        ("rome", "in the header", "FM ROME"),
        ("embassy", "in the header", "Embassy"),
        # As much in the one as in the other; and what is not found by its words.
        ("wheat rome", "in the subject", "Wheat"),
        ("fm rome wheat", "in the header", "FM ROME"),
        ("tag:KIPR", "in the subject", "Wheat"),
    ],
)
def test_a_head_says_where_it_was_found(question: str, name: str, text: str) -> None:
    tree = parse(question).tree
    cable = summary(Cable(id="A", subject="Wheat"))
    found = hit(cable, HEAD, 1.0, Marker(tree), SubjectMarker(tree))
    assert (found.name, "".join(run.text for run in found.snippet)) == (name, text)
    assert (found.part, found.number, found.mark, found.section) == ("head", None, None, None)
    assert "".join(run.text for run in found.title) == "Wheat"
    assert any(run.marked for run in found.title) == ("wheat" in question)


def test_units_are_counted_by_kind_and_a_head_stands_first_in_its_cable() -> None:
    def place(kind: UnitKind, number: int) -> int:
        return first_place(kind) + number

    matches = [
        Match("A", 0, 2.0),
        Match("A", 1, 1.0),
        Match("A", place(UnitKind.HEAD, 0), 0.5),
        Match("A", place(UnitKind.NOTE, 3), 9.0),
        Match("B", place(UnitKind.HEADING, 0), 3.0),
    ]
    result = ask(Query(per_cable=2, snippets=False), matches)
    assert (result.paragraphs, result.others, result.units, result.cables) == (
        *(2, {UnitKind.HEAD: 1, UnitKind.HEADING: 1, UnitKind.NOTE: 1}, 5),
        2,
    )
    first, second = result.groups
    assert (first.total, first.others) == (2, {UnitKind.HEAD: 1, UnitKind.NOTE: 1})
    assert (second.total, second.others) == (0, {UnitKind.HEADING: 1})
    # The head, and the two best of the others.
    assert [each.text for each in first.hits] == [
        f"A {place(UnitKind.HEAD, 0)}",
        f"A {place(UnitKind.NOTE, 3)}",
        "A 0",
    ]
