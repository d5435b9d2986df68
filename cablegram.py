"""The front door: one `cablegram` command, its subcommands taken from the rooms.

Owns the list of subcommands, and `demo`, the one that needs both the indexer and the web. Must not know how anything
is read, searched or shown. A room is loaded when its command is used, so that serving never loads the parser.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from search.cli.console import Program, say

__version__ = "0.1.0"


class Commands(MutableMapping[str, click.Command]):
    """The subcommands by name; each is loaded from its module, `room.commands`, when it is asked for."""

    def __init__(self, rooms: dict[str, str]) -> None:
        self._rooms = dict(rooms)
        self._loaded: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._loaded:
            self._loaded[name] = getattr(import_module(self._rooms[name]), name)
        return self._loaded[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._rooms[name] = __name__
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        del self._rooms[name]
        self._loaded.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rooms)

    def __len__(self) -> int:
        return len(self._rooms)


_ROOMS = {
    "index": "indexer.commands",
    "parse": "indexer.commands",
    "search": "search.cli.ask",
    "show": "search.cli.ask",
    "status": "search.cli.ask",
    "export": "search.cli.export",
    "copy": "search.cli.copy",
    "alerts": "search.cli.alerts",
    "serve": "webui.commands",
}


@click.group(cls=Program, commands=Commands(_ROOMS))
@click.version_option(__version__, prog_name="cablegram")
def main() -> None:
    """Full-text search for diplomatic cables, down to the exact paragraph."""


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="The port to listen on; 0 takes a free one.",
)
def demo(host: str, port: int) -> None:
    """Serve the sample cables that come with Cablegram."""
    from corpus.sample_cables import samples_folder
    from indexer.commands import build_index, report_lines
    from search.settings import Settings
    from webui.commands import end_on_sigterm, listen, serve_index

    end_on_sigterm()
    with listen(host, port) as listener, TemporaryDirectory(prefix="cablegram-demo-") as place:
        folder = Path(place) / "index"
        with samples_folder() as samples:
            report = build_index([str(samples)], folder)
        for line in report_lines(report, folder):
            say(line)
        serve_index(listener, Settings(index=str(folder)), example="putian")
