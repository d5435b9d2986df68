"""Cables that nobody wrote, as many as are wanted, for measuring: a stream, the same for the same seed.

Run by hand: `PYTHONPATH=. .venv/bin/python benchmarks/synthetic_cables.py 9 | head`, one JSON object a cable. Words
are made of syllables and drawn by Zipf's law (the n-th most frequent one 1/n as often as the first, as in English),
paragraphs are about 94 words long, a cable has twelve; three words of every text are drawn from its cable's own topic,
so that words come together as they do in real ones. It says how fast an engine is, never how well it ranks.
"""

from __future__ import annotations

import itertools
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from corpus.cable_json import cable_to_json
from corpus.model import Cable, Paragraph, Part, Post

VOCABULARY = 60_000
PARAGRAPHS = 12
_WORDS = (40, 148)
_SYLLABLES = [
    *("ba", "be", "bor", "ca", "cel", "da", "den", "do", "fa", "fer", "ga", "gol", "ha", "in"),
    *("ka", "lan", "le", "lo", "ma", "men", "mi", "na", "ner", "no", "pa", "per", "po", "qua"),
    *("ra", "re", "rin", "ro", "sa", "sen", "si", "so", "ta", "ter", "ti", "tor", "va", "ven"),
]
_ENDINGS = ["", "", "", "s", "ed", "ing", "ion", "al"]
_POSTS = [
    Post(name.upper(), name, country, region)
    for name, country, region in [
        ("Paris", "France", "Europe"),
        ("Rome", "Italy", "Europe"),
        ("Oslo", "Norway", "Europe"),
        ("Hanoi", "Vietnam", "East Asia"),
        ("Guangzhou", "China", "East Asia"),
        ("Tokyo", "Japan", "East Asia"),
        ("Lima", "Peru", "Western Hemisphere"),
        ("Cairo", "Egypt", "Near East"),
    ]
]
_TAGS = ["ETRD", "KIPR", "PREL", "PGOV", "ECON", "PHUM", "SENV", "EFIN", "MARR", "PTER", "KDEM"]
_MARKS = ["U", "SBU", "C", "S"]
_CLASSES = ["UNCLASSIFIED", "CONFIDENTIAL", "SECRET"]
_SECTIONS: list[tuple[str, Part]] = [
    ("Summary", Part.SUMMARY),
    ("Background", Part.BACKGROUND),
    ("Comment", Part.COMMENT),
]
_START = datetime(1995, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Words:
    """Words with how often they come: `words[n]` n + 1 times as rarely as the first."""

    words: list[str]
    cumulated: list[float]

    def draw(self, source: random.Random, count: int) -> list[str]:
        """So many words."""
        return source.choices(self.words, cum_weights=self.cumulated, k=count)


def vocabulary(seed: int) -> Words:
    """The words of a corpus, the most frequent first; each once."""
    source = random.Random(seed)  # noqa: S311 - it makes words, not keys
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        # Frequent words are short ones.
        length = 1 + (len(words) > 30) + (len(words) > 1000) + (source.random() < 0.3)
        word = "".join(source.choices(_SYLLABLES, k=length)) + source.choice(_ENDINGS)
        words.setdefault(word)
    weights = (1 / rank for rank in range(1, VOCABULARY + 1))
    return Words(list(words), list(itertools.accumulate(weights)))


def synthetic_cables(count: int, seed: int = 1) -> Iterator[Cable]:
    """So many cables; a corpus of more begins with those of a smaller one."""
    words = vocabulary(seed)
    for number in range(count):
        yield _cable(number, words, random.Random(f"{seed} {number}"))  # noqa: S311 - no keys


def _cable(number: int, words: Words, source: random.Random) -> Cable:
    date = _START + timedelta(minutes=source.randrange(15 * 365 * 24 * 60))
    post = source.choice(_POSTS)
    topic = source.choices(words.words, k=8)
    paragraphs = []
    for place in range(PARAGRAPHS):
        heading, part = (
            source.choice(_SECTIONS) if place % 4 == 0 else (" ".join(topic[:2]), Part.BODY)
        )
        drawn = words.draw(source, source.randint(*_WORDS)) + source.choices(topic, k=3)
        source.shuffle(drawn)
        paragraphs.append(
            Paragraph(
                f"p{place + 1}",
                place + 1,
                source.choice(_MARKS),
                heading.title(),
                part,
                " ".join(drawn).capitalize() + ".",
            )
        )
    return Cable(
        id=f"{date:%y}{post.code}{number}",
        date=date,
        origin=post,
        subject=" ".join(topic[:5]).upper(),
        classification=source.choice(_CLASSES),
        tags=tuple(source.sample(_TAGS, k=3)),
        paragraphs=tuple(paragraphs),
        source="synthetic",
    )


def main() -> int:
    """Print cables as JSON, one a line."""
    for cable in synthetic_cables(int(sys.argv[1])):
        print(json.dumps(cable_to_json(cable), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
