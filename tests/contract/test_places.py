"""Places named: the same on every engine, under any of their names."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from memory_engine import MemoryIndex

from corpus.model import Cable, Part, Post
from search.asking.places import geography
from search.language.parser import parse
from search.language.tree import Filter, Query

LA_PAZ = Post("LAPAZ", "La Paz", "Bolivia", "Western Hemisphere")
HANOI = Post("HANOI", "Hanoi", "Vietnam", "East Asia")


def _cables(make: Callable[..., Cable]) -> list[Cable]:
    def rows(*texts: str) -> list[tuple[str, None, Part, str]]:
        return [("U", None, Part.BODY, text) for text in texts]

    return [
        make(
            "07LAPAZ1",
            "2007-03-01",
            LA_PAZ,
            "Rice in Burma",
            rows("The GOB and Peru buy rice.", "Growers in Cochabamba wait.", "No place."),
            tags=("BL",),
        ),
        make("08HANOI2", "2008-03-01", HANOI, "Rice", rows("BURMESE RICE", "Saigon and RANGOON")),
        make("09NOWHERE3", None, None, "Rice", rows("Côte d'Ivoire buys Peruvian rice.")),
    ]


@pytest.mark.parametrize(
    ("asked", "paragraphs"),
    [
        ("place:burma", 1),
        ("place:Myanmar", 1),
        ('place:"ho chi minh city"', 1),
        ("place:saigon", 1),
        ("place:peru", 2),
        ("place:bol*", 1),
        ('place:"ivory coast"', 1),
        ("rice place:peru", 2),
        ("-place:peru", 4),
        ("place:bolivia place:peru", 1),
        ("place:korea", 0),
    ],
)
def test_a_place_is_found_under_any_of_its_names(
    store: MemoryIndex, make: Callable[..., Cable], asked: str, paragraphs: int
) -> None:
    with store.writer() as writer:
        for cable in _cables(make):
            writer.put(cable)
    searcher = store.searcher()
    assert searcher.search(Query(parse(asked).tree)).paragraphs == paragraphs
    searcher.close()


def test_the_places_of_a_search(store: MemoryIndex, make: Callable[..., Cable]) -> None:
    with store.writer() as writer:
        for cable in _cables(make):
            writer.put(cable)
    searcher = store.searcher()
    found = geography(searcher, Query())
    posts = [(each.name, each.paragraphs, each.years) for each in found.sides["origin"]]
    assert posts == [("La Paz", 3, {"2007": 3}), ("Hanoi", 2, {"2008": 2})]
    named = {each.name: each.paragraphs for each in found.sides["place"]}
    assert named == {
        "Peru": 2,
        "Bolivia": 1,
        "Burma": 1,
        "Cochabamba, Bolivia": 1,
        "Côte d'Ivoire": 1,
        "Ho Chi Minh City, Vietnam": 1,
        "Yangon, Burma": 1,
    }
    assert found.years == ("2007", "2008")
    part = geography(searcher, Query(filters=(Filter("place", ("Myanmar",)),)), most=1)
    assert [each.name for each in part.sides["origin"]] == ["Hanoi"]
    # The side that is filtered is counted as if it were not, and what is chosen is always there.
    assert {each.name for each in part.sides["place"]} == {"Peru", "Burma"}
    searcher.close()
