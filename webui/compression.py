"""Answers compressed by gzip, for whoever takes them so: a page of results is a sixth of its size then.

Owns which answers are worth it. By the standard library alone: what compresses better has to be compiled for each
system. Must not know what is in them. There is no secret in a page that a length could tell.
"""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

# What is smaller fits into one packet as it is.
_SMALLEST = 1_200
# Of the nine levels this one gives nearly all of the best for a third of its time.
_LEVEL = 5
_COMPRESSED = frozenset(
    {
        "text/html",
        "text/css",
        "text/javascript",
        "text/plain",
        "text/xml",
        "application/json",
        "application/problem+json",
        "image/svg+xml",
    }
)


def install(app: Flask) -> None:
    """Compresses what an application answers. Streams stay as they are: their pieces leave as they are made."""

    def compress(response: Response) -> Response:
        if response.mimetype not in _COMPRESSED or response.is_streamed:
            return response
        response.vary.add("Accept-Encoding")
        if (
            response.status_code != 200
            or "Content-Encoding" in response.headers
            or not request.accept_encodings.quality("gzip")
        ):
            return response
        content = response.get_data()
        if len(content) >= _SMALLEST:
            # Without a time in it the same content gives the same bytes.
            response.set_data(gzip.compress(content, _LEVEL, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
        return response

    app.after_request(compress)
