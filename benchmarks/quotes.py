"""How surely quotations are told apart: unchanged, altered, invented.

Run by hand: `PYTHONPATH=. .venv/bin/python benchmarks/quotes.py INDEX [--count 1000] [--seed 1] [--kind letters]`.
INDEX is any index; `docs/quotes.md` has the figures of an index of `../shared/data` and of one with synthetic cables
beside them.

Quotations of 5 to 60 words are drawn from paragraphs of the index, each from a random word on.

- unchanged: as printed; right if exact.
- cited: the same, with the cable's number behind it; right if exact, in that cable.
- letters: 5% of its letters, one at least, are others; right if altered.
- words: a word in twelve, one at least, is left out, doubled by a neighbour or replaced by a word of another paragraph;
  right if altered.
- invented: what no cable says, in equal parts: the words of a quotation in another order; halves of two quotations from
  two cables; words of cables drawn at random; every third word replaced by one of another paragraph; five to ten words
  of another cable behind up to 25 of one; sentences of this program's own documents. Right if nothing confirms it: it
  is neither exact nor altered, in whatever cable.

Where an invented one is by chance what a cable has, it is drawn again: it is compared with the text of the index word
by word, without the search. So is one with brackets, of which what stands in them is claimed of no cable.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.model import Cable
from search import sources as manifests
from search.engines import open_searcher
from search.engines.protocols import Searcher
from search.quotes.checking import Verdict, check
from search.quotes.drafts import blocks_of
from search.text.analysis import analyse

ROOT = Path(__file__).resolve().parent.parent
_FEWEST, _MOST = 5, 60
_SHARE = 0.05
_WORD_IN = 12
KINDS = ("unchanged", "cited", "letters", "words", "invented")
# Kinds of marks inside a quotation that would end it where it stands in a line.
_MARKS = re.compile('["“”„«»‹›「」]')


@dataclass(frozen=True, slots=True)
class Figure:
    """How many of a kind there were, how many were told rightly, and some of those that were not."""

    kind: str
    count: int
    right: int
    verdicts: dict[str, int]
    wrong: tuple[str, ...]
    seconds: float

    @property
    def share(self) -> float:
        return self.right / self.count


class Drawing:
    """Quotations drawn from paragraphs, the same for the same seed."""

    def __init__(self, cables: Sequence[Cable], seed: int) -> None:
        self._source = random.Random(seed)  # noqa: S311 - it chooses words, not keys
        self._paragraphs = [
            (cable.id, paragraph.text.split())
            for cable in cables
            for paragraph in cable.paragraphs
            if len(paragraph.text.split()) >= _FEWEST
        ]
        self._sentences = own_sentences()

    def passage(self) -> tuple[str, list[str]]:
        """A cable and words of it in a row, five that are words at least."""
        while True:
            name, words = self._source.choice(self._paragraphs)
            count = self._source.randint(_FEWEST, min(_MOST, len(words)))
            start = self._source.randint(0, len(words) - count)
            drawn = words[start : start + count]
            # A table's figures and rules are no quotation.
            told = [each for each in drawn if len(each) > 2 and any(map(str.isalpha, each))]
            # Blanks part initials, `A. M.`, which are one word: a quotation begins with the first of them.
            whole = f" {' '.join(terms(drawn))} " in f" {' '.join(terms(words))} "
            if len(told) >= _FEWEST and whole:
                return name, drawn

    def with_letters_changed(self) -> tuple[str, list[str]]:
        name, words = self.passage()
        text = list(" ".join(words))
        letters = [place for place, each in enumerate(text) if each.isalpha()]
        for place in self._source.sample(letters, max(1, round(len(letters) * _SHARE))):
            old = text[place].lower()
            new = self._source.choice(
                [each for each in "abcdefghijklmnopqrstuvwxyz" if each != old]
            )
            text[place] = new.upper() if text[place].isupper() else new
        return name, "".join(text).split()

    def with_words_changed(self) -> tuple[str, list[str]]:
        while True:
            name, words = self.passage()
            changed = list(words)
            places = self._source.sample(range(len(words)), max(1, len(words) // _WORD_IN))
            for place in sorted(places, reverse=True):
                match self._source.randrange(3):
                    case 0:
                        del changed[place]
                    case 1:
                        changed[place] = self._source.choice(self.passage()[1])
                    case _:
                        changed.insert(place, self._source.choice(self.passage()[1]))
            # Left out at an end, the others are still as printed.
            if " ".join(terms(changed)) not in " ".join(terms(words)):
                return name, changed

    def invented(self, number: int) -> list[str]:
        match number % 6:
            case 0:
                words = self.passage()[1]
                self._source.shuffle(words)
                return words
            case 1:
                (one, first), (other, second) = self.passage(), self.passage()
                while one == other:
                    other, second = self.passage()
                count = max(_FEWEST, min(len(first), len(second)) // 2)
                return first[:count] + second[-count:]
            case 2:
                count = self._source.randint(_FEWEST, _MOST)
                return [self._source.choice(self.passage()[1]) for _ in range(count)]
            case 3:
                words = self.passage()[1]
                return [
                    self._other(each) if place % 3 == 1 else each
                    for place, each in enumerate(words)
                ]
            case 4:
                (one, first), (other, second) = self.passage(), self.passage()
                while one == other:
                    other, second = self.passage()
                return first[:25] + second[: self._source.randint(_FEWEST, 10)]
            case _:
                return self._source.choice(self._sentences).split()

    def _other(self, word: str) -> str:
        """A word of some paragraph that is another one."""
        while True:
            other = self._source.choice(self.passage()[1])
            if terms([other]) and terms([other]) != terms([word]):
                return other


def own_sentences() -> list[str]:
    """Sentences of this program's documents: English of another kind."""
    found = []
    for path in sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"))):
        text = re.sub(r"(?s)```.*?```|`[^`]*`|[|#*_>\[\]()]", " ", path.read_text(encoding="utf-8"))
        for sentence in re.split(r"(?<=[.:])\s+", text):
            if _FEWEST <= len(analyse(sentence)) <= _MOST:
                found.append(" ".join(sentence.split()))
    return found


def terms(words: Sequence[str]) -> list[str]:
    return [token.term for token in analyse(" ".join(words))]


def draft_of(words: Sequence[str], number: str = "") -> str:
    """A draft with the one quotation; set off where marks in it would end it."""
    text = " ".join(words)
    if _MARKS.search(text):
        return f"A cable says{' (' + number + ')' if number else ''}:\n\n> {text}\n"
    return f"A cable says “{text}”{' (' + number + ')' if number else ''} and no more.\n"


def measure(
    searcher: Searcher,
    cables: Sequence[Cable],
    count: int,
    seed: int,
    measured: Sequence[str] = KINDS,
) -> Iterator[Figure]:
    """The figures of each kind, `count` quotations each."""
    # Compared with for what is invented.
    printed = "\n".join(
        f" {' '.join(terms([each.text]))} " for cable in cables for each in cable.paragraphs
    )

    def fresh(drawing: Drawing, number: int) -> tuple[str, list[str]]:
        while True:
            words = drawing.invented(number)
            known = terms(words)
            # What stands in brackets is the writer's own, and no part of what is claimed.
            claimed = not any("[" in each or "]" in each for each in words)
            if claimed and len(known) >= _FEWEST and f" {' '.join(known)} " not in printed:
                return "", words

    kinds: dict[
        str, tuple[Callable[[Drawing, int], tuple[str, list[str]]], tuple[Verdict, ...]]
    ] = {
        "unchanged": (lambda d, _: ("", d.passage()[1]), (Verdict.EXACT,)),
        "cited": (lambda d, _: d.passage(), (Verdict.EXACT,)),
        "letters": (lambda d, _: ("", d.with_letters_changed()[1]), (Verdict.ALTERED,)),
        "words": (lambda d, _: ("", d.with_words_changed()[1]), (Verdict.ALTERED,)),
        "invented": (fresh, (Verdict.NOT_FOUND,)),
    }
    for kind in measured:
        draw, rightly = kinds[kind]
        drawing = Drawing(cables, seed)
        verdicts: Counter[str] = Counter()
        wrong: list[str] = []
        started = time.perf_counter()
        for number in range(count):
            name, words = draw(drawing, number)
            found = check(searcher, blocks_of(draft_of(words, name)))
            verdict = found.quotes[0].verdict
            verdicts[verdict] += 1
            if verdict not in rightly:
                wrong.append(f"{verdict}: {' '.join(words)}")
        yield Figure(
            kind,
            count,
            sum(verdicts[each] for each in rightly),
            dict(verdicts),
            tuple(wrong),
            time.perf_counter() - started,
        )


def cables_in(folder: Path, searcher: Searcher, most: int, seed: int) -> list[Cable]:
    """The cables of an index, or so many of them drawn at random."""
    with manifests.read(folder) as manifest:
        names = list(manifest.cables())
    if len(names) > most:
        chosen = random.Random(seed)  # noqa: S311 - it chooses cables, not keys
        names = chosen.sample(names, most)
    return [cable for name in names if (cable := searcher.get(name)) is not None]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cables", type=int, default=5000, help="draw from so many cables")
    parser.add_argument("--wrong", type=int, default=5, help="print so many that were told wrongly")
    parser.add_argument("--kind", action="append", choices=KINDS, help="measure these kinds only")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    searcher = open_searcher(asked.index)
    try:
        cables = cables_in(asked.index, searcher, asked.cables, asked.seed)
        print(f"{searcher.stats().paragraphs:,} paragraphs, drawn from {len(cables):,} cables")
        figures = []
        for each in measure(searcher, cables, asked.count, asked.seed, asked.kind or KINDS):
            figures.append(each)
            if asked.json:
                continue
            told = ", ".join(f"{count:,} {name}" for name, count in sorted(each.verdicts.items()))
            print(
                f"{each.kind:10} {each.right:5,} of {each.count:5,} right ({each.share:.1%}), "
                f"{1000 * each.seconds / each.count:.0f} ms each: {told}"
            )
            for one in each.wrong[: asked.wrong]:
                print(f"           {one[:300]}")
    finally:
        searcher.close()
    if asked.json:
        content = [
            {"kind": e.kind, "count": e.count, "right": e.right, "verdicts": e.verdicts}
            for e in figures
        ]
        print(json.dumps(content, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
