"""What goes on from what is being typed: words of the index, its posts, its TAGS with their meaning, its cables; behind
the name of a field the values of that field.

Owns the choice and the order, and where in the line a suggestion goes. Must not know an engine: it asks a `Lexicon`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Literal

from corpus.ids import lookup_key
from corpus.late_dataclasses import dataclass
from corpus.late_patterns import late_pattern
from corpus.posts import post_by_spelling
from corpus.tags import tag
from search.fields import BY_NAME, Field
from search.language.tree import Phrase, Word
from search.plans.leaves import whole_value
from search.plans.lowering import PARAGRAPHS
from search.plans.plan import AllOf, TermSequence
from search.plans.rewriting import Lexicon
from search.text.analysis import analyse, fold, last_word

Kind = Literal["word", "post", "tag", "cable", "value"]
# A single letter begins too many words to choose from by counting them, and too many ids.
_SHORTEST = 2
# Of the words that may go on behind a hyphen so many, the most frequent, are looked for there.
_TRIED = 40

# What stands behind the last blank of a line and is being typed: `al-q` of `talks with al-q`.
_LAST_CLAUSE = late_pattern(r"\S*\Z")
# The name of a field and what is typed of its value: `tag:KI` of `shoes tag:KI`, `origin:"la p`, `-mark:s`.
_FIELD = late_pattern(
    r'(?:^|(?<=[\s(!-]))(?P<name>[A-Za-z]+):\s?(?:"(?P<quoted>[^"]*)|(?P<value>[^\s"()]*))\Z'
)
# Fields whose values are written in capitals; they are kept folded.
_CAPITALS = frozenset({"mark", "classification", "tag", "caveat", "from", "to", "info"})
_POSTS = frozenset({"origin"})
_CABLES = frozenset({"id", "cites"})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A way to go on. `text` is for people; `question` is what to ask, in the query language; `meaning` may be "".

    Who takes it asks the text up to the character `start` and `question` behind it.
    """

    kind: Kind
    text: str
    question: str
    meaning: str = ""
    paragraphs: int = 0
    start: int = 0


def words(text: str, lexicon: Lexicon, limit: int) -> tuple[tuple[str, int], ...]:
    """The words of the index that begin with the last word of a text, of most paragraphs first, with how many.

    Behind a hyphen (`al-q`) those that stand there in the index, and no others.
    """
    prefix = last_word(text)
    if not prefix or limit < 1:
        return ()
    clause = _LAST_CLAUSE.search(text)
    before = tuple(token.term for token in analyse(clause[0])[:-1]) if clause else ()
    if not before:
        return tuple(lexicon.frequent("text_exact", prefix, limit))
    tried = [word for word, _ in lexicon.frequent("text_exact", prefix, _TRIED)]
    found = lexicon.numbers([TermSequence("text_exact", (*before, word)) for word in tried])
    joined = sorted((-count, word) for word, count in zip(tried, found, strict=True) if count)
    return tuple((word, -count) for count, word in joined[:limit])


def completions(text: str, lexicon: Lexicon, limit: int) -> tuple[Suggestion, ...]:
    """At most `limit` suggestions of each kind: words, posts, TAGS, cables; of most paragraphs first in each.

    Behind the name of a field at most `limit` of its values, and of its words, that find something.
    """
    typed = _FIELD.search(text)
    field = BY_NAME.get(typed["name"].lower()) if typed else None
    if typed and field:
        value = typed["value"] if typed["quoted"] is None else typed["quoted"]
        return tuple(_of_field(field, value, typed.start(), lexicon, limit))
    return (
        *_words(text, lexicon, limit),
        *_posts(text, lexicon, limit),
        *_tags(text, lexicon, limit),
        *_cables(text, lexicon, limit),
    )


def _of_field(
    field: Field, typed: str, start: int, lexicon: Lexicon, limit: int
) -> Iterator[Suggestion]:
    prefix = field.normal(typed)
    if not prefix:
        return
    if field.values:
        # Some may be of cables without a paragraph, which a question for the value alone does not find.
        known = [value for value, _ in lexicon.frequent(field.name, prefix, 2 * limit, values=True)]
        plans = [AllOf((whole_value(field, value), PARAGRAPHS)) for value in known]
        counted = zip(known, lexicon.numbers(plans), strict=True)
        shown = [(value, count) for value, count in counted if count]
        yield from islice(_values_of(field, shown, start, lexicon), limit)
    word = last_word(typed)
    if field.kind == "text" and word:
        exact = BY_NAME["text"].exact if field.words is None else field.exact
        for found, count in lexicon.frequent(exact, word, limit):
            asked = Word(found, field.name)
            yield Suggestion("word", found, str(asked), field.label, count, start)


def _values_of(
    field: Field, counted: Iterable[tuple[str, int]], start: int, lexicon: Lexicon
) -> Iterator[Suggestion]:
    seen: set[str] = set()
    for value, count in counted:
        kind: Kind = "value"
        text, meaning = (value.upper() if field.name in _CAPITALS else value), field.label
        if field.name == "tag":
            known = tag(text)
            kind, meaning = "tag", known.meaning if known else ""
        elif field.name in _POSTS:
            post = post_by_spelling(value)
            kind, text = "post", post.name if post else value.title()
            meaning = post.country if post else ""
        elif field.name in _CABLES:
            cable = lexicon.cable(lookup_key(value))
            if cable:
                text, meaning = cable.id, cable.subject
            if field.name == "id":
                kind = "cable"
        if text not in seen:
            seen.add(text)
            yield Suggestion(kind, text, _asking(text, field.name), meaning, count, start)


def _words(text: str, lexicon: Lexicon, limit: int) -> Iterator[Suggestion]:
    tokens = analyse(text)
    start = tokens[-1].start if tokens else 0
    for word, count in words(text, lexicon, limit):
        yield Suggestion("word", word, str(Word(word)), "", count, start)


def _posts(text: str, lexicon: Lexicon, limit: int) -> Iterator[Suggestion]:
    """Posts whose name begins with the whole text, or with its last word: `san j`, `cables of guangz`."""
    for value, count in _values("origin", text, lexicon, limit):
        post = post_by_spelling(value)
        name = post.name if post else value.title()
        meaning = post.country if post else ""
        yield Suggestion("post", name, _asking(name, "origin"), meaning, count, _start(text, name))


def _tags(text: str, lexicon: Lexicon, limit: int) -> Iterator[Suggestion]:
    for value, count in _values("tag", text, lexicon, limit):
        code = value.upper()
        known = tag(code)
        meaning = known.meaning if known else ""
        yield Suggestion("tag", code, _asking(code, "tag"), meaning, count, _start(text, code))


def _cables(text: str, lexicon: Lexicon, limit: int) -> Iterator[Suggestion]:
    """Cables whose id begins so, as printed or in its other spellings; each once."""
    seen: set[str] = set()
    for value, count in _values("id", text, lexicon, 2 * limit):
        cable = lexicon.cable(lookup_key(value))
        if cable is not None and cable.id not in seen and len(seen) < limit:
            seen.add(cable.id)
            asked = str(Word(cable.id, "id"))
            start = _start(text, cable.id)
            yield Suggestion("cable", cable.id, asked, cable.subject, count, start)


def _start(text: str, value: str) -> int:
    """Where a clause goes: in place of all of the text, a name of several words (`san j`), or of its last clause."""
    if fold(value).startswith(fold(text)):
        return 0
    clause = _LAST_CLAUSE.search(text)
    return clause.start() if clause else 0


def _values(field: str, text: str, lexicon: Lexicon, limit: int) -> tuple[tuple[str, int], ...]:
    """Values that begin with the text, or else with what stands behind its last blank."""
    clause = _LAST_CLAUSE.search(text)
    beginnings = dict.fromkeys((fold(text), fold(clause[0]) if clause else ""))
    for prefix in beginnings:
        if len(prefix) >= _SHORTEST and (
            found := tuple(lexicon.frequent(field, prefix, limit, values=True))
        ):
            return found
    return ()


def _asking(value: str, field: str) -> str:
    return str(Phrase(value, field) if " " in value else Word(value, field))
