"""Words near each other in tantivy: a query of its own for two words, and for more the units read and looked at.

Owns that fallback. Must not know what a page of results looks like.

tantivy's phrase query with a slop finds two words in either order exactly, when both orders are asked for; with three
words and more it leaves some out and lets others in (its slop is used up from left to right). So three are first asked
for by twos, which finds too much and misses nothing, and each unit that has them is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, product
from typing import cast

import tantivy
from corpus.ids import lookup_key
from search.deadline import check
from search.engines.tantivy_engine import cables as stored
from search.engines.tantivy_engine.schema import OWNER
from search.fields import BY_NAME, FIELDS, POSITION
from search.plans.plan import Forms
from search.text.analysis import analyse
from search.text.nearness import near
from search.units import head_unit
from tantivy import Occur
from tantivy import Query as Clause

# Each byte of a term is one, and the library's own signs are some.
_STATES = 700


def forms_clause(
    schema: tantivy.Schema, name: str, words: Sequence[tuple[str, ...]], slop: int = 0
) -> Clause:
    """Words in a row, each in any of its forms; its score means nothing."""
    if all(len(forms) == 1 for forms in words):
        return Clause.phrase_query(schema, name, [forms[0] for forms in words], slop=slop)
    # Terms have letters and digits only: nothing in them has a meaning in a pattern.
    found = []
    for some in product(*map(_portions, words)):
        patterns: list[str | tuple[int, str]] = ["|".join(forms) for forms in some]
        found.append(Clause.regex_phrase_query(schema, name, patterns, slop=slop))
    return (
        found[0]
        if len(found) == 1
        else Clause.boolean_query([(Occur.Should, each) for each in found])
    )


def _portions(forms: Sequence[str]) -> Iterator[list[str]]:
    """Forms in portions, none of which is too large for a pattern of tantivy's, which has at most 1,000 states."""
    portion: list[str] = []
    size = 0
    for form in forms:
        length = len(form.encode()) + 1
        if portion and size + length > _STATES:
            yield portion
            portion, size = [], 0
        portion.append(form)
        size += length
    yield portion


def near_clause(schema: tantivy.Schema, searcher: tantivy.Searcher | None, wanted: Forms) -> Clause:
    """The units in which the words are near each other; its score means nothing."""
    size, between = len(wanted.words), wanted.between or 0
    # Two of several words may have the others and all that stands among them between themselves.
    slop = between + size - 2
    pairs = [
        _pair(schema, f"terms_{wanted.field}", *pair, slop)
        for pair in combinations(wanted.words, 2)
    ]
    if size == 2:
        return pairs[0]
    if searcher is None:
        raise TypeError("words near each other are looked up by a reader only")
    candidates = Clause.boolean_query([(Occur.Must, pair) for pair in pairs])
    number = searcher.num_docs
    hits = searcher.search(candidates, limit=number, count=False).hits if number else []
    addresses = [address for _, address in hits]
    places = searcher.fast_field_values(f"number_{POSITION}", addresses)
    # A cable is read once for all of its units.
    by_cable: dict[str, list[int]] = {}
    for cable, place in zip(stored.ids(searcher, addresses), places, strict=True):
        by_cable.setdefault(cable, []).append(cast(int, place))
    wholes = stored.places(searcher, schema, list(by_cable))
    found = []
    for cable, positions in by_cable.items():
        check()
        texts = _texts(wanted.field, searcher, wholes[cable])
        found += [
            (Occur.Should, _unit(schema, lookup_key(cable), place))
            for place in positions
            if any(near(each, between) for each in _places(wanted, texts(place)))
        ]
    return Clause.boolean_query(found)


def _pair(
    schema: tantivy.Schema, name: str, first: tuple[str, ...], second: tuple[str, ...], slop: int
) -> Clause:
    return Clause.boolean_query(
        [
            (Occur.Should, forms_clause(schema, name, order, slop))
            for order in ((first, second), (second, first))
        ]
    )


def _unit(schema: tantivy.Schema, key: str, place: int) -> Clause:
    owner = Clause.term_query(schema, OWNER, key, index_option="basic")
    position = Clause.range_query(
        schema, f"number_{POSITION}", tantivy.FieldType.Integer, place, place
    )
    return Clause.boolean_query([(Occur.Must, owner), (Occur.Must, position)])


def _texts(
    name: str, searcher: tantivy.Searcher, address: tantivy.DocAddress
) -> Callable[[int], Sequence[str]]:
    """What gives the texts that a field is made of, of the unit at a place of the cable at an address."""
    shown = stored.shown(searcher, address)
    if name == BY_NAME["text"].exact:
        return lambda place: shown.unit(place).parts
    if name == BY_NAME["section"].exact:
        return lambda place: (shown.unit(place).section,)
    if name == BY_NAME["subject"].exact:
        return lambda place: (shown.summary.subject,)
    # Who wrote it, and to whom, no list shows.
    field = next(each for each in FIELDS if each.exact == name)
    cable = stored.whole_at(searcher, address)
    lines = field.words(cable, head_unit(cable.subject, ())).split("\n") if field.words else []
    return lambda place: lines


def _places(wanted: Forms, texts: Sequence[str]) -> Iterator[list[list[int]]]:
    """Where each word stands in each of the texts."""
    for text in texts:
        terms = [token.term for token in analyse(text)]
        yield [
            [place for place, term in enumerate(terms) if term in forms] for forms in wanted.words
        ]
