"""The commands that ask: `search` and `show`.

Owns their options, made from the field table, and what they print. Must not know an engine, nor load the parser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from search.answers.results import SearchResult
from search.answers.tally import also, counted, found
from search.answers.unit_names import not_named, unit_named
from search.asking.advice import advise
from search.cli.console import (
    FAILED,
    NOT_ALL,
    failures,
    index_option,
    json_option,
    leave,
    say,
    say_json,
    tell,
)
from search.cli.rendering import (
    advice_lines,
    group_lines,
    hit_lines,
)
from search.engines import open_searcher
from search.exports.plain_text import reading_lines, unit_lines
from search.fields import BY_NAME, FACETS
from search.language.parser import Parsed
from search.language.parser import parse as parse_query
from search.language.tree import Filter, Match, Query, Sort

if TYPE_CHECKING:
    from search.exports.plain_text import Line

# Whoever waits at a terminal may narrow the question; longer than this nobody waits for a list.
SECONDS = 60.0


# What an option says that its field's name does not say.
_ONLY = {
    "to": "Only cables to this recipient",
    "tag": "Only cables with this topic (TAGS)",
    "section": "Only under this heading",
    "part": "Only in sections of this type",
    "mark": "Only paragraphs with this portion mark",
    "in": "Only results in: text, header or notes",
    "has": "Only with: subject, date, references, ...",
}


def filter_options(command: Callable[..., None]) -> Callable[..., None]:
    """An option for each facet of the field table: `--section`, `--origin`, ..."""
    for name in reversed(FACETS):
        label = BY_NAME[name].label
        only = _ONLY.get(name, f"Only with this {label.lower() if label.istitle() else label}")
        command = click.option(
            f"--{name}",
            name,
            multiple=True,
            metavar="VALUE",
            help=f"{only}. Repeat for any of several values.",
        )(command)
    return command


@click.command()
@click.argument("words", nargs=-1, metavar="QUERY")
@index_option
@filter_options
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(1, 1000), help="Results per page."
)
@click.option(
    "--page",
    default=1,
    show_default=True,
    type=click.IntRange(1, 1000),
    help="The page of results.",
)
@click.option(
    "--sort",
    default="relevance",
    show_default=True,
    type=click.Choice(get_args(Sort)),
    help="The order of the results.",
)
@click.option(
    "--match",
    default="all",
    show_default=True,
    type=click.Choice(get_args(Match)),
    help="All of the words, or any of them; most and rarest words first.",
)
@click.option(
    "--group", is_flag=True, help="Group results by cable, each with its best paragraphs."
)
@click.option(
    "--all-versions",
    is_flag=True,
    help="With --group: list each version of a telegram, not one for all.",
)
@json_option
def search(
    words: tuple[str, ...],
    folder: Path,
    limit: int,
    page: int,
    sort: Sort,
    match: Match,
    group: bool,
    all_versions: bool,
    as_json: bool,
    **values: tuple[str, ...],
) -> None:
    """Find paragraphs, headings, headers and notes.

    QUERY may have words, "exact phrases", injunct*, AND, OR, NOT, and fields such as section:putian or
    date:[2006-01 TO 2007-06]. All words must match: at least one in the paragraph itself, the others there, in its
    heading or in the cable's subject. With filters alone, every paragraph that has their values is listed. Put --
    before a QUERY that begins with a minus.
    """
    asked = " ".join(words)
    parsed = parse_query(asked)
    filters = tuple(Filter(name, tuple(chosen)) for name, chosen in values.items() if chosen)
    query = Query(
        tree=parsed.tree,
        filters=filters,
        sort=sort,
        grouped=group,
        page=page,
        size=limit,
        facets=_facets(filters, as_json=as_json),
        facet_limit=0,
        match=match,
        seconds=SECONDS,
        fold=group and not all_versions,
    )
    with failures():
        searcher = open_searcher(folder)
        try:
            result = searcher.search(query)
            advice = advise(searcher, asked, query, result)
        finally:
            searcher.close()
    tell_repairs(parsed)
    if as_json:
        from search.exports.result_json import result_to_json

        say_json(result_to_json(asked, parsed, result, advice))
    else:
        _say_result(result, query)
        for line in advice_lines(advice):
            tell(f"cablegram: {line}")
    if parsed.cut:
        leave(FAILED)
    if not result.hits:
        leave(NOT_ALL)


def _facets(filters: tuple[Filter, ...], *, as_json: bool) -> tuple[str, ...]:
    """What is counted: JSON has all facets, lines for people have none.

    The fields that are filtered by are counted for both: the advice on values that no paragraph has starts from them.
    Counting is most of the time of a search for a common word.
    """
    return FACETS if as_json else tuple(each.field for each in filters)


def tell_repairs(parsed: Parsed) -> None:
    """What could not be read as it was written, and what was searched for instead."""
    for problem in parsed.problems:
        tell(f"cablegram: at character {problem.position + 1} of the query: {problem.message}")
        if problem.other:
            tell(f"cablegram: or search for: {problem.other}")
    if parsed.repaired is not None:
        tell(f"cablegram: searched for: {parsed.repaired}")


def _say_result(result: SearchResult, query: Query) -> None:
    if query.grouped:
        blocks: list[Iterator[Line]] = [
            group_lines(group, result.versions.get(group.cable.id, ())) for group in result.groups
        ]
    else:
        blocks = [hit_lines(hit) for hit in result.hits]
    for block in blocks:
        for line in block:
            say(line)
        say()
    for note in result.notes:
        tell(f"cablegram: {note}")
    total = ", ".join(filter(None, (found(result), also(result))))
    if result.telegrams is not None and result.telegrams < result.cables:
        total += f" ({counted(result.telegrams, 'telegram')}; --all-versions lists all)"
    pages = -(-(result.entries if query.grouped else result.units) // query.size)
    place = f", page {query.page:,} of {pages:,}" if pages > 1 else ""
    say(f"{total}{place}, {result.milliseconds:.0f} ms")


@click.command()
@click.argument("name", metavar="ID[#ANCHOR]")
@index_option
@json_option
def show(name: str, folder: Path, as_json: bool) -> None:
    """Show a cable or one part of it.

    ID is a message reference in any spelling (07GUANGZHOU376, "07 Guangzhou 00376"), ANCHOR the name of a paragraph
    (p12), or of another part as search prints it: head, a heading (s-p11), a note (n3, source), a passage of another
    version (v2-p5).
    """
    from search.asking.telegrams import versions_of

    cable_id, _, anchor = name.partition("#")
    with failures():
        searcher = open_searcher(folder)
        try:
            cable = searcher.get(cable_id)
            others = () if cable is None else versions_of(searcher, folder, cable.id)
        finally:
            searcher.close()
        if cable is None:
            from search.library.spelled_alike import alike

            near = alike(cable_id, folder)
            advice = (
                f"; there is {' and '.join(near)}"
                if near
                else "; `cablegram search` finds cables by words"
            )
            tell(f"cablegram: there is no cable {cable_id} in this index{advice}")
            leave(NOT_ALL)
    if not anchor:
        if as_json:
            from corpus.cable_json import cable_to_json

            say_json(cable_to_json(cable))
        for line in () if as_json else reading_lines(cable):
            say(line)
        if others and not as_json:
            names = [each.cable.id for each in others if each.cable.id != cable.id]
            tell(f"cablegram: other versions of this telegram: {', '.join(names)}")
        return
    unit = unit_named(cable, anchor)
    if unit is None:
        tell(f"cablegram: {not_named(cable, anchor)}")
        leave(NOT_ALL)
    if as_json:
        from search.exports.result_json import unit_to_json

        say_json(unit_to_json(cable.id, unit))
    else:
        for line in unit_lines(cable.subject, cable.id, unit):
            say(line)
