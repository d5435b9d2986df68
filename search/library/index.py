"""An index as Python has it: opened once, asked as often as one likes, closed.

Owns the methods and what each raises. Must not know how a question is checked, an engine or a terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date as Date
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Self, get_args

from corpus.model import Cable, Paragraph
from search.answers.answer import summary
from search.answers.results import CableSummary, Hit, IndexStats, Similar
from search.answers.unit_names import not_named, place_path, unit_named
from search.asking import over_time
from search.asking.references import cited_cables, citing
from search.asking.telegrams import versions_of
from search.asking.term_counts import term_counts
from search.engines import open_searcher, open_together
from search.engines.protocols import Searcher
from search.errors import BadArgument, NotFound
from search.exports.about import About
from search.exports.citations import STYLES, Citation, Style, citation, citations
from search.exports.entries import results
from search.exports.table import rows
from search.language.tree import Everything, Match, Query, Sort
from search.library.asked import Filters, ask, one_of, period, site_address
from search.library.batch import batch
from search.library.found import Results
from search.library.rows import BatchRow, Cited, References, TrendRow, Version
from search.library.spelled_alike import alike
from search.people.decisions import FILE_NAME as DECISIONS
from search.settings import read_settings
from search.units import Unit

# What names a cable or a part of one: `07GUANGZHOU376#p12`, in any spelling of the id, or what has such a name.
Named = str | Cable | CableSummary | Hit

_CITING_PIECE = 100


def open_index(folder: str | PathLike[str] | None = None, *, address: str = "") -> Index:
    """The index in a folder; without one that of the command line: `CABLEGRAM_INDEX`, or `cablegram-index` here.

    `address` is that of the site whose pages the links lead to, `https://cables.example`; without one they begin at
    the root: `/cable/07GUANGZHOU376/p/12`. Close it, or use it as a context manager:

        with cablegram.open_index("cablegram-index") as index:
            print(len(index.search("putian")))

    Raises IndexMissing, IndexOutdated or IndexDamaged, which name the command that builds the index; BadArgument for an
    address that is none.
    """
    return Index(Path(read_settings().index if folder is None else folder), address)


class Index:
    """An open index. Safe to use from several threads; sees what is indexed meanwhile without being opened again.

    Each method raises SearchError or one of its kinds, whose text is a sentence for people: NotFound where there is no
    such cable, BadArgument where an argument can't be, IndexClosed after `close`, TooSlow where `seconds` were given.
    """

    def __init__(
        self,
        folder: Path,
        address: str = "",
        *,
        closing: Callable[[], None] | None = None,
        collections: Sequence[Path] = (),
    ) -> None:
        """Of several `collections` these index folders are read together, as a server with rights reads them."""
        self._folder = folder
        self._folders = tuple(collections) or (folder,)
        self._about = About(site=site_address(address))
        self._closing = closing
        self._searcher: Searcher = (
            open_together(collections, [each / DECISIONS for each in collections])
            if collections
            else open_searcher(folder)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Index {str(self._folder)!r}>"

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self._folder

    @property
    def address(self) -> str:
        """The address of the site that links lead to, "" if none was named."""
        return self._about.site

    @property
    def searcher(self) -> Searcher:
        """What the pages and the command line ask, for what these methods do not do."""
        return self._searcher

    def close(self) -> None:
        """Free the index. A second time does nothing."""
        self._searcher.close()
        closing, self._closing = self._closing, None
        if closing:
            closing()

    def stats(self) -> IndexStats:
        """How much the index holds now.

        >>> index.stats().cables
        43
        """
        return self._searcher.stats()

    def search(
        self,
        query: str = "",
        *,
        filters: Filters | None = None,
        exclude: Filters | None = None,
        since: str = "",
        until: str = "",
        same_cable: bool = False,
        sort: Sort = "relevance",
        match: Match = "all",
        seconds: float | None = None,
    ) -> Results:
        """What answers a question: its totals, and every hit one after the other.

        `query` is in the query language of the search box; "" finds every paragraph. `filters` keeps what has one of
        the values of each field, `exclude` drops what has one: `{"origin": "La Paz", "year": [2007, 2008]}`. `since`
        and `until` are dates as people type them, both included. With `same_cable` the words may stand in different
        paragraphs of one cable; `match="any"` asks for any of the words. `sort` is `relevance`, `newest`, `oldest`,
        `longest` or `referenced`. A search that takes longer than `seconds` raises TooSlow.

        >>> results = index.search("injunction", filters={"origin": "Guangzhou"}, since="March 2007")
        >>> results
        <Results 'injunction': 1 paragraph in 1 cable>
        >>> hit = results.page()[0]
        >>> hit.id, hit.mark, hit.section
        ('07GUANGZHOU376#p12', 'SBU', 'Putian: Shoes and More Shoes, but Little Action')

        What of the query can't be understood is no error: `results.notes` tells it. A field, a date or an order that
        there is not is one.

        >>> index.search("injunction", filters={"orgin": "Guangzhou"})
        Traceback (most recent call last):
        search.errors.BadArgument: There is no field 'orgin'; did you mean 'origin'.
        """
        return Results(
            self._searcher,
            ask(
                query,
                filters=filters,
                exclude=exclude,
                since=since,
                until=until,
                same_cable=same_cable,
                sort=sort,
                match=match,
                seconds=seconds,
            ),
        )

    def cable(self, name: Named) -> Cable:
        """A cable with everything that is known of it. Raises NotFound.

        >>> cable = index.cable("07 Guangzhou 00376")
        >>> cable.id, cable.classification, len(cable.paragraphs)
        ('07GUANGZHOU376', 'UNCLASSIFIED', 17)
        """
        if isinstance(name, Cable):
            return name
        cable_id, _ = _split(name)
        found = self._searcher.get(cable_id)
        if found is None:
            near = alike(cable_id, self._folders)
            advice = f"; there is {' and '.join(near)}" if near else ""
            raise NotFound(f"There is no cable {cable_id[:80]} in this index{advice}.")
        return found

    def paragraphs(self, name: Named) -> tuple[Paragraph, ...]:
        """The paragraphs of a cable in their order; of a place in one that paragraph alone. Raises NotFound.

        >>> [paragraph.anchor for paragraph in index.paragraphs("07GUANGZHOU376")][:3]
        ['u1', 'p1', 'p2']
        >>> index.paragraphs("07GUANGZHOU376#p12")[0].mark
        'SBU'
        """
        cable = self.cable(name)
        _, anchor = _split(name)
        if not anchor:
            return cable.paragraphs
        found = tuple(each for each in cable.paragraphs if each.anchor == anchor)
        if not found:
            raise NotFound(f"{not_named(cable, anchor[:40])}.")
        return found

    def unit(self, name: Named) -> Unit:
        """A part of a cable by its name: a paragraph, the head, a heading, a note. Raises NotFound.

        >>> index.unit("07GUANGZHOU376#s-p11").text
        'Putian: Shoes and More Shoes, but Little Action'
        """
        _, anchor = _split(name)
        cable = self.cable(name)
        if not anchor:
            raise BadArgument(f"Name a part of the cable too: {cable.id}#p1, {cable.id}#head.")
        found = unit_named(cable, anchor)
        if found is None:
            raise NotFound(f"{not_named(cable, anchor[:40])}.")
        return found

    def link(self, name: Named) -> str:
        """The address of a cable, or of a place in one, on the site's pages. It need not be in the index.

        >>> index.link("07GUANGZHOU376#p12")
        '/cable/07GUANGZHOU376/p/12'
        """
        return self._about.link(place_path(*_split(name)))

    def references(self, name: Named) -> References:
        """What a cable refers to, and all cables that refer to it. Raises NotFound.

        >>> found = index.references("07LIMA900028")
        >>> [(each.text, each.id, each.cable is not None) for each in found.cites]
        [('LIMA 900001', '07LIMA900001', True), ('07LIMA900644', '07LIMA900644', False)]
        >>> [cable.id for cable in found.cited_by]
        ['08ABUDHABI900026', '07RIODEJANEIRO900019']
        """
        cable = self.cable(name)
        here = cited_cables(self._searcher, cable)
        cites = tuple(
            Cited(each.text, each.id or "", each.kind, here.get(each.id or ""))
            for each in cable.references
        )
        citers = results(self._searcher, citing(cable.id, _CITING_PIECE), whole=False)
        return References(cites, tuple(each.cable for each in citers if each.cable.id != cable.id))

    def versions(self, name: Named) -> tuple[Version, ...]:
        """The versions of a cable's telegram under other ids and itself, the fullest first; none where there is no
        other. `docs/versions.md` says when two cables are one telegram. Raises NotFound.

        >>> index.versions("07GUANGZHOU376")
        ()
        """
        found = versions_of(self._searcher, self._folders, self.cable(name).id)
        return tuple(
            Version(summary(each.cable), each.name, each.fullest, each.share) for each in found
        )

    def trends(
        self,
        *terms: str,
        by: over_time.Unit = "year",
        since: str = "",
        until: str = "",
        seconds: float | None = None,
    ) -> tuple[TrendRow, ...]:
        """How many paragraphs have each term in each year, month or day, and how many that are per million words.

        A term is a query; periods without any paragraph in between are there too. Raises BadArgument.

        >>> for row in index.trends("putian", since="2006", until="2008"):
        ...     print(row.period, row.paragraphs, row.words)
        2006 0 1456
        2007 8 4967
        2008 0 2798
        """
        unit = one_of("period", by, get_args(over_time.Unit))
        if not terms or not all(term.strip() for term in terms):
            raise BadArgument("Name at least one term, none of them empty.")
        shown = over_time.window_in(unit, *period(since, until))
        everything = over_time.counts(self._searcher, Query(Everything(), seconds=seconds), unit)
        words = over_time.words(self._searcher, shown, everything)
        counted = term_counts(self._searcher, terms, shown, words, seconds=seconds)
        return tuple(
            TrendRow(
                each.period,
                term,
                each.paragraphs[place],
                each.words,
                round(each.rate(place), 3),
            )
            for place, term in enumerate(terms)
            for each in counted
        )

    def similar(self, name: Named, limit: int = 5) -> tuple[Similar, ...]:
        """The paragraphs of other cables most like a cable, or like one of its paragraphs. Raises NotFound.

        >>> [(each.hit.id, each.shared) for each in index.similar("07GUANGZHOU376#p12")]
        [('09ACCRA900031#p3', ('court', 'high'))]
        """
        cable = self.cable(name)
        _, anchor = _split(name)
        return self._searcher.similar(f"{cable.id}#{anchor}" if anchor else cable.id, limit)

    def cite(self, name: Named, style: Style = "chicago-note", accessed: Date | None = None) -> str:
        """The citation of a cable, or of a place in one; `accessed` stands where a style asks for the day of access.

        The styles are those of `docs/citations.md`; `bibtex`, `ris` and `csl-json` are records for programs. Raises
        NotFound, and BadArgument for a style that there is not, or not for this cable.

        >>> print(index.cite("07GUANGZHOU376#p12", "apa-text"))
        (U.S. Consulate Guangzhou, 2007, para. 12)
        """
        cable, unit = self._named(name)
        cited = citation(cable, unit, one_of("style", style, STYLES), accessed)
        if not cited.text:
            raise BadArgument(f"The archive of {cable.id} asks for no form of its own.")
        return cited.text

    def citations(self, name: Named, accessed: Date | None = None) -> tuple[Citation, ...]:
        """The same in every style that there is for it."""
        return citations(*self._named(name), accessed)

    def export(
        self,
        query: str = "",
        *,
        cables: bool = False,
        filters: Filters | None = None,
        exclude: Filters | None = None,
        since: str = "",
        until: str = "",
        same_cable: bool = False,
        sort: Sort = "relevance",
        match: Match = "all",
    ) -> Iterator[dict[str, str]]:
        """Everything that answers a question, a flat row each, with the columns of the CSV export; `cables` gives
        cables instead of paragraphs. Takes what `search` takes. `pandas.DataFrame(rows)` makes a table of them.

        >>> rows = index.export("shoes", since="2007", filters={"mark": "SBU"}, exclude={"part": "summary"})
        >>> [(row["cable"], row["paragraph"], row["date"]) for row in rows][:2]
        [('07GUANGZHOU376', 'p13', '2007-03-23T08:44Z'), ('07GUANGZHOU376', 'p11', '2007-03-23T08:44Z')]
        """
        asked = ask(
            query,
            filters=filters,
            exclude=exclude,
            since=since,
            until=until,
            same_cable=same_cable,
            sort=sort,
            match=match,
            every_unit=cables,
        )
        found = results(self._searcher, replace(asked.query, grouped=cables), whole=False)
        return rows(found, self._about)

    def batch(
        self,
        queries: Iterable[str],
        *,
        filters: Filters | None = None,
        exclude: Filters | None = None,
        since: str = "",
        until: str = "",
        same_cable: bool = False,
        match: Match = "all",
    ) -> Iterator[BatchRow]:
        """A row for each of many queries, in their order: how much it finds, from when to when, and its best passage.

        The other arguments are those of `search`, for all of them. They are asked as rows are fetched, 200 at a time.

        >>> for row in index.batch(["injunction", "xylophone"]):
        ...     print(row.line, row.query, row.paragraphs, row.cables, row.first, row.anchor or "none")
        1 injunction 1 1 2007-03-23 p12
        2 xylophone 0 0  none
        """
        return batch(
            self._searcher,
            queries,
            self._about,
            filters=filters,
            exclude=exclude,
            since=since,
            until=until,
            same_cable=same_cable,
            match=match,
        )

    def _named(self, name: Named) -> tuple[Cable, Unit | None]:
        _, anchor = _split(name)
        return self.cable(name), self.unit(name) if anchor else None


def _split(name: Named) -> tuple[str, str]:
    """The id and the anchor, "" for a whole cable."""
    if isinstance(name, Hit):
        return name.cable.id, name.anchor
    if isinstance(name, Cable | CableSummary):
        return name.id, ""
    cable_id, _, anchor = name.partition("#")
    return cable_id.strip(), anchor.strip()
