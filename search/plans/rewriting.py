"""What a question means in ONE index: its patterns as the index's own words, its likenesses as words, its cables.

Owns the plan nodes `Pattern`, `PatternSequence`, `Matching`, `Alike`, `Stems` and `InCable`, which no engine meets, the
tree's `Like`, and which headings stand over paragraphs that are hits. Must not know an engine: it is given a `Lexicon`,
and because each engine gives the same lexicon for the same cables, the same question is cut off at the same place in
each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Protocol

from corpus.late_dataclasses import dataclass
from corpus.model import Cable
from search.deadline import check
from search.fields import BY_NAME, STRETCH
from search.language.questions import asked, left_out_words
from search.language.spelling import all_alike, beginning, expression, matching
from search.language.tree import ANY_LETTER, ANY_LETTERS, Like, Node, Query, rewrite
from search.plans.absence import there
from search.plans.documents import BREAK
from search.plans.lowering import PARAGRAPHS, QueryPlan, lower_filters, lower_query, only
from search.plans.plan import (
    Alike,
    All,
    AllOf,
    AnyOf,
    Bonus,
    Flat,
    Forms,
    InCable,
    Matching,
    NoneOf,
    Nothing,
    NumberRange,
    OfCables,
    Pattern,
    PatternSequence,
    Plan,
    Stems,
    Term,
    TermPrefix,
    TermSequence,
    Unscored,
    Value,
)
from search.plans.ranking import rarity
from search.plans.similarity import as_words
from search.plans.simplifying import changed, simplify, with_terms_of
from search.plans.ways import Way, note
from search.text.analysis import common_beginning, stems_of
from search.units import UnitKind

# A pattern or a misspelling stands for so many words at most: the nearest, and of these the most frequent.
MOST_SPELLINGS = 200
# A pattern in a phrase stands for so many words at most; where there are several, each for so many as have so many
# letters together: an engine looks for each of one with each of the others.
MOST_IN_A_ROW = 300
_LETTERS_IN_A_ROW = 600
# So many spellings are compared before the clock is looked at again: a millisecond or two.
_TOGETHER = 10_000

_PRINTED = str.maketrans({ANY_LETTER: "?", ANY_LETTERS: "*"})


class CutNote(str):
    """A note of an answer that leaves something out: what is written to a file may not pass over it."""

    __slots__ = ()


class Lexicon(Protocol):
    """What is asked of an index as a whole, at one commit; `values` tells keyword fields from fields of terms."""

    def spellings(self, field: str, prefix: str, *, values: bool = False) -> Iterable[str]:
        """The terms or folded values that begin so, each once, in any order; some may be of deleted units only."""

    def count(self, field: str, spelling: str, *, values: bool = False) -> int:
        """How many units have it now."""

    def counts(
        self, field: str, spellings: Iterable[str], *, values: bool = False
    ) -> Mapping[str, int]:
        """How many units have each of them now; an engine that is asked from afar answers in one request."""
        return {each: self.count(field, each, values=values) for each in spellings}

    def frequent(
        self, field: str, prefix: str, limit: int, *, values: bool = False
    ) -> Sequence[tuple[str, int]]:
        """The spellings that begin so and units have now, of most units first, then by name; with how many.

        `prefix` is not empty, `limit` at least 1.
        """
        counted = [
            (spelling, count)
            for spelling in self.spellings(field, prefix, values=values)
            if (count := self.count(field, spelling, values=values))
        ]
        counted.sort(key=lambda each: (-each[1], each[0]))
        return counted[:limit]

    def numbers(self, plans: Sequence[Plan]) -> list[int]:
        """How many units each plan finds, none of which has a node of this module; a cluster is asked once."""

    def units(self) -> int:
        """How many units there are now: paragraphs, heads, headings, notes."""

    def keys(self, plan: Plan) -> set[str]:
        """The look-up keys of the cables with a unit that a plan without nodes of this module finds."""

    def lacks(self, field: str, term: str) -> bool:
        """Whether it is certain, at the cost of a look into the dictionary, that no unit has this term."""
        return False

    def stretches(self, plan: Plan) -> set[tuple[str, int]]:
        """Of the headings, and paragraphs under one, that such a plan finds: the cable's look-up key, which heading."""

    def cable(self, key: str) -> Cable | None:
        """The cable of that look-up key, None if there is none."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question as one index understands it.

    `query` has words instead of likenesses; `words` are those; `notes` are sentences on what was cut off or missing.
    """

    query: Query
    plan: QueryPlan
    words: tuple[str, ...]
    notes: tuple[str, ...]


def resolve(query: Query, lexicon: Lexicon, *, headings: bool = False) -> Resolved:
    """The question with nothing left in it that depends on the index as a whole.

    With `headings` those over paragraphs that are hits are still found: `without_covered_headings` takes them out, for
    who sees first whether there is any.
    """
    notes: list[str] = []
    words: list[str] = []

    def change(node: Node) -> Node:
        if not isinstance(node, Like):
            return node
        note(Way.WEIGHTS)
        likeness = as_words(node.text, lexicon)
        words.extend(likeness.words)
        if likeness.problem:
            notes.append(likeness.problem)
        return likeness.tree

    tree = rewrite(query.tree, change)
    query = query if tree is query.tree else replace(query, tree=tree)
    left_out = left_out_words(query)
    if left_out:
        notes.append(f"Too common to be looked for by themselves: {', '.join(left_out)}.")
    plan = _planned(query, lexicon, notes)
    return Resolved(
        query,
        plan if headings else without_covered_headings(plan, lexicon),
        tuple(dict.fromkeys(words)),
        tuple(dict.fromkeys(notes)),
    )


def _planned(query: Query, lexicon: Lexicon, notes: list[str]) -> QueryPlan:
    """The plan of a question without likenesses; sentences on what was cut off are added to `notes`."""
    tree: Node | None = asked(query)
    if query.match == "all" and tree is not None:
        tree = there(tree, lexicon.lacks)
    if tree is None:
        return QueryPlan(Nothing(), lower_filters(query))
    plan = lower_query(query, tree)
    known = with_terms_of(plan.words, lexicon.lacks)
    # As it was made it is as simple as can be.
    known = known if known is plan.words else simplify(known)
    found = _Expansion(lexicon, notes).plan(known)
    found = found if found is known else simplify(found)
    bonuses = () if found == Nothing() else tuple(_weighed(plan.bonuses, lexicon))
    return replace(plan, words=found, bonuses=bonuses)


def _weighed(bonuses: tuple[Bonus, ...], lexicon: Lexicon) -> Iterator[Bonus]:
    """The bonuses with the rarity of their terms in their weights."""
    terms = {each.as_rare_as for each in bonuses if each.as_rare_as is not None}
    units = lexicon.units() if terms else 0
    counts: dict[str, Mapping[str, int]] = {}
    for field in {term.field for term in terms}:
        counts[field] = lexicon.counts(field, [term.term for term in terms if term.field == field])
    for each in bonuses:
        if (term := each.as_rare_as) is None:
            yield each
        else:
            weight = each.weight * rarity(units, counts[term.field][term.term])
            yield Bonus(each.plan, weight)


def without_covered_headings(plan: QueryPlan, lexicon: Lexicon) -> QueryPlan:
    """The plan without the headings over a paragraph that is a hit itself.

    Words that all have to be there find no such heading: it is indexed without the words of its paragraphs.
    """
    if not plan.covers:
        return plan
    found = plan.without("in")
    headings = only(UnitKind.HEADING, found)
    if headings == Nothing() or PARAGRAPHS in getattr(plan.words, "parts", (plan.words,)):
        return plan
    stretches = lexicon.stretches(headings)
    if not stretches:
        return plan
    among = OfCables(frozenset(key for key, _ in stretches))
    below = AllOf((among, only(UnitKind.PARAGRAPH, found)))
    covered = stretches & lexicon.stretches(simplify(below))
    if not covered:
        return plan
    keys: dict[int, set[str]] = {}
    for key, stretch in covered:
        keys.setdefault(stretch, set()).add(key)
    left_out = tuple(
        AllOf((NumberRange(STRETCH, stretch, stretch), OfCables(frozenset(having))))
        for stretch, having in sorted(keys.items())
    )
    headed = AllOf((Value("unit", UnitKind.HEADING.value), AnyOf(left_out)))
    return replace(plan, words=simplify(AllOf((plan.words, NoneOf(headed)))))


class _Expansion:
    """The rewriting of one plan; notes are added to `notes`."""

    def __init__(self, lexicon: Lexicon, notes: list[str]) -> None:
        self._lexicon = lexicon
        self._notes = notes

    def plan(self, plan: Plan) -> Plan:
        match plan:
            case Pattern(_, text):
                return self._any(plan, text.translate(_PRINTED), self._of_pattern(plan))
            case Matching(_, text):
                return self._any(plan, f"/{text}/", self._matching(plan))
            case PatternSequence():
                return self._sequence(plan)
            case Alike(_, text, limit):
                return self._any(plan, f"{text}~{limit}", self._alike(plan))
            case AllOf() | AnyOf() | NoneOf() | Flat() | Unscored():
                return changed(plan, self.plan)
            case Stems(field, stems, between):
                return self._forms(field, stems, between)
            case InCable(part):
                return self._in_cable(simplify(self.plan(part)))
            case _:
                return plan

    def _forms(self, field: str, stems: tuple[str, ...], between: int | None) -> Plan:
        """Words by their stems, as this index has them: only words as they stand have places."""
        note(Way.WORDS)
        exact = BY_NAME[field].exact
        words = tuple(forms(self._lexicon, exact, each) for each in stems)
        if not all(words):
            return Nothing()
        if len(words) == 1:
            return AnyOf(tuple(Term(exact, form) for form in words[0]))
        return Forms(exact, words, between)

    def _of_pattern(self, asked: Pattern) -> list[tuple[int, str]]:
        note(Way.WORDS)
        known = self._lexicon.spellings(asked.field, beginning(asked.pattern), values=asked.values)
        return _that_match(expression(asked.pattern), known)

    def _matching(self, asked: Matching) -> list[tuple[int, str]]:
        note(Way.WORDS)
        known = self._lexicon.spellings(asked.field, "", values=asked.values)
        return _that_match(asked.expression, known)

    def _sequence(self, asked: PatternSequence) -> Plan:
        """Words in a row, each of them any that its pattern stands for."""
        several = sum(beginning(each) != each for each in asked.patterns) > 1
        words = tuple(self._of_one(asked.field, each, several=several) for each in asked.patterns)
        return Flat(Forms(asked.field, words)) if all(words) else Nothing()

    def _of_one(self, field: str, text: str, *, several: bool) -> tuple[str, ...]:
        if beginning(text) == text:
            return (text,)
        asked = Pattern(field, text)
        printed = text.translate(_PRINTED)
        known = self._of_pattern(asked)
        most = MOST_IN_A_ROW
        if several and known:
            longest = max(len(spelling.encode()) for _, spelling in known)
            most = min(most, max(1, _LETTERS_IN_A_ROW // (longest + 1)))
        found = self._best(asked, printed, known, most)
        return tuple(spelling for _, spelling in found)

    def _alike(self, asked: Alike) -> list[tuple[int, str]]:
        note(Way.WORDS)
        return list(
            spellings_alike(
                asked.text,
                asked.limit,
                self._lexicon.spellings(asked.field, "", values=asked.values),
            )
        )

    def _any(
        self, asked: Pattern | Matching | Alike, printed: str, found: list[tuple[int, str]]
    ) -> Plan:
        """Any of the spellings, each given with its distance."""
        make: Callable[[str, str], Plan] = Value if asked.values else Term
        parts = tuple(
            make(asked.field, spelling) for _, spelling in self._best(asked, printed, found)
        )
        return Flat(AnyOf(parts)) if parts else Nothing()

    def _best(
        self,
        asked: Pattern | Matching | Alike,
        printed: str,
        found: list[tuple[int, str]],
        most: int = MOST_SPELLINGS,
    ) -> list[tuple[int, str]]:
        """The nearest and most frequent of the spellings if they are too many, and then that is told."""
        if len(found) > most:
            counts = self._lexicon.counts(
                asked.field, [spelling for _, spelling in found], values=asked.values
            )
            counted = [
                (distance, -counts[spelling], spelling)
                for distance, spelling in found
                if counts[spelling]
            ]
            found = [(distance, spelling) for distance, _, spelling in sorted(counted)]
        if len(found) > most:
            what = "values" if asked.values else "words"
            self._notes.append(
                CutNote(
                    f"{printed} stands for {len(found):,} {what} of this index; only the {most} nearest and "
                    "most frequent were looked for."
                )
            )
        return found[:most]

    def _in_cable(self, part: Plan) -> Plan:
        note(Way.CABLES)
        keys, excluded = self._keys(part)
        chosen: Plan = NoneOf(OfCables(keys)) if excluded else OfCables(keys)
        leaves = list(_leaves(part))
        words = [leaf for leaf in leaves if _is_of_words(leaf)]
        shown = tuple(dict.fromkeys(words or leaves))
        return AllOf((AnyOf(shown) if shown else All(), chosen))

    def _keys(self, plan: Plan) -> tuple[frozenset[str], bool]:
        """The cables in which a plan is true; with True those in which it is not."""
        match plan:
            case All():
                return frozenset(), True
            case Nothing():
                return frozenset(), False
            case NoneOf(part):
                keys, excluded = self._keys(part)
                return keys, not excluded
            case AnyOf(parts):  # not (not a and not b)
                return self._keys(NoneOf(AllOf(tuple(NoneOf(part) for part in parts))))
            case AllOf(parts):
                found = [self._keys(part) for part in parts]
                left_out = frozenset().union(*(keys for keys, excluded in found if excluded))
                taken = [keys for keys, excluded in found if not excluded]
                if not taken:
                    return left_out, True
                return frozenset.intersection(*taken) - left_out, False
            case _:
                return frozenset(self._lexicon.keys(plan)), False


def forms(lexicon: Lexicon, exact: str, stem: str) -> tuple[str, ...]:
    """The terms of a field of words as they stand whose stem it is."""
    begin = common_beginning(stem)
    return tuple(sorted(term for term in lexicon.spellings(exact, begin) if stem in stems_of(term)))


def spellings_alike(text: str, limit: int, spellings: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Those of the spellings that are at most `limit` changes from a text, each with how many."""
    left = iter(spellings)
    while some := list(islice(left, _TOGETHER)):
        check()
        for distance, spelling in all_alike(text, some, limit):
            if spelling != BREAK:
                yield distance, spelling


def _that_match(text: str, known: Iterable[str]) -> list[tuple[int, str]]:
    """Those of the spellings that an expression matches, each with no distance."""
    left = iter(known)
    found: list[tuple[int, str]] = []
    while some := list(islice(left, _TOGETHER)):
        check()
        found += [(0, spelling) for spelling in matching(text, some) if spelling != BREAK]
    return found


def _leaves(plan: Plan) -> Iterator[Plan]:
    """What a plan looks for, without what it excludes."""
    match plan:
        case AllOf(parts) if _is_one_word(parts):
            yield plan
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _leaves(part)
        case NoneOf(NoneOf(part)):
            yield from _leaves(part)
        case NoneOf() | All() | Nothing():
            return
        case _:
            yield plan


def _is_one_word(parts: tuple[Plan, ...]) -> bool:
    """Whether these are the terms of one word (`F-16`), or words near each other, and where they must stand."""
    return any(isinstance(part, Unscored) for part in parts)


def _is_of_words(plan: Plan) -> bool:
    match plan:
        case AllOf():  # one word of several terms
            return True
        case Term() | TermSequence() | TermPrefix() | Forms():
            return True
        case Flat(AnyOf(parts)):
            return isinstance(parts[0], Term)
        case Flat(part):
            return isinstance(part, Term)
        case _:
            return False
