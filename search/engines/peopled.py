"""A searcher that knows people: a person's forms are one value, in questions, filters and counts.

Owns what of a question and of an answer that changes; which names are one person's is `search.people.persons`'s. The
same over every engine, whose own values are the names. Counts stay exact: where a paragraph may have two of a person's
names, it is counted by a question and not by a sum.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from search.answers.results import Brief, Facet, FacetValue, IndexStats, SearchResult
from search.engines.forwarding import ForwardingSearcher
from search.engines.protocols import Searcher
from search.fields import BY_NAME
from search.language.tree import Filter, Node, Or, Phrase, Query, Word, rewrite
from search.people.decisions import decisions_file, read_decisions
from search.people.persons import People, people_of
from search.text.analysis import fold

FIELD = "person"
_Answer = TypeVar("_Answer")
# So many names beyond those asked for are looked at before it is sure which persons come first.
_AT_FIRST = 32


class PeopledSearcher(ForwardingSearcher):
    """The searcher of an index whose persons are joined from their names; `folder` has the archive's decisions."""

    def __init__(self, searcher: Searcher, folder: Path | None = None) -> None:
        self._searcher = searcher
        self._file = decisions_file(folder) if folder is not None else None
        self._lock = threading.Lock()
        self._known: tuple[object, People] | None = None

    def ask(self, question: Callable[[Searcher], _Answer]) -> _Answer:
        """Put a question to the engine; see ForwardingSearcher."""
        return question(self._searcher)

    def close(self) -> None:
        """Free the index."""
        self._searcher.close()

    def people(self) -> People:
        """The persons of the index as it is, by the decisions as they are."""
        state = (self._searcher.stats(), self._stamp())
        with self._lock:
            if self._known is None or self._known[0] != state:
                self._known = state, self._read(state[0])
            return self._known[1]

    def _stamp(self) -> tuple[int, int] | None:
        if self._file is None:
            return None
        with suppress(FileNotFoundError):
            found = self._file.stat()
            return found.st_mtime_ns, found.st_size
        return None

    def _read(self, stats: IndexStats) -> People:
        every = Query(facets=(FIELD,), facet_limit=0, size=1, grouped=False, snippets=False)
        (facet,) = self._searcher.search(every).facets if stats.paragraphs else (Facet(FIELD, ()),)
        names = {value.value: value.count for value in facet.values}
        # Who is named in headers alone has no paragraph, and no spelling but the folded one.
        counted = set(map(fold, names))
        for folded in self._searcher.spellings(FIELD):
            if folded not in counted:
                names[_as_name(folded)] = 0
        decisions = read_decisions(self._file) if self._file is not None else ()
        return people_of(names.items(), decisions)

    def search(self, query: Query) -> SearchResult:
        """Answer a question; see Searcher."""
        asked = self._meant(query)
        if FIELD not in query.facets:
            return self._searcher.search(asked)
        if not _by_count_alone(query):
            others = tuple(name for name in query.facets if name != FIELD)
            result = self._searcher.search(replace(asked, facets=others))
            facet = self._listed(query, asked)
            facets = {each.field: each for each in (*result.facets, facet)}
            return replace(result, facets=tuple(facets[name] for name in query.facets))
        limit = query.facet_limit
        result = self._searcher.search(
            replace(asked, facet_limit=limit + _AT_FIRST if limit else 0)
        )
        return replace(
            result,
            facets=tuple(
                self._first(query, asked, facet) if facet.field == FIELD else _cut(query, facet)
                for facet in result.facets
            ),
        )

    def briefs(self, queries: Sequence[Query]) -> Sequence[Brief]:
        """Answer many questions in short; see Searcher."""
        return self._searcher.briefs([self._meant(query) for query in queries])

    def _meant(self, query: Query) -> Query:
        """The question with all names of each person whom it names by one."""
        tree = rewrite(query.tree, self._node)
        filters = tuple(
            Filter(FIELD, self._names(one.included), self._names(one.excluded))
            if one.field == FIELD
            else one
            for one in query.filters
        )
        return (
            query
            if tree is query.tree and filters == query.filters
            else replace(query, tree=tree, filters=filters)
        )

    def _names(self, values: Sequence[str]) -> tuple[str, ...]:
        people = self.people() if values else None
        names: dict[str, None] = {}
        for value in values:
            person = people.of_value(value) if people is not None else None
            names.update(dict.fromkeys(person.values if person is not None else (value,)))
        return tuple(names)

    def _node(self, node: Node) -> Node:
        if not (isinstance(node, Word | Phrase) and node.field == FIELD):
            return node
        persons = self.people().named(node.text)
        values = [value for person in persons for value in person.values][:_MOST_NAMES]
        if not values or list(map(fold, values)) == [fold(node.text)]:
            return node
        parts: tuple[Node, ...] = tuple(Phrase(value, FIELD) for value in values)
        return Or(parts) if len(parts) > 1 else parts[0]

    def _first(self, query: Query, asked: Query, facet: Facet) -> Facet:
        """The persons with most paragraphs, of a facet that has the first of the names."""
        people, limit = self.people(), query.facet_limit
        found = self._counted(asked, _grouped(people, facet), limit)
        if facet.more and not _is_sure(found, facet, limit, people.most_forms):
            every = replace(
                asked, facets=(FIELD,), facet_limit=0, size=1, snippets=False, grouped=False
            )
            (facet,) = self._searcher.search(every).facets
            found = self._counted(asked, _grouped(people, facet), limit)
        return _shown(query, found, facet, limit)

    def _listed(self, query: Query, asked: Query) -> Facet:
        """The persons in another order, from a later one on, or those with some letters in one of their names."""
        people = self.people()
        every = replace(
            asked, facets=(FIELD,), facet_limit=0, facet_start=0, facet_prefix="", facet_holds="",
            size=1, snippets=False, grouped=False,
        )  # fmt: skip
        (facet,) = self._searcher.search(every).facets
        groups = [
            group
            for group in _grouped(people, facet)
            if _is_wanted(group, query.facet_prefix, query.facet_holds)
        ]
        if query.facet_order == "name":
            groups.sort(key=lambda group: fold(group.name))
        end = query.facet_start + query.facet_limit if query.facet_limit else len(groups)
        kept = groups[query.facet_start : end]
        values = tuple(FacetValue(each.name, self._count(asked, each)) for each in kept)
        return Facet(FIELD, values, max(0, len(groups) - query.facet_start - len(values)))

    def _counted(self, asked: Query, groups: list[_Group], limit: int) -> list[FacetValue]:
        """The groups with exact counts, as far as they may be among the first."""
        found: list[FacetValue] = []
        for group in groups:
            enough = limit and len(found) >= limit
            if (
                enough
                and group.most <= sorted((each.count for each in found), reverse=True)[limit - 1]
            ):
                found.append(FacetValue(group.name, group.most))
                continue
            found.append(FacetValue(group.name, self._count(asked, group)))
        found.sort(key=lambda each: (-each.count, fold(each.value)))
        return found

    def _count(self, asked: Query, group: _Group) -> int:
        """How many paragraphs have one of a person's names: their sum, where there is one name."""
        if len(group.names) < 2:
            return group.most
        others = tuple(one for one in asked.filters if one.field != FIELD)
        names = Filter(FIELD, group.names)
        one = replace(
            asked, filters=(*others, names), facets=(), size=1, page=1, after="", snippets=False, grouped=False
        )  # fmt: skip
        return self._searcher.search(one).paragraphs


# A name that stands for more is no name.
_MOST_NAMES = 200


@dataclass(frozen=True, slots=True)
class _Group:
    """A person among the values of a facet: `names` are those to be counted, `most` what their sum can be."""

    name: str
    names: tuple[str, ...]
    most: int


def _grouped(people: People, facet: Facet) -> list[_Group]:
    """The values by their persons, those with most first. A name that the facet left out has no more than its last."""
    last = min((value.count for value in facet.values), default=0) if facet.more else 0
    groups: dict[str, tuple[str, list[FacetValue], int]] = {}
    for value in facet.values:
        person = people.of_value(value.value)
        if person is None:
            groups[value.value] = value.value, [value], 0
        elif person.key in groups:
            groups[person.key][1].append(value)
        else:
            groups[person.key] = person.name, [value], len(person.forms)
    made = []
    for name, values, forms in groups.values():
        missing = max(0, forms - len(values)) if facet.more else 0
        # A name without a paragraph adds none: what it is joined with can be summed.
        names = tuple(value.value for value in values if value.count)
        if missing:
            names = _all_names(people, values[0].value)
        made.append(_Group(name, names, sum(value.count for value in values) + missing * last))
    made.sort(key=lambda group: (-group.most, fold(group.name)))
    return made


def _all_names(people: People, value: str) -> tuple[str, ...]:
    person = people.of_value(value)
    return (value,) if person is None else person.values


def _by_count_alone(query: Query) -> bool:
    return (
        not query.facet_start
        and query.facet_order == "count"
        and not query.facet_prefix
        and not query.facet_holds
        and FIELD not in query.listed
    )


def _is_sure(found: Sequence[FacetValue], facet: Facet, limit: int, most_forms: int) -> bool:
    """Whether no person among the names that were left out can be among the first."""
    if len(found) < limit or not facet.values:
        return False
    last = min(value.count for value in facet.values if value.count) if facet.values else 0
    # The last one listed may have been chosen, and not counted among the first.
    return found[limit - 1].count >= last * most_forms


def _shown(query: Query, found: list[FacetValue], facet: Facet, limit: int) -> Facet:
    chosen = {
        fold(value)
        for one in query.filters
        if one.field == FIELD
        for value in (*one.included, *one.excluded)
    }
    kept = [
        value
        for at, value in enumerate(found)
        if not limit or at < limit or fold(value.value) in chosen
    ]
    return Facet(
        FIELD, tuple(kept), len(found) - len(kept) + facet.more, facet.more_exact and not facet.more
    )


def _cut(query: Query, facet: Facet) -> Facet:
    """Another facet, of which more was asked for than the question wants."""
    if not query.facet_limit or facet.field in query.listed:
        return facet
    own = next((one for one in query.filters if one.field == facet.field), Filter(facet.field))
    normal = BY_NAME[facet.field].normal
    chosen = {normal(value) for value in (*own.included, *own.excluded)}
    kept = tuple(
        value
        for at, value in enumerate(facet.values)
        if at < query.facet_limit or normal(value.value) in chosen
    )
    return replace(facet, values=kept, more=facet.more + len(facet.values) - len(kept))


def _is_wanted(group: _Group, prefix: str, holds: str) -> bool:
    names = [fold(group.name), *map(fold, group.names)]
    begun, held = fold(prefix), fold(holds)
    return any(name.startswith(begun) and held in name for name in names)


# Written small inside a name.
_SMALL = frozenset(
    [
        "de",
        "la",
        "los",
        "del",
        "della",
        "da",
        "dos",
        "du",
        "van",
        "der",
        "den",
        "von",
        "bin",
        "ibn",
        "al",
        "el",
        "ben",
        "ter",
        "ten",
        "y",
    ]
)


def _as_name(folded: str) -> str:
    """A folded name with capitals, for one that no paragraph has: `anna l. mora` is `Anna L. Mora`."""
    return " ".join(
        word
        if word in _SMALL
        else "-".join(part[:1].upper() + part[1:] for part in word.split("-"))
        for word in folded.split()
    )
