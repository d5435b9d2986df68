"""The rows of a list as files: CSV for spreadsheets, JSON a line, a page of HTML; and all hits, with the line of each.

Owns the columns and names. Must not know how rows are found, nor where they are written.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from html import escape
from typing import Any

from corpus.late_dataclasses import dataclass
from search.answers.tally import counted, listed
from search.batch.rows import Row
from search.engines.protocols import Searcher
from search.errors import Incomplete
from search.exports.about import About
from search.exports.entries import Entry, results
from search.exports.result_json import snippet_html, unit_to_json
from search.exports.table import COLUMNS as HIT_COLUMNS
from search.exports.table import cell, entry_values
from search.language.tree import Query

COLUMNS = (
    "line", "label", "text", "query", "paragraphs", "cables", "others", "first", "last", "cable", "paragraph",
    "passage", "passage_link", "link", "note", "problem",
)  # fmt: skip
# Before the columns of every export.
LINE_COLUMNS = ("line", "label", "query")
_BYTE_ORDER = "\ufeff"


@dataclass(frozen=True, slots=True)
class ListFormat:
    """A format of rows: what it writes before them, for each, and behind them."""

    name: str
    media_type: str
    before: Callable[[About], str]
    row: Callable[[Row, About], str]
    behind: str = ""


def _csv_heading(about: About) -> str:
    return _BYTE_ORDER + _csv_row(COLUMNS)


def csv_row(row: Row, about: About) -> str:
    """A row as RFC 4180 has it; the cells of the counts are empty where there is no answer."""
    brief, best = row.brief, row.brief.best
    path = row.path
    numbers = ("", "") if row.problem else (str(brief.paragraphs), str(brief.cables))
    return _csv_row(
        (
            str(row.line.number),
            row.line.label,
            row.line.text,
            row.asked.written,
            *numbers,
            listed(brief.others),
            brief.first,
            brief.last,
            best.cable.id if best else "",
            best.anchor if best else "",
            _passage(row),
            about.link(best.url) if best else "",
            f"{about.site}{path}" if path else "",
            " ".join(row.notes),
            row.problem,
        )
    )


def json_row(row: Row, about: About) -> str:
    """A row as one line of JSON."""
    return json.dumps(row_to_json(row, about), ensure_ascii=False) + "\n"


def row_to_json(row: Row, about: About) -> dict[str, Any]:
    """A row as `json.dumps` takes it; where there is no answer its counts are null and `problem` says why."""
    brief, best = row.brief, row.brief.best
    return {
        "line": row.line.number,
        "label": row.line.label,
        "text": row.line.text,
        "query": row.asked.written,
        "paragraphs": None if row.problem else brief.paragraphs,
        "cables": None if row.problem else brief.cables,
        "others": {kind.value: count for kind, count in brief.others.items()},
        "first": brief.first or None,
        "last": brief.last or None,
        "best": {
            "cable": best.cable.id,
            "anchor": best.anchor,
            "unit": best.unit.value,
            "name": best.name,
            "subject": best.cable.subject,
            "snippet": snippet_html(best.snippet),
            "url": about.link(best.url),
        }
        if best
        else None,
        "link": f"{about.site}{row.path}" if row.path else None,
        "notes": list(row.notes),
        "problem": row.problem or None,
    }


def _html_heading(about: About) -> str:
    title = escape(about.title)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n<style>\n'
        ":root { color-scheme: light dark; font: 16px/1.45 system-ui, sans-serif; }\n"
        "body { margin: 1rem; }\ntable { border-collapse: collapse; }\n"
        "th, td { padding: .3rem .6rem; border-bottom: 1px solid; text-align: left; vertical-align: top; }\n"
        ".n { text-align: right; }\n</style>\n</head>\n<body>\n"
        f"<h1>{title}</h1>\n<table>\n<thead><tr>"
        '<th scope="col">Line</th><th scope="col">Searched for</th><th scope="col">Paragraphs</th>'
        '<th scope="col">Cables</th><th scope="col">First</th><th scope="col">Last</th>'
        '<th scope="col">Best passage</th></tr></thead>\n<tbody>\n'
    )


def html_row(row: Row, about: About) -> str:
    """A row of the table; its name links to the results, its passage to the place in the cable."""
    brief, best = row.brief, row.brief.best
    name = f"<bdi>{escape(row.line.text)}</bdi>"
    if row.path:
        name = f'<a href="{escape(about.site + row.path)}">{name}</a>'
    if row.line.label:
        name += f"<br><small><bdi>{escape(row.line.label)}</bdi></small>"
    head = f'<tr><td class="n">{row.line.number}</td><td>{name}</td>'
    if row.problem:
        return f'{head}<td colspan="5">Not searched: {escape(row.problem)}</td></tr>\n'
    passage = ""
    if best:
        place = f"{escape(best.cable.id)} {escape(best.name or best.anchor)}"
        link = f'<a href="{escape(about.link(best.url))}"><bdi>{place}</bdi></a>'
        passage = f"{link} <span>{snippet_html(best.snippet)}</span>"
    if brief.others:
        passage += f"<br><small>also {escape(listed(brief.others))}</small>"
    if row.notes:
        passage += f"<br><small>{escape(' '.join(row.notes))}</small>"
    return (
        f'{head}<td class="n">{brief.paragraphs:,}</td><td class="n">{brief.cables:,}</td>'
        f"<td>{brief.first}</td><td>{brief.last}</td><td>{passage}</td></tr>\n"
    )


FORMATS: tuple[ListFormat, ...] = (
    ListFormat("csv", "text/csv", _csv_heading, csv_row),
    ListFormat("jsonl", "application/jsonl", lambda about: "", json_row),
    ListFormat(
        "html", "text/html", _html_heading, html_row, "</tbody>\n</table>\n</body>\n</html>\n"
    ),
)
FORMAT_OF: dict[str, ListFormat] = {each.name: each for each in FORMATS}
# The formats of all hits.
HIT_FORMATS = ("csv", "jsonl")


def hits_heading(form: str) -> str:
    """What a file of all hits begins with."""
    return _BYTE_ORDER + _csv_row((*LINE_COLUMNS, *HIT_COLUMNS)) if form == "csv" else ""


def hits(searcher: Searcher, row: Row, form: str, about: About) -> Iterator[str]:
    """Each paragraph, heading, header or note that a line finds, with the line's number, label and question.

    The columns, or names, behind those are those of every export of paragraphs.
    """
    said = (str(row.line.number), row.line.label, row.asked.written)
    if row.problem:
        yield _not_written(said, form, row.problem)
    query = row.asked.query
    if query is None or row.problem or not row.brief.units:
        return
    try:
        for entry in results(searcher, _by_unit(query), whole=False):
            yield _hit(entry, said, form, about)
    except Incomplete as error:
        # Told before the first hit of this line; the file has the other lines.
        yield _not_written(said, form, str(error))


def _by_unit(query: Query) -> Query:
    return replace(query, grouped=False)


def _hit(entry: Entry, said: tuple[str, str, str], form: str, about: About) -> str:
    if form == "csv":
        return _csv_row((*said, *entry_values(entry, about)))
    line, label, query = said
    unit = unit_to_json(entry.cable.id, entry.unit) if entry.unit else {}
    named = {"line": int(line), "label": label, "query": query, **unit}
    return json.dumps({**named, "link": about.link(entry.path)}, ensure_ascii=False) + "\n"


def _not_written(said: tuple[str, str, str], form: str, why: str) -> str:
    """What stands for a line whose hits are not written: why, where the text of a hit would be."""
    told = f"Not written: {why}"
    if form == "csv":
        return _csv_row((*said, *(told if name == "text" else "" for name in HIT_COLUMNS)))
    line, label, query = said
    named = {"line": int(line), "label": label, "query": query, "problem": told}
    return json.dumps(named, ensure_ascii=False) + "\n"


def _passage(row: Row) -> str:
    best = row.brief.best
    return " ".join("".join(run.text for run in best.snippet).split()) if best else ""


def _csv_row(values: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow([cell(value) for value in values])
    return written.getvalue()


class Told:
    """Counts the rows of a list as they come: how many found something, how many nothing, how many were not asked."""

    def __init__(self, found: int = 0, nothing: int = 0, problems: int = 0) -> None:
        self.found = found
        self.nothing = nothing
        self.problems = problems

    def add(self, row: Row) -> None:
        """One row more."""
        if row.problem:
            self.problems += 1
        elif row.brief.units:
            self.found += 1
        else:
            self.nothing += 1

    def __str__(self) -> str:
        lines = counted(self.found + self.nothing + self.problems, "line")
        parts = [f"{self.found:,} found", f"{self.nothing:,} not found"]
        if self.problems:
            parts.append(f"{self.problems:,} not searched")
        return f"{lines}: {', '.join(parts)}."
