"""The command `export`: all cables of an index, or the results of a search, in any format of the table.

Owns its options and the file it writes. Must not know a format, nor an engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

import click

from search import sources as manifests
from search.answers.answer import summary
from search.cli.ask import filter_options, tell_repairs
from search.cli.console import NOT_ALL, failures, index_option, leave, number, tell
from search.engines import open_searcher
from search.engines.protocols import Searcher
from search.exports.about import About
from search.exports.entries import Entry, check_whole, results
from search.exports.formats import FORMAT_OF, FORMATS
from search.language.parser import parse
from search.language.tree import Filter, Query, Sort
from search.maintenance.agreement import check_sources
from search.sources import Manifest
from search.system.outputs import check_output, write_output


@click.command()
@click.argument("words", nargs=-1, metavar="[QUERY]")
@index_option
@filter_options
@click.option(
    "--sort",
    default="relevance",
    show_default=True,
    type=click.Choice(get_args(Sort)),
    help="The order of the results.",
)
@click.option(
    "--paragraphs",
    is_flag=True,
    help="Write each matching paragraph, heading, header or note instead of whole cables.",
)
@click.option(
    "--format",
    "format_name",
    default=FORMATS[1].name,
    show_default=True,
    type=click.Choice(list(FORMAT_OF)),
    help="The file format.",
)
@click.option(
    "-o",
    "--output",
    "output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to this file instead of standard output. It appears when it is complete.",
)
def export(
    words: tuple[str, ...],
    folder: Path,
    sort: Sort,
    paragraphs: bool,
    format_name: str,
    output: Path | None,
    **values: tuple[str, ...],
) -> None:
    """Write cables to a file for other programs.

    All of the index, or what a search finds.

    With neither a QUERY nor a filter, all cables are written. JSON lines, the default, leave nothing out: `cablegram
    index` reads such a file back into equal cables.
    """
    asked = " ".join(words)
    parsed = parse(asked)
    filters = tuple(Filter(name, tuple(chosen)) for name, chosen in values.items() if chosen)
    form = FORMAT_OF[format_name]
    missing: list[str] = []
    counted: list[int] = [0]
    with failures():
        check_whole((parsed.cut,))
        if output is not None:
            check_output(output)
        searcher = open_searcher(folder)
        try:
            with manifests.read(folder) as manifest:
                if asked or filters or paragraphs or sort != "relevance":
                    query = Query(parsed.tree, filters, sort, grouped=not paragraphs)
                    whole = form.whole(grouped=not paragraphs)
                    entries = results(searcher, query, whole=whole)
                else:
                    check_sources(folder)
                    entries = _all(searcher, manifest, missing)
                pieces = form.encoded(_counting(entries, counted), About())
                if output is None:
                    for piece in pieces:
                        click.echo(piece, nl=False)
                else:
                    write_output(output, pieces)
        finally:
            searcher.close()
    tell_repairs(parsed)
    if output is not None:
        tell(f"{number(counted[0], 'result' if paragraphs else 'cable')} in {output}")
    if missing:
        tell(
            f"cablegram: {number(len(missing), 'cable')} could not be exported, {missing[0]} for one:"
            " the index was changed meanwhile, or a run was interrupted; index once more and try again"
        )
        leave(NOT_ALL)
    if asked and not counted[0]:
        leave(NOT_ALL)


def _all(searcher: Searcher, manifest: Manifest, missing: list[str]) -> Iterator[Entry]:
    """All cables of the index; the ids of those that are not there go to `missing`."""
    for cable_id in manifest.cables():
        cable = searcher.get(cable_id)
        if cable is None:
            missing.append(cable_id)
        else:
            yield Entry(summary(cable), None, cable)


def _counting(entries: Iterable[Entry], counted: list[int]) -> Iterator[Entry]:
    for entry in entries:
        counted[0] += 1
        yield entry
