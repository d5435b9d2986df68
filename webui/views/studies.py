"""The pages that look at several things at once: trends, a collection, and two cables side by side."""

from __future__ import annotations

import json

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from search.asking.over_time import window_in
from search.asking.term_counts import term_counts
from search.exports.entries import Entry, named
from webui.asking.address import (
    MAX_QUESTION,
    SINCE,
    UNTIL,
    State,
    build,
    cable_path,
    page_named,
    parse,
)
from webui.asking.collected import name_of, named_in
from webui.asking.comparable import offered
from webui.asking.date_boxes import read_dates
from webui.asking.questions import SECONDS
from webui.asking.term_address import parse_terms
from webui.asking.versions import Text, text_of
from webui.errors import BadAddress, NotHere
from webui.pages.collection import (
    AT,
    CHARACTERS,
    at_the_end,
    collection_file,
    collection_page,
)
from webui.pages.comparing import comparing_page
from webui.pages.date_form import date_form
from webui.pages.frame import box
from webui.pages.similar import similar_page
from webui.pages.terms import terms_page
from webui.site import site_address, this_site

blueprint = Blueprint("studies", __name__)

# So many of the cables like one are shown: further down they have little in common.
_SIMILAR = 20


@blueprint.get("/terms")
def terms() -> str:
    """How often several terms come, by year or month."""
    site = this_site()
    args = list(request.args.items(multi=True))
    state, typed = parse_terms(args, without_wrong_dates=True), dict(args)
    dates = read_dates(typed.get(SINCE, ""), typed.get(UNTIL, ""))
    shown = window_in(state.unit, state.since, state.until)
    told: list[str] = []
    words = site.outline.words(shown) if state.terms else {}
    counted = (
        term_counts(site.searcher, state.terms, shown, words, seconds=SECONDS, told=told)
        if state.terms
        else ()
    )
    return render_template(
        "terms.html",
        page=terms_page(state, counted),
        dates=date_form(
            State(since=state.since, until=state.until, chosen=state.chosen),
            dates,
            site.outline.extent(),
        ),
        notes=(*dates.notes, *dict.fromkeys(told)),
        box=box(state.collection),
    )


@blueprint.get("/cable/<path:cable_id>/similar")
def similar(cable_id: str) -> str | Response:
    """The cables most like one."""
    state, searcher = parse(request.args.items(multi=True)), this_site().searcher
    cable = searcher.get(cable_id)
    if cable is None:
        raise NotHere(f"The cable {cable_id} is not in this collection.")
    if cable.id != cable_id:
        return redirect(build(state, cable_path(cable.id, "similar")))
    found = searcher.similar(cable.id, _SIMILAR, cables=True)
    return render_template(
        "similar.html", page=similar_page(cable, state, found), box=box(state.afresh())
    )


@blueprint.get("/collection")
def collection() -> str | Response:
    """The cables and paragraphs that were collected in the address, with notes.

    What its form sends, notes (`n`, one for each `c`) and something to be added, is written into the one address.
    """
    args = list(request.args.items(multi=True))
    asked = parse(args)
    state = asked.collection.on_page(asked.page)
    if "n" in request.args or "add" in request.args:
        noted = zip(request.args.getlist("c"), request.args.getlist("n"), strict=False)
        more = named_in(request.args.get("add", ""))
        changed = state.noting(noted).collecting(more)
        if more:
            # Where it is seen.
            changed = at_the_end(changed)
        return redirect(build(changed, "/collection"))
    sent = request.args.get(CHARACTERS, "")
    # Six digits are more than there can be; Python refuses to read thousands of them.
    characters = int(sent[:6]) if sent.isascii() and sent.isdecimal() else 0
    page = collection_page(
        state, _found(state), site_address(), characters, page_named(args, state)
    )
    return render_template("collection.html", page=page, box=box(state.collection))


@blueprint.get("/collection.json")
def collection_kept() -> Response:
    """The collection as a file, which the page loads again."""
    state = parse(request.args.items(multi=True)).collection
    kept = collection_file(state, _found(state), site_address())
    response = Response(
        json.dumps(kept, ensure_ascii=False, indent=1) + "\n", mimetype="application/json"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="collection.json"'
    return response


def _found(state: State) -> dict[str, Entry | None]:
    """What each name of a collection stands for."""
    searcher = this_site().searcher
    names = map(name_of, state.collected)
    return {name: next(named(searcher, (name,)), None) for name in names}


@blueprint.get("/compare")
def compare() -> str:
    """Two cables, or two versions of one, paragraph by paragraph."""
    args = list(request.args.items(multi=True))
    asked = parse(args)
    state = asked.afresh()
    names = tuple(request.args.get(side, "").strip() for side in ("a", "b"))
    if any(len(name) > MAX_QUESTION for name in names):
        raise BadAddress(f"What to compare is longer than {MAX_QUESTION:,} characters.")
    site = this_site()
    found = tuple(text_of(site.searcher, site.folders, name) if name else None for name in names)
    both = all(isinstance(each, Text) for each in found)
    picks = () if both else offered(site.searcher, names, found, state.collected, seconds=SECONDS)
    return render_template(
        "compare.html",
        page=comparing_page(
            state,
            names,
            found,
            picks,
            page=page_named(args, asked),
            at=request.args.get(AT, ""),
        ),
        box=box(state),
    )
