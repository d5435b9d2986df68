"""Questions of every form, made of a corpus's own words by a fixed rule.

Owns the forms, and how words are drawn. Must not know which corpus it is, nor an engine.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from corpus.model import Cable
from search.text.analysis import analyse


class Words:
    """Words, phrases and ids of the corpus, drawn by a fixed rule."""

    def __init__(self, cables: list[Cable], seed: str) -> None:
        self._source = random.Random(seed)  # noqa: S311 - it makes questions, not keys
        self._cables = cables

    def cable(self) -> Cable:
        return self._source.choice([cable for cable in self._cables if cable.paragraphs])

    def paragraph(self) -> str:
        cable = self.cable()
        anchors = [each.anchor for each in cable.paragraphs]
        return f"{cable.id}#{self._source.choice(anchors)}"

    def words(self, count: int) -> list[str]:
        """Words of one paragraph, in its order, so that they do occur together."""
        while True:
            text = self._source.choice(self.cable().paragraphs).text
            terms = [token.term for token in analyse(text) if len(token.term) > 3]
            if len(terms) >= count + 4:
                start = self._source.randrange(len(terms) - count)
                return terms[start : start + count]

    def subject(self) -> str:
        """A word of a subject."""
        while True:
            terms = [each.term for each in analyse(self.cable().subject) if len(each.term) > 3]
            if terms:
                return self._source.choice(terms)

    def spread(self, count: int) -> list[str]:
        """Words of one cable, from anywhere in it."""
        found = [self.words(1)[0] for _ in range(count)]
        self._source.shuffle(found)
        return found

    def phrase(self, count: int) -> str:
        while True:
            text = self._source.choice(self.cable().paragraphs).text
            terms = [token.term for token in analyse(text)]
            if len(terms) >= count:
                start = self._source.randrange(len(terms) - count + 1)
                return " ".join(terms[start : start + count])

    def misspelt(self) -> str:
        word = self.words(1)[0]
        place = self._source.randrange(len(word) - 1)
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


FORMS: dict[str, Callable[[Words], str]] = {
    "word": lambda w: w.words(1)[0],
    "and": lambda w: " ".join(w.words(2)),
    "or": lambda w: " OR ".join(w.spread(3)),
    "not": lambda w: "{} -{}".format(*w.spread(2)),
    "only not": lambda w: "-({} OR {})".format(*w.spread(2)),
    "exact": lambda w: f"={w.words(1)[0]}",
    "phrase": lambda w: f'"{w.phrase(3)}"',
    "prefix": lambda w: f"{w.words(1)[0][:3]}*",
    "pattern": lambda w: (lambda word: f"{word[:2]}?{word[3:]}")(w.words(1)[0]),
    "open pattern": lambda w: (lambda word: f"{word[:2]}*{word[-1]}")(w.words(1)[0]),
    "misspelt": lambda w: f"{w.misspelt()}~",
    "badly misspelt": lambda w: f"{w.misspelt()}~2",
    "two near": lambda w: "{} NEAR/3 {}".format(*w.words(2)),
    "loose": lambda w: f'"{" ".join(reversed(w.words(3)))}"~4',
    "looser": lambda w: f'"{" ".join(w.words(4))}"~12',
    "same cable": lambda w: "same:cable {} {}".format(*w.words(2)),
    "same cable, not": lambda w: "same:cable {} -{}".format(*w.spread(2)),
    "like a paragraph": lambda w: f"like:{w.paragraph()}",
    "like a cable": lambda w: f"like:{w.cable().id}",
    "subject": lambda w: f"subject:{w.words(1)[0]}",
    "with a date": lambda w: f"{w.words(1)[0]} date:[1974 TO 1977-06]",
    "with values": lambda w: f"{w.words(1)[0]} (tag:FRUS OR mark:C) paragraphs:>3",
    "one cable": lambda w: f'id:"{w.cable().id}" -number:1',
    "a word of a subject": lambda w: f"{w.subject()} {w.words(1)[0]}",
    "a subject's word or another": lambda w: f"({w.subject()} OR {w.words(1)[0]}) {w.words(1)[0]}",
    "own words": lambda w: f"text:{w.words(1)[0]} {w.words(1)[0]}",
    "in the header": lambda w: f"in:header {w.subject()}",
    "headings and heads": lambda w: f"unit:(head OR heading) (text OR {w.subject()})",
    "one of the common words": lambda w: f"the {w.words(1)[0]}",
    "cited": lambda w: f"cites:1974LAPAZ00173 {w.words(1)[0][:2]}*",
}
