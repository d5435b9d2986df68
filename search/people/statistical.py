"""Names by a statistical model: a spaCy pipeline that the user chose, beside the rules or in their place.

Owns everything that touches spaCy, which is an extra (`pip install 'cablegram[names]'`), and what of a model's guess is
taken: a person without titles, no ordinary word, nothing that the rules know better. Must not know which names are one
person. No pipeline comes with Cablegram; the variable `CABLEGRAM_NAMES_MODEL` names a package or a folder.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from corpus.late_patterns import late_pattern
from search.people.bodies import KINDS, Body
from search.people.boundaries import INITIAL, OF_THINGS, may_be_surname, printed
from search.people.reading import Mention, Names, loud, read_names
from search.people.recognizers import MODEL, NoRecognizer
from search.people.vocabulary import GIVEN, NEVER, OFFICES, PEOPLES, TITLES, places

if TYPE_CHECKING:
    from spacy.language import Language

# What pipelines call persons and bodies: those trained on OntoNotes, and those trained on WikiNER.
_PERSONS = frozenset({"PERSON", "PER"})
_BODIES = frozenset({"ORG"})
# What finds names, and what such a component reads.
_FINDING = frozenset({"ner", "tok2vec", "transformer", "curated_transformer"})
# What finds none, and takes half of the time: left out where nothing but those of `_FINDING` stands beside it.
_OF_GRAMMAR = frozenset(
    (
        *("tagger", "morphologizer", "parser", "senter", "sentencizer", "attribute_ruler"),
        *("lemmatizer", "trainable_lemmatizer", "entity_linker", "textcat", "textcat_multilabel"),
    )
)
# What models take for names where editors and posts write: `Ibid.`, `USS Montgomery`, `Memcon`.
_NO_NAMES = frozenset(
    (
        *(
            "Ibid",
            "Ibid.",
            "Subj",
            "Memcon",
            "Memcons",
            "Tab",
            "Tabs",
            "Tags",
            "TAGS",
            "USS",
            "HMS",
            "SS",
            "Box",
            "Vol",
        ),
        *(
            "Secret",
            "Confidential",
            "Source",
            "Files",
            "File",
            "Folder",
            "Approve",
            "Disapprove",
            "Attachment",
            "Top",
        ),
    )
)
# So many characters are read at once: a model takes memory for each.
_AT_ONCE = 20_000
# So many texts are handed to a model together.
_TOGETHER = 64
_MOST_WORDS = 6
# A word of a name: `Mora`, `O'Neill`, `Ki-moon`, `J.`; and the small words between: `van`, `de`, `al`.
_WORD = late_pattern(r"(?:[^\W\d_][\w.'’-]*)")
# What stands around a name and is none of it: `Mora's`, `(Mora`, `Mora,`.
_POSSESSIVE = late_pattern(r"['’][sS]?\Z")
_AROUND = ' \t\r\n,;:()[]"“”‘*_-–—/'


class Model(NamedTuple):
    """A pipeline that was loaded, and its name and version: `en_core_web_sm 3.8.0`."""

    pipeline: Language
    name: str


def model() -> Model:
    """The chosen pipeline. Raises NoRecognizer."""
    named = os.environ.get(MODEL)
    if not named:
        raise NoRecognizer(
            f"No model was chosen; {MODEL} names an installed package, such as en_core_web_sm, or a folder."
        )
    return _loaded(named)


@cache
def _loaded(named: str) -> Model:
    try:
        import spacy
    except ImportError as error:
        raise NoRecognizer(
            f"{MODEL} is {named!r}, and a model needs spaCy; install it with: pip install 'cablegram[names]'"
        ) from error
    try:
        pipeline = spacy.load(named)
    except OSError as error:
        raise NoRecognizer(
            f"There is no spaCy pipeline {named!r}; {MODEL} names an installed package, such as en_core_web_sm, "
            "or a folder."
        ) from error
    except Exception as error:
        # Whatever a component of it raises: it may want a library that is not there, or another version of spaCy.
        raise NoRecognizer(
            f"The spaCy pipeline {named!r} can't be loaded ({str(error).splitlines()[0]}); {MODEL} names it."
        ) from error
    labels = {label for labels in pipeline.pipe_labels.values() for label in labels}
    if labels.isdisjoint(_PERSONS):
        raise NoRecognizer(
            f"The spaCy pipeline {named!r} finds no persons: it has no label PERSON; {MODEL} names it."
        )
    _lighten(pipeline)
    meta = pipeline.meta
    return Model(pipeline, f"{meta['lang']}_{meta['name']} {meta['version']}")


def _lighten(pipeline: Language) -> None:
    """Take out what finds no names, where that is known of each component."""
    kinds = {name: pipeline.get_pipe_meta(name).factory for name in pipeline.pipe_names}
    if not set(kinds.values()) <= _FINDING | _OF_GRAMMAR:
        return
    for name, kind in kinds.items():
        if kind in _OF_GRAMMAR:
            pipeline.remove_pipe(name)
    for name, kind in kinds.items():
        # Nothing that is left listens to it.
        if kind == "tok2vec" and not getattr(pipeline.get_pipe(name), "listening_components", True):
            pipeline.remove_pipe(name)


def beside(
    texts: Sequence[str],
    tagged: Mapping[str, str] | None = None,
    heard: Iterable[str] = (),
    year: int | None = None,
) -> list[Names]:
    """What the rules read, and what the model finds where they find nothing."""
    return added(read_names(texts, tagged, heard, year), guesses(texts))


def alone(
    texts: Sequence[str],
    tagged: Mapping[str, str] | None = None,
    heard: Iterable[str] = (),
    year: int | None = None,
) -> list[Names]:
    """What the model finds, without the rules."""
    return guesses(texts)


def added(rules: Sequence[Names], guessed: Sequence[Names]) -> list[Names]:
    """What the rules read of each text, and a model's guesses where that leaves the words free."""
    return [_added(*each) for each in zip(rules, guessed, strict=True)]


def _added(rules: Names, guessed: Names) -> Names:
    if not (guessed.people or guessed.bodies):
        return rules
    taken = _Taken(
        [
            *((each.start, each.end) for each in rules.people),
            *((each.start, each.end) for each in rules.bodies),
        ]
    )
    people = [each for each in guessed.people if taken.leaves(each.start, each.end)]
    bodies = [each for each in guessed.bodies if taken.leaves(each.start, each.end)]
    return Names(sorted((*rules.people, *people)), sorted((*rules.bodies, *bodies)))


class _Taken:
    """Stretches of a text that are taken."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(stretches)
        self._starts = [start for start, _ in ordered]
        # Where the farthest of the first so many ends.
        self._ends = list(accumulate((end for _, end in ordered), max, initial=0))

    def leaves(self, start: int, end: int) -> bool:
        """Whether nothing in a stretch is taken."""
        return self._ends[bisect_left(self._starts, end)] <= start


def guesses(texts: Sequence[str]) -> list[Names]:
    """What the chosen model finds in each text, as far as it can be a name."""
    pipeline = model().pipeline
    found = [Names([], []) for _ in texts]
    pieces = (
        (piece, (at, start)) for at, text in enumerate(texts) for start, piece in _pieces(text)
    )
    for doc, (at, start) in pipeline.pipe(pieces, as_tuples=True, batch_size=_TOGETHER):
        for span in doc.ents:
            if span.label_ in _PERSONS:
                if (
                    mention := _person(texts[at], start + span.start_char, start + span.end_char)
                ) is not None:
                    found[at].people.append(mention)
            elif span.label_ in _BODIES and (
                (body := _body(texts[at], start + span.start_char, start + span.end_char))
                is not None
            ):
                found[at].bodies.append(body)
    return found


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """A text in pieces that a model takes at once, each with its place; cut between words where there is a blank."""
    start = 0
    while start < len(text):
        end = start + _AT_ONCE
        if end < len(text):
            end = text.rfind(" ", start + 1, end) + 1 or end
        piece = text[start:end]
        if not piece.isspace():
            yield start, piece
        start = end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A guess without what stands around a name."""
    while start < end and text[start] in _AROUND:
        start += 1
    while start < end and text[end - 1] in _AROUND:
        end -= 1
    if (possessive := _POSSESSIVE.search(text, start, end)) is not None:
        end = possessive.start()
    return start, end


def _person(text: str, start: int, end: int) -> Mention | None:
    """A guess as a mention: without titles, and only if it can be a name."""
    start, end = _trimmed(text, start, end)
    said = text[start:end]
    words = said.split(" ")
    titles: list[str] = []
    while words and (words[0] in TITLES or words[0] in OFFICES):
        titles.append(words.pop(0))
    if not words or len(words) > _MOST_WORDS or not all(map(_WORD.fullmatch, words)):
        return None
    start = end - len(" ".join(words))
    if not _may_be_name(words, counts=start == 0, shouted=loud(text)):
        return None
    return Mention(start, end, " ".join(map(printed, words)), " ".join(titles), "model")


def _may_be_name(words: Sequence[str], *, counts: bool, shouted: bool) -> bool:
    """Whether a model's guess can be a name: models take papers, ships, peoples and whole lines in capitals for some.

    `counts` says that a letter at the start may count paragraphs: `A. Background`.
    """
    first, last = words[0], words[-1].rstrip(".")
    if not (first[0].isupper() and last[0].isupper()) or len(last) < 2:
        return False
    if not (
        _NO_NAMES.isdisjoint(words)
        and KINDS.isdisjoint(words)
        and OF_THINGS.isdisjoint(words)
        and PEOPLES.isdisjoint(words)
        and OFFICES.isdisjoint(words)
    ):
        return False
    if last in TITLES or last in places() or any(_POSSESSIVE.search(word) for word in words):
        return False
    if counts and INITIAL.fullmatch(first):
        return False
    if shouted:
        return all(
            may_be_surname(word) or word in GIVEN or len(word.rstrip(".")) < 3 for word in words
        )
    if len(words) == 1:
        return last not in NEVER and len(last) > 2 and not last.isupper()
    return True


def _body(text: str, start: int, end: int) -> Body | None:
    start, end = _trimmed(text, start, end)
    for article in ("the ", "The ", "THE "):
        if text.startswith(article, start, end):
            start += len(article)
    said = text[start:end]
    if len(said) < 3 or "\n" in said or not said[0].isupper() or len(said.split()) > 12:
        return None
    return Body(start, end, said)
