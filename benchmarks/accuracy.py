"""How often the parser is right about NARA's telegrams, field by field, against NARA's own metadata.

Run by `make accuracy`. Reads aad/telegrams.jsonl (`text` as released, `gold` NARA's entries), parses each text whole
and made lossy, and prints for each field the share that is right, and with --misses every miss. Where NARA's entry is
wrong, the row of benchmarks/nara_entries.csv says so with the reason; it is not counted. The floors in
tests/golden/accuracy.json only rise.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.ids import lookup_key
from corpus.model import Cable
from corpus.posts import post_by_spelling
from corpus.tags import repair_tag
from indexer.errors import NotACable
from indexer.page import RawPage
from indexer.parse import parse

HERE = Path(__file__).resolve().parent
WRONG_ENTRIES = HERE / "nara_entries.csv"
# What a lossy text can still say; the rest stood on lines in capitals.
SURVIVING = ("number", "from", "date")

_NOT_WORD = re.compile(r"[\W_]+")
_TAG = re.compile(r"\([^)]*\)|[^,(]+")
# The TAGS field of a telegram, up to the next label or an empty line, and the items in it.
_TAGS_FIELD = re.compile(
    r"^ ?TAGS?\b:?(.*?)\n *(?:[A-Z]{4}(?:ECT)?:|REF|E\.O|RE:|[A-Z ]+ FOR |\n)",
    re.MULTILINE | re.DOTALL,
)
_ITEM = re.compile(r"[^\s,()]+")
_NUMBER = re.compile(r"\d{2,}")
_YEAR = re.compile(r"\b(?:19)?7\d\b")


@dataclass(frozen=True, slots=True)
class Miss:
    """A field of a telegram on which the parser and NARA differ; both as they were compared."""

    id: str
    field: str
    parsed: str
    nara: str


def folded(text: str) -> str:
    """A text without case, blanks and punctuation."""
    return _NOT_WORD.sub("", text).casefold()


def make_lossy(text: str) -> str:
    """The text without the lines that the filter of saved pages drops.

    Dropped are lines of which capitals are over half of the characters, lines of one word, and lines of digits and
    dashes alone. (Counted over the letters alone, nothing of a telegram of 1974 would be left, not even the
    date-time group that saved pages are seen to keep.)
    """
    kept = []
    for line in text.split("\n"):
        words = line.split()
        capitals = sum(c.isupper() for c in line)
        if words and (
            len(words) == 1 or capitals * 2 > len(line) or not re.search(r"[^\d\s=_-]", line)
        ):
            continue
        kept.append(line)
    return "\n".join(kept)


def _tags(gold: str) -> set[str]:
    return {tag for item in _TAG.findall(gold) if (tag := folded(item)) and tag != "na"}


def _numbers(text: str) -> set[int]:
    """The message numbers in a reference: every number of two digits and more that is no year of the seventies."""
    return {int(number) for number in _NUMBER.findall(_YEAR.sub(" ", text))}


def _subject(gold: str) -> str:
    return folded(re.sub(r"^\([A-Z]\)", "", gold.replace("\\'", "'")))


def _post(gold: str) -> str:
    post = post_by_spelling(re.sub(r"\s+OR-[A-Z]$", "", gold))
    return post.code if post else folded(gold)


# What the parser found and what NARA says, in forms that compare; None where NARA says nothing.
FIELDS: dict[str, Callable[[Cable, dict[str, Any], str], tuple[object, object] | None]] = {
    "number": lambda c, g, _: (lookup_key(c.id), lookup_key(g["Document Number"])),
    "from": lambda c, g, _: (c.origin.code if c.origin else "", _post(g["From"])),
    "date": lambda c, g, _: (
        c.date.strftime("%d %b %Y").lower() if c.date else "",
        g["Draft Date"].lower(),
    ),
    "classification": lambda c, g, _: (c.classification, g["Original Classification"]),
    "subject": lambda c, g, _: (
        None if g["Subject"] == "n/a" else (folded(c.subject), _subject(g["Subject"]))
    ),
    "tags": lambda c, g, text: _compare_tags(c, g, text),
    "references": lambda c, g, text: _compare_references(c, g, text),
}


def _compare_tags(cable: Cable, gold: dict[str, Any], text: str) -> tuple[object, object] | None:
    """NARA's analysts added tags that the telegram never had; only those that it has in its TAGS field count."""
    field = _TAGS_FIELD.search(text)
    if field is None:
        return None
    items = [*_ITEM.findall(field[1]), *_TAG.findall(field[1])]
    printed = {folded(item) for item in items} | {
        folded(code) for item in items for code in repair_tag(item)
    }
    return {folded(tag) for tag in cable.tags}, _tags(gold["TAGS"]) & printed


def _compare_references(
    cable: Cable, gold: dict[str, Any], text: str
) -> tuple[object, object] | None:
    """NARA kept the first line of a list only: its numbers must be among ours, and ours on the telegram."""
    if gold["Reference"] == "n/a":
        return None
    found, wanted = (
        _numbers(" ".join(r.text for r in cable.references)),
        _numbers(gold["Reference"]),
    )
    return (found & wanted) | {number for number in found if str(number) not in text}, wanted


def known_wrong() -> set[tuple[str, str]]:
    """(id, field) of NARA's entries that are wrong."""
    with WRONG_ENTRIES.open(encoding="utf-8", newline="") as file:
        return {(row["id"], row["field"]) for row in csv.DictReader(file)}


def measure(
    rows: Iterable[dict[str, Any]], *, lossy: bool
) -> tuple[dict[str, tuple[int, int]], list[Miss]]:
    """(right, counted) for each field, and the misses."""
    wrong = known_wrong()
    score = {field: [0, 0] for field in (SURVIVING if lossy else FIELDS)}
    misses: list[Miss] = []
    for row in rows:
        text = make_lossy(row["text"]) if lossy else row["text"]
        try:
            cable = parse(RawPage(text, row["id"], "text", "0" * 64))[0]
        except NotACable:
            cable = Cable(id="")
        for field, counts in score.items():
            pair = FIELDS[field](cable, row["gold"], row["text"])
            if pair is None or (row["id"], field) in wrong:
                continue
            counts[1] += 1
            counts[0] += pair[0] == pair[1]
            if pair[0] != pair[1]:
                misses.append(Miss(row["id"], field, str(pair[0]), str(pair[1])))
    return {field: (right, counted) for field, (right, counted) in score.items()}, misses


def telegrams(shared: Path) -> Iterator[dict[str, Any]]:
    """The telegrams of the collection, one object each."""
    with (shared / "data/aad/telegrams.jsonl").open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def main() -> int:
    """Print the table; exits 1 if a field is below its floor."""
    options = argparse.ArgumentParser(description="the parser against NARA's metadata")
    options.add_argument("shared", type=Path, help="the folder with data/aad/telegrams.jsonl")
    options.add_argument("--misses", action="store_true", help="list every miss")
    chosen = options.parse_args()
    floors = json.loads((HERE.parent / "tests/golden/accuracy.json").read_text(encoding="utf-8"))
    rows = list(telegrams(chosen.shared))
    failed = False
    for form in ("whole", "lossy"):
        scores, misses = measure(rows, lossy=form == "lossy")
        for field, (right, counted) in scores.items():
            share = 100 * right / counted
            below = share < floors[form][field]
            failed |= below
            print(
                f"{form:6} {field:15} {share:6.2f} %  {right:4} of {counted:4}"
                + ("  BELOW ITS FLOOR" if below else "")
            )
        for miss in misses if chosen.misses else ():
            print(f"  {miss.id} {miss.field}: {miss.parsed!r}, NARA {miss.nara!r}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
