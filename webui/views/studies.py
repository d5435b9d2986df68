"""The pages that look at several things at once: terms over time, a collection, and two cables side by side."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from search.asking.over_time import window_in
from search.asking.term_counts import term_counts
from search.exports.entries import Entry, named
from webui.asking.address import SINCE, UNTIL, State, parse
from webui.asking.date_boxes import read_dates
from webui.asking.questions import SECONDS
from webui.asking.term_address import parse_terms
from webui.asking.versions import text_of
from webui.pages.collection import collection_page
from webui.pages.comparing import comparing_page
from webui.pages.date_form import date_form
from webui.pages.frame import box
from webui.pages.terms import terms_page
from webui.site import this_site

blueprint = Blueprint("studies", __name__)


@blueprint.get("/terms")
def terms() -> str:
    """How often several terms come, by year or month."""
    site = this_site()
    args = list(request.args.items(multi=True))
    state, typed = parse_terms(args, without_wrong_dates=True), dict(args)
    dates = read_dates(typed.get(SINCE, ""), typed.get(UNTIL, ""))
    shown = window_in(state.unit, state.since, state.until)
    counted = (
        term_counts(site.searcher, state.terms, shown, site.outline.words(shown), seconds=SECONDS)
        if state.terms
        else ()
    )
    return render_template(
        "terms.html",
        page=terms_page(state, counted),
        dates=date_form(State(since=state.since, until=state.until), dates, site.outline.extent()),
        notes=dates.notes,
        box=box(State(collected=state.collected)),
    )


@blueprint.get("/collection")
def collection() -> str:
    """The cables and paragraphs that were collected in the address."""
    state = State(collected=parse(request.args.items(multi=True)).collected)
    searcher = this_site().searcher
    found: dict[str, Entry | None] = {
        name: next(named(searcher, (name,)), None) for name in state.collected
    }
    return render_template("collection.html", page=collection_page(state, found), box=box(state))


@blueprint.get("/compare")
def compare() -> str:
    """Two cables, or two versions of one, paragraph by paragraph."""
    state = parse(request.args.items(multi=True)).afresh()
    names = tuple(request.args.get(side, "").strip() for side in ("a", "b"))
    site = this_site()
    found = tuple(text_of(site.searcher, site.folder, name) if name else None for name in names)
    return render_template("compare.html", page=comparing_page(state, names, found), box=box(state))
