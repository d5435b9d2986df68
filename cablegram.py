"""The front door: one `cablegram` command, its subcommands taken from the rooms; and the Python library.

    import cablegram

    with cablegram.open_index("cablegram-index") as index:
        for hit in index.search("putian injunction"):
            print(hit.id, hit.text)

Owns the list of subcommands, and of the library's names: `docs/python.md` has them. `demo` and `open_samples`, which
need the indexer and another room, are here. Must not know how anything is read, searched or shown. What a command or a
name needs is loaded when it is used, so that serving never loads the parser.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click

    from corpus.model import Cable, Paragraph
    from search.answers.results import CableSummary, Group, Hit, IndexStats, Similar
    from search.errors import (
        BadArgument,
        IndexClosed,
        IndexDamaged,
        IndexMissing,
        IndexOutdated,
        NotFound,
        SearchError,
        TooSlow,
    )
    from search.exports.citations import Citation
    from search.library.found import Results
    from search.library.index import Index, open_index
    from search.library.rows import BatchRow, Cited, References, TrendRow, Version
    from search.units import Unit

    # The command; made by `__getattr__`.
    main: click.Group

__version__ = "0.1.0"

# The library's names, and the module that has each. What type checkers see of them stands above, and once more in
# `cablegram-stubs`, by which they know that an installed module has types.
_LIBRARY = {
    "BadArgument": "search.errors",
    "BatchRow": "search.library.rows",
    "Cable": "corpus.model",
    "CableSummary": "search.answers.results",
    "Citation": "search.exports.citations",
    "Cited": "search.library.rows",
    "Group": "search.answers.results",
    "Hit": "search.answers.results",
    "Index": "search.library.index",
    "IndexClosed": "search.errors",
    "IndexDamaged": "search.errors",
    "IndexMissing": "search.errors",
    "IndexOutdated": "search.errors",
    "IndexStats": "search.answers.results",
    "NotFound": "search.errors",
    "Paragraph": "corpus.model",
    "References": "search.library.rows",
    "Results": "search.library.found",
    "SearchError": "search.errors",
    "Similar": "search.answers.results",
    "TooSlow": "search.errors",
    "TrendRow": "search.library.rows",
    "Unit": "search.units",
    "Version": "search.library.rows",
    "open_index": "search.library.index",
}
__all__ = [
    "BadArgument",
    "BatchRow",
    "Cable",
    "CableSummary",
    "Citation",
    "Cited",
    "Group",
    "Hit",
    "Index",
    "IndexClosed",
    "IndexDamaged",
    "IndexMissing",
    "IndexOutdated",
    "IndexStats",
    "NotFound",
    "Paragraph",
    "References",
    "Results",
    "SearchError",
    "Similar",
    "TooSlow",
    "TrendRow",
    "Unit",
    "Version",
    "open_index",
    "open_samples",
]

# Type checkers go by the imports above: with this one they would take any name for one of ours.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """The command, or a name of the library: loaded when it is used."""
        if name == "main":
            found: object = _front_door()
        elif name in _LIBRARY:
            found = getattr(import_module(_LIBRARY[name]), name)
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = found
        return found

    def __dir__() -> list[str]:
        return sorted({*globals(), *_LIBRARY, "main"})


def open_samples(*, address: str = "") -> Index:
    """The sample cables that come with Cablegram, in an index of their own in a temporary folder.

    For trying things out: what `cablegram demo` shows. The folder is removed when the index is closed.
    """
    from tempfile import TemporaryDirectory

    from corpus.sample_cables import samples_folder
    from indexer.runs.build import build
    from search.library.index import Index

    place = TemporaryDirectory(prefix="cablegram-samples-")
    folder = Path(place.name) / "index"
    try:
        with samples_folder() as samples:
            build([str(samples)], folder, workers=1)
        return Index(folder, address, closing=place.cleanup)
    except BaseException:
        place.cleanup()
        raise


class Commands(MutableMapping[str, "click.Command"]):
    """The subcommands by name; each is loaded from its module, `room.commands`, when it is asked for."""

    def __init__(self, rooms: dict[str, tuple[str, str]]) -> None:
        self._rooms = {name: room for name, (room, _) in rooms.items()}
        self.summaries = {name: summary for name, (_, summary) in rooms.items()}
        self._loaded: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._loaded:
            self._loaded[name] = getattr(import_module(self._rooms[name]), name)
        return self._loaded[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._rooms[name] = __name__
        self.summaries[name] = command.help or ""
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        del self._rooms[name]
        self.summaries.pop(name, None)
        self._loaded.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rooms)

    def __len__(self) -> int:
        return len(self._rooms)


# Each command: the module that has it, and the first words of its help, so that the list of commands loads none.
_ROOMS = {
    "index": ("indexer.commands", "Read pages and index their cables."),
    "parse": ("indexer.commands", "Read pages and print their cables, without an index."),
    "search": ("search.cli.ask", "Find paragraphs, headings, headers and notes."),
    "show": ("search.cli.ask", "Show a cable or one part of it."),
    "versions": ("search.cli.versions", "List the versions of a telegram."),
    "status": ("search.cli.status", "Show what the index holds and which files were not read."),
    "export": ("search.cli.export", "Write cables to a file for other programs."),
    "network": (
        "search.cli.network",
        "Write the network of references: which cable refers to which.",
    ),
    "places": ("search.cli.places", "Count paragraphs by post and by the places that they name."),
    "batch": ("search.cli.batch", "Search for each line of a list."),
    "check": ("search.cli.check", "Check the quotations and cable numbers of a draft."),
    "missing": (
        "search.cli.missing",
        "List cables that others cite and the index lacks, the most cited first.",
    ),
    "copy": ("search.cli.copy", "Copy the index to another folder or engine."),
    "verify": ("search.cli.keep", "Check that the index is whole."),
    "backup": ("search.cli.keep", "Write the index to one file."),
    "restore": ("search.cli.keep", "Make the index from a backup."),
    "migrate": ("search.cli.migrate", "Bring an index of an older version to this one."),
    "people": (
        "search.cli.people",
        "List the people whom the cables name, or those of whom a form has NAME.",
    ),
    "alerts": ("search.cli.alerts", "Keep searches and hear what is new."),
    "users": ("search.cli.users", "Readers who sign in with a password, and what they may read."),
    "serve": ("webui.commands", "Serve the index as web pages until Ctrl-C."),
    "mcp": (
        "search.cli.mcp",
        "Let an assistant search, read and cite the cables by the Model Context Protocol (MCP).",
    ),
}


def _front_door() -> click.Group:
    """The command, made when it is used: who only imports the library waits for none of it."""
    import click

    from search.cli.console import Program, say

    @click.group(cls=Program, commands=Commands(_ROOMS))
    @click.version_option(__version__, prog_name="cablegram")
    def main() -> None:
        """Full-text search for diplomatic cables, down to the exact paragraph."""

    @main.command()
    @click.option(
        "--host", default="127.0.0.1", show_default=True, help="The address to listen on."
    )
    @click.option(
        "--port",
        default=8000,
        show_default=True,
        type=click.IntRange(0, 65535),
        help="The port to listen on; 0 takes a free one.",
    )
    def demo(host: str, port: int) -> None:
        """Serve the sample cables that come with Cablegram."""
        from tempfile import TemporaryDirectory

        from corpus.sample_cables import samples_folder
        from indexer.commands import build_index, report_lines
        from search.settings import Settings
        from webui.commands import end_on_sigterm, listen
        from webui.server.orders import Orders
        from webui.server.serving import serve_index

        end_on_sigterm()
        with listen(host, port) as listener, TemporaryDirectory(prefix="cablegram-demo-") as place:
            folder = Path(place) / "index"
            with samples_folder() as samples:
                report = build_index([str(samples)], folder)
            for line in report_lines(report, folder):
                say(line)
            orders = Orders()
            orders.listen(interrupts=True)
            serve_index(listener, Settings(index=str(folder)), orders, example="putian")
            if orders.interrupted:
                raise KeyboardInterrupt

    return main
