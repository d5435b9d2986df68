"""The page of results, and the page of all values of a facet."""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify, render_template, request

from webui.asking import questions as asking
from webui.asking.address import parse
from webui.asking.facets import FACET_NAMES
from webui.pages.frame import box
from webui.pages.reading import reading_of
from webui.pages.results import results_page
from webui.pages.suggesting import suggestions
from webui.pages.timeline import timeline
from webui.pages.values import values_page
from webui.site import this_site

blueprint = Blueprint("search", __name__)

# Of each kind; four kinds of four fill no screen.
_SUGGESTED = 4


@blueprint.get("/search")
def search() -> str:
    """What was found."""
    site = this_site()
    state = parse(request.args.items(multi=True))
    question = asking.Question(state, site.settings.page_size)
    shown = asking.time_shown(state)
    result = site.searcher.search(question.with_time(shown.unit))
    in_time = asking.hits_in_time(result, shown.unit)
    page = results_page(
        state,
        reading_of(
            state,
            question.parsed,
            result.hits,
            site.searcher.correct(question.parsed.tree) if result.units else None,
        ),
        result,
        timeline(
            state,
            shown,
            in_time,
            site.outline.counts(shown),
            asking.without_a_bar(site.searcher, question, result, shown.unit),
        ),
        size=site.settings.page_size,
        named=asking.named_cable(site.searcher, state.q),
        ways_on=() if result.units else asking.ways_on(site.searcher, question),
        marker=asking.marker_of(question.plain()),
    )
    return render_template("results.html", page=page, box=box(state))


@blueprint.get("/suggest")
def suggest() -> Response:
    """What the box suggests while one types, as JSON for its script."""
    state = parse(request.args.items(multi=True))
    found = this_site().searcher.complete(state.q, _SUGGESTED)
    return jsonify(suggestions=suggestions(state, found))


@blueprint.get("/values/<field>")
def values(field: str) -> str:
    """All values of a facet under the same search."""
    if field not in FACET_NAMES:
        abort(404)
    site = this_site()
    state = parse(request.args.items(multi=True))
    question = asking.Question(state, site.settings.page_size)
    (facet,) = site.searcher.search(question.for_values(field)).facets
    page = values_page(
        state,
        reading_of(state, question.parsed),
        facet,
        find=request.args.get("find", ""),
        order=request.args.get("order", "count"),
    )
    return render_template("values.html", page=page, box=box(state))
