"""What a search answers: frozen values that the web page, the API and the command line all show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime

from corpus.late_dataclasses import dataclass
from search.answers.unit_names import place_path
from search.plans.rewriting import CutNote
from search.units import UnitKind


@dataclass(frozen=True, slots=True)
class SnippetRun:
    """A stretch of a snippet, as it stands in the paragraph (not escaped); `marked` if it matched."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class CableSummary:
    """What a list of results shows of a cable. `origin` and `country` are for people, "" if not known.

    `date`, its precision and `date_end` are as in `corpus.model.Cable`: the printed date, by the clock of its place.
    `opening` is how its summary opens, "" if it has none (`search.answers.opening`).
    """

    id: str
    subject: str
    date: datetime | None
    date_precision: str
    origin: str
    country: str
    classification: str | None
    tags: tuple[str, ...]
    source: str
    date_end: datetime | None = None
    opening: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit that was found (`search.units`). A higher `score` is better; scores of two queries do not compare.

    `unit` is its kind and `name` what it is called: `¶12`, `in the subject`, `heading over ¶11 to ¶13`. `under` are the
    anchors of the paragraphs that a heading stands over, or of the one that a note is to. Of units that are no
    paragraph `number`, `mark` and `section` are None, and `part` is the kind. `title` is the cable's subject, marked.
    `excerpted` is what the snippet is taken from: `text`, or of a head the subject or a part of the header.
    """

    cable: CableSummary
    anchor: str
    number: int | None
    mark: str | None
    section: str | None
    part: str
    text: str
    score: float
    snippet: tuple[SnippetRun, ...]
    unit: UnitKind = UnitKind.PARAGRAPH
    name: str = ""
    under: tuple[str, ...] = ()
    title: tuple[SnippetRun, ...] = ()
    excerpted: str = ""

    @property
    def id(self) -> str:
        """The unit's name in the whole index: `07GUANGZHOU376#p12`."""
        return f"{self.cable.id}#{self.anchor}"

    @property
    def url(self) -> str:
        """The unit's address inside the site, from the root."""
        return place_path(self.cable.id, self.anchor)


@dataclass(frozen=True, slots=True)
class Group:
    """A cable with what was found of it: its head first if that is a hit, then the best of the others.

    `total` counts all of its paragraphs that match, `others` its other units by their kind.
    """

    cable: CableSummary
    hits: tuple[Hit, ...]
    total: int
    others: Mapping[UnitKind, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value and how many matching paragraphs have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one field over ALL matches, most frequent first and then by name.

    The counts ignore the field's own filter, so that they stay right when several values are chosen.
    A chosen value is listed even when its count is 0 or it is beyond the limit. `more` counts the values
    that the limit left out; there are still more of them, uncounted, if it is not exact. The counts always are.
    """

    field: str
    values: tuple[FacetValue, ...]
    more: int = 0
    more_exact: bool = True


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to a query: totals over all matches, and one page of them.

    `paragraphs` counts the paragraphs found, `others` other units by their kind, `cables` the cables that any of these
    are of. `hits` holds the page's units in order, also those inside `groups`; `groups` is empty if the query is not
    grouped. `notes` are sentences the user should see (a wildcard that was capped). `after` is the cursor of the next
    page, "" if this is the last. `words` are those that `like:` stood for. Paragraphs, cables and
    facets are counted and never estimated, however many there are. `names` are the ids of the page's cables, if the
    query asked for these alone. If it asked for telegrams, `telegrams` is how many the cables are, and the page has one
    cable of each; paragraphs, cables and facets are counted over all versions. `versions` has, for the cables of the
    page whose telegram has several versions, the ids of the others.
    """

    paragraphs: int
    cables: int
    hits: tuple[Hit, ...]
    groups: tuple[Group, ...]
    facets: tuple[Facet, ...]
    milliseconds: float
    notes: tuple[str, ...] = ()
    after: str = ""
    words: tuple[str, ...] = ()
    others: Mapping[UnitKind, int] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    telegrams: int | None = None
    versions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def entries(self) -> int:
        """How many entries all pages of cables have: telegrams where they are folded, else cables."""
        return self.cables if self.telegrams is None else self.telegrams

    @property
    def cuts(self) -> tuple[str, ...]:
        """Those of the notes that say that something was left out of the answer."""
        return tuple(note for note in self.notes if isinstance(note, CutNote))

    @property
    def units(self) -> int:
        """How many units were found, paragraphs and others."""
        return self.paragraphs + sum(self.others.values())


@dataclass(frozen=True, slots=True)
class Brief:
    """What a list of many questions shows of one (`search.batch`): the counts of its `SearchResult`, and the best hit.

    `first` and `last` are when the earliest and the latest cable is dated, as printed: a day, a month or a year
    (`2007-03-23`, `2007-03`, `2007`), "" where nothing that was found has a date. With a `problem` there was no answer,
    and everything else is empty: counts are exact or not there. The title of the best hit is not marked.
    """

    paragraphs: int = 0
    cables: int = 0
    others: Mapping[UnitKind, int] = field(default_factory=dict)
    first: str = ""
    last: str = ""
    best: Hit | None = None
    notes: tuple[str, ...] = ()
    problem: str = ""

    @property
    def units(self) -> int:
        """How many units were found, paragraphs and others."""
        return self.paragraphs + sum(self.others.values())


@dataclass(frozen=True, slots=True)
class Similar:
    """A paragraph like another, or the best one of such a cable; `shared` are words of both, heaviest first."""

    hit: Hit
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexStats:
    """What an index holds. `bytes` is its size on disk (0 in memory)."""

    engine: str
    cables: int
    paragraphs: int
    bytes: int
