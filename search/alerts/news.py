"""What is new for an alert: what it finds in cables that came, or that another page made others, and did not before.

Owns that decision. It asks an index of those cables alone, made for the moment by the engine that the collection has:
the questions mean there what they mean in the collection, and what they cost does not grow with it. Must not know what
was told before, nor how it is told.

Two parts of a question would mean something else among a few cables, and are brought along: what `like:` stands for is
asked of the collection; and a pattern (`inj*`) stands for the words of the new cables that it fits: where they are too
many even so, `cuts` says what was left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.ids import lookup_key
from corpus.late_dataclasses import dataclass
from corpus.model import Cable
from search.answers.results import Hit
from search.answers.snippets import Marker
from search.engines import DEFAULT_ENGINE, ENGINES, open_searcher, open_writer
from search.engines.manifest import read_manifest
from search.engines.protocols import Searcher
from search.language.questions import asked
from search.language.tree import Everything, Like, Node, Not, Query, rewrite
from search.plans.similarity import sharing
from search.sources import Arrival
from search.units import UnitKind, units

# So many hits are read at once.
_PIECE = 1_000
# A passage is shown whole up to this length, in characters.
_LONGEST_PASSAGE = 1_000
# What tells one text from another: letters and digits. Where lines end, and how a dash looks, does not.
_NO_WORD = re.compile(r"[\W_]+")
_NOTHING = Not(Everything())


def words_of(text: str) -> bytes:
    """What two texts of the same words have in common, and others not: eight bytes."""
    return blake2b(
        _NO_WORD.sub("", text).casefold().encode("utf-8", "replace"), digest_size=8
    ).digest()


@dataclass(frozen=True, slots=True)
class New:
    """A hit that is new: by which arrival, what its text is known by (`words_of`), and the passage that matched."""

    arrival: Arrival
    key: str
    words: bytes
    hit: Hit
    passage: str


class Likenesses:
    """What `like:` stands for in the collection, asked once for each cable that is named."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._known: dict[str, Node] = {}
        self.missing: dict[str, str] = {}

    def in_words(self, query: Query) -> Query:
        """The question with words in the place of likenesses; why there are none stands in `missing`."""
        return replace(query, tree=rewrite(query.tree, self._changed))

    def _changed(self, node: Node) -> Node:
        if not isinstance(node, Like):
            return node
        if node.text not in self._known:
            self._known[node.text] = self._asked(node)
        return self._known[node.text]

    def _asked(self, node: Like) -> Node:
        asked = Query(node, grouped=False, size=1, snippets=False)
        found = self._searcher.search(asked)
        cable = self._searcher.get(node.text.partition("#")[0])
        if cable is None or not found.words:
            self.missing[node.text] = " ".join(found.notes)
            return _NOTHING
        return sharing(found.words, cable.id)


class News:
    """The cables of some arrivals, as the collection has them now, ready to be asked. Use it in a with statement.

    Of several arrivals of one cable the first counts: what was there before it is what is not new. Those whose cable is
    gone again have nothing to tell. `forgotten` is how many cables have nothing to tell because it is not known any
    more what was there before.
    """

    def __init__(self, folder: Path, searcher: Searcher, arrivals: Iterable[Arrival]) -> None:
        self._first: dict[str, Arrival] = {}
        for arrival in arrivals:
            self._first.setdefault(arrival.key, arrival)
        self.forgotten = sum(arrival.forgotten for arrival in self._first.values())
        self._folder = folder
        self._collection = searcher
        self._stack = ExitStack()
        self._now: Searcher | None = None
        self._before: Searcher | None = None
        # Of the cables that were there before, the words of each of their units now.
        self._words: dict[str, set[bytes]] = {}
        # What was left out of the last answer, in sentences.
        self.cuts: tuple[str, ...] = ()

    def __enter__(self) -> News:
        now: list[Cable] = []
        for key, arrival in self._first.items():
            cable = None if arrival.forgotten else self._collection.get(key)
            if cable is None:
                continue
            now.append(cable)
            if arrival.before is not None:
                self._words[key] = {words_of(unit.text) for unit in units(cable)}
        before = [self._first[key].before for key in self._words]
        try:
            self._now = self._index(now)
            self._before = self._index(filter(None, before))
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def found(self, query: Query) -> Iterator[New]:
        """What is new for a question without likenesses, in the order in which it came."""
        self.cuts = ()
        hits = list(self._all(self._now, query))
        if not hits:
            return
        before = self._matched_before(query)
        marker = Marker(asked(query))
        news = []
        for hit in hits:
            key = lookup_key(hit.cable.id)
            words = words_of(hit.text)
            if not self._was_found(key, hit.anchor, words, before.get(key, {})):
                news.append(New(self._first[key], key, words, hit, _passage(hit, marker)))
        yield from sorted(news, key=lambda each: each.arrival.number)

    def _was_found(self, key: str, anchor: str, words: bytes, before: Mapping[str, bytes]) -> bool:
        """Whether a unit is one that was found before: the same words, or words that were altered in their place."""
        if words in before.values():
            return True
        old = before.get(anchor)
        return old is not None and old not in self._words[key]

    def _matched_before(self, query: Query) -> dict[str, dict[str, bytes]]:
        found: dict[str, dict[str, bytes]] = {}
        for hit in self._all(self._before, query):
            found.setdefault(lookup_key(hit.cable.id), {})[hit.anchor] = words_of(hit.text)
        return found

    def _index(self, cables: Iterable[Cable]) -> Searcher | None:
        """An index of some cables, None for none; it goes with the context."""
        each = list(cables)
        if not each:
            return None
        engine = read_manifest(self._folder).engine
        place = self._stack.enter_context(TemporaryDirectory(prefix="cablegram-alerts-"))
        folder = Path(place) / "index"
        with open_writer(folder, engine if engine in ENGINES else DEFAULT_ENGINE) as writer:
            for cable in each:
                writer.put(cable)
        searcher = open_searcher(folder)
        self._stack.callback(searcher.close)
        return searcher

    def _all(self, searcher: Searcher | None, query: Query) -> Iterator[Hit]:
        if searcher is None:
            return
        # Snippets are half of the work, and a short passage is shown whole.
        piece = replace(query, grouped=False, sort="oldest", size=_PIECE, snippets=False)
        while True:
            found = searcher.search(piece)
            self.cuts = tuple(dict.fromkeys((*self.cuts, *found.cuts)))
            yield from found.hits
            if not found.after:
                return
            piece = replace(piece, after=found.after)


def _passage(hit: Hit, marker: Marker) -> str:
    """A text that is not long, or the stretch of it that matched."""
    if len(hit.text) <= _LONGEST_PASSAGE and hit.unit is not UnitKind.HEAD:
        return hit.text
    return "".join(run.text for run in marker.snippet(hit.text))
