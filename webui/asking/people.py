"""What the searcher is asked for the page of a person or a body: how it is named, where, when, and beside whom.

Gives plain values. Must not make a view-model, nor know a request.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.model import Cable, NamedPerson
from search.answers.results import Facet
from search.engines.protocols import Searcher
from search.language.tree import Filter, Phrase, Query
from search.people.forms import natural
from search.people.naming import Found, Named, named_by
from search.people.officeholders import Officeholder, officeholders
from search.people.reading import read_names
from search.text.analysis import fold

PERSON, BODY = "person", "organization"
# What is counted for the page, each a list of its own; the years are all of them.
COUNTED = ("year", "person", "organization", "origin", "country", "tag")
# So many values of each are listed.
SHOWN = 12
# In so many cables it is looked up how the name is known, and beside which office it stands: from the first and the
# last on, by date.
LOOKED_AT = 12


@dataclass(frozen=True, slots=True)
class Seen:
    """A form as a cable has it: by what it is known to be a name, and the title before it."""

    cable: Cable
    found: Found
    anchor: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What was found: paragraphs and cables, headers that name it, the counts by field, and what a few cables say.

    `unseen` says that the rules find the name in none of the texts of one of these cables: another reader found it.
    """

    paragraphs: int
    cables: int
    headers: int
    facets: dict[str, Facet]
    seen: tuple[Seen, ...]
    unseen: bool
    listed: tuple[tuple[Cable, NamedPerson], ...]
    held: tuple[Officeholder, ...]


def ask(
    searcher: Searcher, field: str, name: str, names: Sequence[str], *, seconds: float
) -> Asked:
    """What an index says of a person, or of a body, called `name`; `names` are all of the names in the index."""
    # By the words and not by a filter: a field's own filter does not narrow its counts.
    one = Query(
        Phrase(name, field),
        facets=COUNTED,
        facet_limit=SHOWN + 1,
        listed=("year",),
        size=1,
        grouped=False,
        snippets=False,
        seconds=seconds,
    )
    result = searcher.search(one)
    facets = {facet.field: facet for facet in result.facets}
    headed = replace(one, filters=(Filter("in", ("header",)),), facets=(), listed=())
    headers = searcher.search(headed).units if field == PERSON else 0
    cables = tuple(_cables(searcher, one)) if field == PERSON else ()
    wanted = set(map(fold, names))
    # By the rules, whatever read the names when the cables were indexed: nobody who reads a page waits for a model.
    named = [(cable, named_by(read_names, cable)) for cable in cables]
    return Asked(
        result.paragraphs,
        result.cables,
        headers,
        facets,
        tuple(seen for each in named for seen in _seen(*each, wanted)),
        not all(_names(each, wanted) for _, each in named),
        tuple(
            (cable, each)
            for cable in cables
            for each in cable.people
            if {fold(name) for name in names_for(each.name)} & wanted
        ),
        tuple(each for each in officeholders() if fold(each.name) in wanted),
    )


def names_for(listed: str) -> tuple[str, ...]:
    """A name of a list as the index has it."""
    return (natural(listed),)


def _cables(searcher: Searcher, one: Query) -> Iterable[Cable]:
    """The first cables and the last ones."""
    known: dict[str, None] = {}
    for sort in ("oldest", "newest"):
        page = replace(one, facets=(), listed=(), grouped=True, size=LOOKED_AT // 2, per_cable=1)
        ordered = replace(page, sort="oldest" if sort == "oldest" else "newest")
        known.update(dict.fromkeys(each.cable.id for each in searcher.search(ordered).groups))
    for cable_id in known:
        cable = searcher.get(cable_id)
        if cable is not None:
            yield cable


def _names(named: Named, wanted: set[str]) -> bool:
    """Whether a cable names somebody, anywhere in it."""
    return any(
        fold(found.name) in wanted
        for places in (named.header, *named.people.values())
        for found in places
    )


def _seen(cable: Cable, named: Named, wanted: set[str]) -> Iterable[Seen]:
    for found in named.header:
        if fold(found.name) in wanted:
            yield Seen(cable, found, "")
    for paragraph in cable.paragraphs:
        for found in named.people.get(paragraph.text, ()):
            if fold(found.name) in wanted:
                yield Seen(cable, found, paragraph.anchor)
