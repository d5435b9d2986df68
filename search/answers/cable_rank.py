"""How a cable stands among the others of an index: how many paragraphs it has, how many cables cite it.

Owns what the sorts `longest` and `referenced` go by. Must not know an engine: it asks a `Lexicon`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.ids import lookup_key
from search.answers.answer import Match
from search.fields import BY_NAME
from search.language.tree import Sort
from search.plans.plan import Value
from search.plans.rewriting import Lexicon


def ranked(matches: Sequence[Match], sort: Sort, lexicon: Lexicon) -> Sequence[Match]:
    """The matches with the rank of their cables, if the sort goes by one."""
    if sort not in ("longest", "referenced"):
        return matches
    count = _length if sort == "longest" else _citing
    ranks = {cable: count(cable, lexicon) for cable in {match.cable for match in matches}}
    return [replace(match, rank=ranks[match.cable]) for match in matches]


def _length(cable: str, lexicon: Lexicon) -> int:
    """The paragraphs of a cable."""
    found = lexicon.cable(lookup_key(cable))
    return len(found.paragraphs) if found else 0


def _citing(cable: str, lexicon: Lexicon) -> int:
    """The cables that cite a cable, however many paragraphs they have."""
    name = BY_NAME["cites"].normal(cable)
    # To count first is quick, and most cables are cited by none.
    return (
        len(lexicon.keys(Value("cites", name))) if lexicon.count("cites", name, values=True) else 0
    )
