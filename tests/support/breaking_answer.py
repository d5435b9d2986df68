"""An application for servers (`breaking_answer:application`): its answer breaks off after the first piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from webui.middleware.turns import Turns

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment


def _answer(_: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return _pieces()


def _pieces() -> Iterator[bytes]:
    yield b"a piece\n"
    raise ValueError("in the middle")


application = Turns(_answer, 1)
