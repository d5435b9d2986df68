"""Words near each other in tantivy: a query of its own for two words, and for more the paragraphs read and looked at.

Owns that fallback. Must not know what a page of results looks like.

tantivy's phrase query with a slop finds two words in either order exactly, when both orders are asked for; with three
words and more it leaves some out and lets others in (its slop is used up from left to right). So three are first asked
for by twos, which finds too much and misses nothing, and each paragraph that has them is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import cast

import tantivy
from tantivy import Occur
from tantivy import Query as Clause

from corpus.ids import lookup_key
from corpus.model import Paragraph
from search.analysis import analyse
from search.deadline import check
from search.engines.tantivy_engine import cables as stored
from search.engines.tantivy_engine.schema import OWNER
from search.fields import BY_NAME, POSITION
from search.nearness import near
from search.plan import TermsNear
from search.results import CableSummary


def near_clause(
    schema: tantivy.Schema, searcher: tantivy.Searcher | None, wanted: TermsNear
) -> Clause:
    """The paragraphs in which the terms are near each other; its score means nothing."""
    size = len(wanted.terms)
    # Two of several words may have the others and all that stands among them between themselves.
    slop = wanted.between + size - 2
    pairs = [
        _pair(schema, f"terms_{wanted.field}", *pair, slop)
        for pair in combinations(wanted.terms, 2)
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
    # A cable is read once for all of its paragraphs.
    by_cable: dict[str, list[int]] = {}
    for cable, place in zip(stored.ids(searcher, addresses), places, strict=True):
        by_cable.setdefault(lookup_key(cable), []).append(cast(int, place))
    found = []
    for key, positions in by_cable.items():
        check()
        summary, paragraphs = stored.shown(searcher, stored.whole(schema, key))
        found += [
            (Occur.Should, _paragraph(schema, key, place))
            for place in positions
            if _is_near(wanted, summary, paragraphs[place])
        ]
    return Clause.boolean_query(found)


def _pair(schema: tantivy.Schema, name: str, first: str, second: str, slop: int) -> Clause:
    return Clause.boolean_query(
        [
            (Occur.Should, Clause.phrase_query(schema, name, list(order), slop=slop))
            for order in ((first, second), (second, first))
        ]
    )


def _paragraph(schema: tantivy.Schema, key: str, place: int) -> Clause:
    owner = Clause.term_query(schema, OWNER, key, index_option="basic")
    position = Clause.term_query(schema, f"number_{POSITION}", place, index_option="basic")
    return Clause.boolean_query([(Occur.Must, owner), (Occur.Must, position)])


def _is_near(wanted: TermsNear, cable: CableSummary, paragraph: Paragraph) -> bool:
    return any(near(places, wanted.between) for places in _places(wanted, cable, paragraph))


def _places(
    wanted: TermsNear, cable: CableSummary, paragraph: Paragraph
) -> Iterator[list[list[int]]]:
    """Where each term stands in each of the texts that the field is made of."""
    name = wanted.field.removesuffix("_exact")
    exact = wanted.field == BY_NAME[name].exact
    texts = {
        "text": (cable.subject, paragraph.section or "", paragraph.text),
        "subject": (cable.subject,),
        "section": (paragraph.section or "",),
    }[name]
    for text in texts:
        terms = [token.term if exact else token.stem for token in analyse(text)]
        yield [[place for place, term in enumerate(terms) if term == each] for each in wanted.terms]
