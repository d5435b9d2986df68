"""The pages of one cable: to read, as received, and the short address of a paragraph."""

from __future__ import annotations

import re

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from corpus.model import Cable
from webui import asking
from webui.address import State, build, cable_path, parse
from webui.around import cables_around
from webui.errors import NotHere
from webui.neighbours import neighbours_in_result, neighbours_of_post
from webui.pages.cable import cable_page
from webui.pages.citing import citing_page
from webui.pages.frame import box
from webui.pages.reading import reading_of
from webui.pages.received import received_page
from webui.pages.trail import post_trail, received_trail, result_trail
from webui.site import this_site
from webui.versions import with_text

blueprint = Blueprint("cable", __name__)

# A paragraph as people name it: `12`, `p12`, `4b`, `u1`, `P12`.
_PARAGRAPH_NAME = re.compile(r"(?P<kind>[pu]?)(?P<number>[0-9]+[a-z]*)")


@blueprint.get("/cable/<path:cable_id>")
def cable(cable_id: str) -> str | Response:
    """The cable, its paragraphs under `#p1`, `#p2`, ..."""
    site, state = this_site(), _state()
    found = _found(cable_id)
    if found.id != cable_id:
        return redirect(build(state, cable_path(found.id)))
    question = asking.Question(state, site.settings.page_size)
    if not state.asks_nothing:
        trail = result_trail(state, neighbours_in_result(site.searcher, question, found))
    elif found.origin:
        trail = post_trail(state, found.origin.name, neighbours_of_post(site.searcher, found))
    else:
        trail = ()
    page = cable_page(
        found,
        state,
        reading_of(state, question.parsed),
        question.marker(site.searcher) if state.q else None,
        trail,
        cables_around(site.searcher, found),
        with_text(site, found),
    )
    return render_template("cable.html", page=page, box=box(state))


@blueprint.get("/cable/<path:cable_id>/received")
def received(cable_id: str) -> str | Response:
    """The page that the cable was found in, each stretch with what it was taken for."""
    state = _state()
    found = _found(cable_id)
    if found.id != cable_id:
        return redirect(build(state, cable_path(found.id, "received")))
    return render_template(
        "received.html",
        page=received_page(found, state),
        trail_links=received_trail(state, found.id),
        box=box(state),
    )


@blueprint.get("/cable/<path:cable_id>/cite", defaults={"name": ""})
@blueprint.get("/cable/<path:cable_id>/cite/<name>")
def cite(cable_id: str, name: str) -> str | Response:
    """How to cite the cable, or one of its paragraphs."""
    state = _state()
    found = _found(cable_id)
    anchor = _anchor_of(found, name) if name else ""
    if found.id != cable_id or anchor != name:
        return redirect(build(state, cable_path(found.id, "cite", *filter(None, (anchor,)))))
    paragraph = next((one for one in found.paragraphs if one.anchor == anchor), None)
    return render_template("cite.html", page=citing_page(found, paragraph, state), box=box(state))


@blueprint.get("/cable/<path:cable_id>/p/<name>")
def paragraph(cable_id: str, name: str) -> Response:
    """To the paragraph in its cable; the question goes along."""
    found = _found(cable_id)
    return redirect(build(_state(), cable_path(found.id), _anchor_of(found, name)))


def _state() -> State:
    return parse(request.args.items(multi=True))


def _found(cable_id: str) -> Cable:
    found = this_site().searcher.get(cable_id)
    if found is None:
        raise NotHere(f"The cable {cable_id} is not in this collection.")
    return found


def _anchor_of(cable: Cable, name: str) -> str:
    """The same; raises `NotHere`, with the paragraphs that there are, for one that is not."""
    anchor = _anchor(cable, name)
    if anchor is None:
        numbers = ", ".join(each.anchor for each in cable.paragraphs[:40])
        raise NotHere(f"{cable.id} has no paragraph {name}; it has {numbers or 'none'}.", cable.id)
    return anchor


def _anchor(cable: Cable, name: str) -> str | None:
    """The anchor that a paragraph's name means, None if the cable has no such paragraph."""
    match = _PARAGRAPH_NAME.fullmatch(name.strip().lower())
    if match is None:
        return None
    wanted = (match["kind"] or "p") + match["number"]
    return next((one.anchor for one in cable.paragraphs if one.anchor == wanted), None)
