"""Exports as answers: streamed, a piece of the results at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice

from flask import Blueprint, Response, abort, request

from search import sources as manifests
from search.exports.about import About
from search.exports.arrivals import by_arrival
from search.exports.entries import (
    FIRST_PIECE,
    Entry,
    check_whole,
    counted_results,
    missing,
    named,
    one_page,
)
from search.exports.formats import FORMAT_OF, Format
from search.language.tree import Query
from webui.asking.address import State, build, parse
from webui.asking.collected import name_of, note_of
from webui.asking.questions import Question
from webui.errors import BadAddress
from webui.middleware.turns import take_a_place
from webui.published import published
from webui.site import own_address, site_address, this_site

blueprint = Blueprint("export", __name__)

# A feed is read again and again: its pages are small, and each names the next.
_FEED_PAGE = 100
# How many results the whole export has: whoever keeps it can count whether it came to its end.
RESULTS = "Cablegram-Results"


@blueprint.get("/search.<name>")
def search(name: str) -> Response:
    """All results of a search."""
    form, state = _format(name), replace(parse(request.args.items(multi=True)), collected=())
    check_whole((Question(state, 1).parsed.cut,))
    grouped = state.view == "cables"
    whole = form.whole(grouped=grouped)
    searcher = this_site().searcher
    title = state.q or "All cables"
    if form.name == "atom":
        by_time = state.sort in ("relevance", "newest")
        if by_time:
            state = replace(state, sort="newest")
        query = Question(state, _FEED_PAGE).plain()
        if by_time and (found := _by_arrival(query, whole=whole)):
            entries, more = found
        else:
            entries, more = one_page(searcher, query, whole=whole)
        return _streamed(form, entries, state, title, more=more)
    query = Question(state.on_page(1), _FEED_PAGE).plain()
    total, entries = counted_results(searcher, query, whole=whole)
    if total > FIRST_PIECE:
        take_a_place()
    response = _streamed(form, entries, state, title)
    response.headers[RESULTS] = str(total)
    return response


def _by_arrival(query: Query, *, whole: bool) -> tuple[Iterator[Entry], bool] | None:
    """A page of a feed as its readers want it, what came to the index last first; None if the index doesn't know."""
    site = this_site()
    if not site.folders:
        return None
    with manifests.read_together(site.folders) as manifest:
        if not manifest.lineage:
            return None
        found, more = by_arrival(site.searcher, manifest, query, whole=whole)
        return iter(list(found)), more


@blueprint.get("/collection.<name>")
def collection(name: str) -> Response:
    """The cables and paragraphs that the address names, in its order, with its notes. All of them must be there."""
    form, state = _format(name), parse(request.args.items(multi=True))
    kept, searcher = state.collection, this_site().searcher
    if gone := missing(searcher, map(name_of, kept.collected)):
        raise BadAddress(
            f"Not in the index: {', '.join(gone)}. Take what is missing out of the collection, and download it again."
        )
    entries = (
        replace(entry, note=note_of(one))
        for one in kept.collected
        for entry in named(searcher, (name_of(one),))
    )
    return _streamed(form, entries, kept, "Collection", path="/collection", noted=True)


def _format(name: str) -> Format:
    if name not in FORMAT_OF:
        abort(404)
    return FORMAT_OF[name]


def _streamed(
    form: Format,
    entries: Iterable[Entry],
    state: State,
    title: str,
    *,
    path: str = "/search",
    more: bool = False,
    noted: bool = False,
) -> Response:
    settings = this_site().settings
    following = build(state.on_page(state.page + 1), f"{path}.{form.name}")
    about = About(
        title=f"{settings.title}: {title}",
        # Feed readers, and caches before them, keep it.
        site=own_address() if form.name == "atom" else site_address(),
        address=build(state, f"{path}.{form.name}"),
        page=build(state, path),
        following=following if more else "",
        noted=noted,
    )
    # The first entry is read here, so that what stops the search is an answer of its own and not a broken file.
    listed = map(_outside, entries)
    first = list(islice(listed, 1))
    stream = form.encoded(chain(first, listed), about)
    response = Response(stream, content_type=_content_type(form))
    if form.name != "atom":
        response.headers["Content-Disposition"] = f'attachment; filename="cables.{form.name}"'
    return response


def _outside(entry: Entry) -> Entry:
    return replace(entry, whole=published(entry.whole)) if entry.whole else entry


def _content_type(form: Format) -> str:
    return f"{form.media_type}; charset=utf-8" if form.name in ("csv", "txt") else form.media_type
