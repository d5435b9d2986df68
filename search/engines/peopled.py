"""A searcher that knows people: a person's forms are one value, in questions, filters and counts.

Owns what of a question and of an answer that changes; which names are one person's is `search.people.persons`'s. The
same over every engine, whose own values are the names. Counts stay exact: where a paragraph may have two of a person's
names, it is counted by a question and not by a sum.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from corpus.late_dataclasses import dataclass
from search.answers.ordering import Order
from search.answers.results import Brief, Facet, FacetValue, IndexStats, SearchResult
from search.deadline import check
from search.engines.forwarding import ForwardingSearcher
from search.engines.protocols import Searcher
from search.language.tree import Filter, Node, Or, Phrase, Query, Word, rewrite
from search.text.analysis import fold

FIELD = "person"
if TYPE_CHECKING:
    from concurrent.futures import Future

    from search.people.persons import People

_Answer = TypeVar("_Answer")
# What tells each file of decisions from the one that replaced it; None for one that is not there.
_Stamp = tuple[tuple[int, int] | None, ...]
# So many names beyond those asked for are looked at before it is sure which persons come first.
_AT_FIRST = 100


# So many persons are joined while one waits, in a second or two; of more the old ones are given meanwhile.
_JOINED_AT_ONCE = 20_000
# How often, in seconds, whoever waits looks at the clock of the question.
_LOOK = 0.1


def _in_thread(work: Callable[[], _Answer]) -> Future[_Answer]:
    """What comes of work in a thread of its own, which knows no deadline and does not keep a program from ending."""
    from concurrent.futures import Future

    future: Future[_Answer] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=run, name="people", daemon=True).start()
    return future


class PeopledSearcher(ForwardingSearcher):
    """The searcher of an index whose persons are joined from their names; `files` have the archive's decisions."""

    def __init__(self, searcher: Searcher, *files: Path) -> None:
        self._searcher = searcher
        self._files = files
        self._lock = threading.Lock()
        self._known: tuple[object, People] | None = None
        # What is being joined for which state of the index.
        self._coming: tuple[object, Future[People]] | None = None
        # Of these people, by key: whether no paragraph has two names of the person.
        self._apart_of: People | None = None
        self._apart: dict[str, bool] = {}

    def ask(self, question: Callable[[Searcher], _Answer]) -> _Answer:
        """Put a question to the engine; see ForwardingSearcher."""
        return question(self._searcher)

    def close(self) -> None:
        """Free the index."""
        self._searcher.close()

    def people(self) -> People:
        """The persons of the index as it is, by the decisions as they are.

        To join the names of a large collection takes seconds, which no question's deadline ends: it is done once for
        all who ask. Where some are known from before a change, these are given meanwhile; a name that is new since is
        then a person of its own.
        """
        state = (self._searcher.stats(), self._stamp())
        with self._lock:
            if self._known is not None and self._known[0] == state:
                return self._known[1]
            before = self._known
            if self._coming is None or self._coming[0] != state:
                self._coming = state, _in_thread(lambda: self._learn(state))
            coming = self._coming[1]
        if before is not None and len(before[1].all) > _JOINED_AT_ONCE:
            return before[1]
        while True:
            check()
            with suppress(TimeoutError):
                return coming.result(_LOOK)

    def _learn(self, state: tuple[IndexStats, _Stamp]) -> People:
        try:
            people = self._read(state[0])
        finally:
            with self._lock:
                if self._coming is not None and self._coming[0] == state:
                    self._coming = None
        with self._lock:
            self._known = state, people
        return people

    def _stamp(self) -> _Stamp:
        return tuple(map(_stamp, self._files))

    def _read(self, stats: IndexStats) -> People:
        every = Query(facets=(FIELD,), facet_limit=0, size=1, grouped=False, snippets=False)
        (facet,) = self._searcher.search(every).facets if stats.paragraphs else (Facet(FIELD, ()),)
        names = {value.value: value.count for value in facet.values}
        # Who is named in headers alone has no paragraph, and no spelling but the folded one.
        counted = set(map(fold, names))
        for folded in self._searcher.spellings(FIELD):
            if folded not in counted:
                names[_as_name(folded)] = 0
        # What joins names is loaded by who asks for persons.
        from search.people.decisions import read_decisions
        from search.people.persons import people_of

        decisions = [each for file in self._files for each in read_decisions(file)]
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
        result = self._searcher.search(replace(asked, further=((FIELD, _AT_FIRST),)))
        return replace(
            result,
            facets=tuple(
                self._first(query, asked, facet) if facet.field == FIELD else facet
                for facet in result.facets
            ),
        )

    def order(self, query: Query) -> Order:
        """Where all that a question finds stands; see Searcher."""
        return self._searcher.order(self._meant(query))

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
        values = tuple(FacetValue(each.name, self._count(asked, each, {})) for each in kept)
        return Facet(FIELD, values, max(0, len(groups) - query.facet_start - len(values)))

    def _counted(self, asked: Query, groups: list[_Group], limit: int) -> list[FacetValue]:
        """The groups with exact counts, as far as they may be among the first."""
        found: list[FacetValue] = []
        # Those at the beginning are looked up together; few of the others come among the first.
        known = self._by_name(asked, groups[: 2 * limit] if limit else groups)
        for group in groups:
            enough = limit and len(found) >= limit
            if (
                enough
                and group.most <= sorted((each.count for each in found), reverse=True)[limit - 1]
            ):
                found.append(FacetValue(group.name, group.most))
                continue
            found.append(FacetValue(group.name, self._count(asked, group, known)))
        found.sort(key=lambda each: (-each.count, fold(each.value)))
        return found

    def _by_name(self, asked: Query, groups: Sequence[_Group]) -> Mapping[str, int]:
        """How many paragraphs have each name of the persons who have several, by one question."""
        names = [name for group in groups if len(group.names) > 1 for name in group.names]
        if not names:
            return {}
        one = replace(
            _counting(asked, names), facets=(FIELD,), facet_limit=0, facet_start=0, facet_prefix="", facet_holds="",
        )  # fmt: skip
        (facet,) = self._searcher.search(one).facets
        return dict.fromkeys(names, 0) | {value.value: value.count for value in facet.values}

    def _count(self, asked: Query, group: _Group, known: Mapping[str, int]) -> int:
        """How many paragraphs have one of a person's names: their sum, where none has two of them."""
        if len(group.names) < 2:
            return group.most
        if all(name in known for name in group.names) and self._is_apart(group):
            return sum(known[name] for name in group.names)
        return self._searcher.search(_counting(asked, group.names)).paragraphs

    def _is_apart(self, group: _Group) -> bool:
        """Whether no paragraph of the index has two of a person's names, which is so of nearly all; asked once."""
        people = self.people()
        person = people.of_value(group.names[0])
        if person is None:
            return False
        with self._lock:
            known = self._apart.get(person.key) if self._apart_of is people else None
        if known is None:
            every = _counting(Query(), person.values)
            known = self._searcher.search(every).paragraphs == sum(
                form.count for form in person.forms
            )
            with self._lock:
                if self._apart_of is not people:
                    self._apart_of, self._apart = people, {}
                self._apart[person.key] = known
        return known


def _stamp(file: Path) -> tuple[int, int] | None:
    with suppress(FileNotFoundError):
        found = file.stat()
        return found.st_mtime_ns, found.st_size
    return None


def _counting(asked: Query, names: Sequence[str]) -> Query:
    """The same question of the paragraphs that have any of these names, for their number alone."""
    others = tuple(one for one in asked.filters if one.field != FIELD)
    return replace(
        asked, filters=(*others, Filter(FIELD, tuple(names))), facets=(), size=1, page=1, after="", snippets=False,
        grouped=False,
    )  # fmt: skip


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
