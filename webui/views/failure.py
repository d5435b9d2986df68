"""The pages for what went wrong, in the style of the others."""

from __future__ import annotations

from flask import Flask, Response, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from search.errors import Busy, Incomplete, SearchError, TooSlow
from webui.api.problems import KEPT, about_the_api, http_problem, nobody
from webui.away import told_to_visitors
from webui.errors import BadAddress, Left, NotHere, TooLarge
from webui.pages.frame import box
from webui.pages.problem import ProblemPage, busy_page, not_here_page, problem_page, too_slow_page
from webui.views.around import state_around


def install(app: Flask) -> None:
    """Gives an application these pages."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(BadAddress, _bad_address)
    app.register_error_handler(Incomplete, _bad_address)
    app.register_error_handler(NotHere, _not_here)
    app.register_error_handler(SearchError, _search_error)
    app.register_error_handler(TooSlow, _too_slow)
    app.register_error_handler(Busy, _busy)
    app.register_error_handler(Left, _left)


def _http_error(error: HTTPException) -> Response:
    """Also an error nobody foresaw: Flask has logged it and hands it on as a 500."""
    if about_the_api():
        return http_problem(error)
    code = error.code or 500
    response = make_response(_page(problem_page(code, error.description or ""), code))
    for name, value in error.get_headers(request.environ):
        if name in KEPT:
            response.headers[name] = value
    return response


def _bad_address(error: BadAddress | Incomplete) -> tuple[str, int]:
    code = 413 if isinstance(error, TooLarge) else 400
    return _page(problem_page(code, str(error)), code)


def _not_here(error: NotHere) -> tuple[str, int]:
    return _page(not_here_page(str(error), error.cable_id, error.what, state_around()), 404)


def _search_error(error: SearchError) -> tuple[str, int]:
    """The index cannot be read at the moment: not the visitor's fault, and it may pass."""
    return _page(problem_page(503, told_to_visitors(error)), 503)


def _too_slow(error: TooSlow) -> tuple[str, int]:
    return _page(too_slow_page(str(error)), 503)


def _busy(error: Busy) -> Response:
    response = make_response(_page(busy_page(str(error)), 503))
    response.headers["Retry-After"] = str(error.seconds)
    return response


def _left(error: Left) -> Response:
    return nobody()


def _page(page: ProblemPage, code: int) -> tuple[str, int]:
    return render_template("problem.html", page=page, box=box(state_around().afresh())), code
