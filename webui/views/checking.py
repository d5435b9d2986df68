"""The page that checks a draft: the one page that is sent something, and keeps nothing of it."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.exceptions import RequestEntityTooLarge

from search.quotes.checking import Check
from webui.asking.checking import MOST_BYTES, TOO_LARGE, checked, looked_up
from webui.errors import BadAddress, TooLarge
from webui.middleware.limits import weigh
from webui.pages.checking import check_page
from webui.pages.frame import box
from webui.site import this_site
from webui.views.around import state_around

blueprint = Blueprint("checking", __name__)

# The names of what the form sends.
_PASTED, _FILE = "draft", "file"
# What a form sends around a draft, in bytes.
_AROUND = 10_000


@blueprint.get("/check")
def form() -> Response:
    """The form."""
    return _shown("")


@blueprint.post("/check")
def check() -> Response:
    """What is found of the draft that was pasted, or else of the file."""
    request.max_content_length = request.max_form_memory_size = MOST_BYTES + _AROUND
    if (request.content_length or 0) > request.max_content_length:
        # Nothing of it is read, not even into a file of the system's.
        return _shown("", wrong=TOO_LARGE, status=413)
    try:
        pasted = request.form.get(_PASTED, "")
        sent = request.files.get(_FILE)
    except RequestEntityTooLarge:
        return _shown("", wrong=TOO_LARGE, status=413)
    data = pasted.encode() if pasted.strip() else sent.read() if sent else b""
    if not data.strip():
        return _shown("", wrong="Paste a draft, or choose a file.", status=400)
    try:
        found = checked(this_site().searcher, data)
    except TooLarge as error:
        return _shown(pasted, wrong=str(error), status=413)
    except BadAddress as error:
        return _shown(pasted, wrong=str(error), status=400)
    weigh(looked_up(found))
    return _shown(pasted, found)


def _shown(pasted: str, found: Check | None = None, wrong: str = "", status: int = 200) -> Response:
    page = check_page(pasted, found, wrong)
    response = make_response(
        render_template("check.html", page=page, box=box(state_around().collection)), status
    )
    if request.method == "POST":
        response.cache_control.no_store = True
    return response
