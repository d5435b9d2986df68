"""A cable's number in the search box: is the question one, and which cables of the index have it?

Owns when a question is a number and nothing else. Which spellings an id has `corpus.ids` says. Must not know a page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.model import Cable
from corpus.posts import post_by_spelling
from search.answers.unit_names import unit_named
from search.asking.advice import recognised
from search.asking.without_year import MOST, cables_without_year, is_sure
from search.engines.protocols import Searcher
from webui.asking.outline import Extent

# The name in the address of a cable's page that keeps what was typed into the box.
NUMBER = "number"

# A number by itself, as it is pasted: `07GUANGZHOU376`, `(07 Port-au-Prince #12)`, `1974LAPAZ00173.`, and a paragraph
# of it, `07GUANGZHOU376#p11`. A sign of the query language, as in `"07GUANGZHOU376"`, makes it a question.
_BY_ITSELF = re.compile(
    r"\(?(?P<number>[^\W_][\w \t.'’/-]*(?:#[0-9]+(?:_[A-Za-z])?)?)(?:#(?P<anchor>[a-z][a-z0-9-]*))?[.,;)]*"
)
# A post and a number without the year: `LA PAZ 2423`, `Guangzhou #376`.
_WITHOUT_YEAR = re.compile(r"(?P<post>[^\W\d_][^\d_]*?)[ \t-]{0,2}#?(?P<number>[0-9]{1,8})")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Named:
    """The cables that a question names. `certain` if it is the number of the only one and nothing else; `anchor` is the
    place in it, "" for none."""

    cables: tuple[Cable, ...] = ()
    certain: bool = False
    anchor: str = ""


def named_cables(searcher: Searcher, text: str, extent: Extent) -> Named:
    """The cables whose number a question is, or which stand among its other words."""
    match = _BY_ITSELF.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if match and any(letter.isdigit() for letter in text):
        if cable := searcher.get(match["number"]):
            anchor = match["anchor"] or ""
            return Named((cable,), True, anchor if anchor and unit_named(cable, anchor) else "")
        if found := _without_year(searcher, match["number"], _years(extent)):
            return found
    return Named(recognised(searcher, text, _years(extent))[:MOST]) if text else Named()


def _without_year(searcher: Searcher, text: str, years: range) -> Named | None:
    """A post and a number, in whichever years of the collection such a cable was sent."""
    match = _WITHOUT_YEAR.fullmatch(text)
    post = post_by_spelling(match["post"]) if match else None
    if match is None or post is None:
        return None
    number = match["number"]
    found = cables_without_year(searcher, [(post.code, number)], years)
    return Named(found, certain=is_sure(number) and len(found) == 1) if found else None


def _years(extent: Extent) -> range:
    return range(int(extent.first[:4]), int(extent.last[:4]) + 1) if extent.first else range(0)
