"""The command `check`: the quotations and cable numbers of a draft, looked up.

Owns its options, the file that is read, and what it prints. Must not know how a quotation is found.
"""

from __future__ import annotations

from pathlib import Path

import click

from search.cli.console import NOT_ALL, Failure, failures, index_option, leave, say, say_json
from search.documents.errors import Unreadable
from search.engines import open_searcher
from search.exports.citations import RECORDS, STYLES, Style
from search.quotes.checking import check as look_up
from search.quotes.drafts import read_draft
from search.quotes.report import check_to_json, html_page, text_lines


@click.command()
@click.argument("draft", type=click.Path(dir_okay=False, allow_dash=True), metavar="DRAFT")
@index_option
@click.option(
    "--format",
    "form",
    default="text",
    show_default=True,
    type=click.Choice(["text", "json", "html"]),
    help="Lines for a terminal, JSON for programs, or one web page.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--style",
    default=STYLES[0],
    show_default=True,
    type=click.Choice([each for each in STYLES if each not in RECORDS]),
    help="How cables are cited.",
)
def check(draft: str, folder: Path, form: str, as_json: bool, style: Style) -> None:
    """Check the quotations and cable numbers of a draft.

    DRAFT is a text, a Markdown file or a Word document (.docx), or - for standard input. Every quotation is looked up:
    exact, altered (with the difference), in another cable than the draft says, too short to tell, or not found; so is
    every cable number. The exit code is 0 if all quotations are exact and all numbers are those of cables.
    """
    name = "standard input" if draft == "-" else draft
    try:
        with click.open_file(draft, "rb") as file:
            blocks = read_draft(file.read())
    except Unreadable as error:
        raise Failure(f"{name}: {error}") from error
    with failures():
        searcher = open_searcher(folder)
        try:
            found = look_up(searcher, blocks, style)
        finally:
            searcher.close()
    if as_json or form == "json":
        say_json(check_to_json(found))
    elif form == "html":
        click.echo("".join(html_page(found, f"Quotations in {Path(name).name}")), nl=False)
    else:
        for line in text_lines(found):
            say(line)
    if not found.sound:
        leave(NOT_ALL)
