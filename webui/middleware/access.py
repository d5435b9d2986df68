"""Each request has a name, which its answer carries, and a line in the log if that is wanted.

Owns the name, what such a line says, and when it is written: once the answer is over, so that it knows how long it
took and how many bytes it had. Must not know what is asked: a line has the route (`/cable/<cable_id>`) and not the
address, and the question only where the installation wants it.
"""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request

from search.system import logs

if TYPE_CHECKING:
    from types import TracebackType
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

HEADER = "X-Request-Id"
# By these names a request's own and its route stand in the environment; a process of the lane is told the first.
REQUEST_ID = "cablegram.request_id"
ROUTE = "cablegram.route"
# What a proxy of ours may have named a request: no blank, nothing that a log or a header could be broken by.
_NAME = re.compile(r"[A-Za-z0-9._:/+=-]{1,128}")
_BYTES = 8
# What a route says of the form of its parts: `/cable/<path:cable_id>` is told as `/cable/<cable_id>`.
_CONVERTER = re.compile(r"<[^<>:]+:")
_FAILED = "500"


class Access:
    """The application, each request of it with a name.

    `believes` that a name which came with the request was given by a proxy of ours; `writes` a line for each request,
    with what was asked if `questions`.
    """

    def __init__(
        self, app: WSGIApplication, *, believes: bool, writes: bool, questions: bool
    ) -> None:
        self._app, self._believes = app, believes
        self._writes, self._questions = writes, questions

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The application's answer, with the request's name in its head."""
        if (known := environ.get(REQUEST_ID)) is not None:
            # A process of the lane answers for a server, which writes the line.
            logs.REQUEST.set(known)
            return self._app(environ, start_response)
        began = time.perf_counter()
        name = environ[REQUEST_ID] = self._name(environ)
        logs.REQUEST.set(name)
        told = [_FAILED]

        def start(
            status: str,
            headers: list[tuple[str, str]],
            error: tuple[type[BaseException], BaseException, TracebackType]
            | tuple[None, None, None]
            | None = None,
            /,
        ) -> Callable[[bytes], object]:
            told[0] = status
            return start_response(status, [*headers, (HEADER, name)], error)

        def over(size: int, *, whole: bool) -> None:
            if self._writes:
                self._write(environ, told[0], time.perf_counter() - began, size, whole=whole)
            logs.REQUEST.set("")

        try:
            return _Body(self._app(environ, start), over)
        except BaseException:
            over(0, whole=False)
            raise

    def _name(self, environ: WSGIEnvironment) -> str:
        given = environ.get("HTTP_X_REQUEST_ID", "")
        if self._believes and _NAME.fullmatch(given):
            return str(given)
        return secrets.token_hex(_BYTES)

    def _write(
        self, environ: WSGIEnvironment, status: str, seconds: float, size: int, *, whole: bool
    ) -> None:
        code = int(status.partition(" ")[0])
        method, route = environ.get("REQUEST_METHOD", ""), environ.get(ROUTE, "")
        facts: dict[str, Any] = {
            "request_id": environ[REQUEST_ID],
            "method": method,
            "route": route,
            "status": code,
            "seconds": round(seconds, 6),
            "bytes": size,
        }
        if not whole:
            facts["broken_off"] = True
        asked = ""
        if self._questions:
            facts["query"] = asked = environ.get("QUERY_STRING", "")
        said = f"{method} {route or '-'} {code} {seconds:.3f} s {size} bytes {environ[REQUEST_ID]}"
        level = logging.WARNING if code >= 500 else logging.INFO
        logs.log("request", f"{said} ?{asked}" if asked else said, level=level, facts=facts)


class _Body:
    """An answer piece by piece, whose bytes are counted; `over` is told of them once, at its end."""

    def __init__(self, body: Iterable[bytes], over: Callable[..., None]) -> None:
        self._body, self._over = body, over
        self._size = 0
        self._whole = False

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._body:
            self._size += len(piece)
            yield piece
        self._whole = True

    def close(self) -> None:
        """The server's last word, whether all was taken or not."""
        try:
            if (close := getattr(self._body, "close", None)) is not None:
                close()
        finally:
            self._over(self._size, whole=self._whole)


def install(app: Flask, *, believes: bool, writes: bool, questions: bool) -> None:
    """Names an application's requests. To be installed last: what stands around it has no name."""
    app.after_request(_note_route)
    app.wsgi_app = Access(  # type: ignore[method-assign]
        app.wsgi_app, believes=believes, writes=writes, questions=questions
    )


def _note_route(response: Response) -> Response:
    request.environ[ROUTE] = _CONVERTER.sub("<", request.url_rule.rule) if request.url_rule else ""
    return response
