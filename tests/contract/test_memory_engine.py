"""The oracle itself: its scores, what its writers change and what its readers see."""

from __future__ import annotations

import math
import re
import threading
from datetime import UTC, datetime

import pytest
from memory_engine import MemoryIndex, MemorySearcher

from corpus.model import Cable, Paragraph, Part
from search.answers.results import IndexStats
from search.errors import IndexLocked
from search.language.parser import parse
from search.language.tree import Filter, Query


def cable(cable_id: str, *texts: str, subject: str = "", section: str | None = None) -> Cable:
    paragraphs = tuple(
        Paragraph(f"p{number}", number, None, section, Part.BODY, text)
        for number, text in enumerate(texts, start=1)
    )
    return Cable(id=cable_id, subject=subject, paragraphs=paragraphs)


def indexed(*cables: Cable) -> MemorySearcher:
    index = MemoryIndex()
    with index.writer() as writer:
        for each in cables:
            writer.put(each)
    return index.searcher()


def found(searcher: MemorySearcher, question: str, *filters: Filter) -> list[str]:
    query = Query(parse(question).tree, filters, grouped=False)
    return [f"{hit.cable.id}#{hit.anchor}" for hit in searcher.search(query).hits]


def test_scores_are_lucenes_bm25() -> None:
    """By hand: three paragraphs of 2, 4 and 6 words, `shoes` in two of them, once and twice; and a head without words.

    The word stands there as it was typed, so a fifth of the score of its exact form, here as high, comes on top.
    """
    searcher = indexed(cable("A", "shoes here", "no word of it", "shoes and shoes and more things"))
    hits = searcher.search(Query(parse("shoes").tree, grouped=False)).hits
    weight = (1 + 0.2) * math.log(1 + (4 - 2 + 0.5) / (2 + 0.5))
    expected = {
        "p1": weight * 1 / (1 + 1.2 * (0.25 + 0.75 * 2 / 4)),
        "p3": weight * 2 / (2 + 1.2 * (0.25 + 0.75 * 6 / 4)),
    }
    assert {hit.anchor: hit.score for hit in hits} == pytest.approx(expected)


def test_a_phrase_weighs_what_its_words_weigh() -> None:
    searcher = indexed(cable("A", "more shoes", "shoes more"))
    (hit,) = searcher.search(Query(parse('"more shoes"').tree)).hits
    # Each word stands in both paragraphs, each as long as the average; the third unit is the head.
    assert hit.score == pytest.approx(2 * math.log(1 + 1.5 / 2.5) / (1 + 1.2))


def test_a_word_that_stands_over_the_paragraph_too_ranks_it_higher() -> None:
    filler = "one two three four five six seven"
    searcher = indexed(
        cable("A", f"{filler} putian", f"{filler} visit"),
        cable("B", f"{filler} putian", f"{filler} eight", subject="Putian"),
        cable("C", f"{filler} putian", f"{filler} eight", section="Putian"),
    )
    assert sorted(found(searcher, "putian")[:2]) == ["B#p1", "C#p1"]


def test_a_subject_counts_more_than_a_mention() -> None:
    filler = "one two three four five six seven eight nine ten"
    searcher = indexed(cable("A", f"{filler} putian"), cable("B", filler, subject="Putian"))
    assert found(searcher, "putian") == ["B#head", "A#p1"]


def test_no_phrase_runs_over_from_heading_to_paragraph() -> None:
    searcher = indexed(cable("A", "action now", subject="Second review", section="Little"))
    assert found(searcher, '"little action"') == []
    assert found(searcher, '"second review"') == ["A#head"]
    assert found(searcher, "review* little action") == ["A#p1"]


def test_undated_paragraphs_match_no_date_and_are_found_by_its_absence() -> None:
    dated = Cable(
        id="B", date=datetime(2007, 1, 1, tzinfo=UTC), paragraphs=cable("B", "x").paragraphs
    )
    searcher = indexed(cable("A", "x"), dated)
    assert found(searcher, "date:[* TO *]") == ["B#p1"]
    assert found(searcher, "NOT date:[* TO *]") == ["A#p1"]
    assert found(searcher, "NOT has:date") == ["A#p1"]


def test_a_cable_is_replaced_whole_and_deleted_by_any_spelling() -> None:
    index = MemoryIndex()
    searcher = index.searcher()
    with index.writer() as writer:
        writer.put(cable("07GUANGZHOU376", "old words", "more"))
    with index.writer() as writer:
        writer.put(cable("2007GUANGZHOU00376", "new words"))
    assert found(searcher, "words") == ["2007GUANGZHOU00376#p1"]
    assert searcher.get("07 Guangzhou 376") == cable("2007GUANGZHOU00376", "new words")
    assert searcher.stats() == IndexStats("memory", 1, 1, 0)
    with index.writer() as writer:
        assert writer.delete("07guangzhou376_a")
        assert not writer.delete("07GUANGZHOU377")
    assert searcher.get("07GUANGZHOU376") is None
    assert found(searcher, "") == []


def test_nothing_is_seen_before_the_commit_and_nothing_of_a_failed_one() -> None:
    index = MemoryIndex()
    searcher = index.searcher()

    def fail() -> None:
        with index.writer() as writer:
            writer.put(cable("A", "shoes"))
            assert found(searcher, "shoes") == []
            raise ValueError("stopped half way")

    with pytest.raises(ValueError, match="half way"):
        fail()
    assert searcher.stats().cables == 0
    with index.writer() as writer:
        writer.put(cable("A", "shoes"))
    assert found(searcher, "shoes") == ["A#p1"]


def test_one_writer_at_a_time() -> None:
    index = MemoryIndex()
    with index.writer(), pytest.raises(IndexLocked, match=re.escape("wait until it is done")):
        index.writer().__enter__()
    with index.writer() as writer:
        writer.put(cable("A", "shoes"))
    assert index.searcher().stats().paragraphs == 1


def test_a_search_sees_one_commit_and_no_mixture() -> None:
    """Each commit has as many cables as it has paragraphs with its own number."""
    index = MemoryIndex()
    searcher = index.searcher()
    done = threading.Event()
    seen: list[tuple[int, int]] = []

    def read() -> None:
        while not done.is_set():
            result = searcher.search(Query(parse("").tree, facets=("source",)))
            seen.append((result.paragraphs, sum(v.count for v in result.facets[0].values)))

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(20):
        with index.writer() as writer:
            writer.put(cable(f"A{number}", "shoes", "more shoes"))
    done.set()
    reader.join()
    assert all(paragraphs == counted and paragraphs % 2 == 0 for paragraphs, counted in seen)
    assert searcher.stats().paragraphs == 40


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sh", ("shoes", "shops")),
        ("more SH", ("shoes", "shops")),
        ("shoes", ("shoes",)),
        ("shoes ", ()),
        ("", ()),
        ("x", ()),
    ],
)
def test_words_are_suggested_by_how_many_paragraphs_have_them(
    text: str, expected: tuple[str, ...]
) -> None:
    searcher = indexed(cable("A", "shops shops shops", "shoes", "shoes"))
    for limit in (8, 1):
        found = [each.text for each in searcher.complete(text, limit) if each.kind == "word"]
        assert tuple(found) == expected[:limit]


def test_facets_ignore_their_own_filter_only() -> None:
    searcher = indexed(
        cable("A", "shoes", "shoes", section="One"), cable("B", "shoes", section="Two")
    )
    query = Query(parse("shoes").tree, (Filter("section", ("two",)),), facets=("section", "source"))
    result = searcher.search(query)
    section, source = result.facets
    assert result.paragraphs == 1
    assert [(each.value, each.count) for each in section.values] == [("One", 2), ("Two", 1)]
    assert [(each.value, each.count) for each in source.values] == [("telegram", 1)]
    excluded = searcher.search(
        Query(parse("shoes").tree, (Filter("section", (), ("One",)),), facets=("section",))
    )
    assert excluded.paragraphs == 1
    assert [each.count for each in excluded.facets[0].values] == [2, 1]
