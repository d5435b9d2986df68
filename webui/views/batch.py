"""The page for a list of names, and its answers as files. The list is in the request, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, abort, make_response, render_template, request
from werkzeug.exceptions import RequestEntityTooLarge

from search.batch.formats import FORMAT_OF, HIT_FORMATS, hits, hits_heading
from search.batch.lines import NoList, decoded
from search.batch.rows import Row
from search.exports.about import About
from webui.asking.lists import MOST_BYTES, TOO_LONG, Meaning, meaning, requests, rows, taken
from webui.errors import BadAddress, TooLarge
from webui.middleware.limits import weigh
from webui.middleware.turns import take_a_place
from webui.pages.batch import SIZE, BatchPage, batch_page, form_page
from webui.pages.frame import box
from webui.site import site_address, this_site
from webui.views.around import state_around

blueprint = Blueprint("batch", __name__)


@blueprint.get("/batch")
def form() -> Response:
    """The form."""
    return _shown(form_page("", meaning("")))


@blueprint.post("/batch")
def answers() -> Response:
    """The answers to a page of the list."""
    try:
        text, note, meant = _sent()
    except RequestEntityTooLarge:
        return _shown(form_page("", meaning(""), TOO_LONG), 413)
    except NoList as error:
        return _shown(form_page("", meaning(request.form.get("as", "")), str(error)), 400)
    try:
        read = taken(text, meant.choices)
    except BadAddress as error:
        status = 413 if isinstance(error, TooLarge) else 400
        return _shown(form_page(text, meant, str(error)), status)
    if not read.lines:
        empty = "This list is empty: write a name, a phrase or a query a line."
        return _shown(form_page(text, meant, empty), 400)
    start = _start(len(read.lines))
    some = read.lines[start : start + SIZE]
    weigh(requests(len(some), meant.choices))
    found = rows(this_site().searcher, some, meant.choices)
    page = batch_page(text, meant, read, start, found)
    return _shown(page, note=note)


@blueprint.post("/batch.<name>")
def rows_as_file(name: str) -> Response:
    """A row a line, as a file."""
    if name not in FORMAT_OF:
        abort(404)
    form, about = FORMAT_OF[name], _about()
    answered = _answered()

    def pieces() -> Iterator[str]:
        yield form.before(about)
        for row in answered:
            yield form.row(row, about)
        yield form.behind

    return _file(pieces(), form.media_type, f"batch.{name}")


@blueprint.post("/batch-hits.<name>")
def hits_as_file(name: str) -> Response:
    """All hits of all lines, as a file; a line that was not searched has a row that says so."""
    if name not in HIT_FORMATS:
        abort(404)
    about, searcher = _about(), this_site().searcher
    answered = _answered()

    def pieces() -> Iterator[str]:
        yield hits_heading(name)
        for row in answered:
            yield from hits(searcher, row, name, about)

    return _file(pieces(), FORMAT_OF[name].media_type, f"batch-hits.{name}")


def _answered() -> Iterator[Row]:
    """The rows of the list that was sent. Raises BadAddress for one that can't be taken."""
    try:
        text, _, meant = _sent()
    except RequestEntityTooLarge as error:
        raise TooLarge(TOO_LONG) from error
    except NoList as error:
        raise BadAddress(str(error)) from error
    lines = taken(text, meant.choices).lines
    weigh(requests(len(lines), meant.choices))
    if len(lines) > SIZE:
        take_a_place()
    return rows(this_site().searcher, lines, meant.choices)


def _sent() -> tuple[str, str, Meaning]:
    """The list, what is said of its encoding, and how it is meant. A file counts where there is one."""
    request.max_content_length = MOST_BYTES
    request.max_form_memory_size = MOST_BYTES
    meant = meaning(request.form.get("as", ""))
    file = request.files.get("file")
    content = file.read() if file is not None and file.filename else b""
    if content:
        text, note = decoded(content)
        return text, note, meant
    return request.form.get("list", ""), "", meant


def _start(lines: int) -> int:
    """The place of the first line that is shown."""
    sent = request.form.get("from", "")[:6]
    place = int(sent) if sent.isascii() and sent.isdecimal() else 0
    return place if place < lines else 0


def _about() -> About:
    return About(title=f"{this_site().settings.title}: list", site=site_address())


def _file(pieces: Iterator[str], media_type: str, name: str) -> Response:
    stream = (piece.encode("utf-8", "backslashreplace") for piece in pieces)
    plain = media_type.startswith("text/")
    response = Response(
        stream, content_type=f"{media_type}; charset=utf-8" if plain else media_type
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.cache_control.no_store = True
    return response


def _shown(page: BatchPage, status: int = 200, note: str = "") -> Response:
    shown = render_template("batch.html", page=page, note=note, box=box(state_around().afresh()))
    response = make_response(shown, status)
    # Whose list it is, is nobody else's business: no cache keeps it.
    response.cache_control.no_store = True
    return response
