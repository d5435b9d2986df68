"""The command `serve`: the pages of an index over HTTP, by waitress.

Owns the socket and the end of the server. Must not know how an index is built: `cablegram demo` hands it one.
"""

from __future__ import annotations

import signal
import socket
from pathlib import Path
from types import FrameType
from urllib.parse import urlencode

import click
from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

from search.console import Failure, failures, index_option, number, say
from search.engines import open_searcher
from webui import create_app

host_option = click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen on; 0.0.0.0 lets other machines in.",
)
port_option = click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="The port to listen on; 0 takes a free one.",
)


@click.command()
@host_option
@port_option
@index_option
def serve(host: str, port: int, folder: Path) -> None:
    """Serve the index as web pages until Ctrl-C."""
    with listen(host, port) as listener:
        serve_index(listener, folder)


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


def serve_index(listener: socket.socket, folder: Path, example: str = "") -> None:
    """Serve the index in `folder` until Ctrl-C or SIGTERM; `example` is a search to try first."""
    with failures():
        searcher = open_searcher(folder)
    try:
        server = create_server(create_app(searcher), sockets=[listener])
        address = _address(listener)
        stats = searcher.stats()
        say(f"Serving {number(stats.cables, 'cable')} at {address} (Ctrl-C ends it)")
        if example:
            say(f"Try {address}search?{urlencode({'q': example})}")
        _run(server)
    finally:
        searcher.close()


def end_on_sigterm() -> list[int]:
    """From now on SIGTERM ends the program as a matter of course; the list that is returned then has its number."""
    received: list[int] = []

    def end(signal_number: int, frame: FrameType | None) -> None:
        received.append(signal_number)
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, end)
    return received


def _run(server: MultiSocketServer | BaseWSGIServer) -> None:
    terminated = end_on_sigterm()
    server.run()
    # waitress returns from Ctrl-C and from SIGTERM alike; only the first is an interruption.
    if not terminated:
        raise KeyboardInterrupt


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
