"""The page of the places of a search."""

from __future__ import annotations

from flask import Blueprint, render_template

from search.asking.places import geography
from webui.asking.questions import Question
from webui.pages.frame import box
from webui.pages.places import places_page
from webui.pages.reading import reading_of
from webui.site import this_site
from webui.views.search import asked_state

blueprint = Blueprint("places", __name__)


@blueprint.get("/places")
def places() -> str:
    """From where and about where the paragraphs of a search are."""
    state, dates = asked_state()
    question = Question(state.on_page(1), 1)
    found = geography(this_site().searcher, question.plain())
    return render_template(
        "places.html",
        page=places_page(state, found),
        reading=reading_of(state, question.parsed),
        notes=tuple(
            filter(None, (*dates.notes, dates.since_wrong, dates.until_wrong, *found.notes))
        ),
        box=box(state),
    )
