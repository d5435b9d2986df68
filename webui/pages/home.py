"""The first page: what this is, what the collection holds, where to begin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.tags import tag
from search.answers.results import Facet, IndexStats, SearchResult
from search.asking.over_time import Window, periods
from search.language.tree import Phrase, Word
from search.text.written_dates import in_words
from webui.asking.address import State, build
from webui.asking.facets import value_note
from webui.pages.filters import in_order
from webui.pages.timeline import Bar, height
from webui.pages.titles import title_of
from webui.pages.wording import Link, counted

# The lists to browse by, each with its heading.
BROWSE = (("origin", "By post"), ("year", "By year"), ("tag", "By topic (TAGS)"))

# Values of these fields make examples of questions, each with how that is said.
EXAMPLE_FIELDS = {"origin": "cables from {}", "tag": "cables on {}"}
# The picture is by years, of all that there are.
BY_YEAR = Window("year")

# Two words of a subject that say something: no shorter ones, and nothing with figures.
_WORD = re.compile(r"[^\W\d_]{4,}")
_PAIR = re.compile(r"\b[^\W\d_]{4,} [^\W\d_]{4,}\b")


@dataclass(frozen=True, slots=True)
class BrowseEntry:
    """A value to browse by, what it means if it is a code, and how many paragraphs have it."""

    link: Link
    note: str
    count: str


@dataclass(frozen=True, slots=True)
class BrowseList:
    """The most frequent values of a field; `all` leads to all of them, None if these are all."""

    field: str
    heading: str
    entries: tuple[BrowseEntry, ...]
    all: Link | None


@dataclass(frozen=True, slots=True)
class HomePage:
    """All that the first page says. `facts` are what the collection holds: a number and what it counts. `bars` are the
    paragraphs by year, from `first` to `last`; there are none where no date is known, or one year only."""

    heading: str
    about: str
    facts: tuple[tuple[str, str], ...]
    span: str
    examples: tuple[Link, ...]
    bars: tuple[Bar, ...]
    first: str
    last: str
    lists: tuple[BrowseList, ...]


def home_page(
    stats: IndexStats, overview: SearchResult, by_year: Mapping[str, int], examples: Sequence[str]
) -> HomePage:
    """The first page. `overview` is the answer to the question for everything, with its facets; `by_year` has the
    paragraphs of each year; `examples` are those that the installation has chosen, if any."""
    facets = {facet.field: facet for facet in overview.facets}
    steps = periods(BY_YEAR, by_year)
    bars = _bars(steps, by_year)
    return HomePage(
        "Search diplomatic cables, paragraph by paragraph",
        "Telegrams between the State Department and its embassies. Each result is a paragraph of a cable, with its "
        "number, its classification and its place in the text, under an address to cite.",
        tuple(_facts(stats, facets)),
        _span(steps),
        tuple(Link(each, _search(each)) for each in examples)
        or tuple(_examples(facets, [group.cable.subject or "" for group in overview.groups])),
        bars if len(bars) > 1 else (),
        bars[0].label if bars else "",
        bars[-1].label if bars else "",
        tuple(
            _list(facets[field], heading)
            for field, heading in BROWSE
            if field in facets and facets[field].values
        ),
    )


def _facts(stats: IndexStats, facets: Mapping[str, Facet]) -> Iterable[tuple[str, str]]:
    yield f"{stats.cables:,}", "cable" if stats.cables == 1 else "cables"
    yield f"{stats.paragraphs:,}", "paragraph" if stats.paragraphs == 1 else "paragraphs"
    for field, one, many in (("origin", "post", "posts"), ("tag", "topic", "topics")):
        facet = facets.get(field)
        if facet and facet.values and (facet.more_exact or not facet.more):
            number = len(facet.values) + facet.more
            yield f"{number:,}", one if number == 1 else many


def _span(steps: Sequence[str]) -> str:
    if not steps:
        return ""
    return f"From {steps[0]} to {steps[-1]}." if len(steps) > 1 else f"All of {steps[0]}."


def _bars(steps: Sequence[str], by_year: Mapping[str, int]) -> tuple[Bar, ...]:
    most = max((by_year.get(step, 0) for step in steps), default=0)
    return tuple(
        Bar(
            in_words(step),
            counted(by_year.get(step, 0), "paragraph"),
            "",
            build(State().between(step, step)) if by_year.get(step) else "",
            place,
            height(by_year.get(step, 0), most),
            0,
        )
        for place, step in enumerate(steps)
    )


def _list(facet: Facet, heading: str) -> BrowseList:
    total = len(facet.values) + facet.more
    return BrowseList(
        facet.field,
        heading,
        tuple(
            BrowseEntry(
                Link(value.value, build(State().including(facet.field, value.value))),
                value_note(facet.field, value.value),
                f"{value.count:,}",
            )
            for value in in_order(facet)
        ),
        Link(
            f"All {total:,}" if facet.more_exact else "All",
            build(State(), f"/values/{facet.field}"),
        )
        if facet.more
        else None,
    )


def _examples(facets: Mapping[str, Facet], subjects: Iterable[str]) -> Iterable[Link]:
    """Questions that find something here: words and a phrase of its subjects, a post, a topic."""
    titles = [title_of(subject) for subject in subjects if subject]
    pairs = [pair for title in titles if (pair := _PAIR.search(title))]
    phrase = pairs[0][0] if pairs else ""
    # A word of another subject than that of the phrase, the longest one: the shorter, the less it says.
    others = [title for title in titles if not phrase or phrase not in title] or titles
    words = [max(found, key=len) for title in others if (found := _WORD.findall(title))]
    if words:
        yield Link(words[0].lower(), _search(words[0].lower()))
    if phrase:
        yield Link(f"“{phrase.lower()}”", _search(str(Phrase(phrase.lower()))))
    for field, said in EXAMPLE_FIELDS.items():
        facet = facets.get(field)
        if facet and facet.values:
            top = facet.values[0].value
            asked = str((Phrase if " " in top else Word)(top, field))
            known = tag(top) if field == "tag" else None
            yield Link(said.format(known.meaning if known else top), _search(asked))


def _search(question: str) -> str:
    return build(State(q=question))
