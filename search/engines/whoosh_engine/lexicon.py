"""The words of a Whoosh index at one commit, for `search.plans.rewriting`.

Owns the reading of its term dictionaries, one a segment. Must not know what the words are read for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.ids import lookup_key
from corpus.model import Cable
from search.deadline import check
from search.engines.kept import KeptWords
from search.engines.stored import unpack_cable
from search.engines.whoosh_engine.plans import clause, whole_cable
from search.engines.whoosh_engine.schema import CABLE, ID, STRETCH_COLUMN
from search.engines.whoosh_engine.segments import Leaf
from search.plans.plan import All, Plan
from search.plans.rewriting import Lexicon


class WhooshLexicon(Lexicon):
    """The words of one commit; see Lexicon. It keeps what it has read."""

    def __init__(self, leaves: list[Leaf]) -> None:
        self._leaves = leaves
        self._kept = KeptWords()

    def spellings(self, field: str, prefix: str, *, values: bool = False) -> Iterable[str]:
        """The terms or folded values that begin so; those of a whole field are read once."""
        name = f"value_{field}" if values else f"terms_{field}"

        def read() -> set[str]:
            return {
                term.decode()
                for leaf in self._leaves
                for term in leaf.searcher.reader().expand_prefix(name, prefix)
            }

        return read() if prefix else self._kept.of(name, read)

    def count(self, field: str, spelling: str, *, values: bool = False) -> int:
        """How many units have it now."""
        name = f"value_{field}" if values else f"terms_{field}"
        check()
        number = 0
        for leaf in self._leaves:
            reader = leaf.searcher.reader()
            if (name, spelling) in reader:
                # A term stays in the list when its documents are deleted; its postings do not.
                number += sum(1 for _ in reader.postings(name, spelling).all_ids())
        return number

    def stretches(self, plan: Plan) -> set[tuple[str, int]]:
        """Where the headings and the paragraphs under one are that a plan finds."""
        return {
            (lookup_key(leaf.column(ID)[number].decode()), int(stretch))
            for leaf in self._leaves
            for number in leaf.numbers(clause(plan))
            if (stretch := leaf.column(STRETCH_COLUMN)[number]) >= 0
        }

    def numbers(self, plans: Sequence[Plan]) -> list[int]:
        """How many units each plan finds."""
        return [
            sum(1 for leaf in self._leaves for _ in leaf.numbers(clause(each))) for each in plans
        ]

    def units(self) -> int:
        """How many units there are now."""
        return sum(1 for leaf in self._leaves for _ in leaf.numbers(clause(All())))

    def keys(self, plan: Plan) -> set[str]:
        """The cables with a unit that a plan finds."""
        return {
            lookup_key(leaf.column(ID)[number].decode())
            for leaf in self._leaves
            for number in leaf.numbers(clause(plan))
        }

    def cable(self, key: str) -> Cable | None:
        """The cable of that look-up key."""
        for leaf in self._leaves:
            for number in leaf.numbers(whole_cable(key)):
                return unpack_cable(leaf.column(CABLE)[number])
        return None
