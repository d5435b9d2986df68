"""The network of references of a search: its page, and its files."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, islice

from flask import Blueprint, Response, abort, render_template, request

from search.exports.entries import FIRST_PIECE, check_whole
from search.exports.network import NETWORK_FORMAT_OF, counted_network
from webui.asking.address import parse
from webui.asking.network import bare, network_of
from webui.asking.questions import Question
from webui.middleware.turns import take_a_place
from webui.pages.frame import box
from webui.pages.network import network_page
from webui.pages.reading import reading_of
from webui.site import this_site
from webui.views.export import RESULTS
from webui.views.search import asked_state

blueprint = Blueprint("network", __name__)


@blueprint.get("/network")
def network() -> str:
    """Who refers to whom among what a search finds."""
    site = this_site()
    state, dates = asked_state()
    question = Question(bare(state), site.settings.page_size)
    found, counts = network_of(site.searcher, question)
    return render_template(
        "network.html",
        page=network_page(state, found, counts),
        reading=reading_of(state, question.parsed),
        notes=tuple(filter(None, (*dates.notes, dates.since_wrong, dates.until_wrong))),
        box=box(state),
    )


@blueprint.get("/network.<name>")
def file(name: str) -> Response:
    """The whole network as a file."""
    if name not in NETWORK_FORMAT_OF:
        abort(404)
    form, state = NETWORK_FORMAT_OF[name], bare(parse(request.args.items(multi=True)))
    question = Question(state, 1)
    check_whole((question.parsed.cut,))
    query = replace(question.plain(), sort="oldest")
    total, pieces = counted_network(this_site().searcher, query)
    if total > FIRST_PIECE:
        take_a_place()
    # What stops the search is an answer of its own and not a broken file.
    first = list(islice(pieces, 1))
    kind = f"{form.media_type}; charset=utf-8" if form.media_type == "text/csv" else form.media_type
    response = Response(form.encoded(chain(first, pieces)), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="network.{form.name}"'
    response.headers[RESULTS] = str(total)
    return response
