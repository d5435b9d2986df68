"""Initials spelt out in each engine: a list's `A.Q. Khan` finds `Abdul Qadeer Khan`, and says which names these are."""

from __future__ import annotations

from typing import Any

import pytest

from search.batch import initials
from search.batch.lines import Line
from search.batch.questions import Choices
from search.batch.rows import Row, answered
from search.engines.protocols import Searcher
from search.language.parser import parse
from search.language.tree import Filter, Query

TEXTS = {
    "07PARIS1": "Abdul Qadeer Khan spoke first.",
    "07PARIS2": "THEN ABDUL-QADEER KHAN'S LETTER WAS READ.",
    "07PARIS3": "A. Q. Khan was silent.",
    "07PARIS4": "Amina Qureshi Khan and Abdul Q. Khan are others.",
    "07PARIS5": "Ahmed, Qadeer Khan and a quiet Khan left; again quietly Khan did.",
    "07PARIS6": "THE OFFICER AND QUICKLY KHAN ROSE.",
    "07PARIS7": "John Ronald Reuel Tolkien wrote, and so did J.R.R. Tolkien.",
    "07PARIS8": "Zulfiqar Khan met Khan, Abdul Qadeer.",
    "07PARIS9": "Jan van der Berg, not Jutta Berg.",
}

FINDS = {
    **dict.fromkeys(
        ("A.Q. Khan", "A. Q. Khan", "Khan, A. Q.", "Khan, A.Q.", "A. Q. Khan's", "Dr A.Q. Khan"),
        "1 2 3 4",
    ),
    # In capitals a word before the name may be any.
    "Q. Khan": "1 2 4 5 6",
    "A. Khan": "",
    "Z. Khan": "8",
    "J.R.R. Tolkien": "7",
    "J.R. Tolkien": "",
    "J. van der Berg": "9",
    "J. Berg": "9",
    # With a given name that is no initial it is another name.
    "Abdul Khan": "8",
    "A.Q. Nobody": "",
}


def _rows(searcher: Searcher, *names: str, **more: Any) -> list[Row]:
    lines = [Line(number, name) for number, name in enumerate(names, 1)]
    return list(answered(searcher, lines, Choices("names", **more)))


def _found(searcher: Searcher, row: Row) -> str:
    result = searcher.search(Query(parse(row.asked.written).tree))
    assert (row.brief.paragraphs, row.brief.cables) == (result.paragraphs, result.cables)
    ids = {group.cable.id for group in result.groups}
    return " ".join(each.removeprefix("07PARIS") for each in TEXTS if each in ids)


def test_each_name_finds_what_its_initials_stand_for(texts_searcher: Searcher) -> None:
    rows = _rows(texts_searcher, *FINDS)
    assert {row.line.text: _found(texts_searcher, row) for row in rows} == FINDS
    assert all(not row.notes and not row.problem for row in rows)


def test_the_question_says_which_names_these_are(texts_searcher: Searcher) -> None:
    (row,) = _rows(texts_searcher, "Khan, A.Q.")
    assert row.asked.written == (
        '"A.Q. Khan" OR "Khan A.Q." OR "abdul qadeer khan" OR "abdul q khan" OR "amina qureshi khan"'
    )


def test_names_are_looked_for_where_the_filters_say(texts_searcher: Searcher) -> None:
    filters = (Filter("year", excluded=("2007",)),)
    (row,) = _rows(texts_searcher, "A.Q. Khan", filters=filters)
    assert row.asked.written == '"A.Q. Khan" OR "Khan A.Q."'


def test_what_was_not_looked_at_is_told(
    texts_searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(initials, "MOST_READ", 2)
    monkeypatch.setattr(initials, "MOST_FORMS", 1)
    (row,) = _rows(texts_searcher, "Q. Khan")
    assert len(row.notes) in (1, 2)
    assert row.notes[0].startswith("Khan stands in 7 places; what Q. Khan may stand for was looked")
    assert row.notes[0].endswith("for in 2 of them.")
