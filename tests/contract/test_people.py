"""People and bodies in every engine: names joined, counted exactly, found by any form, decided and undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from corpus.model import Cable, Part
from search.engines.protocols import Searcher
from search.language.parser import parse
from search.language.tree import Filter, Query
from search.people.decisions import Decision, write_decisions

TEXTS = (
    "Minister Anna L. Mora left, and Anna L. Mora came back.",
    "Minister Anna Mora said that the Ministry of Trade agreed.",
    "Mr. A. Mora was at the Ministry of Trade.",
    "Tom Weiss and Minister Anna Mora met at the IMF.",
    "Tom Weiss spoke.",
    "Nobody spoke.",
)


@pytest.fixture
def people(store: Any, make: Callable[..., Cable]) -> Iterator[Searcher]:
    """A cable of each text, and one that only its signature names."""
    with store.writer() as writer:
        for number, text in enumerate(TEXTS, 1):
            writer.put(
                make(f"07OSLO{number}", "2007-01-01", None, "", [("U", None, Part.BODY, text)])
            )
        writer.put(
            make(
                "07OSLO9",
                "2007-01-02",
                None,
                "",
                [("U", None, Part.BODY, "x")],
                signed_by=("QUISPE",),
            )
        )
    with closing(store.searcher()) as searcher:
        yield searcher


def counts(searcher: Searcher, field: str, question: str = "", **more: Any) -> dict[str, int]:
    (facet,) = searcher.search(Query(parse(question).tree, facets=(field,), **more)).facets
    return {value.value: value.count for value in facet.values}


def test_a_person_is_one_value(people: Searcher) -> None:
    assert counts(people, "person") == {"Anna L. Mora": 4, "Tom Weiss": 2}
    assert counts(people, "person", facet_limit=1) == {"Anna L. Mora": 4}
    assert counts(people, "person", facet_order="name", facet_start=1) == {"Tom Weiss": 2}
    assert counts(people, "person", facet_holds="weiss") == {"Tom Weiss": 2}
    assert counts(people, "person", "weiss") == {"Tom Weiss": 2, "Anna L. Mora": 1}
    assert counts(people, "organization") == {"Ministry of Trade": 2, "IMF": 1}


def test_what_is_counted_is_found(people: Searcher) -> None:
    for field in ("person", "organization"):
        for value, count in counts(people, field).items():
            found = people.search(Query(filters=(Filter(field, (value,)),)))
            assert found.paragraphs == count
            found = people.search(Query(filters=(Filter(field, (), (value,)),)))
            assert found.paragraphs == len(TEXTS) + 1 - count


@pytest.mark.parametrize(
    "form", ["mora", '"anna mora"', '"Mora, Anna"', '"A. L. Mora"', '"ANNA L. MORA"']
)
def test_any_form_finds_the_person(people: Searcher, form: str) -> None:
    assert people.search(Query(parse(f"person:{form}").tree)).paragraphs == 4
    (brief,) = people.briefs([Query(parse(f"person:{form}").tree)])
    assert brief.paragraphs == 4


def test_who_is_named_in_a_header_alone_is_there(people: Searcher) -> None:
    assert "Quispe" in {each.name for each in people.people().all}
    assert people.search(Query(parse("person:quispe").tree)).units == 0
    headed = people.search(Query(parse("person:quispe").tree, (Filter("in", ("header",)),)))
    assert (headed.paragraphs, headed.units) == (0, 1)


def test_a_filter_on_another_field_keeps_counts_exact(people: Searcher) -> None:
    chosen = (Filter("organization", ("Ministry of Trade",)),)
    assert counts(people, "person", filters=chosen) == {"Anna L. Mora": 2}
    both = counts(people, "person", filters=(Filter("person", ("Tom Weiss",)),))
    assert both == {"Anna L. Mora": 4, "Tom Weiss": 2}


def test_a_decision_counts_at_once_and_is_undone(
    folder_store: Any, make: Callable[..., Cable]
) -> None:
    with folder_store.writer() as writer:
        for number, text in enumerate(TEXTS, 1):
            writer.put(
                make(f"07OSLO{number}", "2007-01-01", None, "", [("U", None, Part.BODY, text)])
            )
    file = Path(folder_store.folder) / "people.csv"
    with closing(folder_store.searcher()) as searcher:
        assert len(counts(searcher, "person")) == 2
        write_decisions(file, (Decision(True, "Anna L. Mora", "Tom Weiss"),))
        assert counts(searcher, "person") == {"Anna L. Mora": 5}
        write_decisions(file, (Decision(False, "Anna L. Mora", "A. Mora"),))
        assert counts(searcher, "person") == {"Anna L. Mora": 3, "Tom Weiss": 2, "A. Mora": 1}
        file.unlink()
        assert counts(searcher, "person") == {"Anna L. Mora": 4, "Tom Weiss": 2}
