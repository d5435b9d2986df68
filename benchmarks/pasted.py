"""Pasted text: of pieces as people copy them out of cables and books, how many find their cable, and how many are empty
without a word?

Run by hand: `PYTHONPATH=. .venv/bin/python benchmarks/pasted.py INDEX ../shared [--pieces 500] [--json]`; INDEX holds
`../shared/data/aad/telegrams.jsonl` and the volumes of `../shared/data/frus`. A piece is a line or a passage as it
stands in the material, with what a copy takes along: titles in capitals, lines of headers with and without a colon,
page marks, the first lines of paragraphs with their numbers and marks, footnotes and source notes, the addresses of web
pages, references without a year, quotations. Each is asked as the search page asks it, and is one of these:

- first: its cable stands first, or is offered by its number
- found: its cable stands further down, among whatever else has these words
- told: nothing was found, and it is said why: which words nothing has, or what any of them would find
- other: something else was found, and its cable was not
- silent: nothing was found and nothing said
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.ids import lookup_key
from corpus.model import Cable
from search.asking.advice import advise
from search.engines import open_searcher
from search.engines.protocols import Searcher
from search.language.parser import parse
from search.language.tree import And, Query, Word

OUTCOMES = ("first", "found", "told", "other", "silent")
# A page of results, and what a search box takes.
_PAGE = 20
_LONGEST = 480

# Lines of a telegram as it was sent: `FM AMEMBASSY LA PAZ`, `1. (C) THE RAVAGES`, `PAGE 02        LA PAZ 09935`.
_LINES: Mapping[str, re.Pattern[str]] = {
    "from": re.compile(r"^FM .+$", re.MULTILINE),
    "to": re.compile(r"^TO .+$", re.MULTILINE),
    "tags": re.compile(r"^TAGS?: .+$", re.MULTILINE),
    "order": re.compile(r"^E\.?O\.? .+$", re.MULTILINE),
    "page mark": re.compile(r"^PAGE [0-9]{2} .+$", re.MULTILINE),
    "subject line": re.compile(r"^SUBJECT: .+$", re.MULTILINE),
    "reference line": re.compile(r"^REFS?: .+$", re.MULTILINE),
    "first line": re.compile(r"^ ?[0-9]{1,2}\. .+$", re.MULTILINE),
    "line": re.compile(r"^[A-Z][A-Z ,.'-]{30,}$", re.MULTILINE),
    "reference": re.compile(r"\bLA PAZ [0-9]{4,5}(?= *$)", re.MULTILINE),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """What is pasted, of which kind it is, and the cable that it was copied from."""

    kind: str
    text: str
    cable: str


def pieces(
    telegrams: Sequence[tuple[str, str]], cables: Iterable[Cable], count: int, seed: int = 17
) -> list[Piece]:
    """So many pieces, of each kind as many as of the others where there are as many, drawn by a fixed rule.

    `telegrams` are ids with texts as they were sent; of `cables`, as they were read, documents of volumes give titles,
    footnotes and addresses.
    """
    source = random.Random(seed)  # noqa: S311 - it draws lines, not keys
    kinds: dict[str, list[Piece]] = {}
    for one in (*_of_telegrams(telegrams), *_of_cables(cables, source)):
        kinds.setdefault(one.kind, []).append(one)
    for each in kinds.values():
        source.shuffle(each)
    drawn: list[Piece] = []
    while len(drawn) < count and any(kinds.values()):
        drawn += [each.pop() for each in kinds.values() if each]
    return drawn[:count]


def _of_telegrams(telegrams: Sequence[tuple[str, str]]) -> Iterator[Piece]:
    for cable_id, text in telegrams:
        for kind, pattern in _LINES.items():
            for found in pattern.finditer(text):
                line = found.group().strip()
                yield Piece(kind, line, cable_id)
                if kind in ("to", "from"):  # as later systems print it
                    name = "TO" if kind == "to" else "FROM"
                    yield Piece(f"{kind} with a colon", f"{name}: {line[3:]}", cable_id)
                break


def _of_cables(cables: Iterable[Cable], source: random.Random) -> Iterator[Piece]:
    for cable in cables:
        if cable.subject:
            yield Piece("title in capitals", cable.subject.upper(), cable.id)
            yield Piece("subject with a colon", f"Subject: {cable.subject}", cable.id)
        if cable.paragraphs:
            paragraph = source.choice(cable.paragraphs)
            mark = f"({paragraph.mark}) " if paragraph.mark else ""
            number = f"{paragraph.number}. " if paragraph.number else ""
            yield Piece("paragraph", _copied(f"{number}{mark}{paragraph.text}"), cable.id)
            words = paragraph.text.replace('"', "").split()
            if len(words) > 12:
                start = source.randrange(len(words) - 10)
                yield Piece("quotation", f'"{" ".join(words[start : start + 8])}"', cable.id)
        if cable.source_note:
            yield Piece("source note", _copied(cable.source_note), cable.id)
        if cable.footnotes:
            note = source.choice(cable.footnotes)
            yield Piece("footnote", _copied(f"{note.number} {note.text}"), cable.id)
        if cable.id.startswith("frus"):
            address = f"https://history.state.gov/historicaldocuments/{cable.id}"
            yield Piece(
                "address", source.choice([address, f"{address}?q=a*", f"{address}#fn1"]), cable.id
            )


def _copied(text: str) -> str:
    """The first line of a passage, or so much of it as a search box takes, whole words."""
    line = text.partition("\n")[0]
    return line if len(line) <= _LONGEST else line[:_LONGEST].rpartition(" ")[0]


def outcome(searcher: Searcher, piece: Piece) -> str:
    """What the search page makes of a piece: one of `OUTCOMES`."""
    parsed = parse(piece.text)
    query = Query(parsed.tree, grouped=True, size=_PAGE, per_cable=1)
    result = searcher.search(query)
    advice = advise(searcher, piece.text, query, result)
    key = lookup_key(piece.cable)
    offered = {lookup_key(each.id) for each in advice.recognised}
    shown = [lookup_key(group.cable.id) for group in result.groups]
    if key in offered or shown[:1] == [key]:
        return "first"
    if key in shown or (result.units and _has(searcher, query, piece.cable)):
        return "found"
    if result.units:
        return "other"
    said = advice.recognised or advice.any_words or advice.unfound or advice.unknown
    return "told" if said else "silent"


def _has(searcher: Searcher, query: Query, cable_id: str) -> bool:
    """Whether a cable is among all that a query finds."""
    narrowed = And((query.tree, Word(cable_id, "id")))
    return searcher.search(Query(narrowed, grouped=True, size=1, snippets=False)).units > 0


def counted(
    searcher: Searcher, drawn: Iterable[Piece], tell: Callable[[Piece, str], None] | None = None
) -> dict[str, Counter[str]]:
    """By kind how many pieces have which outcome."""
    found: dict[str, Counter[str]] = {}
    for piece in drawn:
        said = outcome(searcher, piece)
        found.setdefault(piece.kind, Counter())[said] += 1
        if tell:
            tell(piece, said)
    return found


def read_telegrams(shared: Path) -> list[tuple[str, str]]:
    """The ids and texts of the telegrams of the real material."""
    lines = (shared / "data/aad/telegrams.jsonl").read_text(encoding="utf-8").splitlines()
    return [(row["id"], row["text"]) for row in map(json.loads, lines)]


def main() -> int:
    """Print how many pieces have which outcome; 1 if one is silent."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("index", type=Path, help="the index of the telegrams and volumes")
    parser.add_argument("shared", type=Path, help="the folder with data/aad/telegrams.jsonl")
    parser.add_argument("--pieces", type=int, default=500)
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--show", nargs="*", default=[], help="print the pieces with these outcomes"
    )
    given = parser.parse_args()
    searcher = open_searcher(given.index)
    every = searcher.search(Query(grouped=True, size=10_000, per_cable=1, snippets=False))
    cables = (searcher.get(group.cable.id) for group in every.groups)
    drawn = pieces(read_telegrams(given.shared), (each for each in cables if each), given.pieces)

    def tell(piece: Piece, said: str) -> None:
        if said in given.show:
            print(f"{said:7} {piece.kind:22} {piece.cable:24} {piece.text[:200]}")

    found = counted(searcher, drawn, tell)
    totals = sum(found.values(), Counter())
    if given.json:
        print(json.dumps({"pieces": len(drawn), "totals": totals, "kinds": found}, indent=1))
    else:
        print(f"{'':22}{'pieces':>8}" + "".join(f"{each:>8}" for each in OUTCOMES))
        for kind, counts in [*sorted(found.items()), ("all", totals)]:
            row = "".join(f"{counts[each]:>8}" for each in OUTCOMES)
            print(f"{kind:22}{counts.total():>8}{row}")
    searcher.close()
    return int(totals["silent"] > 0)


if __name__ == "__main__":
    sys.exit(main())
