"""Applications for processes of a lane: what is asked of them stands in the path.

Owns ways to answer, to be slow and to end. Must not know Flask.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from webui.middleware.lane import GONE

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


def start(*_: object) -> WSGIApplication:
    """The application; what a lane gives it is left aside."""
    return _answer


def _answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    path = environ["PATH_INFO"]
    body = environ["wsgi.input"].read()
    environ["noted"] = len(body)
    if path == "/dies":
        os._exit(3)
    if path == "/deaf":
        threading.Event().wait()
    if path == "/heeds":
        while not environ[GONE]():
            threading.Event().wait(0.01)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Server-Process", str(os.getpid()))])
    return _pieces(path, body)


def _pieces(path: str, body: bytes) -> Iterator[bytes]:
    yield b"heard "
    yield body
    if path == "/breaks":
        raise ValueError("in the middle")
    if path == "/dies-late":
        os._exit(3)
