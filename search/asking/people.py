"""How many paragraphs name each of some people."""

from __future__ import annotations

from collections.abc import Sequence

from search.engines.protocols import Searcher
from search.language.tree import Filter, Query
from search.people.persons import Person

PERSON = "person"


def exact_counts(searcher: Searcher, persons: Sequence[Person]) -> list[int]:
    """How many paragraphs name each: a sum, where a person has one name in paragraphs, else counted."""
    counts = []
    for person in persons:
        used = [form for form in person.forms if form.count]
        if len(used) < 2:
            counts.append(sum(form.count for form in used))
            continue
        query = Query(
            filters=(Filter(PERSON, person.values),), size=1, grouped=False, snippets=False
        )
        counts.append(searcher.search(query).paragraphs)
    return counts
