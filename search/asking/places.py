"""Where a search leads: from which posts its paragraphs come, which places they name, and when.

Owns the counts and where on the earth they belong. Must not know a page, an address or an engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from functools import cache
from typing import Literal

from corpus.late_dataclasses import dataclass
from corpus.places import place, post_point
from corpus.posts import posts
from search.answers.results import Facet, FacetValue
from search.engines.protocols import Searcher
from search.language.tree import Filter, Query

# From where: the posts; about where: the places named. Both are fields.
Side = Literal["origin", "place"]
SIDES: tuple[Side, ...] = ("origin", "place")
MOST_SHOWN = 60
# Of so many of each side the years are counted, a search each.
MOST_OVER_TIME = 6


@dataclass(frozen=True, slots=True)
class Somewhere:
    """A post or a place, and how many paragraphs are from there, or name it. `latitude` and `longitude` are in degrees,
    None where it stands nowhere, or that is not known. `years` are paragraphs by year, None where they are not counted.
    """

    name: str
    country: str
    paragraphs: int
    latitude: float | None = None
    longitude: float | None = None
    years: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Geography:
    """The posts and the places of a search, the most frequent first, of each at most as many as were asked for: `more`
    says how many others there are. `years` are all that any of them has."""

    paragraphs: int
    cables: int
    sides: Mapping[Side, tuple[Somewhere, ...]]
    more: Mapping[Side, int]
    notes: tuple[str, ...] = ()
    # Those of the notes that say that something was left out.
    cuts: tuple[str, ...] = ()
    years: tuple[str, ...] = field(default=())


def geography(
    searcher: Searcher, query: Query, *, most: int = MOST_SHOWN, over_time: int = MOST_OVER_TIME
) -> Geography:
    """What a question finds, by place; `over_time` of each side with their years.

    The values of a side are counted without regard to the filter of that side. Raises TooSlow and SearchError as a
    search does.
    """
    asked = replace(
        query, page=1, after="", size=1, per_cable=1, snippets=False, facets=SIDES, facet_limit=most
    )
    found = searcher.search(asked)
    facets = {facet.field: facet for facet in found.facets}
    sides = {
        side: tuple(
            _somewhere(
                side,
                each.value,
                each.count,
                _years(searcher, asked, side, each.value) if at < over_time else None,
            )
            for at, each in enumerate(_counted(facets[side]))
        )
        for side in SIDES
    }
    years = {year for side in sides.values() for each in side for year in each.years or ()}
    return Geography(
        found.paragraphs,
        found.cables,
        sides,
        {side: facets[side].more for side in SIDES},
        found.notes,
        found.cuts,
        tuple(sorted(years)),
    )


def _counted(facet: Facet) -> list[FacetValue]:
    return [each for each in facet.values if each.count]


def _somewhere(side: Side, name: str, count: int, years: Mapping[str, int] | None) -> Somewhere:
    if side == "place":
        known = place(name)
        if known is None:
            return Somewhere(name, "", count, years=years)
        return Somewhere(name, known.country, count, known.latitude, known.longitude, years)
    country, at = _posts().get(name, ("", None))
    latitude, longitude = at or (None, None)
    return Somewhere(name, country, count, latitude, longitude, years)


@cache
def _posts() -> Mapping[str, tuple[str, tuple[float, float] | None]]:
    """The name of a post -> its country, and where it is."""
    return {each.name: (each.country, post_point(each.code)) for each in posts()}


def _years(searcher: Searcher, query: Query, side: Side, value: str) -> Mapping[str, int]:
    others = tuple(each for each in query.filters if each.field not in (side, "year"))
    chosen = tuple(each for each in query.filters if each.field == "year")
    one = replace(
        query, filters=(*others, *chosen, Filter(side, (value,))), facets=("year",), facet_limit=0
    )
    (facet,) = searcher.search(one).facets
    return {each.value: each.count for each in facet.values if each.count}
