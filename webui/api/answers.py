"""What every answer of the API has: JSON in UTF-8, an ETag, and leave for other sites to read it."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any

from flask import Flask, Response, request

from webui.api.endpoints import ROOT, SENT_TO
from webui.api.problems import about_the_api

# Says of an answer, before it is read, that something of the question was left out; its problems and notes say what.
INCOMPLETE = "Cablegram-Incomplete"
_FOREIGN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": f"ETag, Link, Retry-After, {INCOMPLETE}",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}
# The same for what something is sent to.
_SENT_PREFLIGHT = _PREFLIGHT | {
    "Access-Control-Allow-Methods": "OPTIONS, POST",
    "Access-Control-Allow-Headers": "Content-Type",
}


def answer(content: dict[str, Any], apart: tuple[str, ...] = ()) -> Response:
    """The content, or 304 if the client has it. What is `apart` (how long it took) makes no other answer of it.

    The ETag is a weak one: proxies may compress what it names.
    """
    named = {name: value for name, value in content.items() if name not in apart}
    response = Response(_bytes(content), content_type="application/json")
    response.set_etag(blake2b(_bytes(named), digest_size=12).hexdigest(), weak=True)
    # A client may keep it and asks each time whether it has changed.
    response.cache_control.no_cache = True
    response.make_conditional(request)
    return response


def sent(content: dict[str, Any]) -> Response:
    """The content of an answer to what was sent, which nobody keeps."""
    response = Response(_bytes(content), content_type="application/json")
    response.cache_control.no_store = True
    return response


def _bytes(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "backslashreplace")


def install(app: Flask) -> None:
    """Lets any site read the API; it has nothing that is one visitor's own."""

    def share(response: Response) -> Response:
        if about_the_api():
            response.headers.update(_FOREIGN)
            if request.method == "OPTIONS":
                sent_to = request.path.removeprefix(ROOT) in SENT_TO
                response.headers.update(_SENT_PREFLIGHT if sent_to else _PREFLIGHT)
                if sent_to:
                    # Of any address under the API GET is answered, if only by a problem.
                    response.headers["Allow"] = "OPTIONS, POST"
        return response

    app.after_request(share)
