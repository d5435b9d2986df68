"""The command `network`: the references between the cables of an index, or of a search, as a file.

Owns its options. Must not know a format, nor an engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from search.cli.ask import filter_options, tell_repairs
from search.cli.console import NOT_ALL, failures, index_option, leave, number, tell
from search.engines import open_searcher
from search.exports.entries import check_whole
from search.exports.network import (
    NETWORK_FORMAT_OF,
    NETWORK_FORMATS,
    Piece,
    Totals,
    counted_network,
)
from search.language.parser import parse
from search.language.tree import Filter, Query
from search.system.outputs import check_output, write_output


@click.command()
@click.argument("words", nargs=-1, metavar="[QUERY]")
@index_option
@filter_options
@click.option(
    "--format",
    "format_name",
    default=NETWORK_FORMATS[0].name,
    show_default=True,
    type=click.Choice(list(NETWORK_FORMAT_OF)),
    help="The file format.",
)
@click.option(
    "-o",
    "--output",
    "output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write to this file instead of standard output. It appears when it is complete.",
)
def network(
    words: tuple[str, ...],
    folder: Path,
    format_name: str,
    output: Path | None,
    **values: tuple[str, ...],
) -> None:
    """Write the network of references: which cable refers to which.

    Of all cables, or of those that a search finds: each with its date and post, everything that they refer to, in the
    collection or not, and every reference with its kind.

    GraphML, the default, is read by Gephi, networkx and igraph. csv has a row for each reference, nodes.csv one for
    each cable.
    """
    asked = " ".join(words)
    parsed = parse(asked)
    filters = tuple(Filter(name, tuple(chosen)) for name, chosen in values.items() if chosen)
    form = NETWORK_FORMAT_OF[format_name]
    totals: list[Totals] = []
    with failures():
        check_whole((parsed.cut,))
        if output is not None:
            check_output(output)
        searcher = open_searcher(folder)
        try:
            _, pieces = counted_network(searcher, Query(parsed.tree, filters, "oldest"))
            encoded = form.encoded(_noting(pieces, totals))
            if output is None:
                for piece in encoded:
                    click.echo(piece, nl=False)
            else:
                write_output(output, encoded)
        finally:
            searcher.close()
    tell_repairs(parsed)
    found = totals[0]
    if output is not None:
        tell(
            f"{number(found.cables, 'cable')} and {found.nodes - found.cables:,} that they refer to, "
            f"{number(found.references, 'reference')} in {output}"
        )
    if asked and not found.cables:
        leave(NOT_ALL)


def _noting(pieces: Iterator[Piece], totals: list[Totals]) -> Iterator[Piece]:
    for piece in pieces:
        if isinstance(piece, Totals):
            totals.append(piece)
        yield piece
