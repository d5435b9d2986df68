"""Answers compressed by brotli, zstd or gzip, for whoever takes them so: a page of results is a sixth of its size then.

Owns which answers are worth it, and what Flask-Compress leaves to us. Must not know what is in them. There is no secret
in a page that a length could tell. An export is compressed as it is made, and is never whole in memory.
"""

from __future__ import annotations

from flask import Flask, Response, request
from flask_compress import Compress

from search.exports.formats import FORMATS

# The first that a client likes as well as any other. A page is smallest by brotli, which in a stream keeps more than a
# megabyte back before its first piece leaves; zstd and gzip keep a hundred kilobytes.
_WHOLE = ("br", "zstd", "gzip")
_STREAMED = ("zstd", "gzip", "br")
# What is smaller fits into one packet as it is.
_SMALLEST = 1_200
_COMPRESSED = (
    "text/html",
    "text/css",
    "text/javascript",
    "text/plain",
    "text/xml",
    "application/json",
    "application/opensearchdescription+xml",
    "image/svg+xml",
    *(each.media_type for each in FORMATS),
)


# Pages are a twentieth smaller than by the library's 4, and the longest takes a millisecond or two more. In a stream it
# keeps back four megabytes and more.
_LEVEL_WHOLE, _LEVEL_STREAMED = 5, 4
# By gzip a page is a seventieth larger than by the library's 6, and takes two thirds of the time.
_LEVEL_GZIP = 5


def install(app: Flask) -> None:
    """Compresses what an application answers, files and streams too."""
    whole = _library(app, _LEVEL_WHOLE)
    # The library has one level for both, and takes it from an application.
    streamed = _library(Flask(app.import_name), _LEVEL_STREAMED)

    def compress(response: Response) -> Response:
        # A part of a file is a part of its bytes as they are: the client puts it beside the other parts.
        if response.status_code == 206:
            response.vary.add("Accept-Encoding")
            return response
        # The library takes `gzip;q=0`, which refuses it, for a wish: it is told what is taken, and nothing else.
        request.environ["HTTP_ACCEPT_ENCODING"] = _taken()
        # It puts a stream of its own in place of an open file, and would leave the file open.
        if (close := getattr(response.response, "close", None)) is not None:
            response.call_on_close(close)
        library = streamed if response.is_streamed else whole
        return library.after_request(response)

    app.after_request(compress)


def _library(app: Flask, brotli_level: int) -> Compress:
    app.config.update(
        COMPRESS_MIMETYPES=_COMPRESSED,
        COMPRESS_MIN_SIZE=_SMALLEST,
        COMPRESS_ALGORITHM=_WHOLE,
        COMPRESS_ALGORITHM_STREAMING=_STREAMED,
        COMPRESS_BR_LEVEL=brotli_level,
        COMPRESS_LEVEL=_LEVEL_GZIP,
        # Called above, where it may be.
        COMPRESS_REGISTER=False,
    )
    return Compress(app)


def _taken() -> str:
    """The encodings that the client takes, of those we have: `br;q=0, gzip, *;q=0.5` is `zstd;q=0.5,gzip;q=1`."""
    accepted = request.accept_encodings
    named = {name.lower() for name, _ in accepted}
    # As it is, is what a client takes in any case; it is a wish only where it is named.
    possible = (*_WHOLE, "identity") if "identity" in named else _WHOLE
    liked = ((name, accepted.quality(name)) for name in possible)
    return ",".join(f"{name};q={quality:g}" for name, quality in liked if quality > 0)
