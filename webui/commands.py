"""The command `serve`: the pages of an index over HTTP.

Owns its options, the socket, and what the command ends with. Must not know how requests are answered: another process
does that (`webui.server.serving`), and this one loads as little as it can.
"""

from __future__ import annotations

import logging
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click

from search.cli.console import Failure, failures, leave
from search.engines.manifest import read_manifest
from search.settings import CONFIG, DEFAULTS, FILE_NAME, SETTINGS, Setting, read_settings
from search.system.logs import in_json, log, set_up
from webui.server.supervising import NotServing, Supervisor


def setting_options(command: Callable[..., None]) -> Callable[..., None]:
    """An option for each setting of the table: `--host`, `--port`, ...; None where it is not given."""
    for setting in reversed(SETTINGS):
        command = click.option(
            setting.flag,
            setting.name,
            default=None,
            multiple=setting.kind == "texts",
            type=_type(setting),
            help=f"{setting.help} [default: {_shown(DEFAULTS[setting.name])}]",
        )(command)
    return command


def _type(setting: Setting) -> click.IntRange | click.Choice[str] | type[str]:
    if setting.kind == "number":
        return click.IntRange(setting.low, setting.high)
    return click.Choice(setting.choices) if setting.kind == "choice" else str


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

    SIGTERM finishes the requests that are running, then stops. SIGHUP reads settings, index and program again without
    losing a request. Each option may also stand in cablegram.toml or in the environment: docs/serving.md.
    """
    given = {name: value for name, value in flags.items() if value not in (None, ())}
    with failures():
        settings = read_settings(given, file=config)
    set_up(settings.log_format, requests=settings.logs_requests)
    with _told_in_the_log():
        listener = listen(settings.host, settings.port)
    with listener:
        # Whether there is an index is soon seen; what is wrong with one, whoever opens it says.
        with _told_in_the_log(), failures():
            if not settings.rights:
                read_manifest(Path(settings.index))
        try:
            interrupted = Supervisor(listener, settings, given, config).run()
        except NotServing as error:
            # It has said why.
            leave(error.code)
    if interrupted:
        raise KeyboardInterrupt


@contextmanager
def _told_in_the_log() -> Iterator[None]:
    """Where the log is JSON, so is the sentence about why the server can't be started."""
    try:
        yield
    except Failure as error:
        if not in_json():
            raise
        log("failed", error.format_message(), level=logging.ERROR)
        leave(error.exit_code)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises `Failure` if it can't."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        # `localhost` has two addresses; the older one is the one that everybody types.
        family, _, _, _, address = min(found, key=lambda each: each[0] != socket.AF_INET)
        return socket.create_server(address, family=family, backlog=BACKLOG)
    except socket.gaierror as error:
        raise Failure(f"there is no address {host!r}; choose another with --host") from error
    except OSError as error:
        reason = f"can't listen on port {port} of {host} ({error.strerror})"
        raise Failure(f"{reason}; choose another with --port") from error


# So many connections wait for a server that is busy, or is being replaced after it died; as waitress has it.
BACKLOG = 1024


def end_on_sigterm() -> None:
    """From now on SIGTERM ends the program as a matter of course."""

    def end(signal_number: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, end)
