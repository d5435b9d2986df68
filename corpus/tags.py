"""TAGS: the Department of State's codes for subjects, places, programs and organisations.

Owns the tables tags and tag_spellings (`corpus/tables/README.md` tells their sources). Must not know how a
TAGS line is taken apart: it is given one item of it at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Literal, cast, get_args

from corpus.late_dataclasses import dataclass
from corpus.late_patterns import late_pattern
from corpus.table_files import read_table

TagKind = Literal["subject", "geographic", "program", "organisation"]
KINDS: tuple[TagKind, ...] = get_args(TagKind)

_BLANKS = late_pattern(r"\s+")
# A run of TAGS without anything between them: `ECONEFIN`, `PHUMBA`, `EINVECONSENVCSJA`. Subjects and programs
# have four letters, places two; shorter than six letters it is a tag or a word of its own, longer than 80 (the longest
# seen has 34) it is no line of TAGS but damage.
_RUN = late_pattern(r"(?:[A-Z]{2}){3,40}")
_LONG, _SHORT = 4, 2


@dataclass(frozen=True, slots=True)
class Tag:
    """One code. `meaning` is empty where the tables know that a code was used, but not for what."""

    code: str
    kind: TagKind
    meaning: str


@lru_cache(maxsize=4096)
def tag(code: str) -> Tag | None:
    """The tag of that code, in any case (`kipr` is KIPR), None if the table has none."""
    return _tags().get(_normal(code))


def tags() -> tuple[Tag, ...]:
    """Every tag of the table, in the order of their codes."""
    return tuple(_tags().values())


@lru_cache(maxsize=4096)
def repair_tag(text: str) -> tuple[str, ...]:
    """The codes that one item of a TAGS line stands for, in upper case.

    A known code stands for itself, a mistake of the table of spellings for what the table says, and letters run
    together (`ECONEFIN`) for their tags if they can be parted into known ones in one way only, or into the fewest in
    one way only (`ETRDCASCBR` is `ETRD`, `CASC`, `BR`). Anything else is given back as it is, blanks made single: a
    name, an organisation, a tag nobody knows. Empty text gives no codes.
    """
    item = _normal(text)
    if not item:
        return ()
    if item in _tags():
        return (item,)
    if item in _spellings():
        return _spellings()[item]
    if _RUN.fullmatch(item):
        ways = _partings(item)
        # Drafters write codes of four letters: of several ways the one with the fewest codes is meant.
        if len(ways) == 1 or (len(ways) > 1 and len(ways[0]) < len(ways[1])):
            return ways[0]
    return (item,)


def _normal(text: str) -> str:
    return _BLANKS.sub(" ", text.strip()).upper()


def _partings(run: str) -> tuple[tuple[str, ...], ...]:
    """The ways to part a run into known tags of which one at least has four letters; two at most, the shortest first.

    Two ways as short say that the run is ambiguous as well as a hundred do, so no more are kept at any position.
    """
    known = _parts()
    with_long: list[tuple[tuple[str, ...], ...]] = [()]
    # Places only: two letters each, so that there is one way at most.
    places_only: list[tuple[tuple[str, ...], ...]] = [((),)]
    for end in range(1, len(run) + 1):
        long = run[max(0, end - _LONG) : end]
        short = run[max(0, end - _SHORT) : end]
        here: list[tuple[str, ...]] = []
        if len(long) == _LONG and long in known:
            here.extend(
                (*way, long) for way in (*with_long[end - _LONG], *places_only[end - _LONG])
            )
        of_places: tuple[tuple[str, ...], ...] = ()
        if len(short) == _SHORT and short in known:
            here.extend((*way, short) for way in with_long[end - _SHORT])
            of_places = tuple((*way, short) for way in places_only[end - _SHORT])
        with_long.append(tuple(sorted(here, key=len)[:2]))
        places_only.append(of_places)
    return with_long[-1]


@cache
def _tags() -> Mapping[str, Tag]:
    return {
        row["tag"]: Tag(row["tag"], cast(TagKind, row["kind"]), row["meaning"])
        for row in read_table("tags")
    }


@cache
def _spellings() -> Mapping[str, tuple[str, ...]]:
    return {
        row["as_written"]: tuple(row["tags"].split("; ")) for row in read_table("tag_spellings")
    }


@cache
def _parts() -> frozenset[str]:
    """The tags that may be part of a run: subjects, programs and places, no organisations."""
    return frozenset(each.code for each in tags() if each.kind != "organisation")
