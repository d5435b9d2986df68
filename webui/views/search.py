"""The page of results, and the page of all values of a facet."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, abort, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response

from webui.asking import questions as asking
from webui.asking.address import SINCE, UNTIL, State, build, cable_path, page_named, parse
from webui.asking.cable_numbers import NUMBER, Named, named_cables
from webui.asking.date_boxes import DatesRead, read_dates
from webui.asking.facets import FACET_NAMES
from webui.asking.term_address import trend_of
from webui.pages.date_form import date_form
from webui.pages.frame import box
from webui.pages.people import people_links
from webui.pages.reading import reading_of
from webui.pages.results import nothing_page, results_page
from webui.pages.suggesting import suggestions
from webui.pages.timeline import timeline
from webui.pages.values import values_page, values_wanted
from webui.pages.wording import Link
from webui.site import this_site
from webui.views.collections import counted

blueprint = Blueprint("search", __name__)

# Of each kind; four kinds of four fill no screen.
_SUGGESTED = 4
_LONGEST_NAME = 60


@blueprint.get("/search")
def search() -> str | Response:
    """What was found; a cable's number leads to the cable."""
    site = this_site()
    state, dates = asked_state()
    extent = site.outline.extent()
    named = named_cables(site.searcher, state.q, extent)
    if named.certain:
        return redirect(_to_the_cable(state, named))
    question = asking.Question(state, site.settings.page_size)
    shown = asking.time_shown(state, extent)
    result = site.searcher.search(question.with_time(shown.unit))
    form = date_form(state, dates, extent)
    if not result.units:
        return render_template(
            "nothing.html",
            page=nothing_page(
                state,
                reading_of(state, question.parsed),
                form,
                asking.instead(site.searcher, question),
                notes=(*dates.notes, *result.notes),
                named=named.cables,
            ),
            box=box(state),
            people=_people(state),
        )
    in_time = asking.hits_in_time(result, shown.unit)
    page = results_page(
        state,
        reading_of(state, question.parsed, result.hits, asking.correction(site.searcher, question)),
        result,
        timeline(
            state,
            shown,
            in_time,
            site.outline.counts(shown),
            asking.without_a_bar(site.searcher, question, result, shown.unit),
        ),
        form,
        size=site.settings.page_size,
        notes=dates.notes,
        named=named.cables,
        several_words=question.has_several_words,
        marker=asking.marker_of(question.plain()),
        page_named=page_named(request.args.items(multi=True), state),
        trend=trend_of(state, question.parsed.tree),
    )
    return render_template(
        "results.html",
        page=page,
        box=box(state),
        people=_people(state),
        collections=counted(question.plain()),
    )


def _people(state: State) -> tuple[Link, ...]:
    """The people whom the question may name, by any form of a name."""
    words = state.q.strip(' "“”')
    if not words or len(words) > _LONGEST_NAME or ":" in words:
        return ()
    return people_links(state, this_site().searcher.people().named(words))


def asked_state() -> tuple[State, DatesRead]:
    """The state of the address, without what is wrong in its boxes for dates, and what stands in these."""
    args = list(request.args.items(multi=True))
    typed = dict(args)
    return (
        parse(args, without_wrong_dates=True),
        read_dates(typed.get(SINCE, ""), typed.get(UNTIL, "")),
    )


def _to_the_cable(state: State, named: Named) -> str:
    """The cable's page, which offers to search for the number instead."""
    address = build(state.afresh(), cable_path(named.cables[0].id))
    asked = urlencode({NUMBER: state.q})
    sign = "&" if "?" in address else "?"
    return f"{address}{sign}{asked}" + (f"#{named.anchor}" if named.anchor else "")


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
    state, dates = asked_state()
    question = asking.Question(state, site.settings.page_size)
    find, order = request.args.get("find", "").strip(), request.args.get("order", "count")
    wanted = values_wanted(state, field, find, order)
    result = site.searcher.search(question.for_values(field, wanted))
    (facet,) = result.facets
    page = values_page(
        state,
        reading_of(state, question.parsed),
        facet,
        notes=tuple(
            filter(None, (*dates.notes, dates.since_wrong, dates.until_wrong, *result.notes))
        ),
        find=find,
        order=order,
        page_named=page_named(request.args.items(multi=True), state),
    )
    return render_template("values.html", page=page, box=box(state))
