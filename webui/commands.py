"""The command `serve`: the pages of an index over HTTP, by waitress.

Owns the socket and the end of the server. Must not know how an index is built: `cablegram demo` hands it one.
"""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from types import FrameType
from urllib.parse import urlencode

import click
from flask import Flask
from waitress.server import BaseWSGIServer

from search.agreement import told_at_start
from search.cli.console import Failure, failures, say, tell
from search.engines.protocols import Searcher
from search.errors import SearchError
from search.settings import CONFIG, DEFAULTS, FILE_NAME, SETTINGS, Settings, read_settings
from webui.middleware import turns
from webui.middleware.install import NOTED
from webui.middleware.lane import WAITERS, Lane
from webui.private import Private
from webui.served import opened
from webui.settings import web_settings
from webui.waitress_server import make_server, watching


def setting_options(command: Callable[..., None]) -> Callable[..., None]:
    """An option for each setting of the table: `--host`, `--port`, ...; None where it is not given."""
    for setting in reversed(SETTINGS):
        if setting.kind == "switch":
            command = click.option(
                f"{setting.flag}/--no-{setting.flag[2:]}",
                setting.name,
                default=None,
                help=f"{setting.help} [default: no]",
            )(command)
            continue
        command = click.option(
            setting.flag,
            setting.name,
            default=None,
            multiple=setting.kind == "texts",
            type=click.IntRange(setting.low, setting.high) if setting.kind == "number" else str,
            help=f"{setting.help} [default: {_shown(DEFAULTS[setting.name])}]",
        )(command)
    return command


def _shown(default: object) -> str:
    return "none" if default in ("", ()) else str(default)


@click.command()
@setting_options
@click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=f"The settings file; default {FILE_NAME} in this folder, or the one named in {CONFIG}.",
)
def serve(config: Path | None, **flags: object) -> None:
    """Serve the index as web pages until Ctrl-C.

    Each option may also stand in cablegram.toml or in the environment: docs/serving.md.
    """
    given = {name: value for name, value in flags.items() if value not in (None, ())}
    with failures():
        settings = read_settings(given, file=config)
    with listen(settings.host, settings.port) as listener:
        serve_index(listener, settings)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises `Failure` if it can't."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        # `localhost` has two addresses; the older one is the one that everybody types.
        family, _, _, _, address = min(found, key=lambda each: each[0] != socket.AF_INET)
        return socket.create_server(address, family=family)
    except socket.gaierror as error:
        raise Failure(f"there is no address {host!r}; choose another with --host") from error
    except OSError as error:
        reason = f"can't listen on port {port} of {host} ({error.strerror})"
        raise Failure(f"{reason}; choose another with --port") from error


def serve_index(listener: socket.socket, settings: Settings, example: str = "") -> None:
    """Serve the index of the settings until Ctrl-C or SIGTERM; `example` is a search to try first."""
    with failures():
        served = opened(settings)
    for folder in served.folders:
        if fault := told_at_start(folder):
            tell(f"cablegram: {fault}")
    try:
        lane = Lane(turns.places_for(settings.threads), NOTED, lane_application, settings)
        app = served.application(web_settings(settings), lane)
        # Whoever waits for the lane has a thread, and none of those that work.
        server = make_server(app, listener, settings.threads + WAITERS + lane.count)
        address = _address(listener)
        say(f"Serving {served.told()} at {address} (Ctrl-C ends it)")
        if not isinstance(served.source, Private):
            _learn_people(served.source)
        if example:
            say(f"Try {address}search?{urlencode({'q': example})}")
        with closing(lane), watching(server):
            _run(server)
    finally:
        served.source.close()


def lane_application(settings: Settings) -> Flask:
    """The application of a process for long requests. Counts and limits are the server's own."""
    served = opened(settings)
    if not isinstance(served.source, Private):
        _learn_people(served.source)
    return served.application(replace(web_settings(settings), requests_per_minute=0, threads=1))


def _learn_people(searcher: Searcher) -> None:
    """Has the names of the collection joined to persons before the first question needs them."""

    def learn() -> None:
        # Whoever asks is told why it can't be read.
        with suppress(SearchError):
            searcher.people()

    threading.Thread(target=learn, name="people-first", daemon=True).start()


def end_on_sigterm() -> list[int]:
    """From now on SIGTERM ends the program as a matter of course; the list that is returned then has its number."""
    received: list[int] = []

    def end(signal_number: int, frame: FrameType | None) -> None:
        received.append(signal_number)
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, end)
    return received


def _run(server: BaseWSGIServer) -> None:
    terminated = end_on_sigterm()
    server.run()
    # waitress returns from Ctrl-C and from SIGTERM alike; only the first is an interruption.
    if not terminated:
        raise KeyboardInterrupt


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
