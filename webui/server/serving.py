"""The process that answers: the pages of an index over HTTP, by waitress.

Owns the putting together of index, application and server, and what is said of them. Must not know how an index is
built: `cablegram demo` hands it one. It is begun by `webui.server.supervising`, and ends when that one does.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import click
from flask import Flask

from search.cli.console import Program, failures, number, say, tell
from search.errors import SearchError
from search.maintenance.agreement import told_at_start
from search.settings import Settings, read_settings
from search.system.logs import in_json, log, set_up
from webui.middleware import turns
from webui.middleware.install import NOTED
from webui.middleware.lane import WAITERS, Lane
from webui.private import Private
from webui.server.closing import run
from webui.server.orders import Orders
from webui.server.served import Served, opened
from webui.server.waitress_server import make_server, watching
from webui.settings import web_settings


def main() -> None:
    """The process that `webui.server.supervising` begins; what it is given stands in its first argument."""
    given = json.loads(sys.argv[1])
    command = click.Command("serve", callback=lambda: _answer(given))
    Program(commands={"serve": command}).main(["serve"], prog_name="cablegram")


def _answer(given: dict[str, Any]) -> None:
    orders = Orders()
    orders.listen(interrupts=False)
    threading.Thread(
        target=_end_with, args=(given["life"], orders), name="life", daemon=True
    ).start()
    config = given["config"]
    with failures():
        settings = read_settings(given["flags"], file=Path(config) if config else None)
    set_up(settings.log_format, requests=settings.logs_requests)

    def ready() -> None:
        os.write(given["ready"], b"!")
        os.close(given["ready"])

    with socket.socket(fileno=given["listener"]) as listener:
        serve_index(listener, settings, orders, ready)


def _end_with(life: int, orders: Orders) -> None:
    """Waits until the process that began this one is gone, however it went."""
    os.read(life, 1)
    orders.stop()


def serve_index(
    listener: socket.socket,
    settings: Settings,
    orders: Orders,
    ready: Callable[[], object] = bool,
    *,
    example: str = "",
) -> None:
    """Serve the index of the settings until there is an order to end; `example` is a search to try first.

    `ready` is called when requests are answered. Raises Failure if the index can't be opened.
    """
    with failures():
        served = opened(settings)
    for folder in served.folders:
        if fault := told_at_start(folder):
            _warn("index disagrees", fault)
    try:
        lane = Lane(turns.places_for(settings.threads), NOTED, lane_application, settings)
        app = served.application(web_settings(settings), lane, orders.stopping)
        # Whoever waits for the lane has a thread, and none of those that work.
        server = make_server(app, listener, settings.threads + WAITERS + lane.count)
        address = _address(listener)
        _say(
            "serving",
            f"Serving {served.told()} at {address} (Ctrl-C ends it)",
            address=address,
            indexes=", ".join(map(str, served.folders)),
        )
        _learn_people(served)
        if example:
            say(f"Try {address}search?{urlencode({'q': example})}")
        ready()
        with closing(lane), watching(server):
            cut = run(
                server,
                listener,
                orders,
                leave=settings.leave_seconds,
                patience=settings.stop_seconds,
            )
        if cut:
            _warn(
                "cut off",
                f"Cut off: {number(cut, 'connection')} had not come to an end in"
                f" {settings.stop_seconds} seconds",
                connections=cut,
            )
        if in_json():
            log("stopped", "The process has answered what it had, and ends", facts={"cut_off": cut})
    finally:
        served.source.close()


def lane_application(settings: Settings) -> Flask:
    """The application of a process for long requests. Counts, limits and lines in the log are the server's own."""
    set_up(settings.log_format, requests=settings.logs_requests)
    served = opened(settings)
    _learn_people(served)
    return served.application(replace(web_settings(settings), requests_per_minute=0, threads=1))


def _learn_people(served: Served) -> None:
    """Has the names of the collection joined to persons before the first question needs them; where not all read the
    same, nobody knows yet whose."""
    if isinstance(served.source, Private):
        return
    searcher = served.source

    def learn() -> None:
        # Whoever asks is told why it can't be read.
        with suppress(SearchError):
            searcher.people()

    threading.Thread(target=learn, name="people-first", daemon=True).start()


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _say(event: str, sentence: str, **facts: str | int) -> None:
    if in_json():
        log(event, sentence, facts=facts)
    else:
        say(sentence)


def _warn(event: str, sentence: str, **facts: str | int) -> None:
    if in_json():
        log(event, sentence, level=logging.WARNING, facts=facts)
    else:
        tell(f"cablegram: {sentence}")
