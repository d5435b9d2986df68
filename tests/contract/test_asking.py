"""What a searcher answers beside results: sorts, cursors, dates counted, suggestions, corrections, likenesses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from corpus.model import Cable, Part, Reference
from search.answers.results import SearchResult
from search.asking.over_time import Window, counts, words
from search.engines.protocols import IndexWriter, Searcher
from search.errors import BadCursor
from search.exports import entries
from search.exports.entries import results
from search.language.parser import parse
from search.language.tree import Filter, Query, Sort
from search.plans.rewriting import MOST_SPELLINGS

Make = Callable[..., Cable]


def ask(searcher: Searcher, text: str, *filters: Filter, **more: object) -> SearchResult:
    return searcher.search(Query(parse(text).tree, filters, **more))  # type: ignore[arg-type]


def places(result: SearchResult) -> list[str]:
    if result.groups:
        return [group.cable.id for group in result.groups]
    return [f"{hit.cable.id} {hit.anchor}" for hit in result.hits]


# Sorts.


def test_the_longest_cable_first_and_equal_ones_by_id(filled: Searcher) -> None:
    result = ask(filled, "-snow", sort="longest", size=8)
    assert places(result) == [
        "09BERLIN12",
        "04CAIRO6",
        "05LAPAZ3",
        "07GUANGZHOU1",
        "05SANJOSE4",
        "06HANOI2",
        "07LONDON10",
        "07LONDON11",
    ]


def test_the_length_is_the_cables_and_not_what_was_found_of_it(filled: Searcher) -> None:
    result = ask(filled, "six OR reeds OR topaz", sort="longest", grouped=False)
    assert places(result) == [
        "09BERLIN12 p6",
        "09BERLIN14 p2",
        "09ROME16 p1",
        "09ROME16 p2",
    ]


def test_the_most_referenced_counts_cables_and_not_their_paragraphs(store: Any, make: Make) -> None:
    def citing(cable_id: str, count: int, *cited: str) -> Cable:
        rows = [("U", None, Part.BODY, "Wheat.")] * count
        references = tuple(Reference(each, each) for each in cited)
        return make(cable_id, "2007-01-01", None, "", rows, references=references)

    with store.writer() as writer:
        writer.put(citing("07ROME1", 3, "07ROME3"))
        writer.put(citing("07ROME2", 1, "07 Rome 4", "07ROME1"))
        writer.put(citing("07ROME3", 1, "2007ROME00004"))
        writer.put(citing("07ROME4", 1))
    searcher = store.searcher()
    result = ask(searcher, "wheat", sort="referenced")
    assert places(result) == ["07ROME4", "07ROME1", "07ROME3", "07ROME2"]
    searcher.close()


def test_a_misspelt_word_is_looked_for_among_the_words_of_the_last_commit(
    store: Any, make: Make
) -> None:
    def of_one_word(number: int, word: str) -> Cable:
        return make(f"07ROME{number}", "2007-01-01", None, "", [("U", None, Part.BODY, word)])

    with store.writer() as writer:
        writer.put(of_one_word(1, "lantern"))
    searcher = store.searcher()
    assert places(ask(searcher, "lanten~")) == ["07ROME1"]
    with store.writer() as writer:
        writer.put(of_one_word(2, "lanterns"))
        writer.put(of_one_word(1, "lamp"))
    assert places(ask(searcher, "lantern~")) == ["07ROME2"]
    searcher.close()


# Cursors.


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "longest", "referenced"])
@pytest.mark.parametrize("grouped", [True, False])
@pytest.mark.parametrize("text", ["", "snow OR quagga OR nothing"])
def test_pages_by_cursor_joined_are_the_whole_list(
    filled: Searcher, text: str, grouped: bool, sort: Sort
) -> None:
    whole = places(ask(filled, text, sort=sort, grouped=grouped, size=1000))
    joined: list[str] = []
    after = ""
    for _ in range(len(whole)):
        result = ask(filled, text, sort=sort, grouped=grouped, size=4, after=after)
        joined += places(result)
        after = result.after
        if not after:
            break
    assert joined == whole


def test_a_cursor_is_stable_when_cables_come_and_go(store: Any, make: Make) -> None:
    def put(writer: IndexWriter, *numbers: int) -> None:
        for number in numbers:
            when = f"2007-01-{number:02}"
            writer.put(make(f"07ROME{number}", when, None, "", [("U", None, Part.BODY, "Wheat.")]))

    with store.writer() as writer:
        put(writer, *range(10, 20))
    searcher = store.searcher()
    first = ask(searcher, "wheat", sort="newest", size=3)
    assert places(first) == ["07ROME19", "07ROME18", "07ROME17"]
    with store.writer() as writer:
        put(writer, 20, 21)
        writer.delete("07ROME17")
    second = ask(searcher, "wheat", sort="newest", size=3, after=first.after)
    assert places(second) == ["07ROME16", "07ROME15", "07ROME14"]
    searcher.close()


@pytest.mark.parametrize(
    "cursor",
    [
        "x", "AAAA", "W10", "bnVsbA", "WyJuZXdlc3QiLHRydWVd", "é", "==",
        # NaN, a number without end, and a place of thirty digits.
        "WyJyZWxldmFuY2UiLHRydWUsTmFOLCJhIiwwXQ", "WyJyZWxldmFuY2UiLHRydWUsMWU5OTksImEiLDBd",
        "WyJyZWxldmFuY2UiLHRydWUsMS4wLCJhIiwxMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwXQ",
    ],
)  # fmt: skip
def test_what_is_no_cursor_is_refused(filled: Searcher, cursor: str) -> None:
    with pytest.raises(BadCursor):
        ask(filled, "snow", after=cursor)


@pytest.mark.parametrize("grouped", [False, True])
@pytest.mark.parametrize("sort", ["relevance", "newest", "referenced"])
def test_an_export_goes_on_by_pieces_of_their_real_size(
    filled: Searcher, monkeypatch: pytest.MonkeyPatch, sort: str, grouped: bool
) -> None:
    query = Query(parse("snow").tree, sort=sort, grouped=grouped)  # type: ignore[arg-type]
    at_once = list(results(filled, query, whole=False))
    monkeypatch.setattr(entries, "FIRST_PIECE", 1)
    assert list(results(filled, query, whole=False)) == at_once
    assert len(at_once) > 2


def test_a_cursor_of_another_order_is_refused(filled: Searcher) -> None:
    after = ask(filled, "snow", sort="newest", size=2).after
    with pytest.raises(BadCursor, match="another order"):
        ask(filled, "snow", sort="oldest", after=after)
    with pytest.raises(BadCursor, match="another order"):
        ask(filled, "snow", sort="newest", grouped=False, after=after)


# Facets.


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("year", [("2007", 7), ("2008", 1)]),
        ("month", [("2007-03", 3), ("2007-06", 2), ("2007-07", 2), ("2008-01", 1)]),
        ("day", [("2007-03-23", 3), ("2007-06-30", 2), ("2007-07-01", 2), ("2008-01-01", 1)]),
    ],
)
def test_dates_are_counted_by_year_month_and_day(
    filled: Searcher, field: str, values: list[tuple[str, int]]
) -> None:
    text = "origin:guangzhou OR origin:london OR barley"
    (facet,) = ask(filled, text, facets=(field,), facet_limit=0, facet_order="name").facets
    assert [(value.value, value.count) for value in facet.values] == values


def test_words_are_added_up_by_year(filled: Searcher) -> None:
    expected: Counter[str] = Counter()
    for hit in ask(filled, "", grouped=False, size=1_000).hits:
        if hit.cable.date:
            expected[str(hit.cable.date.year)] += len(hit.text.split())
    there = counts(filled, Query(), "year")
    assert words(filled, Window("year"), there) == expected
    assert len(expected) > 3


def test_a_paragraph_is_asked_for_by_its_length(filled: Searcher) -> None:
    lengths = [len(hit.text.split()) for hit in ask(filled, "", grouped=False, size=1_000).hits]
    for length in (1, sorted(lengths)[len(lengths) // 2], max(lengths)):
        longer = sum(each >= length for each in lengths)
        assert ask(filled, f"words:>={length}").paragraphs == longer
        assert ask(filled, f"words:{length}").paragraphs == lengths.count(length)


def test_a_date_that_is_not_known_to_the_day_is_counted_as_far_as_it_is(filled: Searcher) -> None:
    result = ask(filled, "date:2005", facets=("year", "month", "day"))
    assert [[(v.value, v.count) for v in facet.values] for facet in result.facets] == [
        [("2005", 5)],
        [("2005-06", 3)],
        [],
    ]


def test_a_day_can_be_filtered_by(filled: Searcher) -> None:
    assert ask(filled, "", Filter("day", ("2003-01-02",))).cables == 7


def test_the_values_of_a_facet_by_name_and_by_their_beginning(filled: Searcher) -> None:
    (facet,) = ask(
        filled, "", facets=("tag",), facet_limit=2, facet_order="name", facet_prefix="E"
    ).facets
    assert [(value.value, value.count) for value in facet.values] == [("EAGR", 2), ("EFIS", 2)]
    assert facet.more == 2


def test_the_values_of_a_facet_that_hold_a_text(filled: Searcher) -> None:
    (every,) = ask(filled, "", facets=("tag",), facet_limit=0).facets
    (some,) = ask(filled, "", facets=("tag",), facet_limit=1, facet_holds="gr").facets
    held = [value for value in every.values if "GR" in value.value]
    assert held
    assert some.values == tuple(held[:1])
    assert some.more == len(held) - 1


# Suggestions.


def test_completions_are_words_posts_tags_and_cables_with_their_meaning(filled: Searcher) -> None:
    found = filled.complete("ki")
    assert [(each.kind, each.text, each.question) for each in found] == [
        ("word", "kipr", "kipr"),  # it stands in a header
        ("tag", "KIPR", "tag:KIPR"),
    ]
    assert found[1].meaning == "Intellectual Property Rights"
    found = filled.complete("guangz")
    assert [(each.kind, each.text, each.meaning) for each in found] == [
        ("word", "guangzhou", ""),
        ("post", "Guangzhou", "China"),
    ]
    posts = [each.question for each in filled.complete("San J") if each.kind == "post"]
    assert posts == ['origin:"San Jose"']
    assert [(each.kind, each.text) for each in filled.complete("07lond")] == [
        ("cable", "07LONDON10"),
        ("cable", "07LONDON11"),
    ]
    assert [each.kind for each in filled.complete("2007LONDON1")] == ["cable", "cable"]


def test_a_completion_is_a_question_that_finds(filled: Searcher) -> None:
    for text in ("pu", "sn", "se", "san j", "07g", "the wh"):
        for each in filled.complete(text):
            read = parse(each.question)
            assert not read.problems
            assert filled.search(Query(read.tree)).units >= 1


def test_completions_are_limited_and_never_of_nothing(filled: Searcher) -> None:
    assert filled.complete("") == filled.complete("zzz") == filled.complete("s", 0) == ()
    assert len([each for each in filled.complete("03o", 3) if each.kind == "cable"]) == 3


# Did you mean.


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("putain", "putian"),
        ("injuction putian", "injunction AND putian"),
        ("injuctions", "injunctions"),
        ('"shoe factroy"', '"shoe factory"'),
        ("subject:reveiw", "subject:review"),
        ("origin:guangzu", "origin:guangzhou"),
        ("quaga -tpoaz", "quagga AND NOT tpoaz"),
        ("(quaga OR topas)", "quagga OR topaz"),
        ("putian", None),
        ("factory", None),
        ("xyzzyxyzzy", None),
        ("zz", None),
        ("putan*", None),
        ("", None),
    ],
)
def test_did_you_mean(filled: Searcher, text: str, meant: str | None) -> None:
    corrected = filled.correct(parse(text).tree)
    assert (None if corrected is None else str(corrected)) == meant


# Likeness.


def test_similar_paragraphs_come_with_the_words_they_share(filled: Searcher) -> None:
    found = filled.similar("09ROME15#p2")
    assert [(each.hit.cable.id, each.hit.anchor) for each in found] == [("09ROME16", "p1")]
    assert set(found[0].shared) == {"finds", "night"}
    marked = [run.text for run in found[0].hit.snippet if run.marked]
    assert marked == ["finds", "night"]


def test_similar_cables_come_once_each(filled: Searcher) -> None:
    found = filled.similar("09BERLIN13", cables=True)
    assert [each.hit.cable.id for each in found] == ["09BERLIN12", "09BERLIN14"]
    assert all("quagga" in each.shared for each in found)
    assert len(filled.similar("09BERLIN13", 1, cables=True)) == 1


def test_nothing_is_like_what_is_not_there(filled: Searcher) -> None:
    assert filled.similar("07NOWHERE1") == filled.similar("09ROME15#p9") == ()
    result = ask(filled, "like:07NOWHERE1")
    assert (result.paragraphs, len(result.notes)) == (0, 1)
    assert 'No cable "07NOWHERE1"' in result.notes[0]


# Costs.


def test_too_many_spellings_are_cut_off_alike_everywhere_and_it_is_said(
    store: Any, make: Make
) -> None:
    # 300 words of one pattern, those with a number below 100 twice; and some that were deleted again.
    rows = [("U", None, Part.BODY, f"word{number:03}x") for number in range(300)]
    rows += [("U", None, Part.BODY, f"word{number:03}x") for number in range(100)]
    with store.writer() as writer:
        writer.put(make("07ROME1", "2007-01-01", None, "", rows))
        gone = [
            ("U", None, Part.BODY, f"wordgone{number}x word{number}x") for number in range(400, 500)
        ]
        writer.put(make("07ROME2", "2007-01-01", None, "", gone))
    with store.writer() as writer:
        writer.delete("07ROME2")
    searcher = store.searcher()
    result = ask(searcher, "w?rd*x", grouped=False, size=1000)
    assert result.paragraphs == MOST_SPELLINGS + 100
    assert result.notes == (
        "w?rd*x stands for 300 words of this index; only the 200 nearest and most frequent were looked for.",
    )
    assert {hit.text for hit in result.hits} == {f"word{number:03}x" for number in range(200)}
    assert ask(searcher, "word0?1x").notes == ()
    searcher.close()


def test_snippets_mark_what_really_matched(filled: Searcher) -> None:
    def marked(text: str) -> list[list[str]]:
        hits = ask(filled, text, grouped=False).hits
        return [[run.text for run in hit.snippet if run.marked] for hit in hits]

    assert marked("inj*tion") == [["injunction"]]
    assert marked("enforcment~ slow") == [["Enforcement", "slow"]]
    assert marked('"rose then"~4') == [["Then", "rose"]]
    assert marked("brand NEAR/4 judge") == [["Judges", "brands"]]
    assert marked("-brand NEAR/4 judge appeal") == [["appeal"]]


def test_pages_do_not_overlap(filled: Searcher) -> None:
    pages = [set(places(ask(filled, "", size=7, page=number))) for number in range(1, 6)]
    assert all(not first & second for first, second in pairwise(pages))
