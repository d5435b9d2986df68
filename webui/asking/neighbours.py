"""The results before and after a cable, or the cables of its post: looked for anew from the address.

Owns what "before" and "after" mean. Must not know a request or a template.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from corpus.model import Cable
from search.answers.ordering import write_cursor
from search.answers.results import CableSummary, Hit, SearchResult
from search.engines.protocols import Searcher
from search.language.tree import Everything, Filter, Query
from search.text.dates import minutes
from webui.asking.address import MAX_PAGE, State, last_page
from webui.asking.questions import Question

# Cables of one post that bear the same minute; more than this in one minute are not put in order.
_SAME_MINUTE = 20

# What a list of results counts; a result is a paragraph, or anything else that was found.
ResultUnit = Literal["cable", "paragraph", "result"]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The cables before and after one, None at an end; and its place in a result (0: not known), from 1, of `total`.

    `unit` says of what; where it is not cables, the anchors name what was found in the cables before and after.
    """

    before: CableSummary | None = None
    after: CableSummary | None = None
    place: int = 0
    total: int = 0
    before_page: int = 1
    after_page: int = 1
    unit: ResultUnit = "cable"
    before_anchor: str = ""
    after_anchor: str = ""


def neighbours_in_result(searcher: Searcher, question: Question, cable: Cable) -> Neighbours:
    """The results before and after a cable, looked for on the page of results that the state names.

    Of single results it is the one before the cable's first and the one after its last on that page.
    """
    state, size = question.state, question.size
    result = _page(searcher, question, state.page)
    hits = _firsts(result)
    total = result.entries if state.view == "cables" else result.units
    places = [place for place, hit in enumerate(hits) if hit.cable.id == cable.id]
    unit = _unit(state, result)
    if not places:
        return Neighbours(total=total, unit=unit)
    first, last, page = places[0], places[-1], state.page
    before = hits[first - 1] if first else None
    after = hits[last + 1] if last + 1 < len(hits) else None
    before_page = after_page = page
    if before is None and page > 1:
        before_page = page - 1
        before = next(iter(_firsts(_page(searcher, question, before_page))[::-1]), None)
    if after is None and page < min(last_page(total, size), MAX_PAGE):
        after_page = page + 1
        after = next(iter(_firsts(_page(searcher, question, after_page))), None)
    return Neighbours(
        before.cable if before else None,
        after.cable if after else None,
        (page - 1) * size + first + 1,
        total,
        before_page,
        after_page,
        unit,
        before.anchor if before and unit != "cable" else "",
        after.anchor if after and unit != "cable" else "",
    )


def _page(searcher: Searcher, question: Question, page: int) -> SearchResult:
    return searcher.search(replace(question.folded(), page=page, per_cable=1, snippets=False))


def _firsts(result: SearchResult) -> tuple[Hit, ...]:
    """One hit for each result of a page."""
    return tuple(group.hits[0] for group in result.groups) or result.hits


def _unit(state: State, result: SearchResult) -> ResultUnit:
    """What the results are."""
    if state.view == "cables":
        return "cable"
    return "result" if result.others else "paragraph"


def neighbours_of_post(searcher: Searcher, cable: Cable) -> Neighbours:
    """The cables of the same post just before and just after a cable, by date and then by id; none without a date."""
    if cable.date is None or cable.origin is None:
        return Neighbours()
    now = minutes(cable.date)
    of_post = Query(
        Everything(),
        (Filter("origin", (cable.origin.name,)),),
        grouped=True,
        size=_SAME_MINUTE,
        per_cable=1,
    )
    earlier = searcher.search(_from(replace(of_post, sort="newest"), -now))
    later = searcher.search(_from(replace(of_post, sort="oldest"), now))
    here = _order(cable)
    return Neighbours(
        max(
            (each for each in _dated(earlier) if _order(each) < here),
            key=_order,
            default=None,
        ),
        min(
            (each for each in _dated(later) if _order(each) > here),
            key=_order,
            default=None,
        ),
    )


def _from(query: Query, minute: int) -> Query:
    """What a question by date finds from a minute on, in its order: by UTC, and not by the clock of a place."""
    before_all_of_it = (0, minute, "", -1)
    return replace(query, after=write_cursor(query, before_all_of_it))


def _dated(result: SearchResult) -> Iterator[CableSummary]:
    return (each.cable for each in result.groups if each.cable.date is not None)


def _order(cable: Cable | CableSummary) -> tuple[int, str]:
    return (minutes(cable.date) if cable.date else 0, cable.id)
