"""The one shape of an error of the API: problem details (RFC 9457).

Owns which error is which status. Must not know a page.

    {"type": "about:blank", "title": "Bad Request", "status": 400, "detail": "There is no parameter 'x' here; ...",
     "parameter": "x"}

`detail` is one sentence for whoever wrote the program; `parameter` is there where one was wrong.
"""

from __future__ import annotations

import json
from http import HTTPStatus

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException

from search.errors import BadCursor, Busy, Incomplete, SearchError, TooSlow
from webui.api.parameters import BadParameter
from webui.away import told_to_visitors
from webui.errors import BadAddress, Left, NotAllowed, NotHere, TooLarge

PROBLEM = "application/problem+json"
PREFIX = "/api/"
# What of an HTTP error is told in headers: which methods there are, and when to come back.
KEPT = frozenset({"Allow", "Retry-After"})

# An index that is being rebuilt or repaired: nobody knows how long it takes.
_COME_BACK = 30
# No standard has a number for it; nginx's is known.
_HUNG_UP = 499


def about_the_api() -> bool:
    """Whether the request is the API's, also where nothing answers to it."""
    return request.path.startswith(PREFIX)


def http_problem(error: HTTPException) -> Response:
    """Also of an error nobody foresaw, which is a 500 that tells nothing."""
    answer = problem(error.code or 500, error.description or "")
    for name, value in error.get_headers(request.environ):
        if name in KEPT:
            answer.headers[name] = value
    return answer


def problem(status: int, detail: str, **more: str) -> Response:
    """A problem as an answer."""
    content = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": " ".join(detail.split()),
        **more,
    }
    return Response(
        json.dumps(content, ensure_ascii=False).encode("utf-8", "backslashreplace"),
        status,
        content_type=PROBLEM,
    )


def nobody() -> Response:
    """The answer to whoever has hung up: the number by which others note it, for the counts."""
    return Response(status=_HUNG_UP)


def error_problem(error: Exception) -> Response:
    """What stops a view of the API."""
    match error:
        case BadParameter():
            return problem(400, str(error), parameter=error.name)
        case TooLarge():
            return problem(413, str(error))
        case BadAddress() | BadCursor() | Incomplete():
            return problem(400, str(error))
        case NotHere():
            return problem(404, str(error))
        case NotAllowed():
            answer = problem(error.status, str(error))
            if error.seconds:
                answer.headers["Retry-After"] = str(error.seconds)
            return answer
        case TooSlow():
            return problem(503, str(error))
        case Left():
            return nobody()
        case Busy():
            answer = problem(503, str(error))
            answer.headers["Retry-After"] = str(error.seconds)
            return answer
        case _:
            answer = problem(503, told_to_visitors(error))
            answer.headers["Retry-After"] = str(_COME_BACK)
            return answer


def install(blueprint: Blueprint) -> None:
    """Gives the views of a blueprint these answers."""
    for kind in (BadAddress, NotAllowed, NotHere, Left, SearchError):
        blueprint.register_error_handler(kind, error_problem)
    blueprint.register_error_handler(HTTPException, http_problem)
