"""Many questions in short: each engine gives the counts, dates and first hit that one search after another gives."""

from __future__ import annotations

from dataclasses import replace

import pytest
from read_by_eye import QUESTIONS

from search.answers.results import Brief
from search.engines.protocols import Searcher
from search.engines.tantivy_engine import briefs as tantivy_briefs
from search.language.parser import parse
from search.language.tree import Filter, Query
from search.text.date_spans import first_and_last, span_of

_FILTERS = (Filter("origin", ("Paris", "London", "Berlin")), Filter("year", (), ("2009",)))


def by_searches(searcher: Searcher, query: Query) -> Brief:
    """What a brief answer has to be, by searches of all that was found."""
    asked = replace(query, grouped=False, size=1_000)
    result = searcher.search(asked)
    dates = []
    for sort in ("oldest", "newest"):
        hits = searcher.search(replace(asked, sort=sort)).hits
        known = span_of(hits[0].cable) if hits else None
        dates.append(first_and_last(known) if known else ("", ""))
    (first, _), (_, last) = dates
    best = replace(result.hits[0], title=()) if result.hits else None
    return Brief(result.paragraphs, result.cables, result.others, first, last, best, result.notes)


def questions() -> list[Query]:
    queries = [Query(parse(text).tree) for text, _ in QUESTIONS[::2]]
    queries += [replace(query, filters=_FILTERS) for query in queries[::9]]
    return queries + [replace(query, match="any") for query in queries[::9]]


def test_brief_answers_are_those_of_the_search(filled: Searcher) -> None:
    queries = questions()
    briefs = filled.briefs(queries)
    assert len(briefs) == len(queries)
    for query, brief in zip(queries, briefs, strict=True):
        assert brief == by_searches(filled, query), str(query.tree)


def test_with_more_hits_than_are_read_they_are_the_same(
    filled: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tantivy_briefs, "MOST_HITS", 2)
    queries = questions()[::8]
    for query, brief in zip(queries, filled.briefs(queries), strict=True):
        assert brief == by_searches(filled, query), str(query.tree)


def test_a_question_that_takes_too_long_has_a_problem_and_no_count(filled: Searcher) -> None:
    slow, quick = filled.briefs(
        [Query(parse("putian").tree, seconds=0.0), Query(parse("putian").tree)]
    )
    assert slow.problem.startswith("This question was given up")
    assert slow == Brief(problem=slow.problem)
    assert quick.paragraphs == 2


def test_nothing_is_asked_of_no_questions(filled: Searcher) -> None:
    assert list(filled.briefs([])) == []
