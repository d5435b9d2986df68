"""A draft's quotations and cable numbers, each with its verdict.

Owns the verdicts, in which order cables are looked at, and how many questions one quotation may cost: three searches
of its words at most, and the reading of a few cables that they find. Must not know how a verdict is shown.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from corpus.ids import lookup_key
from corpus.late_dataclasses import dataclass
from corpus.model import Cable
from search.answers.results import Hit, SearchResult
from search.engines.protocols import Searcher
from search.exports.citations import Style, citation
from search.language.stop_words import STOP_WORDS
from search.language.tree import And, Fuzzy, Node, Or, Phrase, Query, Word, simplify
from search.quotes import aligning
from search.quotes.aligning import Alignment, Passages
from search.quotes.drafts import Block
from search.quotes.naming import Named, Placed, all_mentions, named_for
from search.quotes.numbers import Mention, cables_of
from search.quotes.quotations import Quotation, quotations
from search.quotes.wording import Wording, as_printed, wording_of, words_of
from search.text.analysis import stems_and_terms
from search.units import Unit, UnitKind, units

# One search of a quotation's words takes no longer, in seconds.
SECONDS = 20.0
# Fewer words than these are too common to say which cable they are from.
FEWEST_WORDS = 3
# The same where all of them are words like "of the".
FEWEST_SMALL_WORDS = 5
# So many words of a run are looked up as a phrase; what follows them is compared.
_LONGEST_PHRASE = 24
# A quotation that no cable has is looked for by so many of its shortest phrases and of its words.
_PHRASES, _WORDS = 16, 16
# Of one of fewer words than these so many of the longest are looked for with a letter changed, none a short word.
_MISSPELT_BELOW, _MISSPELT, _LONG_WORD = 14, 5, 5
_SHORT_PHRASE, _SHORTEST_PHRASE = 3, 2
# So many places that a search found are looked at, and so many other cables with the same words are named.
_HITS, _CABLES = 20, 6
_ALSO = 3
# What has fewer of a quotation's words, by their letters, is not looked at: of three paragraphs that it goes over, one
# has a third. Where so many of its letters are found the search for better ones ends.
_LEAST_SHARE = 0.3
_LIKE_ENOUGH = 0.9
# Cables whose words are kept while a draft is checked.
_KEPT = 64


class Verdict(StrEnum):
    """What is said of a quotation."""

    EXACT = "exact"  # the same words, and in the cable that is named, if one is
    ALTERED = "altered"  # other words here and there
    ELSEWHERE = "elsewhere"  # exact or altered, but in another cable than the one that is named
    SHORT = "short"  # too few words to tell which cable they are from
    NOT_FOUND = "not found"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a quotation: `draft` as quoted, and, if it is `changed`, `cable` as printed, "" for nothing."""

    draft: str
    cable: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cable has the words: the units from the first to the last, what is printed there, and how it is cited."""

    cable: Cable
    units: tuple[Unit, ...]
    printed: str
    citation: str

    @property
    def url(self) -> str:
        """Its address inside the site, from the root."""
        return f"/cable/{self.cable.id}#{self.units[0].anchor}"

    @property
    def label(self) -> str:
        """`¶12`, `¶12 to ¶13`, `in the subject and header`."""
        first, last = self.units[0].name, self.units[-1].name
        return first if len(self.units) == 1 else f"{first} to {last}"


@dataclass(frozen=True, slots=True)
class QuoteFinding:
    """A quotation and what was found. `place` is the best place, of one that was not found the nearest, if any.

    `exact` says whether the words are the same there, `likeness` how many of the letters are, from 0 to 1. `named` are
    the numbers that the draft names for it. `also` are other cables with exactly these words, `cables` how many there
    are in all, `paragraphs` how many paragraphs, headings and notes. `notes` are sentences for the reader.
    """

    quotation: Quotation
    verdict: Verdict
    named: tuple[Placed, ...] = ()
    place: Place | None = None
    exact: bool = False
    likeness: float = 0.0
    difference: tuple[Stretch, ...] = ()
    also: tuple[str, ...] = ()
    cables: int = 0
    paragraphs: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberFinding:
    """A cable number and the cables of the index that it means: none, one, or several where its year is missing.

    `mention` is how it is written first, `lines` are those of the draft that have it. `notes` are sentences for the
    reader.
    """

    mention: Mention
    lines: tuple[int, ...]
    cables: tuple[Cable, ...]
    citations: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """What was found of a draft, each in the order of the draft."""

    quotes: tuple[QuoteFinding, ...]
    numbers: tuple[NumberFinding, ...]

    def count(self, verdict: Verdict) -> int:
        """How many quotations have a verdict."""
        return sum(each.verdict is verdict for each in self.quotes)

    @property
    def missing(self) -> int:
        """How many numbers no cable of the index has."""
        return sum(not each.cables for each in self.numbers)

    @property
    def sound(self) -> bool:
        """Whether every quotation is exact and every number a cable's."""
        return not self.missing and all(each.verdict is Verdict.EXACT for each in self.quotes)


def check(
    searcher: Searcher,
    blocks: Sequence[Block],
    style: Style = "chicago-note",
    most: int | None = None,
    seconds: float = SECONDS,
) -> Check:
    """Look up every quotation and number of a draft, a search in `seconds` at most.

    Raises `search.errors.SearchError`, and `TooMany` for a draft with more quotations, or more numbers, than `most`.
    """
    found, numbers = quotations(blocks), all_mentions(blocks)
    same: dict[tuple[str, str, str], list[Placed]] = {}
    for each in numbers:
        same.setdefault(_meaning(each.mention), []).append(each)
    if most is not None and max(len(found), len(same)) > most:
        raise TooMany(len(found), len(same))
    look = _Look(searcher, style, seconds)
    quotes: list[QuoteFinding] = []
    for named in named_for(blocks, found, numbers):
        quotes += look.quotes(named)
    return Check(
        tuple(quotes),
        tuple(
            look.number(
                group,
                tuple(dict.fromkeys(blocks[one.block].line_at(one.mention.start) for one in group)),
            )
            for group in same.values()
        ),
    )


def _meaning(mention: Mention) -> tuple[str, str, str]:
    """What numbers that mean the same have in common, however they are written."""
    return mention.key, mention.post, mention.number.lstrip("0")


class TooMany(Exception):
    """A draft with more quotations and numbers than are looked up at once; the message is one sentence."""

    def __init__(self, quotes: int, numbers: int) -> None:
        super().__init__(f"The draft has {quotes:,} quotations and {numbers:,} cable numbers.")


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of a cable: its paragraphs in a row, or another unit by itself."""

    units: tuple[Unit, ...]
    passages: Passages

    def between(self, first: int, last: int) -> tuple[Unit, ...]:
        """The units that have the words from one to another."""
        spans, starts = self.passages.words.spans, self.passages.starts
        begin, end = spans[first][0], spans[last - 1][0]
        return tuple(
            unit
            for place, unit in enumerate(self.units)
            if starts[place] <= end and (place + 1 == len(starts) or starts[place + 1] > begin)
        )


@dataclass(frozen=True, slots=True)
class _Found:
    cable: Cable
    text: _Text
    alignment: Alignment

    @property
    def rank(self) -> tuple[bool, bool, float]:
        return self.alignment.exact, self.alignment.altered, self.alignment.likeness


class _Look:
    """The looking up of one draft: what was read of the index is kept."""

    def __init__(self, searcher: Searcher, style: Style, seconds: float) -> None:
        self._searcher = searcher
        self._style = style
        self._seconds = seconds
        self._texts: OrderedDict[str, tuple[_Text, ...]] = OrderedDict()
        self._meant: dict[tuple[str, str, str], tuple[Cable, ...]] = {}

    def number(self, same: Sequence[Placed], lines: tuple[int, ...]) -> NumberFinding:
        """A number, from all that mean the same."""
        mention = same[0].mention
        cables = self._cables(mention)
        paragraphs = dict.fromkeys(each for one in same for each in one.mention.paragraphs)
        notes: list[str] = []
        for one in cables if len(cables) == 1 else ():
            have = {each.anchor for each in one.paragraphs}
            notes += [
                f"{one.id} has no paragraph {named}."
                for named in paragraphs
                if not have & {f"p{named}", f"u{named}"}
            ]
        cited = tuple(citation(each, None, self._style).text for each in cables)
        return NumberFinding(mention, lines, cables, cited, tuple(notes))

    def quotes(self, named: Named) -> list[QuoteFinding]:
        """A quotation; of one that no cable has, those inside it too, where they are long enough."""
        own = self._quote(named)
        found = [own]
        if own.verdict is Verdict.NOT_FOUND:
            for one in named.quotation.inner:
                if len(words_of(one.text)) >= FEWEST_WORDS:
                    found += self.quotes(Named(one, named.numbers))
        return found

    def _quote(self, named: Named) -> QuoteFinding:
        text = named.quotation.text
        quoted, printed = wording_of(text), as_printed(text)
        found = self._looked_up(named, quoted)
        if found.exact or quoted.words.forms == printed.words.forms:
            return found
        # Cables and their editors have brackets and dots too.
        other = self._looked_up(named, printed)
        better = other.exact or found.verdict is Verdict.NOT_FOUND
        return other if better and other.verdict is not Verdict.NOT_FOUND else found

    def _looked_up(self, named: Named, quoted: Wording) -> QuoteFinding:
        said = (*named.numbers, *named.around)
        meant = [cable for one in said for cable in self._cables(one.mention)]
        here = self._best(quoted, meant)
        if here is not None and here.alignment.exact:
            return self._finding(named, quoted, Verdict.EXACT, here)
        if not quoted.runs:
            return QuoteFinding(named.quotation, Verdict.NOT_FOUND, named.numbers)
        result = self._search(_exactly(quoted))
        counted = result.cables, sum((result.paragraphs, *result.others.values()))
        if _is_short(quoted):
            return self._short(named, quoted, counted, [hit.cable.id for hit in result.hits])
        there = self._best(quoted, self._cables_with(quoted, result.hits))
        if there is not None and there.alignment.exact:
            verdict = Verdict.ELSEWHERE if named.numbers else Verdict.EXACT
            others = dict.fromkeys(hit.cable.id for hit in result.hits)
            others.pop(there.cable.id, None)
            exact = [
                each
                for each in list(others)[:_ALSO]
                if (one := self._best(quoted, self._named([each]))) and one.alignment.exact
            ]
            return self._finding(named, quoted, verdict, there, tuple(exact), counted)
        if here is not None and here.alignment.altered:
            return self._finding(named, quoted, Verdict.ALTERED, here)
        nearest = [here, there]
        for tree in (_nearly(quoted), _misspelt(quoted)):
            if tree is None:
                break
            other = self._best(quoted, self._cables_with(quoted, self._search(tree).hits))
            nearest.append(other)
            if other is not None and other.alignment.altered:
                break
        best = max(filter(None, nearest), key=lambda each: each.rank, default=None)
        if best is None or not (best.alignment.exact or best.alignment.altered):
            near = best if best is not None and best.alignment.near else None
            return self._finding(named, quoted, Verdict.NOT_FOUND, near)
        known = {each.id for each in meant}
        if named.numbers and best.cable.id not in known:
            return self._finding(named, quoted, Verdict.ELSEWHERE, best)
        verdict = Verdict.EXACT if best.alignment.exact else Verdict.ALTERED
        return self._finding(named, quoted, verdict, best)

    def _short(
        self, named: Named, quoted: Wording, counted: tuple[int, int], ids: list[str]
    ) -> QuoteFinding:
        """Words too few to look further for: how often there are such, and the cable if there is one only."""
        verdict = Verdict.SHORT if counted[0] else Verdict.NOT_FOUND
        only = self._best(quoted, self._named(ids)) if counted[0] == 1 else None
        return self._finding(named, quoted, verdict, only, (), counted)

    def _finding(
        self,
        named: Named,
        quoted: Wording,
        verdict: Verdict,
        found: _Found | None,
        also: tuple[str, ...] = (),
        counted: tuple[int, int] = (0, 0),
    ) -> QuoteFinding:
        notes: list[str] = []
        if named.quotation.unclosed:
            notes.append("The closing quotation mark is missing.")
        if found is None:
            return QuoteFinding(
                named.quotation,
                verdict,
                named.numbers,
                cables=counted[0],
                paragraphs=counted[1],
                notes=tuple(notes),
            )
        place = self._place(found)
        if verdict in (Verdict.EXACT, Verdict.ALTERED):
            notes += self._other_place(named, place)
        return QuoteFinding(
            named.quotation,
            verdict,
            named.numbers,
            place,
            found.alignment.exact,
            round(found.alignment.likeness, 3),
            difference(quoted, found.text.passages, found.alignment)
            if verdict is not Verdict.NOT_FOUND
            else (),
            also,
            counted[0],
            counted[1],
            tuple(notes),
        )

    def _place(self, found: _Found) -> Place:
        spans = [span for span in found.alignment.spans if span[0] < span[1]]
        first, last = spans[0][0], spans[-1][1]
        words = found.text.passages.words
        printed = words.text[words.spans[first][0] : words.spans[last - 1][1]]
        inside = found.text.between(first, last)
        cited = citation(found.cable, inside[0], self._style).text
        return Place(found.cable, inside, printed, cited)

    def _other_place(self, named: Named, place: Place) -> list[str]:
        """A sentence where the draft names another paragraph than has the words, or elsewhere another cable."""
        key = lookup_key(place.cable.id)
        if named.around and not any(self._means(one, key) for one in named.around):
            return [
                f"The only cable number in this paragraph of the draft is {named.around[0].mention.text}."
            ]
        numbers = {
            number
            for one in named.numbers
            if self._means(one, key)
            for number in one.mention.paragraphs
        }
        anchors = {name.lstrip("pu") for each in place.units for name in (each.anchor, *each.under)}
        if not numbers or numbers & anchors:
            return []
        said = " and ".join(f"¶{number}" for number in sorted(numbers))
        return [f"The draft says {said}; the words stand in {place.label}."]

    def _means(self, named: Placed, key: str) -> bool:
        """Whether a number of the draft may be that of the cable; one without a year may be that of several."""
        return any(lookup_key(each.id) == key for each in self._cables(named.mention))

    def _cables(self, mention: Mention) -> tuple[Cable, ...]:
        name = _meaning(mention)
        if name not in self._meant:
            self._meant[name] = cables_of(self._searcher, mention, self._seconds)
        return self._meant[name]

    def _search(self, tree: Node) -> SearchResult:
        query = Query(tree, grouped=False, size=_HITS, snippets=False, seconds=self._seconds)
        return self._searcher.search(query)

    def _named(self, ids: Iterable[str]) -> list[Cable]:
        found = map(self._searcher.get, list(dict.fromkeys(ids))[:_CABLES])
        return [each for each in found if each is not None]

    def _cables_with(self, quoted: Wording, hits: Sequence[Hit]) -> Iterator[Cable]:
        """The cables of what a search found, those with most of the words first; each is read when it is asked for."""
        shares: dict[str, float] = {}
        for hit in hits:
            share = _share(quoted, hit.text)
            shares[hit.cable.id] = max(share, shares.get(hit.cable.id, 0.0))
        likely = sorted(shares, key=lambda name: -shares[name])[:_CABLES]
        for name in likely:
            if shares[name] >= _LEAST_SHARE and (cable := self._searcher.get(name)) is not None:
                yield cable

    def _best(self, quoted: Wording, cables: Iterable[Cable]) -> _Found | None:
        best: _Found | None = None
        for cable in cables:
            for text in self._read(cable):
                alignment = aligning.exact(quoted, text.passages)
                if alignment is not None:
                    return _Found(cable, text, alignment)
                if (alignment := aligning.nearest(quoted, text.passages)) is None:
                    continue
                found = _Found(cable, text, alignment)
                if any(first < last for first, last in alignment.spans) and (
                    best is None or found.rank > best.rank
                ):
                    best = found
            if best and best.alignment.altered and best.alignment.likeness >= _LIKE_ENOUGH:
                break
        return best

    def _read(self, cable: Cable) -> tuple[_Text, ...]:
        key = lookup_key(cable.id)
        if key not in self._texts:
            self._texts[key] = tuple(_texts(cable))
            if len(self._texts) > _KEPT:
                self._texts.popitem(last=False)
        self._texts.move_to_end(key)
        return self._texts[key]


def _texts(cable: Cable) -> Iterable[_Text]:
    """The paragraphs in a row, so that a quotation may go over their ends, and each other unit by itself."""
    every = units(cable)
    paragraphs = tuple(each for each in every if each.kind is UnitKind.PARAGRAPH)
    if paragraphs:
        starts, length = [], 0
        for each in paragraphs:
            starts.append(length)
            length += len(each.text) + 2
        text = "\n\n".join(each.text for each in paragraphs)
        yield _Text(paragraphs, Passages(text, starts))
    for each in every:
        if each.kind is not UnitKind.PARAGRAPH:
            yield _Text((each,), Passages(each.text))


def _share(quoted: Wording, text: str) -> float:
    """How many of a quotation's letters stand in words that a text has, wherever in it."""
    known = set(stems_and_terms(text)[1].split())
    forms = [form.removesuffix("'s") for form in quoted.words.forms]
    return sum(len(form) for form in forms if form in known) / max(1, sum(map(len, forms)))


def _is_short(quoted: Wording) -> bool:
    forms = quoted.words.forms
    small = len(forms) < FEWEST_SMALL_WORDS and all(form in STOP_WORDS for form in forms)
    return small or len(forms) < FEWEST_WORDS


def _exactly(quoted: Wording) -> Node:
    """Units with the words as they are quoted; what of them one paragraph can't show is compared afterwards."""
    runs = sorted(quoted.runs, key=lambda run: run.start - run.end)[:2]
    parts = [_phrase(quoted, run.start, min(run.end, run.start + _LONGEST_PHRASE)) for run in runs]
    return simplify(And(tuple(parts)))


def _nearly(quoted: Wording) -> Node:
    """Units with any of its short phrases, or of its longest words: most of them first."""
    size = _SHORT_PHRASE if len(quoted.words) >= aligning.FEW else _SHORTEST_PHRASE
    starts = [
        place
        for run in quoted.runs
        for place in range(run.start, run.end - size + 1)
        if not all(form in STOP_WORDS for form in quoted.words.forms[place : place + size])
    ]
    step = max(1, len(starts) // _PHRASES)
    parts = [_phrase(quoted, place, place + size) for place in starts[::step][:_PHRASES]]
    words = {form for form in quoted.words.forms if form.isalnum() and form not in STOP_WORDS}
    longest = sorted(words, key=lambda form: (-len(form), form))[:_WORDS]
    parts += [Word(form, "text") for form in longest]
    return simplify(Or(tuple(parts)))


def _misspelt(quoted: Wording) -> Node | None:
    """Units with all of a short quotation's longest words, each at most one letter away; None for a long one.

    Of few words those that are as printed may be too common to lead anywhere.
    """
    forms = quoted.words.forms
    if len(forms) >= _MISSPELT_BELOW:
        return None
    words = {form for form in forms if form.isalpha() and len(form) >= _LONG_WORD}
    longest = sorted(words, key=lambda form: (-len(form), form))[:_MISSPELT]
    parts = tuple(Fuzzy(form, 1, "text") for form in longest)
    return simplify(And(parts)) if len(parts) > 1 else None


def _phrase(quoted: Wording, start: int, end: int) -> Node:
    words = quoted.words
    # Their forms, not the text between them, which may have signs and line ends.
    return Phrase(" ".join(form.removesuffix("'s") for form in words.forms[start:end]), "text")


def difference(quoted: Wording, passages: Passages, alignment: Alignment) -> tuple[Stretch, ...]:
    """The quotation in pieces, equal and changed, with what the cable has in the place of those that were changed."""
    mine, theirs = quoted.words, passages.words
    pieces: list[Stretch] = []
    position = 0
    for change in alignment.changes:
        printed, begin, stop = "", 0, 0
        if change.first < change.last:
            begin, stop = theirs.spans[change.first][0], theirs.spans[change.last - 1][1]
            printed = theirs.text[begin:stop]
        if change.start < change.end:
            start, end = mine.spans[change.start][0], mine.spans[change.end - 1][1]
        elif change.start and theirs.spans[change.first - 1][1] == begin:
            # A sign that the quotation lacks behind a figure: `12%`.
            start = end = mine.spans[change.start - 1][1]
        else:
            # Words that it lacks: before the word that they stand before in the cable.
            start = end = (
                mine.spans[change.start][0] if change.start < len(mine) else len(mine.text)
            )
            printed += " " if theirs.text[stop : stop + 1].isspace() else ""
        if start > position:
            pieces.append(Stretch(mine.text[position:start]))
        pieces.append(Stretch(mine.text[start:end], printed, changed=True))
        position = end
    if position < len(mine.text):
        pieces.append(Stretch(mine.text[position:]))
    return tuple(pieces)
