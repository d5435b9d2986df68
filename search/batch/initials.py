"""Names of which the given ones are initials, spelt out as the collection has them: `A.Q. Khan`, `Abdul Qadeer Khan`.

Owns which words of a text may be meant by initials, and how many paragraphs are looked at for them. Must not know an
engine. What is found becomes a part of the question, where everybody sees it and may ask it again.

The dictionary is no help: of a hundred thousand words thousands begin with an A. So the paragraphs that have the family
name are read, up to `MOST_READ` of them, and the words before it are looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus.late_dataclasses import dataclass
from search.batch.names import Initials, initials_of
from search.engines.protocols import Searcher
from search.errors import TooSlow
from search.language.stop_words import STOP_WORDS
from search.language.tree import Node, Or, Phrase, Query
from search.text.analysis import Words

# So many paragraphs and other units with the family name are read, those first in which it weighs most.
MOST_READ = 500
# A name has seldom more given names; what is more are other people, or other words.
MOST_FORMS = 8
# What stands between the words of one name: blanks, full stops of initials, hyphens.
_BETWEEN = frozenset(" \t\r\n\u00a0.-‐'’")


@dataclass(frozen=True, slots=True)
class SpeltOut:
    """Forms of a name with its given names spelt out, the most frequent first, and sentences on what was left out."""

    forms: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Reading:
    """Looks for the given names behind initials; a family name that comes again is read once."""

    def __init__(self, searcher: Searcher, query: Query) -> None:
        """`query` has the filters and the time that each look may take."""
        self._searcher = searcher
        self._query = query
        self._read: dict[tuple[str, ...], tuple[Sequence[str], int]] = {}

    def spelt_out(self, name: str) -> SpeltOut:
        """What the initials of a name stand for; nothing where its given names are no initials."""
        wanted = initials_of(name)
        if wanted is None:
            return SpeltOut()
        try:
            texts, units = self._texts(wanted)
        except TooSlow:
            return SpeltOut(
                notes=(f"There was no time to look for what {wanted.written} stands for.",)
            )
        counts = Counter(form for text in texts for form in set(_forms(text, wanted)))
        found = [form for form, _ in sorted(counts.items(), key=lambda each: (-each[1], each[0]))]
        notes = []
        if units > len(texts):
            notes.append(
                f"{wanted.families[0]} stands in {units:,} places; what {wanted.written} may stand for was looked "
                f"for in {len(texts):,} of them."
            )
        if len(found) > MOST_FORMS:
            notes.append(
                f"{wanted.written} may stand for {len(found):,} names; the {MOST_FORMS} most frequent were searched"
                " for."
            )
        return SpeltOut(tuple(found[:MOST_FORMS]), tuple(notes))

    def _texts(self, wanted: Initials) -> tuple[Sequence[str], int]:
        """The texts with the family name, up to `MOST_READ`, and how many there are."""
        if wanted.families not in self._read:
            phrases = tuple(map(Phrase, wanted.families))
            tree: Node = phrases[0] if len(phrases) == 1 else Or(phrases)
            result = self._searcher.search(
                replace(self._query, tree=tree, grouped=False, size=MOST_READ, snippets=False)
            )
            self._read[wanted.families] = [hit.text for hit in result.hits], result.units
        return self._read[wanted.families]


def _forms(text: str, wanted: Initials) -> Iterator[str]:
    """The names in a text that the initials may stand for, as terms: `abdul qadeer khan`."""
    words = Words(text)
    terms = words.terms()
    for family in wanted.family_terms:
        for place in range(len(wanted.letters), len(terms) - len(family) + 1):
            if tuple(terms[place : place + len(family)]) != family:
                continue
            first = place - len(wanted.letters)
            given = terms[first:place]
            if _may_be(given, wanted.letters) and _is_one_name(words, first, place):
                yield " ".join((*given, *family))


def _may_be(given: Sequence[str], letters: Sequence[str]) -> bool:
    """Whether words begin with these letters; one is spelt out at least, and none is a stop word."""
    return (
        all(word.startswith(letter) for word, letter in zip(given, letters, strict=True))
        and any(len(word) > 1 for word in given)
        and not any(len(word) > 1 and word in STOP_WORDS for word in given)
    )


def _is_one_name(words: Words, first: int, last: int) -> bool:
    """Whether the words from one place to another are written as names are, with nothing that parts them.

    Initials that are written together, `A.Q.`, are one word, which spells nothing out.
    """
    text = words.text
    given = [text[words.start(place) : words.end(place)] for place in range(first, last)]
    return all(word[0].isupper() and "." not in word for word in given) and all(
        _BETWEEN.issuperset(text[words.end(one) : words.start(other)])
        for one, other in pairwise(range(first, last + 1))
    )
