"""What an answer holds beside the paragraphs: totals, facets, groups, order, pages; the same in each engine."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from corpus.handling import shown_classification
from corpus.model import Cable
from search.answers.results import Facet, Hit, SearchResult
from search.engines.protocols import Searcher
from search.language.parser import parse
from search.language.tree import DEFAULT_FIELD, Everything, Filter, Query, Sort

OSLO_FIRST_OF_JANUARY = [f"03OSLO{number}" for number in range(20, 34, 2)]
OSLO_SECOND_OF_JANUARY = [f"03OSLO{number}" for number in range(21, 34, 2)]
OLDEST_FIRST = [
    "89MOSCOW5",
    *OSLO_FIRST_OF_JANUARY,
    *OSLO_SECOND_OF_JANUARY,
    "04CAIRO6",
    "05SANJOSE4",
    "05LAPAZ3",
    "06HANOI2",
    "07GUANGZHOU1",
    "07LONDON10",
    "07LONDON11",
    "08PARIS8",
    "09BERLIN12",
    "09BERLIN13",
    "09BERLIN14",
    "09ROME15",
    "09ROME16",
    "10ABIDJAN9",
]
NEWEST_FIRST = [
    "10ABIDJAN9",
    "09ROME16",
    "09ROME15",
    "09BERLIN12",
    "09BERLIN13",
    "09BERLIN14",
    "08PARIS8",
    "07LONDON11",
    "07LONDON10",
    "07GUANGZHOU1",
    "06HANOI2",
    "05LAPAZ3",
    "05SANJOSE4",
    "04CAIRO6",
    *OSLO_SECOND_OF_JANUARY,
    *OSLO_FIRST_OF_JANUARY,
    "89MOSCOW5",
]
UNDATED = ["08PARIS7"]


def ask(searcher: Searcher, text: str, *filters: Filter, **more: object) -> SearchResult:
    return searcher.search(Query(parse(text).tree, filters, **more))  # type: ignore[arg-type]


def counts(facet: Facet) -> list[tuple[str, int]]:
    return [(value.value, value.count) for value in facet.values]


def places(hits: tuple[Hit, ...]) -> list[str]:
    return [f"{hit.cable.id} {hit.anchor}" for hit in hits]


FACETS_OF_ALL = {
    "mark": [("U", 38), ("C", 3), ("S", 3), ("SBU", 3), ("S/NF", 2)],
    "classification": [("unclassified", 10), ("CONFIDENTIAL", 9), ("SECRET", 5)],
    "section": [
        ("Weather", 14),
        ("Animals", 9),
        ("Summary", 3),
        ("press round-up", 3),
        ("Background", 1),
        ("Comment: Mixed Bag", 1),
        ("Plants", 1),
    ],
    "region": [
        ("Europe", 24),
        ("East Asia", 5),
        ("Western Hemisphere", 5),
        ("Near East", 3),
        ("Africa", 2),
    ],
    "part": [("body", 46), ("comment", 3), ("summary", 3), ("background", 1)],
}


@pytest.mark.parametrize("field", FACETS_OF_ALL)
def test_facets_count_all_paragraphs(filled: Searcher, field: str) -> None:
    result = ask(filled, "", facets=(field,), facet_limit=0, size=1)
    assert [(facet.field, counts(facet), facet.more) for facet in result.facets] == [
        (field, FACETS_OF_ALL[field], 0)
    ]


def test_facets_of_several_fields_come_in_the_order_asked_for(filled: Searcher) -> None:
    result = ask(filled, "", facets=("section", "mark"), facet_limit=0)
    assert [facet.field for facet in result.facets] == ["section", "mark"]
    assert [counts(facet) for facet in result.facets] == [
        FACETS_OF_ALL["section"],
        FACETS_OF_ALL["mark"],
    ]


def test_a_limit_leaves_the_rare_values_out_and_counts_them(filled: Searcher) -> None:
    (facet,) = ask(filled, "", facets=("tag",), facet_limit=8).facets
    assert counts(facet) == [
        ("senv", 24),
        ("NO", 14),
        ("Kpao", 7),
        ("ETRD", 5),
        ("UK", 4),
        ("BL", 3),
        ("CH", 3),
        ("EG", 3),
    ]
    assert facet.more == 8


def test_a_facet_ignores_its_own_filter_and_heeds_the_others(filled: Searcher) -> None:
    result = ask(
        filled,
        "quagga OR wheat",
        Filter("mark", ("U",)),
        Filter("tag", ("SENV",)),
        facets=("mark", "tag", "source"),
    )
    assert (result.paragraphs, result.cables) == (8, 3)
    assert [counts(facet) for facet in result.facets] == [
        [("U", 8), ("C", 1)],
        [("senv", 8)],
        [("telegram", 8)],
    ]


def test_an_excluded_value_is_still_counted(filled: Searcher) -> None:
    result = ask(filled, "quagga", Filter("mark", (), ("U",)), facets=("mark",))
    assert (result.paragraphs, counts(result.facets[0])) == (1, [("U", 8), ("C", 1)])


def test_printed_forms_are_those_of_the_paragraphs_counted(filled: Searcher) -> None:
    result = ask(filled, "", Filter("tag", ("ETRD",)), facets=("classification", "tag"))
    assert counts(result.facets[0]) == [("UNCLASSIFIED", 3), ("CONFIDENTIAL", 2)]
    assert counts(result.facets[1])[0] == ("senv", 24)


def test_a_chosen_value_is_listed_even_at_zero_or_beyond_the_limit(filled: Searcher) -> None:
    chosen = Filter("tag", ("nosuchtag", "vm"))
    (facet,) = ask(
        filled, "wheat OR injunction OR brand", chosen, facets=("tag",), facet_limit=1
    ).facets
    assert counts(facet) == [("ETRD", 2), ("VM", 1), ("nosuchtag", 0)]


def test_totals_and_groups(filled: Searcher) -> None:
    result = ask(filled, "quagga")
    assert (result.paragraphs, result.cables) == (9, 3)
    assert [(group.cable.id, group.total) for group in result.groups] == [
        ("09BERLIN12", 7),
        ("09BERLIN13", 1),
        ("09BERLIN14", 1),
    ]
    assert places(result.groups[0].hits) == ["09BERLIN12 p7", "09BERLIN12 p1", "09BERLIN12 p2"]
    assert result.hits == tuple(hit for group in result.groups for hit in group.hits)


def test_without_groups_a_page_has_paragraphs(filled: Searcher) -> None:
    result = ask(filled, "quagga", grouped=False, size=4, page=2)
    assert result.groups == ()
    assert (result.paragraphs, result.cables) == (9, 3)
    assert places(result.hits) == [
        "09BERLIN12 p4",
        "09BERLIN12 p5",
        "09BERLIN12 p6",
        "09BERLIN13 p1",
    ]


@pytest.mark.parametrize(
    ("sort", "order"), [("newest", NEWEST_FIRST + UNDATED), ("oldest", OLDEST_FIRST + UNDATED)]
)
def test_by_date_with_undated_ones_last(filled: Searcher, sort: Sort, order: list[str]) -> None:
    grouped = ask(filled, "", sort=sort, size=100)
    assert [group.cable.id for group in grouped.groups] == order
    single = ask(filled, "", sort=sort, size=100, grouped=False)
    assert list(dict.fromkeys(hit.cable.id for hit in single.hits)) == order
    assert places(single.hits)[-2:] == ["08PARIS7 p1", "08PARIS7 p2"]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("grouped", [True, False])
@pytest.mark.parametrize("size", [3, 8])
@pytest.mark.parametrize("text", ["snow", "snow OR quagga OR nothing"])
def test_pages_joined_are_the_whole_list(
    filled: Searcher, text: str, size: int, grouped: bool, sort: Sort
) -> None:
    def page(number: int, length: int) -> list[str]:
        result = ask(filled, text, sort=sort, grouped=grouped, page=number, size=length)
        return [g.cable.id for g in result.groups] if grouped else places(result.hits)

    whole = page(1, 1000)
    assert len(set(whole)) == len(whole) >= 14
    pages = [page(number, size) for number in range(1, len(whole) // size + 3)]
    assert [place for each in pages for place in each] == whole
    assert pages[-1] == []


def test_equal_ones_are_in_the_order_of_their_ids(filled: Searcher) -> None:
    result = ask(filled, "snow fell", grouped=False, size=100)
    assert [hit.cable.id for hit in result.hits] == sorted(
        OSLO_FIRST_OF_JANUARY + OSLO_SECOND_OF_JANUARY
    )


# Cases that any sound ranking agrees on: the whole order, best first.
RANKED = [
    # The word in the paragraph and in the subject over it counts more than the one in the subject alone.
    ("amethyst", ["09ROME15 p2", "09ROME15 head"]),
    ("topaz", ["09ROME16 p2", "09ROME16 p1"]),
    ("peace", ["04CAIRO6 p3", "04CAIRO6 p2"]),
    # The form that was typed comes first.
    ("injunction", ["07GUANGZHOU1 p1", "06HANOI2 head"]),
    # The rare word decides.
    ("=nobody (topaz OR night)", ["09ROME16 p1", "09ROME15 p1", "09ROME15 p2"]),
]


@pytest.mark.parametrize(("text", "order"), RANKED, ids=[text for text, _ in RANKED])
def test_the_clear_cases_of_ranking(filled: Searcher, text: str, order: list[str]) -> None:
    result = ask(filled, text, grouped=False)
    assert places(result.hits) == order
    scores = [hit.score for hit in result.hits]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0


def test_the_most_occurrences_come_first(filled: Searcher) -> None:
    assert places(ask(filled, "quagga").hits)[0] == "09BERLIN12 p7"


def test_a_filter_chooses_and_does_not_rank(filled: Searcher) -> None:
    # Of the three paragraphs the last has both tags.
    chosen = ask(filled, "injunction", Filter("tag", ("KIPR", "ETRD")), grouped=False)
    plain = ask(filled, "injunction", grouped=False)
    assert [
        (place, hit.score) for place, hit in zip(places(chosen.hits), chosen.hits, strict=True)
    ] == [
        (place, pytest.approx(hit.score))
        for place, hit in zip(places(plain.hits), plain.hits, strict=True)
    ]


def test_a_hit_shows_what_the_cable_says(filled: Searcher, cables: list[Cable]) -> None:
    by_id = {cable.id: cable for cable in cables}
    result = filled.search(Query(grouped=False, size=100))
    assert len(result.hits) == 53
    for hit in result.hits:
        cable = by_id[hit.cable.id]
        (paragraph,) = (each for each in cable.paragraphs if each.anchor == hit.anchor)
        assert (hit.number, hit.mark, hit.section, hit.part, hit.text) == (
            paragraph.number,
            paragraph.mark,
            paragraph.section,
            paragraph.part.value,
            paragraph.text,
        )
        assert (hit.cable.subject, hit.cable.tags, hit.cable.source) == (
            cable.subject,
            cable.tags,
            cable.source,
        )
        assert (hit.cable.date, hit.cable.date_precision) == (cable.date, cable.date_precision)
        assert hit.cable.classification == shown_classification(cable)
        assert (hit.cable.origin, hit.cable.country) == (
            (cable.origin.name, cable.origin.country) if cable.origin else ("", "")
        )
        place = str(paragraph.number) if hit.anchor == f"p{paragraph.number}" else hit.anchor
        assert hit.url == f"/cable/{cable.id}/p/{place}"


def test_the_snippet_marks_what_matched(filled: Searcher) -> None:
    (hit,) = ask(filled, "putian enforcement").hits
    assert [run.text for run in hit.snippet if run.marked] == ["Enforcement", "Putian"]
    assert "".join(run.text for run in hit.snippet) == hit.text


def test_every_cable_is_given_back_as_it_was(filled: Searcher, cables: list[Cable]) -> None:
    assert [filled.get(cable.id) for cable in cables] == cables


@pytest.mark.parametrize(
    "spelling", ["07GUANGZHOU1", "2007GUANGZHOU00001", "07 guangzhou 1", "07guangzhou1_a"]
)
def test_a_cable_is_found_by_any_spelling(filled: Searcher, spelling: str) -> None:
    found = filled.get(spelling)
    assert found is not None
    assert found.id == "07GUANGZHOU1"


def test_a_cable_that_is_not_there(filled: Searcher) -> None:
    assert filled.get("07GUANGZHOU2") is None
    assert filled.get("99OSLO1") is None
    assert filled.get("") is None


def test_suggestions_most_frequent_first(filled: Searcher) -> None:
    def words(text: str, limit: int = 8) -> list[str]:
        return [each.text for each in filled.complete(text, limit) if each.kind == "word"]

    assert words("inj") == ["injunction", "injunctions"]
    assert words("pe") == ["peace"]
    assert words("the WH", 1) == ["wheat"]
    assert words("nob") == ["nobody"]
    assert words("министр") == ["министр"]
    assert words("zzz") == words("") == words("snow ") == []
    # Behind a hyphen what stands there, and no word that only begins so.
    assert words("F-1") == ["16"]
    assert words("to-b") == ["be"]
    assert words("quagga-w") == []


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("classification:conf", ["classification:CONFIDENTIAL"]),
        ("mark:s", ["mark:S", "mark:SBU", "mark:S/NF"]),
        ("quagga -tag:KI", ["tag:KIPR"]),
        ("wheat origin:la", ['origin:"La Paz"']),
        ('origin:"la p', ['origin:"La Paz"']),
        ("to:secs", ['to:"SECSTATE WASHDC"', "to:secstate"]),
        ("to:wash", ["to:washdc"]),
        ("subject:rev", ["subject:review"]),
        ("text:inj", ["text:injunction", "text:injunctions"]),
        ("id:07guang", ["id:07GUANGZHOU1"]),
        # What only a cable without a paragraph has finds nothing.
        ("origin:os", ["origin:Oslo"]),
        ("id:11oslo", []),
        ("date:20", []),
        ("tag:inj", []),
    ],
)
def test_behind_a_field_come_its_values_and_they_find_something(
    filled: Searcher, typed: str, offered: list[str]
) -> None:
    found = filled.complete(typed)
    assert [each.question for each in found] == offered
    for each in found:
        text = typed[: each.start] + each.question
        assert each.start == typed.rindex(each.question.partition(":")[0])
        assert ask(filled, text.removeprefix("quagga -").removeprefix("wheat ")).paragraphs


def test_statistics(filled: Searcher) -> None:
    stats = filled.stats()
    assert (stats.cables, stats.paragraphs) == (31, 53)
    assert (stats.bytes == 0) == (stats.engine == "memory")


def test_several_threads_get_the_answers_of_one(filled: Searcher) -> None:
    texts = ["quagga", "snow", '"not to be"', "wheat -rose", "mark:s*", "date:2007"] * 6

    def answered(text: str) -> list[str]:
        return places(ask(filled, text, facets=("mark", "section")).hits)

    alone = [answered(text) for text in texts]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(answered, texts)) == alone


def test_everything_is_the_default_question(filled: Searcher) -> None:
    assert Query().tree == Everything()
    assert DEFAULT_FIELD == "any"
    assert filled.search(Query()).paragraphs == 53
