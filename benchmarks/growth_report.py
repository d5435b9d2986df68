"""The report of the growth measurement: as JSON, as Markdown, as a picture, and as a table for the README.

Owns how figures are shown. Must not know how they are measured.

    {"date": "2026-11-23", "machine": {...}, "versions": {...},
     "sizes": {"30000": {"paragraphs", "cables", "dump_bytes", "rare": [word, ...], "took": {system: seconds},
       "users": {server: [...]},
       "systems": {system: {"paragraphs", "seconds", "processor_seconds", "a_second", "peak_mb", "bytes",
         "bytes_a_paragraph", "questions": {way: {kind: {"first", "p50", "p95", "asked", "matches", "times"}}}}}}}}

Times of questions are milliseconds, warm unless they are the `first`. `way` is "same work", which all systems do, or
"page", all that the web asks for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.growth_picture import picture
from benchmarks.growth_questions import KINDS, USUAL, WORST
from benchmarks.growth_ratios import differences, others, ratios
from benchmarks.growth_systems import percentile

JSON, MARKDOWN, PICTURE = "growth.json", "growth.md", "growth.svg"
BEGIN = "<!-- growth: made by benchmarks/growth.py --readme -->"
END = "<!-- growth: end -->"
_NAMES = {
    "tantivy": "Cablegram, tantivy",
    "whoosh": "Cablegram, Whoosh",
    "fts5": "SQLite FTS5",
    "bare": "the bare library",
    "lucene": "Lucene",
    "xapian": "Xapian",
}

Report = Mapping[str, Any]


def read(folder: Path) -> dict[str, Any]:
    """The report of a folder. Raises SystemExit with a sentence if there is none."""
    try:
        found: dict[str, Any] = json.loads((folder / JSON).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SystemExit(f"{folder / JSON} is not there: measure some sizes first") from error
    return found


def write(report: Report, folder: Path) -> None:
    """The three files of a report."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / JSON).write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    (folder / MARKDOWN).write_text(markdown(report), encoding="utf-8")
    (folder / PICTURE).write_text(picture(report), encoding="utf-8")


def put_into(readme: Path, report: Report) -> None:
    """Replaces what stands between the two marks of a file by the report's short table."""
    text = readme.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{readme} has no place for the table: {BEGIN} and {END}")
    readme.write_text(f"{before}{BEGIN}\n{short(report)}{END}{after}", encoding="utf-8")


def markdown(report: Report) -> str:
    """All figures."""
    parts = [
        f"# How cost grows\n\n{_about(report)}\n",
        f"![How cost grows]({PICTURE})\n",
        "## Indexing\n",
        _table(_BUILT, _built(report)),
        *_questions(report),
        *_beside(report),
        *_growth(report),
    ]
    rows = list(_users(report))
    if rows:
        parts += ["## Several users at once\n", _USERS, _table(_SERVED, rows)]
    return "\n".join(parts)


def short(report: Report) -> str:
    """A table of the sizes: indexing, the usual questions, the worst one, users."""
    rows = []
    for _, found in _sizes(report):
        system = found["systems"].get("tantivy")
        if system is None:
            continue
        page = system["questions"]["page"]
        usual = [time for kind in USUAL for time in page[kind]["times"]]
        rows.append(
            (
                f"{found['paragraphs']:,}",
                f"{system['a_second']:,.0f}",
                f"{system['peak_mb']:,.0f}",
                f"{system['bytes_a_paragraph']:,.0f}",
                f"{percentile(usual, 50):.1f} / {percentile(usual, 95):.1f}",
                f"{page[WORST]['p50']:.1f} / {page[WORST]['p95']:.1f}",
            )
        )
    head = (
        "paragraphs",
        "indexed a second",
        "peak MB",
        "bytes a paragraph",
        "usual page, ms p50 / p95",
        "a word of a third",
    )
    return f"\n{_table(head, rows)}\n{_about(report)}\n"


def _about(report: Report) -> str:
    machine, versions = report["machine"], report["versions"]
    named = ", ".join(f"{name} {number}" for name, number in versions.items())
    model = f" ({machine['model']})" if machine["model"] else ""
    return (
        f"Measured on {report.get('date', 'no day yet')} by `benchmarks/growth.py`: {machine['system']}, "
        f"{machine['processors']} processors{model}, {machine['memory_gb']} GB; {named}."
    )


_BUILT = (
    "paragraphs", "system", "indexed", "seconds", "processor seconds", "of these, microseconds a paragraph", "a second",
    "peak MB", "bytes a paragraph",
)  # fmt: skip
_SERVED = ("paragraphs", "server", "users", "pages a second", "p50 ms", "p95 ms", "errors")
_USERS = "Pages of results of all usual kinds, over HTTP, one after the other without a pause.\n"

_EXPLAINED = """## Questions

Warm, milliseconds, p50/p95, each system in a process of its own. The first columns are pages of results, with twenty
cables, their best paragraphs, every facet and the hits by time; the others the same work for all: ten hits with
snippets, the total, five facets. Cablegram counts the cables of all matches besides. "first" is the median of the first
column's questions when each is asked for the first time, by a process that has just opened the index, whose files have
to be read from the disk. The last column compares the medians of the same work.
"""

_BESIDE = """## Cablegram beside the others

What Cablegram takes, divided by what the other takes, the same work and the same paragraphs: of memory, bytes and time
less than 1 is better, of paragraphs a second more than 1. Of questions at the median and at what 95 of 100 do not
exceed. Of Cablegram everything from the dump on is counted, which is read and analysed; the others are given the terms.
"""

_GROWN = """## From the smallest size to the largest

How many times as long the median question takes, for so many times as many paragraphs.
"""


def _built(report: Report) -> Iterator[tuple[str, ...]]:
    for size, found in _sizes(report):
        for name, system in found["systems"].items():
            cut = ", then cut off" if system.get("cut") else ""
            yield (
                f"{size:,}",
                _NAMES[name],
                f"{system['paragraphs']:,}{cut}",
                f"{system['seconds']:,.0f}",
                f"{system['processor_seconds']:,.0f}",
                f"{1e6 * system['processor_seconds'] / max(1, system['paragraphs']):,.0f}",
                f"{system['a_second']:,.0f}",
                f"{system['peak_mb']:,.0f}",
                f"{system['bytes_a_paragraph']:,.0f}",
            )


def _questions(report: Report) -> Iterator[str]:
    """A table for each size: a row a kind, a column a system and way."""
    yield _EXPLAINED
    for size, found in _sizes(report):
        columns = [
            (way, name)
            for way in ("page", "same work")
            for name in _NAMES
            if way in found["systems"].get(name, {}).get("questions", {})
        ]
        head = (
            "question",
            "matches",
            *(f"{_NAMES[name]}, {way}" for way, name in columns),
            "first",
            "FTS5 / Cablegram",
        )
        rows = [
            (
                kind,
                _matches(found, kind),
                *(_shown(found, name, way, kind) for way, name in columns),
                _first(found, *columns[0], kind) if columns else "",
                _times_fts5(found, kind),
            )
            for kind in KINDS
        ]
        yield f"### {size:,} paragraphs\n\n{_table(head, rows)}"


def _beside(report: Report) -> Iterator[str]:
    """A table for each size: a row a figure, a column a system; and what was not found by all."""
    yield _BESIDE
    for size, found in _sizes(report):
        names = others(found)
        if not names:
            continue
        head = ("Cablegram's, divided by that of", *(_NAMES[name] for name in names))
        yield f"### {size:,} paragraphs, divided\n\n{_table(head, ratios(found, names))}"
        differ = differences(found)
        yield from (f"Not the same was found. {each}.\n" for each in differ)
        if not differ:
            yield "All of them found as many paragraphs for each question.\n"


def _times_fts5(found: Report, kind: str) -> str:
    """How many times as long FTS5 takes for the same work."""
    medians = [
        found["systems"]
        .get(name, {})
        .get("questions", {})
        .get("same work", {})
        .get(kind, {})
        .get("p50")
        for name in ("fts5", "tantivy")
    ]
    return f"{medians[0] / medians[1]:,.0f}" if all(medians) else ""


def _growth(report: Report) -> Iterator[str]:
    """A row a kind: what the largest size takes for what the smallest does."""
    sizes = [(size, found) for size, found in _sizes(report) if "tantivy" in found["systems"]]
    if len(sizes) < 2:
        return
    (small, first), (large, last) = sizes[0], sizes[-1]
    yield _GROWN
    head = ("question", f"paragraphs, {small:,} to {large:,}", "matches", "page", "same work")
    one, other = (each["systems"]["tantivy"]["questions"] for each in (first, last))
    yield _table(
        head,
        (
            (
                kind,
                f"{large / small:,.0f}",
                f"{_matches(first, kind)} to {_matches(last, kind)}",
                *(
                    f"{other[way][kind]['p50'] / one[way][kind]['p50']:.2f}"
                    for way in ("page", "same work")
                ),
            )
            for kind in KINDS
        ),
    )


def _matches(found: Report, kind: str) -> str:
    """How many paragraphs the questions of a kind have, the middle one of them."""
    every = next(iter(found["systems"].values()), {}).get("questions", {})
    matches = sorted(every["same work"][kind]["matches"]) if every else []
    return f"{matches[len(matches) // 2]:,}" if matches else ""


def _shown(found: Report, system: str, way: str, kind: str) -> str:
    figures = found["systems"][system]["questions"][way][kind]
    return f"{figures['p50']:.2f}/{figures['p95']:.2f}"


def _first(found: Report, way: str, system: str, kind: str) -> str:
    """What the first system took for each question's first time."""
    return f"{found['systems'][system]['questions'][way][kind]['first']:.2f}"


def _users(report: Report) -> Iterator[tuple[str, ...]]:
    for size, found in _sizes(report):
        for server, rows in found.get("users", {}).items():
            for row in rows:
                yield (
                    f"{size:,}",
                    server,
                    str(row["users"]),
                    f"{row['a_second']:.1f}",
                    f"{row['p50']:.1f}",
                    f"{row['p95']:.1f}",
                    str(row["errors"]),
                )


def _sizes(report: Report) -> list[tuple[int, Any]]:
    return sorted((int(size), found) for size, found in report["sizes"].items())


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(head)
    lines = [f"| {' | '.join(names)} |", f"|{' --- |' * len(names)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows), ""])
