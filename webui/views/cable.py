"""The pages of one cable: to read, as received, and the address of a paragraph, a heading, a note.

Owns how each is asked for again: an answer has a tag, and whoever has it already is told that nothing has changed.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from corpus.model import Cable
from search.answers.unit_names import not_named, place_name, place_path, unit_named
from search.units import Unit, UnitKind
from webui.asking import questions as asking
from webui.asking.address import State, build, cable_path, parse
from webui.asking.cable_numbers import NUMBER
from webui.asking.neighbours import neighbours_in_result, neighbours_of_post
from webui.asking.related import related_cables
from webui.asking.telegrams import around_of
from webui.asking.versions import with_text
from webui.errors import NotHere
from webui.pages.cable import cable_page
from webui.pages.citing import citing_page
from webui.pages.frame import box
from webui.pages.metadata import Metadata, metadata_of
from webui.pages.reading import reading_of
from webui.pages.received import received_page
from webui.pages.sharing import shared
from webui.pages.telegrams import also_page, told_of
from webui.pages.trail import post_trail, received_trail, result_trail
from webui.site import site_address, this_site

blueprint = Blueprint("cable", __name__)

# A paragraph as people name it, by its number: `12`, `4b`.
_NUMBER = re.compile(r"[0-9]+[a-z]*")
# What a sentence leaves at the end of an address in it: `(see .../p/12).`
_BEHIND_ADDRESS = ".,;:!?)]>\"'”’"


@blueprint.get("/cable/<path:cable_id>")
def cable(cable_id: str) -> Response:
    """The cable, its paragraphs under `#p1`, `#p2`, ..."""
    state = _state()
    found = _found(cable_id)
    if found.id != cable_id:
        return redirect(build(state, cable_path(found.id)))
    return _shown(found, state)


def _shown(found: Cable, state: State, place: Unit | None = None) -> Response:
    """The page of a cable, or of a place in it."""
    site = this_site()
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
        related_cables(site.searcher, found),
        shared(found, place, site_address()),
        with_text(site.folders, found),
        place,
        told=told_of(found, around_of(site.searcher, site.folders, found), state),
    )
    html = render_template(
        "cable.html",
        page=page,
        box=box(state, request.args.get(NUMBER, "")),
        metadata=_metadata(found, place),
    )
    return _tagged(html)


def _tagged(html: str) -> Response:
    """A page that a browser may keep if it asks whether it is still so: it changes with the index only."""
    response = make_response(html)
    response.cache_control.no_cache = True
    response.add_etag()
    return response.make_conditional(request)


@blueprint.get("/cable/<path:cable_id>/also/<name>")
def also(cable_id: str, name: str) -> str | Response:
    """Where passages of a paragraph stand again, beside it."""
    state = _state()
    found = _found(cable_id)
    unit = _unit_of(found, name)
    if unit.paragraph is None or unit.kind is not UnitKind.PARAGRAPH:
        raise NotHere(f"{unit.name} of {found.id} is no paragraph.", found.id)
    if found.id != cable_id or unit.anchor != name:
        return redirect(build(state, cable_path(found.id, "also", unit.anchor)))
    again = around_of(this_site().searcher, this_site().folders, found).again
    page = also_page(found, unit.paragraph, again.get(unit.anchor, ()), state)
    return render_template("also.html", page=page, box=box(state))


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
    """How to cite the cable, or one paragraph or other unit of it."""
    state = _state()
    found = _found(cable_id)
    unit = _unit_of(found, name) if name else None
    anchor = unit.anchor if unit else ""
    if found.id != cable_id or anchor != name:
        return redirect(build(state, cable_path(found.id, "cite", *filter(None, (anchor,)))))
    page = citing_page(found, unit, state, datetime.now(UTC).date())
    return render_template("cite.html", page=page, box=box(state), metadata=_metadata(found, unit))


@blueprint.get("/cable/<path:cable_id>/p/", defaults={"name": ""})
@blueprint.get("/cable/<path:cable_id>/p/<name>")
def place(cable_id: str, name: str) -> Response:
    """The cable at a paragraph, heading or note, and what can be done with that; `?n=12` is what the form asks."""
    state = _state()
    found = _found(cable_id)
    asked = name or request.args.get("n", "").strip().lstrip("¶ ")
    if not asked:
        return redirect(build(state, cable_path(found.id)))
    unit = _unit_of(found, asked)
    if found.id != cable_id or place_name(unit.anchor) != name:
        return redirect(build(state, place_path(found.id, unit.anchor)))
    return _shown(found, state, unit)


def _metadata(cable: Cable, unit: Unit | None = None) -> Metadata:
    return metadata_of(cable, unit, site_address(), this_site().settings.title)


def _state() -> State:
    return parse(request.args.items(multi=True))


def _found(cable_id: str) -> Cable:
    found = this_site().searcher.get(cable_id)
    if found is None:
        raise NotHere(f"The cable {cable_id} is not in this collection.")
    return found


def _unit_of(cable: Cable, name: str) -> Unit:
    """The unit of that name; raises `NotHere`, with the names that there are, for one that is not."""
    unit = _unit(cable, name.strip().rstrip(_BEHIND_ADDRESS).lower())
    if unit is None:
        raise NotHere(f"{not_named(cable, name[:40])}.", cable.id)
    return unit


def _unit(cable: Cable, name: str) -> Unit | None:
    """What a name means; a number by itself is a paragraph's, by its place where the cable numbers none."""
    if not _NUMBER.fullmatch(name):
        return unit_named(cable, name)
    numbered = any(each.number is not None for each in cable.paragraphs)
    return unit_named(cable, f"{'p' if numbered else 'u'}{name}")
