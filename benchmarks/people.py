"""How well people are read, against what the editors of FRUS tagged: `persName corresp=` and their lists of persons.

    PYTHONPATH=. python benchmarks/people.py ../shared/data/frus [--misses 20]

Each document of each volume, telegram or not, is read twice by what an index is made with: with its tags, and with the
tags taken away, when nothing but the text and who signed is known. Printed for each volume:

- recall: of the names that the editors tagged, how many are found; with the tags also by the right name.
- precision: editors tag nobody who is not in their list, and whole documents not at all. So a name that they did not
  tag is judged only where they tagged (the text of a document, or its notes, with a tag in it) and only if its surname
  is in their list. `strict` counts every name without a tag as wrong: the least that it can be.
- split: of the people with two tagged names and more that were found, how many have them under two entries.
- merged: of the entries, how many have tagged names of two people.

The rules were written with two of the four volumes in sight (`SEEN`); the others were only measured.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.people_gold import Block, GoldDocument, GoldVolume, volumes
from corpus.model import Cable, Footnote, NamedPerson, Paragraph, Part
from search.people.boundaries import printed
from search.people.forms import natural
from search.people.naming import Found, Named, names_of
from search.people.persons import people_of
from search.people.recognizers import VARIABLE
from search.text.analysis import fold

SEEN = frozenset({"frus1969-76ve09p1", "frus1969-76ve14p1"})
_LONGEST_SIGNATURE = 40
Read = Callable[[Cable], Named]


@dataclass(slots=True)
class Score:
    """What was counted of a volume, read in one way."""

    gold: int = 0
    hit: int = 0
    named: int = 0  # under the name that the list has
    found: int = 0
    right: int = 0
    wrong: int = 0
    people: int = 0
    split: int = 0
    entries: int = 0
    merged: int = 0
    misses: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        """Of the tagged names."""
        return self.hit / max(1, self.gold)

    @property
    def precision(self) -> float:
        """Of the names that can be judged."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def strict(self) -> float:
        """Of all names."""
        return self.right / max(1, self.found)

    @property
    def split_share(self) -> float:
        """Of the people."""
        return self.split / max(1, self.people)

    @property
    def merged_share(self) -> float:
        """Of the entries."""
        return self.merged / max(1, self.entries)


def measure(volume: GoldVolume, *, tagged: bool, read: Read = names_of) -> Score:
    """The score of a volume; `read` is what reads the names of a cable."""
    score = Score()
    surnames = {fold(natural(name)).split()[-1] for name in volume.persons.values() if name}
    under: dict[str, Counter[str]] = {}
    counts: Counter[str] = Counter()
    for document in volume.documents:
        named = read(_cable(volume, document, tagged=tagged))
        judged = {block.note for block in document.blocks if block.spans}
        for block in document.blocks:
            found = named.people.get(block.text, ())
            counts.update(each.name for each in found)
            _compare(score, block, found, volume, judged=block.note in judged, surnames=surnames)
            for span, each in _pairs(block, found):
                under.setdefault(span, Counter())[each.name] += 1
    _entries(score, under, counts)
    return score


def _compare(
    score: Score,
    block: Block,
    found: Iterable[Found],
    volume: GoldVolume,
    *,
    judged: bool,
    surnames: set[str],
) -> None:
    hit = set()
    for each in found:
        score.found += 1
        spans = [span for span in block.spans if span.start < each.end and each.start < span.end]
        if spans:
            score.right += 1
            hit.update(spans)
            listed = {natural(volume.persons.get(span.id, "")) for span in spans}
            score.named += each.name in listed
        elif judged and fold(each.form).split()[-1] in surnames:
            score.wrong += 1
            score.extra[each.form] += 1
    score.gold += len(block.spans)
    score.hit += len(hit)
    score.misses.update(
        block.text[span.start : span.end] for span in block.spans if span not in hit
    )


def _pairs(block: Block, found: Iterable[Found]) -> Iterable[tuple[str, Found]]:
    for each in found:
        for span in block.spans:
            if span.start < each.end and each.start < span.end:
                yield span.id, each


def _entries(score: Score, under: dict[str, Counter[str]], counts: Counter[str]) -> None:
    """How the names that were found lie in the entries of the collection."""
    people = people_of(counts.items())
    holders: dict[str, set[str]] = {}
    for person, names in under.items():
        entries = {entry.key for name in names if (entry := people.of_value(name)) is not None}
        for key in entries:
            holders.setdefault(key, set()).add(person)
        if sum(names.values()) > 1:
            score.people += 1
            score.split += len(entries) > 1
    score.entries = len(holders)
    score.merged = sum(len(persons) > 1 for persons in holders.values())


def _cable(volume: GoldVolume, document: GoldDocument, *, tagged: bool) -> Cable:
    """A document as a cable: its texts are paragraphs, the editors' are notes."""
    forms: dict[str, dict[str, None]] = {}
    for block in document.blocks:
        for span in block.spans:
            forms.setdefault(span.id, {})[block.text[span.start : span.end]] = None
    people = tuple(
        NamedPerson(volume.persons.get(ident) or next(iter(of_one)), ident, "", tuple(of_one))
        for ident, of_one in forms.items()
    )
    return Cable(
        f"{volume.name}/{document.id}",
        date=datetime(document.year, 1, 1, tzinfo=UTC) if document.year else None,
        signed_by=tuple(
            " ".join(map(printed, block.text.split()))
            for block in document.blocks
            if block.signed and len(block.text) < _LONGEST_SIGNATURE
        ),
        paragraphs=tuple(
            Paragraph(f"u{at}", None, None, None, Part.BODY, block.text)
            for at, block in enumerate(document.blocks, 1)
            if not block.note
        ),
        footnotes=tuple(
            Footnote(str(at), block.text)
            for at, block in enumerate(document.blocks, 1)
            if block.note
        ),
        people=people if tagged else (),
    )


def main() -> int:
    """Print the scores of each volume."""
    options = argparse.ArgumentParser(description="people, against the tags of FRUS")
    options.add_argument("folder", type=Path)
    options.add_argument("--misses", type=int, default=0)
    options.add_argument("--reader", help="another reader of names, module:function")
    chosen = options.parse_args()
    if chosen.reader:
        # As an index is told it: what reads the names of a cable asks the environment.
        os.environ[VARIABLE] = chosen.reader
    print("volume                read       gold  recall  precision  strict  split  merged")
    for volume in volumes(chosen.folder):
        for tagged in (True, False):
            score = measure(volume, tagged=tagged)
            print(
                f"{volume.name + ('' if volume.name in SEEN else ' *'):21} "
                f"{'tagged' if tagged else 'text':6} {score.gold:8,} {score.recall:7.3f} "
                f"{score.precision:10.3f} {score.strict:7.3f} {score.split_share:6.3f} "
                f"{score.merged_share:7.3f}"
            )
            if chosen.misses:
                print("  missed:", score.misses.most_common(chosen.misses))
                print("  not tagged:", score.extra.most_common(chosen.misses))
    print("* not looked at while the rules were written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
