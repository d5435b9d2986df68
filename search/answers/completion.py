"""What goes on from what is being typed: words of the index, its posts, its TAGS with their meaning, its cables.

Owns the choice and the order. Must not know an engine: it asks a `Lexicon`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from corpus.ids import lookup_key
from corpus.posts import post_by_spelling
from corpus.tags import tag
from search.language.tree import Phrase, Word
from search.plans.rewriting import Lexicon
from search.text.analysis import analyse, fold, last_word

Kind = Literal["word", "post", "tag", "cable"]
# A single letter begins too many words to choose from by counting them, and too many ids.
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A way to go on. `text` is for people; `question` is what to ask, in the query language; `meaning` may be ""."""

    kind: Kind
    text: str
    question: str
    meaning: str = ""
    paragraphs: int = 0


def words(text: str, lexicon: Lexicon, limit: int) -> tuple[tuple[str, int], ...]:
    """The words of the index that begin with the last word of a text, of most paragraphs first, with how many."""
    prefix = last_word(text)
    if not prefix or limit < 1:
        return ()
    return tuple(lexicon.frequent("text_exact", prefix, limit))


def completions(text: str, lexicon: Lexicon, limit: int) -> tuple[Suggestion, ...]:
    """At most `limit` suggestions of each kind: words, posts, TAGS, cables; of most paragraphs first in each."""
    return (
        *_words(text, lexicon, limit),
        *_posts(text, lexicon, limit),
        *_tags(text, lexicon, limit),
        *_cables(text, lexicon, limit),
    )


def _words(text: str, lexicon: Lexicon, limit: int) -> Iterator[Suggestion]:
    for word, count in words(text, lexicon, limit):
        yield Suggestion("word", word, str(Word(word)), "", count)


def _posts(text: str, lexicon: Lexicon, limit: int) -> Iterator[Suggestion]:
    """Posts whose name begins with the whole text, or with its last word: `san j`, `cables of guangz`."""
    for value, count in _values("origin", text, lexicon, limit):
        post = post_by_spelling(value)
        name = post.name if post else value.title()
        yield Suggestion("post", name, _asking(name, "origin"), post.country if post else "", count)


def _tags(text: str, lexicon: Lexicon, limit: int) -> Iterator[Suggestion]:
    for value, count in _values("tag", text, lexicon, limit):
        known = tag(value.upper())
        yield Suggestion(
            "tag",
            value.upper(),
            _asking(value.upper(), "tag"),
            known.meaning if known else "",
            count,
        )


def _cables(text: str, lexicon: Lexicon, limit: int) -> Iterator[Suggestion]:
    """Cables whose id begins so, as printed or in its other spellings; each once."""
    seen: set[str] = set()
    for value, count in _values("id", text, lexicon, 2 * limit):
        cable = lexicon.cable(lookup_key(value))
        if cable is not None and cable.id not in seen and len(seen) < limit:
            seen.add(cable.id)
            yield Suggestion("cable", cable.id, str(Word(cable.id, "id")), cable.subject, count)


def _values(field: str, text: str, lexicon: Lexicon, limit: int) -> tuple[tuple[str, int], ...]:
    """Values that begin with the text, or else with its last word."""
    tokens = analyse(text)
    beginnings = dict.fromkeys((fold(text), fold(text[tokens[-1].start :]) if tokens else ""))
    for prefix in beginnings:
        if len(prefix) >= _SHORTEST and (
            found := tuple(lexicon.frequent(field, prefix, limit, values=True))
        ):
            return found
    return ()


def _asking(value: str, field: str) -> str:
    return str(Phrase(value, field) if " " in value else Word(value, field))
