"""What the pages of the missing record ask for, and the record itself, which is the same until the index changes.

Owns the names in their addresses and the keeping. Must not know a page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import quote, urlencode

from search.answers.results import Facet, IndexStats
from search.asking.missing import MissingRecord, missing_record, post_code
from search.engines.protocols import Searcher
from search.language.parser import parse
from search.language.tree import Query
from webui.errors import BadAddress

PATH = "/missing"
NUMBERS_PATH = "/missing/numbers"
# Paragraphs from which something is missing: what the tables of the page count, and what their links ask for.
REDACTED = "unit:paragraph has:redaction"
# What is counted of them.
COUNTED = ("redaction", "exemption", "year", "origin")
# A year of four digits: `1974`.
_YEAR = re.compile(r"[0-9]{4}")
_LONGEST_POST = 60
# As much of a number as is read.
_LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address of a page asks for: a post as it was typed and by its code, a year, a page from 1, and of a
    numbering the numbers from `first` to `last`, 0 and 0 for all of it; with `cited` of these only the missing ones
    that others cite."""

    typed: str = ""
    post: str = ""
    year: str = ""
    page: int = 1
    first: int = 0
    last: int = 0
    cited: bool = False

    def on(self, page: int) -> Wanted:
        """Another page of the same."""
        return replace(self, page=page)

    def address(self, path: str = PATH) -> str:
        """The address, from the root of the site."""
        numbers = {"first": self.first, "last": self.last} if self.last else {}
        numbers |= {"cited": 1} if self.last and self.cited else {}
        page = {"page": self.page} if self.page > 1 else {}
        named = {"post": self.typed, "year": self.year}
        asked = urlencode(
            {**{name: each for name, each in named.items() if each}, **numbers, **page}
        )
        return path + (f"?{asked}" if asked else "")


def read_wanted(args: Mapping[str, str]) -> Wanted:
    """What an address asks for; a page or a number that is none is passed over. Raises `BadAddress` for a year that is
    none."""
    year, post = args.get("year", "").strip(), args.get("post", "").strip()
    if year and not _YEAR.fullmatch(year):
        raise BadAddress("Please check the year: use four digits, such as 1974.")
    if len(post) > _LONGEST_POST:
        raise BadAddress("Please check the post: its name is too long.")
    first, last = _number(args, "first"), _number(args, "last")
    page, cited = max(1, _number(args, "page")), args.get("cited") == "1"
    return Wanted(post, post_code(post), year, page, min(first, last), last, cited)


def _number(args: Mapping[str, str], name: str) -> int:
    typed = args.get(name, "").strip()[:_LONGEST_NUMBER]
    return int(typed) if typed.isascii() and typed.isdecimal() else 0


def series_path(name: str) -> str:
    """The page of one numbering."""
    return f"{NUMBERS_PATH}/{quote(name)}"


@dataclass(frozen=True, slots=True)
class Redactions:
    """How many paragraphs lack something, of how many cables, and their values by field."""

    paragraphs: int
    cables: int
    facets: Mapping[str, Facet]


class Missing:
    """The missing record of a collection. Safe to use from several threads.

    It is made when it is asked for, and kept until a commit: that is seen by the size of the index, as
    `webui.asking.outline` sees it.
    """

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._kept = lru_cache(maxsize=1)(self._record)
        self._kept_redactions = lru_cache(maxsize=1)(self._redactions)

    def record(self) -> MissingRecord:
        """What the collection lacks."""
        return self._kept(self._searcher.stats())

    def redactions(self) -> Redactions:
        """What is missing from the cables that it has."""
        return self._kept_redactions(self._searcher.stats())

    def _record(self, state_of_index: IndexStats) -> MissingRecord:
        return missing_record(self._searcher)

    def _redactions(self, state_of_index: IndexStats) -> Redactions:
        query = Query(
            parse(REDACTED).tree, facets=COUNTED, facet_limit=0, size=1, per_cable=1, snippets=False
        )
        found = self._searcher.search(query)
        return Redactions(
            found.paragraphs, found.cables, {facet.field: facet for facet in found.facets}
        )
